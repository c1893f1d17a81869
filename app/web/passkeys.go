package web

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"

	"github.com/gin-gonic/gin"
	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/views"
)

var passkeyScripts = []string{"js/passkey.js"}

var errKeyRefused = app.Errorf(app.Invalid, "Cette clé d’accès n’est pas reconnue ici. Entrez par un autre moyen.")

// newKeys verifies passkeys for the site at an address: they are of its host, and sign
// for its origin alone. Browsers keep none for a number nor without https, but for the
// machine itself; there it is nil.
func newKeys(address string) (*webauthn.WebAuthn, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	_, notNumber := netip.ParseAddr(u.Hostname())
	if u.Hostname() == "" || notNumber == nil || u.Scheme != "https" && u.Hostname() != "localhost" {
		return nil, nil //nolint:nilnil // no passkeys at such an address
	}
	return webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: "Maillage", RPOrigins: []string{u.Scheme + "://" + u.Host},
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired,
		},
	})
}

// A keyHolder is an account as the verifier of passkeys knows it. Its handle is the id of
// the account, which says nothing of the person.
type keyHolder struct {
	account     app.AccountID
	email, name string
	kept        []app.Passkey
	credentials []webauthn.Credential
}

// WebAuthnID implements webauthn.User.
func (h keyHolder) WebAuthnID() []byte { return []byte(h.account) }

// WebAuthnName implements webauthn.User.
func (h keyHolder) WebAuthnName() string { return h.email }

// WebAuthnDisplayName implements webauthn.User.
func (h keyHolder) WebAuthnDisplayName() string { return h.name }

// WebAuthnCredentials implements webauthn.User.
func (h keyHolder) WebAuthnCredentials() []webauthn.Credential { return h.credentials }

// holder returns an account with its passkeys.
func (s *server) holder(ctx context.Context, account app.AccountID, email, name string) (keyHolder, error) {
	kept, err := s.DB.Passkeys(ctx, account)
	h := keyHolder{account: account, email: email, name: name, kept: kept, credentials: make([]webauthn.Credential, len(kept))}
	for i, k := range kept {
		if err := json.Unmarshal([]byte(k.Credential), &h.credentials[i]); err != nil {
			return h, fmt.Errorf("read passkey %s: %w", k.ID, err)
		}
	}
	return h, err
}

func keyID(raw []byte) app.PasskeyID {
	return app.PasskeyID(base64.RawURLEncoding.EncodeToString(raw))
}

// ask keeps what a passkey must sign and sends it, for a purpose and an account.
func (s *server) ask(c *gin.Context, purpose string, account app.AccountID, session *webauthn.SessionData, options any) error {
	data, err := json.Marshal(session)
	if err != nil {
		return err
	}
	if err := s.DB.Ask(c.Request.Context(), secret.Digest(session.Challenge), purpose, account, string(data), s.Now()); err != nil {
		return err
	}
	c.JSON(http.StatusOK, options)
	return nil
}

// asked reads what was asked of the passkey whose answer signs that challenge; it is used up.
func (s *server) asked(ctx context.Context, challenge, purpose string, account app.AccountID) (session webauthn.SessionData, err error) {
	data, err := s.DB.Asked(ctx, secret.Digest(challenge), purpose, account, s.Now())
	if err != nil {
		return session, err
	}
	return session, json.Unmarshal([]byte(data), &session)
}

// untold answers a script, which shows the message beside its button.
func untold(c *gin.Context, err error) error {
	kind := app.KindOf(err)
	if err == nil || kind == app.Internal {
		return err
	}
	c.JSON(statuses[kind], struct {
		Problem string `json:"erreur"`
	}{said(err, "preuve")})
	return nil
}

// keysHere refuses where the address of the site allows no passkeys, and slows down who tries many.
func (s *server) keysHere(c *gin.Context) error {
	if s.keys == nil {
		return app.Errorf(app.Conflict, "Les clés d’accès demandent une adresse en https.")
	}
	return s.limits.attempt(c.ClientIP(), s.Now())
}

// keyRefused tells apart what a key did wrong, which the person is told, from our own faults.
func (s *server) keyRefused(c *gin.Context, err error) error {
	if kind := app.KindOf(err); kind == app.Internal {
		s.Log.WarnContext(c.Request.Context(), "passkey refused", "id", requestID(c), "error", err)
		return errKeyRefused
	}
	return err
}

