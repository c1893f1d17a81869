package web

import (
	"fmt"
	"net/url"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/views"
)

func (s *server) publishWorkshop(c *gin.Context, v app.Viewer) error {
	id := workshopOf(c)
	g, err := s.coordinated(c, v)
	if err != nil {
		return err
	}
	if err := s.DB.Publish(c.Request.Context(), v, id, s.Now()); err != nil {
		return err
	}
	if g.Workshop.Ended(s.Now()) {
		return s.done(c, "/ateliers/"+string(id)+"/presences", "C’est publié. Notez maintenant qui est venu.", "")
	}
	return s.done(c, "/ateliers/"+string(id)+"/invitations", "C’est publié. Invitez maintenant les structures.", "")
}

func (s *server) postponePage(c *gin.Context, v app.Viewer) error {
	g, err := s.coordinated(c, v)
	if err != nil {
		return err
	}
	if err := g.Workshop.MayMove(s.Now()); err != nil {
		return err
	}
	f := s.planFormOf(g)
	f.Frame = s.frame(c, v, "Reporter : "+g.Workshop.Title, workshopsSection)
	return page(c, views.PostponePage(f, g.Workshop))
}

func (s *server) postpone(c *gin.Context, v app.Viewer) error {
	g, err := s.coordinated(c, v)
	if err != nil {
		return err
	}
	f := formOf(c)
	from, to := f.span()
	if err = f.err(); err == nil {
		err = s.DB.Postpone(c.Request.Context(), v, g.Workshop.ID, from, to, s.postponedLetter, s.Now())
	}
	if app.FieldsOf(err) != nil {
		again := s.planFormOf(g)
		again.Frame = s.frame(c, v, "Reporter : "+g.Workshop.Title, workshopsSection)
		again.Typed, again.Errors, again.Message = f.typed, app.FieldsOf(err), err.Error()
		return render(c, statuses[app.Invalid], views.PostponePage(again, g.Workshop))
	}
	if err != nil {
		return err
	}
	return s.done(c, "/ateliers/"+string(g.Workshop.ID), fmt.Sprintf("C’est reporté au %s. Les structures invitées et les personnes inscrites sont prévenues.", views.Span(from, to)), "")
}

func (s *server) resumeWorkshop(c *gin.Context, v app.Viewer) error {
	id := workshopOf(c)
	if err := s.DB.Resume(c.Request.Context(), v, id, s.Now()); err != nil {
		return err
	}
	return s.done(c, "/ateliers/"+string(id), "Le brouillon est repris.", "")
}

func (s *server) cancelPage(c *gin.Context, v app.Viewer) error {
	g, err := s.coordinated(c, v)
	if err != nil {
		return err
	}
	f := views.PlanForm{Frame: s.frame(c, v, cancelTitle(g.Workshop), workshopsSection), Typed: url.Values{}}
	return page(c, views.CancelPage(f, g.Workshop))
}

func (s *server) cancelWorkshop(c *gin.Context, v app.Viewer) error {
	g, err := s.coordinated(c, v)
	if err != nil {
		return err
	}
	f := formOf(c)
	reason := f.text("motif", 1000)
	if err = f.err(); err == nil {
		err = s.DB.Cancel(c.Request.Context(), v, g.Workshop.ID, reason, s.cancelledLetter, s.Now())
	}
	if app.FieldsOf(err) != nil {
		again := views.PlanForm{Frame: s.frame(c, v, cancelTitle(g.Workshop), workshopsSection), Typed: f.typed, Errors: app.FieldsOf(err), Message: err.Error()}
		return render(c, statuses[app.Invalid], views.CancelPage(again, g.Workshop))
	}
	if err != nil {
		return err
	}
	path := "/ateliers/" + string(g.Workshop.ID)
	if g.Workshop.Status == app.Draft {
		return s.done(c, path, "Le brouillon est abandonné.", path+"/reprise")
	}
	return s.done(c, path, "La rencontre est annulée. Les structures invitées et les personnes inscrites sont prévenues.", "")
}

func cancelTitle(w app.Workshop) string {
	if w.Status == app.Draft {
		return "Abandonner : " + w.Title
	}
	return "Annuler : " + w.Title
}

func (s *server) duplicateWorkshop(c *gin.Context, v app.Viewer) error {
	id, err := s.DB.Duplicate(c.Request.Context(), v, workshopOf(c), s.Now())
	if err != nil {
		return err
	}
	return s.done(c, "/ateliers/"+string(id)+"/modifier", "Voici la copie, en brouillon : choisissez sa date.", "")
}
