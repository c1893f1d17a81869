package web

import (
	"cmp"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/views"
)

// addedPerson stands for somebody who is not in the directory yet.
const addedPerson = "nouvelle"

func (s *server) newAccountPage(c *gin.Context, v app.Viewer) error {
	f := queryOf(c)
	if f.typed.Get("personne") == "" {
		return s.inviteeSearch(c, v, f)
	}
	p, err := s.newAccount(c, v, f, false)
	if err != nil {
		return err
	}
	if p.Account != "" {
		return s.toAccount(c, v, p.Account)
	}
	return either(c, views.NewAccount(p), views.PickerChoices(p.Picker))
}

// toAccount leads to the account that somebody has already, if v may see it.
func (s *server) toAccount(c *gin.Context, v app.Viewer, id app.AccountID) error {
	_, err := s.DB.Account(c.Request.Context(), v, id, s.Now())
	if app.KindOf(err) == app.NotFound {
		return app.Errorf(app.Conflict, "Cette personne a déjà un compte, que tient l’administration de l’instance.")
	}
	if err != nil {
		return err
	}
	return redirect(c, "/administration/comptes/"+pathEscape(string(id)))
}

// keepsAccountOf reports whether v sees the account that a person has, or may open one.
func (s *server) keepsAccountOf(c *gin.Context, v app.Viewer, id app.PersonID) (bool, error) {
	h, _, err := s.DB.Holder(c.Request.Context(), v, id, s.Now())
	if err == nil && h.Account != "" {
		_, err = s.DB.Account(c.Request.Context(), v, h.Account, s.Now())
	}
	if err != nil && app.KindOf(err) == app.NotFound {
		return false, nil
	}
	return err == nil, err
}

// inviteeSearch is the page before anybody is chosen.
func (s *server) inviteeSearch(c *gin.Context, v app.Viewer, f *form) error {
	p := views.NewAccountPage{Frame: s.frame(c, v, "Ouvrir un compte", ""), Query: f.line("q", 200)}
	if app.Fold(p.Query) != "" {
		people, err := s.DB.Holders(c.Request.Context(), v, p.Query, s.Now(), choicesShown)
		if err != nil {
			return err
		}
		for _, h := range people {
			choice := views.PersonChoice{ID: h.ID, Name: h.Name(), Account: h.Account != ""}
			if len(h.Positions) > 0 {
				choice.Structure = h.Positions[0].Name
			}
			p.People = append(p.People, choice)
		}
	}
	return either(c, views.NewAccount(p), views.PeopleFound(p))
}

// newAccount is the form for the person of f, with what f holds; roles is whether they
// were chosen in it already.
func (s *server) newAccount(c *gin.Context, v app.Viewer, f *form, roles bool) (views.NewAccountPage, error) {
	person := f.line("personne", 40)
	p := views.NewAccountPage{Frame: s.frame(c, v, "Ouvrir un compte", ""), Person: person, MayMake: v.MayAdminister(), Admin: f.ticked(toMake)}
	territories, err := s.grantable(c, v)
	if err != nil {
		return p, err
	}
	asked := app.Account{}.WithGrants(grants(f))
	if person == addedPerson {
		asked.Organisations[""] = app.Role(f.typed.Get(onStructure))
		if !roles {
			asked.Organisations[""] = app.Referent
		}
		p.Choices = []views.RoleChoice{{Field: onStructure, Of: "Dans sa structure", Options: views.RoleOptions(views.OrganisationRoles, asked.Organisations[""])}}
		p.Choices = append(p.Choices, choices(v, asked, nil, nil, territories)...)
		p.Form = filled(f)
		p.Picker, err = s.structurePicker(c, v, f)
		return p, err
	}
	h, parts, err := s.DB.Holder(c.Request.Context(), v, app.PersonID(person), s.Now())
	if err != nil {
		return p, err
	}
	p.Name, p.Account, p.Functions = h.Name(), h.Account, functions(h.Positions)
	if err := s.trace(c, v, app.Read{Kind: app.SawAccounts}, app.PersonID(person)); err != nil {
		return p, err
	}
	if !roles {
		f.typed.Set("courriel", cmp.Or(f.typed.Get("courriel"), h.Email))
		if len(h.Positions) > 0 {
			asked.Organisations[h.Positions[0].Organisation] = app.Referent
		}
	}
	p.Form = filled(f)
	p.Choices = choices(v, asked, h.Positions, parts, territories)
	return p, nil
}

