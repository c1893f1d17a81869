package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/calendar"
	"maillage/db"
)

func (s *server) workshopsDiary(c *gin.Context, v app.Viewer) error {
	rows, err := s.everyWorkshop(c, v)
	if err != nil {
		return err
	}
	return s.diary(c, "", rows)
}

// diary sends workshops as iCalendar; title names the file of a single one.
func (s *server) diary(c *gin.Context, title string, rows []db.Scheduled) error {
	host := "maillage"
	if u, err := url.Parse(s.BaseURL); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	file := calendar.Calendar{Host: host, Stamp: s.Now(), Method: calendar.Publish}
	name := "atelier"
	if title == "" {
		file.Name, name = "Ateliers de la CTG", "ateliers"
	}
	for _, row := range rows {
		file.Events = append(file.Events, s.event(row))
	}
	var body bytes.Buffer
	if err := calendar.Write(&body, file); err != nil {
		return err
	}
	c.Header("Content-Disposition", `attachment; filename="`+name+`.ics"`)
	c.Data(http.StatusOK, "text/calendar; charset=utf-8", body.Bytes())
	return nil
}

func (s *server) event(row db.Scheduled) calendar.Event {
	w := row.Workshop
	status := calendar.Confirmed
	switch w.Status {
	case app.Draft:
		status = calendar.Tentative
	case app.Cancelled:
		status = calendar.Cancelled
	}
	description := w.Description
	if w.Agenda != "" {
		description += "\n\nOrdre du jour :\n" + w.Agenda
	}
	if w.Link != "" {
		description += "\n\nVisioconférence : " + w.Link
	}
	return calendar.Event{
		ID: string(w.ID), Sequence: w.Sequence, Status: status, Title: w.Title, Start: w.StartsAt, End: w.EndsAt,
		Place: w.Where(row.Commune), Description: strings.TrimSpace(description), URL: s.BaseURL + "/ateliers/" + string(w.ID), ModifiedAt: w.UpdatedAt,
	}
}
