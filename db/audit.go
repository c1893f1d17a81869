package db

import (
	"context"
	"encoding/json"
	"time"

	"maillage/app"
)

// note writes down, in the transaction of the change itself, that viewer did act on a thing.
func note(ctx context.Context, c conn, by app.Viewer, now time.Time, thing app.Thing, id, act string, changes app.Changes) error {
	return insertEntry(ctx, c, by.Territory, app.Entry{
		ID: app.NewOrderedID[app.AuditID](now), At: now, Account: by.Account,
		Thing: thing, ThingID: id, Act: act, Changes: changes,
	})
}

func insertEntry(ctx context.Context, c conn, territory app.TerritoryID, e app.Entry) error {
	if e.Changes == nil {
		e.Changes = app.Changes{}
	}
	changes, err := json.Marshal(e.Changes)
	if err != nil {
		return err
	}
	return c.exec(ctx, `
		INSERT INTO audit (id, at, account_id, territory_id, thing, thing_id, act, changes)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		e.ID, stored(e.At), orNull(e.Account), orNull(territory), e.Thing, e.ThingID, e.Act, string(changes))
}

const entryColumns = `e.id, e.at, e.account_id, COALESCE(p.first_name || ' ' || p.last_name, ''), e.thing, e.thing_id, e.act, e.changes`

const entryTables = `audit e
		LEFT JOIN accounts a ON a.id = e.account_id
		LEFT JOIN people p ON p.id = a.person_id`

func scanEntry(s scanner) (e app.Entry, err error) {
	var changes string
	if err = s.Scan(&e.ID, &e.At, text(&e.Account), &e.Actor, &e.Thing, &e.ThingID, &e.Act, &changes); err != nil {
		return e, err
	}
	return e, json.Unmarshal([]byte(changes), &e.Changes)
}

// History returns the last acts on a thing, newest first, at most limit.
func (d *DB) History(ctx context.Context, thing app.Thing, id string, limit int) ([]app.Entry, error) {
	return list(ctx, d.reader(), scanEntry, `
		SELECT `+entryColumns+`
		FROM `+entryTables+`
		WHERE e.thing = $1 AND e.thing_id = $2
		ORDER BY e.at DESC, e.id DESC
		LIMIT $3`, thing, id, limit)
}
