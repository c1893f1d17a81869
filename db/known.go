package db

import (
	"context"
	"strings"
	"time"

	"maillage/app"
)

// onceIn lists, for a query where p is a person, the territories of the structures they
// belong or belonged to, but for those that only wrote them down.
const onceIn = `SELECT y.territory_id
		FROM positions x
		JOIN organisation_territories y ON y.organisation_id = x.organisation_id
		WHERE x.person_id = p.id AND NOT x.unconfirmed`

// heldIn lists, as onceIn, the territories of the structures that they belong to, or of those
// they belonged to when they belong to none any more: a function that ended years ago gives
// nobody there a word in what the person does elsewhere since. It takes the day twice.
const heldIn = onceIn + ` AND (x.until = '' OR x.until >= ? OR NOT EXISTS (
			SELECT 1
			FROM positions z
			JOIN organisation_territories t ON t.organisation_id = z.organisation_id
			WHERE z.person_id = p.id AND NOT z.unconfirmed AND (z.until = '' OR z.until >= ?)))`

// cameIn lists, for a query where p is a person, the territories of the workshops they
// registered for: who came is known where they came, whatever their function since.
const cameIn = `SELECT y.territory_id
		FROM registrations x
		JOIN workshops y ON y.id = x.workshop_id
		WHERE x.person_id = p.id AND y.status <> 'brouillon'`

// heldHere keeps, of a query where p is a person, who belongs to a structure of territory, or
// did and belongs to none any more.
func (w *where) heldHere(territory app.TerritoryID, now time.Time) {
	day := app.DateOf(now)
	w.and(`? IN (`+heldIn+`)`, territory, day, day)
}

// knownHere keeps, of a query where p is a person, who is known in territory.
func (w *where) knownHere(territory app.TerritoryID, now time.Time) {
	w.and(w.known(territory, now))
}

func (w *where) known(territory app.TerritoryID, now time.Time) string {
	here, day := w.arg(territory), w.arg(app.DateOf(now))
	return `(` + here + ` IN (` + strings.ReplaceAll(heldIn, "?", day) + `) OR ` + here + ` IN (` + cameIn + `))`
}

// knownNowhere is, for a query where p is a person, that they are known in no territory.
const knownNowhere = `(NOT EXISTS (` + onceIn + `) AND NOT EXISTS (` + cameIn + `))`

// territoriesOf returns where a person is known: whoever coordinates one of these answers
// them about their data.
func territoriesOf(ctx context.Context, c conn, id app.PersonID, now time.Time) ([]app.TerritoryID, error) {
	return list(ctx, c, one[app.TerritoryID], `
		SELECT t.id
		FROM people p, territories t
		WHERE p.id = $1 AND (t.id IN (`+strings.ReplaceAll(heldIn, "?", "$2")+`) OR t.id IN (`+cameIn+`))
		ORDER BY t.id`, id, app.DateOf(now))
}

// everyTerritoryOf returns where a person is or ever was known. Whoever takes them from the
// others, by erasing them or by the address one signs in as them with, must have all of
// these: what they did where they left goes too, or is read too, and a function that anyone
// there may end must not hand the person over to whoever ended it.
func everyTerritoryOf(ctx context.Context, c conn, id app.PersonID) ([]app.TerritoryID, error) {
	return list(ctx, c, one[app.TerritoryID], `
		SELECT t.id
		FROM people p, territories t
		WHERE p.id = $1 AND (t.id IN (`+onceIn+`) OR t.id IN (`+cameIn+`))
		ORDER BY t.id`, id)
}

// homeOf reads the first territory a person is known in.
func homeOf(ctx context.Context, c conn, id app.PersonID, now time.Time, territory *app.TerritoryID, name *string) error {
	all, err := territoriesOf(ctx, c, id, now)
	if err != nil || len(all) == 0 {
		return err
	}
	*territory = all[0]
	*name, err = one[string](c.row(ctx, `SELECT name FROM territories WHERE id = $1`, all[0]))
	return err
}
