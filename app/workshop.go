package app

import (
	"strings"
	"time"
)

// Workshop is any meeting of the partnership; its Kind tells which.
type Workshop struct {
	ID            WorkshopID
	Territory     TerritoryID
	Convention    ConventionID
	Phase         PhaseID // "" when none
	Axis          AxisID  // "" when none
	Host          OrganisationID
	Kind          WorkshopKind
	Themes        []Theme // that it bears: who coordinates one of them keeps it
	Title         string
	Description   string
	Agenda        string // one item a line
	StartsAt      time.Time
	EndsAt        time.Time
	Place         string
	Address       string
	Commune       CommuneCode
	Link          string // of the video meeting
	Capacity      int    // 0: as many as come
	Status        WorkshopStatus
	PostponedFrom time.Time // the date it was first announced for, zero if it never moved
	CancelReason  string
	Taken         int // seats taken, read with it, never written
	Waiting       int // people on the waiting list, likewise
	Sequence      int // grows each time the announced date, place or status changes (RFC 5545)
	CreatedAt     time.Time
	UpdatedAt     time.Time
	Version       int
}

// WorkshopKind is what a meeting is; it is kept as its key.
type WorkshopKind string

// WorkshopKinds lists the kinds of meetings.
var WorkshopKinds = []Term[WorkshopKind]{
	{"atelier", "Atelier", "Atelier"},
	{"groupe", "Groupe de travail", "Groupe de travail"},
	{"cotech", "Comité technique (COTECH)", "COTECH"},
	{"copil", "Comité de pilotage (COPIL)", "COPIL"},
	{"seminaire", "Séminaire", "Séminaire"},
}

// Label returns the words for k.
func (k WorkshopKind) Label() string { return term(WorkshopKinds, k).Label }

// Short returns the words for k in a narrow place.
func (k WorkshopKind) Short() string { return term(WorkshopKinds, k).Short }

// Known reports whether k is one of WorkshopKinds.
func (k WorkshopKind) Known() bool { return known(WorkshopKinds, k) }

// WorkshopStatus is how far a meeting has come; it is kept as its key.
type WorkshopStatus string

// The statuses of a meeting. A draft is seen by who coordinates only.
const (
	Draft     WorkshopStatus = "brouillon"
	Published WorkshopStatus = "publie"
	Cancelled WorkshopStatus = "annule"
)

// Online reports whether w is held by video only.
func (w Workshop) Online() bool { return w.Link != "" && w.Place == "" }

// Where says on one line where w is held, in a commune of that name, "" when nothing is
// known of it. What the place or the address says already is not said again.
func (w Workshop) Where(commune string) string {
	var parts []string
	for _, part := range []string{w.Place, w.Address, commune} {
		if part != "" && (len(parts) == 0 || !strings.Contains(Fold(strings.Join(parts, " ")), Fold(part))) {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

// Abandoned reports whether w is a draft that was given up; nobody was ever told of it.
func (w Workshop) Abandoned() bool { return w.Status == Draft && w.CancelReason != "" }

// Postponed reports whether w was announced for another date before.
func (w Workshop) Postponed() bool { return !w.PostponedFrom.IsZero() }

// Started reports whether w has begun at now.
func (w Workshop) Started(now time.Time) bool { return !now.Before(w.StartsAt) }

// Ended reports whether w is over at now.
func (w Workshop) Ended(now time.Time) bool { return !now.Before(w.EndsAt) }

// Seats returns how many people may still join; with no capacity, as many as come: -1.
func (w Workshop) Seats() int {
	if w.Capacity == 0 {
		return -1
	}
	return max(0, w.Capacity-w.Taken)
}

// Full reports whether whoever joins now is put on the waiting list. As long as
// somebody waits, nobody passes before them.
func (w Workshop) Full() bool { return w.Capacity > 0 && (w.Taken >= w.Capacity || w.Waiting > 0) }

// WithArticle returns the words for k after a verb: "l’atelier", "le comité de pilotage (COPIL)".
func (k WorkshopKind) WithArticle() string {
	if k == "atelier" {
		return "l’atelier"
	}
	return "le " + lowerFirst(k.Short())
}

// lowerFirst keeps acronyms as they are.
func lowerFirst(s string) string {
	if len(s) > 1 && s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