func (s *server) structurePicker(c *gin.Context, v app.Viewer, f *form) (views.Picker, error) {
	p := views.StructurePicker("/administration/comptes/nouveau?personne=" + addedPerson)
	p.Query, p.Chosen, p.Error = f.line("cherche", 100), f.line("structure", 40), f.fields["structure"]
	if !v.MayCoordinate(v.Territory) {
		return p, nil
	}
	ctx := c.Request.Context()
	if p.Chosen != "" {
		chosen, err := s.DB.Employer(ctx, v, app.OrganisationID(p.Chosen))
		if app.KindOf(err) != app.NotFound || err == nil {
			if err != nil {
				return p, err
			}
			p.Options = append(p.Options, structureOption(chosen))
		}
	}
	if app.Fold(p.Query) == "" {
		return p, nil
	}
	found, err := s.DB.Employers(ctx, v, p.Query, choicesShown)
	for _, o := range found {
		if string(o.ID) != p.Chosen {
			p.Options = append(p.Options, structureOption(o))
		}
	}
	return p, err
}

func structureOption(o app.Organisation) views.Option {
	return views.Option{Value: string(o.ID), Label: o.Name, Hint: o.CommuneName}
}

// openAccount opens an account and invites its person, or searches a structure when
// that button was used.
func (s *server) openAccount(c *gin.Context, v app.Viewer) error {
	f := formOf(c)
	if f.typed.Get("personne") == "" {
		return errNoPage
	}
	if f.typed.Get("etape") == "chercher" {
		p, err := s.newAccount(c, v, f, true)
		if err != nil {
			return err
		}
		return page(c, views.NewAccount(p))
	}
	n := inviteeOf(f)
	n.Former = s.openedElsewhereLetter
	if f.err() == nil {
		token := secret.Token()
		id, err := s.DB.OpenAccount(c.Request.Context(), v, n, secret.Digest(token), s.invitation(v, token), s.Now())
		if err == nil {
			return s.opened(c, v, id, n, token)
		}
		if app.FieldsOf(err) == nil {
			return err
		}
		f.fields.Join(app.FieldsOf(err))
	}
	p, err := s.newAccount(c, v, f, true)
	if err != nil {
		return err
	}
	return render(c, statuses[app.Invalid], views.NewAccount(p))
}

// opened says that an account is open, and shows its link when no mail carries it.
func (s *server) opened(c *gin.Context, v app.Viewer, id app.AccountID, n db.Invitee, token string) error {
	if !s.Mails {
		r, err := s.DB.Account(c.Request.Context(), v, id, s.Now())
		if err != nil {
			return err
		}
		if shown, err := s.passLink(c, v, id, r.Name, n.Email, token, accountLink(id)); shown || err != nil {
			return err
		}
	}
	return s.done(c, accountLink(id).Href, "Le compte est ouvert. "+s.invitedWords(v, n.Email), "")
}

// invitedWords says where an invitation is on its way.
func (s *server) invitedWords(v app.Viewer, email string) string {
	switch {
	case s.Mails && email == "":
		return "L’invitation part à son adresse."
	case s.Mails:
		return "L’invitation part à " + email + "."
	case v.MayAdminister():
		return "Aucun serveur de courriel n’est réglé : l’invitation attend dans Administration › Courriels."
	}
	return "Aucun serveur de courriel n’est réglé : l’administration de l’instance lit le lien dans ses courriels."
}

// inviteeOf reads for whom an account is opened, and with which roles.
func inviteeOf(f *form) db.Invitee {
	n := db.Invitee{Email: app.FoldEmail(f.email("courriel")), Grants: grants(f)}
	if n.Email == "" {
		f.fields.Add("courriel", "Écrivez l’adresse à laquelle inviter.")
	}
	if person := f.line("personne", 40); person != addedPerson {
		n.Person.ID = app.PersonID(person)
	} else {
		n.Person.FirstName = f.needed("prenom", app.MaxPersonName, "Écrivez le prénom.")
		n.Person.LastName = f.needed("nom", app.MaxPersonName, "Écrivez le nom.")
		f.names(n.Person)
		n.Position.Organisation = app.OrganisationID(f.needed("structure", 40, "Cherchez la structure, puis choisissez-la dans la liste."))
		n.Position.Function = f.line("fonction", app.MaxFunction)
		for i, g := range n.Grants {
			if g.Territory == "" && g.Organisation == "" && g.Role != app.Administrator {
				n.Grants[i].Organisation = n.Position.Organisation
			}
		}
	}
	if len(n.Grants) == 0 {
		f.fields.Add("roles", "Donnez au moins un rôle : sans rôle, la personne ne verrait rien.")
	}
	return n
}
