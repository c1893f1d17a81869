package web

import (
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/db"
	"maillage/views"
)

func workshopOf(c *gin.Context) app.WorkshopID { return app.WorkshopID(c.Param("id")) }

func (s *server) invitationsPage(c *gin.Context, v app.Viewer) error {
	if wantsFragment(c) {
		var p views.InvitationsPage
		if err := s.candidates(c, v, &p, c.Request.URL.Query()); err != nil {
			return err
		}
		return page(c, views.Candidates(p.Candidates))
	}
	p, err := s.invitations(c, v, c.Request.URL.Query())
	if err != nil {
		return err
	}
	return page(c, views.Invitations(p))
}

// invitations gathers the page, with the choice that typed holds.
func (s *server) invitations(c *gin.Context, v app.Viewer, typed map[string][]string) (p views.InvitationsPage, err error) {
	w, invited, err := s.DB.Invitations(c.Request.Context(), v, workshopOf(c))
	if err != nil {
		return p, err
	}
	p = views.InvitationsPage{Frame: s.frame(c, v, "Invitations : "+w.Title, "/ateliers"), Workshop: w, Now: s.Now()}
	for _, i := range invited {
		p.Invited = append(p.Invited, views.InvitedStructure{
			Invitation: i.Invitation, Name: i.Name, Category: i.Category, Commune: i.Commune, Referents: i.Referents, Seated: i.Seated, Waiting: i.Waiting,
		})
	}
	if err := w.MayInvite(s.Now()); err != nil {
		p.Closed = err.Error()
		return p, nil
	}
	return p, s.candidates(c, v, &p, typed)
}

// candidates fills the list of organisations to invite: those that the choice finds
// and, before them, those that were ticked and that it does not find.
func (s *server) candidates(c *gin.Context, v app.Viewer, p *views.InvitationsPage, typed map[string][]string) error {
	f := &form{typed: typed, fields: app.Fields{}}
	choice := db.Choice{
		Query: query(f), Category: app.Category(f.line("categorie", 40)), Theme: app.Theme(f.line("theme", 40)), Commune: app.CommuneCode(f.line("commune", 10)),
	}
	w, found, err := s.DB.Candidates(c.Request.Context(), v, workshopOf(c), choice)
	if err != nil {
		return err
	}
	ticked := all[app.OrganisationID](f, "structures")
	if hidden := missing(ticked, found); len(hidden) > 0 {
		_, every, err := s.DB.Candidates(c.Request.Context(), v, w.ID, db.Choice{})
		if err != nil {
			return err
		}
		every = slices.DeleteFunc(every, func(o db.Candidate) bool { return !slices.Contains(hidden, o.ID) })
		found = append(every, found...)
	}
	l := views.CandidateList{Workshop: w, Query: choice.Query, Recruits: v.MayKeepAccounts(w.Territory)}
	l.Categories = views.TermOptions("Toutes", app.Categories, choice.Category)
	l.Themes = views.TermOptions("Tous", app.Themes, choice.Theme)
	if l.Communes, err = s.communeOptions(c, w.Territory, choice.Commune); err != nil {
		return err
	}
	for _, o := range found {
		l.Found = append(l.Found, views.CandidateRow{
			ID: o.ID, Name: o.Name, Category: o.Category, Commune: o.Commune, Referents: o.Referents, Invited: o.Invited, Ticked: slices.Contains(ticked, o.ID),
		})
	}
	p.Candidates = l
	return nil
}

// longestQuery is more than anybody types to find somebody, in characters.
const longestQuery = 80

// query reads what is searched; what follows the limit is left out.
func query(f *form) string {
	typed := []rune(app.Tidy(f.typed.Get("q")))
	return string(typed[:min(len(typed), longestQuery)])
}

// missing returns those of ticked that found does not hold.
func missing(ticked []app.OrganisationID, found []db.Candidate) []app.OrganisationID {
	return slices.DeleteFunc(slices.Clone(ticked), func(id app.OrganisationID) bool {
		return slices.ContainsFunc(found, func(o db.Candidate) bool { return o.ID == id })
	})
}

func (s *server) communeOptions(c *gin.Context, t app.TerritoryID, chosen app.CommuneCode) ([]views.Option, error) {
	communes, err := s.DB.CommunesOf(c.Request.Context(), t)
	if err != nil {
		return nil, err
	}
	return views.CommuneOptions("Toutes", communes, chosen), nil
}

func (s *server) invite(c *gin.Context, v app.Viewer) error {
	f := formOf(c)
	chosen := all[app.OrganisationID](f, "structures")
	found := strings.Fields(f.typed.Get("toutes"))
	if len(found) > maxValues {
		return errTooMany
	}
	for _, id := range found {
		chosen = append(chosen, app.OrganisationID(id))
	}
	n, err := s.DB.Invite(c.Request.Context(), v, workshopOf(c), chosen, s.invitationLetter, s.Now())
	if app.KindOf(err) == app.Invalid && err != nil {
		p, failed := s.invitations(c, v, f.typed)
		if failed != nil {
			return failed
		}
		p.Candidates.Problem = app.FieldsOf(err)["structures"]
		return render(c, statuses[app.Invalid], views.Invitations(p))
	}
	if err != nil {
		return err
	}
	notice := "Ces structures étaient déjà invitées."
	if n > 0 {
		notice = app.Count(n, "structure est invitée. Ses référent·e·s, s’il y en a, reçoivent un courriel.", "structures sont invitées. Leurs référent·e·s, s’il y en a, reçoivent un courriel.")
	}
	return s.done(c, "/ateliers/"+c.Param("id")+"/invitations", notice, "")
}

func (s *server) remind(c *gin.Context, v app.Viewer) error {
	reminded, mute, err := s.DB.Remind(c.Request.Context(), v, workshopOf(c), s.reminderLetter, s.Now())
	if err != nil {
		return err
	}
	notice := "Tout le monde a répondu, ou a déjà été relancé aujourd’hui."
	if reminded > 0 {
		notice = app.Count(reminded, "structure est relancée", "structures sont relancées") + "."
	}
	if mute > 0 {
		notice += " " + app.Count(mute, "n’a pas de référent·e : appelez-la, et répondez pour elle.", "n’ont pas de référent·e : appelez-les, et répondez pour elles.")
	}
	return s.done(c, "/ateliers/"+c.Param("id")+"/invitations", notice, "")
}

func (s *server) disinvite(c *gin.Context, v app.Viewer) error {
	if err := s.DB.Disinvite(c.Request.Context(), v, workshopOf(c), app.OrganisationID(c.Param("structure")), s.Now()); err != nil {
		return err
	}
	return s.done(c, "/ateliers/"+c.Param("id")+"/invitations", "L’invitation est retirée.", "")
}
