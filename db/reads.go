package db

import (
	"context"
	"slices"
	"time"

	"maillage/app"
)

// peopleAtOnce is how many people one statement names at most.
const peopleAtOnce = 1_000

// NoteRead writes down that by is about to be shown what is known of people, in the
// territory on screen; who acts in another's place looks in their own name. It is called before anything is shown, and what it cannot write is
// not shown: no look is lost. Oneself does not count; without anybody else nothing is
// written, unless a file is taken away.
//
// Looks by the same account at the same thing within a quarter of an hour are one line,
// which gains the people it did not name yet; one that adds nobody writes nothing.
func (d *DB) NoteRead(ctx context.Context, by app.Viewer, r app.Read, people []app.PersonID, now time.Time) error {
	people = slices.DeleteFunc(slices.Clone(people), func(p app.PersonID) bool { return p == "" || p == by.ActorPerson() })
	slices.Sort(people)
	people = slices.Compact(people)
	if len(people) == 0 && r.Kind != app.SawExport {
		return nil
	}
	r.Account = by.Actor()
	r = r.Named(now)
	if !r.Kind.Taken() {
		if known, err := readNames(ctx, d.reader(), r.ID, people); err != nil || known {
			return err
		}
	}
	return d.update(ctx, func(c conn) error {
		if err := c.exec(ctx, `
			INSERT INTO reads (id, at, account_id, territory_id, kind, thing_id, detail)
			VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (id) DO NOTHING`,
			r.ID, stored(r.At), r.Account, orNull(by.Territory), r.Kind, r.ThingID, r.Detail); err != nil {
			return err
		}
		for some := range slices.Chunk(people, peopleAtOnce) {
			var w where
			read := w.arg(r.ID)
			err := c.exec(ctx, `
				INSERT INTO read_people (read_id, person_id)
				SELECT `+read+`, p.id FROM people p WHERE p.id IN `+in(&w, some)+`
				ON CONFLICT (read_id, person_id) DO NOTHING`, w.args...)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// readNames reports whether a read names all of people already.
func readNames(ctx context.Context, c conn, id app.ReadID, people []app.PersonID) (bool, error) {
	if len(people) > peopleAtOnce {
		return false, nil
	}
	var w where
	w.and("read_id = ?", id)
	w.and("person_id IN " + in(&w, people))
	n, err := one[int](c.row(ctx, `SELECT COUNT(*) FROM read_people `+w.String(), w.args...))
	return n == len(people), err
}

// forgetReads removes the reads of more than a year before now, with whom they name.
func forgetReads(ctx context.Context, c conn, now time.Time) error {
	since := now.AddDate(0, -app.TraceMonths, 0)
	return c.exec(ctx, `DELETE FROM reads WHERE id < $1 AND at < $2`, app.ReadsBefore(since), stored(since))
}
