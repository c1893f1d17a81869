package app

import (
	"fmt"
	"time"
)

// The door of a workshop opens to animators some time before it begins and closes
// some time after it ended; who coordinates corrects at any time.
const (
	DoorOpensBefore = 2 * time.Hour
	DoorClosesAfter = 24 * time.Hour
)

// DoorOpensAt returns when animators may begin to tick.
func (w Workshop) DoorOpensAt() time.Time { return w.StartsAt.Add(-DoorOpensBefore) }

// ErrNotKeeper refuses the door of a workshop to who does not keep it.
var ErrNotKeeper = Errorf(Forbidden, "L’accueil est tenu par la coordination et par qui anime l’atelier.")

// MayKeepDoor reports why v may not note, at now, who is present at w animated by
// animators; nil when they may.
func (w Workshop) MayKeepDoor(v Viewer, animators []PersonID, now time.Time) error {
	coordinates := v.MayKeep(w)
	switch {
	case !v.MayCheckIn(w, animators):
		return ErrNotKeeper
	case w.Status == Draft:
		return Errorf(Conflict, "Cet atelier est un brouillon : publiez-le d’abord.")
	case w.Status == Cancelled:
		return Errorf(Conflict, "Cet atelier est annulé : personne n’y est attendu.")
	case !coordinates && now.Before(w.DoorOpensAt()):
		at := w.DoorOpensAt().In(Paris)
		return Errorf(Conflict, "L’accueil ouvre le %s à %s, deux heures avant le début.", at.Format("02/01/2006"), hour(at))
	case !coordinates && !now.Before(w.EndsAt.Add(DoorClosesAfter)):
		return Errorf(Conflict, "L’accueil est clos depuis plus d’un jour : la coordination corrige les présences.")
	}
	return nil
}

// hour writes an hour as French reads it: "14 h", "9 h 05".
func hour(t time.Time) string {
	if t.Minute() == 0 {
		return fmt.Sprintf("%d\u00a0h", t.Hour())
	}
	return fmt.Sprintf("%d\u00a0h\u00a0%02d", t.Hour(), t.Minute())
}

// Noted reports whether a says what became of somebody at the door.
func (a Attendance) Noted() bool {
	return a == Present || a == Excused || a == Absent || a == Represented
}

// MayRecord reports why a person may not be noted as a at now by somebody who keeps
// the door of w; nil when they may. Who is there is noted at the door; who is not,
// once the workshop is over.
func (w Workshop) MayRecord(a Attendance, now time.Time) error {
	switch a {
	case Present, Registered:
		return nil
	case Excused, Absent, Represented:
		if !w.Ended(now) {
			return Errorf(Conflict, "Les absences se notent une fois l’atelier terminé.")
		}
		return nil
	}
	return Errorf(Invalid, "Cet état ne se note pas à l’accueil.")
}

// ArrivedAt returns when somebody ticked at now arrived, to the second: now, or not
// known, the zero time, when w was over by then.
func (w Workshop) ArrivedAt(now time.Time) time.Time {
	if w.Ended(now) {
		return time.Time{}
	}
	return now.UTC().Truncate(time.Second)
}

// Undone returns the state in which undoing the tick leaves r: the one it replaced; a
// walk-in, of whom nothing was known, is withdrawn.
func (r Registration) Undone() Attendance {
	switch {
	case r.Before != "":
		return r.Before
	case r.WalkIn:
		return Withdrawn
	}
	return Registered
}

// Turnout is how many people a workshop sees: what the counter at the door says.
type Turnout struct {
	Present       int // people there
	Expected      int // people who were announced, there or not
	WalkIns       int // of those present, who came unannounced
	Organisations int // structures of those present
}

// TurnoutOf counts who, of those registered for a workshop, is there.
func TurnoutOf(all []Registration) (t Turnout) {
	structures := map[OrganisationID]bool{}
	for _, r := range all {
		switch r.State {
		case Present:
			t.Present++
			if r.WalkIn {
				t.WalkIns++
			}
			if r.Organisation != "" {
				structures[r.Organisation] = true
			}
		case Registered, Excused, Absent:
		default:
			continue
		}
		if !r.WalkIn {
			t.Expected++
		}
	}
	t.Organisations = len(structures)
	return t
}
