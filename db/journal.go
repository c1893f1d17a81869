package db

import (
	"context"
	"time"

	"maillage/app"
)

// JournalFilter narrows a territory's journal; zero values do not.
type JournalFilter struct {
	Thing  app.Thing
	Actor  string   // words of a person's name
	From   app.Date // first and last day, in Paris
	To     app.Date
	Before app.AuditID // the last one of the page before
}

// JournalLine is an act with the name of the thing it was done to.
type JournalLine struct {
	app.Entry
	Title string // of the thing as it is called today, "" when it has no name
}

// Journal returns the acts of the territory on screen, newest first, at most limit.
func (d *DB) Journal(ctx context.Context, by app.Viewer, f JournalFilter, limit int) ([]JournalLine, error) {
	if !by.MayCoordinate(by.Territory) {
		return nil, app.Errorf(app.Forbidden, "Le journal est celui de la coordination.")
	}
	w := journalOf(by, f)
	return list(ctx, d.reader(), scanJournalLine, `
		SELECT `+entryColumns+`, COALESCE(o.name, q.first_name || ' ' || q.last_name, k.title, v.name, t.name, '')
		FROM audit e
		LEFT JOIN accounts a ON a.id = e.account_id
		LEFT JOIN people p ON p.id = a.person_id
		LEFT JOIN organisations o ON e.thing = 'structure' AND o.id = e.thing_id
		LEFT JOIN accounts b ON e.thing = 'compte' AND b.id = e.thing_id
		LEFT JOIN people q ON q.id = CASE e.thing WHEN 'personne' THEN e.thing_id ELSE b.person_id END
		LEFT JOIN workshops k ON e.thing = 'atelier' AND k.id = e.thing_id
		LEFT JOIN conventions v ON e.thing = 'convention' AND v.id = e.thing_id
		LEFT JOIN territories t ON e.thing = 'territoire' AND t.id = e.thing_id
		`+w.String()+`
		ORDER BY e.at DESC, e.id DESC
		LIMIT `+w.arg(limit), w.args...)
}

func journalOf(by app.Viewer, f JournalFilter) (w where) {
	w.and(`e.territory_id = ?`, by.Territory)
	if f.Thing != "" {
		w.and(`e.thing = ?`, f.Thing)
	}
	w.matching(app.OfPerson, "a.person_id", f.Actor)
	if from := f.From.Time(); !from.IsZero() {
		w.and(`e.at >= ?`, stored(from))
	}
	if to := f.To.Time(); !to.IsZero() {
		w.and(`e.at < ?`, stored(to.AddDate(0, 0, 1)))
	}
	if f.Before != "" {
		w.and(`(e.at, e.id) < (SELECT x.at, x.id FROM audit x WHERE x.id = ?)`, f.Before)
	}
	return w
}

func scanJournalLine(s scanner) (l JournalLine, err error) {
	l.Entry, err = scanEntry(wider{s, []any{&l.Title}})
	l.Title = app.Tidy(l.Title)
	return l, err
}

// NoteExport writes down that by took a list away, "la liste des comptes".
func (d *DB) NoteExport(ctx context.Context, by app.Viewer, what string, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		return note(ctx, c, by, now, app.OfTerritory, string(by.Territory), "a exporté "+what, nil)
	})
}
