package db

import (
	"context"
	"time"

	"maillage/app"
)

// ReadLine is a read with what it takes to tell of it.
type ReadLine struct {
	app.Read
	Actor  string // who looked, by name; "" when that account is no more
	As     string // in which quality: their structure, or ""
	Title  string // of the person, structure or workshop looked at, "" for a list
	People int    // whom it showed
	Names  string // of some of them, or of all in a file
}

// ReadFilter narrows the trace of reads of a territory; zero values do not.
type ReadFilter struct {
	Kind   app.ReadKind
	Actor  string   // words of the name of who looked
	Person string   // words of the name of somebody shown
	From   app.Date // first and last day, in Paris
	To     app.Date
	Before app.ReadID // the last one of the page before
}

const (
	readColumns = `e.id, e.at, e.account_id, e.kind, e.thing_id, e.detail,
			COALESCE(p.first_name || ' ' || p.last_name, ''),
			COALESCE((SELECT MIN(o.name) FROM positions t JOIN organisations o ON o.id = t.organisation_id WHERE t.person_id = p.id AND t.until = ''), ''),
			COALESCE(s.name, k.title, q.first_name || ' ' || q.last_name, '')`

	readTables = `
		LEFT JOIN accounts a ON a.id = e.account_id
		LEFT JOIN people p ON p.id = a.person_id
		LEFT JOIN organisations s ON e.kind = 'contacts' AND s.id = e.thing_id
		LEFT JOIN workshops k ON e.kind IN ('inscriptions', 'presences', 'emargement') AND k.id = e.thing_id
		LEFT JOIN people q ON e.kind = 'fiche' AND q.id = e.thing_id`

	readCount = `(SELECT COUNT(*) FROM read_people x WHERE x.read_id = e.id)`
)

func scanReadLine(s scanner) (l ReadLine, err error) {
	err = s.Scan(&l.ID, &l.At, &l.Account, &l.Kind, &l.ThingID, &l.Detail, &l.Actor, &l.As, &l.Title, &l.People, &l.Names)
	l.Actor, l.Title = app.Tidy(l.Actor), app.Tidy(l.Title)
	return l, err
}

// someNames is how many of the people shown a line of the page names.
const someNames = 3

// Reads returns who was shown personal data in the territory on screen, newest first, at
// most limit; with the names of some of the people shown, or of all of them if every.
func (d *DB) Reads(ctx context.Context, by app.Viewer, f ReadFilter, every bool, limit int) ([]ReadLine, error) {
	if !by.MayCoordinate(by.Territory) {
		return nil, app.Errorf(app.Forbidden, "La trace des consultations est celle de la coordination.")
	}
	w := readsOf(by, f)
	names := `(SELECT n.id, n.first_name || ' ' || n.last_name AS name FROM read_people x JOIN people n ON n.id = x.person_id WHERE x.read_id = e.id`
	if !every {
		names += ` ORDER BY n.id LIMIT ` + w.arg(someNames)
	}
	return list(ctx, d.reader(), scanReadLine, `
		SELECT `+readColumns+`, `+readCount+`, COALESCE((SELECT string_agg(y.name, ', ') FROM `+names+`) y), '')
		FROM reads e`+readTables+`
		`+w.String()+`
		ORDER BY e.at DESC, e.id DESC
		LIMIT `+w.arg(limit), w.args...)
}

func readsOf(by app.Viewer, f ReadFilter) (w where) {
	w.and(`e.territory_id = ?`, by.Territory)
	if f.Kind != "" {
		w.and(`e.kind = ?`, f.Kind)
	}
	w.matching(app.OfPerson, "a.person_id", f.Actor)
	if len(app.SearchWords(f.Person)) > 0 {
		var shown where
		shown.args = w.args
		shown.matching(app.OfPerson, "x.person_id", f.Person)
		w.args = shown.args
		w.conditions = append(w.conditions, `EXISTS (SELECT 1 FROM read_people x `+shown.String()+` AND x.read_id = e.id)`)
	}
	if from := f.From.Time(); !from.IsZero() {
		w.and(`e.at >= ?`, stored(from))
	}
	if to := f.To.Time(); !to.IsZero() {
		w.and(`e.at < ?`, stored(to.AddDate(0, 0, 1)))
	}
	if f.Before != "" {
		w.and(`(e.at, e.id) < (SELECT x.at, x.id FROM reads x WHERE x.id = ?)`, f.Before)
	}
	return w
}

// ReadsOf returns who was shown what is known of a person in the last twelve months,
// newest first, at most limit, from the one after before; for that person and for who
// coordinates where they are known.
func (d *DB) ReadsOf(ctx context.Context, by app.Viewer, id app.PersonID, before app.ReadID, limit int, now time.Time) (PersonRecord, []ReadLine, error) {
	c := d.reader()
	r, err := seenPerson(ctx, c, by, id, now)
	if err != nil {
		return r, nil, err
	}
	if !r.Traced {
		return r, nil, app.Errorf(app.Forbidden, "Cette page est à la personne elle-même et à la coordination.")
	}
	lines, err := readsOfPerson(ctx, c, id, before, limit, now)
	return r, lines, err
}

func readsOfPerson(ctx context.Context, c conn, id app.PersonID, before app.ReadID, limit int, now time.Time) ([]ReadLine, error) {
	var w where
	w.and(`x.person_id = ?`, id)
	w.and(`x.read_id >= ?`, app.ReadsBefore(now.AddDate(0, -app.TraceMonths, 0)))
	if before != "" {
		w.and(`x.read_id < ?`, before)
	}
	return list(ctx, c, scanReadLine, `
		SELECT `+readColumns+`, 1, ''
		FROM (SELECT x.read_id FROM read_people x `+w.String()+` ORDER BY x.read_id DESC LIMIT `+w.arg(limit)+`) y
		JOIN reads e ON e.id = y.read_id`+readTables+`
		ORDER BY e.id DESC`, w.args...)
}
