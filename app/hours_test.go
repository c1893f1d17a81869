package app

import "testing"

func TestOpeningHoursAreTheSameHoweverTheyAreWritten(t *testing.T) {
	for name, c := range map[string]struct {
		a, b string
		same bool
	}{
		"hours with and without minutes":    {"9h-12h", "09:00–12:00", true},
		"short days and long ones":          {"lun 09:00 - 17:30 ; mar 09:00 - 17:30", "lundi 09:00–17:30\nmardi 09:00–17:30", true},
		"a run of days, and each of them":   {"du lundi au mercredi : de 9h à 12h et de 14h à 17h30", "lundi 9h-12h, 14h-17h30\nmardi 9h-12h, 14h-17h30\nmercredi 9h-12h, 14h-17h30", true},
		"days named together":               {"mardi et jeudi 14 h – 16 h 30", "jeudi : 14:00-16:30 / mardi : 14:00-16:30", true},
		"a closed day said or not":          {"lundi 9h-12h ; mardi fermé", "lundi 9h-12h", true},
		"words about nothing but the hours": {"Lundi de 9 heures à 12 heures", "lundi 09:00-12:00", true},
		"the same words":                    {"Sur rendez-vous", "sur rendez-vous", true},
		"another hour":                      {"lundi 9h-12h", "lundi 9h-12h30", false},
		"another day":                       {"lundi 9h-12h", "mardi 9h-12h", false},
		"one day more":                      {"lundi 9h-12h", "lundi, mardi 9h-12h", false},
		"an afternoon more":                 {"lundi 9h-12h", "lundi 9h-12h, 14h-17h", false},
		"words besides":                     {"lundi 9h-12h", "lundi 9h-12h sur rendez-vous", false},
		"a week out of two":                 {"lundi 9h-12h", "lundi 9h-12h (semaines paires)", false},
		"half a span":                       {"lundi 9h", "lundi 09:00", false},
		"an hour of no day":                 {"lundi 9h-25h", "lundi 09:00-25:00", false},
		"nothing":                           {"", "lundi 9h-12h", false},
	} {
		if got := sameHours(c.a, c.b); got != c.same {
			t.Errorf("%s: %q and %q are taken for the same: %t, want %t", name, c.a, c.b, got, c.same)
		}
	}
}
