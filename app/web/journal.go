package web

import (
	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/db"
	"maillage/views"
)

const (
	actsShown = 50
	actsFiled = 100_000
)

func (s *server) journalPage(c *gin.Context, v app.Viewer) error {
	f := queryOf(c)
	filter := journalFilter(f)
	lines, err := s.DB.Journal(c.Request.Context(), v, filter, actsShown+1)
	if err != nil {
		return err
	}
	same := []string{"objet", string(filter.Thing), "qui", filter.Actor, "du", string(filter.From), "au", string(filter.To)}
	p := views.JournalPage{Frame: s.frame(c, v, "Journal", ""), Thing: filter.Thing, Form: filled(f), File: views.Address("/administration/journal.csv", same...)}
	if len(lines) > actsShown {
		lines = lines[:actsShown]
		p.Next = views.Address("/administration/journal", append(same, "avant", string(lines[actsShown-1].ID))...)
	}
	for _, l := range lines {
		p.Acts = append(p.Acts, views.Act{Entry: l.Entry, Title: l.Title})
	}
	if err := s.trace(c, v, app.Read{Kind: app.SawJournal}, changed(lines)...); err != nil {
		return err
	}
	return page(c, views.Journal(p))
}

// changed are the people whose record the lines tell the values of.
func changed(lines []db.JournalLine) []app.PersonID {
	var ids []app.PersonID
	for _, l := range lines {
		if l.Thing == app.OfPerson && len(l.Changes) > 0 {
			ids = append(ids, app.PersonID(l.ThingID))
		}
	}
	return ids
}

// journalFilter reads the filters; a date that does not exist is as if not there.
func journalFilter(f *form) db.JournalFilter {
	return db.JournalFilter{
		Thing: among(f.typed.Get("objet"), app.Things), Actor: cut(f.line("qui", 200), 200), From: f.date("du"), To: f.date("au"), Before: app.AuditID(f.line("avant", 40)),
	}
}

// journalFile is the journal as a file; that it was taken is written down.
func (s *server) journalFile(c *gin.Context, v app.Viewer) error {
	ctx := c.Request.Context()
	lines, err := s.DB.Journal(ctx, v, journalFilter(queryOf(c)), actsFiled)
	if err != nil {
		return err
	}
	if err := s.DB.NoteExport(ctx, v, "le journal", s.Now()); err != nil {
		return err
	}
	if err := s.trace(c, v, app.Read{Kind: app.SawExport, Detail: "le journal"}, changed(lines)...); err != nil {
		return err
	}
	return spreadsheet(c, "journal", views.ActColumns, func(row func(...string) error) error {
		for _, l := range lines {
			if err := row(views.ActCells(views.Act{Entry: l.Entry, Title: l.Title})...); err != nil {
				return err
			}
		}
		return nil
	})
}
