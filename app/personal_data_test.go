package app_test

import (
	"slices"
	"strings"
	"testing"

	"maillage/app"
)

func TestAnActivityTellsTheTimesOfItsTables(t *testing.T) {
	used := map[app.Keeping]bool{app.KeepContacts: true} // asked about, never removed by itself
	for _, table := range app.PersonalTables {
		i := slices.IndexFunc(app.Activities(), func(p app.RegisterPart) bool { return p.Key == table.Activity })
		if i < 0 {
			t.Errorf("%s is of the activity %q, which the register does not have", table.Name, table.Activity)
			continue
		}
		if !slices.Contains(app.Activities()[i].Keeps, table.Keeping) {
			t.Errorf("the activity %q does not tell how long %s is kept (%s)", table.Activity, table.Name, table.Keeping)
		}
		used[table.Keeping] = true
	}
	for _, r := range app.Rules {
		if !used[r.Keeping] {
			t.Errorf("the rule %q is of no table", r.Keeping)
		}
	}
}

func TestTheRegisterNamesWhatAnAccountHolds(t *testing.T) {
	text := app.Register{}.Text("acces.donnees")
	for _, want := range []string{"application de codes", "clés d’accès", "codes de secours", "fournisseur", "Consultations", "Courriels", "Échecs de connexion", "Demandes d’accès"} {
		if !strings.Contains(text, want) {
			t.Errorf("the data of accounts are %q, want %q in it", text, want)
		}
	}
}
