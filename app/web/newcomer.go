package web

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/views"
)

// arrivalCookie binds to a browser what the provider told of who has no account.
const arrivalCookie = "maillage-arrivee"

// meet leads whom the provider knows, and who has no account, to where they ask for one.
func (s *server) meet(c *gin.Context, who app.Identity) error {
	kept := secret.Token()
	if err := s.DB.Arrive(c.Request.Context(), secret.Digest(kept), who, s.Now()); err != nil {
		return err
	}
	s.keep(c, arrivalCookie, "/", kept, db.ArrivalLife)
	return redirect(c, "/connexion/demande")
}

// arrival returns who arrived in this browser, and for whom they may work; the page of
// sign-in has already been shown to nobody.
func (s *server) arrival(c *gin.Context) (p views.NewcomerPage, kept string, err error) {
	if s.Provider == nil {
		return p, "", errNoPage
	}
	kept = s.kept(c, arrivalCookie, "/")
	p.Provider = s.Provider.Name
	p.Who, p.Employers, err = s.DB.Arrival(c.Request.Context(), secret.Digest(kept), s.Now())
	if app.KindOf(err) == app.NotFound && err != nil {
		err = app.Errorf(app.Conflict, "Cette page a attendu trop longtemps, ou votre demande est déjà partie. Au besoin, recommencez par %s.", s.Provider.Name)
	}
	return p, kept, err
}

func (s *server) newcomerPage(c *gin.Context) error {
	p, _, err := s.arrival(c)
	if err != nil {
		return s.signInAgain(c, "/", err)
	}
	p.Form.Typed = url.Values{app.FieldFirstName: {p.Who.FirstName}, app.FieldLastName: {p.Who.LastName}, "structure": {p.Who.Employer}}
	return s.newcomerWith(c, http.StatusOK, p)
}

func (s *server) newcomerWith(c *gin.Context, status int, p views.NewcomerPage) error {
	p.Frame = s.outside(c, "Demander un accès")
	if len(p.Employers) == 0 {
		var err error
		if p.Territories, err = s.territoryOptions(c, p.Form.Typed.Get("territoire")); err != nil {
			return err
		}
	}
	return render(c, status, views.AskAsNewcomer(p))
}

// askAsNewcomer files the request of who arrived: at once when the provider is believed
// about their address, and once they confirm it by mail otherwise. No account is opened.
func (s *server) askAsNewcomer(c *gin.Context) error {
	if err := s.limits.attempt(c.ClientIP(), s.Now()); err != nil {
		return err
	}
	p, kept, err := s.arrival(c)
	if err != nil {
		return s.signInAgain(c, "/", err)
	}
	f := formOf(c)
	r := s.requestOf(f, p)
	if err = f.err(); err == nil {
		err = s.file(c, r, p.Who.Vouched)
	}
	if app.FieldsOf(err) != nil {
		p.Form = views.Filled{Typed: f.typed, Wrong: app.FieldsOf(err), Problem: err.Error()}
		return s.newcomerWith(c, statuses[app.Invalid], p)
	}
	if err != nil {
		return err
	}
	if err := s.DB.Forget(c.Request.Context(), secret.Digest(kept)); err != nil {
		return err
	}
	s.keep(c, arrivalCookie, "/", "", 0)
	told := views.JoinNews{Frame: s.outside(c, "Votre demande est envoyée"), Words: []string{
		"La personne référente de votre structure, ou la coordination de la convention, est prévenue et vous répondra par courriel, à " + r.Who.Email + ".",
		"Une fois la demande acceptée, vous entrerez par " + s.Provider.Name + ". Sans réponse d’ici 30 jours, elle sera effacée ; vous pourrez la refaire.",
	}}
	if !p.Who.Vouched {
		told.Frame.Title = "Regardez vos courriels"
		told.Words = []string{"Un lien vient d’être envoyé à " + r.Who.Email + ". Ouvrez-le pour confirmer votre demande : personne n’est prévenu avant."}
	}
	return page(c, views.JoinTold(told))
}

// requestOf is the request that f and what the provider told make.
func (s *server) requestOf(f *form, p views.NewcomerPage) app.JoinRequest {
	r := app.JoinRequest{Who: newcomerOf(f), Word: f.text("mot", app.MaxWord), Vouched: p.Who.Told(s.Provider.Name)}
	if p.Who.Email != "" {
		r.Who.Email = p.Who.Email
	}
	if len(p.Employers) == 0 {
		r.Named, r.Territory = f.typed.Get("structure"), app.TerritoryID(f.line("territoire", 20))
		return r
	}
	chosen := app.OrganisationID(f.line("organisation", 40))
	for _, o := range p.Employers {
		if o.ID == chosen {
			r.Organisation = chosen
		}
	}
	if r.Organisation == "" {
		f.fields.Add("organisation", "Choisissez votre structure.")
	}
	return r
}

func (s *server) file(c *gin.Context, r app.JoinRequest, vouched bool) error {
	if vouched {
		return s.DB.FileJoinRequest(c.Request.Context(), r, s.requestLetter, s.Now())
	}
	token := secret.Token()
	return s.DB.AskToJoin(c.Request.Context(), r, secret.Digest(token), views.ConfirmMail(s.BaseURL+"/acces/"+token), s.Now())
}
