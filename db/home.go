package db

import (
	"context"
	"time"

	"maillage/app"
)

// Activities returns the workshops of the territory on screen that ended since the
// last season or come in the next two months, with what is open about each, by date.
func (d *DB) Activities(ctx context.Context, by app.Viewer, now time.Time) ([]app.Activity, error) {
	if !by.MayCoordinate(by.Territory) {
		return nil, app.Errorf(app.Forbidden, "Ce tableau est celui de la coordination.")
	}
	return list(ctx, d.reader(), func(s scanner) (a app.Activity, err error) {
		err = s.Scan(append(workshopFields(&a.Workshop), &a.Registered, &a.Unanswered)...)
		return a, err
	}, `
		SELECT `+workshopColumns+`,
			(SELECT COUNT(*) FROM registrations r WHERE r.workshop_id = w.id AND r.state = 'inscrit'),
			(SELECT COUNT(*) FROM invitations i WHERE i.workshop_id = w.id AND i.answer = '')
		FROM workshops w
		WHERE w.territory_id = $1 AND w.starts_at > $2 AND w.starts_at < $3
		ORDER BY w.starts_at, w.id
		LIMIT 200`, by.Territory, stored(now.AddDate(0, 0, -120)), stored(now.AddDate(0, 0, 60)))
}

// ToAnswer returns the invitations that the organisations of by have not answered, to
// workshops that have not begun, the nearest first. Colleagues see them; référent·e·s answer.
func (d *DB) ToAnswer(ctx context.Context, by app.Viewer, now time.Time) ([]app.Task, error) {
	mine := by.Organisations()
	if len(mine) == 0 {
		return nil, nil
	}
	var w where
	w.and("i.organisation_id IN " + in(&w, mine))
	w.and("i.answer = ''")
	w.and("w.status = ? AND w.starts_at > ?", app.Published, stored(now))
	return list(ctx, d.reader(), func(s scanner) (t app.Task, err error) {
		t.Kind = app.AnswerInvitation
		err = s.Scan(append(workshopFields(&t.Workshop), &t.Organisation, &t.Name)...)
		return t, err
	}, `
		SELECT `+workshopColumns+`, o.id, o.name
		FROM invitations i
		JOIN workshops w ON w.id = i.workshop_id
		JOIN organisations o ON o.id = i.organisation_id
		`+w.String()+`
		ORDER BY w.starts_at, w.id
		LIMIT 50`, w.args...)
}

// Upcoming is a workshop to come as it concerns one person.
type Upcoming struct {
	Workshop app.Workshop
	Commune  string
	State    app.Attendance // of the person: registered, waiting, or ""
	Coming   int            // how many people of the person's organisations come
}

// Upcoming returns the next published workshops of the territory on screen, at most limit.
func (d *DB) Upcoming(ctx context.Context, by app.Viewer, now time.Time, limit int) ([]Upcoming, error) {
	if !by.MaySee(by.Territory) {
		return nil, nil
	}
	var w where
	person, mine := w.arg(by.Person), in(&w, by.Organisations())
	w.and("w.territory_id = ? AND w.status = ? AND w.ends_at > ?", by.Territory, app.Published, stored(now))
	return list(ctx, d.reader(), func(s scanner) (u Upcoming, err error) {
		err = s.Scan(append(workshopFields(&u.Workshop), &u.Commune, &u.State, &u.Coming)...)
		return u, err
	}, `
		SELECT `+workshopColumns+`, COALESCE(m.name, ''),
			COALESCE((SELECT r.state FROM registrations r WHERE r.workshop_id = w.id AND r.person_id = `+person+`), ''),
			(SELECT COUNT(*) FROM registrations r
				WHERE r.workshop_id = w.id AND r.state IN ('inscrit', 'present', 'attente') AND r.organisation_id IN `+mine+`)
		FROM workshops w
		LEFT JOIN communes m ON m.code = w.commune_code
		`+w.String()+`
		ORDER BY w.starts_at, w.id
		LIMIT `+w.arg(limit), w.args...)
}

// Incomplete counts the records of the directory that are still to be completed.
func (d *DB) Incomplete(ctx context.Context, t app.TerritoryID) (n int, err error) {
	err = d.reader().row(ctx, `
		SELECT COUNT(*)
		FROM organisation_territories ot
		JOIN organisations o ON o.id = ot.organisation_id
		WHERE ot.territory_id = $1 AND o.incomplete AND o.archived_at IS NULL`, t).Scan(&n)
	return n, err
}

// Beginnings returns what a territory has of what it begins with.
func (d *DB) Beginnings(ctx context.Context, t app.TerritoryID) (b app.Beginnings, err error) {
	err = d.reader().row(ctx, `
		SELECT
			(SELECT COUNT(*) FROM (SELECT 1 AS one FROM organisation_territories WHERE territory_id = $1 LIMIT 2) x) > 1,
			EXISTS (SELECT 1 FROM axes a JOIN conventions v ON v.id = a.convention_id WHERE v.territory_id = $1)
				OR NOT EXISTS (SELECT 1 FROM conventions WHERE territory_id = $1),
			EXISTS (SELECT 1 FROM account_organisations ao
				JOIN organisation_territories ot ON ot.organisation_id = ao.organisation_id
				WHERE ot.territory_id = $1)`, t).Scan(&b.Partners, &b.Axes, &b.Members)
	return b, err
}
