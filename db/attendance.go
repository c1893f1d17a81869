package db

import (
	"context"
	"time"

	"maillage/app"
)

// Arrival is a line of the door's list: a person named for a workshop, or who came.
type Arrival struct {
	app.Registration
	FirstName     string
	LastName      string
	Structure     string // name of the organisation, "" for nobody's
	RepresentedBy string // who took the place of this person, by name
}

// Name returns first and last name.
func (a Arrival) Name() string { return app.Tidy(a.FirstName + " " + a.LastName) }

func (a Arrival) who() app.Named { return app.Named{Person: a.Person, Name: a.Name()} }

const arrivalColumns = registrationColumns + `, p.first_name, p.last_name, COALESCE(o.name, ''),
		COALESCE((SELECT q.first_name || ' ' || q.last_name
			FROM registrations s JOIN people q ON q.id = s.person_id
			WHERE r.state = 'represente' AND s.represents_id = r.id AND s.state <> 'desinscrit'
			ORDER BY s.id LIMIT 1), '')`

const arrivalTables = `registrations r
		JOIN people p ON p.id = r.person_id
		LEFT JOIN organisations o ON o.id = r.organisation_id`

func scanArrival(s scanner) (a Arrival, err error) {
	err = s.Scan(append(registrationFields(&a.Registration), &a.FirstName, &a.LastName, &a.Structure, &a.RepresentedBy)...)
	a.RepresentedBy = app.Tidy(a.RepresentedBy)
	return a, err
}

func arrival(ctx context.Context, c conn, id app.WorkshopID, r app.RegistrationID) (Arrival, error) {
	a, err := scanArrival(c.row(ctx, `SELECT `+arrivalColumns+` FROM `+arrivalTables+` WHERE r.id = $1 AND r.workshop_id = $2`, r, id))
	return a, found(err, "Cette inscription")
}

// Door is what the door of a workshop shows: who is expected and who is there, by name.
type Door struct {
	Workshop  app.Workshop
	Animators []app.Person // id and names only
	Arrivals  []Arrival
}

// Keepers returns the ids of who animates.
func (d Door) Keepers() []app.PersonID {
	ids := make([]app.PersonID, len(d.Animators))
	for i, p := range d.Animators {
		ids[i] = p.ID
	}
	return ids
}

// People returns the ids of who is on the list.
func (d Door) People() []app.PersonID { return peopleOf(d.Arrivals) }

func peopleOf(arrivals []Arrival) []app.PersonID {
	ids := make([]app.PersonID, len(arrivals))
	for i, a := range arrivals {
		ids[i] = a.Person
	}
	return ids
}

// Turnout counts who is there.
func (d Door) Turnout() app.Turnout {
	all := make([]app.Registration, len(d.Arrivals))
	for i, a := range d.Arrivals {
		all[i] = a.Registration
	}
	return app.TurnoutOf(all)
}

// Door returns what the door of a workshop shows, for who keeps it.
func (d *DB) Door(ctx context.Context, by app.Viewer, id app.WorkshopID) (Door, error) {
	return doorOf(ctx, d.reader(), by, id)
}

func doorOf(ctx context.Context, c conn, by app.Viewer, id app.WorkshopID) (door Door, err error) {
	if door, err = keptDoor(ctx, c, by, id); err != nil {
		return door, err
	}
	door.Arrivals, err = list(ctx, c, scanArrival, `
		SELECT `+arrivalColumns+`
		FROM `+arrivalTables+`
		WHERE r.workshop_id = $1 AND r.state <> 'desinscrit'
		ORDER BY p.sort_key, p.id`, id)
	return door, err
}

// keptDoor reads a workshop and its animators for who keeps its door; nobody of the list yet.
func keptDoor(ctx context.Context, c conn, by app.Viewer, id app.WorkshopID) (door Door, err error) {
	if door.Workshop, err = seenWorkshop(ctx, c, by, id); err != nil {
		return door, err
	}
	if door.Animators, err = animatorsOf(ctx, c, id); err != nil {
		return door, err
	}
	if !by.MayCheckIn(door.Workshop, door.Keepers()) {
		return door, app.ErrNotKeeper
	}
	return door, nil
}

func animatorsOf(ctx context.Context, c conn, id app.WorkshopID) ([]app.Person, error) {
	return list(ctx, c, func(s scanner) (p app.Person, err error) {
		err = s.Scan(&p.ID, &p.FirstName, &p.LastName)
		return p, err
	}, `
		SELECT p.id, p.first_name, p.last_name
		FROM workshop_animators k JOIN people p ON p.id = k.person_id
		WHERE k.workshop_id = $1
		ORDER BY p.sort_key, p.id`, id)
}

