package views

import "maillage/app"

// RegistrationsPage is where an organisation says who of its people comes.
type RegistrationsPage struct {
	Frame  Frame
	Keeper bool
	Panel  AnswerPanel
	Choice []Link // the organisations to answer for, when there are several
}

// AnswerPanel is the answer of one organisation and its people.
type AnswerPanel struct {
	Workshop   app.Workshop
	Structure  app.OrganisationID
	Name       string
	Invitation app.Invitation
	People     []PersonComing
	Closed     string   // why nothing may be changed, "" when it may
	Done       string   // what has just been done
	Newcomer   Newcomer // what was typed of somebody new
	Problem    string   // what is wrong with the form that was sent
	Comment    Field
	Swapping   app.RegistrationID // whose place was being given when something was wrong
}

// PersonComing is a person of an organisation who comes or may come.
type PersonComing struct {
	ID           app.PersonID
	Name         string
	Function     string
	Registration app.RegistrationID
	State        app.Attendance // "" when never named
	Rank         int
	Elsewhere    bool // comes on behalf of another organisation
}

// Newcomer is the form that names somebody who is not in the directory.
type Newcomer struct{ FirstName, LastName, Function, Email Field }

// NewcomerForm returns that form with what was typed and what is wrong with it.
func NewcomerForm(n app.Newcomer, fields app.Fields) Newcomer {
	field := func(name, label, value string, most int) Field {
		return Field{Name: name, Label: label, Value: value, Error: fields[name], Max: most}
	}
	f := Newcomer{
		field(app.FieldFirstName, "Prénom", n.FirstName, app.MaxPersonName), field(app.FieldLastName, "Nom", n.LastName, app.MaxPersonName),
		field(app.FieldFunction, "Fonction", n.Function, app.MaxFunction), field(app.FieldEmail, "Courriel (facultatif)", n.Email, app.MaxEmail),
	}
	f.LastName.Required = true
	f.Email.Type = "email"
	return f
}

// above is where the page stands: for who keeps the workshop, below everybody's registrations.
func (p RegistrationsPage) above() []Link {
	w := p.Panel.Workshop
	links := []Link{{Href: "/ateliers", Label: "Ateliers"}, {Href: workshopPath(w), Label: "L’atelier"}}
	if p.Frame.Viewer.MayInviteTo(w) {
		links = append(links, Link{Href: workshopPath(w) + registrationsPage, Label: "Toutes les inscriptions"})
	}
	return links
}

func (n Newcomer) wrong() bool {
	return n.FirstName.Error+n.LastName.Error+n.Function.Error+n.Email.Error != ""
}

func (p AnswerPanel) path() string { return workshopPath(p.Workshop) + registrationsPage }

// coming returns those who come, or wait.
func (p AnswerPanel) coming() (all []PersonComing) {
	for _, k := range p.People {
		if k.State.Active() && !k.Elsewhere {
			all = append(all, k)
		}
	}
	return all
}

// others returns those who might still come.
func (p AnswerPanel) others() (all []PersonComing) {
	for _, k := range p.People {
		if !k.State.Active() || k.Elsewhere {
			all = append(all, k)
		}
	}
	return all
}

// seats says what is left, and what happens when nothing is.
func (p AnswerPanel) seats() string {
	w := p.Workshop
	switch {
	case w.Capacity == 0:
		return Seats(w) + ", sans limite de places."
	case w.Full():
		return Seats(w) + " : les prochaines personnes passent sur la liste d’attente."
	}
	return Seats(w) + " : il reste " + app.Count(w.Seats(), "place", "places") + "."
}

// declining asks before people are taken off.
func (p AnswerPanel) declining() string {
	n := len(p.coming())
	if n == 0 {
		return ""
	}
	return app.Count(n, "personne sera désinscrite", "personnes seront désinscrites") + ". Continuer ?"
}

// state says where a person stands, and the tone of that.
func (k PersonComing) state() (words, tone string) {
	switch k.State {
	case app.Registered:
		return "Inscrit·e", "good"
	case app.Waiting:
		return ordinal(k.Rank) + " sur la liste d’attente", "warn"
	case app.Present:
		return "Présent·e", "good"
	}
	return k.State.Label(), ""
}

// attendanceTone is the tone of where somebody stands with a workshop, on every page.
func attendanceTone(a app.Attendance) string {
	switch a {
	case app.Registered, app.Present:
		return "good"
	case app.Waiting:
		return "warn"
	case app.Absent:
		return "bad"
	}
	return ""
}

// OverviewPage is, for the coordination, who comes to a workshop, all structures together.
type OverviewPage struct {
	Frame      Frame
	Workshop   app.Workshop
	Structures []Option // to answer for
	People     []Attendee
	Closed     string
}

// Attendee is a person registered for a workshop, seen by the coordination.
type Attendee struct {
	Name         string
	Function     string
	Organisation app.OrganisationID
	Structure    string
	State        app.Attendance
	WalkIn       bool
}

// fields returns the fields with ids of their own on a page that holds several such forms.
func (n Newcomer) fields(suffix string) []Field {
	fields := []Field{n.FirstName, n.LastName, n.Function}
	if n.Email.Name != "" {
		fields = append(fields, n.Email)
	}
	for i := range fields {
		fields[i].ID = "champ-" + fields[i].Name + suffix
	}
	return fields
}

// atTheDoor is the form without what there is no time to ask.
func (n Newcomer) atTheDoor() Newcomer {
	n.Email = Field{}
	return n
}

// newForm is the form of somebody new, as typed unless that was in place of another.
func (p AnswerPanel) newForm() Newcomer {
	if p.Swapping != "" {
		return NewcomerForm(app.Newcomer{}, nil)
	}
	return p.Newcomer
}

// swapForm is the form of somebody new in the place of k; no name is asked for when a
// colleague is chosen.
func (p AnswerPanel) swapForm(k PersonComing) Newcomer {
	n := NewcomerForm(app.Newcomer{}, nil)
	if p.Swapping == k.Registration {
		n = p.Newcomer
	}
	n.LastName.Required = false
	return n
}

func pressed(is bool) string {
	if is {
		return "true"
	}
	return "false"
}
