package web

import (
	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/views"
)

func (s *server) requirementPage(c *gin.Context, v app.Viewer) error {
	r, err := s.DB.Requirement(c.Request.Context(), v)
	if err != nil {
		return err
	}
	history, err := s.DB.History(c.Request.Context(), app.OfInstance, "instance", historyShown)
	if err != nil {
		return err
	}
	return page(c, views.Requirement(views.RequirementPage{
		Frame: s.frame(c, v, "Connexion", ""), Required: r.On, Concerned: r.Of, Without: r.Without, History: history,
	}))
}

func (s *server) require(c *gin.Context, v app.Viewer) error {
	on := formOf(c).ticked("exige")
	if err := s.DB.Require(c.Request.Context(), v, on, s.Now()); err != nil {
		return err
	}
	if on {
		return s.done(c, "/administration/connexion", "Le second facteur est exigé. Qui n’en a pas l’ajoute à sa prochaine connexion.", "")
	}
	return s.done(c, "/administration/connexion", "Le second facteur n’est plus exigé.", "")
}
