package views

import (
	"slices"
	"strings"

	"maillage/app"
)

// ConventionForm is a convention as it stands in its form, saved or not.
type ConventionForm struct {
	Frame     Frame
	New       bool // it does not exist yet
	ID        app.ConventionID
	Territory app.TerritoryID
	Version   int
	Saved     string // the name it has now

	Name, Summary              string
	StartsOn, EndsOn, SignedOn string // as typed
	Axes, Phases               []PartRow

	Message string      // what is wrong, above the form
	Errors  app.Fields  // what is wrong, beside the fields
	Theirs  app.Changes // what somebody else wrote in the meantime
}

// PartRow is an axis or a phase as it stands in the form.
type PartRow struct {
	ID        string
	Title     string
	From, To  string // of a phase, as typed
	New       bool   // not saved yet
	Removed   bool   // ticked to go
	Workshops int    // that hang on it
}

// ErrStale tells that a convention was changed by somebody else since its form was opened.
var ErrStale = app.Errorf(app.Conflict, "Quelqu’un a modifié cette convention pendant que vous écriviez. Rien n’est enregistré, et rien de ce que vous avez écrit n’est perdu : comparez, corrigez au besoin, puis enregistrez.")

// AxisRow is an axis as it is saved.
func AxisRow(a app.Axis) PartRow { return PartRow{ID: string(a.ID), Title: a.Title} }

// PhaseRow is a phase as it is saved.
func PhaseRow(p app.Phase) PartRow {
	return PartRow{ID: string(p.ID), Title: p.Name, From: string(p.StartsOn), To: string(p.EndsOn)}
}

// Show fills the form with v; all of it is new when p is.
func (p *ConventionForm) Show(v app.Convention) {
	p.ID, p.Territory, p.Version, p.Saved = v.ID, v.Territory, v.Version, v.Name
	p.Name, p.Summary = v.Name, v.Summary
	p.StartsOn, p.EndsOn, p.SignedOn = string(v.StartsOn), string(v.EndsOn), string(v.SignedOn)
	for _, a := range v.Axes {
		p.Axes = append(p.Axes, AxisRow(a))
	}
	for _, phase := range v.Phases {
		p.Phases = append(p.Phases, PhaseRow(phase))
	}
	for _, rows := range [][]PartRow{p.Axes, p.Phases} {
		for i := range rows {
			rows[i].New = p.New
		}
	}
}

// Hang notes how many workshops hang on each axis and each phase.
func (p *ConventionForm) Hang(meetings []app.Meeting) {
	for _, m := range meetings {
		for i := range p.Axes {
			if p.Axes[i].ID == string(m.Axis) {
				p.Axes[i].Workshops++
			}
		}
		for i := range p.Phases {
			if p.Phases[i].ID == string(m.Phase) {
				p.Phases[i].Workshops++
			}
		}
	}
}

// What the buttons of the form other than the one that saves ask for, each followed by an id.
const (
	addAxis  = "ajouter-axe:"
	addPhase = "ajouter-phase:"
	moveUp   = "monter:"
	moveDown = "descendre:"
)

// Rearrange does what a button of the form asked for without saving, and reports whether
// it was one of those: a row more, an axis one place up or down.
func (p *ConventionForm) Rearrange(act string) bool {
	verb, id, found := strings.Cut(act, ":")
	if !found {
		return false
	}
	i := slices.IndexFunc(p.Axes, func(r PartRow) bool { return r.ID == id })
	switch verb + ":" {
	case addAxis:
		p.Axes = append(p.Axes, PartRow{ID: id, New: true})
	case addPhase:
		p.Phases = append(p.Phases, PartRow{ID: id, New: true})
	case moveUp:
		if i > 0 {
			p.Axes[i-1], p.Axes[i] = p.Axes[i], p.Axes[i-1]
		}
	case moveDown:
		if i >= 0 && i+1 < len(p.Axes) {
			p.Axes[i+1], p.Axes[i] = p.Axes[i], p.Axes[i+1]
		}
	default:
		return false
	}
	return true
}

func (p ConventionForm) action() string {
	if p.New {
		return conventionPath + "/nouvelle"
	}
	return ConventionEditHref(p.ID)
}

func (p ConventionForm) field(name, label, value string) Field {
	return Field{Name: name, Label: label, Value: value, Error: p.Errors[name]}
}

