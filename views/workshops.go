package views

import (
	"net/url"
	"strconv"
	"time"

	"maillage/app"
	"maillage/app/french"
)

// MonthView is the value of "vue" in an address that shows a month.
const MonthView = "mois"

// AgendaFilter is what the list of workshops is narrowed to, as it stands in its address.
type AgendaFilter struct {
	When       string // "a-venir", "passes" or "tous"
	View       string // "" for the list
	Query      string
	Kind       app.WorkshopKind
	Convention string
	Phase      string
	Axis       string
	Theme      app.Theme
	Commune    string
	Status     string
	Month      string
	Start      time.Time // of the month shown
}

// WorkshopRow is a workshop as a list shows it.
type WorkshopRow struct {
	Workshop app.Workshop
	Commune  string
	Phase    string
	Axis     string
	Host     string
}

// WorkshopsPage is the list of workshops, or a month of them.
type WorkshopsPage struct {
	Frame       Frame
	Filter      AgendaFilter
	Rows        []WorkshopRow
	Count       int
	More        string // the last workshop shown when others follow, or ""
	Continued   bool   // the list begins in its middle
	Conventions []app.Convention
	Communes    []app.Commune // where workshops are held
	Now         time.Time
}

func (f AgendaFilter) values() url.Values {
	v := url.Values{}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	set("q", f.Query)
	set("genre", string(f.Kind))
	set("convention", f.Convention)
	set("phase", f.Phase)
	set("axe", f.Axis)
	set("theme", string(f.Theme))
	set("commune", f.Commune)
	set("statut", f.Status)
	if f.When != "a-venir" {
		set("quand", f.When)
	}
	if f.View == MonthView {
		v.Set("vue", MonthView)
		if !f.Start.IsZero() {
			v.Set("mois", f.Start.In(app.Paris).Format("2006-01"))
		}
	}
	return v
}

// with returns the address of the list with some values changed; "" takes one out.
func (f AgendaFilter) with(path string, pairs ...string) string {
	return address(path, f.values(), pairs...)
}

// Address is that of the list narrowed so, from its beginning.
func (f AgendaFilter) Address() string { return f.with("/ateliers") }

// cleared returns the address of the list without what narrows it.
func (f AgendaFilter) cleared() string {
	return AgendaFilter{When: f.When, View: f.View, Start: f.Start}.with("/ateliers")
}

// narrows reports whether f leaves out more than what is over.
func (f AgendaFilter) narrows() bool {
	v := f.values()
	for _, name := range []string{"vue", "mois", "quand"} {
		v.Del(name)
	}
	return len(v) > 0
}

// narrowed reports whether a filter is in use that a phone folds away.
func (f AgendaFilter) narrowed() bool {
	return f.Kind != "" || f.Phase != "" || f.Axis != "" || f.Theme != "" || f.Status != "" || f.Commune != "" || f.Convention != ""
}

func (p WorkshopsPage) phases() []Option {
	return withNone("Toutes", marked(PhaseOptions(p.Conventions), p.Filter.Phase))
}

func (p WorkshopsPage) axes() []Option {
	return withNone("Tous", marked(AxisOptions(p.Conventions), p.Filter.Axis))
}

func (p WorkshopsPage) conventions() []Option {
	options := []Option{{Label: "Toutes"}}
	for _, c := range p.Conventions {
		options = append(options, Option{Value: string(c.ID), Label: c.Name, Chosen: string(c.ID) == p.Filter.Convention})
	}
	return options
}

func (p WorkshopsPage) communes() []Option {
	return CommuneOptions("Toutes", p.Communes, app.CommuneCode(p.Filter.Commune))
}

// tabs lead to the workshops to come, to those that are over, to all of them and to a month.
func (p WorkshopsPage) tabs() []Link {
	when := func(value, label, current string) Link {
		return Link{p.Filter.with("/ateliers", "quand", value, "vue", "", "mois", ""), label, p.Filter.View == "" && p.Filter.When == current}
	}
	return []Link{
		when("", "À venir", "a-venir"), when("passes", "Passés", "passes"), when("tous", "Tous", "tous"),
		{p.Filter.with("/ateliers", "quand", "", "vue", MonthView), "Mois", p.Filter.View == MonthView},
	}
}

// PhaseOptions are the phases of conventions, each with the name of its own when there
// are several.
func PhaseOptions(conventions []app.Convention) (options []Option) {
	for _, c := range conventions {
		for _, phase := range c.Phases {
			options = append(options, Option{Value: string(phase.ID), Label: phase.Name, Group: groupOf(c, conventions)})
		}
	}
	return options
}

