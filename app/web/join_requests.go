package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/secret"
	"maillage/views"
)

// joinPage lets anybody find their structure and ask for an access. Of a structure only its
// name and where it is are told; how it is searched is db.PublicOrganisations.
func (s *server) joinPage(c *gin.Context) error {
	f := queryOf(c)
	p := views.JoinPage{Frame: s.outside(c, "Demander un accès"), Query: query(f), Unlisted: f.ticked("autre"), Form: views.Filled{Typed: f.typed}}
	switch id := app.OrganisationID(f.line("organisation", 40)); {
	case id != "":
		chosen, err := s.DB.PublicOrganisation(c.Request.Context(), id)
		if err != nil {
			return err
		}
		p.Chosen = views.PublicOrganisation(chosen)
	case p.Unlisted:
	case p.Query != "":
		if err := s.limits.attempt(c.ClientIP(), s.Now()); err != nil {
			return err
		}
		found, err := s.DB.PublicOrganisations(c.Request.Context(), p.Query)
		if err != nil {
			return err
		}
		p.Searched = true
		for _, o := range found {
			p.Found = append(p.Found, views.PublicOrganisation(o))
		}
	}
	return s.joinWith(c, http.StatusOK, p)
}

func (s *server) joinWith(c *gin.Context, status int, p views.JoinPage) error {
	if p.Unlisted {
		var err error
		if p.Territories, err = s.territoryOptions(c, p.Form.Typed.Get("territoire")); err != nil {
			return err
		}
	}
	return render(c, status, views.Join(p))
}

// territoryOptions are the territories to choose from, typed being chosen, or the only one.
func (s *server) territoryOptions(c *gin.Context, typed string) ([]views.Option, error) {
	territories, err := s.DB.Territories(c.Request.Context())
	options := []views.Option{{Label: "Choisissez"}}
	for _, t := range territories {
		chosen := string(t.ID) == typed || len(territories) == 1
		options = append(options, views.Option{Value: string(t.ID), Label: t.Name, Chosen: chosen})
	}
	return options, err
}

// askToJoin answers alike whether or not the address is known.
func (s *server) askToJoin(c *gin.Context) error {
	ctx, now := c.Request.Context(), s.Now()
	if err := s.limits.attempt(c.ClientIP(), now); err != nil {
		return err
	}
	f, token := formOf(c), secret.Token()
	r := app.JoinRequest{Who: newcomerOf(f), Word: f.typed.Get("mot")}
	unlisted := f.ticked("autre")
	if unlisted {
		r.Named, r.Territory = f.typed.Get("structure"), app.TerritoryID(f.line("territoire", 20))
	} else {
		r.Organisation = app.OrganisationID(f.line("organisation", 40))
	}
	err := s.DB.AskToJoin(ctx, r, secret.Digest(token), views.ConfirmMail(s.BaseURL+"/acces/"+token), now)
	if wrong := app.FieldsOf(err); wrong != nil {
		p := views.JoinPage{Frame: s.outside(c, "Demander un accès"), Unlisted: unlisted, Form: views.Filled{Typed: f.typed, Wrong: wrong, Problem: err.Error()}}
		if !unlisted {
			chosen, err := s.DB.PublicOrganisation(ctx, r.Organisation)
			if err != nil && app.KindOf(err) != app.NotFound {
				return err
			}
			p.Chosen = views.PublicOrganisation(chosen)
		}
		return s.joinWith(c, statuses[app.Invalid], p)
	}
	if err != nil {
		return err
	}
	told := views.JoinNews{Frame: s.outside(c, "Regardez vos courriels"), Words: []string{
		"Un lien vient d’être envoyé à " + app.FoldEmail(r.Who.Email) + ". Ouvrez-le pour confirmer votre demande : personne n’est prévenu avant.",
		"Rien au bout de dix minutes ? Regardez dans les indésirables. Une même adresse ne reçoit que quelques courriels par heure : refaites la demande dans une heure.",
	}}
	if !s.Mails {
		told.Words = append(told.Words, "Aucun serveur de courriel n’est réglé sur cette installation : l’administration lit les courriels dans Administration › Courriels.")
	}
	return page(c, views.JoinTold(told))
}

func (s *server) confirmPage(c *gin.Context) error {
	r, err := s.DB.JoinRequestToConfirm(c.Request.Context(), secret.Digest(c.Param("token")), s.Now())
	if err != nil {
		return s.notConfirmed(c, err)
	}
	return page(c, views.ConfirmJoin(views.ConfirmPage{Frame: s.outside(c, "Confirmez votre demande"), Token: c.Param("token"), Request: r}))
}

func (s *server) confirmJoin(c *gin.Context) error {
	if err := s.limits.attempt(c.ClientIP(), s.Now()); err != nil {
		return err
	}
	if _, err := s.DB.ConfirmJoinRequest(c.Request.Context(), secret.Digest(c.Param("token")), s.requestLetter, s.Now()); err != nil {
		return s.notConfirmed(c, err)
	}
	return page(c, views.JoinTold(views.JoinNews{Frame: s.outside(c, "Votre demande est envoyée"), Words: []string{
		"La personne référente de votre structure, ou la coordination de la convention, est prévenue et vous répondra par courriel.",
		"Sans réponse d’ici 30 jours, votre demande sera effacée ; vous pourrez la refaire.",
	}}))
}

