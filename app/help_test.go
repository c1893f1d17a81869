package app_test

import (
	"testing"

	"maillage/app"
)

func TestHelpGivesNothingThatIsNotTheHelpersAlready(t *testing.T) {
	parts := app.PartOf{"mission": {Territories: []app.TerritoryID{"ici"}}, "caf": {Territories: []app.TerritoryID{"ici", "ailleurs"}}}
	account := func(grants ...app.Grant) app.Account { return app.Account{ID: "a"}.WithGrants(grants) }
	coordinator := app.Viewer{Account: "c", Coordinates: []app.TerritoryID{"ici"}}
	for _, tt := range []struct {
		name string
		by   app.Viewer
		a    app.Account
		want bool
	}{
		{"a référent·e of one's territory", coordinator, account(app.Grant{Role: app.Referent, Organisation: "mission"}), true},
		{"a référent·e of two territories", coordinator, account(app.Grant{Role: app.Referent, Organisation: "caf"}), false},
		{"an administrator", coordinator, account(app.Grant{Role: app.Administrator}), false},
		{"nobody's account", coordinator, account(), false},
		{"one's own account", app.Viewer{Account: "a", Administrator: true}, account(), false},
		{"anybody, by an administrator", app.Viewer{Account: "b", Administrator: true}, account(app.Grant{Role: app.Referent, Organisation: "caf"}), true},
		{"by a référent·e of theirs", app.Viewer{Account: "r", Refers: []app.OrganisationID{"mission"}}, account(app.Grant{Role: app.Colleague, Organisation: "mission"}), false},
		{"by who helps already", app.Viewer{Account: "b", Administrator: true, Helper: app.Helper{Account: "x"}}, account(), false},
	} {
		if got := tt.by.MayHelp(tt.a, parts); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestWhoHelpsDoesNothingPersonal(t *testing.T) {
	v := app.Viewer{Account: "a", Person: "p", Administrator: true, Coordinates: []app.TerritoryID{"ici"}, Refers: []app.OrganisationID{"o"}}
	on := app.On{Person: "p", Territories: []app.TerritoryID{"ici"}, Organisations: []app.OrganisationID{"o"}}
	for act := range app.Rights {
		own := v.May(app.Act(act), on)
		helped := v
		helped.Helper = app.Helper{Account: "h"}
		if got, want := helped.May(app.Act(act), on), own && !app.Act(act).Personal(); got != want {
			t.Errorf("« %s » by who helps: %v, want %v", app.Rights[act].Words, got, want)
		}
	}
}

func TestWhoHelpsSomebodyIsNotThem(t *testing.T) {
	here, elsewhere := []app.TerritoryID{"ici"}, []app.TerritoryID{"ailleurs"}
	v := app.Viewer{Account: "a", Person: "p", Reads: here, Refers: []app.OrganisationID{"o"}}
	helped := v
	helped.Helper = app.Helper{Account: "h"}
	of := app.Membership{Organisation: "o", Territories: here}
	for _, tt := range []struct {
		name        string
		may         func(app.Viewer) bool
		own, helped bool
	}{
		{"is the person", func(v app.Viewer) bool { return v.IsPerson("p") }, true, false},
		{"is another", func(v app.Viewer) bool { return v.IsPerson("q") }, false, false},
		{"changes their record", func(v app.Viewer) bool { return v.MayEditPerson("p", of) }, true, false},
		{"changes a colleague's", func(v app.Viewer) bool { return v.MayEditPerson("q", of) }, true, true},
		{"sees their contacts elsewhere", func(v app.Viewer) bool { return v.MaySeeContactsOf(app.Person{ID: "p"}) }, true, false},
		{"sees their contacts in their structure", func(v app.Viewer) bool { return v.MaySeeContactsOf(app.Person{ID: "p"}, of) }, true, true},
		{"keeps the door of their workshop", func(v app.Viewer) bool {
			return v.May(app.CheckIn, app.On{Animators: []app.PersonID{"p"}, Territories: here})
		}, true, true},
		{"keeps the door of their workshop elsewhere", func(v app.Viewer) bool {
			return v.May(app.CheckIn, app.On{Animators: []app.PersonID{"p"}, Territories: elsewhere})
		}, true, false},
	} {
		if own, other := tt.may(v), tt.may(helped); own != tt.own || other != tt.helped {
			t.Errorf("%s: %v, and %v for who helps; want %v and %v", tt.name, own, other, tt.own, tt.helped)
		}
	}
	if (app.Viewer{Person: "p"}).IsPerson("p") {
		t.Error("who is not signed in is somebody")
	}
}
