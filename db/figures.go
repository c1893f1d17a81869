package db

import (
	"context"
	"slices"
	"time"

	"maillage/app"
)

// held is each presence at a workshop of a convention that counts at a moment: announced,
// not cancelled, over. A workshop at which nobody was noted present is one row without person.
const held = `
		WITH held AS (
			SELECT w.id AS workshop, COALESCE(w.phase_id, '') AS phase, COALESCE(w.axis_id, '') AS axis,
				r.person_id AS person, r.organisation_id AS organisation
			FROM workshops w
			LEFT JOIN registrations r ON r.workshop_id = w.id AND r.state = 'present'
			WHERE w.convention_id = $1 AND w.status = 'publie' AND w.ends_at <= $2
		)`

// Gathered returns what the workshops of a convention held at now gathered.
func (d *DB) Gathered(ctx context.Context, id app.ConventionID, now time.Time) (app.Gathered, error) {
	const counts = `COUNT(DISTINCT workshop), COUNT(DISTINCT person), COUNT(DISTINCT organisation)`
	totals, err := list(ctx, d.reader(), scanTotal, held+`
		SELECT 'tout', '', `+counts+` FROM held
		UNION ALL
		SELECT 'phase', phase, `+counts+` FROM held GROUP BY phase
		UNION ALL
		SELECT 'axe', axis, `+counts+` FROM held GROUP BY axis`, id, stored(now))
	if err != nil {
		return app.Gathered{}, err
	}
	const join = `COUNT(DISTINCT organisation) FROM held JOIN organisations o ON o.id = organisation GROUP BY`
	shares, err := list(ctx, d.reader(), scanShare, held+`
		SELECT 'tout', '', o.category, `+join+` o.category
		UNION ALL
		SELECT 'phase', phase, o.category, `+join+` phase, o.category
		UNION ALL
		SELECT 'axe', axis, o.category, `+join+` axis, o.category`, id, stored(now))
	return gathered(totals, shares), err
}

// A total is the figures of one part of a convention, a share those of one category in it.
type (
	total struct {
		part, id string
		app.Figures
	}
	share struct {
		part, id string
		app.CategoryCount
	}
)

func scanTotal(s scanner) (t total, err error) {
	err = s.Scan(&t.part, &t.id, &t.Workshops, &t.Participants, &t.Figures.Organisations)
	return t, err
}

func scanShare(s scanner) (h share, err error) {
	err = s.Scan(&h.part, &h.id, &h.Category, &h.CategoryCount.Organisations)
	return h, err
}

func gathered(totals []total, shares []share) app.Gathered {
	slices.SortStableFunc(shares, func(a, b share) int { return a.Category.Compare(b.Category) })
	g := app.Gathered{Phases: map[app.PhaseID]app.Figures{}, Axes: map[app.AxisID]app.Figures{}}
	for _, t := range totals {
		f := t.Figures
		for _, h := range shares {
			if h.part == t.part && h.id == t.id {
				f.Categories = append(f.Categories, h.CategoryCount)
			}
		}
		switch t.part {
		case "phase":
			g.Phases[app.PhaseID(t.id)] = f
		case "axe":
			g.Axes[app.AxisID(t.id)] = f
		default:
			g.All = f
		}
	}
	return g
}

// Meetings returns the workshops of a convention that by may know of, in their order.
func (d *DB) Meetings(ctx context.Context, by app.Viewer, v app.Convention) ([]app.Meeting, error) {
	var w where
	w.and("w.convention_id = ?", v.ID)
	if !by.MayCoordinate(v.Territory) {
		w.and("w.status <> 'brouillon'")
	}
	return list(ctx, d.reader(), func(s scanner) (m app.Meeting, err error) {
		err = s.Scan(&m.ID, text(&m.Phase), text(&m.Axis), &m.Kind, &m.Title, &m.StartsAt, &m.EndsAt, &m.Status, &m.Present)
		return m, err
	}, `
		SELECT w.id, w.phase_id, w.axis_id, w.kind, w.title, w.starts_at, w.ends_at, w.status,
			(SELECT COUNT(*) FROM registrations r WHERE r.workshop_id = w.id AND r.state = 'present')
		FROM workshops w
		`+w.String()+`
		ORDER BY w.starts_at, w.id`, w.args...)
}
