package app

import (
	"cmp"
	"slices"
)

// Convention is a Convention Territoriale Globale: what the partners of a territory
// agreed to do together, in phases and along axes.
type Convention struct {
	ID        ConventionID
	Territory TerritoryID
	Name      string
	StartsOn  Date
	EndsOn    Date
	SignedOn  Date
	Summary   string
	Invented  bool // made up for the demonstration
	Phases    []Phase
	Axes      []Axis
	Version   int
}

// Phase is a stretch of a convention's life.
type Phase struct {
	ID       PhaseID
	Name     string
	StartsOn Date
	EndsOn   Date
}

// Axis is a strategic axis of a convention; Number counts from 1.
type Axis struct {
	ID     AxisID
	Number int
	Title  string
}

// PhaseNames lists the phases of a convention in their usual order.
var PhaseNames = []string{
	"Préparation", "Diagnostic partagé", "Plan d’actions", "Signature", "Mise en œuvre", "Évaluation",
}

// Progress is where a day stands beside a stretch of time.
type Progress int

// The three of them, and Undated for a stretch of which no day is known.
const (
	Undated Progress = iota
	Ahead
	Running
	Over
)

func progress(from, to, day Date) Progress {
	switch {
	case from == "" && to == "":
		return Undated
	case from != "" && day < from:
		return Ahead
	case to != "" && day > to:
		return Over
	}
	return Running
}

// On returns where v stands on a day.
func (v Convention) On(day Date) Progress { return progress(v.StartsOn, v.EndsOn, day) }

// On returns where p stands on a day: a phase whose first day is not known does not run,
// even if its last one is known and still to come.
func (p Phase) On(day Date) Progress {
	at := progress(p.StartsOn, p.EndsOn, day)
	if p.StartsOn == "" && at == Running {
		return Undated
	}
	return at
}

// PhaseOn returns the phase that runs on a day, the last of several, "" when none does.
func (v Convention) PhaseOn(day Date) (running PhaseID) {
	for _, p := range v.Phases {
		if p.On(day) == Running {
			running = p.ID
		}
	}
	return running
}

// CurrentConvention returns which of conventions one means on a day: the one that runs,
// the latest begun of several; else the one that is nearest in days. -1 when there is none.
func CurrentConvention(conventions []Convention, day Date) int {
	best := -1
	for i, v := range conventions {
		if best < 0 {
			best = i
			continue
		}
		b := conventions[best]
		if order := cmp.Compare(v.daysFrom(day), b.daysFrom(day)); order < 0 || order == 0 && v.StartsOn > b.StartsOn {
			best = i
		}
	}
	return best
}

// daysFrom returns how many days lie between v and a day, 0 when v runs on it.
func (v Convention) daysFrom(day Date) int {
	switch v.On(day) {
	case Ahead:
		return day.daysUntil(v.StartsOn)
	case Over:
		return v.EndsOn.daysUntil(day)
	}
	return 0
}

func (d Date) daysUntil(other Date) int {
	return int(other.Time().Sub(d.Time()).Hours()+12) / 24 // the change of hour makes days of 23 hours
}

// Check returns what is wrong with v, by the field of its form: "nom", "debut", "fin",
// and "axe-ID", "phase-ID", "phase-ID-debut", "phase-ID-fin" for its parts.
func (v Convention) Check() Fields {
	wrong := Fields{}
	if v.Name == "" {
		wrong.Add("nom", "Donnez un nom à la convention.")
	}
	if v.StartsOn == "" {
		wrong.Add("debut", "Indiquez le premier jour de la convention.")
	}
	if v.EndsOn == "" {
		wrong.Add("fin", "Indiquez le dernier jour de la convention.")
	}
	if v.StartsOn != "" && v.EndsOn != "" && v.EndsOn < v.StartsOn {
		wrong.Add("fin", "La convention ne peut pas finir avant d’avoir commencé.")
	}
	for _, a := range v.Axes {
		if a.Title == "" {
			wrong.Add("axe-"+string(a.ID), "Donnez un titre à cet axe, ou retirez-le.")
		}
	}
	for _, p := range v.Phases {
		if p.Name == "" {
			wrong.Add("phase-"+string(p.ID), "Donnez un nom à cette phase, ou retirez-la.")
		}
		if p.StartsOn != "" && p.EndsOn != "" && p.EndsOn < p.StartsOn {
			wrong.Add("phase-"+string(p.ID)+"-fin", "La phase ne peut pas finir avant d’avoir commencé.")
		}
	}
	return wrong
}

// Outside returns the phases of which some day is not one of v's. It is no error: a
// diagnostic often begins before the convention does.
func (v Convention) Outside() []Phase {
	var outside []Phase
	for _, p := range v.Phases {
		within := func(d Date) bool { return d == "" || d >= v.StartsOn && d <= v.EndsOn }
		if !within(p.StartsOn) || !within(p.EndsOn) {
			outside = append(outside, p)
		}
	}
	return outside
}

// Arranged returns v with its axes numbered in their order, and its phases by the day
// they begin; those without one keep their place at the end.
func (v Convention) Arranged() Convention {
	v.Axes = slices.Clone(v.Axes)
	for i := range v.Axes {
		v.Axes[i].Number = i + 1
	}
	v.Phases = slices.Clone(v.Phases)
	slices.SortStableFunc(v.Phases, func(a, b Phase) int {
		return cmp.Compare(cmp.Or(a.StartsOn, a.EndsOn, "9999"), cmp.Or(b.StartsOn, b.EndsOn, "9999"))
	})
	return v
}

// Next returns what the convention that follows v begins with: the day after, the usual
// phases without dates and v's own axes, all to be changed at will.
func (v Convention) Next() Convention {
	next := Convention{Territory: v.Territory}
	if v.EndsOn != "" {
		next.StartsOn = Date(v.EndsOn.Time().AddDate(0, 0, 1).Format("2006-01-02"))
	}
	for _, name := range PhaseNames {
		next.Phases = append(next.Phases, Phase{ID: NewID[PhaseID](), Name: name})
	}
	for _, a := range v.Axes {
		next.Axes = append(next.Axes, Axis{ID: NewID[AxisID](), Number: a.Number, Title: a.Title})
	}
	return next
}
