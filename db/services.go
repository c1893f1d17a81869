package db

import (
	"context"
	"time"

	"maillage/app"
)

const serviceColumns = `s.id, s.organisation_id, s.name, s.kind, s.themes, s.publics, s.ways, s.cost, s.cost_note, s.description, s.opening_hours,
		s.commune_code, COALESCE(sm.name, ''), s.wide, s.stopped_at, s.updated_at, s.version`

// serviceTables are what serviceColumns are read from.
const serviceTables = `services s
		LEFT JOIN communes sm ON sm.code = s.commune_code`

func serviceFields(s *app.Service) []any {
	return []any{
		&s.ID, &s.Organisation, &s.Name, &s.Kind, keysIn(&s.Themes), keysIn(&s.Publics), keysIn(&s.Ways), &s.Cost, &s.CostNote, &s.Description, &s.OpeningHours,
		text(&s.Commune), &s.CommuneName, &s.Wide, moment(&s.StoppedAt), &s.UpdatedAt, &s.Version,
	}
}

func scanService(row scanner) (s app.Service, err error) { return s, row.Scan(serviceFields(&s)...) }

// ServicesOf returns the services of an organisation, those that are offered first, as they
// were added; none to who may not see it.
func (d *DB) ServicesOf(ctx context.Context, by app.Viewer, o app.Organisation) ([]app.Service, error) {
	if !by.MaySeeOrganisation(o) {
		return nil, nil
	}
	return list(ctx, d.reader(), scanService, `
		SELECT `+serviceColumns+`
		FROM `+serviceTables+`
		WHERE s.organisation_id = $1
		ORDER BY CASE WHEN s.stopped_at IS NULL THEN 0 ELSE 1 END, s.id`, o.ID)
}

const thisService = "Ce service"

// Service returns a service and the structure it is of; for who may not see that there is none.
func (d *DB) Service(ctx context.Context, by app.Viewer, id app.ServiceID) (app.Service, app.Organisation, error) {
	return seenService(ctx, d.reader(), by, id)
}

func seenService(ctx context.Context, c conn, by app.Viewer, id app.ServiceID) (app.Service, app.Organisation, error) {
	s, err := scanService(c.row(ctx, `SELECT `+serviceColumns+` FROM `+serviceTables+` WHERE s.id = $1`, id))
	if err != nil {
		return s, app.Organisation{}, found(err, thisService)
	}
	o, err := seenOrganisation(ctx, c, by, s.Organisation)
	if app.KindOf(err) == app.NotFound {
		return app.Service{}, o, gone(thisService)
	}
	return s, o, err
}

// lockService reads a service, and its structure, that nobody else can change until the
// transaction ends, and that by may edit.
func lockService(ctx context.Context, c conn, by app.Viewer, id app.ServiceID) (app.Service, error) {
	s, _, err := seenService(ctx, c, by, id)
	if err != nil {
		return s, err
	}
	if err := mayOffer(ctx, c, by, s.Organisation); err != nil {
		return s, err
	}
	return scanService(c.row(ctx, `SELECT `+serviceColumns+` FROM `+serviceTables+` WHERE s.id = $1`, id)) // as it is behind the lock
}

// mayOffer locks an organisation and refuses that by writes what it offers.
func mayOffer(ctx context.Context, c conn, by app.Viewer, id app.OrganisationID) error {
	o, err := lockOrganisation(ctx, c, by, id)
	if err != nil {
		return err
	}
	if o.MergedInto != "" {
		return gone(thisOrganisation)
	}
	if !by.MayEditOrganisation(o) {
		return app.Errorf(app.Forbidden, "Cette fiche est tenue par la personne référente de la structure et par la coordination.")
	}
	return nil
}

// AddService writes what a structure offers and returns its id.
func (d *DB) AddService(ctx context.Context, by app.Viewer, s app.Service, now time.Time) (app.ServiceID, error) {
	s, invalid := s.Checked()
	s.ID, s.StoppedAt, s.UpdatedAt, s.Version = app.NewOrderedID[app.ServiceID](now), time.Time{}, now, 1
	return s.ID, d.update(ctx, func(c conn) error {
		if err := mayOffer(ctx, c, by, s.Organisation); err != nil {
			return err
		}
		if invalid != nil {
			return invalid
		}
		n, err := one[int](c.row(ctx, `SELECT COUNT(*) FROM services WHERE organisation_id = $1`, s.Organisation))
		if err != nil {
			return err
		}
		if n >= app.MaxServices {
			return app.Errorf(app.Invalid, "Une structure présente %d services au plus : modifiez-en un.", app.MaxServices)
		}
		if s.CommuneName, err = communeNamed(ctx, c, s.Commune); err != nil {
			return err
		}
		if err := insertService(ctx, c, s); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfOrganisation, string(s.Organisation), "a ajouté le service « "+s.Name+" »", s.ChangesFrom(app.Service{}))
	})
}

