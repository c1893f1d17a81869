package web_test

import (
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"maillage/app/identity"
	"maillage/app/identity/identitytest"
	"maillage/app/web"
	"maillage/db"
	"maillage/db/dbtest"
)

// newSiteBy returns a browser on a site with a provider of identities that knows Bruno;
// their clock is the site's. change may alter the settings.
func newSiteBy(t *testing.T, change ...func(*identity.Settings)) (*site, *identitytest.Provider) {
	t.Helper()
	s := &site{t: t, db: dbtest.New(t), now: dbtest.Now, cookies: map[string]string{}}
	now := func() time.Time { return s.now }
	p := identitytest.New(t, now, "http://maillage.test"+web.ReturnPath, "http://maillage.test/connexion")
	p.Who = identitytest.Elodie.With("given_name", "Bruno", "usual_name", "Delmas", "email", "Bruno@Maillage.test")
	settings := identity.Settings{
		Issuer: p.URL, ClientID: identitytest.ClientID, ClientSecret: identitytest.ClientSecret, Name: "ProConnect",
		Scopes: []string{"openid", "email", "siret"}, TrustEmails: true, Return: "http://maillage.test" + web.ReturnPath,
	}
	for _, c := range change {
		c(&settings)
	}
	provider, err := identity.Open(settings)
	if err != nil {
		t.Fatal(err)
	}
	s.handler, err = web.Handler(web.Config{
		DB: s.db, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})), Now: now, BaseURL: "http://maillage.test", Provider: provider,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, p
}

var onward = regexp.MustCompile(`href="(http://localhost[^"]+)"`)

// leave posts to path, which must lead to the provider, and goes there as a browser does;
// it returns the address where the provider sends people back.
func (s *site) leave(path string, values ...string) string {
	s.t.Helper()
	w := s.post(path, values...)
	link := onward.FindStringSubmatch(w.Body.String())
	if w.Code != http.StatusOK || link == nil {
		s.t.Fatalf("status %d: %s", w.Code, mainOf(w.Body.String()))
	}
	address := html.UnescapeString(link[1])
	if got := w.Header().Get("Refresh"); got != "0;url="+address {
		s.t.Errorf("the page leads by itself to %q, want %q", got, address)
	}
	return visitProvider(s.t, address)
}

func visitProvider(t testing.TB, address string) string {
	t.Helper()
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
	back, found := strings.CutPrefix(response.Header.Get("Location"), "http://maillage.test")
	if !found {
		t.Fatalf("the provider answers %d, to %q", response.StatusCode, response.Header.Get("Location"))
	}
	return back
}

func TestOneSignsInByTheProvider(t *testing.T) {
	s, p := newSiteBy(t)
	p.Challenges = true
	wantPage(t, s.get("/connexion?suite=%2Fateliers"), 200, "S’identifier avec ProConnect", `name="suite" value="/ateliers"`)
	back := s.leave("/connexion/fournisseur", "suite", "/ateliers")
	if strings.Contains(back, s.cookies["maillage-depart"]) || s.cookies["maillage-depart"] == "" {
		t.Errorf("came back to %s with the secret of the browser, or without any", back)
	}
	wantRedirect(t, s.get(back), "/ateliers")
	wantPage(t, s.get("/compte"), 200, "bruno@maillage.test", "Identités reliées", "Délier ProConnect")
	if _, kept := s.cookies["maillage-depart"]; kept {
		t.Error("what bound the departure to the browser stays")
	}
}

func TestTheAnswerServesOnceInTheBrowserThatLeft(t *testing.T) {
	s, p := newSiteBy(t)
	other := newSiteOn(s)
	attack := newSiteOn(s).leave("/connexion/fournisseur")
	back := s.leave("/connexion/fournisseur")
	wantPage(t, other.get(back), 409, "dans un autre navigateur")
	wantPage(t, s.get(attack), 409, "dans un autre navigateur") // login CSRF: somebody else's answer
	back = s.leave("/connexion/fournisseur")
	kept := s.cookies["maillage-depart"]
	wantRedirect(t, s.get(back), "/")
	s.cookies = map[string]string{"maillage-depart": kept}
	wantPage(t, s.get(back), 409, "a déjà servi")
	for _, query := range []string{"", "?code=x", "?state=x&code=x", "?state=" + strings.Repeat("x", 5000)} {
		wantPage(t, s.get(web.ReturnPath+query), 409, "Recommencez")
	}
	if w := s.get("/compte"); w.Code != http.StatusSeeOther {
		t.Errorf("somebody is signed in: %d", w.Code)
	}
	p.Set(func(p *identitytest.Provider) { p.Who = nil })
	wantPage(t, s.get(s.leave("/connexion/fournisseur", "suite", "/ateliers")), 409, "ProConnect ne vous a pas identifié·e", `value="/ateliers"`)
}

