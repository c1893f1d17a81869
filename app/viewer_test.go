package app_test

import (
	"testing"

	"maillage/app"
)

func TestRightsOnTheDirectory(t *testing.T) {
	const (
		here, there app.TerritoryID    = "here", "there"
		mine, other app.OrganisationID = "mine", "other"
	)
	viewers := map[string]app.Viewer{
		"nobody":       {},
		"admin":        {Account: "1", Administrator: true},
		"coordination": {Account: "2", Coordinates: []app.TerritoryID{here}},
		"thèmes":       {Account: "7", Themed: []app.Remit{{Territory: there, Themes: []app.Theme{"sante"}}, {Territory: here, Themes: []app.Theme{"enfance", "emploi"}}}},
		"autres":       {Account: "8", Themed: []app.Remit{{Territory: here, Themes: []app.Theme{"sante"}}}},
		"référent":     {Account: "3", Person: "me", Refers: []app.OrganisationID{mine}, Partners: []app.TerritoryID{here}},
		"collègue":     {Account: "4", Person: "you", Belongs: []app.OrganisationID{mine}, Partners: []app.TerritoryID{here}},
		"lecture":      {Account: "5", Person: "reader", Reads: []app.TerritoryID{here}},
		"ailleurs":     {Account: "6", Coordinates: []app.TerritoryID{there}},
	}
	record := func(o app.OrganisationID, territories ...app.TerritoryID) app.Organisation {
		return app.Organisation{ID: o, Territories: territories, Themes: []app.Theme{"emploi"}}
	}
	inMine := record(mine, here).Membership()
	for _, tt := range []struct {
		right string
		ask   func(app.Viewer) bool
		have  []string
	}{
		{"see an organisation of here", func(v app.Viewer) bool { return v.MaySeeOrganisation(record(other, here)) }, []string{"thèmes", "autres", "admin", "coordination", "référent", "collègue", "lecture"}},
		{"see an organisation of both", func(v app.Viewer) bool { return v.MaySeeOrganisation(record(other, here, there)) }, []string{"thèmes", "autres", "admin", "coordination", "référent", "collègue", "lecture", "ailleurs"}},
		{"edit one's own", func(v app.Viewer) bool { return v.MayEditOrganisation(record(mine, here)) }, []string{"thèmes", "admin", "coordination", "référent"}},
		{"edit another", func(v app.Viewer) bool { return v.MayEditOrganisation(record(other, here)) }, []string{"thèmes", "admin", "coordination"}},
		{"archive one's own", func(v app.Viewer) bool { return v.MayArchiveOrganisation(record(mine, here)) }, []string{"thèmes", "admin", "coordination"}},
		{"see its answers", func(v app.Viewer) bool { return v.MaySeeAnswersOf(inMine, app.Workshop{Territory: here}) }, []string{"thèmes", "admin", "coordination", "référent", "collègue"}},
		{"see its answers to a workshop on another theme", func(v app.Viewer) bool {
			return v.MaySeeAnswersOf(inMine, app.Workshop{Territory: here, Themes: []app.Theme{"sante"}})
		}, []string{"thèmes", "autres", "admin", "coordination", "référent", "collègue"}},
		{"keep a workshop on it", func(v app.Viewer) bool {
			return v.MayKeep(app.Workshop{Territory: here, Themes: []app.Theme{"sante"}})
		}, []string{"autres", "admin", "coordination"}},
		{"keep a workshop on no theme", func(v app.Viewer) bool { return v.MayKeep(app.Workshop{Territory: here}) }, []string{"admin", "coordination"}},
		{"edit somebody of here and, on a theme of ours, of there", func(v app.Viewer) bool {
			return v.MayEditPerson("who", app.Membership{Organisation: "a", Territories: []app.TerritoryID{here}, Themes: []app.Theme{"logement"}},
				app.Membership{Organisation: "b", Territories: []app.TerritoryID{there}, Themes: []app.Theme{"emploi"}})
		}, []string{"admin", "coordination", "ailleurs"}},
		{"edit somebody of it", func(v app.Viewer) bool { return v.MayEditPerson("you", inMine) }, []string{"thèmes", "admin", "coordination", "référent", "collègue"}},
		{"edit somebody of nowhere", func(v app.Viewer) bool { return v.MayEditPerson("reader") }, []string{"lecture", "admin"}},
		{"see contacts there", func(v app.Viewer) bool { return v.MaySeeContactsOf(app.Person{ID: "x"}, inMine) }, []string{"thèmes", "admin", "coordination", "référent", "collègue"}},
		{"see contacts made visible", func(v app.Viewer) bool { return v.MaySeeContactsOf(app.Person{ID: "x", Visible: true}, inMine) }, []string{"thèmes", "autres", "admin", "coordination", "référent", "collègue", "lecture", "ailleurs"}},
	} {
		t.Run(tt.right, func(t *testing.T) {
			have := map[string]bool{}
			for _, who := range tt.have {
				have[who] = true
			}
			for who, v := range viewers {
				if got := tt.ask(v); got != have[who] {
					t.Errorf("%s: %v, want %v", who, got, have[who])
				}
			}
		})
	}
}

