// Package identity speaks OpenID Connect with the provider of identities of an instance:
// ProConnect, or any other that publishes how it is spoken to.
package identity

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"maillage/app"
)

// Settings say which provider an instance trusts, and how far.
type Settings struct {
	Issuer       string // address under which it publishes itself, "https://auth.agentconnect.gouv.fr/api/v2"
	ClientID     string
	ClientSecret string
	Name         string // as people know it, "ProConnect"
	Scopes       []string
	Doorway      app.Doorway
	TrustEmails  bool   // an address is believed without a claim that it was verified
	Return       string // address where people come back
}

// Check reports, in French, what is wrong with s.
func (s Settings) Check() error {
	u, err := url.Parse(s.Issuer)
	switch {
	case err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil:
		return errors.New("il faut une adresse comme https://auth.agentconnect.gouv.fr/api/v2")
	case u.Scheme != "https" && (u.Scheme != "http" || u.Hostname() != "127.0.0.1" && u.Hostname() != "localhost"):
		return errors.New("l’adresse du fournisseur doit commencer par https://")
	case s.ClientID == "" || s.ClientSecret == "":
		return errors.New("il faut aussi OIDC_CLIENT_ID et OIDC_CLIENT_SECRET, que le fournisseur vous a donnés")
	case !slices.Contains(s.Scopes, oidc.ScopeOpenID):
		return errors.New("OIDC_SCOPES doit contenir openid")
	}
	return nil
}

// ours are the domains of ProConnect, in all its environments: the addresses it tells are
// professional ones, given by the identity provider of the employer.
var ours = []string{"agentconnect.gouv.fr", "agentconnect.rie.gouv.fr", "proconnect.gouv.fr", "dev-agentconnect.fr"}

// Vouches reports whether issuer is known to verify the addresses it tells, though it
// makes no claim of it.
func Vouches(issuer string) bool {
	u, err := url.Parse(issuer)
	return err == nil && u.Scheme == "https" && slices.ContainsFunc(ours, func(domain string) bool {
		return u.Hostname() == domain || strings.HasSuffix(u.Hostname(), "."+domain)
	})
}

const (
	timeout   = 8 * time.Second  // of one exchange with the provider
	patience  = 15 * time.Second // before one that was silent is asked again
	freshness = time.Hour        // of what it publishes about itself
	leeway    = 30 * time.Second // between its clock and ours
)

// A Provider is spoken to only when somebody asks for it: an instance starts, and its
// other ways in work, while it is silent. Its methods may be called by many goroutines.
type Provider struct {
	Settings
	client *http.Client

	mu       sync.Mutex
	known    *published
	readAt   time.Time
	silentAt time.Time
}

// published is what a provider says of itself.
type published struct {
	*oidc.Provider
	Leave      string   `json:"end_session_endpoint"`
	Challenges []string `json:"code_challenge_methods_supported"`
}

// Open returns the provider of s, to which nothing is said yet.
func Open(s Settings) (*Provider, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	return &Provider{Settings: s, client: &http.Client{Timeout: timeout, Transport: bounded{http.DefaultTransport}}}, nil
}

// Silent reports whether the provider did not answer when it was last spoken to, a moment ago.
func (p *Provider) Silent(now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return !p.silentAt.IsZero() && now.Sub(p.silentAt) < patience
}

// ErrSilent is what comes of a provider that does not answer; what it wraps is for the log.
var ErrSilent = errors.New("the identity provider does not answer")

// discover reads what the provider publishes, unless it did lately. What was read before
// holds while it is silent.
func (p *Provider) discover(ctx context.Context, now time.Time) (*published, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.known != nil && now.Sub(p.readAt) < freshness {
		return p.known, nil
	}
	if p.known == nil && !p.silentAt.IsZero() && now.Sub(p.silentAt) < patience {
		return nil, ErrSilent
	}
	read, err := oidc.NewProvider(oidc.ClientContext(ctx, p.client), p.Issuer)
	if err == nil {
		fresh := &published{Provider: read}
		if err = read.Claims(fresh); err == nil {
			p.known, p.readAt, p.silentAt = fresh, now, time.Time{}
			return fresh, nil
		}
	}
	if p.known != nil {
		p.readAt = now.Add(patience - freshness)
		return p.known, nil
	}
	p.silentAt = now
	return nil, fmt.Errorf("%w: %w", ErrSilent, err)
}

func (p *Provider) config(known *published) oauth2.Config {
	endpoint := known.Endpoint()
	endpoint.AuthStyle = oauth2.AuthStyleInParams // the only one ProConnect takes
	return oauth2.Config{ClientID: p.ClientID, ClientSecret: p.ClientSecret, Endpoint: endpoint, RedirectURL: p.Return, Scopes: p.Scopes}
}

// Departure returns the address where somebody tells the provider who they are. state
// comes back with them; what the browser keeps to itself, secret, binds the answer to it.
//
// ProConnect refuses any parameter it does not know, so that no other is sent. A code
// challenge (RFC 7636) is, when the provider publishes that it takes them.
func (p *Provider) Departure(ctx context.Context, state, secret string, now time.Time) (string, error) {
	known, err := p.discover(ctx, now)
	if err != nil {
		return "", err
	}
	options := []oauth2.AuthCodeOption{oidc.Nonce(nonceOf(secret))}
	if known.challenges() {
		options = append(options, oauth2.S256ChallengeOption(verifierOf(secret)))
	}
	config := p.config(known)
	return config.AuthCodeURL(state, options...), nil
}

func (k *published) challenges() bool { return slices.Contains(k.Challenges, "S256") }

// nonceOf and verifierOf derive from one secret what binds an answer to a browser, so
// that nothing of it needs keeping.
func nonceOf(secret string) string {
	sum := sha256.Sum256([]byte("nonce " + secret))
	return hex.EncodeToString(sum[:])
}

func verifierOf(secret string) string {
	sum := sha256.Sum256([]byte("verifier " + secret))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// Leaving returns the address where somebody signs out of the provider too and comes back
// to back; "" when it publishes none, or is silent.
func (p *Provider) Leaving(ctx context.Context, idToken, state, back string, now time.Time) string {
	known, err := p.discover(ctx, now)
	if err != nil {
		return ""
	}
	u, err := url.Parse(known.Leave)
	if err != nil || u.Host == "" {
		return ""
	}
	query := u.Query()
	query.Set("id_token_hint", idToken)
	query.Set("state", state)
	query.Set("post_logout_redirect_uri", back)
	u.RawQuery = query.Encode()
	return u.String()
}
