package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/db"
	"maillage/views"
)

func (s *server) departPage(c *gin.Context, v app.Viewer) error {
	o, err := s.seenTeam(c, v)
	if err != nil {
		return err
	}
	m, err := s.mateOf(c, v, o)
	if err != nil {
		return err
	}
	own := m.Account == v.Account
	if !own && !v.MayKeepTeam(o) {
		return errMayNot
	}
	title := "Retirer " + m.Name
	if own {
		title = "Quitter la structure"
	}
	return page(c, views.Depart(views.DepartPage{Frame: s.frame(c, v, title, directorySection), Organisation: o, Mate: m, Own: own}))
}

func (s *server) depart(c *gin.Context, v app.Viewer) error {
	o, err := s.seenTeam(c, v)
	if err != nil {
		return err
	}
	id := app.AccountID(c.Param("compte"))
	how := db.Departure{EndPosition: formOf(c).line("fonction", 10) == "finir", Mail: views.DepartMail(v.Name, o)}
	err = s.DB.RemoveTeammate(c.Request.Context(), v, o.ID, id, how, s.Now())
	if err == nil && id == v.Account {
		return s.done(c, "/", "Vous avez quitté « "+o.Name+" ».", "")
	}
	return s.onTeam(c, v, o, err, "L’accès est retiré.")
}

func (s *server) relayPage(c *gin.Context, v app.Viewer) error {
	return s.relayWith(c, v, http.StatusOK, views.Filled{})
}

func (s *server) relayWith(c *gin.Context, v app.Viewer, status int, form views.Filled) error {
	o, err := s.seenTeam(c, v)
	if err == nil && !v.May(app.HandOver, app.On{Organisations: []app.OrganisationID{o.ID}}) {
		err = errMayNot
	}
	if err != nil {
		return err
	}
	p := views.RelayPage{Frame: s.frame(c, v, "Passer la main", directorySection), Organisation: o, Form: form}
	if p.Mates, err = s.mates(c, v, o); err != nil {
		return err
	}
	return render(c, status, views.Relay(p))
}

func (s *server) handOver(c *gin.Context, v app.Viewer) error {
	o, err := s.keptTeam(c, v)
	if err != nil {
		return err
	}
	f := formOf(c)
	var how *db.Departure
	then := f.line("ensuite", 10)
	if then == "acces" || then == "partir" {
		how = &db.Departure{EndPosition: then == "partir"}
	}
	err = s.DB.HandOver(c.Request.Context(), v, o.ID, app.AccountID(f.line("relais", 40)), how, views.RelayMail(v.Name, o, s.BaseURL), s.Now())
	if wrong := app.FieldsOf(err); wrong != nil {
		return s.relayWith(c, v, statuses[app.Invalid], views.Filled{Typed: f.typed, Wrong: wrong, Problem: err.Error()})
	}
	if err == nil && how != nil {
		return s.done(c, "/", "La main est passée, et vous avez quitté « "+o.Name+" ».", "")
	}
	return s.onTeam(c, v, o, err, "La main est passée.")
}
