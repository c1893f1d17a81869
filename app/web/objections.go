package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/views"
)

func (s *server) objectionsPage(c *gin.Context, v app.Viewer) error {
	return s.objectionsWith(c, v, http.StatusOK, "", views.Filled{})
}

func (s *server) objectionsWith(c *gin.Context, v app.Viewer, status int, at app.ObjectionID, form views.Filled) error {
	all, err := s.DB.Objections(c.Request.Context(), v, s.Now())
	if err != nil {
		return err
	}
	return render(c, status, views.Objections(views.ObjectionsPage{Frame: s.frame(c, v, "Demandes", ""), All: all, At: at, Form: form, Now: s.Now()}))
}

func (s *server) answerObjection(c *gin.Context, v app.Viewer) error {
	f, id := formOf(c), app.ObjectionID(cut(c.Param("id"), 40))
	decision := f.typed.Get("decision")
	err := s.DB.AnswerObjection(c.Request.Context(), v, id, decision == "accepter" || decision == "effacer", f.ticked("sur"), f.typed.Get("reponse"), views.ObjectionAnswerLetter, s.seatLetter, s.Now())
	if kind := app.KindOf(err); err != nil && (kind == app.Invalid || kind == app.Conflict) {
		return s.objectionsWith(c, v, statuses[kind], id, views.Filled{Typed: f.typed, Wrong: app.FieldsOf(err), Problem: err.Error()})
	}
	if err != nil {
		return err
	}
	told := "La réponse est envoyée."
	if decision == "effacer" {
		told = "La fiche est effacée, et la réponse envoyée. Il n’en reste ici que la ligne du journal."
	}
	return s.done(c, "/administration/demandes", told, "")
}
