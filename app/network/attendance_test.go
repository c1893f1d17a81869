package network

import (
	"slices"
	"testing"
	"time"

	"maillage/app"
)

var year = Attendance{
	Organisations: []Organisation{
		{ID: "caf", Category: "securite-sociale", Themes: []app.Theme{"parentalite"}},
		{ID: "mission", Category: "emploi", Themes: []app.Theme{"jeunesse", "emploi"}},
		{ID: "pij", Category: "enfance-jeunesse", Themes: []app.Theme{"jeunesse"}},
		{ID: "ecole", Category: "education"},
	},
	Presences: []Presence{
		{Workshop{"jan", day(0), "diagnostic", "axe1"}, "caf"},
		{Workshop{"jan", day(0), "diagnostic", "axe1"}, "mission"},
		{Workshop{"jan", day(0), "diagnostic", "axe1"}, "mission"}, // a second person
		{Workshop{"feb", day(40), "plan", "axe2"}, "mission"},
		{Workshop{"feb", day(40), "plan", "axe2"}, "pij"},
		{Workshop{"feb", day(40), "plan", "axe2"}, "archived"},
	},
	Calls: []Call{
		{"jan", "caf", day(0)},
		{"jan", "ecole", day(0)},
		{"feb", "caf", day(40)},
		{"feb", "ecole", day(40)},
		{"feb", "pij", day(40)},
		{"unfilled", "ecole", day(50)}, // nobody was noted present there
		{"feb", "archived", day(40)},
	},
}

func TestASelectionChoosesWorkshopsAndOrganisations(t *testing.T) {
	for _, tt := range []struct {
		name                       string
		s                          Selection
		organisations, ties, rooms int
	}{
		{"everything", Selection{}, 4, 2, 2},
		{"a phase", Selection{Phase: "diagnostic"}, 4, 1, 1},
		{"an axis", Selection{Axis: "axe2"}, 4, 1, 1},
		{"from a day", Selection{From: app.DateOf(day(40))}, 4, 1, 1},
		{"until a day", Selection{To: app.DateOf(day(39))}, 4, 1, 1},
		{"between workshops", Selection{From: app.DateOf(day(1)), To: app.DateOf(day(39))}, 4, 0, 0},
		{"a category", Selection{Category: "emploi"}, 1, 0, 2},
		{"a theme", Selection{Theme: "jeunesse"}, 2, 1, 2},
		{"ties of two meetings", Selection{Meetings: 2}, 4, 0, 2},
		{"an unknown phase", Selection{Phase: "?"}, 4, 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := tt.s.Weave(year)
			if len(g.Organisations) != tt.organisations || len(g.Ties) != tt.ties || g.Workshops != tt.rooms {
				t.Errorf("%d organisations, %d ties, %d workshops; want %d, %d, %d",
					len(g.Organisations), len(g.Ties), g.Workshops, tt.organisations, tt.ties, tt.rooms)
			}
		})
	}
}

func TestEngagementCountsWorkshopsHeld(t *testing.T) {
	got := year.Engagements(day(90))
	want := []Engagement{
		{Organisation: "caf", Invited: 2, Came: 1, Last: day(0), Missed: 1},
		{Organisation: "mission", Came: 2, Last: day(40)},
		{Organisation: "pij", Invited: 1, Came: 1, Last: day(40)},
		{Organisation: "ecole", Invited: 2, Missed: 2},
	}
	if !slices.Equal(got, want) {
		t.Errorf("engagements = %v\nwant %v", got, want)
	}
	if early := year.Engagements(day(0).Add(-time.Hour)); early[3].Invited != 0 {
		t.Errorf("%d invitations were counted before the workshop was held", early[3].Invited)
	}
}
