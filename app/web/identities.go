package web

import (
	"context"
	"errors"
	"net/url"
	"time"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/identity"
	"maillage/app/secret"
	"maillage/db"
	"maillage/views"
)

// ReturnPath is where people come back from the provider of identities; it is told the
// whole address, which it accepts no other than.
const ReturnPath = "/connexion/retour"

// What a browser keeps of a way by the provider: a secret while its person is there, and
// what signs them out there, which only the address of signing out is sent.
const (
	departureCookie = "maillage-depart"
	providerCookie  = "maillage-fournisseur"
	providerSession = 12 * time.Hour // how long ProConnect's last
)

var (
	errSilentProvider = "%s ne répond pas pour le moment. Réessayez dans une minute, ou recevez un lien par courriel."
	errUnverified     = "Ce que %s a répondu n’a pas pu être vérifié : personne n’est entré. Recommencez ; si cela se répète, prévenez l’administration."
	errLateCode       = "La réponse de %s a expiré ou a déjà servi. Recommencez : cela prend une minute."
	errGaveUp         = "%s ne vous a pas identifié·e. Recommencez, ou recevez un lien par courriel."
)

// door is the way in by the provider, as pages show it.
func (s *server) door() views.Door {
	if s.Provider == nil {
		return views.Door{}
	}
	return views.Door{Name: s.Provider.Name, Silent: s.Provider.Silent(s.Now())}
}

func (s *server) leaveToSignIn(c *gin.Context) error {
	left := db.Trip{Next: local(formOf(c).typed.Get("suite"))}
	err := s.leave(c, left)
	return s.signInAgain(c, left.Next, err)
}

// leaveToLink adds a way in: whoever asks proves first that it is still them.
func (s *server) leaveToLink(c *gin.Context, v app.Viewer) error {
	return s.changeFactors(c, v, "identite", func(context.Context) error {
		return s.leave(c, db.Trip{Account: v.Account, Next: "/compte"})
	})
}

// leave sends somebody to the provider. It is a page that leads there, and no redirection:
// our policy lets no form end on another site.
func (s *server) leave(c *gin.Context, left db.Trip) error {
	if s.Provider == nil {
		return errNoPage
	}
	now := s.Now()
	if err := s.limits.attempt(c.ClientIP(), now); err != nil {
		return err
	}
	state, kept := secret.Token(), secret.Token()
	address, err := s.Provider.Departure(c.Request.Context(), state, kept, now)
	if err != nil {
		return s.providerProblem(c, err)
	}
	if err := s.DB.Depart(c.Request.Context(), secret.Digest(state), secret.Digest(kept), left, now); err != nil {
		return err
	}
	s.keep(c, departureCookie, "/", kept, db.TripLife)
	c.Header("Refresh", "0;url="+address)
	return page(c, views.Leaving(s.outside(c, "Vers "+s.Provider.Name), s.Provider.Name, address, false))
}

// providerProblem says in words what went wrong with the provider, and the rest in the log.
func (s *server) providerProblem(c *gin.Context, err error) error {
	words := errUnverified
	switch {
	case errors.Is(err, identity.ErrSilent):
		words = errSilentProvider
	case errors.Is(err, identity.ErrLate):
		words = errLateCode
	}
	s.Log.WarnContext(c.Request.Context(), "identity provider", "id", requestID(c), "error", err)
	return app.Errorf(app.Conflict, words, s.Provider.Name)
}

// signInAgain shows the page of sign-in with what went wrong, if it is for the person to know.
func (s *server) signInAgain(c *gin.Context, next string, err error) error {
	kind := app.KindOf(err)
	if err == nil || kind == app.Internal || kind == app.NotFound {
		return err
	}
	return s.signInWith(c, statuses[kind], views.SignInForm{Next: next, Problem: err.Error()})
}

// comeBack is where the provider sends people back: it signs them in, or links their
// identity to the account they left from.
func (s *server) comeBack(c *gin.Context) error {
	if s.Provider == nil {
		return errNoPage
	}
	kept := s.kept(c, departureCookie, "/")
	s.keep(c, departureCookie, "/", "", 0)
	left, err := s.DB.ComeBack(c.Request.Context(), secret.Digest(c.Query("state")), secret.Digest(kept), s.Now())
	if err != nil {
		return s.signInAgain(c, "/", err)
	}
	who, idToken, err := s.told(c, kept)
	switch {
	case err == nil && left.Account != "":
		return s.linkIdentity(c, left, who)
	case err == nil:
		err = s.enter(c, left, who, idToken)
	case left.Account != "":
		return err
	}
	return s.signInAgain(c, left.Next, err)
}

