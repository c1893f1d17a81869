package web

import (
	"context"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"maillage/app"
	"maillage/db"
	"maillage/views"
)

func (s *server) askKey(c *gin.Context) error {
	if err := s.keysHere(c); err != nil {
		return untold(c, err)
	}
	options, session, err := s.keys.BeginDiscoverableLogin()
	if err != nil {
		return err
	}
	return s.ask(c, db.ToSignIn, "", session, options.Response)
}

// signed verifies the answer of a passkey to what was asked for a purpose, of an account or
// of whoever it is. It returns the key as it was and as it is now.
func (s *server) signed(c *gin.Context, purpose string, account app.AccountID) (before, after app.Passkey, err error) {
	if err := s.keysHere(c); err != nil {
		return before, after, err
	}
	ctx := c.Request.Context()
	answer, err := protocol.ParseCredentialRequestResponseBytes([]byte(formOf(c).typed.Get("reponse")))
	if err != nil {
		return before, after, s.keyRefused(c, err)
	}
	session, err := s.asked(ctx, answer.Response.CollectedClientData.Challenge, purpose, account)
	if err != nil {
		return before, after, err
	}
	owner := account
	if owner == "" {
		owner = app.AccountID(answer.Response.UserHandle)
	}
	holder, err := s.holder(ctx, owner, "", "")
	if err != nil {
		return before, after, err
	}
	var credential *webauthn.Credential
	if account == "" {
		_, credential, err = s.keys.ValidatePasskeyLogin(func(_, _ []byte) (webauthn.User, error) { return holder, nil }, session, answer)
	} else {
		credential, err = s.keys.ValidateLogin(holder, session, answer)
	}
	if err == nil && credential.Authenticator.CloneWarning {
		err = fmt.Errorf("the sign counter of passkey %s went back: it may have been copied", keyID(credential.ID))
	}
	if err != nil {
		return before, after, s.keyRefused(c, err)
	}
	for _, k := range holder.kept {
		if k.ID == keyID(credential.ID) {
			before, after = k, k
		}
	}
	after.Credential, err = credentialColumn(credential)
	return before, after, err
}

func (s *server) signInByKey(c *gin.Context) error {
	next := local(formOf(c).typed.Get("suite"))
	before, after, err := s.signed(c, db.ToSignIn, "")
	var viewer app.Viewer
	if err == nil {
		viewer, err = s.begin(c, func(ctx context.Context, digest, device string) (app.Viewer, error) {
			return s.DB.SignInByPasskey(ctx, before, after, digest, device, s.Now())
		})
	}
	if kind := app.KindOf(err); err != nil && kind != app.Internal {
		return s.signInWith(c, statuses[kind], views.SignInForm{Next: next, Problem: err.Error()})
	}
	if err != nil {
		return err
	}
	return s.arrive(c, viewer, next)
}

func (s *server) askSecondKey(c *gin.Context) error {
	h, _, err := s.halfWay(c)
	if err != nil {
		return err
	}
	if h.Step != app.ProveStep || h.Factors.Passkeys == 0 {
		return untold(c, app.Errorf(app.Conflict, "Cette connexion a attendu trop longtemps. Recommencez."))
	}
	if err := s.keysHere(c); err != nil {
		return untold(c, err)
	}
	holder, err := s.holder(c.Request.Context(), h.Account, h.Email, h.Name)
	if err != nil {
		return err
	}
	options, session, err := s.keys.BeginLogin(holder)
	if err != nil {
		return err
	}
	return s.ask(c, db.ToProveByKey, h.Account, session, options.Response)
}

func (s *server) takeSecondKey(c *gin.Context) error {
	h, half, err := s.halfWay(c)
	if err != nil {
		return err
	}
	f := formOf(c)
	if h.Step != app.ProveStep {
		return s.secondStepWith(c, h, http.StatusOK, f)
	}
	before, after, err := s.signed(c, db.ToProveByKey, h.Account)
	var viewer app.Viewer
	if err == nil {
		viewer, err = s.begin(c, func(ctx context.Context, digest, device string) (app.Viewer, error) {
			return s.DB.FinishByPasskey(ctx, half, before, after, digest, device, s.Now())
		})
	}
	if kind := app.KindOf(err); err != nil && kind != app.Internal {
		f.fields.Add("cle", err.Error())
		return s.secondStepWith(c, h, statuses[kind], f)
	}
	if err != nil {
		return err
	}
	s.keepHalf(c, "")
	return s.arrive(c, viewer, f.typed.Get("suite"))
}

// offerFirstKey is offerKey for whoever must have a second factor before anything else.
func (s *server) offerFirstKey(c *gin.Context) error {
	h, _, err := s.halfWay(c)
	if err != nil {
		return err
	}
	if h.Step != app.EnrolStep {
		return untold(c, app.Errorf(app.Conflict, "Cette connexion a attendu trop longtemps. Recommencez."))
	}
	if err := s.keysHere(c); err != nil {
		return untold(c, err)
	}
	return s.offer(c, h.Account, h.Email, h.Name)
}

// addFirstKey is addKey for whoever must have a second factor before anything else: it
// signs them in.
func (s *server) addFirstKey(c *gin.Context) error {
	h, half, err := s.halfWay(c)
	if err != nil {
		return err
	}
	f := formOf(c)
	if h.Step != app.EnrolStep {
		return s.secondStepWith(c, h, http.StatusOK, f)
	}
	set, codes := recovery()
	k, err := s.newKey(c, h.Account)
	if err == nil {
		mail := s.factorMail(c, views.PasskeyAdded)
		_, err = s.begin(c, func(ctx context.Context, digest, device string) (app.Viewer, error) {
			return s.DB.FinishAddingPasskey(ctx, half, k, set, mail, digest, device, s.Now())
		})
	}
	if kind := app.KindOf(err); err != nil && kind != app.Internal {
		f.fields.Add("cle-acces", err.Error())
		return s.secondStepWith(c, h, statuses[kind], f)
	}
	if err != nil {
		return err
	}
	s.keepHalf(c, "")
	return page(c, views.RecoveryFirst(s.outside(c, "Codes de secours"), codes, local(f.typed.Get("suite"))))
}
