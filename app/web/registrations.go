package web

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/db"
	"maillage/views"
)

func (s *server) registrationsPage(c *gin.Context, v app.Viewer) error {
	o := app.OrganisationID(c.Query("structure"))
	w, own, err := s.DB.AnswersOf(c.Request.Context(), v, workshopOf(c))
	if err != nil {
		return err
	}
	switch {
	case o == "" && v.MayInviteTo(w):
		return s.overview(c, v)
	case o == "" && len(own) == 0:
		return app.Errorf(app.Forbidden, "Cette page est celle des structures invitées ; vous n’êtes membre d’aucune.")
	case o == "":
		o = own[0].Organisation
	}
	panel, err := s.panel(c, v, o)
	if kind := app.KindOf(err); err != nil && (kind == app.NotFound || kind == app.Forbidden) { // a mail may be older than a merge
		heir, problem := s.DB.Heir(c.Request.Context(), v, o)
		if problem != nil {
			return problem
		}
		if heir != "" {
			return redirect(c, views.Address("/ateliers/"+pathEscape(c.Param("id"))+"/inscriptions", "structure", string(heir)))
		}
	}
	if err != nil {
		return err
	}
	named := make([]app.PersonID, len(panel.People))
	for i, k := range panel.People {
		named[i] = k.ID
	}
	if err := s.trace(c, v, app.Read{Kind: app.SawRegistrations, ThingID: c.Param("id")}, named...); err != nil {
		return err
	}
	return s.answering(c, v, own, panel, http.StatusOK)
}

// panel gathers what one organisation's answer says.
func (s *server) panel(c *gin.Context, v app.Viewer, o app.OrganisationID) (p views.AnswerPanel, err error) {
	w, comers, err := s.DB.Comers(c.Request.Context(), v, workshopOf(c), o, s.Now())
	if err != nil {
		return p, err
	}
	p = views.AnswerPanel{
		Workshop: w, Structure: o, Name: comers.Name, Invitation: comers.Invitation, Newcomer: views.NewcomerForm(app.Newcomer{}, nil),
		Comment: views.Field{Name: "commentaire", Label: "Votre mot", Value: comers.Invitation.Comment, Max: 1000},
	}
	switch err := w.MayAnswer(v, comers.Part, s.Now()); {
	case err != nil:
		p.Closed = err.Error()
	case comers.Archived:
		p.Closed = db.ErrArchived.Error()
	case comers.Invitation.ID == "" && !v.MayInviteTo(w):
		p.Closed = "Votre structure n’est pas invitée à cet atelier : demandez à la coordination."
	}
	for _, k := range comers.People {
		p.People = append(p.People, views.PersonComing{
			ID: k.Person, Name: k.Name, Function: k.Function, Registration: k.Registration.ID, State: k.Registration.State, Rank: k.Rank, Elsewhere: k.Elsewhere(o),
		})
	}
	return p, nil
}

// answering shows a panel, alone to HTMX, in its page to everyone else.
func (s *server) answering(c *gin.Context, v app.Viewer, own []db.Invited, panel views.AnswerPanel, status int) error {
	if wantsFragment(c) {
		return render(c, status, views.Answering(panel))
	}
	keeper, err := s.keeps(c.Request.Context(), v, panel.Workshop)
	if err != nil {
		return err
	}
	p := views.RegistrationsPage{Frame: s.frame(c, v, "Inscriptions : "+panel.Workshop.Title, "/ateliers"), Panel: panel, Keeper: keeper}
	for _, i := range own {
		p.Choice = append(p.Choice, views.Link{
			Href: "/ateliers/" + c.Param("id") + "/inscriptions?structure=" + queryEscape(string(i.Organisation)), Label: i.Name, Current: i.Organisation == panel.Structure,
		})
	}
	return render(c, status, views.Registrations(p))
}

// keeps reports whether v keeps the door of w.
func (s *server) keeps(ctx context.Context, v app.Viewer, w app.Workshop) (bool, error) {
	if v.MayCheckIn(w, nil) {
		return true, nil
	}
	animators, err := s.DB.Animators(ctx, w.ID)
	return v.MayCheckIn(w, animators), err
}

// answered tells what was done: the panel again to HTMX, by a redirect to everyone else.
func (s *server) answered(c *gin.Context, v app.Viewer, o app.OrganisationID, done string) error {
	if !wantsFragment(c) {
		return s.done(c, "/ateliers/"+c.Param("id")+"/inscriptions?structure="+queryEscape(string(o)), done, "")
	}
	panel, err := s.panel(c, v, o)
	if err != nil {
		return err
	}
	panel.Done = done
	return render(c, http.StatusOK, views.Answering(panel))
}

// unanswered shows the panel with what is wrong with the form that was sent; typed puts
// what was typed back in it.
func (s *server) unanswered(c *gin.Context, v app.Viewer, o app.OrganisationID, err error, typed func(*views.AnswerPanel)) error {
	if err == nil || app.KindOf(err) != app.Invalid {
		return err
	}
	_, own, failed := s.DB.AnswersOf(c.Request.Context(), v, workshopOf(c))
	if failed != nil {
		return failed
	}
	panel, failed := s.panel(c, v, o)
	if failed != nil {
		return failed
	}
	panel.Problem = err.Error()
	for _, field := range []string{"personnes", "collegue", "reponse"} {
		if said := app.FieldsOf(err)[field]; said != "" {
			panel.Problem = said
		}
	}
	typed(&panel)
	return s.answering(c, v, own, panel, statuses[app.Invalid])
}

