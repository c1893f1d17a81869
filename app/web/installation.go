package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/france"
	"maillage/views"
)

// untilSetUp answers every page but the few that stand without data, as long as the
// database is empty, by where the set-up link is to be found.
func (s *server) untilSetUp(c *gin.Context) {
	if s.setUp.Load() || openBeforeSetUp(c.Request.URL.Path) {
		return
	}
	empty, err := s.DB.Vacant(c.Request.Context())
	switch {
	case err != nil:
		s.fail(c, err)
	case empty:
		c.Header("Retry-After", "60")
		s.send(c, http.StatusServiceUnavailable, views.NotSetUp(views.Frame{Title: "Installation à terminer"}))
	default:
		s.setUp.Store(true)
		return
	}
	c.Abort()
}

func openBeforeSetUp(path string) bool {
	switch path {
	case "/healthz", "/aide", "/sources", "/accessibilite":
		return true
	}
	return strings.HasPrefix(path, "/installation/")
}

func (s *server) setUpPage(c *gin.Context) error {
	if err := s.DB.SetUpOffered(c.Request.Context(), secret.Digest(c.Param("token")), s.Now()); err != nil {
		return err
	}
	p := s.setUpForm(c, queryOf(c))
	return either(c, views.SetUp(p), views.PickerChoices(p.Picker))
}

// setUpForm is the page with what f holds.
func (s *server) setUpForm(c *gin.Context, f *form) views.SetUpPage {
	token := c.Param("token")
	return views.SetUpPage{
		Frame:  views.Frame{Title: "Installer Maillage", Section: views.InstallSection},
		Token:  token,
		Picker: epciPicker(f, "/installation/"+pathEscape(token), nil),
		Form:   filled(f),
	}
}

// setUpInstance makes the instance, or searches an EPCI when that button was used.
func (s *server) setUpInstance(c *gin.Context) error {
	if err := s.limits.attempt(c.ClientIP(), s.Now()); err != nil {
		return err
	}
	link, ctx := secret.Digest(c.Param("token")), c.Request.Context()
	if err := s.DB.SetUpOffered(ctx, link, s.Now()); err != nil {
		return err
	}
	f := formOf(c)
	if f.typed.Get("etape") == "chercher" {
		return page(c, views.SetUp(s.setUpForm(c, f)))
	}
	opening := openingOf(f)
	founder, err := founderOf(f)
	if err != nil {
		return err
	}
	if f.err() != nil {
		return render(c, statuses[app.Invalid], views.SetUp(s.setUpForm(c, f)))
	}
	_, err = s.begin(c, func(ctx context.Context, digest, device string) (app.Viewer, error) {
		return s.DB.SetUp(ctx, link, opening, founder, digest, device, s.Now())
	})
	if err != nil {
		return err
	}
	return s.done(c, "/", "Maillage est installé. Voici par quoi commencer.", "")
}

// openingOf reads which EPCI was chosen and the convention it begins with.
func openingOf(f *form) app.Opening {
	epci, ok := france.EPCIByID(app.TerritoryID(f.typed.Get("epci")))
	if !ok {
		f.fields.Add("epci", "Cherchez votre intercommunalité, puis choisissez-la dans la liste.")
	}
	convention, err := app.NewConvention(epci.SIREN, f.line("convention", 150), f.date("debut"), f.date("fin"))
	f.fields.Join(app.FieldsOf(err))
	return app.Opening{
		Territory:   app.Territory{ID: epci.SIREN, Name: epci.Name, Population: epci.Population},
		Institution: epci.FullName(),
		Communes:    france.Around(epci.SIREN),
		Convention:  convention,
	}
}

// founderOf reads who sets the instance up; a password is hashed only when all else is right.
func founderOf(f *form) (db.Founder, error) {
	p := app.Person{
		FirstName: f.needed("prenom", app.MaxPersonName, "Écrivez votre prénom."),
		LastName:  f.needed("nom", app.MaxPersonName, "Écrivez votre nom."),
		Email:     app.FoldEmail(f.email("courriel")),
	}
	f.names(p)
	function := f.needed("fonction", app.MaxFunction, "Écrivez votre fonction.")
	if p.Email == "" {
		f.fields.Add("courriel", "Écrivez votre adresse électronique : elle servira à vous connecter.")
	}
	password := f.typed.Get("mot_de_passe")
	if err := app.CheckPassword(password, p.Name(), p.Email); err != nil {
		f.fields.Add("mot_de_passe", err.Error())
	}
	if f.err() != nil {
		return db.Founder{}, nil
	}
	hash, err := secret.HashPassword(password)
	return db.Founder{Person: p, Function: function, PasswordHash: hash}, err
}

// shownEPCIs is how many answers a search shows.
const shownEPCIs = 8

// epciPicker searches what was typed; the one chosen before stays in sight, and those
// of open cannot be chosen.
func epciPicker(f *form, action string, open map[app.TerritoryID]bool) views.Picker {
	p := views.EPCIPicker(action)
	p.Query, p.Error = f.line("cherche", 100), f.fields["epci"]
	chosen := app.TerritoryID(f.typed.Get("epci"))
	if e, ok := france.EPCIByID(chosen); ok && !open[chosen] {
		p.Chosen = string(chosen)
		p.Options = append(p.Options, epciOption(france.Match{EPCI: e}, false))
	}
	for _, m := range france.Search(p.Query, shownEPCIs) {
		if string(m.SIREN) != p.Chosen {
			p.Options = append(p.Options, epciOption(m, open[m.SIREN]))
		}
	}
	return p
}

func epciOption(m france.Match, open bool) views.Option {
	return views.EPCIOption(m.SIREN, m.FullName(), m.Department, m.Communes, m.Population, m.Commune, open)
}
