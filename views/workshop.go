package views

import (
	"net/url"
	"strings"
	"time"

	"maillage/app"
)

// WorkshopPage is all that the page of one workshop shows.
type WorkshopPage struct {
	Frame      Frame
	Workshop   WorkshopRow
	Convention string
	Animators  []app.Person
	Structures []Delegation
	Present    int // how many were noted present, of all of them
	Mine       []OwnAnswer
	History    []app.Entry
	Now        time.Time
}

// Delegation is who comes for one structure; Organisation is "" for those who come for nobody.
type Delegation struct {
	Organisation app.OrganisationID
	Name         string
	People       []Delegate
}

// Delegate is one of them.
type Delegate struct {
	Person   app.PersonID
	Name     string
	Function string
	State    app.Attendance
}

// OwnAnswer is what one of the viewer's own structures has answered.
type OwnAnswer struct {
	Part   app.Membership
	Name   string
	Answer app.Answer
}

func (p WorkshopPage) w() app.Workshop { return p.Workshop.Workshop }

func (p WorkshopPage) coordinates() bool { return p.Frame.Viewer.MayKeep(p.w()) }

// keeps reports whether the viewer animates the workshop, and so keeps its door.
func (p WorkshopPage) keeps() bool {
	for _, a := range p.Animators {
		if a.ID == p.Frame.Viewer.Person {
			return true
		}
	}
	return false
}

// counted says how many people of how many structures were named, how many of them wait, and how many came.
func (p WorkshopPage) counted() string {
	var named, waiting int
	for _, d := range p.Structures {
		for _, one := range d.People {
			if one.State == app.Waiting {
				waiting++
			}
			named++
		}
	}
	words := app.Count(named, "personne", "personnes") + " de " + app.Count(len(p.Structures), "structure", "structures")
	if waiting > 0 {
		words += ", dont " + app.Number(waiting) + " sur liste d’attente"
	}
	if p.Present > 0 {
		words += ", dont " + app.Count(p.Present, "présente", "présentes")
	}
	return words
}

func (p WorkshopPage) animation() string {
	names := make([]string, len(p.Animators))
	for i, a := range p.Animators {
		names[i] = a.Name()
	}
	return strings.Join(names, ", ")
}

// callable reports whether the workshop can be called off, or given up as a draft.
func (p WorkshopPage) callable() bool {
	w := p.w()
	return w.Status == app.Draft && !w.Abandoned() || w.Status == app.Published && !w.Ended(p.Now)
}

// agenda returns the items of the agenda, one a line.
func (p WorkshopPage) agenda() (items []string) {
	for line := range strings.SplitSeq(p.w().Agenda, "\n") {
		if line = strings.TrimLeft(line, "-–•* \t"); line != "" {
			items = append(items, line)
		}
	}
	return items
}

func answerWords(a app.Answer) string {
	switch a {
	case app.Coming:
		return "vient"
	case app.Declined:
		return "ne vient pas"
	}
	return "n’a pas encore répondu"
}

func comingTitle(p WorkshopPage) string {
	if p.w().Ended(p.Now) || p.w().Status == app.Cancelled {
		return "Qui était attendu"
	}
	return "Qui vient"
}

// PlanForm is the form by which a workshop is planned: what was typed, and what is
// wrong with it.
type PlanForm struct {
	Frame       Frame
	ID          app.WorkshopID // "" for a new one
	Dated       bool           // the date is changed elsewhere: the meeting is published
	Movable     bool           // it still can be
	Typed       url.Values
	Errors      app.Fields
	Message     string // of the error as a whole
	Theirs      app.Changes
	Conventions []app.Convention
	Communes    []app.Commune
	Hosts       []Option
	Animators   []Option // chosen, and found by the search
	Searched    bool     // somebody was looked for among them
	Kind        app.WorkshopKind
	When        string // of a published meeting
}

