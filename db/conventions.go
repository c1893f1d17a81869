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
		if err := insertPhase(ctx, c, v.ID, i+1, p); err != nil {
			return err
		}
	}
	for _, a := range v.Axes {
		if err := insertAxis(ctx, c, v.ID, a); err != nil {
			return err
		}
	}
	return nil
}

func insertPhase(ctx context.Context, c conn, v app.ConventionID, number int, p app.Phase) error {
	return c.exec(ctx, `
		INSERT INTO phases (id, convention_id, number, name, starts_on, ends_on)
		VALUES ($1, $2, $3, $4, $5, $6)`, p.ID, v, number, p.Name, p.StartsOn, p.EndsOn)
}

func insertAxis(ctx context.Context, c conn, v app.ConventionID, a app.Axis) error {
	return c.exec(ctx, `
		INSERT INTO axes (id, convention_id, number, title)
		VALUES ($1, $2, $3, $4)`, a.ID, v, a.Number, a.Title)
}

// Convention returns one convention of the territory on by's screen.
func (d *DB) Convention(ctx context.Context, by app.Viewer, id app.ConventionID) (app.Convention, error) {
	return conventionSeen(ctx, d.reader(), by, id)
}

// conventionSeen reads a convention, which does not exist for who looks at another territory.
func conventionSeen(ctx context.Context, c conn, by app.Viewer, id app.ConventionID) (v app.Convention, err error) {
	if !by.MaySee(by.Territory) {
		return v, gone("Cette convention")
	}
	conventions, err := conventionsOf(ctx, c, by.Territory)
	if err != nil {
		return v, err
	}
	for _, v := range conventions {
		if v.ID == id {
			return v, nil
		}
	}
	return v, gone("Cette convention")
}

// Conventions returns the conventions of a territory with their phases and axes, the latest first.
func (d *DB) Conventions(ctx context.Context, t app.TerritoryID) ([]app.Convention, error) {
	return conventionsOf(ctx, d.reader(), t)
}

func conventionsOf(ctx context.Context, c conn, t app.TerritoryID) ([]app.Convention, error) {
	conventions, err := list(ctx, c, scanConvention, `
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
	_, err = list(ctx, c, func(s scanner) (none struct{}, err error) {
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