// told asks the provider who came back, whom the settings must let in.
func (s *server) told(c *gin.Context, kept string) (who app.Identity, idToken string, err error) {
	if err := s.limits.attempt(c.ClientIP(), s.Now()); err != nil {
		return who, "", err
	}
	if problem := c.Query("error"); problem != "" || c.Query("code") == "" {
		s.Log.InfoContext(c.Request.Context(), "identity provider", "id", requestID(c), "error", firstRunes(problem, 60))
		return who, "", app.Errorf(app.Conflict, errGaveUp, s.Provider.Name)
	}
	if issuer := c.Query("iss"); issuer != "" && issuer != s.Provider.Issuer { // RFC 9207
		return who, "", app.Errorf(app.Conflict, errUnverified, s.Provider.Name)
	}
	who, idToken, err = s.Provider.Arrival(c.Request.Context(), c.Query("code"), kept, s.Now())
	if err != nil {
		return who, "", s.providerProblem(c, err)
	}
	return who, idToken, s.Provider.Doorway.Check(who)
}

func firstRunes(s string, n int) string {
	runes := []rune(app.Tidy(s))
	return string(runes[:min(n, len(runes))])
}

// enter signs in who came back.
func (s *server) enter(c *gin.Context, left db.Trip, who app.Identity, idToken string) error {
	mail := views.IdentityLinkedMail(s.Provider.Name, s.BaseURL+"/compte")
	viewer, err := s.begin(c, func(ctx context.Context, digest, device string) (app.Viewer, error) {
		return s.DB.SignInByIdentity(ctx, who, s.Provider.Name, mail, digest, device, s.Now())
	})
	if app.KindOf(err) == app.NotFound {
		return s.meet(c, who)
	}
	if err != nil {
		return err
	}
	if len(idToken) <= longestCookie {
		s.keep(c, providerCookie, "/deconnexion", idToken, providerSession)
	}
	return s.arrive(c, viewer, left.Next)
}

// linkIdentity links who came back to the account they left from, which must still be
// that of the browser.
func (s *server) linkIdentity(c *gin.Context, left db.Trip, who app.Identity) error {
	viewer, err := s.viewer(c)
	if err != nil {
		return err
	}
	if viewer.Account != left.Account {
		return app.Errorf(app.Conflict, "Vous n’êtes plus connecté·e au compte d’où vous êtes parti·e : rien n’a été relié.")
	}
	mail := views.IdentityLinkedMail(s.Provider.Name, s.BaseURL+"/compte")
	if err := s.DB.LinkIdentity(c.Request.Context(), viewer, who, s.Provider.Name, mail, s.Now()); err != nil {
		return err
	}
	return s.done(c, left.Next, "Votre identité "+s.Provider.Name+" est reliée à votre compte.", "")
}

// linkedIdentities are those that open v's account.
func (s *server) linkedIdentities(c *gin.Context, v app.Viewer) (views.Identities, error) {
	p := views.Identities{Door: s.door()}
	linked, err := s.DB.Identities(c.Request.Context(), v)
	for _, l := range linked {
		p.Linked = append(p.Linked, views.LinkedIdentity{ID: l.ID, Provider: s.providerName(l.Issuer), LinkedAt: l.LinkedAt, UsedAt: l.UsedAt})
	}
	return p, err
}

// providerName is the name of ours, and the host of another that was ours before.
func (s *server) providerName(issuer string) string {
	if s.Provider != nil && s.Provider.Issuer == issuer {
		return s.Provider.Name
	}
	if u, err := url.Parse(issuer); err == nil && u.Host != "" {
		return u.Host
	}
	return issuer
}

func (s *server) unlinkIdentity(c *gin.Context, v app.Viewer) error {
	id := app.IdentityID(c.Param("id"))
	linked, err := s.DB.Identities(c.Request.Context(), v)
	if err != nil {
		return err
	}
	name := ""
	for _, l := range linked {
		if l.ID == id {
			name = s.providerName(l.Issuer)
		}
	}
	if err := s.DB.UnlinkIdentity(c.Request.Context(), v, id, name, s.Now()); err != nil {
		return err
	}
	return s.done(c, "/compte", "Cette identité n’ouvre plus votre compte. Un lien par courriel l’ouvre toujours.", "")
}

// leaveProvider sends who signs out, and came by the provider, to sign out there too; it
// reports false when there is no need, or no way.
func (s *server) leaveProvider(c *gin.Context) (bool, error) {
	idToken := s.kept(c, providerCookie, "/deconnexion")
	if idToken == "" || s.Provider == nil {
		return false, nil
	}
	s.keep(c, providerCookie, "/deconnexion", "", 0)
	address := s.Provider.Leaving(c.Request.Context(), idToken, secret.Token(), s.BaseURL+"/connexion", s.Now())
	if address == "" {
		return false, nil
	}
	c.Header("Refresh", "0;url="+address)
	return true, page(c, views.Leaving(s.outside(c, "Déconnexion"), s.Provider.Name, address, true))
}