func credentialColumn(credential *webauthn.Credential) (string, error) {
	credential.Attestation = webauthn.CredentialAttestation{} // asked of nobody, read by nobody
	column, err := json.Marshal(credential)
	return string(column), err
}

// offerKey tells a new passkey what to sign, once v proved it is them.
func (s *server) offerKey(c *gin.Context, v app.Viewer) error {
	if err := s.keysHere(c); err != nil {
		return untold(c, err)
	}
	f, err := s.provedForm(c, v)
	if err != nil {
		return err
	}
	if err := f.err(); err != nil {
		return untold(c, err)
	}
	return s.offer(c, v.Account, v.Email, v.Name)
}

// offer tells a new passkey of an account what to sign; those it has need not answer.
func (s *server) offer(c *gin.Context, account app.AccountID, email, name string) error {
	holder, err := s.holder(c.Request.Context(), account, email, name)
	if err != nil {
		return err
	}
	options, session, err := s.keys.BeginRegistration(holder, webauthn.WithExclusions(webauthn.Credentials(holder.credentials).CredentialDescriptors()))
	if err != nil {
		return err
	}
	return s.ask(c, db.ToAddPasskey, account, session, options.Response)
}

// addKey keeps a new passkey; the first second factor of an account comes with recovery codes.
func (s *server) addKey(c *gin.Context, v app.Viewer) error {
	k, err := s.newKey(c, v.Account)
	if err != nil {
		return s.keyProblem(c, v, "cle", err)
	}
	sec, err := s.security(c, v)
	if err != nil {
		return err
	}
	var codes []string
	var set *db.RecoverySet
	if sec.Recovery == 0 {
		fresh, shown := recovery()
		set, codes = &fresh, shown
	}
	if err := s.DB.AddPasskey(c.Request.Context(), v, k, set, s.factorMail(c, views.PasskeyAdded), s.Now()); err != nil {
		return s.keyProblem(c, v, "cle", err)
	}
	if codes != nil {
		return page(c, views.Recovery(s.frame(c, v, "Codes de secours", ""), codes))
	}
	return s.done(c, "/compte", "La clé d’accès « "+k.Name+" » est ajoutée.", "")
}

// newKey verifies what a new passkey of an account signed.
func (s *server) newKey(c *gin.Context, account app.AccountID) (k app.Passkey, err error) {
	if err := s.keysHere(c); err != nil {
		return k, err
	}
	f, ctx := formOf(c), c.Request.Context()
	answer, err := protocol.ParseCredentialCreationResponseBytes([]byte(f.typed.Get("reponse")))
	if err != nil {
		return k, s.keyRefused(c, err)
	}
	session, err := s.asked(ctx, answer.Response.CollectedClientData.Challenge, db.ToAddPasskey, account)
	if err != nil {
		return k, err
	}
	credential, err := s.keys.CreateCredential(keyHolder{account: account}, session, answer)
	if err != nil {
		return k, s.keyRefused(c, err)
	}
	k = app.Passkey{ID: keyID(credential.ID), Account: account, Name: cut(f.line("nom", app.MaxPasskeyName), 2*app.MaxPasskeyName)}
	if k.Name == "" {
		k.Name = device(c.Request.UserAgent())
	}
	k.Credential, err = credentialColumn(credential)
	return k, err
}

func (s *server) keyProblem(c *gin.Context, v app.Viewer, name string, err error) error {
	if kind := app.KindOf(err); kind == app.Invalid || kind == app.Conflict || kind == app.Throttled {
		return s.accountWith(c, v, statuses[kind], accountForms{wrong: name, problem: said(err, "preuve")})
	}
	return err
}

func (s *server) dropKey(c *gin.Context, v app.Viewer) error {
	id := app.PasskeyID(c.Param("id"))
	return s.changeFactors(c, v, "cle-"+string(id), func(ctx context.Context) error {
		if err := s.DB.DropPasskey(ctx, v, id, s.factorMail(c, views.PasskeyRemoved), s.Now()); err != nil {
			return err
		}
		return s.done(c, "/compte", "La clé d’accès est retirée.", "")
	})
}
