package db

import (
	"context"
	"time"

	"maillage/app"
)

// noReferent is the condition that nobody who may sign in answers for the organisation of
// that column; account_organisations_organisation serves it.
func noReferent(column string) string {
	return `NOT EXISTS (
			SELECT 1 FROM account_organisations ao
			JOIN accounts a ON a.id = ao.account_id AND a.disabled_at IS NULL
			WHERE ao.organisation_id = ` + column + ` AND ao.role = 'referent')`
}

// Answered reports whether somebody who may sign in answers for an organisation.
func (d *DB) Answered(ctx context.Context, o app.OrganisationID) (answered bool, err error) {
	err = d.reader().row(ctx, `SELECT NOT `+noReferent("$1"), o).Scan(&answered)
	return answered, err
}

// CountMute returns how many organisations of a territory, archived ones left out, have
// nobody who answers for them.
func (d *DB) CountMute(ctx context.Context, t app.TerritoryID) (n int, err error) {
	err = d.reader().row(ctx, `
		SELECT COUNT(*)
		FROM organisation_territories ot
		WHERE ot.territory_id = $1 AND ot.archived = $2 AND `+noReferent("ot.organisation_id"), t, false).Scan(&n)
	return n, err
}

// MuteOrganisation is an organisation that nobody answers for, with what helps to find who
// could.
type MuteOrganisation struct {
	ID         app.OrganisationID
	Name       string
	Commune    string // its name
	People     int    // who belong to it today
	Team       int    // accounts that act for it: colleagues
	Unanswered int    // invitations to workshops to come that it did not answer
}

// MuteOrganisations returns those of the territory on screen, by name, at most limit, from
// the one that follows after.
func (d *DB) MuteOrganisations(ctx context.Context, by app.Viewer, after app.OrganisationID, limit int, now time.Time) ([]MuteOrganisation, error) {
	if !by.MayCoordinate(by.Territory) {
		return nil, errAccountsClosed
	}
	var w where
	w.and(`ot.territory_id = ? AND ot.archived = ?`, by.Territory, false)
	w.and(noReferent("ot.organisation_id"))
	w.after(by.Territory, OrganisationFilter{After: after})
	today, at := w.arg(app.DateOf(now)), w.arg(stored(now))
	return list(ctx, d.reader(), func(s scanner) (o MuteOrganisation, err error) {
		err = s.Scan(&o.ID, &o.Name, &o.Commune, &o.People, &o.Team, &o.Unanswered)
		return o, err
	}, `
		SELECT o.id, o.name, COALESCE(m.name, ''),
			(SELECT COUNT(*) FROM positions t WHERE t.organisation_id = o.id AND (t.until = '' OR t.until >= `+today+`)),
			(SELECT COUNT(*) FROM account_organisations ao JOIN accounts a ON a.id = ao.account_id AND a.disabled_at IS NULL WHERE ao.organisation_id = o.id),
			(SELECT COUNT(*) FROM invitations i JOIN workshops w ON w.id = i.workshop_id
				WHERE i.organisation_id = o.id AND i.answer = '' AND w.status = 'publie' AND w.starts_at > `+at+`)
		FROM organisation_territories ot
		JOIN organisations o ON o.id = ot.organisation_id
		LEFT JOIN communes m ON m.code = o.commune_code
		`+w.String()+`
		ORDER BY ot.sort_key, ot.organisation_id
		LIMIT `+w.arg(limit), w.args...)
}
