package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"maillage/app"
)

// filedUnder finds the territories that a thing is of, $1 being its id and, for a person, $3 the day.
var filedUnder = map[app.Thing]string{
	app.OfTerritory:    `SELECT id AS territory_id FROM territories WHERE id = $1`,
	app.OfWorkshop:     `SELECT territory_id FROM workshops WHERE id = $1`,
	app.OfConvention:   `SELECT territory_id FROM conventions WHERE id = $1`,
	app.OfImport:       `SELECT territory_id FROM imports WHERE id = $1`,
	app.OfOrganisation: `SELECT territory_id FROM organisation_territories WHERE organisation_id = $1`,
	app.OfPerson:       `SELECT t.id AS territory_id FROM people p, territories t WHERE p.id = $1 AND t.id IN (` + strings.ReplaceAll(heldIn, "?", "$3") + `)`,
	app.OfAccount: `SELECT territory_id FROM account_territories WHERE account_id = $1
		UNION SELECT t.territory_id FROM account_organisations a
		JOIN organisation_territories t ON t.organisation_id = a.organisation_id WHERE a.account_id = $1`,
}

// fileOf returns the territory under which an act on a thing is filed: the one on screen
// when the thing is of it or of none, else one of its own.
func fileOf(ctx context.Context, c conn, by app.Viewer, now time.Time, thing app.Thing, id string) (app.TerritoryID, error) {
	places, found := filedUnder[thing]
	if !found {
		return by.Territory, nil
	}
	args := []any{id, by.Territory}
	if thing == app.OfPerson {
		args = append(args, app.DateOf(now))
	}
	place, err := one[app.TerritoryID](c.row(ctx, `
		SELECT x.territory_id FROM (`+places+`) x
		ORDER BY CASE WHEN x.territory_id = $2 THEN 0 ELSE 1 END, x.territory_id LIMIT 1`, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return by.Territory, nil
	}
	return place, err
}

// note writes down, in the transaction of the change itself, that viewer did act on a
// thing, and whom that names. It is filed where the thing is.
func note(ctx context.Context, c conn, by app.Viewer, now time.Time, thing app.Thing, id, act string, changes app.Changes, names ...app.Named) error {
	place, err := fileOf(ctx, c, by, now, thing, id)
	if err != nil {
		return err
	}
	e := entryOf(by, now, thing, id, act, changes)
	e.Names = names
	return insertEntry(ctx, c, place, e)
}

// entryOf is the entry that says that viewer did act on a thing.
func entryOf(by app.Viewer, now time.Time, thing app.Thing, id, act string, changes app.Changes) app.Entry {
	return app.Entry{
		ID: app.NewOrderedID[app.AuditID](now), At: now, Account: by.Actor(), Helped: helped(by),
		Thing: thing, ThingID: id, Act: act, Changes: changes,
	}
}

// helped returns the account in whose place by acts, "" when it is in their own name.
func helped(by app.Viewer) app.AccountID {
	if by.Helped() {
		return by.Account
	}
	return ""
}

func insertEntry(ctx context.Context, c conn, territory app.TerritoryID, e app.Entry) error {
	if err := insertAll(ctx, c, entryTable, [][]any{entryValues(territory, e)}); err != nil {
		return err
	}
	var rows [][]any
	for i, n := range e.Names {
		if n.Person != "" && n.Name != "" && !slices.Contains(e.Names[:i], n) {
			rows = append(rows, []any{e.ID, n.Person, n.Name})
		}
	}
	return insertAll(ctx, c, `audit_names (entry_id, person_id, name)`, rows)
}

const entryTable = `audit (id, at, account_id, helped_id, territory_id, thing, thing_id, act, changes)`

// entryValues are those of the columns of entryTable.
func entryValues(territory app.TerritoryID, e app.Entry) []any {
	if e.Changes == nil {
		e.Changes = app.Changes{}
	}
	return []any{e.ID, stored(e.At), orNull(e.Account), orNull(e.Helped), orNull(territory), e.Thing, e.ThingID, e.Act, asJSON(e.Changes)}
}

const entryColumns = `e.id, e.at, e.account_id, COALESCE(p.first_name || ' ' || p.last_name, ''),
		e.helped_id, COALESCE((SELECT x.first_name || ' ' || x.last_name FROM accounts y JOIN people x ON x.id = y.person_id WHERE y.id = e.helped_id), ''),
		e.thing, e.thing_id, e.act, e.changes`

const entryTables = `audit e
		LEFT JOIN accounts a ON a.id = e.account_id
		LEFT JOIN people p ON p.id = a.person_id`

func scanEntry(s scanner) (e app.Entry, err error) {
	var changes string
	if err = s.Scan(&e.ID, &e.At, text(&e.Account), &e.Actor, text(&e.Helped), &e.For, &e.Thing, &e.ThingID, &e.Act, &changes); err != nil {
		return e, err
	}
	e.For = app.Tidy(e.For)
	return e, json.Unmarshal([]byte(changes), &e.Changes)
}

// History returns the last acts on a thing, newest first, at most limit: of an organisation
// those on what was merged into it too.
func (d *DB) History(ctx context.Context, thing app.Thing, id string, limit int) ([]app.Entry, error) {
	of := `$2`
	if thing == app.OfOrganisation {
		of = `WITH RECURSIVE merged (id, depth) AS (
			SELECT id, 0 FROM organisations WHERE id = $2
			UNION ALL
			SELECT o.id, m.depth + 1 FROM merged m JOIN organisations o ON o.merged_into = m.id WHERE m.depth < 50)
			SELECT id FROM merged`
	}
	return list(ctx, d.reader(), scanEntry, `
		SELECT `+entryColumns+`
		FROM `+entryTables+`
		WHERE e.thing = $1 AND e.thing_id IN (`+of+`)
		ORDER BY e.at DESC, e.id DESC
		LIMIT $3`, thing, id, limit)
}
