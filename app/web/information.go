package web

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/views"
)

func (s *server) informationPage(c *gin.Context, v app.Viewer) error {
	text, own, err := s.DB.InformationNotice(c.Request.Context())
	if err != nil {
		return err
	}
	return s.informationWith(c, v, http.StatusOK, own, views.Field{Value: text})
}

func (s *server) informationWith(c *gin.Context, v app.Viewer, status int, own bool, text views.Field) error {
	p := views.InformationPage{Frame: s.frame(c, v, "Information des personnes", ""), Text: text, Own: own, Days: strconv.Itoa(int(app.InformAfter.Hours() / 24)), Link: s.BaseURL + "/mes-donnees/…", Now: s.Now()}
	var err error
	if p.Kept, err = s.DB.Retention(c.Request.Context()); err != nil {
		return err
	}
	if v.MayCoordinate(v.Territory) {
		if p.Otherwise, err = s.DB.ToldOtherwise(c.Request.Context(), v, s.Now()); err != nil {
			return err
		}
		if p.Leaving, err = s.DB.DueOtherwise(c.Request.Context(), v, s.Now()); err != nil {
			return err
		}
	}
	return render(c, status, views.Information(p))
}

func (s *server) writeInformation(c *gin.Context, v app.Viewer) error {
	f := formOf(c)
	typed := f.typed.Get("texte")
	if f.ticked("retablir") {
		typed = ""
	}
	err := s.DB.WriteInformationNotice(c.Request.Context(), v, typed, s.Now())
	if app.KindOf(err) == app.Invalid && err != nil {
		return s.informationWith(c, v, statuses[app.Invalid], true, views.Field{Value: typed, Error: app.FieldsOf(err)["texte"]})
	}
	if err != nil {
		return err
	}
	return s.done(c, "/administration/information", "Le texte est enregistré.", "")
}

func (s *server) noteInformed(c *gin.Context, v app.Viewer) error {
	if err := s.DB.NoteInformed(c.Request.Context(), v, app.PersonID(c.Param("id")), s.Now()); err != nil {
		return err
	}
	return s.done(c, "/administration/information", "C’est noté.", "")
}
