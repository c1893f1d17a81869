package web

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/secret"
	"maillage/views"
)

// accountForms is what is wrong with the forms of the page of one's own account.
type accountForms struct {
	password views.PasswordForm
	wrong    string // name of the form of factors that is wrong, or ""
	problem  string // what is wrong with it
	typed    string // new address
	address  string // what is wrong with it
}

func (s *server) accountPage(c *gin.Context, v app.Viewer) error {
	return s.accountWith(c, v, http.StatusOK, accountForms{})
}

func (s *server) accountWith(c *gin.Context, v app.Viewer, status int, forms accountForms) error {
	sessions, err := s.DB.Sessions(c.Request.Context(), v, s.Now())
	if err != nil {
		return err
	}
	sec, err := s.security(c, v)
	if err != nil {
		return err
	}
	current, err := s.session(c)
	if err != nil {
		return err
	}
	p := views.AccountPage{
		Frame: s.frame(c, v, "Mon compte", ""), Form: forms.password, Wrong: forms.wrong, Problem: forms.problem, Now: s.Now(),
		Address:  views.NewAddress{Typed: forms.typed, Wrong: forms.address},
		Password: sec.Password, CodesSince: sec.CodesSince, Recovery: sec.Recovery, Factors: sec.Factors, Proof: s.proofAsked(sec),
		Passkeys: sec.Passkeys, PasskeysPossible: s.keys != nil,
	}
	if s.keys != nil {
		p.Frame.Scripts = passkeyScripts
	}
	for _, one := range sessions {
		p.Devices = append(p.Devices, views.Device{ID: one.ID, Name: one.Device, Place: one.Place, Opened: one.Created, LastSeen: one.LastSeen, Current: one.ID == secret.Digest(current.ID)})
	}
	help, err := s.DB.Help(c.Request.Context(), v, s.Now())
	if err != nil {
		return err
	}
	p.Help = views.OwnHelp{CodeUntil: help.CodeUntil, Done: help.Done}
	for _, h := range help.Helpers {
		p.Help.Helpers = append(p.Help.Helpers, views.Helping(h))
	}
	if p.Identities, err = s.linkedIdentities(c, v); err != nil {
		return err
	}
	return render(c, status, views.Account(p))
}

func (s *server) changePassword(c *gin.Context, v app.Viewer) error {
	f := formOf(c)
	current, chosen := f.typed.Get("actuel"), f.typed.Get("nouveau")
	wrong := func(form views.PasswordForm) error {
		return s.accountWith(c, v, statuses[app.Invalid], accountForms{password: form})
	}
	sec, err := s.security(c, v)
	if err != nil {
		return err
	}
	if !sec.Password { // there is none to ask for: something else proves that it is them
		if err := s.proved(c, v, sec, f); err != nil {
			return err
		}
		if err := f.err(); err != nil {
			return s.accountWith(c, v, statuses[app.Invalid], accountForms{wrong: "mot-de-passe", problem: said(err, "preuve")})
		}
	}
	if err := app.CheckPassword(chosen, v.Name, v.Email); err != nil {
		return wrong(views.PasswordForm{ChosenProblem: err.Error()})
	}
	address := secret.Digest(v.Email)
	_, hash, err := s.DB.Attempt(c.Request.Context(), v.Email, address, s.Now())
	if err != nil {
		return err
	}
	if hash != "" && !secret.SamePassword(current, hash) {
		return wrong(views.PasswordForm{CurrentProblem: "Ce n’est pas votre mot de passe actuel."})
	}
	if hash != "" && chosen == current {
		return wrong(views.PasswordForm{ChosenProblem: "C’est votre mot de passe actuel : choisissez-en un autre."})
	}
	fresh, err := secret.HashPassword(chosen)
	if err != nil {
		return err
	}
	session, err := s.session(c)
	if err != nil {
		return err
	}
	mail := s.factorMail(c, views.PasswordChanged)
	if err := s.DB.ChangePassword(c.Request.Context(), v, fresh, secret.Digest(session.ID), address, mail, s.Now()); err != nil {
		return err
	}
	return s.done(c, "/compte", "Votre mot de passe est changé. Vos autres appareils sont déconnectés.", "")
}

func (s *server) endSession(c *gin.Context, v app.Viewer) error {
	if err := s.DB.EndSession(c.Request.Context(), v, strings.ToLower(c.Param("id"))); err != nil {
		return err
	}
	return s.done(c, "/compte", "Cet appareil est déconnecté.", "")
}

func (s *server) endOtherSessions(c *gin.Context, v app.Viewer) error {
	session, err := s.session(c)
	if err != nil {
		return err
	}
	if err := s.DB.EndOtherSessions(c.Request.Context(), v, secret.Digest(session.ID), s.Now()); err != nil {
		return err
	}
	return s.done(c, "/compte", "Tous vos autres appareils sont déconnectés.", "")
}