// AxisOptions are the axes of conventions, likewise.
func AxisOptions(conventions []app.Convention) (options []Option) {
	for _, c := range conventions {
		for _, axis := range c.Axes {
			options = append(options, Option{Value: string(axis.ID), Label: app.Number(axis.Number) + ". " + axis.Title, Group: groupOf(c, conventions)})
		}
	}
	return options
}

// groupOf heads the options of a convention by its name where there are others.
func groupOf(c app.Convention, all []app.Convention) string {
	if len(all) > 1 {
		return c.Name
	}
	return ""
}

// WorkshopColumns are the headings of the file of workshops.
var WorkshopColumns = []string{
	"Titre", "Genre", "État", "Date", "Début", "Fin", "Lieu", "Commune", "Phase", "Axe", "Thèmes", "Structure organisatrice", "Jauge", "Inscrits", "Liste d’attente",
}

// WorkshopCells are the cells of a workshop in that file.
func WorkshopCells(r WorkshopRow, now time.Time) []string {
	w := r.Workshop
	capacity := ""
	if w.Capacity > 0 {
		capacity = strconv.Itoa(w.Capacity)
	}
	return []string{
		w.Title, w.Kind.Label(), StatusWords(w, now), w.StartsAt.In(app.Paris).Format("02/01/2006"), w.StartsAt.In(app.Paris).Format("15:04"),
		w.EndsAt.In(app.Paris).Format("15:04"), placeWords(w), r.Commune, r.Phase, r.Axis, app.ThemeLabels(w.Themes), r.Host, capacity, strconv.Itoa(w.Taken), strconv.Itoa(w.Waiting),
	}
}

func placeWords(w app.Workshop) string {
	if w.Online() {
		return "Visioconférence"
	}
	return w.Place
}

// StatusWords says how far a workshop has come at now.
func StatusWords(w app.Workshop, now time.Time) string {
	switch {
	case w.Abandoned():
		return "Abandonné"
	case w.Status == app.Draft:
		return "Brouillon"
	case w.Status == app.Cancelled:
		return "Annulé"
	case w.Ended(now):
		return "Terminé"
	case w.Started(now):
		return "En cours"
	case w.Postponed():
		return "Reporté"
	case w.Full():
		return "Complet"
	}
	return "À venir"
}

func statusTone(w app.Workshop, now time.Time) string {
	switch {
	case w.Abandoned():
		return ""
	case w.Status == app.Draft, w.Status == app.Published && w.Postponed() && !w.Ended(now), w.Full() && !w.Ended(now):
		return "warn"
	case w.Status == app.Cancelled:
		return "bad"
	case w.Ended(now):
		return ""
	}
	return "good"
}

// plainComing says whether nothing but "to come" is to be said of w, which the list
// need not repeat on each line.
func plainComing(w app.Workshop, now time.Time) bool { return StatusWords(w, now) == "À venir" }

func nothingPlanned(p WorkshopsPage) (title, text string) {
	coordinates := p.Frame.may(app.KeepWorkshops)
	switch {
	case p.Filter.narrows():
		return "Aucun atelier ne correspond", "Essayez avec moins de filtres, ou regardez aussi les ateliers passés."
	case p.Filter.When == "passes":
		return "Rien n’a encore eu lieu", "Les ateliers terminés se retrouveront ici avec qui y est venu."
	case coordinates:
		return "Aucun atelier n’est prévu", "Préparez-en un et publiez l’annonce : vous pourrez ensuite inviter les structures."
	}
	return "Aucun atelier n’est annoncé", "Les ateliers que la coordination publie apparaîtront ici."
}

// within reports whether a day is of the month on screen.
func (p WorkshopsPage) within(day app.Date) bool {
	return day[:7] == app.DateOf(p.Filter.Start)[:7]
}

func (p WorkshopsPage) on(day app.Date) (rows []WorkshopRow) {
	for _, r := range p.Rows {
		if app.DateOf(r.Workshop.StartsAt) == day {
			rows = append(rows, r)
		}
	}
	return rows
}

// MonthName writes a month: "mars 2026".
func MonthName(t time.Time) string { return french.Month(t) }

func (p WorkshopsPage) thisMonth() bool { return MonthName(p.Filter.Start) == MonthName(p.Now) }

func (p WorkshopsPage) month(step int) string {
	return p.Filter.with("/ateliers", "vue", MonthView, "mois", p.Filter.Start.In(app.Paris).AddDate(0, step, 0).Format("2006-01"))
}
