package db

import (
	"context"
	"time"

	"maillage/app"
)

// workshopColumns counts seats where the workshop is read, so that a count is never stale.
const workshopColumns = `w.id, w.territory_id, w.convention_id, w.phase_id, w.axis_id, w.host_id, w.kind, w.title,
		w.description, w.agenda, w.starts_at, w.ends_at, w.place, w.address, w.commune_code, w.link, w.capacity,
		w.themes, w.status, w.postponed_from, w.cancel_reason, w.sequence, w.created_at, w.updated_at, w.version,
		(SELECT COUNT(*) FROM registrations r WHERE r.workshop_id = w.id AND r.state IN ('inscrit', 'present')),
		(SELECT COUNT(*) FROM registrations r WHERE r.workshop_id = w.id AND r.state = 'attente')`

func workshopFields(w *app.Workshop) []any {
	return []any{
		&w.ID, &w.Territory, &w.Convention, text(&w.Phase), text(&w.Axis), text(&w.Host), &w.Kind, &w.Title,
		&w.Description, &w.Agenda, &w.StartsAt, &w.EndsAt, &w.Place, &w.Address, text(&w.Commune), &w.Link, &w.Capacity,
		keysIn(&w.Themes), &w.Status, moment(&w.PostponedFrom), &w.CancelReason, &w.Sequence, &w.CreatedAt, &w.UpdatedAt, &w.Version,
		&w.Taken, &w.Waiting,
	}
}

func scanWorkshop(s scanner) (w app.Workshop, err error) {
	err = s.Scan(workshopFields(&w)...)
	return w, err
}

func insertWorkshop(ctx context.Context, c conn, w app.Workshop, animators []app.PersonID) error {
	err := c.exec(ctx, `
		INSERT INTO workshops (id, territory_id, convention_id, phase_id, axis_id, host_id, kind, title, description, agenda,
			starts_at, ends_at, place, address, commune_code, link, capacity, status, postponed_from, cancel_reason,
			sequence, created_at, updated_at, version, themes)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)`,
		w.ID, w.Territory, w.Convention, orNull(w.Phase), orNull(w.Axis), orNull(w.Host), w.Kind, w.Title, w.Description, w.Agenda,
		stored(w.StartsAt), stored(w.EndsAt), w.Place, w.Address, orNull(w.Commune), w.Link, w.Capacity, w.Status,
		orNull(w.PostponedFrom), w.CancelReason, w.Sequence, stored(w.CreatedAt), stored(w.UpdatedAt), max(1, w.Version), keysColumn(w.Themes))
	if err != nil {
		return err
	}
	if err := addAnimators(ctx, c, w.ID, animators); err != nil {
		return err
	}
	return addWords(ctx, c, app.OfWorkshop, string(w.ID), w.Title, w.Place, w.Kind.Label())
}

func addAnimators(ctx context.Context, c conn, id app.WorkshopID, animators []app.PersonID) error {
	for _, person := range animators {
		if err := c.exec(ctx, `
			INSERT INTO workshop_animators (workshop_id, person_id)
			VALUES ($1, $2)`, id, person); err != nil {
			return err
		}
	}
	return nil
}

// lockWorkshop reads a workshop that nobody else can change until the transaction
// ends. Updating the row is the one lock both engines understand.
func lockWorkshop(ctx context.Context, c conn, id app.WorkshopID, now time.Time) (app.Workshop, error) {
	if err := c.change(ctx, `UPDATE workshops SET updated_at = $2 WHERE id = $1`, id, stored(now)); err != nil {
		return app.Workshop{}, found(err, "Cet atelier")
	}
	w, err := scanWorkshop(c.row(ctx, `SELECT `+workshopColumns+` FROM workshops w WHERE w.id = $1`, id))
	return w, found(err, "Cet atelier")
}
