// Package identitytest is a provider of identities for one test: a real server that
// behaves as ProConnect does. Its codes last thirty seconds and serve once, it refuses
// parameters it does not know, takes its client's secret in the body only, and tells who
// somebody is in a signed JWT.
package identitytest

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc/oidctest"
)

// What the provider knows its client by.
const (
	ClientID     = "maillage-essai"
	ClientSecret = "un secret d’essai & assez long"
)

// Claims are what is told of somebody, by the names ProConnect gives them.
type Claims map[string]any

// Elodie is somebody whom the provider may know, of an establishment that exists.
var Elodie = Claims{
	"sub": "704e024229015d2bd47f7a5e5ab05b35", "given_name": "Élodie", "usual_name": "Martin", "email": "Elodie.Martin@Cauvaldor.test",
	"siret": "26460017200011", "organization_label": "Mission locale d’essai", "roles": []string{"agent_public"}, "uid": "42",
}

// With returns c with other values of some claims, names and values in turn; nil takes
// a claim away.
func (c Claims) With(pairs ...any) Claims {
	c = maps.Clone(c)
	for i := 0; i < len(pairs); i += 2 {
		c[pairs[i].(string)] = pairs[i+1]
		if pairs[i+1] == nil {
			delete(c, pairs[i].(string))
		}
	}
	return c
}

// A Provider answers as its fields say at that moment. They are set between requests.
type Provider struct {
	Who        Claims              // who is signed in there; nil: they give up
	Now        func() time.Time    // its clock
	Challenges bool                // it takes code challenges (RFC 7636), and publishes it
	Plain      bool                // userinfo is plain JSON
	Down       bool                // it answers nothing but 503
	OnIDToken  func(Claims)        // changes the ID token before it is signed
	OnUserInfo func(Claims)        // changes userinfo before it is signed
	Sign       func(Claims) string // signs otherwise than it should
	Returns    []string            // addresses of its client where people may come back
	Asked      url.Values          // the parameters it was last asked with
	Left       []url.Values        // how people signed out

	URL    string // its own address, which names it
	key    *rsa.PrivateKey
	mu     sync.Mutex
	codes  map[string]grant
	tokens map[string]grant
}

// grant is what a code or an access token stands for.
type grant struct {
	who              Claims
	nonce, challenge string
	back             string
	until            time.Time
}

var key = sync.OnceValue(func() *rsa.PrivateKey {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return k
})