func (p ConventionForm) name() Field {
	f := p.field("nom", "Nom de la convention", p.Name)
	f.Required, f.Max = true, 200
	return f
}

func (p ConventionForm) day(name, label, value string, required bool) Field {
	f := p.field(name, label, value)
	f.Type, f.Short, f.Required = dateType(value), true, required
	return f
}

// dateType lets a browser show again what is no date, as it was typed.
func dateType(value string) string {
	if d, err := app.ParseDate(value); err == nil && string(d) == value {
		return "date"
	}
	return "text"
}

func (p ConventionForm) summary() Field {
	f := p.field("presentation", "Présentation", p.Summary)
	f.Hint, f.Rows, f.Max = "Qui la signe, ce qu’elle veut, ce qui la précède. Chacun sur le territoire la lit.", 5, 5000
	return f
}

func (p ConventionForm) axisTitle(i int, r PartRow) Field {
	f := p.field("axe-"+r.ID, "Axe "+app.Number(i+1), r.Title)
	f.Max = 300
	return f
}

func (p ConventionForm) phaseName(i int, r PartRow) Field {
	f := p.field("phase-"+r.ID, "Phase "+app.Number(i+1), r.Title)
	f.Max, f.List = 200, "phases-usuelles"
	return f
}

func (p ConventionForm) phaseStart(r PartRow) Field {
	return p.day("phase-"+r.ID+"-debut", "Premier jour", r.From, false)
}

func (p ConventionForm) phaseEnd(r PartRow) Field {
	return p.day("phase-"+r.ID+"-fin", "Dernier jour", r.To, false)
}

// beyond reports whether a phase has a day that is not one of the convention's.
func (p ConventionForm) beyond(r PartRow) bool {
	day := func(s string) app.Date { d, _ := app.ParseDate(s); return d }
	v := app.Convention{StartsOn: day(p.StartsOn), EndsOn: day(p.EndsOn), Phases: []app.Phase{{StartsOn: day(r.From), EndsOn: day(r.To)}}}
	return v.StartsOn != "" && v.EndsOn != "" && len(v.Outside()) > 0
}

// fields are all those of the form in its order, for the summary of what is wrong.
func (p ConventionForm) fields() []Field {
	all := []Field{
		p.name(), p.day("debut", "Premier jour", "", true), p.day("fin", "Dernier jour", "", true),
		p.day("signature", "Signature", "", false), p.summary(),
	}
	for i, r := range p.Phases {
		name := p.phaseName(i, r)
		start, end := p.phaseStart(r), p.phaseEnd(r)
		start.Label, end.Label = name.Label+", premier jour", name.Label+", dernier jour"
		all = append(all, name, start, end)
	}
	for i, r := range p.Axes {
		all = append(all, p.axisTitle(i, r))
	}
	return all
}

// boundWords says why an axis or a phase cannot be removed.
func boundWords(workshops int) string {
	return app.Count(workshops, "atelier s’y rattache", "ateliers s’y rattachent") + "\u00a0: cette ligne ne peut pas être retirée."
}

// OutsideWords warns, after a save, of phases that go beyond the convention; "" when none does.
func OutsideWords(v app.Convention) string {
	switch outside := v.Outside(); len(outside) {
	case 0:
		return ""
	case 1:
		return " La phase «\u00a0" + outside[0].Name + "\u00a0» sort de ses dates\u00a0: vérifiez que c’est voulu."
	default:
		return " " + app.Count(len(outside), "phase sort", "phases sortent") + " de ses dates\u00a0: vérifiez que c’est voulu."
	}
}

func (p ConventionForm) above() []Link {
	links := []Link{{Href: conventionPath, Label: "Convention"}}
	if !p.New {
		links = append(links, Link{Href: ConventionHref(p.ID), Label: p.Saved})
	}
	return links
}

// below says what a new convention is filled with.
func (p ConventionForm) below() string {
	if p.New {
		return "Tout se change, maintenant ou plus tard. Les ateliers s’y rattacheront."
	}
	return ""
}

// back is where one goes without saving.
func (p ConventionForm) back() string {
	if p.New {
		return conventionPath
	}
	return ConventionHref(p.ID)
}

// orNothing is a value in a comparison of two, or that there is none.
func orNothing(words string) string {
	if words == "" {
		return "(rien)"
	}
	return words
}
