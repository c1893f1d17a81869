package db

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"maillage/app"
)

// CreateConvention writes v, whole, in the territory on by's screen, which by must
// coordinate. Sent a second time, it is a Conflict.
func (d *DB) CreateConvention(ctx context.Context, by app.Viewer, v app.Convention, now time.Time) error {
	if v.Territory != by.Territory || !by.MaySee(v.Territory) {
		return app.Errorf(app.NotFound, "Ce territoire n’est pas celui que vous regardez.")
	}
	if !by.MayCoordinate(v.Territory) {
		return errCoordinationOnly
	}
	v = v.Arranged()
	if err := v.Check().Err(); err != nil {
		return err
	}
	return d.update(ctx, func(c conn) error {
		if err := insertConvention(ctx, c, v, now); err != nil {
			if c.unique(err) {
				return app.Errorf(app.Conflict, "Cette convention est déjà enregistrée.")
			}
			return err
		}
		return note(ctx, c, by, now, app.OfConvention, string(v.ID), "a créé la convention", v.ChangesFrom(app.Convention{}))
	})
}

// EditConvention makes the convention that has v's id and version what v says: the axes
// and phases v has no more are removed. It is a Conflict when the convention was changed
// since, without Fields; and when a workshop hangs on a part to be removed, said of its
// field ("axe-ID", "phase-ID").
func (d *DB) EditConvention(ctx context.Context, by app.Viewer, v app.Convention, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		before, err := lockConvention(ctx, c, by, v.ID, now)
		if err != nil {
			return err
		}
		if before.Version != v.Version {
			return app.Errorf(app.Conflict, "La convention a été modifiée pendant que vous écriviez. Rien n’est encore enregistré.")
		}
		v.Territory = before.Territory
		v = v.Arranged()
		if err := v.Check().Err(); err != nil {
			return err
		}
		changes := v.ChangesFrom(before)
		if len(changes) == 0 {
			return nil
		}
		if err := writeConvention(ctx, c, before, v); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfConvention, string(v.ID), "a modifié la convention", changes)
	})
}

// lockConvention reads a convention of the territory on by's screen, which by must
// coordinate, that nobody else can change until the transaction ends.
func lockConvention(ctx context.Context, c conn, by app.Viewer, id app.ConventionID, now time.Time) (app.Convention, error) {
	if err := c.change(ctx, `UPDATE conventions SET updated_at = $2 WHERE id = $1`, id, stored(now)); err != nil {
		return app.Convention{}, found(err, "Cette convention")
	}
	v, err := conventionSeen(ctx, c, by, id)
	if err == nil && !by.MayCoordinate(v.Territory) {
		err = errCoordinationOnly
	}
	return v, err
}

func writeConvention(ctx context.Context, c conn, before, v app.Convention) error {
	if err := c.change(ctx, `
		UPDATE conventions
		SET name = $2, starts_on = $3, ends_on = $4, signed_on = $5, summary = $6, version = version + 1
		WHERE id = $1`, v.ID, v.Name, v.StartsOn, v.EndsOn, v.SignedOn, v.Summary); err != nil {
		return err
	}
	if err := removeParts(ctx, c, before, v); err != nil {
		return err
	}
	err := writeParts(ctx, c, before, v)
	if err != nil && c.unique(err) {
		return app.Errorf(app.Conflict, "Cet axe ou cette phase existe déjà. Rechargez la page, puis recommencez.")
	}
	return err
}

// A part is an axis or a phase, as removing one sees it.
type part struct{ field, id, table, workshops, message string }

func partsOf(v app.Convention) []part {
	var parts []part
	for _, a := range v.Axes {
		parts = append(parts, part{"axe-" + string(a.ID), string(a.ID), "axes", "axis_id", "Des ateliers s’y rattachent : cet axe ne peut pas être retiré."})
	}
	for _, p := range v.Phases {
		parts = append(parts, part{"phase-" + string(p.ID), string(p.ID), "phases", "phase_id", "Des ateliers s’y rattachent : cette phase ne peut pas être retirée."})
	}
	return parts
}

// removeParts removes the axes and the phases that v has no more, unless a workshop,
// drafts and cancelled ones among them, hangs on one.
func removeParts(ctx context.Context, c conn, before, v app.Convention) error {
	kept := partsOf(v)
	bound := app.Fields{}
	for _, p := range partsOf(before) {
		if slices.Contains(kept, p) {
			continue
		}
		err := c.change(ctx, `
			DELETE FROM `+p.table+`
			WHERE convention_id = $1 AND id = $2
				AND NOT EXISTS (SELECT 1 FROM workshops w WHERE w.`+p.workshops+` = $2)`, v.ID, p.id)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			bound.Add(p.field, p.message)
		case err != nil && c.referenced(err): // since the question was asked, and nothing more can be asked
			return stillBound(app.Fields{p.field: p.message})
		case err != nil:
			return err
		}
	}
	if len(bound) > 0 {
		return stillBound(bound)
	}
	return nil
}

func stillBound(bound app.Fields) error {
	return &app.Error{Kind: app.Conflict, Message: "Ce qui porte des ateliers ne peut pas être retiré. Rien n’a été enregistré.", Fields: bound}
}

// writeParts gives each axis and each phase of v its words and its number. Each belongs
// to one number at a time: all give theirs back before any takes another.
func writeParts(ctx context.Context, c conn, before, v app.Convention) error {
	for _, table := range []string{"axes", "phases"} {
		if err := c.exec(ctx, `UPDATE `+table+` SET number = -number WHERE convention_id = $1`, v.ID); err != nil {
			return err
		}
	}
	known := partsOf(before)
	has := func(field string) bool {
		return slices.ContainsFunc(known, func(p part) bool { return p.field == field })
	}
	for _, a := range v.Axes {
		if err := writeAxis(ctx, c, v.ID, a, has("axe-"+string(a.ID))); err != nil {
			return err
		}
	}
	for i, p := range v.Phases {
		if err := writePhase(ctx, c, v.ID, i+1, p, has("phase-"+string(p.ID))); err != nil {
			return err
		}
	}
	return nil
}

func writeAxis(ctx context.Context, c conn, v app.ConventionID, a app.Axis, known bool) error {
	if !known {
		return insertAxis(ctx, c, v, a)
	}
	return c.change(ctx, `
		UPDATE axes
		SET number = $3, title = $4
		WHERE convention_id = $1 AND id = $2`, v, a.ID, a.Number, a.Title)
}

func writePhase(ctx context.Context, c conn, v app.ConventionID, number int, p app.Phase, known bool) error {
	if !known {
		return insertPhase(ctx, c, v, number, p)
	}
	return c.change(ctx, `
		UPDATE phases
		SET number = $3, name = $4, starts_on = $5, ends_on = $6
		WHERE convention_id = $1 AND id = $2`, v, p.ID, number, p.Name, p.StartsOn, p.EndsOn)
}