// New opens a provider that goes away with the test and knows a client of which these
// are the addresses.
func New(t testing.TB, now func() time.Time, returns ...string) *Provider {
	t.Helper()
	p := &Provider{Who: Elodie, Now: now, Returns: returns, key: key(), codes: map[string]grant{}, tokens: map[string]grant{}}
	keys := &oidctest.Server{PublicKeys: []oidctest.PublicKey{{PublicKey: p.key.Public(), KeyID: "essai", Algorithm: "RS256"}}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.publish)
	mux.HandleFunc("GET /authorize", p.authorize)
	mux.HandleFunc("POST /token", p.token)
	mux.HandleFunc("GET /userinfo", p.userInfo)
	mux.HandleFunc("GET /session/end", p.end)
	mux.Handle("/", keys)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.Down {
			http.Error(w, "maintenance", http.StatusServiceUnavailable)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	p.URL = strings.Replace(server.URL, "127.0.0.1", "localhost", 1) // another site than those at 127.0.0.1, for a browser
	keys.SetIssuer(p.URL)
	return p
}

// Set changes p while it may be answering.
func (p *Provider) Set(change func(*Provider)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(p)
}

func (p *Provider) publish(w http.ResponseWriter, _ *http.Request) {
	all := map[string]any{
		"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "userinfo_endpoint": p.URL + "/userinfo",
		"end_session_endpoint": p.URL + "/session/end", "jwks_uri": p.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"},
		"token_endpoint_auth_methods_supported": []string{"client_secret_post"},
	}
	if p.Challenges {
		all["code_challenge_methods_supported"] = []string{"S256"}
	}
	answer(w, http.StatusOK, all)
}

// The parameters that ProConnect takes (its documentation, « Implémentation du protocole
// OIDC »); the challenge is in its source only.
var (
	needed  = []string{"response_type", "client_id", "redirect_uri", "scope", "state", "nonce"}
	allowed = []string{"claims", "prompt", "acr_values", "idp_hint", "login_hint", "siret_hint"}
)

func (p *Provider) authorize(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	p.Asked = query
	known := slices.Concat(needed, allowed)
	if p.Challenges {
		known = append(known, "code_challenge", "code_challenge_method")
	}
	for name := range query {
		if !slices.Contains(known, name) || len(query[name]) != 1 {
			refuse(w, "parameter "+name)
			return
		}
	}
	for _, name := range needed {
		if query.Get(name) == "" || name == "state" && len(query.Get(name)) < 32 || name == "nonce" && len(query.Get(name)) < 32 {
			refuse(w, "parameter "+name)
			return
		}
	}
	back := query.Get("redirect_uri")
	if query.Get("client_id") != ClientID || query.Get("response_type") != "code" || !slices.Contains(p.Returns, back) {
		refuse(w, "client")
		return
	}
	answered := url.Values{"state": {query.Get("state")}}
	if p.Who == nil {
		answered.Set("error", "access_denied")
	} else {
		code := rand.Text()
		p.codes[code] = grant{who: p.Who, nonce: query.Get("nonce"), challenge: query.Get("code_challenge"), back: back, until: p.Now().Add(30 * time.Second)}
		answered.Set("code", code)
	}
	http.Redirect(w, r, back+"?"+answered.Encode(), http.StatusSeeOther)
}

// refuse is what ProConnect says of a request it cannot read.
func refuse(w http.ResponseWriter, what string) {
	http.Error(w, "Y000400 : Bad Request Exception ("+what+")", http.StatusBadRequest)
}

func (p *Provider) token(w http.ResponseWriter, r *http.Request) {
	if _, _, basic := r.BasicAuth(); basic || r.ParseForm() != nil || r.PostForm.Get("client_id") != ClientID || r.PostForm.Get("client_secret") != ClientSecret {
		answer(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client"})
		return
	}
	code := r.PostForm.Get("code")
	g, found := p.codes[code]
	delete(p.codes, code)
	verifier := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
	if !found || p.Now().After(g.until) || r.PostForm.Get("redirect_uri") != g.back || r.PostForm.Get("grant_type") != "authorization_code" ||
		g.challenge != "" && g.challenge != base64.RawURLEncoding.EncodeToString(verifier[:]) {
		answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant", "error_description": "grant request is invalid"})
		return
	}
	access, now := rand.Text(), p.Now()
	g.until = now.Add(time.Minute)
	p.tokens[access] = g
	half := sha256.Sum256([]byte(access))
	id := Claims{
		"iss": p.URL, "aud": ClientID, "sub": g.who["sub"], "nonce": g.nonce, "iat": now.Unix(), "exp": g.until.Unix(), "auth_time": now.Unix(),
		"acr": "eidas1", "amr": []string{"pwd"}, "at_hash": base64.RawURLEncoding.EncodeToString(half[:16]),
	}
	if p.OnIDToken != nil {
		p.OnIDToken(id)
	}
	answer(w, http.StatusOK, map[string]any{"access_token": access, "token_type": "Bearer", "expires_in": 60, "id_token": p.signed(id)})
}

func (p *Provider) userInfo(w http.ResponseWriter, r *http.Request) {
	g, found := p.tokens[r.Header.Get("Authorization")[min(len("Bearer "), len(r.Header.Get("Authorization"))):]]
	if !found || p.Now().After(g.until) {
		answer(w, http.StatusUnauthorized, map[string]any{"error": "invalid_token"})
		return
	}
	told := g.who.With()
	if !p.Plain {
		told = told.With("iss", p.URL, "aud", ClientID, "iat", p.Now().Unix(), "exp", g.until.Unix())
	}
	if p.OnUserInfo != nil {
		p.OnUserInfo(told)
	}
	if p.Plain {
		answer(w, http.StatusOK, told)
		return
	}
	w.Header().Set("Content-Type", "application/jwt; charset=utf-8")
	_, _ = io.WriteString(w, p.signed(told))
}

func (p *Provider) end(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	back := query.Get("post_logout_redirect_uri")
	if query.Get("id_token_hint") == "" || query.Get("state") == "" || !slices.Contains(p.Returns, back) {
		refuse(w, "logout")
		return
	}
	p.Left = append(p.Left, query)
	http.Redirect(w, r, back+"?state="+url.QueryEscape(query.Get("state")), http.StatusSeeOther)
}

func (p *Provider) signed(c Claims) string {
	if p.Sign != nil {
		return p.Sign(c)
	}
	return Signed(p.key, c)
}

// Signed returns claims as a JWT that another key than the provider's signs, for tests
// of forgeries.
func Signed(k *rsa.PrivateKey, c Claims) string {
	body, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	return oidctest.SignIDToken(k, "essai", "RS256", string(body))
}

// Unsigned returns claims as a JWT of the algorithm "none".
func Unsigned(c Claims) string {
	body, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + base64.RawURLEncoding.EncodeToString(body) + "."
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
