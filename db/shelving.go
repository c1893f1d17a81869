package db

import (
	"context"
	"time"

	"maillage/app"
)

// ArchiveOrganisation puts an organisation aside: it leaves the lists, the map and the
// invitations to come, and keeps its history.
func (d *DB) ArchiveOrganisation(ctx context.Context, by app.Viewer, id app.OrganisationID, now time.Time) error {
	return d.shelve(ctx, by, id, now, "a archivé la structure", func(o *app.Organisation) error {
		if o.Archived() {
			return app.Errorf(app.Conflict, "Cette structure est déjà archivée.")
		}
		o.ArchivedAt = now
		return nil
	})
}

// RestoreOrganisation brings an archived organisation back.
func (d *DB) RestoreOrganisation(ctx context.Context, by app.Viewer, id app.OrganisationID, now time.Time) error {
	return d.shelve(ctx, by, id, now, "a rétabli la structure", func(o *app.Organisation) error {
		if !o.Archived() {
			return app.Errorf(app.Conflict, "Cette structure n’est pas archivée.")
		}
		o.ArchivedAt = time.Time{}
		return nil
	})
}

func (d *DB) shelve(ctx context.Context, by app.Viewer, id app.OrganisationID, now time.Time, act string, move func(*app.Organisation) error) error {
	return d.update(ctx, func(c conn) error {
		o, err := lockOrganisation(ctx, c, by, id)
		if err != nil {
			return err
		}
		if !by.MayArchiveOrganisation(o) {
			return app.Errorf(app.Forbidden, "Seule la coordination du territoire archive une structure ou la rétablit.")
		}
		if err := move(&o); err != nil {
			return err
		}
		o.UpdatedAt = now
		if err := writeOrganisation(ctx, c, o); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfOrganisation, string(id), act, nil)
	})
}