func TestALateAnswerIsRefused(t *testing.T) {
	s, _ := newSiteBy(t)
	back := s.leave("/connexion/fournisseur")
	s.now = s.now.Add(31 * time.Second)
	wantPage(t, s.get(back), 409, "a expiré ou a déjà servi")
	back = s.leave("/connexion/fournisseur")
	s.now = s.now.Add(db.TripLife)
	wantPage(t, s.get(back), 409, "elle a expiré")
}

func TestAForgedAnswerLetsNobodyIn(t *testing.T) {
	for name, set := range map[string]func(*identitytest.Provider){
		"nonce": func(p *identitytest.Provider) {
			p.OnIDToken = func(c identitytest.Claims) { c["nonce"] = strings.Repeat("n", 64) }
		},
		"audience": func(p *identitytest.Provider) { p.OnIDToken = func(c identitytest.Claims) { c["aud"] = "autre" } },
		"none":     func(p *identitytest.Provider) { p.Sign = identitytest.Unsigned },
		"subject":  func(p *identitytest.Provider) { p.OnUserInfo = func(c identitytest.Claims) { c["sub"] = "autre" } },
	} {
		t.Run(name, func(t *testing.T) {
			s, p := newSiteBy(t)
			set(p)
			wantPage(t, s.get(s.leave("/connexion/fournisseur")), 409, "n’a pas pu être vérifié")
			wantRedirect(t, s.get("/compte"), "/connexion?suite=%2Fcompte")
		})
	}
	s, _ := newSiteBy(t)
	wantPage(t, s.get(s.leave("/connexion/fournisseur")+"&iss=https%3A%2F%2Failleurs.test"), 409, "n’a pas pu être vérifié")
}

func TestTheOtherWaysInWorkWhileTheProviderIsDown(t *testing.T) {
	s, p := newSiteBy(t)
	p.Down = true
	wantPage(t, s.get("/connexion"), 200, "S’identifier avec ProConnect")
	wantPage(t, s.post("/connexion/fournisseur", "suite", "/ateliers"), 409, "ProConnect ne répond pas pour le moment", `value="/ateliers"`, "Recevoir un lien par courriel")
	wantPage(t, s.get("/connexion"), 200, "ne répond pas pour le moment")
	wantRedirect(t, s.post("/connexion", "courriel", dbtest.Referent.Email, "mot_de_passe", dbtest.Password), "/")
	p.Set(func(p *identitytest.Provider) { p.Down = false })
	s.now = s.now.Add(time.Minute)
	other := newSiteOn(s)
	if page := other.get("/connexion").Body.String(); strings.Contains(page, "ne répond pas") {
		t.Error("the button still says that the provider is silent")
	}
	wantRedirect(t, other.get(other.leave("/connexion/fournisseur")), "/")
}

func TestWithoutProviderThereIsNoButton(t *testing.T) {
	s := newSite(t)
	if page := s.get("/connexion").Body.String(); strings.Contains(page, "fournisseur") {
		t.Error("a button leads to no provider")
	}
	wantPage(t, s.post("/connexion/fournisseur"), 404)
	wantPage(t, s.get(web.ReturnPath+"?state=x&code=x"), 404)
	wantPage(t, s.as(dbtest.Referent).post("/compte/identites"), 404)
	if page := s.as(dbtest.Referent).get("/compte").Body.String(); strings.Contains(page, "Identités reliées") {
		t.Error("the account tells of identities")
	}
}

func TestADisabledAccountIsToldSo(t *testing.T) {
	s, _ := newSiteBy(t)
	if err := s.db.DisableAccount(t.Context(), dbtest.Admin, dbtest.Referent.Account, s.now); err != nil {
		t.Fatal(err)
	}
	wantPage(t, s.get(s.leave("/connexion/fournisseur")), 403, "Votre compte est désactivé")
}

func TestTheSettingsSayWhoEnters(t *testing.T) {
	s, _ := newSiteBy(t, func(s *identity.Settings) { s.Doorway.Roles = []string{"agent_public_etat"} })
	wantPage(t, s.get(s.leave("/connexion/fournisseur")), 403, "agent_public_etat", "Les vôtres : agent_public", "Mission locale d’essai (SIRET 264 600 172 00011)")
	s, _ = newSiteBy(t, func(s *identity.Settings) { s.Doorway.Domains = []string{"maillage.test"} })
	wantRedirect(t, s.get(s.leave("/connexion/fournisseur")), "/")
}