// Turnout returns a workshop and counts who is there, for who keeps its door.
func (d *DB) Turnout(ctx context.Context, by app.Viewer, id app.WorkshopID) (w app.Workshop, t app.Turnout, err error) {
	c := d.reader()
	door, err := keptDoor(ctx, c, by, id)
	if err != nil {
		return door.Workshop, t, err
	}
	t, err = turnout(ctx, c, id)
	return door.Workshop, t, err
}

func turnout(ctx context.Context, c conn, id app.WorkshopID) (t app.Turnout, err error) {
	err = c.row(ctx, `
		SELECT COUNT(CASE WHEN state = 'present' THEN 1 END),
			COUNT(CASE WHEN state IN ('inscrit', 'present', 'excuse', 'absent') AND NOT walk_in THEN 1 END),
			COUNT(CASE WHEN state = 'present' AND walk_in THEN 1 END),
			COUNT(DISTINCT CASE WHEN state = 'present' THEN organisation_id END)
		FROM registrations
		WHERE workshop_id = $1`, id).Scan(&t.Present, &t.Expected, &t.WalkIns, &t.Organisations)
	return t, err
}

// WorkshopVersion returns a number that grows with every act on a workshop, by any
// process: two equal numbers mean that nothing was changed in between.
func (d *DB) WorkshopVersion(ctx context.Context, id app.WorkshopID) (int, error) {
	return one[int](d.reader().row(ctx, `SELECT COUNT(*) FROM audit WHERE thing = $1 AND thing_id = $2`, app.OfWorkshop, id))
}

// lockDoor locks a workshop of which by may note, now, who is present.
func lockDoor(ctx context.Context, c conn, by app.Viewer, id app.WorkshopID, now time.Time) (app.Workshop, error) {
	w, err := lockSeen(ctx, c, by, id, now)
	if err != nil {
		return w, err
	}
	var keepers []app.PersonID
	if !by.MayKeep(w) {
		animators, err := animatorsOf(ctx, c, id)
		if err != nil {
			return w, err
		}
		keepers = Door{Animators: animators}.Keepers()
	}
	return w, w.MayKeepDoor(by, keepers, now)
}

// CheckIn notes that a person is there. Ticking twice is ticking once.
func (d *DB) CheckIn(ctx context.Context, by app.Viewer, id app.WorkshopID, r app.RegistrationID, now time.Time) (a Arrival, err error) {
	err = d.update(ctx, func(c conn) error {
		w, err := lockDoor(ctx, c, by, id, now)
		if err != nil {
			return err
		}
		if a, err = arrival(ctx, c, id, r); err != nil || a.State == app.Present {
			return err
		}
		return tick(ctx, c, by, w, &a, now)
	})
	return a, err
}

// tick notes that the person of a is at w, which is locked.
func tick(ctx context.Context, c conn, by app.Viewer, w app.Workshop, a *Arrival, now time.Time) error {
	from := a.State
	a.Before, a.State, a.CheckedInAt, a.RepresentedBy = from, app.Present, w.ArrivedAt(now), ""
	if err := c.change(ctx, `
		UPDATE registrations SET state = $2, state_before = $3, checked_in_at = $4, updated_at = $5
		WHERE id = $1`, a.ID, a.State, a.Before, orNull(a.CheckedInAt), stored(now)); err != nil {
		return err
	}
	return note(ctx, c, by, now, app.OfWorkshop, string(a.Workshop), "a noté l’arrivée "+app.Of(a.Name()),
		app.Changes{{Field: a.Name(), Before: from.Label(), After: app.Present.Label()}}, a.who())
}

// UndoCheckIn takes a tick back: the person is again what they were before, and a
// walk-in is off the list. What is not ticked stays as it is.
func (d *DB) UndoCheckIn(ctx context.Context, by app.Viewer, id app.WorkshopID, r app.RegistrationID, now time.Time) (a Arrival, err error) {
	err = d.update(ctx, func(c conn) error {
		if _, err := lockDoor(ctx, c, by, id, now); err != nil {
			return err
		}
		if a, err = arrival(ctx, c, id, r); err != nil || a.State != app.Present {
			return err
		}
		back := a.Undone()
		if err := c.change(ctx, `
			UPDATE registrations SET state = $2, state_before = '', checked_in_at = NULL, updated_at = $3
			WHERE id = $1`, r, back, stored(now)); err != nil {
			return err
		}
		if err := note(ctx, c, by, now, app.OfWorkshop, string(id), "a annulé l’arrivée "+app.Of(a.Name()),
			app.Changes{{Field: a.Name(), Before: app.Present.Label(), After: back.Label()}}, a.who()); err != nil {
			return err
		}
		a, err = arrival(ctx, c, id, r)
		return err
	})
	return a, err
}

// Animators returns who animates a workshop.
func (d *DB) Animators(ctx context.Context, id app.WorkshopID) ([]app.PersonID, error) {
	animators, err := animatorsOf(ctx, d.reader(), id)
	return Door{Animators: animators}.Keepers(), err
}
