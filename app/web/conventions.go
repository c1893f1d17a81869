package web

import (
	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/views"
)

const conventionSection = "/convention"

var errNoConvention = app.Errorf(app.NotFound, "Cette convention n’existe pas, ou n’existe plus.")

func (s *server) conventionPage(c *gin.Context, v app.Viewer) error {
	p, err := s.conventionOf(c, v)
	if err != nil {
		return err
	}
	if len(p.Conventions) == 0 {
		return page(c, views.NoConvention(s.frame(c, v, "Convention", conventionSection)))
	}
	p.Frame = s.frame(c, v, p.Convention.Name, conventionSection)
	if v.MayCoordinate(v.Territory) {
		if p.History, err = s.DB.History(c.Request.Context(), app.OfConvention, string(p.Convention.ID), historyShown); err != nil {
			return err
		}
	}
	return page(c, views.Convention(p))
}

func (s *server) conventionFile(c *gin.Context, v app.Viewer) error {
	p, err := s.conventionOf(c, v)
	if err != nil {
		return err
	}
	if len(p.Conventions) == 0 {
		return errNoConvention
	}
	return table(c, "convention", views.ConventionRows(p))
}

// conventionOf reads the convention that the address names, the current one when it names
// none, with what it gathered; without any in the territory the page is empty.
func (s *server) conventionOf(c *gin.Context, v app.Viewer) (p views.ConventionPage, err error) {
	ctx := c.Request.Context()
	p = views.ConventionPage{Now: s.Now()}
	if p.Conventions, err = s.DB.Conventions(ctx, v.Territory); err != nil {
		return p, err
	}
	at := app.CurrentConvention(p.Conventions, app.DateOf(p.Now))
	if id := c.Query("convention"); id != "" {
		at = -1
		for i, convention := range p.Conventions {
			if convention.ID == app.ConventionID(id) {
				at = i
			}
		}
		if at < 0 {
			return p, errNoConvention
		}
	}
	if at < 0 {
		return p, nil
	}
	p.Convention = p.Conventions[at]
	if p.Gathered, err = s.DB.Gathered(ctx, p.Convention.ID, p.Now); err != nil {
		return p, err
	}
	p.Meetings, err = s.DB.Meetings(ctx, v, p.Convention)
	return p, err
}