// themes are what may be ticked, and whether that is in sight at once: where some are, and
// for who coordinates some only, who is told which.
func (f PlanForm) themes() (field Field, options []Option, open bool) {
	field = f.field("themes", "Thèmes", "Facultatif. Qui coordonne l’un d’eux tient cette rencontre avec vous.")
	mine := f.Frame.Viewer.ThemesAt(f.Frame.Viewer.Territory)
	if len(mine) > 0 {
		field.Hint = oneOfMine(mine)
	}
	chosen := make([]app.Theme, len(f.Typed["themes"]))
	for i, t := range f.Typed["themes"] {
		chosen[i] = app.Theme(t)
	}
	return field, themeOptions(f.Frame.Viewer, chosen...), len(mine)+len(chosen) > 0 || field.Error != ""
}

// oneOfMine asks for one of the themes that somebody coordinates.
func oneOfMine(mine []app.Theme) string {
	return "Au moins un des vôtres : " + app.ThemeLabels(mine) + "."
}

func (f PlanForm) field(name, label, hint string) Field {
	return Field{Name: name, Label: label, Hint: hint, Value: f.Typed.Get(name), Error: f.Errors[name]}
}

func (f PlanForm) action() string {
	if f.ID == "" {
		return "/ateliers"
	}
	return meetingPath(f.ID)
}

// fields lists what is wrong in the order of the form.
func (f PlanForm) fields() (fields []Field) {
	for _, one := range [][2]string{
		{"titre", "Titre"},
		{"genre", "Genre"},
		{"convention", "Convention"},
		{"phase", "Phase"},
		{"axe", "Axe"},
		{"themes", "Thèmes"},
		{"date", "Date"},
		{"debut", "Début"},
		{"fin", "Fin"},
		{"lieu", "Lieu"},
		{"adresse", "Adresse"},
		{"commune", "Commune"},
		{"lien", "Visioconférence"},
		{"jauge", "Jauge"},
		{"structure", "Structure organisatrice"},
		{"animation", "Animation"},
		{"presentation", "Présentation"},
		{"ordre_du_jour", "Ordre du jour"},
		{"motif", "Motif"},
	} {
		fields = append(fields, f.field(one[0], one[1], ""))
	}
	return fields
}

func (f PlanForm) chosen(name string, options []Option, none string) []Option {
	return withNone(none, marked(options, f.Typed.Get(name)))
}

func (f PlanForm) conventions() (options []Option) {
	for _, c := range f.Conventions {
		options = append(options, Option{Value: string(c.ID), Label: c.Name, Chosen: string(c.ID) == f.Typed.Get("convention")})
	}
	return options
}

func (f PlanForm) phases() []Option {
	return f.chosen("phase", PhaseOptions(f.Conventions), "Sans phase")
}

func (f PlanForm) axes() []Option {
	return f.chosen("axe", AxisOptions(f.Conventions), "Sans axe")
}

func (f PlanForm) communes() []Option {
	return CommuneOptions("À préciser", f.Communes, app.CommuneCode(f.Typed.Get("commune")))
}

func (f PlanForm) hosts() []Option { return f.chosen("structure", f.Hosts, "Aucune") }

// above is where the form stands: below the workshops and, for a known one, below it.
func (f PlanForm) above() []Link {
	links := []Link{{Href: "/ateliers", Label: "Ateliers"}}
	if f.ID != "" {
		links = append(links, Link{Href: f.action(), Label: "L’atelier"})
	}
	return links
}

func (f PlanForm) title() string {
	if f.ID == "" {
		return "Préparer un atelier"
	}
	return "Modifier " + f.Kind.WithArticle()
}

// found says what the search among people gave.
func (f PlanForm) found() string {
	n := 0
	for _, o := range f.Animators {
		if !o.Chosen {
			n++
		}
	}
	if n == 0 {
		return "Personne de ce nom n’est dans l’annuaire du territoire."
	}
	return app.Count(n, "personne trouvée : cochez-la", "personnes trouvées : cochez") + " pour ajouter."
}

func (f PlanForm) reasonHint(w app.Workshop) string {
	if w.Status == app.Draft {
		return "Pour que l’équipe s’en souvienne."
	}
	return "Les personnes attendues le liront."
}

func callOff(w app.Workshop) string {
	if w.Status == app.Draft {
		return "Abandonner le brouillon"
	}
	return "Annuler la rencontre"
}
