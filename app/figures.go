package app

import (
	"slices"
	"time"
)

// Figures is what workshops gathered: those held, each person who was present at one
// counted once, each organisation somebody was present for counted once.
type Figures struct {
	Workshops     int
	Participants  int
	Organisations int
	Categories    []CategoryCount // of those organisations, none left out, in the usual order
}

// CategoryCount is how many organisations of a category there are.
type CategoryCount struct {
	Category      Category
	Organisations int
}

// Gathered is the figures of a convention: of all its workshops, of those of each phase
// and of each axis; "" holds those of no phase, or of no axis.
type Gathered struct {
	All    Figures
	Phases map[PhaseID]Figures
	Axes   map[AxisID]Figures
}

// Presence is one person at one workshop that was held; a workshop at which nobody was
// noted present is one without Person.
type Presence struct {
	Workshop     WorkshopID
	Phase        PhaseID
	Axis         AxisID
	Person       PersonID
	Organisation OrganisationID // "" for somebody who came for nobody
	Category     Category       // of that organisation
}

// Gather counts presences, in all and by phase and axis.
func Gather(presences []Presence) Gathered {
	all, phases, axes := newTally(), map[PhaseID]*tally{}, map[AxisID]*tally{}
	for _, p := range presences {
		all.add(p)
		tallyOf(phases, p.Phase).add(p)
		tallyOf(axes, p.Axis).add(p)
	}
	g := Gathered{All: all.figures(), Phases: map[PhaseID]Figures{}, Axes: map[AxisID]Figures{}}
	for id, t := range phases {
		g.Phases[id] = t.figures()
	}
	for id, t := range axes {
		g.Axes[id] = t.figures()
	}
	return g
}

// A tally is what was counted already.
type tally struct {
	workshops     map[WorkshopID]bool
	people        map[PersonID]bool
	organisations map[OrganisationID]Category
}

func newTally() *tally {
	return &tally{map[WorkshopID]bool{}, map[PersonID]bool{}, map[OrganisationID]Category{}}
}

func tallyOf[ID comparable](tallies map[ID]*tally, id ID) *tally {
	if tallies[id] == nil {
		tallies[id] = newTally()
	}
	return tallies[id]
}

func (t *tally) add(p Presence) {
	t.workshops[p.Workshop] = true
	if p.Person != "" {
		t.people[p.Person] = true
	}
	if p.Organisation != "" {
		t.organisations[p.Organisation] = p.Category
	}
}

func (t *tally) figures() Figures {
	f := Figures{Workshops: len(t.workshops), Participants: len(t.people), Organisations: len(t.organisations)}
	counts := map[Category]int{}
	for _, c := range t.organisations {
		counts[c]++
	}
	for c, n := range counts {
		f.Categories = append(f.Categories, CategoryCount{c, n})
	}
	slices.SortFunc(f.Categories, func(a, b CategoryCount) int { return a.Category.Compare(b.Category) })
	return f
}

// Meeting is a workshop as the page of its convention lists it.
type Meeting struct {
	ID       WorkshopID
	Phase    PhaseID // "" when none
	Axis     AxisID  // "" when none
	Kind     WorkshopKind
	Title    string
	StartsAt time.Time
	EndsAt   time.Time
	Status   WorkshopStatus
	Present  int // people noted present
}

// Held reports whether m counts at now: it was announced, was not cancelled, and is over.
func (m Meeting) Held(now time.Time) bool { return m.Status == Published && !now.Before(m.EndsAt) }

// Largest returns the one of meetings held at now that gathered most people, the first
// of several alike; false when nobody came to any.
func Largest(meetings []Meeting, now time.Time) (largest Meeting, found bool) {
	for _, m := range meetings {
		if m.Held(now) && m.Present > largest.Present {
			largest, found = m, true
		}
	}
	return largest, found
}

// Unrecorded returns how many of meetings were held at now without anybody being noted present.
func Unrecorded(meetings []Meeting, now time.Time) (n int) {
	for _, m := range meetings {
		if m.Held(now) && m.Present == 0 {
			n++
		}
	}
	return n
}