func (s *server) answerInvitation(c *gin.Context, v app.Viewer) error {
	f := formOf(c)
	o, answer := app.OrganisationID(f.line("structure", 40)), app.Answer(f.line("reponse", 10))
	err := s.DB.Answer(c.Request.Context(), v, workshopOf(c), o, answer, f.typed.Get("commentaire"), s.seatLetter, s.Now())
	if err != nil {
		return s.unanswered(c, v, o, err, func(p *views.AnswerPanel) {
			p.Comment.Value, p.Comment.Error = f.typed.Get("commentaire"), app.FieldsOf(err)["commentaire"]
		})
	}
	if answer == app.Declined {
		return s.answered(c, v, o, "C’est noté : votre structure ne vient pas.")
	}
	return s.answered(c, v, o, "C’est noté : votre structure vient. Dites qui, ci-dessous.")
}

func newcomerOf(f *form) app.Newcomer {
	return app.Newcomer{
		FirstName: f.typed.Get(app.FieldFirstName), LastName: f.typed.Get(app.FieldLastName), Function: f.typed.Get(app.FieldFunction), Email: f.typed.Get(app.FieldEmail),
	}
}

func (s *server) register(c *gin.Context, v app.Viewer) error {
	f, ctx := formOf(c), c.Request.Context()
	o := app.OrganisationID(f.line("structure", 40))
	var seated, waiting int
	var err error
	if f.ticked("nouvelle") {
		seated, waiting, err = s.DB.RegisterNewcomer(ctx, v, workshopOf(c), o, newcomerOf(f), s.Now())
	} else {
		seated, waiting, err = s.DB.Register(ctx, v, workshopOf(c), o, all[app.PersonID](f, "personnes"), s.Now())
	}
	if err != nil {
		return s.unanswered(c, v, o, err, func(p *views.AnswerPanel) { p.Newcomer = views.NewcomerForm(newcomerOf(f), app.FieldsOf(err)) })
	}
	return s.answered(c, v, o, registered(seated, waiting))
}

func registered(seated, waiting int) string {
	switch {
	case seated+waiting == 0:
		return "C’était déjà fait : rien n’a changé."
	case waiting == 0:
		return app.Count(seated, "personne est inscrite", "personnes sont inscrites") + "."
	case seated == 0:
		return "L’atelier est complet : " + app.Count(waiting, "personne est", "personnes sont") + " sur la liste d’attente. Un courriel vous dira si une place se libère."
	}
	return app.Count(seated, "personne est inscrite", "personnes sont inscrites") + ", " + app.Count(waiting, "est", "sont") + " sur la liste d’attente."
}

func registrationOf(c *gin.Context) app.RegistrationID {
	return app.RegistrationID(c.Param("inscription"))
}

func (s *server) cancelRegistration(c *gin.Context, v app.Viewer) error {
	o := app.OrganisationID(formOf(c).line("structure", 40))
	if err := s.DB.CancelRegistration(c.Request.Context(), v, workshopOf(c), registrationOf(c), s.seatLetter, s.Now()); err != nil {
		return err
	}
	return s.answered(c, v, o, "La personne est désinscrite.")
}

func (s *server) substitute(c *gin.Context, v app.Viewer) error {
	f := formOf(c)
	o := app.OrganisationID(f.line("structure", 40))
	err := s.DB.Substitute(c.Request.Context(), v, workshopOf(c), registrationOf(c), app.PersonID(f.line("collegue", 40)), newcomerOf(f), s.Now())
	if err != nil {
		return s.unanswered(c, v, o, err, func(p *views.AnswerPanel) {
			p.Swapping, p.Newcomer = registrationOf(c), views.NewcomerForm(newcomerOf(f), app.FieldsOf(err))
		})
	}
	return s.answered(c, v, o, "La place est donnée.")
}

// overview shows who coordinates all the people of a workshop.
func (s *server) overview(c *gin.Context, v app.Viewer) error {
	ctx := c.Request.Context()
	door, err := s.DB.Door(ctx, v, workshopOf(c))
	if err != nil {
		return err
	}
	w := door.Workshop
	if err := s.trace(c, v, app.Read{Kind: app.SawRegistrations, ThingID: string(w.ID)}, door.People()...); err != nil {
		return err
	}
	p := views.OverviewPage{Frame: s.frame(c, v, "Inscriptions : "+w.Title, "/ateliers"), Workshop: w}
	if err := w.MayAnswer(v, app.Membership{}, s.Now()); err != nil {
		p.Closed = err.Error()
	}
	_, every, err := s.DB.Candidates(ctx, v, w.ID, db.Choice{})
	if err != nil {
		return err
	}
	for _, o := range every {
		label := o.Name
		if !o.Invited {
			label += " (non invitée)"
		}
		p.Structures = append(p.Structures, views.Option{Value: string(o.ID), Label: label})
	}
	for _, a := range door.Arrivals {
		p.People = append(p.People, views.Attendee{
			Name: a.Name(), Function: a.Function, Organisation: a.Organisation, Structure: a.Structure, State: a.State, WalkIn: a.WalkIn,
		})
	}
	return page(c, views.Overview(p))
}
