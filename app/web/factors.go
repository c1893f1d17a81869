package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/views"
)

// recoveryLength is how many signs a recovery code has: 50 random bits.
const recoveryLength = 10

var errWrongCode = app.InvalidField("code", "Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant, puis recopiez-le.")

// proofOf looks at a second factor that was typed for an account, a code of six digits or
// a recovery code, and returns it if it is right; whether it has served, the database says.
func (s *server) proofOf(ctx context.Context, account app.AccountID, typed string) (db.Proof, error) {
	code := app.FoldCode(typed)
	if code == "" {
		return db.Proof{}, app.InvalidField("code", "Recopiez le code.")
	}
	challenge, err := s.DB.AttemptCode(ctx, account, s.Now())
	if err != nil {
		return db.Proof{}, err
	}
	if len(code) == recoveryLength && challenge.Salt != "" {
		return db.Proof{Recovery: secret.HashCode(code, challenge.Salt)}, nil
	}
	if challenge.Sealed == "" {
		return db.Proof{}, errWrongCode
	}
	key, err := s.box.Open(challenge.Sealed, keyPurpose(account))
	if err != nil {
		s.Log.ErrorContext(ctx, "a key of an application of codes cannot be opened: is the secret of the instance still the same?", "account", account, "error", err)
		return db.Proof{}, app.InvalidField("code", "Les codes de votre application ne peuvent plus être vérifiés ici. Utilisez un code de secours, et prévenez l’administration.")
	}
	step, ok := secret.StepOf(key, code, s.Now())
	if !ok {
		return db.Proof{}, errWrongCode
	}
	return db.Proof{Step: step}, nil
}

// keyPurpose binds a sealed key to its account: moved to another's row, it opens nothing.
func keyPurpose(account app.AccountID) string { return "code factor of " + string(account) }

// enrolment is what shows a key for an application: the one that f carries, or a fresh one.
// Nothing is kept until a code proves that it arrived; the form carries the key, sealed.
func (s *server) enrolment(f *form, account app.AccountID, email string) views.EnrolPage {
	key, sealed := s.carried(f, account)
	if key == "" {
		key = secret.NewKey()
		sealed = s.box.Seal(key, offerPurpose(account))
	}
	host := strings.TrimPrefix(strings.TrimPrefix(s.BaseURL, "https://"), "http://")
	return views.EnrolPage{Key: key, Sealed: sealed, Address: secret.KeyAddress(key, "Maillage ("+host+")", email), Form: filled(f)}
}

func offerPurpose(account app.AccountID) string { return "code factor offered to " + string(account) }

func (s *server) carried(f *form, account app.AccountID) (key, sealed string) {
	sealed = f.typed.Get("cle")
	key, err := s.box.Open(sealed, offerPurpose(account))
	if err != nil {
		return "", ""
	}
	return key, sealed
}

// enrolled reads the form that confirms a key by a code, and makes recovery codes: what
// is kept of all that, and the codes to show once. What is wrong is in f.
func (s *server) enrolled(f *form, account app.AccountID) (e db.Enrolment, codes []string) {
	key, _ := s.carried(f, account)
	code := app.FoldCode(f.typed.Get("code"))
	step, ok := secret.StepOf(key, code, s.Now())
	switch {
	case key == "":
		f.fields.Add("code", "Cette page a trop attendu : ajoutez la nouvelle clé ci-dessus dans l’application.")
	case code == "":
		f.fields.Add("code", "Recopiez le code que l’application affiche.")
	case !ok:
		f.fields.Add("code", "Ce n’est pas le code attendu. Vérifiez que l’heure du téléphone est juste, puis recopiez le code affiché.")
	default:
		e = db.Enrolment{Sealed: s.box.Seal(key, keyPurpose(account)), Step: step}
		e.Recovery, codes = recovery()
	}
	return e, codes
}

// recovery makes a set of recovery codes: what is kept, and the codes to show once.
func recovery() (set db.RecoverySet, codes []string) {
	set.Salt = secret.Token()
	for range app.RecoveryCodes {
		code := secret.Code(recoveryLength)
		codes = append(codes, code)
		set.Hashes = append(set.Hashes, secret.HashCode(code, set.Salt))
	}
	return set, codes
}

// factorMail is the e-mail that tells a person of a change of how they prove themselves.
func (s *server) factorMail(c *gin.Context, what string) app.Mail {
	return views.FactorMail(what, device(c.Request.UserAgent()), s.BaseURL, s.Now())
}

// security returns how v's account proves itself.
func (s *server) security(c *gin.Context, v app.Viewer) (db.Security, error) {
	session, err := s.session(c)
	if err != nil {
		return db.Security{}, err
	}
	return s.DB.Security(c.Request.Context(), v, secret.Digest(session.ID))
}

