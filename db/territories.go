package db

import (
	"context"
	"time"

	"maillage/app"
)

func insertTerritory(ctx context.Context, c conn, t app.Territory, now time.Time) error {
	return c.exec(ctx, `
		INSERT INTO territories (id, name, population, created_at)
		VALUES ($1, $2, $3, $4)`, t.ID, t.Name, t.Population, stored(now))
}

func insertCommune(ctx context.Context, c conn, m app.Commune, outline string) error {
	return c.exec(ctx, `
		INSERT INTO communes (code, name, sort_key, epci_id, postal_codes, population, latitude, longitude, outline)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		m.Code, m.Name, app.Fold(m.Name), m.Territory, m.PostalCodes, m.Population,
		orNull(m.Point.Latitude), orNull(m.Point.Longitude), outline)
}

const communeColumns = `m.code, m.name, m.epci_id, m.postal_codes, m.population, m.latitude, m.longitude`

func scanCommune(s scanner) (m app.Commune, err error) {
	err = s.Scan(&m.Code, &m.Name, &m.Territory, &m.PostalCodes, &m.Population,
		degrees(&m.Point.Latitude), degrees(&m.Point.Longitude))
	return m, err
}

// Communes returns the communes of a territory by name, then every other that is known here.
func (d *DB) Communes(ctx context.Context, t app.TerritoryID) ([]app.Commune, error) {
	return list(ctx, d.reader(), scanCommune, `
		SELECT `+communeColumns+`
		FROM communes m
		ORDER BY CASE WHEN m.epci_id = $1 THEN 0 ELSE 1 END, m.sort_key, m.code`, t)
}

// CommunesNear returns the communes of a territory by name, then the others of its
// département that are known here.
func (d *DB) CommunesNear(ctx context.Context, t app.TerritoryID) ([]app.Commune, error) {
	return list(ctx, d.reader(), scanCommune, `
		SELECT `+communeColumns+`
		FROM communes m
		WHERE substr(m.code, 1, 2) IN (SELECT substr(x.code, 1, 2) FROM communes x WHERE x.epci_id = $1)
		ORDER BY CASE WHEN m.epci_id = $1 THEN 0 ELSE 1 END, m.sort_key, m.code`, t)
}

// CommunesOf returns the communes of a territory by name.
func (d *DB) CommunesOf(ctx context.Context, t app.TerritoryID) ([]app.Commune, error) {
	return list(ctx, d.reader(), scanCommune, `
		SELECT `+communeColumns+`
		FROM communes m
		WHERE m.epci_id = $1
		ORDER BY m.sort_key, m.code`, t)
}

func scanTerritory(s scanner) (t app.Territory, err error) {
	err = s.Scan(&t.ID, &t.Name, &t.Population)
	return t, err
}

// Territories returns the territories opened here, by name.
func (d *DB) Territories(ctx context.Context) ([]app.Territory, error) {
	return list(ctx, d.reader(), scanTerritory, `SELECT id, name, population FROM territories ORDER BY name`)
}

// Territory returns one territory opened here.
func (d *DB) Territory(ctx context.Context, id app.TerritoryID) (app.Territory, error) {
	t, err := scanTerritory(d.reader().row(ctx, `SELECT id, name, population FROM territories WHERE id = $1`, id))
	return t, found(err, "Ce territoire")
}

// Served is a territory with what it holds.
type Served struct {
	app.Territory
	Organisations int
	Conventions   int
	Accounts      int // with a role on it
}

// Served returns the territories opened here, by name, with what they hold.
func (d *DB) Served(ctx context.Context, by app.Viewer) ([]Served, error) {
	if !by.MayAdminister() {
		return nil, app.Errorf(app.Forbidden, "Les territoires sont réservés à l’administration de l’instance.")
	}
	return list(ctx, d.reader(), func(s scanner) (h Served, err error) {
		err = s.Scan(&h.ID, &h.Name, &h.Population, &h.Organisations, &h.Conventions, &h.Accounts)
		return h, err
	}, `
		SELECT t.id, t.name, t.population,
			(SELECT COUNT(*) FROM organisation_territories x WHERE x.territory_id = t.id),
			(SELECT COUNT(*) FROM conventions x WHERE x.territory_id = t.id),
			(SELECT COUNT(*) FROM account_territories x WHERE x.territory_id = t.id)
		FROM territories t
		ORDER BY t.name, t.id`)
}

// CommuneName returns the name of a commune, "" for one that is not known here.
func (d *DB) CommuneName(ctx context.Context, code app.CommuneCode) (string, error) {
	names, err := list(ctx, d.reader(), one[string], `SELECT name FROM communes WHERE code = $1`, code)
	if err != nil || len(names) == 0 {
		return "", err
	}
	return names[0], nil
}
