package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/views"
)

// erasable reports whether v may erase somebody.
func (s *server) erasable(c *gin.Context, v app.Viewer, id app.PersonID) (bool, error) {
	_, err := s.DB.Erasure(c.Request.Context(), v, id, s.Now())
	if kind := app.KindOf(err); err != nil && kind != app.Forbidden && kind != app.NotFound {
		return false, err
	}
	return err == nil, nil
}

func (s *server) erasurePage(c *gin.Context, v app.Viewer) error {
	return s.erasureWith(c, v, http.StatusOK, views.Filled{})
}

func (s *server) erasureWith(c *gin.Context, v app.Viewer, status int, form views.Filled) error {
	e, err := s.DB.Erasure(c.Request.Context(), v, app.PersonID(c.Param("id")), s.Now())
	if err != nil {
		return err
	}
	return render(c, status, views.Erasure(views.ErasurePage{
		Frame: s.frame(c, v, "Effacer "+e.Name(), directorySection), Person: e.Person, Account: e.Account != "",
		Positions: e.Positions, Coming: e.Coming, Presences: e.Presences, Mails: e.Mails, Obstacle: e.Obstacle, Form: form,
	}))
}

func (s *server) erasePerson(c *gin.Context, v app.Viewer) error {
	ctx, id, f := c.Request.Context(), app.PersonID(c.Param("id")), formOf(c)
	if _, err := s.DB.Erasure(ctx, v, id, s.Now()); err != nil {
		return err
	}
	if !f.ticked("confirmer") {
		f.fields.Add("confirmer", "Cochez cette case pour confirmer.")
		return s.erasureWith(c, v, statuses[app.Invalid], filled(f))
	}
	if err := s.DB.ErasePerson(ctx, v, id, s.seatLetter, s.Now()); err != nil {
		return err
	}
	if v.Person == id {
		return s.done(c, "/connexion", "Votre fiche et votre compte sont effacés.", "")
	}
	return s.done(c, "/structures", "La personne est effacée. Ses présences restent comptées, sans nom.", "")
}