// insertService writes s with the words it is found by; s.CommuneName is one of them.
func insertService(ctx context.Context, c conn, s app.Service) error {
	err := c.exec(ctx, `
		INSERT INTO services (id, organisation_id, name, kind, themes, publics, ways, cost, cost_note, description, opening_hours, commune_code, wide, stopped_at, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)`,
		s.ID, s.Organisation, s.Name, s.Kind, keysColumn(s.Themes), keysColumn(s.Publics), keysColumn(s.Ways), s.Cost, s.CostNote, s.Description, s.OpeningHours,
		orNull(s.Commune), s.Wide, orNull(s.StoppedAt), stored(s.UpdatedAt))
	if err != nil {
		return err
	}
	return addWords(ctx, c, app.OfService, string(s.ID), s.Words()...)
}

// communeNamed returns the name of a commune, which must be known; "" has none.
func communeNamed(ctx context.Context, c conn, code app.CommuneCode) (string, error) {
	o := app.Organisation{Commune: code}
	err := settle(ctx, c, &o)
	return o.CommuneName, err
}

var errServiceChanged = app.Errorf(app.Conflict, "Quelqu’un d’autre a modifié ce service pendant que vous écriviez. Rien n’est perdu : comparez, puis enregistrez à nouveau.")

// EditService replaces a service, written over its version s.Version; changed since, it is a
// Conflict and nothing changes. It stays that of its structure.
func (d *DB) EditService(ctx context.Context, by app.Viewer, s app.Service, now time.Time) error {
	s, invalid := s.Checked()
	return d.update(ctx, func(c conn) error {
		before, err := lockService(ctx, c, by, s.ID)
		if err != nil {
			return err
		}
		if invalid != nil {
			return invalid
		}
		if s.CommuneName, err = communeNamed(ctx, c, s.Commune); err != nil {
			return err
		}
		if before.Version != s.Version {
			return errServiceChanged
		}
		changes := s.ChangesFrom(before)
		if len(changes) == 0 {
			return nil
		}
		err = c.change(ctx, `
			UPDATE services
			SET name = $2, kind = $3, themes = $4, publics = $5, ways = $6, cost = $7, cost_note = $8, description = $9, opening_hours = $10,
				commune_code = $11, wide = $12, updated_at = $13, version = version + 1
			WHERE id = $1`,
			s.ID, s.Name, s.Kind, keysColumn(s.Themes), keysColumn(s.Publics), keysColumn(s.Ways), s.Cost, s.CostNote, s.Description, s.OpeningHours,
			orNull(s.Commune), s.Wide, stored(now))
		if err != nil {
			return err
		}
		if err := indexWords(ctx, c, app.OfService, string(s.ID), s.Words()...); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfOrganisation, string(before.Organisation), "a modifié le service « "+before.Name+" »", changes)
	})
}

// StopService notes that a service is offered no more; ResumeService that it is again. Done
// already, nothing changes.
func (d *DB) StopService(ctx context.Context, by app.Viewer, id app.ServiceID, now time.Time) error {
	return d.setStopped(ctx, by, id, now, now)
}

// ResumeService is said at StopService.
func (d *DB) ResumeService(ctx context.Context, by app.Viewer, id app.ServiceID, now time.Time) error {
	return d.setStopped(ctx, by, id, time.Time{}, now)
}

func (d *DB) setStopped(ctx context.Context, by app.Viewer, id app.ServiceID, at, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		before, err := lockService(ctx, c, by, id)
		if err != nil || before.Stopped() == !at.IsZero() {
			return err
		}
		err = c.change(ctx, `UPDATE services SET stopped_at = $2, updated_at = $3, version = version + 1 WHERE id = $1`, id, orNull(at), stored(now))
		if err != nil {
			return err
		}
		act := "a repris le service « " + before.Name + " »"
		if !at.IsZero() {
			act = "a arrêté le service « " + before.Name + " »"
		}
		return note(ctx, c, by, now, app.OfOrganisation, string(before.Organisation), act, nil)
	})
}
