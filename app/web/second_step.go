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

const secondStepPath = "/connexion/verification"

// arrive sends whoever came through begin where they wanted to go, or first to the second
// step of their sign-in.
func (s *server) arrive(c *gin.Context, v app.Viewer, next string) error {
	if v.SignedIn() {
		return redirect(c, next)
	}
	return redirect(c, views.Address(secondStepPath, "suite", local(next)))
}

// halfCookie holds the token of a sign-in that lacks its second step.
const halfCookie = "maillage-etape"

// keepHalf gives the browser the token of a sign-in that lacks its second step; "" takes
// it back.
func (s *server) keepHalf(c *gin.Context, token string) {
	s.keep(c, halfCookie, "/", token, db.EnrolmentLife)
}

// halfWay returns who gave a right first factor in this browser and must still take a
// second step, with the digest they are known by; nobody, with NoStep, otherwise.
func (s *server) halfWay(c *gin.Context) (h db.HalfWay, half string, err error) {
	token := s.kept(c, halfCookie, "/")
	if token == "" {
		return db.HalfWay{}, "", nil
	}
	half = secret.Digest(token)
	h, err = s.DB.HalfWay(c.Request.Context(), half, s.Now())
	return h, half, err
}

func (s *server) secondStepPage(c *gin.Context) error {
	h, _, err := s.halfWay(c)
	if err != nil {
		return err
	}
	return s.secondStepWith(c, h, http.StatusOK, &form{typed: c.Request.URL.Query(), fields: app.Fields{}})
}

// secondStepWith shows what h must still do, with what f holds; nobody half-way begins again.
func (s *server) secondStepWith(c *gin.Context, h db.HalfWay, status int, f *form) error {
	next := local(f.typed.Get("suite"))
	switch h.Step {
	case app.ProveStep:
		p := views.SecondStepPage{Frame: s.outside(c, "Vérification"), Next: next, Name: h.Name, Codes: h.Factors.Codes, Form: filled(f)}
		if p.Passkeys = s.keys != nil && h.Factors.Passkeys > 0; p.Passkeys {
			p.Frame.Scripts = passkeyScripts
		}
		return render(c, status, views.SecondStep(p))
	case app.EnrolStep:
		e := s.enrolment(f, h.Account, h.Email)
		e.Frame, e.Action, e.Next = s.outside(c, "Second facteur"), secondStepPath+"/application", next
		if e.Passkeys = s.keys != nil; e.Passkeys {
			e.Frame.Scripts = passkeyScripts
		}
		return render(c, status, views.EnrolFirst(e))
	}
	viewer, err := s.viewer(c)
	if err != nil {
		return err
	}
	if viewer.SignedIn() {
		return redirect(c, next)
	}
	return s.done(c, views.Address("/connexion", "suite", next), "Il faut recommencer : cette étape a attendu trop longtemps, ou a déjà servi.", "")
}

func (s *server) takeSecondStep(c *gin.Context) error {
	h, half, err := s.halfWay(c)
	if err != nil {
		return err
	}
	f := formOf(c)
	if h.Step != app.ProveStep {
		return s.secondStepWith(c, h, http.StatusOK, f)
	}
	field := "code"
	if f.typed.Has("secours") {
		field = "secours"
	}
	viewer, proof, err := s.prove(c, h, half, f.typed.Get(field))
	if kind := app.KindOf(err); err != nil && kind != app.Invalid && kind != app.Throttled && kind != app.Conflict {
		return err
	}
	if err != nil {
		f.fields.Add(field, said(err, "code"))
		if h, _, err := s.halfWay(c); err != nil || h.Step == app.NoStep {
			return s.secondStepWith(c, h, http.StatusOK, f)
		}
		return s.secondStepWith(c, h, statuses[app.KindOf(err)], f)
	}
	s.keepHalf(c, "")
	if proof.Recovery != "" {
		return s.done(c, local(f.typed.Get("suite")), "Vous êtes entré·e avec un code de secours : il ne servira plus. « Mon compte » dit combien il en reste, et les renouvelle.", "")
	}
	return s.arrive(c, viewer, f.typed.Get("suite"))
}

// prove signs in who is half-way by the code they typed.
func (s *server) prove(c *gin.Context, h db.HalfWay, half, code string) (v app.Viewer, proof db.Proof, err error) {
	if err := s.limits.attempt(c.ClientIP(), s.Now()); err != nil {
		return v, proof, err
	}
	if proof, err = s.proofOf(c.Request.Context(), h.Account, code); err != nil {
		return v, proof, err
	}
	v, err = s.begin(c, func(ctx context.Context, digest, device string) (app.Viewer, error) {
		return s.DB.Finish(ctx, half, proof, digest, device, s.Now())
	})
	return v, proof, err
}

// said is what an error says of a field, or of the whole.
func said(err error, field string) string {
	if message := app.FieldsOf(err)[field]; message != "" {
		return message
	}
	return err.Error()
}

func (s *server) enrolAtSignIn(c *gin.Context) error {
	h, half, err := s.halfWay(c)
	if err != nil {
		return err
	}
	f := formOf(c)
	if h.Step != app.EnrolStep {
		return s.secondStepWith(c, h, http.StatusOK, f)
	}
	enrolment, codes := s.enrolled(f, h.Account)
	if f.err() != nil {
		return s.secondStepWith(c, h, statuses[app.Invalid], f)
	}
	mail := s.factorMail(c, views.CodesAdded)
	_, err = s.begin(c, func(ctx context.Context, digest, device string) (app.Viewer, error) {
		return s.DB.FinishEnrolling(ctx, half, enrolment, mail, digest, device, s.Now())
	})
	if app.KindOf(err) == app.Conflict {
		return s.secondStepWith(c, db.HalfWay{}, http.StatusOK, f)
	}
	if err != nil {
		return err
	}
	s.keepHalf(c, "")
	return page(c, views.RecoveryFirst(s.outside(c, "Codes de secours"), codes, local(f.typed.Get("suite"))))
}
