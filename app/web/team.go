package web

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/views"
)

// seenTeam returns a structure of which v may see who acts for it.
func (s *server) seenTeam(c *gin.Context, v app.Viewer) (app.Organisation, error) {
	o, err := s.DB.Organisation(c.Request.Context(), v, app.OrganisationID(c.Param("id")))
	if err == nil && !v.MaySeeTeam(o) {
		err = errMayNot
	}
	return o, s.toFormerMate(c, v, err)
}

// toFormerMate words for who left a structure why it is closed to them, and leaves any other
// refusal as it is: it tells nobody else that the structure exists.
func (s *server) toFormerMate(c *gin.Context, v app.Viewer, refusal error) error {
	if kind := app.KindOf(refusal); refusal == nil || kind != app.NotFound && kind != app.Forbidden {
		return refusal
	}
	name, err := s.DB.LeftOrganisation(c.Request.Context(), v, app.OrganisationID(c.Param("id")), s.Now())
	if app.KindOf(err) == app.NotFound {
		return refusal
	}
	if err != nil {
		return err
	}
	return app.Errorf(app.Forbidden, "Vous n’êtes plus membre de « %s ». Pour y revenir, demandez à sa personne référente de vous inviter.", name)
}

// keptTeam returns a structure of which v says who acts for it.
func (s *server) keptTeam(c *gin.Context, v app.Viewer) (app.Organisation, error) {
	o, err := s.seenTeam(c, v)
	if err == nil && !v.MayKeepTeam(o) {
		err = errMayNot
	}
	return o, err
}

func teamPath(o app.OrganisationID) string {
	return directorySection + "/" + pathEscape(string(o)) + "/membres"
}

func (s *server) teamPage(c *gin.Context, v app.Viewer) error {
	return s.teamWith(c, v, http.StatusOK, "")
}

func (s *server) teamWith(c *gin.Context, v app.Viewer, status int, problem string) error {
	ctx, now := c.Request.Context(), s.Now()
	o, err := s.seenTeam(c, v)
	if err != nil {
		return err
	}
	p := views.TeamPage{Frame: s.frame(c, v, "Membres "+app.Of(o.Name), directorySection), Organisation: o, Problem: problem, Now: now}
	if p.Mates, err = s.mates(c, v, o); err != nil {
		return err
	}
	if p.Requests, err = s.DB.JoinRequestsOf(ctx, v, o, now); err != nil {
		return err
	}
	known, err := s.DB.Unattached(ctx, v, o, now)
	if err != nil {
		return err
	}
	for _, k := range known {
		p.Known = append(p.Known, views.Member(k))
	}
	f := queryOf(c)
	page, _ := strconv.Atoi(f.typed.Get("page"))
	p.List(query(f), min(max(page, 1), 1000))
	shown := make([]app.PersonID, len(p.Listed))
	for i, m := range p.Listed {
		shown[i] = m.Person
	}
	if err := s.trace(c, v, app.Read{Kind: app.SawContacts, ThingID: string(o.ID)}, shown...); err != nil {
		return err
	}
	return render(c, status, views.Team(p))
}

func (s *server) mates(c *gin.Context, v app.Viewer, o app.Organisation) (all []views.Teammate, err error) {
	team, err := s.DB.Team(c.Request.Context(), v, o, s.Now())
	for _, m := range team {
		all = append(all, views.Teammate(m))
	}
	return all, err
}

// mateOf returns the member of a team that the address names.
func (s *server) mateOf(c *gin.Context, v app.Viewer, o app.Organisation) (views.Teammate, error) {
	team, err := s.mates(c, v, o)
	if err != nil {
		return views.Teammate{}, err
	}
	at := slices.IndexFunc(team, func(m views.Teammate) bool { return string(m.Account) == c.Param("compte") })
	if at < 0 {
		return views.Teammate{}, errNoPage
	}
	return team[at], nil
}

func (s *server) invitePage(c *gin.Context, v app.Viewer) error {
	o, err := s.keptTeam(c, v)
	if err != nil {
		return err
	}
	f := queryOf(c)
	p := views.InvitePage{Organisation: o, Person: app.PersonID(f.line("personne", 40)), Role: app.Colleague}
	if app.Role(f.typed.Get("role")) == app.Referent || p.Person != "" && !v.Is(o.ID) {
		p.Role = app.Referent
	}
	if p.Person != "" {
		r, err := s.DB.Person(c.Request.Context(), v, p.Person, s.Now())
		if err != nil {
			return err
		}
		if err := s.trace(c, v, app.Read{Kind: app.SawPerson, ThingID: string(r.ID)}, r.ID); err != nil {
			return err
		}
		f.typed.Set(app.FieldEmail, r.Email)
	}
	p.Form = views.Filled{Typed: f.typed}
	return s.inviteForm(c, v, http.StatusOK, p)
}

