package db

import (
	"context"
	"time"

	"maillage/app"
)

// Gathered returns what the workshops of a convention held at now gathered: it reads one
// row a presence, and app counts.
func (d *DB) Gathered(ctx context.Context, id app.ConventionID, now time.Time) (app.Gathered, error) {
	presences, err := list(ctx, d.reader(), scanPresent, `
		SELECT w.id, COALESCE(w.phase_id, ''), COALESCE(w.axis_id, ''),
			COALESCE(r.person_id, ''), COALESCE(r.organisation_id, ''), COALESCE(o.category, '')
		FROM workshops w
		LEFT JOIN registrations r ON r.workshop_id = w.id AND r.state = 'present'
		LEFT JOIN organisations o ON o.id = r.organisation_id
		WHERE w.convention_id = $1 AND w.status = 'publie' AND w.ends_at <= $2`, id, stored(now))
	return app.Gather(presences), err
}

func scanPresent(s scanner) (p app.Presence, err error) {
	err = s.Scan(&p.Workshop, &p.Phase, &p.Axis, &p.Person, &p.Organisation, &p.Category)
	return p, err
}

// Meetings returns the workshops of a convention that by may know of, in their order.
func (d *DB) Meetings(ctx context.Context, by app.Viewer, v app.Convention) ([]app.Meeting, error) {
	var w where
	w.and("w.convention_id = ?", v.ID)
	w.draftsFor(by, v.Territory)
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
