package views

import (
	"testing"

	"maillage/app"
)

func TestEachRightOfARoleStandsOnceInItsList(t *testing.T) {
	for column, role := range app.Standings {
		listed := map[string]int{}
		for _, scope := range app.Scopes {
			for _, words := range within(column, scope) {
				listed[words]++
			}
		}
		for _, right := range app.Rights {
			want := 0
			if right.Reach[column].Words() != "" {
				want = 1
			}
			if listed[right.Words] != want {
				t.Errorf("%s: « %s » is listed %d times, want %d", role.Label, right.Words, listed[right.Words], want)
			}
		}
	}
}

func TestTheListOfOnesOwnRoleIsOpen(t *testing.T) {
	for want, v := range map[app.Role]app.Viewer{
		app.Nobody:        {},
		app.ReadOnly:      {Account: "a"},
		app.Referent:      {Account: "a", Refers: []app.OrganisationID{"o"}},
		app.Coordination:  {Account: "a", Coordinates: []app.TerritoryID{"t"}, Refers: []app.OrganisationID{"o"}},
		app.Administrator: {Account: "a", Administrator: true},
	} {
		if got := standingOf(v); got != want {
			t.Errorf("standingOf(%+v) = %q, want %q", v, got, want)
		}
	}
}
