package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"maillage/app"
)

// welcome returns the person of an organisation who bears the name of n, whom it
// enters in the directory with a position there if nobody does. With o "" the person
// has no position, and only somebody without any is taken for the same.
func welcome(ctx context.Context, c conn, by app.Viewer, t app.TerritoryID, o app.OrganisationID, n app.Newcomer, now time.Time) (app.PersonID, error) {
	person, err := namesake(ctx, c, t, o, n, now)
	if !errors.Is(err, sql.ErrNoRows) {
		return person, err
	}
	p := app.Person{
		ID: app.NewID[app.PersonID](), FirstName: n.FirstName, LastName: n.LastName, Email: n.Email, CreatedAt: now, UpdatedAt: now,
	}
	if err := insertPerson(ctx, c, p); err != nil {
		return "", err
	}
	if o != "" {
		position := app.Position{ID: app.NewID[app.PositionID](), Person: p.ID, Organisation: o, Function: n.Function, Since: app.DateOf(now)}
		if err := insertPosition(ctx, c, position, p); err != nil {
			return "", err
		}
	}
	return p.ID, note(ctx, c, by, now, app.OfPerson, string(p.ID), "a ajouté la personne à l’annuaire", nil)
}

func namesake(ctx context.Context, c conn, t app.TerritoryID, o app.OrganisationID, n app.Newcomer, now time.Time) (app.PersonID, error) {
	key, day := app.Fold(n.LastName+" "+n.FirstName), app.DateOf(now)
	if o == "" {
		return one[app.PersonID](c.row(ctx, `
			SELECT p.id
			FROM people p
			WHERE p.sort_key = $1 AND `+nowhereElse("$2")+`
			ORDER BY p.id
			LIMIT 1`, key, t))
	}
	return one[app.PersonID](c.row(ctx, `
		SELECT p.id
		FROM people p
		JOIN positions po ON po.person_id = p.id
		WHERE p.sort_key = $1 AND po.organisation_id = $2 AND po.since <= $3 AND (po.until = '' OR po.until >= $3)
		ORDER BY p.id
		LIMIT 1`, key, o, day))
}
