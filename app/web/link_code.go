package web

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/views"
)

// linkCodeLength is how many signs the code of a sign-in link has: 40 random bits, of
// which a browser may try a dozen while they are worth something.
const linkCodeLength = 8

// askCookie holds the token of a browser that asked for a sign-in link.
const askCookie = "maillage-demande"

// asking is the token of a browser that asked for a sign-in link, "" when it did not.
func (s *server) asking(c *gin.Context) string { return s.kept(c, askCookie, "/") }

// sendLink sends a link, and a code by which the browser that asks gets in without it:
// the mail may be read on another device.
func (s *server) sendLink(c *gin.Context) error {
	now := s.Now()
	if err := s.limits.attempt(c.ClientIP(), now); err != nil {
		return err
	}
	f := formOf(c)
	email, next := app.FoldEmail(f.typed.Get("courriel")), local(f.typed.Get("suite"))
	if err := app.CheckEmail(email); err != nil {
		return s.signInWith(c, statuses[app.Invalid], views.SignInForm{Email: f.typed.Get("courriel"), Next: next, EmailProblem: err.Error()})
	}
	browser := s.asking(c)
	if browser == "" {
		browser = secret.Token()
	}
	token, code := secret.Token(), secret.Code(linkCodeLength)
	key := db.LinkKey{Link: secret.Digest(token), Browser: secret.Digest(browser), Code: secret.Digest(browser + code)}
	mail := views.SignInMail(s.BaseURL+"/connexion/lien/"+token, code)
	if err := s.DB.SendLink(c.Request.Context(), email, key, mail, now); err != nil {
		return err
	}
	s.keep(c, askCookie, "/", browser, app.LinkLife)
	return s.linkSentWith(c, http.StatusOK, email, &form{typed: f.typed, fields: app.Fields{}})
}

func (s *server) linkSentWith(c *gin.Context, status int, email string, f *form) error {
	return render(c, status, views.LinkSent(views.LinkSentPage{
		Frame: s.outside(c, "Lien de connexion"), Email: email, Kept: !s.Mails, Next: local(f.typed.Get("suite")), Form: filled(f),
	}))
}

// linkCodePage is where the code is typed, found again.
func (s *server) linkCodePage(c *gin.Context) error {
	if s.asking(c) == "" {
		return s.done(c, views.Address("/connexion", "suite", local(c.Query("suite"))), "Demandez d’abord un lien : le code du courriel se tape dans le navigateur où il a été demandé.", "")
	}
	return s.linkSentWith(c, http.StatusOK, "", queryOf(c))
}

func (s *server) signInByCode(c *gin.Context) error {
	f := formOf(c)
	viewer, err := s.tryLinkCode(c, app.FoldCode(f.typed.Get("code")))
	switch kind := app.KindOf(err); {
	case err == nil:
		s.keep(c, askCookie, "/", "", 0)
		return s.arrive(c, viewer, f.typed.Get("suite"))
	case kind == app.Invalid || kind == app.Throttled:
		f.fields.Add("code", said(err, "code"))
		return s.linkSentWith(c, statuses[kind], app.FoldEmail(f.typed.Get("courriel")), f)
	case kind == app.NotFound:
		return s.signInWith(c, statuses[kind], views.SignInForm{Next: local(f.typed.Get("suite")), Problem: err.Error()})
	}
	return err
}

func (s *server) tryLinkCode(c *gin.Context, code string) (nobody app.Viewer, err error) {
	if err := s.limits.attempt(c.ClientIP(), s.Now()); err != nil {
		return nobody, err
	}
	if code == "" {
		return nobody, app.InvalidField("code", "Recopiez le code du courriel.")
	}
	asking := s.asking(c)
	browser := secret.Digest(asking)
	if err := s.DB.AttemptLinkCode(c.Request.Context(), browser, s.Now()); err != nil {
		return nobody, err
	}
	return s.begin(c, func(ctx context.Context, digest, device string) (app.Viewer, error) {
		return s.DB.SignInByCode(ctx, browser, secret.Digest(asking+code), digest, device, s.Now())
	})
}
