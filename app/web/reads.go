package web

import (
	"context"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/db"
	"maillage/views"
)

const (
	readsShown = 50
	readsFiled = 100_000
)

// trace writes down that v is about to be shown what is known of people. It comes before
// the answer and is part of it: what cannot be written down is not shown, and who leaves
// before the answer has looked all the same. A look that is noted already costs one query.
func (s *server) trace(c *gin.Context, v app.Viewer, r app.Read, people ...app.PersonID) error {
	return s.DB.NoteRead(context.WithoutCancel(c.Request.Context()), v, r, people, s.Now())
}

func (s *server) readsPage(c *gin.Context, v app.Viewer) error {
	f := queryOf(c)
	filter := readFilter(f)
	lines, err := s.DB.Reads(c.Request.Context(), v, filter, false, readsShown+1)
	if err != nil {
		return err
	}
	same := []string{"quoi", string(filter.Kind), "qui", filter.Actor, "personne", filter.Person, "du", string(filter.From), "au", string(filter.To)}
	p := views.ReadsPage{Frame: s.frame(c, v, "Consultations", ""), Kind: filter.Kind, Form: filled(f), File: views.Address("/administration/consultations.csv", same...)}
	if len(lines) > readsShown {
		lines = lines[:readsShown]
		p.Next = views.Address("/administration/consultations", append(same, "avant", string(lines[readsShown-1].ID))...)
	}
	p.Lines = readLines(lines)
	return page(c, views.Reads(p))
}

func readFilter(f *form) db.ReadFilter {
	return db.ReadFilter{
		Kind: among(f.typed.Get("quoi"), app.ReadKinds), Actor: cut(f.line("qui", 200), 200), Person: cut(f.line("personne", 200), 200),
		From: f.date("du"), To: f.date("au"), Before: app.ReadID(cut(f.line("avant", 40), 40)),
	}
}

func readLines(lines []db.ReadLine) []views.ReadLine {
	all := make([]views.ReadLine, len(lines))
	for i, l := range lines {
		all[i] = views.ReadLine(l)
	}
	return all
}

// readsFile is the trace as a file; that it was taken is a line of it.
func (s *server) readsFile(c *gin.Context, v app.Viewer) error {
	lines, err := s.DB.Reads(c.Request.Context(), v, readFilter(queryOf(c)), true, readsFiled)
	if err != nil {
		return err
	}
	if err := s.trace(c, v, app.Read{Kind: app.SawExport, Detail: "la trace des consultations"}); err != nil {
		return err
	}
	return spreadsheet(c, "consultations", views.ReadColumns, func(row func(...string) error) error {
		for _, l := range lines {
			if err := row(views.ReadCells(views.ReadLine(l))...); err != nil {
				return err
			}
		}
		return nil
	})
}

// personReadsPage is who was shown what is known of one person.
func (s *server) personReadsPage(c *gin.Context, v app.Viewer) error {
	before := app.ReadID(cut(c.Query("avant"), 40))
	r, lines, err := s.DB.ReadsOf(c.Request.Context(), v, app.PersonID(c.Param("id")), before, readsShown+1, s.Now())
	if err != nil {
		return err
	}
	p := views.PersonReadsPage{Frame: s.frame(c, v, "Qui a consulté", directorySection), Person: r.ID, Name: r.Name()}
	if len(lines) > readsShown {
		lines = lines[:readsShown]
		p.Next = views.Address("/personnes/"+string(r.ID)+"/consultations", "avant", string(lines[readsShown-1].ID))
	}
	p.Lines = readLines(lines)
	return page(c, views.PersonReads(p))
}
