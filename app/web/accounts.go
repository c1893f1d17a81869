package web

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/secret"
	"maillage/views"
)

var errWrongPassword = "L’adresse ou le mot de passe n’est pas le bon. Vous pouvez aussi recevoir un lien de connexion par courriel."

func (s *server) signInPage(c *gin.Context) error {
	viewer, err := s.viewer(c)
	if err != nil {
		return err
	}
	if viewer.SignedIn() {
		return redirect(c, c.Query("suite"))
	}
	return s.signInWith(c, http.StatusOK, views.SignInForm{Next: local(c.Query("suite"))})
}

func (s *server) signInWith(c *gin.Context, status int, form views.SignInForm) error {
	f := s.outside(c, "Connexion")
	if form.Passkeys = s.keys != nil; form.Passkeys {
		f.Scripts = passkeyScripts
	}
	return render(c, status, views.SignIn(f, form))
}

// outside is what surrounds a page for whoever is not signed in.
func (s *server) outside(c *gin.Context, title string) views.Frame {
	f := views.Frame{Title: title, Demo: s.Demo, Door: s.door()}
	f.Notice, _ = s.notice(c)
	return f
}

// signIn takes a password, and sends a link to who gives none.
func (s *server) signIn(c *gin.Context) error {
	f := formOf(c)
	if f.typed.Get("mot_de_passe") == "" {
		return s.sendLink(c)
	}
	email, password, next := app.FoldEmail(f.typed.Get("courriel")), f.typed.Get("mot_de_passe"), local(f.typed.Get("suite"))
	viewer, err := s.tryPassword(c, email, password)
	if err == nil {
		return s.arrive(c, viewer, next)
	}
	if kind := app.KindOf(err); kind != app.Invalid && kind != app.Throttled {
		return err
	}
	again := views.SignInForm{Email: f.typed.Get("courriel"), Next: next, Problem: err.Error()}
	return s.signInWith(c, statuses[app.KindOf(err)], again)
}

// tryPassword signs in, or says what is wrong without telling whether the account exists.
func (s *server) tryPassword(c *gin.Context, email, password string) (nobody app.Viewer, err error) {
	now, ctx := s.Now(), c.Request.Context()
	if email == "" {
		return nobody, app.Errorf(app.Invalid, "Écrivez votre adresse.")
	}
	if len(email) > app.MaxEmail || len(password) > 4*app.MaxPassword {
		return nobody, app.Errorf(app.Invalid, "%s", errWrongPassword)
	}
	if err := s.limits.attempt(c.ClientIP(), now); err != nil {
		return nobody, err
	}
	address := secret.Digest(email)
	account, hash, err := s.DB.Attempt(ctx, email, address, now)
	if err != nil {
		return nobody, err
	}
	if !secret.SamePassword(password, hash) {
		return nobody, app.Errorf(app.Invalid, "%s", errWrongPassword)
	}
	return s.begin(c, func(ctx context.Context, digest, device string) (app.Viewer, error) {
		return s.DB.SignIn(ctx, account, address, digest, device, now)
	})
}

// linkPage asks for one more tap: programs that read mails open links by themselves,
// and would use this one up. A link that no longer serves says so at once.
func (s *server) linkPage(c *gin.Context) error {
	if err := s.DB.LinkStands(c.Request.Context(), secret.Digest(c.Param("token")), s.Now()); err != nil {
		return s.linkRefused(c, err)
	}
	return page(c, views.LinkArrived(s.outside(c, "Connexion"), c.Param("token")))
}

func (s *server) signInByLink(c *gin.Context) error {
	if err := s.limits.attempt(c.ClientIP(), s.Now()); err != nil {
		return err
	}
	viewer, err := s.begin(c, func(ctx context.Context, digest, device string) (app.Viewer, error) {
		return s.DB.SignInByLink(ctx, secret.Digest(c.Param("token")), digest, device, s.Now())
	})
	if err != nil {
		return s.linkRefused(c, err)
	}
	return s.arrive(c, viewer, "/")
}

// linkRefused offers another link in the place of one that no longer serves.
func (s *server) linkRefused(c *gin.Context, err error) error {
	if app.KindOf(err) != app.NotFound {
		return err
	}
	return s.signInWith(c, statuses[app.NotFound], views.SignInForm{Problem: err.Error()})
}

func (s *server) signOut(c *gin.Context) error {
	if err := s.end(c); err != nil {
		return err
	}
	if left, err := s.leaveProvider(c); left || err != nil {
		return err
	}
	return s.done(c, "/connexion", "Vous êtes déconnecté·e.", "")
}

func (s *server) switchTerritory(c *gin.Context, v app.Viewer) error {
	session, err := s.session(c)
	if err != nil {
		return err
	}
	territory := app.TerritoryID(formOf(c).line("territoire", 20))
	if err := s.DB.LookAt(c.Request.Context(), v, secret.Digest(session.ID), territory); err != nil {
		return err
	}
	return redirect(c, "/")
}
