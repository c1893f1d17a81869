package app_test

import (
	"slices"
	"testing"

	"maillage/app"
)

// standing returns somebody who is nothing but role, in the territory and the
// organisation "mine"; who animates is the person "me".
func standing(role app.Role) app.Viewer {
	v := app.Viewer{Account: "account", Person: "me"}
	switch role {
	case app.Nobody:
		return app.Viewer{}
	case app.ReadOnly:
		v.Reads = []app.TerritoryID{"mine"}
	case app.Colleague:
		v.Belongs, v.Partners = []app.OrganisationID{"mine"}, []app.TerritoryID{"mine"}
	case app.Referent:
		v.Refers, v.Partners = []app.OrganisationID{"mine"}, []app.TerritoryID{"mine"}
	case app.Coordination:
		v.Coordinates = []app.TerritoryID{"mine"}
	case app.ThemedCoordination:
		v.Themed = []app.Remit{{Territory: "mine", Themes: []app.Theme{"mine"}}}
	case app.Administrator:
		v.Administrator = true
	}
	return v
}

// covers tells what each scope holds of things, by the words of the scope.
var covers = map[string][]string{
	"pour soi":        {"pour soi"},
	"ses ateliers":    {"ses ateliers"},
	"ses structures":  {"pour soi", "ses structures"},
	"ses thèmes":      {"pour soi", "ses structures", "ses thèmes"},
	"ses territoires": {"pour soi", "ses structures", "ses thèmes", "ses territoires"},
	"partout":         {"pour soi", "ses ateliers", "ses structures", "ses thèmes", "ses territoires", "ses thèmes ailleurs", "ailleurs"},
}

func TestEveryActReachesAsFarAsItsLineSaysAndNoFurther(t *testing.T) {
	things := map[string]app.On{
		"pour soi":            {Person: "me"},
		"ses ateliers":        {Animators: []app.PersonID{"me"}, Territories: []app.TerritoryID{"other"}},
		"ses structures":      {Organisations: []app.OrganisationID{"mine"}},
		"ses thèmes":          {Territories: []app.TerritoryID{"other", "mine"}, Themes: []app.Theme{"other", "mine"}},
		"ses territoires":     {Territories: []app.TerritoryID{"mine"}, Themes: []app.Theme{"other"}},
		"ses thèmes ailleurs": {Territories: []app.TerritoryID{"other"}, Themes: []app.Theme{"mine"}},
		"ailleurs":            {Person: "you", Organisations: []app.OrganisationID{"other"}, Territories: []app.TerritoryID{"other"}, Animators: []app.PersonID{"you"}},
	}
	for act, right := range app.Rights {
		if right.Words == "" {
			t.Fatalf("act %d has no line in app.Rights", act)
		}
		for i, role := range app.Standings {
			for name, on := range things {
				want := false
				for column, scope := range right.Reach {
					want = want || has(i, column, scope, name)
				}
				if got := standing(role.Key).May(app.Act(act), on); got != want {
					t.Errorf("« %s », %s, on what is %q: %v, want %v", right.Words, role.Label, name, got, want)
				}
			}
		}
	}
}

// has reports whether who stands in one column of the table has, as of another, the thing
// of that name, within scope: everybody is at least nobody, and whoever is signed in reads
// and animates what is theirs.
func has(stands, column int, scope app.Scope, name string) bool {
	role := app.Standings[column].Key
	switch {
	case !slices.Contains(covers[scope.Words()], name):
		return false
	case role == app.Nobody || stands == column && role != app.ReadOnly && role != app.Animator && role != app.Coordination && role != app.ThemedCoordination:
		return true
	case scope.Words() == "partout" || name == "pour soi" || name == "ses ateliers":
		return stands == column || stands > 0 && (role == app.ReadOnly || role == app.Animator)
	}
	return stands == column && (name == "ses territoires" || name == "ses thèmes")
}
