package app_test

import (
	"testing"

	"maillage/app"
)

var traps = []string{
	"Votre compte expire : https://evil.test/connexion", "Voyez WWW.evil", "voyez evil.test", "ecrivez@evil.test",
	"evil/connexion", "evil\\connexion", "javascript://x", "ecrivez＠evil",
}

func TestANameCarriesNoAddress(t *testing.T) {
	for _, trap := range traps {
		for _, p := range []app.Person{{FirstName: trap, LastName: "Delmas"}, {FirstName: "Bruno", LastName: trap}} {
			if _, err := p.Checked(); len(app.FieldsOf(err)) != 1 {
				t.Errorf("a person %q: %v", p.Name(), err)
			}
			n := app.Newcomer{FirstName: p.FirstName, LastName: p.LastName}
			if err := n.Tidied().Check(); len(app.FieldsOf(err)) != 1 {
				t.Errorf("a newcomer %q: %v", n.Name(), err)
			}
		}
	}
}

func TestNamesAsPeopleBearThemAreKept(t *testing.T) {
	for _, name := range []string{"", "J.-P.", "M. Paul", "d’Huart", "O'Neil", "Jean-Baptiste", "Anne (Nane)", "Ștefan", "St. Clair", "A.B.C", "李"} {
		if _, err := (app.Person{FirstName: name, LastName: "Delmas"}).Checked(); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestWhoBearsAnAddressAsTheirNameIsStillEdited(t *testing.T) {
	before := app.Person{FirstName: "Marie / Paul", LastName: "Delmas"}
	after := before
	after.Phone = "05 65 00 00 00"
	if _, err := after.CheckedOver(before); err != nil {
		t.Errorf("their telephone: %v", err)
	}
	after.LastName = "evil.test"
	if _, err := after.CheckedOver(before); app.FieldsOf(err)[app.FieldLastName] == "" {
		t.Errorf("their last name becomes an address: %v", err)
	}
}

func TestTheNameOfAStructureHoldsNoSite(t *testing.T) {
	for name, refused := range map[string]bool{
		"Votre compte expire : https://evil.test/connexion": true, "Voyez WWW.evil.test": true,
		"CCAS / EHPAD": false, "Cyber@base": false, "Pix.org": false,
	} {
		_, err := app.Organisation{Name: name}.Checked()
		if got := app.FieldsOf(err)["nom"] != ""; got != refused {
			t.Errorf("a structure %q: refused %v, want %v", name, got, refused)
		}
		_, err = app.JoinRequest{Named: name}.Checked()
		if got := app.FieldsOf(err)["structure"] != ""; got != refused {
			t.Errorf("a structure named by who asks, %q: refused %v, want %v", name, got, refused)
		}
	}
}
