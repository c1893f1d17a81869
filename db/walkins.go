package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"maillage/app"
)

// DoorPerson is somebody of the directory who may turn up unannounced; no contact details.
type DoorPerson struct {
	ID           app.PersonID
	Name         string
	Function     string
	Organisation app.OrganisationID // "" for somebody who belongs to none
	Structure    string             // its name
}

// StrangersAtDoor searches, for who keeps the door of a workshop, the people of its
// territory's organisations, and those of none, who are not on its list: every word of
// query begins a word of their name. At most limit, by name; a person of two
// organisations comes twice.
func (d *DB) StrangersAtDoor(ctx context.Context, by app.Viewer, id app.WorkshopID, query string, limit int, now time.Time) ([]DoorPerson, error) {
	c := d.reader()
	door, err := keptDoor(ctx, c, by, id)
	if err != nil {
		return nil, err
	}
	if app.Fold(query) == "" {
		return nil, nil
	}
	var q where
	day, territory, workshop := q.arg(app.DateOf(now)), q.arg(door.Workshop.Territory), q.arg(id)
	q.matching(app.OfPerson, "p.id", query)
	q.and(`NOT EXISTS (SELECT 1 FROM registrations r WHERE r.workshop_id = ` + workshop + ` AND r.person_id = p.id AND r.state <> 'desinscrit')`)
	q.and(`(t.organisation_id IS NOT NULL OR ` + nowhereElse(territory) + `)`)
	most := q.arg(limit)
	return list(ctx, c, func(s scanner) (p DoorPerson, err error) {
		var first, last string
		err = s.Scan(&p.ID, &first, &last, &p.Function, &p.Organisation, &p.Structure)
		p.Name = app.Tidy(first + " " + last)
		return p, err
	}, `
		SELECT p.id, p.first_name, p.last_name, COALESCE(po.function, ''), COALESCE(o.id, ''), COALESCE(o.name, '')
		FROM people p
		LEFT JOIN positions po ON po.person_id = p.id AND po.since <= `+day+` AND (po.until = '' OR po.until >= `+day+`)
		LEFT JOIN organisation_territories t ON t.organisation_id = po.organisation_id AND t.territory_id = `+territory+`
		LEFT JOIN organisations o ON o.id = t.organisation_id
		`+q.String()+`
		ORDER BY p.sort_key, p.id, o.sort_key
		LIMIT `+most, q.args...)
}

// Structure is an organisation to choose in a list.
type Structure struct {
	ID   app.OrganisationID
	Name string
}

// StructuresOf returns the organisations of a territory by name, without those put aside.
func (d *DB) StructuresOf(ctx context.Context, t app.TerritoryID) ([]Structure, error) {
	return list(ctx, d.reader(), func(s scanner) (o Structure, err error) {
		err = s.Scan(&o.ID, &o.Name)
		return o, err
	}, `
		SELECT o.id, o.name
		FROM organisation_territories t
		JOIN organisations o ON o.id = t.organisation_id
		WHERE t.territory_id = $1 AND o.archived_at IS NULL
		ORDER BY t.sort_key, o.id`, t)
}

// WalkIn is somebody who turns up unannounced: a person of the directory, or a newcomer.
type WalkIn struct {
	Person       app.PersonID // "" for a newcomer
	Newcomer     app.Newcomer
	Organisation app.OrganisationID // "" for nobody's
}

// WalkIn notes that somebody unannounced is there, full or not. Who is on the list is
// ticked there; the same walk-in noted twice is one.
func (d *DB) WalkIn(ctx context.Context, by app.Viewer, id app.WorkshopID, v WalkIn, now time.Time) (a Arrival, err error) {
	if v.Person == "" {
		v.Newcomer = v.Newcomer.Tidied()
		if err := v.Newcomer.Check(); err != nil {
			return a, err
		}
	}
	err = d.update(ctx, func(c conn) error {
		w, err := lockDoor(ctx, c, by, id, now)
		if err != nil {
			return err
		}
		n, err := unannounced(ctx, c, by, w, v, now)
		if err != nil {
			return err
		}
		r := n.known.ID
		switch n.known.State {
		case app.Present:
		case "", app.Withdrawn:
			r, err = comeIn(ctx, c, by, w, n, v.Organisation, now)
		default:
			var known Arrival
			if known, err = arrival(ctx, c, id, r); err == nil {
				err = tick(ctx, c, by, w, &known, now)
			}
		}
		if err != nil {
			return err
		}
		a, err = arrival(ctx, c, id, r)
		return err
	})
	return a, err
}

// unannounced returns who v is, entered in the directory if need be.
func unannounced(ctx context.Context, c conn, by app.Viewer, w app.Workshop, v WalkIn, now time.Time) (n nominee, err error) {
	if v.Organisation != "" {
		if _, err := one[int](c.row(ctx, `
			SELECT 1
			FROM organisation_territories t
			JOIN organisations o ON o.id = t.organisation_id AND o.archived_at IS NULL
			WHERE t.territory_id = $1 AND t.organisation_id = $2`, w.Territory, v.Organisation)); errors.Is(err, sql.ErrNoRows) {
			return n, app.InvalidField("structure", "Cette structure n’est pas dans l’annuaire du territoire.")
		} else if err != nil {
			return n, err
		}
	}
	if v.Person == "" {
		if v.Person, err = welcome(ctx, c, by, w.Territory, v.Organisation, v.Newcomer, now); err != nil {
			return n, err
		}
		n.function = v.Newcomer.Function
	}
	var first, last, function string
	err = c.row(ctx, `
		SELECT p.id, p.first_name, p.last_name, COALESCE((SELECT po.function FROM positions po
				WHERE po.person_id = p.id AND po.organisation_id = $3 AND po.since <= $4 AND (po.until = '' OR po.until >= $4)
				ORDER BY po.since DESC, po.id LIMIT 1), ''), r.id, r.state
		FROM people p
		LEFT JOIN registrations r ON r.person_id = p.id AND r.workshop_id = $2
		WHERE p.id = $1 AND (r.id IS NOT NULL OR `+around("$5")+`)`, v.Person, w.ID, v.Organisation, app.DateOf(now), w.Territory).
		Scan(&n.person, &first, &last, &function, text(&n.known.ID), text(&n.known.State))
	n.name = app.Tidy(first + " " + last)
	if function != "" {
		n.function = function
	}
	return n, found(err, "Cette personne")
}

// comeIn writes that n, who was not on the list, is there.
func comeIn(ctx context.Context, c conn, by app.Viewer, w app.Workshop, n nominee, o app.OrganisationID, now time.Time) (app.RegistrationID, error) {
	err := seat(ctx, c, n, app.Registration{
		Workshop: w.ID, Organisation: o, State: app.Present, Before: app.Withdrawn, WalkIn: true, CheckedInAt: w.ArrivedAt(now), CreatedAt: now, UpdatedAt: now,
	})
	if err != nil {
		return "", err
	}
	if err := note(ctx, c, by, now, app.OfWorkshop, string(w.ID), "a noté l’arrivée "+app.Of(n.name)+", sans inscription",
		app.Changes{{Field: n.name, Before: before(n.known), After: app.Present.Label()}}, n.who()); err != nil {
		return "", err
	}
	return one[app.RegistrationID](c.row(ctx, `SELECT id FROM registrations WHERE workshop_id = $1 AND person_id = $2`, w.ID, n.person))
}
