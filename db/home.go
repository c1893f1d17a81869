package db

import (
	"context"
	"time"

	"maillage/app"
)

// Activities returns the workshops of the territory on screen that ended since the
// last season or come in the next two months, those that by keeps, with what is open about
// each, by date.
func (d *DB) Activities(ctx context.Context, by app.Viewer, now time.Time) ([]app.Activity, error) {
	if !by.MayHere(app.KeepWorkshops) {
		return nil, app.Errorf(app.Forbidden, "Ce tableau est celui de la coordination.")
	}
	var w where
	w.and("w.territory_id = ? AND w.starts_at > ? AND w.starts_at < ?", by.Territory, stored(now.AddDate(0, 0, -120)), stored(now.AddDate(0, 0, 60)))
	if !by.MayCoordinate(by.Territory) {
		w.and(bears(&w, "w.themes", by.ThemesAt(by.Territory)))
	}
	return list(ctx, d.reader(), func(s scanner) (a app.Activity, err error) {
		err = s.Scan(append(workshopFields(&a.Workshop), &a.Registered, &a.Unanswered)...)
		return a, err
	}, `
		SELECT `+workshopColumns+`,
			(SELECT COUNT(*) FROM registrations r WHERE r.workshop_id = w.id AND r.state = 'inscrit'),
			(SELECT COUNT(*) FROM invitations i WHERE i.workshop_id = w.id AND i.answer = '')
		FROM workshops w
		`+w.String()+`
		ORDER BY w.starts_at, w.id
		LIMIT 200`, w.args...)
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
		err = s.Scan(append(workshopFields(&t.Workshop), &t.Organisation, &t.Name, keysIn(&t.Themes))...)
		return t, err
	}, `
		SELECT `+workshopColumns+`, o.id, o.name, o.themes
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

// ToTend counts, by theme that by coordinates of the territory on screen, the records that
// are still to be completed and the organisations that nobody answers for: tasks, in the
// order of the themes.
func (d *DB) ToTend(ctx context.Context, by app.Viewer) (tasks []app.Task, err error) {
	themes := by.ThemesAt(by.Territory)
	var w where
	w.and(`ot.territory_id = ? AND ot.archived = ?`, by.Territory, false)
	w.and(bears(&w, `ot.themes`, themes))
	incomplete, mute := map[app.Theme]int{}, map[app.Theme]int{}
	_, err = list(ctx, d.reader(), func(s scanner) (none struct{}, err error) {
		var borne []app.Theme
		var toComplete, unanswered bool
		err = s.Scan(keysIn(&borne), &toComplete, &unanswered)
		for _, t := range borne {
			if toComplete {
				incomplete[t]++
			}
			if unanswered {
				mute[t]++
			}
		}
		return none, err
	}, `
		SELECT ot.themes, ot.incomplete, `+noReferent("ot.organisation_id")+`
		FROM organisation_territories ot
		`+w.String(), w.args...)
	for _, t := range themes {
		if incomplete[t] > 0 {
			tasks = append(tasks, app.Task{Kind: app.CompleteRecord, Count: incomplete[t], Theme: t})
		}
		if mute[t] > 0 {
			tasks = append(tasks, app.Task{Kind: app.FindReferents, Count: mute[t], Theme: t})
		}
	}
	return tasks, err
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
