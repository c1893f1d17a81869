package db

import (
	"context"

	"maillage/app"
)

// Acquaintance is a person known in a territory, with one organisation they belong to.
type Acquaintance struct {
	ID           app.PersonID
	Name         string
	Function     string
	Organisation string
}

func scanAcquaintance(s scanner) (a Acquaintance, err error) {
	var first, last string
	err = s.Scan(&a.ID, &first, &last, &a.Function, &a.Organisation)
	a.Name = app.Tidy(first + " " + last)
	return a, err
}

// PeopleNamed returns the people of the territory on screen whose name holds the words of
// query, or their beginnings; at most limit.
func (d *DB) PeopleNamed(ctx context.Context, by app.Viewer, query string, limit int) ([]Acquaintance, error) {
	if !by.MaySee(by.Territory) || len(app.SearchWords(query)) == 0 {
		return nil, nil
	}
	c := d.reader()
	lead, _, err := rarestWord(ctx, c, app.OfPerson, query)
	if err != nil {
		return nil, err
	}
	var w where
	from := `FROM people p`
	if lead != "" {
		from = `FROM (SELECT DISTINCT s.thing_id ` + w.bearing(app.OfPerson, lead) + `) s
			CROSS JOIN people p`
		w.and("p.id = s.thing_id")
	}
	w.matching(app.OfPerson, "p.id", withoutWord(query, lead))
	w.and(`EXISTS (
		SELECT 1
		FROM positions t
		JOIN organisation_territories ot ON ot.organisation_id = t.organisation_id
		WHERE t.person_id = p.id AND ot.territory_id = ?)`, by.Territory)
	territory := w.arg(by.Territory)
	where := w.String()
	return list(ctx, c, scanAcquaintance, `
		SELECT p.id, p.first_name, p.last_name, COALESCE(t.function, ''), COALESCE(o.name, '')
		FROM (
			SELECT p.id, p.first_name, p.last_name, p.sort_key
			`+from+`
			`+where+`
			ORDER BY p.sort_key, p.id
			LIMIT `+w.arg(limit)+`) p
		LEFT JOIN positions t ON t.id = (
			SELECT x.id
			FROM positions x
			JOIN organisation_territories ot ON ot.organisation_id = x.organisation_id
			WHERE x.person_id = p.id AND ot.territory_id = `+territory+`
			ORDER BY CASE WHEN x.until = '' THEN 0 ELSE 1 END, x.until DESC, x.id
			LIMIT 1)
		LEFT JOIN organisations o ON o.id = t.organisation_id
		ORDER BY p.sort_key, p.id`, w.args...)
}

// People returns, by name, those of these ids who are known in the territory on screen, and
// by themself, with one organisation they belong to.
func (d *DB) People(ctx context.Context, by app.Viewer, ids []app.PersonID) ([]Acquaintance, error) {
	var w where
	return list(ctx, d.reader(), scanAcquaintance, `
		SELECT p.id, p.first_name, p.last_name, '',
			COALESCE((SELECT MIN(o.name) FROM positions x JOIN organisations o ON o.id = x.organisation_id WHERE x.person_id = p.id AND x.until = ''), '')
		FROM people p
		WHERE p.id IN `+in(&w, ids)+` AND (p.id = `+w.arg(by.Person)+` OR `+around(w.arg(by.Territory))+`)
		ORDER BY p.sort_key, p.id`, w.args...)
}