func TestWhoMayChangeTheAddressOfAPerson(t *testing.T) {
	here, there := app.Membership{Organisation: "o", Territories: []app.TerritoryID{"ici"}}, app.Membership{Organisation: "autre", Territories: []app.TerritoryID{"la"}}
	referent := app.Viewer{Account: "a", Person: "r", Refers: []app.OrganisationID{"o"}}
	for name, c := range map[string]struct {
		v    app.Viewer
		of   []app.Membership
		want bool
	}{
		"who coordinates both territories":                      {app.Viewer{Account: "a", Person: "c", Coordinates: []app.TerritoryID{"ici", "la"}}, []app.Membership{here, there}, true},
		"who coordinates their only territory":                  {app.Viewer{Account: "a", Person: "c", Coordinates: []app.TerritoryID{"ici"}}, []app.Membership{here}, true},
		"who coordinates a theme of their structure":            {app.Viewer{Account: "a", Person: "c", Themed: []app.Remit{{Territory: "ici", Themes: []app.Theme{"sante"}}}}, []app.Membership{{Organisation: "o", Territories: []app.TerritoryID{"ici"}, Themes: []app.Theme{"sante"}}}, true},
		"who coordinates one of two territories of a structure": {app.Viewer{Account: "a", Person: "c", Coordinates: []app.TerritoryID{"ici"}}, []app.Membership{{Organisation: "o", Territories: []app.TerritoryID{"ici", "la"}}}, false},
		"a structure, of somebody of none":                      {referent, nil, false},
		"the administration, of somebody of none":               {app.Viewer{Account: "a", Administrator: true}, nil, true},
		"the structure that alone keeps them":                   {referent, []app.Membership{here}, true},
		"one of two structures":                                 {referent, []app.Membership{here, there}, false},
		"who answers for both":                                  {app.Viewer{Account: "a", Person: "r", Refers: []app.OrganisationID{"o", "autre"}}, []app.Membership{here, there}, true},
		"who answers for one and is a colleague in the other":   {app.Viewer{Account: "a", Person: "r", Refers: []app.OrganisationID{"o"}, Belongs: []app.OrganisationID{"autre"}}, []app.Membership{here, there}, false},
		"a colleague of their only structure":                   {app.Viewer{Account: "a", Person: "r", Belongs: []app.OrganisationID{"o"}}, []app.Membership{here}, false},
		"who coordinates one of the two":                        {app.Viewer{Account: "a", Person: "c", Coordinates: []app.TerritoryID{"la"}}, []app.Membership{here, there}, false},
		"oneself":                                               {app.Viewer{Account: "a", Person: "p"}, []app.Membership{here, there}, true},
		"a référent·e of one who coordinates elsewhere":         {app.Viewer{Account: "a", Person: "r", Refers: []app.OrganisationID{"o"}, Coordinates: []app.TerritoryID{"loin"}}, []app.Membership{here, there}, false},
	} {
		var territories []app.TerritoryID
		for _, m := range c.of {
			territories = append(territories, m.Territories...)
		}
		if got := c.v.MayReaddress("p", territories, c.of...); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
