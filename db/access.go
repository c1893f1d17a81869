package db

import (
	"context"
	"time"

	"maillage/app"
)

// seen hides a workshop from who may not know of it: another territory's, and a draft
// from who does not coordinate.
func seen(w app.Workshop, by app.Viewer, err error) (app.Workshop, error) {
	if err != nil {
		return app.Workshop{}, found(err, "Cet atelier")
	}
	if !w.SeenBy(by) {
		return app.Workshop{}, gone("Cet atelier")
	}
	return w, nil
}

// seenWorkshop reads a workshop that by may see.
func seenWorkshop(ctx context.Context, c conn, by app.Viewer, id app.WorkshopID) (app.Workshop, error) {
	w, err := scanWorkshop(c.row(ctx, `SELECT `+workshopColumns+` FROM workshops w WHERE w.id = $1`, id))
	return seen(w, by, err)
}

// lockSeen is lockWorkshop for one that by may see.
func lockSeen(ctx context.Context, c conn, by app.Viewer, id app.WorkshopID, now time.Time) (app.Workshop, error) {
	w, err := lockWorkshop(ctx, c, id, now)
	return seen(w, by, err)
}

// seenFor reads a workshop on which by may do an act of who coordinates: keep it, or invite
// to it.
func seenFor(ctx context.Context, c conn, by app.Viewer, act app.Act, id app.WorkshopID) (app.Workshop, error) {
	w, err := seenWorkshop(ctx, c, by, id)
	return w, must(by, act, w, err)
}

// lockFor is lockWorkshop for such an act.
func lockFor(ctx context.Context, c conn, by app.Viewer, act app.Act, id app.WorkshopID, now time.Time) (app.Workshop, error) {
	w, err := lockSeen(ctx, c, by, id, now)
	return w, must(by, act, w, err)
}

var errCoordinationOnly = app.Errorf(app.Forbidden, "C’est à la coordination du territoire, ou de l’un des thèmes de cette rencontre, de le faire.")

func must(by app.Viewer, act app.Act, w app.Workshop, err error) error {
	if err == nil && !by.MayOn(act, w) {
		return errCoordinationOnly
	}
	return err
}

// around is the condition that p.id is known in a territory, which territory names: by a
// position in one of its organisations, held or once held; by having animated there; or by
// belonging nowhere. Somebody of another territory is nobody here, nor is who was erased.
func around(territory string) string {
	return `(p.erased_at IS NULL AND (` + nowhereElse(territory) + `
		OR EXISTS (SELECT 1 FROM positions x JOIN organisation_territories xt ON xt.organisation_id = x.organisation_id
			WHERE x.person_id = p.id AND xt.territory_id = ` + territory + `)
		OR EXISTS (SELECT 1 FROM workshop_animators xa JOIN workshops xw ON xw.id = xa.workshop_id
			WHERE xa.person_id = p.id AND xw.territory_id = ` + territory + `)))`
}

// nowhereElse is that p.id holds no position, and came to nothing of another territory
// without having come to something of this one.
func nowhereElse(territory string) string {
	return `NOT EXISTS (SELECT 1 FROM positions x WHERE x.person_id = p.id)
		AND (NOT EXISTS (SELECT 1 FROM registrations xr WHERE xr.person_id = p.id)
			OR EXISTS (SELECT 1 FROM registrations xr JOIN workshops xk ON xk.id = xr.workshop_id WHERE xr.person_id = p.id AND xk.territory_id = ` + territory + `))`
}
