package app

import "testing"

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"L’Été à Saint-Céré": "l ete a saint cere", "Œuf, cœur & æther": "oeuf coeur aether", "  ": "", "École n°2": "ecole n 2",
		"L'Hospitalet": "l hospitalet", "SAINT-DENIS-LÈS-MARTEL": "saint denis les martel",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTidy(t *testing.T) {
	if got := Tidy("  Mairie\u00a0de\tGramat\x00 \xff "); got != "Mairie de Gramat" {
		t.Errorf("Tidy = %q", got)
	}
	if got := TidyText("a \r\n\r\n\r\n b\x07\rc"); got != "a\n\nb\nc" {
		t.Errorf("TidyText = %q", got)
	}
}

func TestTidyKeepsWhatShows(t *testing.T) {
	for typed, want := range map[string]string{
		"Sou\u00adillac": "Souillac", "\u200b\u2060\ufeff": "", "Jean\u202eneaJ": "JeanneaJ", "\u2067אבג\u2069": "אבג",
		"👨\u200d👩": "👨\u200d👩", "l’œuvre": "l’œuvre",
	} {
		if got := Tidy(typed); got != want {
			t.Errorf("Tidy(%q) = %q, want %q", typed, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("L’Été à Saint-Céré œ")
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, but folded again %q", s, once, twice)
		}
	})
}
