package db

import (
	"context"
	"time"

	"maillage/app"
)

// namedIn reads one registration of a workshop with the person's name.
func namedIn(ctx context.Context, c conn, id app.WorkshopID, r app.RegistrationID) (named, error) {
	n, err := scanNamed(c.row(ctx, `
		SELECT `+registrationColumns+`, p.first_name, p.last_name
		FROM registrations r JOIN people p ON p.id = r.person_id
		WHERE r.id = $1 AND r.workshop_id = $2`, r, id))
	return n, found(err, "Cette inscription")
}

// lockNamed locks a workshop and reads one of its registrations, on which by may decide.
func lockNamed(ctx context.Context, c conn, by app.Viewer, id app.WorkshopID, r app.RegistrationID, now time.Time) (app.Workshop, named, error) {
	w, err := lockSeen(ctx, c, by, id, now)
	if err != nil {
		return w, named{}, err
	}
	n, err := namedIn(ctx, c, id, r)
	if err != nil {
		return w, n, err
	}
	part, err := partFor(ctx, c, by, n.Organisation)
	if err != nil {
		return w, n, err
	}
	return w, n, w.MayAnswer(by, part, now)
}

// CancelRegistration takes a person off a workshop; whoever waited longest gets the
// seat, and is told by letter. Who is off already stays so.
func (d *DB) CancelRegistration(ctx context.Context, by app.Viewer, id app.WorkshopID, r app.RegistrationID, letter Letter, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		w, n, err := lockNamed(ctx, c, by, id, r, now)
		if err != nil {
			return err
		}
		if n.State == app.Present {
			return app.Errorf(app.Conflict, "%s est noté·e présent·e : cela se corrige à l’accueil.", n.Name)
		}
		if !n.State.Active() {
			return nil
		}
		if err := c.change(ctx, `UPDATE registrations SET state = 'desinscrit', updated_at = $2 WHERE id = $1`, n.ID, stored(now)); err != nil {
			return err
		}
		w.Release(n.State)
		if err := note(ctx, c, by, now, app.OfWorkshop, string(id), "a désinscrit "+n.Name,
			app.Changes{{Field: n.Name, Before: n.State.Label(), After: app.Withdrawn.Label()}}, n.who()); err != nil {
			return err
		}
		return promote(ctx, c, &w, letter, now)
	})
}

// Substitute puts a colleague in the very place that a person holds, seat or rank on
// the waiting list, even when the workshop is full. Exactly one of colleague and
// newcomer is given: newcomer enters the directory. Done twice it does nothing more.
func (d *DB) Substitute(ctx context.Context, by app.Viewer, id app.WorkshopID, r app.RegistrationID, colleague app.PersonID, newcomer app.Newcomer, now time.Time) error {
	if colleague == "" {
		newcomer = newcomer.Tidied()
		if err := newcomer.Check(); err != nil {
			return err
		}
	}
	return d.update(ctx, func(c conn) error {
		w, first, err := lockNamed(ctx, c, by, id, r, now)
		if err != nil {
			return err
		}
		if first.Organisation == "" {
			return app.Errorf(app.Conflict, "%s ne vient pour aucune structure : désinscrivez, puis inscrivez l’autre personne.", first.Name)
		}
		if err := mustBeKept(ctx, c, first.Organisation); err != nil {
			return err
		}
		if colleague == "" {
			if colleague, err = welcome(ctx, c, by, w.Territory, first.Organisation, newcomer, now); err != nil {
				return err
			}
		}
		chosen, err := nominees(ctx, c, id, first.Organisation, []app.PersonID{colleague}, now)
		if err != nil {
			return err
		}
		return takePlace(ctx, c, by, w, first, chosen[0], now)
	})
}

// takePlace gives the place of first to second.
func takePlace(ctx context.Context, c conn, by app.Viewer, w app.Workshop, first named, second nominee, now time.Time) error {
	switch {
	case second.known.State.Active() && second.known.Represents == first.ID:
		return nil // done already
	case first.State != app.Registered && first.State != app.Waiting:
		return app.Errorf(app.Conflict, "%s n’est plus inscrit·e : il n’y a pas de place à reprendre.", first.Name)
	case second.person == first.Person:
		return app.InvalidField("collegue", "Choisissez une autre personne.")
	case second.known.State.TakesSeat():
		return app.Errorf(app.Conflict, "%s est déjà inscrit·e.", second.name)
	}
	after := w.Replaced(now)
	rank, err := one[int](c.row(ctx, `SELECT rank FROM registrations WHERE id = $1`, first.ID))
	if err != nil {
		return err
	}
	if err := c.change(ctx, `UPDATE registrations SET state = $2, updated_at = $3 WHERE id = $1`, first.ID, after, stored(now)); err != nil {
		return err
	}
	if err := seat(ctx, c, second, app.Registration{
		Workshop: w.ID, Organisation: first.Organisation, State: first.State, Represents: first.ID, CreatedAt: now, UpdatedAt: now,
	}); err != nil {
		return err
	}
	if err := c.change(ctx, `UPDATE registrations SET rank = $3 WHERE workshop_id = $1 AND person_id = $2`, w.ID, second.person, rank); err != nil {
		return err
	}
	return note(ctx, c, by, now, app.OfWorkshop, string(w.ID), "a remplacé "+first.Name+" par "+second.name, app.Changes{
		{Field: first.Name, Before: first.State.Label(), After: after.Label()},
		{Field: second.name, Before: before(second.known), After: first.State.Label()},
	}, first.who(), second.who())
}
