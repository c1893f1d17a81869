package web

import (
	"bytes"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/print"
	"maillage/db"
)

// signInSheet prints the sheet to sign, or, once something was noted of a workshop that
// is over, what was noted; "vierge" asks for the one to sign all the same.
func (s *server) signInSheet(c *gin.Context, v app.Viewer) error {
	sheet, err := s.DB.SignInSheet(c.Request.Context(), v, workshopOf(c), s.Now())
	if err != nil {
		return err
	}
	paper := s.paperOf(sheet, c.Query("vierge") == "")
	var file bytes.Buffer
	if err := print.SignInSheet(&file, paper); err != nil {
		return err
	}
	name := "emargement-" + string(app.DateOf(sheet.Workshop.StartsAt)) + ".pdf"
	if err := s.trace(c, v, app.Read{Kind: app.SawSheet, ThingID: string(sheet.Workshop.ID)}, sheet.People()...); err != nil {
		return err
	}
	c.Header("Content-Disposition", `inline; filename="`+name+`"`)
	c.Data(http.StatusOK, "application/pdf", file.Bytes())
	return nil
}

// paperOf writes a sheet as it is printed, with what was noted if that is wanted.
func (s *server) paperOf(sheet db.Sheet, noted bool) print.Sheet {
	w := sheet.Workshop
	place := w.Where(sheet.Commune)
	if place == "" && w.Link != "" {
		place = "Visioconférence"
	}
	p := print.Sheet{
		Title: w.Title, Instance: w.Kind.Label(), Convention: sheet.Convention, Territory: sheet.Territory, Organiser: sheet.Host,
		Start: w.StartsAt.In(app.Paris), End: w.EndsAt.In(app.Paris), Place: place, Made: s.Now().In(app.Paris),
	}
	for _, a := range sheet.Animators {
		p.Animators = append(p.Animators, a.Name())
	}
	for _, a := range sheet.Arrivals {
		p.Recorded = p.Recorded || noted && w.Ended(s.Now()) && marks[a.State] != print.Unrecorded
	}
	for _, a := range sheet.Arrivals {
		if a.State == app.Waiting || !p.Recorded && a.State == app.Represented {
			continue
		}
		p.People = append(p.People, print.Attendee{
			LastName: a.LastName, FirstName: a.FirstName, Organisation: a.Structure, Function: a.Function,
			Attendance: marks[a.State], At: inParis(a.CheckedInAt), By: a.RepresentedBy, WalkIn: a.WalkIn,
		})
	}
	return p
}

// inParis is t as a clock there reads, or still the zero time.
func inParis(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(app.Paris)
}

// marks is how each state is printed; the others are not recorded.
var marks = map[app.Attendance]print.Attendance{
	app.Present: print.Present, app.Excused: print.Excused, app.Absent: print.Absent, app.Represented: print.Represented,
}