func TestAnIdentityIsLinkedAndUnlinkedFromTheAccount(t *testing.T) {
	s, p := newSiteBy(t, func(s *identity.Settings) { s.TrustEmails = false })
	p.Who = identitytest.Elodie
	lea := s.as(dbtest.Colleague)
	back := lea.leave("/compte/identites")
	wantRedirect(t, lea.get(back), "/compte")
	wantPage(t, lea.get("/compte"), 200, "Votre identité ProConnect est reliée", "Délier ProConnect")
	wantRedirect(t, s.get(s.leave("/connexion/fournisseur")), "/")
	wantPage(t, s.get("/compte"), 200, dbtest.Colleague.Email)

	paul := s.as(dbtest.Reader)
	wantPage(t, paul.get(paul.leave("/compte/identites")), 409, "ouvre déjà un autre compte")
	gone := s.as(dbtest.Reader)
	back = gone.leave("/compte/identites")
	gone.post("/deconnexion")
	wantPage(t, gone.get(back), 409, "rien n’a été relié")

	linked, err := s.db.Identities(t.Context(), dbtest.Colleague)
	if err != nil || len(linked) != 1 {
		t.Fatalf("Identities = %+v, %v", linked, err)
	}
	take := "/compte/identites/" + string(linked[0].ID) + "/retrait"
	wantPage(t, paul.post(take), 404)
	wantRedirect(t, lea.post(take), "/compte")
	wantPage(t, s.as(dbtest.Admin).get("/administration/comptes/"+string(dbtest.Colleague.Account)), 200, "a relié à son compte une identité ProConnect", "a délié de son compte une identité ProConnect")
}

func TestWhoFindsAnOpenSessionLinksNoIdentityToIt(t *testing.T) {
	s, p := newSiteBy(t)
	p.Who = identitytest.Elodie
	lea := s.as(dbtest.Colleague)
	s.now, lea.now = s.now.Add(time.Hour), lea.now.Add(time.Hour)
	wantPage(t, lea.post("/compte/identites"), 422, "Écrivez votre mot de passe ou un code")
	wantRedirect(t, lea.get(lea.leave("/compte/identites", "preuve", dbtest.Password)), "/compte")
}

func TestSigningOutSignsOutOfTheProviderToo(t *testing.T) {
	s, p := newSiteBy(t)
	wantRedirect(t, s.get(s.leave("/connexion/fournisseur")), "/")
	if s.cookies["maillage-fournisseur"] == "" {
		t.Fatal("what signs out of the provider is not kept")
	}
	back := s.leave("/deconnexion")
	if len(p.Left) != 1 || !strings.HasPrefix(back, "/connexion?state=") {
		t.Fatalf("left by %v, back to %s", p.Left, back)
	}
	wantPage(t, s.get(back), 200, "S’identifier avec ProConnect")
	wantRedirect(t, s.get("/compte"), "/connexion?suite=%2Fcompte")
	wantRedirect(t, s.post("/deconnexion"), "/connexion") // the second time there is nothing left

	wantRedirect(t, s.get(s.leave("/connexion/fournisseur")), "/")
	p.Set(func(p *identitytest.Provider) { p.Down = true })
	s.now = s.now.Add(2 * time.Hour) // what it publishes is read again, in vain, and holds
	s.leave2(t, "/deconnexion")
	wantRedirect(t, s.get("/compte"), "/connexion?suite=%2Fcompte")
}

// leave2 posts to path, which must lead to the provider, and stays here.
func (s *site) leave2(t *testing.T, path string) {
	t.Helper()
	wantPage(t, s.post(path), 200, "Vous êtes déconnecté·e de Maillage", "Continuer vers ProConnect")
}

// overHTTPS is a site found by https, with a provider of identities.
func overHTTPS(t *testing.T) http.Handler {
	t.Helper()
	p := identitytest.New(t, func() time.Time { return dbtest.Now }, "https://maillage.test"+web.ReturnPath)
	provider, err := identity.Open(identity.Settings{
		Issuer: p.URL, ClientID: identitytest.ClientID, ClientSecret: identitytest.ClientSecret, Name: "Clés d’Ici", Scopes: []string{"openid"}, Return: "https://maillage.test" + web.ReturnPath,
	})
	if err != nil {
		t.Fatal(err)
	}
	handler, err := web.Handler(web.Config{DB: dbtest.New(t), Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return dbtest.Now }, BaseURL: "https://maillage.test", Provider: provider})
	if err != nil {
		t.Fatal(err)
	}
	return handler
}

func TestOverHTTPSTheCookiesOfTheProviderAreBound(t *testing.T) {
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/connexion/fournisseur", strings.NewReader(url.Values{"suite": {"https://ailleurs.test"}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	overHTTPS(t).ServeHTTP(w, r)
	wantPage(t, w, 200, "Vers Clés d’Ici")
	cookies := w.Result().Cookies()
	if len(cookies) != 1 || cookies[0].Name != "__Host-maillage-depart" || !cookies[0].Secure || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteLaxMode || cookies[0].Path != "/" {
		t.Errorf("cookies = %+v", cookies)
	}
}

func TestWhoComesBackInVainIsOfferedEveryWayIn(t *testing.T) {
	w := httptest.NewRecorder()
	overHTTPS(t).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, web.ReturnPath+"?state=x&code=x", nil))
	wantPage(t, w, 409, "Recommencez", "Recevoir un lien par courriel", "Se connecter avec une clé d’accès")
	if !strings.Contains(w.Body.String(), "js/passkey") {
		t.Error("nothing on the page asks a passkey")
	}
}
