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
		"référent":     {Account: "3", Person: "me", Refers: []app.OrganisationID{mine}, Partners: []app.TerritoryID{here}},
		"collègue":     {Account: "4", Person: "you", Belongs: []app.OrganisationID{mine}, Partners: []app.TerritoryID{here}},
		"lecture":      {Account: "5", Person: "reader", Reads: []app.TerritoryID{here}},
		"ailleurs":     {Account: "6", Coordinates: []app.TerritoryID{there}},
	}
	inMine := app.Membership{Organisation: mine, Territories: []app.TerritoryID{here}}
	for _, tt := range []struct {
		right string
		ask   func(app.Viewer) bool
		have  []string
	}{
		{"see an organisation of here", func(v app.Viewer) bool { return v.MaySeeOrganisation(other, here) }, []string{"admin", "coordination", "référent", "collègue", "lecture"}},
		{"see an organisation of both", func(v app.Viewer) bool { return v.MaySeeOrganisation(other, here, there) }, []string{"admin", "coordination", "référent", "collègue", "lecture", "ailleurs"}},
		{"edit one's own", func(v app.Viewer) bool { return v.MayEditOrganisation(mine, here) }, []string{"admin", "coordination", "référent"}},
		{"edit another", func(v app.Viewer) bool { return v.MayEditOrganisation(other, here) }, []string{"admin", "coordination"}},
		{"archive one's own", func(v app.Viewer) bool { return v.MayArchiveOrganisation(here) }, []string{"admin", "coordination"}},
		{"see its answers", func(v app.Viewer) bool { return v.MaySeeAnswersOf(mine, here) }, []string{"admin", "coordination", "référent", "collègue"}},
		{"edit somebody of it", func(v app.Viewer) bool { return v.MayEditPerson("you", inMine) }, []string{"admin", "coordination", "référent", "collègue"}},
		{"edit somebody of nowhere", func(v app.Viewer) bool { return v.MayEditPerson("reader") }, []string{"lecture", "admin"}},
		{"see contacts there", func(v app.Viewer) bool { return v.MaySeeContactsOf(app.Person{ID: "x"}, inMine) }, []string{"admin", "coordination", "référent", "collègue"}},
		{"see contacts made visible", func(v app.Viewer) bool { return v.MaySeeContactsOf(app.Person{ID: "x", Visible: true}, inMine) }, []string{"admin", "coordination", "référent", "collègue", "lecture", "ailleurs"}},
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
