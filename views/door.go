package views

import (
	"time"

	"maillage/app"
)

// DoorPage is the door of a workshop: who is expected, who is there, made for a thumb.
type DoorPage struct {
	Frame      Frame
	Door       DoorList
	Strangers  StrangerList
	Structures []Option // of somebody who is in no list
	Newcomer   Newcomer
	Structure  string // chosen for the newcomer
	Problem    string
}

// DoorList is the counter and the people, for each change to replace.
type DoorList struct {
	Workshop app.Workshop
	Turnout  app.Turnout
	Arrivals []Arrival
	Query    string // which of them are shown
	Closed   string // why nothing may be noted, "" when it may
	Now      time.Time
}

// Arrival is a person on the door's list.
type Arrival struct {
	Registration  app.RegistrationID
	Name          string
	Structure     string
	State         app.Attendance
	WalkIn        bool
	At            time.Time
	RepresentedBy string
}

// StrangerList is the people of the directory whom a search finds and who are not on the list.
type StrangerList struct {
	Workshop app.Workshop
	Query    string
	Found    []Stranger
}

// Stranger is somebody of the directory who was not announced.
type Stranger struct {
	Person       app.PersonID
	Name         string
	Function     string
	Organisation app.OrganisationID
	Structure    string
}

// AbsencePage asks what became of one person.
type AbsencePage struct {
	Frame    Frame
	Workshop app.Workshop
	Arrival  Arrival
	By       []Option // who may have taken the place
	State    Field
	Who      Field
	Problem  string
}

func doorPath(w app.Workshop) string { return workshopPath(w) + doorPage }

func (l DoorList) over() bool { return l.Workshop.Ended(l.Now) }

// again is the address that gives the list once more.
func (l DoorList) again() string {
	if l.Query == "" {
		return doorPath(l.Workshop)
	}
	return doorPath(l.Workshop) + "?q=" + queryEscape(l.Query)
}

// undecided counts those of whom nothing was noted.
func (l DoorList) undecided() (n int) {
	for _, a := range l.Arrivals {
		if a.State == app.Registered {
			n++
		}
	}
	return n
}

func arrivalPath(w app.Workshop, a Arrival) string {
	return doorPath(w) + "/" + pathEscape(string(a.Registration))
}

// words are what a search at the door looks in.
func (a Arrival) words() string { return app.Fold(a.Name + " " + a.Structure) }

// state says what was noted, "" while nothing was.
func (a Arrival) state() string {
	switch {
	case a.State == app.Registered:
		return ""
	case a.State == app.Present && !a.At.IsZero():
		return "Présent·e, " + Hour(a.At)
	case a.State == app.Represented && a.RepresentedBy != "":
		return "Représenté·e par " + a.RepresentedBy
	}
	return a.State.Label()
}

// tapped is what a tap on the row asks for.
func (a Arrival) tapped() string {
	if a.State == app.Present {
		return Undo
	}
	return string(app.Present)
}

// Undo is what the door's form sends to take a tick back.
const Undo = "annule"

// chosen is the state that a button of the row asks for: a second tap takes it back.
func (a Arrival) chosen(s app.Attendance) string {
	switch {
	case a.State != s:
		return string(s)
	case s == app.Present:
		return Undo
	}
	return string(app.Registered)
}

// CounterWords says who is there: "12 présents pour 18 inscrits, 7 structures", without
// those registered when nobody was.
func CounterWords(t app.Turnout) string {
	present, organisations := app.Count(t.Present, "présent", "présents"), app.Count(t.Organisations, "structure", "structures")
	switch {
	case t.Present == 0 && t.Expected == 0:
		return "Personne n’est inscrit"
	case t.Present == 0:
		return app.Count(t.Expected, "inscrit", "inscrits") + ", aucune présence notée"
	case t.Expected == 0:
		return present + ", " + organisations
	}
	return present + " pour " + app.Count(t.Expected, "inscrit", "inscrits") + ", " + organisations
}

// said is what is read out after a change.
func said(a Arrival, t app.Turnout) string {
	state := a.state()
	switch a.State {
	case app.Registered:
		state = "à l’accueil, rien de noté"
	case app.Withdrawn:
		state = "retiré·e de la liste"
	}
	return a.Name + " : " + state + ". " + CounterWords(t) + "."
}

func (p DoorPage) crowded() bool {
	w := p.Door.Workshop
	return w.Capacity > 0 && w.Taken >= w.Capacity
}
