package secret_test

import (
	"strings"
	"testing"
	"time"

	"maillage/app/secret"
)

// FuzzSealed opens whatever a database or a form holds in the place of a sealed key:
// nothing but what was sealed, for that purpose, opens.
func FuzzSealed(f *testing.F) {
	box, err := secret.NewBox(strings.Repeat("s", 43))
	if err != nil {
		f.Fatal(err)
	}
	const key = "JBSWY3DPEHPK3PXP"
	sealed := box.Seal(key, "code factor of a")
	for _, seed := range []string{"", "A", "=", "\x00", sealed, sealed[1:], sealed + "A", strings.Repeat("A", 38), strings.ToLower(sealed)} {
		f.Add(seed, "code factor of a")
	}
	f.Add(sealed, "code factor of b")
	f.Fuzz(func(t *testing.T, typed, purpose string) {
		if value, err := box.Open(typed, purpose); err == nil && (value != key || purpose != "code factor of a") {
			t.Errorf("%q opens to %q for %q", typed, value, purpose)
		}
		if value, err := box.Open(box.Seal(typed, purpose), purpose); err != nil || value != typed {
			t.Errorf("%q sealed for %q opens to %q, %v", typed, purpose, value, err)
		}
	})
}

// FuzzCodes tries any code against any key: none is of a step but the one its application
// shows, and a key that is none accepts none.
func FuzzCodes(f *testing.F) {
	now := time.Unix(1111111109, 0)
	const key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
	right, err := secret.CodeAt(key, now)
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{"", right, right + "0", " " + right, "000000", "-00001", "１２３４５６", "\x00", strings.Repeat("1", 500)} {
		f.Add(key, seed)
	}
	f.Add("", right)
	f.Add("pas une clé", "123456")
	f.Fuzz(func(t *testing.T, key, code string) {
		step, ok := secret.StepOf(key, code, now)
		if !ok {
			return
		}
		if shown, err := secret.CodeAt(key, time.Unix(step*30, 0)); err != nil || shown != strings.TrimSpace(code) {
			t.Errorf("the code %q is taken for that of step %d, of which %q is shown (%v)", code, step, shown, err)
		}
	})
}
