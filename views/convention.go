package views

import (
	"strconv"
	"time"

	"maillage/app"
)

const conventionPath = "/convention"

// ConventionPage is one convention of a territory, what it gathered and its workshops.
type ConventionPage struct {
	Frame       Frame
	Conventions []app.Convention // of the territory, to switch between
	Convention  app.Convention   // the one on the page
	Gathered    app.Gathered
	Meetings    []app.Meeting
	History     []app.Entry // for who coordinates
	Now         time.Time
}

func (p ConventionPage) coordinates() bool {
	return p.Frame.coordinates()
}

func (p ConventionPage) today() app.Date { return app.DateOf(p.Now) }

func (p ConventionPage) over() bool { return p.Convention.On(p.today()) == app.Over }

func (p ConventionPage) tabs() []Link {
	links := make([]Link, len(p.Conventions))
	for i, v := range p.Conventions {
		links[i] = Link{Href: ConventionHref(v.ID), Label: v.Name, Current: v.ID == p.Convention.ID}
	}
	return links
}

// ConventionHref is the address of the page of a convention.
func ConventionHref(id app.ConventionID) string {
	return Address(conventionPath, "convention", string(id))
}

// ConventionEditHref is the address of the form of a convention.
func ConventionEditHref(id app.ConventionID) string {
	return conventionPath + "/" + pathEscape(string(id)) + "/modifier"
}

func (p ConventionPage) csvHref() string {
	return Address(conventionPath+".csv", "convention", string(p.Convention.ID))
}

// A conventionPart is a phase or an axis with its workshops, or those of none.
type conventionPart struct {
	id       string // of its element
	title    string
	figures  app.Figures
	meetings []app.Meeting
	graph    string // address of who met whom there, "" when nobody did
	phase    *app.Phase
	over     bool
}

// phases returns the phases in their order, then what belongs to none, if anything does.
func (p ConventionPage) phases() []conventionPart {
	parts := make([]conventionPart, 0, len(p.Convention.Phases)+1)
	for _, phase := range p.Convention.Phases {
		parts = append(parts, p.part("phase", string(phase.ID), phase.Name, p.Gathered.Phases[phase.ID],
			func(m app.Meeting) bool { return m.Phase == phase.ID }))
		last := &parts[len(parts)-1]
		last.phase, last.over = &phase, phase.On(p.today()) == app.Over
	}
	return p.withLoose(parts, p.part("phase", "", "Sans phase", p.Gathered.Phases[""], func(m app.Meeting) bool { return m.Phase == "" }))
}

// axes returns the axes in their order, then what belongs to none, if anything does.
func (p ConventionPage) axes() []conventionPart {
	parts := make([]conventionPart, 0, len(p.Convention.Axes)+1)
	for _, axis := range p.Convention.Axes {
		parts = append(parts, p.part("axe", string(axis.ID), axis.Title, p.Gathered.Axes[axis.ID],
			func(m app.Meeting) bool { return m.Axis == axis.ID }))
	}
	return p.withLoose(parts, p.part("axe", "", "Sans axe", p.Gathered.Axes[""], func(m app.Meeting) bool { return m.Axis == "" }))
}

func (p ConventionPage) part(kind, id, title string, figures app.Figures, of func(app.Meeting) bool) conventionPart {
	part := conventionPart{id: kind + "-" + id, title: title, figures: figures, over: p.over()}
	if id == "" {
		part.id = kind + "-aucun"
	} else if figures.Organisations > 1 {
		part.graph = Address(graphPath, kind, id)
	}
	for _, m := range p.Meetings {
		if of(m) {
			part.meetings = append(part.meetings, m)
		}
	}
	return part
}

func (ConventionPage) withLoose(parts []conventionPart, loose conventionPart) []conventionPart {
	if len(loose.meetings) > 0 {
		return append(parts, loose)
	}
	return parts
}

// shownMeetings is how many workshops a part shows without being asked.
const shownMeetings = 3

// barWidth is how long the bar of a category is, the longest being a hundred.
func barWidth(c app.CategoryCount, all []app.CategoryCount) string {
	most := 1
	for _, other := range all {
		most = max(most, other.Organisations)
	}
	return strconv.Itoa(100*c.Organisations/most) + "%"
}

// ConventionRows is the figures of a convention as a table: one line in all, one for each
// phase and each axis, one column for each category that came.
func ConventionRows(p ConventionPage) [][]string {
	header := []string{"Portée", "Intitulé", "Début", "Fin", "Ateliers tenus", "Participants", "Structures", "Plus grande rencontre"}
	for _, c := range p.Gathered.All.Categories {
		header = append(header, c.Category.Label())
	}
	line := func(scope, title string, from, to app.Date, f app.Figures, meetings []app.Meeting) []string {
		largest, _ := app.Largest(meetings, p.Now)
		row := []string{scope, title, string(from), string(to)}
		for _, n := range []int{f.Workshops, f.Participants, f.Organisations, largest.Present} {
			row = append(row, strconv.Itoa(n))
		}
		counts := map[app.Category]int{}
		for _, c := range f.Categories {
			counts[c.Category] = c.Organisations
		}
		for _, c := range p.Gathered.All.Categories {
			row = append(row, strconv.Itoa(counts[c.Category]))
		}
		return row
	}
	rows := [][]string{header, line("Convention", p.Convention.Name, p.Convention.StartsOn, p.Convention.EndsOn, p.Gathered.All, p.Meetings)}
	for _, part := range p.phases() {
		var from, to app.Date
		if part.phase != nil {
			from, to = part.phase.StartsOn, part.phase.EndsOn
		}
		rows = append(rows, line("Phase", part.title, from, to, part.figures, part.meetings))
	}
	for _, part := range p.axes() {
		rows = append(rows, line("Axe", part.title, "", "", part.figures, part.meetings))
	}
	return rows
}