// notConfirmed says why a link confirms nothing, and what to do then.
func (s *server) notConfirmed(c *gin.Context, err error) error {
	kind := app.KindOf(err)
	if kind != app.NotFound && kind != app.Conflict {
		return err
	}
	told := views.JoinNews{Frame: s.outside(c, "Demande d’accès"), Problem: err.Error(), Again: kind == app.NotFound, SignIn: kind == app.Conflict}
	return render(c, statuses[kind], views.JoinTold(told))
}

func (s *server) requestLetter(r app.JoinRequest, to string) app.Mail {
	return views.RequestMail(r, to, s.BaseURL)
}

// requestTasks are the requests that wait for v, as things to do.
func (s *server) requestTasks(c *gin.Context, v app.Viewer) ([]app.Task, error) {
	requests, err := s.DB.JoinRequestsToAnswer(c.Request.Context(), v, s.Now())
	tasks := make([]app.Task, len(requests))
	for i, r := range requests {
		tasks[i] = app.Task{Kind: app.AnswerRequest, Request: r.ID, Person: r.Who.Name(), Organisation: r.Organisation, Name: r.Named}
	}
	return tasks, err
}

func (s *server) requestPage(c *gin.Context, v app.Viewer) error {
	return s.requestWith(c, v, http.StatusOK, queryOf(c), "")
}

func (s *server) requestWith(c *gin.Context, v app.Viewer, status int, f *form, problem string) error {
	ctx, now := c.Request.Context(), s.Now()
	r, err := s.DB.JoinRequest(ctx, v, app.JoinRequestID(c.Param("id")), now)
	if err != nil {
		return err
	}
	p := views.RequestPage{
		Frame: s.frame(c, v, "Demande d’accès", ""), Request: r, Role: app.Role(f.typed.Get("role")), MayCreate: v.MayHere(app.KeepDirectory), Now: now,
		Form: views.Filled{Typed: f.typed, Wrong: f.fields, Problem: problem},
	}
	if p.Role == "" {
		p.Role = app.Referent
		if v.Is(r.Organisation) {
			p.Role = app.Colleague
		}
	}
	if r.Organisation == "" {
		if f.typed.Get("cherche") == "" && f.typed.Get("etape") == "" {
			f.typed.Set("cherche", cut(r.Named, 100))
		}
		if p.Picker, err = s.structurePicker(c, v, f); err != nil {
			return err
		}
		p.Picker.Action = "/demandes/" + pathEscape(string(r.ID))
	} else if p.Established, err = s.DB.Established(ctx, r.Organisation, r.Who, now); err != nil {
		return err
	}
	if wantsFragment(c) && status == http.StatusOK {
		return page(c, views.PickerChoices(p.Picker))
	}
	return render(c, status, views.Request(p))
}

func (s *server) acceptRequest(c *gin.Context, v app.Viewer) error {
	ctx, f := c.Request.Context(), formOf(c)
	if f.typed.Get("etape") == "chercher" {
		return s.requestWith(c, v, http.StatusOK, f, "")
	}
	r, err := s.DB.JoinRequest(ctx, v, app.JoinRequestID(c.Param("id")), s.Now())
	if err != nil {
		return err
	}
	token, id := secret.Token(), r.Organisation
	if id == "" {
		id = app.OrganisationID(f.line("structure", 40))
	}
	a, err := s.DB.AcceptJoinRequest(ctx, v, r.ID, id, app.Role(f.line("role", 20)), secret.Digest(token), s.welcome(v, token), s.Now())
	if kind := app.KindOf(err); err != nil && (kind == app.Invalid || kind == app.Conflict) {
		f.fields.Join(app.FieldsOf(err))
		return s.requestWith(c, v, statuses[kind], f, err.Error())
	}
	if err != nil {
		return err
	}
	return s.admitted(c, v, a, r.Who.Email, token, views.Link{Href: teamPath(id), Label: "Membres"})
}

func (s *server) refuseRequest(c *gin.Context, v app.Viewer) error {
	ctx, f := c.Request.Context(), formOf(c)
	r, err := s.DB.JoinRequest(ctx, v, app.JoinRequestID(c.Param("id")), s.Now())
	if err != nil {
		return err
	}
	word := f.text("mot", app.MaxWord)
	if err := f.err(); err != nil {
		return s.requestWith(c, v, statuses[app.Invalid], f, err.Error())
	}
	if err := s.DB.RefuseJoinRequest(ctx, v, r.ID, views.RefusalMail(r, word), s.Now()); err != nil {
		return err
	}
	return s.done(c, "/", "La demande "+app.Of(r.Who.Name())+" est refusée, et la personne en est prévenue.", "")
}
