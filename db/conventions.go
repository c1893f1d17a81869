package db

import (
	"context"
	"time"

	"maillage/app"
)

func insertConvention(ctx context.Context, c conn, v app.Convention, now time.Time) error {
	err := c.exec(ctx, `
		INSERT INTO conventions (id, territory_id, name, starts_on, ends_on, signed_on, summary, invented, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
		v.ID, v.Territory, v.Name, v.StartsOn, v.EndsOn, v.SignedOn, v.Summary, v.Invented, stored(now))
	if err != nil {
		return err
	}
	for i, p := range v.Phases {
		if err := c.exec(ctx, `
			INSERT INTO phases (id, convention_id, number, name, starts_on, ends_on)
			VALUES ($1, $2, $3, $4, $5, $6)`, p.ID, v.ID, i+1, p.Name, p.StartsOn, p.EndsOn); err != nil {
			return err
		}
	}
	for _, a := range v.Axes {
		if err := c.exec(ctx, `
			INSERT INTO axes (id, convention_id, number, title)
			VALUES ($1, $2, $3, $4)`, a.ID, v.ID, a.Number, a.Title); err != nil {
			return err
		}
	}
	return nil
}

// Conventions returns the conventions of a territory with their phases and axes, the latest first.
func (d *DB) Conventions(ctx context.Context, t app.TerritoryID) ([]app.Convention, error) {
	conventions, err := list(ctx, d.reader(), scanConvention, `
		SELECT id, territory_id, name, starts_on, ends_on, signed_on, summary, invented, version
		FROM conventions
		WHERE territory_id = $1
		ORDER BY starts_on DESC, id`, t)
	if err != nil || len(conventions) == 0 {
		return nil, err
	}
	at := map[app.ConventionID]*app.Convention{}
	for i := range conventions {
		at[conventions[i].ID] = &conventions[i]
	}
	_, err = list(ctx, d.reader(), func(s scanner) (none struct{}, err error) {
		var convention app.ConventionID
		var kind, id, name, from, to string
		var number int
		if err = s.Scan(&convention, &kind, &number, &id, &name, &from, &to); err != nil {
			return none, err
		}
		if v := at[convention]; kind == "axis" {
			v.Axes = append(v.Axes, app.Axis{ID: app.AxisID(id), Number: number, Title: name})
		} else {
			v.Phases = append(v.Phases, app.Phase{ID: app.PhaseID(id), Name: name, StartsOn: app.Date(from), EndsOn: app.Date(to)})
		}
		return none, nil
	}, `
		SELECT x.convention_id, 'axis', x.number, x.id, x.title, '', ''
		FROM axes x JOIN conventions v ON v.id = x.convention_id
		WHERE v.territory_id = $1
		UNION ALL
		SELECT x.convention_id, 'phase', x.number, x.id, x.name, x.starts_on, x.ends_on
		FROM phases x JOIN conventions v ON v.id = x.convention_id
		WHERE v.territory_id = $1
		ORDER BY 3`, t)
	return conventions, err
}

func scanConvention(s scanner) (v app.Convention, err error) {
	err = s.Scan(&v.ID, &v.Territory, &v.Name, &v.StartsOn, &v.EndsOn, &v.SignedOn, &v.Summary, &v.Invented, &v.Version)
	return v, err
}