func (s *server) inviteForm(c *gin.Context, v app.Viewer, status int, p views.InvitePage) error {
	title := "Inviter dans la structure"
	if p.Person != "" {
		r, err := s.DB.Person(c.Request.Context(), v, p.Person, s.Now())
		if err != nil {
			return err
		}
		title = "Inviter " + r.Name()
	}
	p.Frame = s.frame(c, v, title, directorySection)
	return render(c, status, views.InviteMate(p))
}

func (s *server) inviteMate(c *gin.Context, v app.Viewer) error {
	o, err := s.keptTeam(c, v)
	if err != nil {
		return err
	}
	f, token := formOf(c), secret.Token()
	e := db.Entrant{Person: app.PersonID(f.line("personne", 40)), Who: newcomerOf(f), Role: app.Role(f.line("role", 20)), Ask: s.askLetter(v, token), Former: s.openedElsewhereLetter}
	a, err := s.DB.InviteTeammate(c.Request.Context(), v, o.ID, e, secret.Digest(token), s.welcome(v, token), s.Now())
	if kind := app.KindOf(err); err != nil && (kind == app.Invalid || kind == app.Conflict) {
		f.fields.Join(app.FieldsOf(err))
		again := views.InvitePage{Organisation: o, Person: e.Person, Role: e.Role, Form: views.Filled{Typed: f.typed, Wrong: f.fields, Problem: err.Error()}}
		return s.inviteForm(c, v, statuses[kind], again)
	}
	if err != nil {
		return err
	}
	return s.admitted(c, v, a, e.Who.Email, token, views.Link{Href: teamPath(o.ID), Label: "Membres"})
}

// welcome words the mail to who is given a role; token opens the account of who never
// signed in.
func (s *server) welcome(v app.Viewer, token string) db.Welcome {
	return func(o app.Organisation, fresh bool) app.Mail {
		link := ""
		if fresh {
			link = s.signInLink(token)
		}
		return views.WelcomeMail(v.Name, o, link, s.BaseURL)
	}
}

func (s *server) signInLink(token string) string { return s.BaseURL + "/connexion/lien/" + token }

// admitted says that somebody is invited, and shows the link to pass on when no mail leaves.
func (s *server) admitted(c *gin.Context, v app.Viewer, a db.Admission, email, token string, back views.Link) error {
	if a.Fresh && a.Account != "" {
		if shown, err := s.passLink(c, v, a.Account, a.Name, app.FoldEmail(email), token, back); shown || err != nil {
			return err
		}
	}
	if !a.Fresh {
		return s.done(c, back.Href, a.Name+" a maintenant cet accès, et en est prévenu·e par courriel.", "")
	}
	return s.done(c, back.Href, a.Name+" est invité·e. "+s.invitedWords(v, app.FoldEmail(email)), "")
}

// passLink shows once a link that no mail carries, if v may be shown it.
func (s *server) passLink(c *gin.Context, v app.Viewer, id app.AccountID, name, email, token string, back views.Link) (shown bool, err error) {
	if s.Mails {
		return false, nil
	}
	may, err := s.DB.LinkToPass(c.Request.Context(), v, id, s.Now())
	if err != nil || !may {
		return false, err
	}
	return true, page(c, views.PassLink(views.LinkToPass{Frame: s.frame(c, v, "Lien à transmettre", ""), Name: name, Email: email, Link: s.signInLink(token), Back: back}))
}

// onTeam goes back to the page of a team, which says what was done or why not.
func (s *server) onTeam(c *gin.Context, v app.Viewer, o app.Organisation, err error, done string) error {
	if kind := app.KindOf(err); err != nil && (kind == app.Conflict || kind == app.Invalid) {
		return s.teamWith(c, v, statuses[kind], err.Error())
	}
	if err != nil {
		return err
	}
	return s.done(c, teamPath(o.ID), done, "")
}

func (s *server) promote(c *gin.Context, v app.Viewer) error {
	o, err := s.keptTeam(c, v)
	if err != nil {
		return err
	}
	role := app.Role(formOf(c).line("role", 20))
	err = s.DB.Promote(c.Request.Context(), v, o.ID, app.AccountID(c.Param("compte")), role, s.Now())
	return s.onTeam(c, v, o, err, "Le rôle est changé.")
}

func (s *server) inviteMateAgain(c *gin.Context, v app.Viewer) error {
	o, err := s.keptTeam(c, v)
	if err != nil {
		return err
	}
	m, err := s.mateOf(c, v, o)
	if err != nil {
		return err
	}
	token := secret.Token()
	err = s.DB.InviteAgain(c.Request.Context(), v, m.Account, secret.Digest(token), views.WelcomeMail(v.Name, o, s.signInLink(token), s.BaseURL), s.Now())
	if err == nil {
		back := views.Link{Href: teamPath(o.ID), Label: "Membres"}
		if shown, err := s.passLink(c, v, m.Account, m.Name, m.Email, token, back); shown || err != nil {
			return err
		}
	}
	return s.onTeam(c, v, o, err, "Un nouveau lien est écrit à "+m.Name+" : les précédents ne servent plus. "+s.invitedWords(v, m.Email))
}
