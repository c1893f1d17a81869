package views

import (
	"strings"

	"maillage/app"
)

// ReadLine is one look at personal data with what it takes to tell of it.
type ReadLine struct {
	app.Read
	Actor  string // who looked, by name
	As     string // their structure
	Title  string // of what was looked at, "" for a list
	People int    // whom it showed
	Names  string // of some or all of them
}

// ReadsPage is who looked at whose personal data in a territory.
type ReadsPage struct {
	Frame Frame
	Kind  app.ReadKind
	Form  Filled // the filters as typed
	Lines []ReadLine
	Next  string // address of those that follow, "" after the last
	File  string // address of the same lines as a file
}

// PersonReadsPage is who looked at what is known of one person.
type PersonReadsPage struct {
	Frame  Frame
	Person app.PersonID
	Name   string
	Lines  []ReadLine
	Next   string // address of those that follow, "" after the last
}

func (p ReadsPage) filtered() bool {
	for _, name := range []string{"quoi", "qui", "personne", "du", "au"} {
		if p.Form.Typed.Get(name) != "" {
			return true
		}
	}
	return false
}

func (p ReadsPage) kinds() []Option { return TermOptions("Tout", app.ReadKinds, p.Kind) }

func (l ReadLine) actor() string {
	if l.Actor == "" {
		return "Un compte supprimé"
	}
	return l.Actor
}

// what says what was looked at, before its title: "a consulté la fiche d’".
func (l ReadLine) what() string {
	switch l.Kind {
	case app.SawPerson:
		if l.Title == "" {
			return "a consulté la fiche d’une personne"
		}
		return "a consulté la fiche " + strings.TrimSuffix(app.Of(l.Title), l.Title)
	case app.SawContacts:
		return "a consulté les contacts et les présences de la structure "
	case app.SawAccounts:
		return "a consulté des comptes"
	case app.SawRegistrations:
		return "a consulté les inscriptions à l’atelier "
	case app.SawAttendance:
		return "a consulté les présences à l’atelier "
	case app.SawSheet:
		return "a édité la feuille d’émargement de l’atelier "
	case app.SawExport:
		return "a exporté " + l.Detail
	case app.SawJournal:
		return "a consulté le journal des modifications"
	case app.SawMail:
		return "a lu un courriel envoyé"
	}
	return "a consulté"
}

// href is the page of what was looked at, or "".
func (l ReadLine) href() string {
	if l.Title == "" {
		return ""
	}
	return Act{Entry: app.Entry{Thing: l.Kind.About(), ThingID: l.ThingID}}.href()
}

// shown names the people a look showed: all of few, some of many.
func (l ReadLine) shown() string {
	names := app.Tidy(l.Names)
	more := l.People - strings.Count(names, ", ") - 1
	switch {
	case l.People == 0 || l.Kind == app.SawPerson:
		return ""
	case names == "":
		return app.Count(l.People, "personne", "personnes")
	case more > 0:
		return app.Count(l.People, "personne", "personnes") + " : " + names + " et " + app.Count(more, "autre", "autres")
	}
	return app.Count(l.People, "personne", "personnes") + " : " + names
}

// ReadColumns are the headings of the file of looks.
var ReadColumns = []string{"Jour", "Heure", "Qui", "Structure", "Quoi", "Objet", "Nombre de personnes", "Personnes"}

// ReadCells is a look as a line of a file.
func ReadCells(l ReadLine) []string {
	at := l.At.In(app.Paris)
	title := l.Title
	if title == "" {
		title = l.Detail
	}
	return []string{at.Format("2006-01-02"), at.Format("15:04:05"), l.actor(), l.As, l.Kind.Label(), title, app.Number(l.People), app.Tidy(l.Names)}
}
