package web

import (
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/db"
	"maillage/views"
)

const (
	workshopsSection = "/ateliers"
	workshopsAtOnce  = 40
	workshopsInAFile = 5000
)

// agendaOf reads the filters of the list from its address; what means nothing is left out.
func (s *server) agendaOf(c *gin.Context) (a db.Agenda, f views.AgendaFilter) {
	f = views.AgendaFilter{
		When: c.DefaultQuery("quand", "a-venir"), View: c.Query("vue"), Query: app.Tidy(c.Query("q")),
		Kind: among(c.Query("genre"), app.WorkshopKinds), Convention: c.Query("convention"), Phase: c.Query("phase"),
		Axis: c.Query("axe"), Theme: among(c.Query("theme"), app.Themes), Commune: c.Query("commune"), Status: c.Query("statut"), Month: c.Query("mois"),
	}
	a = db.Agenda{
		Kind: f.Kind, Convention: app.ConventionID(f.Convention), Phase: app.PhaseID(f.Phase), Axis: app.AxisID(f.Axis),
		Theme: f.Theme, Commune: app.CommuneCode(f.Commune), Status: app.WorkshopStatus(f.Status), Query: f.Query, After: app.WorkshopID(c.Query("apres")),
	}
	switch {
	case f.View == views.MonthView:
		f.Start = monthOf(f.Month, s.Now())
		a.From, a.To = f.Start, f.Start.AddDate(0, 1, 0)
	case f.When == "passes":
		a.Past = true
	case f.When == "tous":
	default:
		f.When, a.Coming = "a-venir", true
	}
	return a, f
}

// monthOf returns when a month begins in Paris, that of now when it is not readable.
func monthOf(month string, now time.Time) time.Time {
	if t, err := time.ParseInLocation("2006-01", month, app.Paris); err == nil && t.Year() >= 1990 && t.Year() < 2100 {
		return t
	}
	now = now.In(app.Paris)
	return time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, app.Paris)
}

func (s *server) workshopsPage(c *gin.Context, v app.Viewer) error {
	ctx, now := c.Request.Context(), s.Now()
	agenda, filter := s.agendaOf(c)
	limit := workshopsAtOnce
	if filter.View == views.MonthView {
		limit = 500
	}
	rows, err := s.DB.Workshops(ctx, v, agenda, limit+1, now)
	if err != nil {
		return err
	}
	p := views.WorkshopsPage{Frame: s.frame(c, v, "Ateliers", workshopsSection), Filter: filter, Now: now}
	if len(rows) > limit {
		rows = rows[:limit]
		p.More = string(rows[limit-1].Workshop.ID)
	}
	for _, row := range rows {
		p.Rows = append(p.Rows, views.WorkshopRow(row))
	}
	if p.Count, err = s.DB.CountWorkshops(ctx, v, agenda, now); err != nil {
		return err
	}
	if p.Conventions, err = s.DB.Conventions(ctx, v.Territory); err != nil {
		return err
	}
	if p.Communes, err = s.DB.WorkshopCommunes(ctx, v); err != nil {
		return err
	}
	p.Continued = agenda.After != ""
	if p.Continued && wantsFragment(c) {
		return render(c, http.StatusOK, views.MoreWorkshops(p))
	}
	if wantsFragment(c) {
		c.Header("HX-Replace-Url", p.Filter.Address())
	}
	return either(c, views.Workshops(p), views.WorkshopsFound(p))
}

// everyWorkshop reads all that the list would show, page after page.
func (s *server) everyWorkshop(c *gin.Context, v app.Viewer) ([]db.Scheduled, error) {
	agenda, _ := s.agendaOf(c)
	agenda.After = ""
	return s.DB.Workshops(c.Request.Context(), v, agenda, workshopsInAFile, s.Now())
}

func (s *server) workshopsFile(c *gin.Context, v app.Viewer) error {
	rows, err := s.everyWorkshop(c, v)
	if err != nil {
		return err
	}
	return spreadsheet(c, "ateliers", views.WorkshopColumns, func(row func(...string) error) error {
		for _, scheduled := range rows {
			if err := row(views.WorkshopCells(views.WorkshopRow(scheduled), s.Now())...); err != nil {
				return err
			}
		}
		return nil
	})
}

// workshopPage also answers /ateliers/:id.ics, which the router cannot tell apart.
func (s *server) workshopPage(c *gin.Context, v app.Viewer) error {
	id, diary := strings.CutSuffix(c.Param("id"), ".ics")
	g, err := s.DB.Gathering(c.Request.Context(), v, app.WorkshopID(id))
	if err != nil {
		return err
	}
	if diary {
		return s.diary(c, g.Workshop.Title, []db.Scheduled{g.Scheduled})
	}
	p := views.WorkshopPage{Frame: s.frame(c, v, g.Workshop.Title, workshopsSection), Now: s.Now(), Workshop: views.WorkshopRow(g.Scheduled), Convention: g.Convention, Animators: g.Animators, Present: g.Present}
	var noted []app.PersonID
	for _, delegation := range g.Structures {
		one := views.Delegation{Organisation: delegation.Organisation, Name: delegation.Name}
		for _, person := range delegation.People {
			one.People = append(one.People, views.Delegate(person))
			if person.State.Noted() {
				noted = append(noted, person.Person)
			}
		}
		p.Structures = append(p.Structures, one)
	}
	if err := s.trace(c, v, app.Read{Kind: app.SawAttendance, ThingID: id}, noted...); err != nil {
		return err
	}
	for _, mine := range g.Mine {
		p.Mine = append(p.Mine, views.OwnAnswer{Part: app.Membership{Organisation: mine.Organisation, Themes: mine.Themes}, Name: mine.Name, Answer: mine.Answer})
	}
	if v.MayKeep(g.Workshop) {
		if p.History, err = s.DB.History(c.Request.Context(), app.OfWorkshop, id, historyShown); err != nil {
			return err
		}
	}
	return page(c, views.Workshop(p))
}
