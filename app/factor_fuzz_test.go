package app_test

import (
	"testing"

	"maillage/app"
)

// FuzzFoldCode reads codes as people type them, of recovery or of a link: what is left is
// signs of codes alone, and a code that was spelled is read back.
func FuzzFoldCode(f *testing.F) {
	for _, seed := range []string{"", "abcd-2345", "ABCD 2345", "ﬀ", "ß", "ı\x00", "\xff2345", "٣٤٥", "a‑b—c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		code := app.FoldCode(typed)
		for _, r := range code {
			if (r < '0' || r > '9') && (r < 'A' || r > 'Z') {
				t.Errorf("%q is read as %q", typed, code)
			}
		}
		if again := app.FoldCode(app.SpellCode(code, "-", 4)); again != code {
			t.Errorf("%q, spelled, is read back as %q", code, again)
		}
	})
}