// proved checks, before v changes how they prove themselves, that it is still them at the
// keyboard: they signed in a moment ago, or typed in the field "preuve" their password, a
// code of their application or a recovery code. What is wrong is in f.
func (s *server) proved(c *gin.Context, v app.Viewer, sec db.Security, f *form) error {
	typed, now, ctx := f.typed.Get("preuve"), s.Now(), c.Request.Context()
	if sec.Fresh(now) {
		return nil
	}
	if typed == "" || len(typed) > 4*app.MaxPassword {
		f.fields.Add("preuve", "Écrivez votre mot de passe ou un code.")
		return nil
	}
	err := s.limits.attempt(c.ClientIP(), now)
	if err == nil {
		err = s.provedBy(ctx, v, sec, typed)
	}
	if kind := app.KindOf(err); err != nil && kind != app.Invalid && kind != app.Throttled {
		return err
	}
	if err != nil {
		f.fields.Add("preuve", said(err, "code"))
	}
	return nil
}

// provedForm reads a form that changes how v proves themselves, and whether they proved it.
func (s *server) provedForm(c *gin.Context, v app.Viewer) (*form, error) {
	sec, err := s.security(c, v)
	if err != nil {
		return nil, err
	}
	f := formOf(c)
	return f, s.proved(c, v, sec, f)
}

func (s *server) provedBy(ctx context.Context, v app.Viewer, sec db.Security, typed string) error {
	if code := app.FoldCode(typed); sec.Factors.Any() && (len(code) == 6 || len(code) == recoveryLength) {
		proof, err := s.proofOf(ctx, v.Account, typed)
		if err == nil {
			err = s.DB.Spend(ctx, v, proof, s.Now())
		}
		if err == nil || !sec.Password || app.KindOf(err) != app.Invalid {
			return err
		}
	}
	address := secret.Digest(v.Email)
	_, hash, err := s.DB.Attempt(ctx, v.Email, address, s.Now())
	if err != nil {
		return err
	}
	if !secret.SamePassword(typed, hash) {
		return app.InvalidField("code", "Ce n’est pas votre mot de passe, ni un code valable.")
	}
	return s.DB.Forgive(ctx, v, address)
}

func (s *server) enrolPage(c *gin.Context, v app.Viewer) error {
	return s.enrolWith(c, v, http.StatusOK, &form{fields: app.Fields{}})
}

func (s *server) enrolWith(c *gin.Context, v app.Viewer, status int, f *form) error {
	sec, err := s.security(c, v)
	if err != nil {
		return err
	}
	if sec.Factors.Codes {
		return redirect(c, "/compte")
	}
	e := s.enrolment(f, v.Account, v.Email)
	e.Frame, e.Action, e.Proof = s.frame(c, v, "Codes d’une application", ""), "/compte/second-facteur", s.proofAsked(sec)
	return render(c, status, views.Enrol(e))
}

// proofAsked is what must be proved again before a change of factors.
func (s *server) proofAsked(sec db.Security) views.ProofAsked {
	return views.ProofAsked{Asked: !sec.Fresh(s.Now()), Password: sec.Password, Codes: sec.Factors.Codes, Recovery: sec.Recovery > 0}
}

func (s *server) enrolCodes(c *gin.Context, v app.Viewer) error {
	f, err := s.provedForm(c, v)
	if err != nil {
		return err
	}
	if f.err() != nil {
		return s.enrolWith(c, v, statuses[app.Invalid], f)
	}
	enrolment, codes := s.enrolled(f, v.Account)
	if f.err() != nil {
		return s.enrolWith(c, v, statuses[app.Invalid], f)
	}
	if err := s.DB.EnrolCodes(c.Request.Context(), v, enrolment, s.factorMail(c, views.CodesAdded), s.Now()); err != nil {
		return err
	}
	return page(c, views.Recovery(s.frame(c, v, "Codes de secours", ""), codes))
}

func (s *server) dropCodes(c *gin.Context, v app.Viewer) error {
	return s.changeFactors(c, v, "retrait", func(ctx context.Context) error {
		if err := s.DB.DropCodes(ctx, v, s.factorMail(c, views.CodesRemoved), s.Now()); err != nil {
			return err
		}
		return s.done(c, "/compte", "L’application ne donne plus de codes pour ce compte.", "")
	})
}

func (s *server) renewRecovery(c *gin.Context, v app.Viewer) error {
	return s.changeFactors(c, v, "secours", func(ctx context.Context) error {
		set, codes := recovery()
		if err := s.DB.RenewRecovery(ctx, v, set, s.factorMail(c, views.RecoveryRenewed), s.Now()); err != nil {
			return err
		}
		return page(c, views.Recovery(s.frame(c, v, "Codes de secours", ""), codes))
	})
}

// changeFactors runs a change of how v proves themselves, once v proved it is them; what
// is wrong is said on the page of the account, beside the form of that name.
func (s *server) changeFactors(c *gin.Context, v app.Viewer, name string, change func(context.Context) error) error {
	f, err := s.provedForm(c, v)
	if err != nil {
		return err
	}
	if err = f.err(); err == nil {
		err = change(c.Request.Context())
	}
	if kind := app.KindOf(err); err == nil || kind != app.Invalid && kind != app.Conflict {
		return err
	}
	return s.accountWith(c, v, statuses[app.KindOf(err)], accountForms{wrong: name, problem: said(err, "preuve")})
}
