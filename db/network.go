package db

import (
	"context"
	"time"

	"maillage/app"
	"maillage/app/network"
	"maillage/app/network/atlas"
)

// Attendance returns what the network of a territory is made from: its organisations by
// name, archived ones left out, who was noted present where, and who was invited where.
// Workshops cancelled or in draft count for nothing.
func (d *DB) Attendance(ctx context.Context, t app.TerritoryID) (a network.Attendance, err error) {
	c := d.reader()
	if a.Organisations, err = list(ctx, c, scanMember, `
		SELECT o.id, o.name, o.category, o.themes, COALESCE(m.name, '')
		FROM organisation_territories ot
		JOIN organisations o ON o.id = ot.organisation_id
		LEFT JOIN communes m ON m.code = o.commune_code
		WHERE ot.territory_id = $1 AND o.archived_at IS NULL
		ORDER BY ot.sort_key, o.id`, t); err != nil {
		return a, err
	}
	if a.Presences, err = list(ctx, c, scanPresence, `
		SELECT DISTINCT w.id, w.starts_at, w.phase_id, w.axis_id, r.organisation_id
		FROM workshops w
		JOIN registrations r ON r.workshop_id = w.id
		WHERE w.territory_id = $1 AND w.status = 'publie' AND r.state = 'present' AND r.organisation_id IS NOT NULL
		ORDER BY w.starts_at, w.id, r.organisation_id`, t); err != nil {
		return a, err
	}
	a.Calls, err = list(ctx, c, scanCall, `
		SELECT i.workshop_id, i.organisation_id, w.starts_at
		FROM workshops w
		JOIN invitations i ON i.workshop_id = w.id
		WHERE w.territory_id = $1 AND w.status = 'publie'`, t)
	return a, err
}

func scanMember(s scanner) (o network.Organisation, err error) {
	var themes string
	err = s.Scan(&o.ID, &o.Name, &o.Category, &themes, &o.Commune)
	o.Themes = keysOf[app.Theme](themes)
	return o, err
}

func scanPresence(s scanner) (p network.Presence, err error) {
	err = s.Scan(&p.Workshop.ID, &p.Workshop.On, text(&p.Workshop.Phase), text(&p.Workshop.Axis), &p.Organisation)
	return p, err
}

func scanCall(s scanner) (c network.Call, err error) {
	err = s.Scan(&c.Workshop, &c.Organisation, &c.On)
	return c, err
}

// ActsSince returns how many acts since a moment are in the audit trail of a territory or
// on the organisations that take part in it. As long as it does not grow, nothing that
// people do there has changed since.
func (d *DB) ActsSince(ctx context.Context, t app.TerritoryID, since time.Time) (n int, err error) {
	err = d.reader().row(ctx, `
		SELECT
			(SELECT COUNT(*) FROM audit e WHERE e.territory_id = $1 AND e.at >= $2) +
			(SELECT COUNT(*)
			FROM organisation_territories ot
			JOIN audit e ON e.thing = 'structure' AND e.thing_id = ot.organisation_id AND e.at >= $2
			WHERE ot.territory_id = $1)`, t, stored(since)).Scan(&n)
	return n, err
}

// Outlines returns the communes of a territory by name, with their outlines.
func (d *DB) Outlines(ctx context.Context, t app.TerritoryID) ([]atlas.Commune, error) {
	return list(ctx, d.reader(), func(s scanner) (m atlas.Commune, err error) {
		err = s.Scan(&m.Code, &m.Name, &m.Territory, &m.PostalCodes, &m.Population,
			degrees(&m.Point.Latitude), degrees(&m.Point.Longitude), &m.Outline)
		return m, err
	}, `
		SELECT `+communeColumns+`, m.outline
		FROM communes m
		WHERE m.epci_id = $1
		ORDER BY m.sort_key, m.code`, t)
}

// Places returns the organisations of a territory that match f, archived ones left out,
// by commune then name; those without commune come last.
func (d *DB) Places(ctx context.Context, t app.TerritoryID, f atlas.Filter) ([]atlas.Place, error) {
	var w where
	w.and("ot.territory_id = ?", t)
	w.and("o.archived_at IS NULL")
	if f.Category != "" {
		w.and("o.category = ?", f.Category)
	}
	if f.Theme != "" {
		w.and("o.themes LIKE ?", "%,"+string(f.Theme)+",%")
	}
	return list(ctx, d.reader(), scanPlace, `
		SELECT o.id, o.name, ot.sort_key, o.category, m.code, COALESCE(m.name, ''), o.precision_of,
			COALESCE(o.latitude, m.latitude), COALESCE(o.longitude, m.longitude)
		FROM organisation_territories ot
		JOIN organisations o ON o.id = ot.organisation_id
		LEFT JOIN communes m ON m.code = o.commune_code
		`+w.String()+`
		ORDER BY CASE WHEN m.code IS NULL THEN 1 ELSE 0 END, m.sort_key, m.code, ot.sort_key, o.id`, w.args...)
}

func scanPlace(s scanner) (p atlas.Place, err error) {
	err = s.Scan(&p.ID, &p.Name, &p.SortKey, &p.Category, text(&p.Commune), &p.CommuneName, &p.Precision,
		degrees(&p.Point.Latitude), degrees(&p.Point.Longitude))
	return p, err
}
