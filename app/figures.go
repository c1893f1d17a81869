package app

import "time"

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
