package network

import (
	"slices"
	"time"

	"maillage/app"
)

// Organisation is a node of the graph.
type Organisation struct {
	ID       app.OrganisationID
	Name     string
	Category app.Category
	Themes   []app.Theme
	Commune  string // its name
}

// Workshop is where organisations meet.
type Workshop struct {
	ID    app.WorkshopID
	On    time.Time // when it began
	Phase app.PhaseID
	Axis  app.AxisID
}

// Presence says that somebody of an organisation was present at a workshop. Several
// people of one organisation at one workshop count as one.
type Presence struct {
	Workshop     Workshop
	Organisation app.OrganisationID
}

// Call says that an organisation was invited to a workshop.
type Call struct {
	Workshop     app.WorkshopID
	Organisation app.OrganisationID
	On           time.Time // when the workshop began
}

// Attendance is what the network of a territory is made from.
type Attendance struct {
	Organisations []Organisation // of the territory, by name, archived ones left out
	Presences     []Presence
	Calls         []Call
}

// Selection narrows the network; a zero field lets everything through. Phase, axis and
// dates choose workshops, category and theme choose organisations.
type Selection struct {
	Phase    app.PhaseID
	Axis     app.AxisID
	From, To app.Date // both included
	Category app.Category
	Theme    app.Theme
	Meetings int // ties of fewer meetings are left out
}

// Weave returns the graph of what s lets through.
func (s Selection) Weave(all Attendance) *Graph {
	var organisations []Organisation
	for _, o := range all.Organisations {
		if (s.Category == "" || o.Category == s.Category) && (s.Theme == "" || slices.Contains(o.Themes, s.Theme)) {
			organisations = append(organisations, o)
		}
	}
	var presences []Presence
	for _, p := range all.Presences {
		if s.takes(p.Workshop) {
			presences = append(presences, p)
		}
	}
	return Weave(organisations, presences).AtLeast(s.Meetings)
}

func (s Selection) takes(w Workshop) bool {
	return (s.Phase == "" || w.Phase == s.Phase) && (s.Axis == "" || w.Axis == s.Axis) && app.Covers(s.From, s.To, w.On)
}
