package identity_test

import (
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"maillage/app/identity"
	"maillage/app/identity/identitytest"
)

const (
	back   = "http://maillage.test/connexion/retour"
	secret = "ce que le navigateur garde pour lui"
)

var now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func at(t time.Time) func() time.Time { return func() time.Time { return t } }

func settings(p *identitytest.Provider) identity.Settings {
	return identity.Settings{
		Issuer: p.URL, ClientID: identitytest.ClientID, ClientSecret: identitytest.ClientSecret, Name: "ProConnect",
		Scopes: strings.Fields("openid given_name usual_name email siret organization_label"), Return: back,
	}
}

func open(t *testing.T, s identity.Settings) *identity.Provider {
	t.Helper()
	p, err := identity.Open(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// visit goes to the provider as a browser does and returns the code it comes back with.
func visit(t *testing.T, p *identity.Provider, now time.Time) string {
	t.Helper()
	address, err := p.Departure(t.Context(), strings.Repeat("s", 43), secret, now)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := browser.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	came, err := url.Parse(response.Header.Get("Location"))
	if err != nil || came.Query().Get("state") != strings.Repeat("s", 43) {
		t.Fatalf("status %d, came back to %q: %v", response.StatusCode, response.Header.Get("Location"), err)
	}
	return came.Query().Get("code")
}

func TestWhoComesBackIsWhoTheProviderSays(t *testing.T) {
	for name, set := range map[string]func(*identitytest.Provider){
		"as ProConnect":                func(*identitytest.Provider) {},
		"with a code challenge":        func(p *identitytest.Provider) { p.Challenges = true },
		"in plain JSON":                func(p *identitytest.Provider) { p.Plain = true },
		"its clock is a little ahead":  func(p *identitytest.Provider) { p.Now = at(now.Add(20 * time.Second)) },
		"its clock is a little behind": func(p *identitytest.Provider) { p.Now = at(now.Add(-80 * time.Second)) },
		"without at_hash":              func(p *identitytest.Provider) { p.OnIDToken = func(c identitytest.Claims) { delete(c, "at_hash") } },
		"of several audiences, ours among": func(p *identitytest.Provider) {
			p.OnIDToken = func(c identitytest.Claims) { c["aud"] = []string{"autre", identitytest.ClientID} }
		},
	} {
		t.Run(name, func(t *testing.T) {
			provider := identitytest.New(t, at(now), back)
			set(provider)
			p := open(t, settings(provider))
			i, idToken, err := p.Arrival(t.Context(), visit(t, p, now), secret, now)
			if err != nil {
				t.Fatal(err)
			}
			if i.Issuer != provider.URL || i.Subject != identitytest.Elodie["sub"] || i.Email != "elodie.martin@cauvaldor.test" || i.Name() != "Élodie Martin" ||
				i.SIRET != "26460017200011" || i.Employer != "Mission locale d’essai" || len(i.Roles) != 1 || i.Roles[0] != "agent_public" {
				t.Errorf("identity = %+v", i)
			}
			if strings.Count(idToken, ".") != 2 {
				t.Errorf("ID token %q, want a JWT", idToken)
			}
		})
	}
}

func TestWhatCannotBeVerifiedIsRefused(t *testing.T) {
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	onID := func(claim string, value any) func(*identitytest.Provider) {
		return func(p *identitytest.Provider) { p.OnIDToken = func(c identitytest.Claims) { c[claim] = value } }
	}
	onInfo := func(claim string, value any) func(*identitytest.Provider) {
		return func(p *identitytest.Provider) { p.OnUserInfo = func(c identitytest.Claims) { c[claim] = value } }
	}
	for name, set := range map[string]func(*identitytest.Provider){
		"ID token for another client":  onID("aud", "autre"),
		"ID token of another issuer":   onID("iss", "https://ailleurs.test"),
		"ID token that has expired":    onID("exp", now.Add(-time.Minute).Unix()),
		"nonce of another departure":   onID("nonce", strings.Repeat("n", 43)),
		"no nonce":                     onID("nonce", ""),
		"access token of another":      onID("at_hash", "YWlsbGV1cnM"),
		"nobody":                       func(p *identitytest.Provider) { p.Who = identitytest.Elodie.With("sub", "") },
		"userinfo about somebody else": onInfo("sub", "quelqu’un"),
		"userinfo about nobody":        onInfo("sub", ""),
		"userinfo for another client":  onInfo("aud", "autre"),
		"userinfo of another issuer":   onInfo("iss", "https://ailleurs.test"),
		"userinfo that has expired":    onInfo("exp", now.Add(-time.Minute).Unix()),
		"not signed":                   func(p *identitytest.Provider) { p.Sign = identitytest.Unsigned },
		"signed by another key": func(p *identitytest.Provider) {
			p.Sign = func(c identitytest.Claims) string { return identitytest.Signed(other, c) }
		},
		"not a token":                   func(p *identitytest.Provider) { p.Sign = func(identitytest.Claims) string { return "x" } },
		"no token":                      func(p *identitytest.Provider) { p.Sign = func(identitytest.Claims) string { return "" } },
		"plain userinfo about somebody": func(p *identitytest.Provider) { p.Plain = true; onInfo("sub", "quelqu’un")(p) },
		"userinfo alone not signed": func(p *identitytest.Provider) {
			p.OnUserInfo = func(identitytest.Claims) { p.Sign = identitytest.Unsigned }
		},
	} {
		t.Run(name, func(t *testing.T) {
			provider := identitytest.New(t, at(now), back)
			set(provider)
			p := open(t, settings(provider))
			i, idToken, err := p.Arrival(t.Context(), visit(t, p, now), secret, now)
			if err == nil || idToken != "" || i.Subject != "" {
				t.Errorf("Arrival = %+v, %q, %v; want a refusal that tells nothing", i, idToken, err)
			}
			if errors.Is(err, identity.ErrSilent) || errors.Is(err, identity.ErrLate) {
				t.Errorf("%v is not for waiting", err)
			}
		})
	}
}

func TestTheCodeServesOnceWithinThirtySecondsInTheBrowserThatLeft(t *testing.T) {
	for name, tt := range map[string]struct {
		after  time.Duration
		secret string
		twice  bool
	}{
		"late":            {31 * time.Second, secret, false},
		"twice":           {0, secret, true},
		"another browser": {0, "autre", false},
	} {
		t.Run(name, func(t *testing.T) {
			clock := now
			provider := identitytest.New(t, func() time.Time { return clock }, back)
			provider.Challenges = name == "another browser"
			p := open(t, settings(provider))
			code := visit(t, p, clock)
			clock = clock.Add(tt.after)
			if tt.twice {
				if _, _, err := p.Arrival(t.Context(), code, tt.secret, clock); err != nil {
					t.Fatal(err)
				}
			}
			if _, _, err := p.Arrival(t.Context(), code, tt.secret, clock); !errors.Is(err, identity.ErrLate) {
				t.Errorf("Arrival: %v, want a code that is not taken", err)
			}
		})
	}
	t.Run("in time", func(t *testing.T) {
		clock := now
		p := open(t, settings(identitytest.New(t, func() time.Time { return clock }, back)))
		code := visit(t, p, clock)
		clock = clock.Add(29 * time.Second)
		if _, _, err := p.Arrival(t.Context(), code, secret, clock); err != nil {
			t.Error(err)
		}
	})
}

func TestNothingIsSentThatProConnectDoesNotKnow(t *testing.T) {
	provider := identitytest.New(t, at(now), back)
	p := open(t, settings(provider))
	visit(t, p, now) // the provider refuses what it does not know
	for _, name := range []string{"response_type", "client_id", "redirect_uri", "scope", "state", "nonce"} {
		if provider.Asked.Get(name) == "" {
			t.Errorf("%s is not sent", name)
		}
	}
	if len(provider.Asked) != 6 {
		t.Errorf("sent %v, want six parameters", provider.Asked)
	}
}

func TestASilentProviderIsAskedAgainALittleLater(t *testing.T) {
	provider := identitytest.New(t, at(now), back)
	provider.Down = true
	p := open(t, settings(provider))
	if p.Silent(now) {
		t.Error("it is said to be silent before it was spoken to")
	}
	if _, err := p.Departure(t.Context(), "s", secret, now); !errors.Is(err, identity.ErrSilent) || !p.Silent(now) {
		t.Fatalf("Departure: %v, silent %v", err, p.Silent(now))
	}
	provider.Set(func(p *identitytest.Provider) { p.Down = false })
	if _, err := p.Departure(t.Context(), "s", secret, now.Add(time.Second)); !errors.Is(err, identity.ErrSilent) {
		t.Errorf("it is asked again at once: %v", err)
	}
	later := now.Add(20 * time.Second)
	if _, err := p.Departure(t.Context(), "s", secret, later); err != nil || p.Silent(later) {
		t.Errorf("a provider that came back: %v, silent %v", err, p.Silent(later))
	}
	provider.Set(func(p *identitytest.Provider) { p.Down = true })
	if _, err := p.Departure(t.Context(), "s", secret, later.Add(2*time.Hour)); err != nil {
		t.Errorf("what was read before does not hold: %v", err)
	}
	if _, _, err := p.Arrival(t.Context(), "code", secret, later); !errors.Is(err, identity.ErrSilent) {
		t.Errorf("Arrival while it is silent: %v", err)
	}
}

func TestSigningOutGoesByTheProvider(t *testing.T) {
	provider := identitytest.New(t, at(now), back)
	p := open(t, settings(provider))
	u, err := url.Parse(p.Leaving(t.Context(), "jeton", "etat", back, now))
	if err != nil || u.Path != "/session/end" || u.Query().Get("id_token_hint") != "jeton" || u.Query().Get("post_logout_redirect_uri") != back || len(u.Query()) != 3 {
		t.Errorf("leaving by %v, %v", u, err)
	}
	provider.Down = true
	if address := open(t, settings(provider)).Leaving(t.Context(), "jeton", "etat", back, now); address != "" {
		t.Errorf("a silent provider: leaving by %q", address)
	}
}

func TestSettingsThatCannotServeAreNamed(t *testing.T) {
	good := identity.Settings{Issuer: "https://a.test/api", ClientID: "a", ClientSecret: "b", Scopes: []string{"openid"}}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*identity.Settings){
		"no address": func(s *identity.Settings) { s.Issuer = "proconnect" },
		"in clear":   func(s *identity.Settings) { s.Issuer = "http://a.test" },
		"no secret":  func(s *identity.Settings) { s.ClientSecret = "" },
		"no client":  func(s *identity.Settings) { s.ClientID = "" },
		"no openid":  func(s *identity.Settings) { s.Scopes = []string{"email"} },
	} {
		s := good
		change(&s)
		if s.Check() == nil {
			t.Errorf("%s: taken", name)
		}
	}
}
