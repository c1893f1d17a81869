package web_test

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"maillage/app/web"
	"maillage/db"
	"maillage/db/dbtest"
)

// configured returns a browser on a site over d, with a setting changed.
func configured(t *testing.T, d *db.DB, change func(*web.Config)) *site {
	t.Helper()
	config := web.Config{DB: d, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return dbtest.Now }, BaseURL: "http://maillage.test"}
	change(&config)
	handler, err := web.Handler(config)
	if err != nil {
		t.Fatal(err)
	}
	return &site{t: t, handler: handler, db: d, now: dbtest.Now, cookies: map[string]string{}}
}

func TestAForgedHostIsInNoMailAndNoRedirect(t *testing.T) {
	s := withMails(newSite(t))
	forged := []string{"Host", "pirate.test", "X-Forwarded-Host", "pirate.test", "X-Forwarded-Proto", "https", "Forwarded", "host=pirate.test"}
	ask := func(browser *site, method, path string, form url.Values) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, "http://pirate.test"+path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for i := 0; i < len(forged); i += 2 {
			r.Header.Set(forged[i], forged[i+1])
		}
		for name, value := range browser.cookies {
			r.AddCookie(&http.Cookie{Name: name, Value: value})
		}
		w := httptest.NewRecorder()
		browser.handler.ServeHTTP(w, r)
		return w
	}
	claire := s.as(dbtest.Coordinator)
	wantPage(t, ask(s, "POST", "/connexion/lien", fields("courriel", dbtest.Referent.Email)), 200)
	for _, w := range []*httptest.ResponseRecorder{
		ask(claire, "POST", "/administration/comptes/"+string(dbtest.Colleague.Account)+"/lien", nil),
		ask(claire, "POST", soon+"/invitations/relance", nil),
		ask(s, "GET", "/structures", nil), ask(claire, "GET", "/structures/", nil),
	} {
		if to := w.Header().Get("Location"); !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") {
			t.Errorf("status %d to %q, want a redirect within the site", w.Code, to)
		}
	}
	mails := s.mailsOf()
	if len(mails) < 3 {
		t.Fatalf("%d mails, want one for each act", len(mails))
	}
	for _, m := range mails {
		if strings.Contains(m.Body, "pirate") || !strings.Contains(m.Body, "http://maillage.test/") {
			t.Errorf("a mail's links follow the Host header: %s", m.Body)
		}
	}
}

func TestNoNameBecomesAHeaderOfAMail(t *testing.T) {
	s := newSite(t)
	claire := s.as(dbtest.Coordinator)
	const line = "\r\nBcc: pirate@evil.test\r\n\r\nAutre corps"
	const named = "\r\nBcc: pirate\r\n\r\nAutre corps" // no address: a name holds none
	wantRedirect(t, claire.post("/personnes/bruno", "version", "1", "prenom", "Bruno"+named, "nom", "Delmas"+named, "courriel", "bruno@maillage.test"), "/personnes/bruno")
	wantRedirect(t, claire.post("/structures/mission", "nom", "Mission"+line, "categorie", "emploi", "version", "1"), "/structures/mission")
	made := claire.do("POST", "/ateliers", plan("titre", "Vivre"+line))
	at := made.Header().Get("Location")
	wantRedirect(t, claire.post(at+"/publication"), at+"/invitations")
	wantRedirect(t, claire.post(at+"/invitations", "structures", "mission"), at+"/invitations")
	wantPage(t, claire.post("/administration/comptes/"+string(dbtest.Colleague.Account)+"/adresse", "courriel", "lea@maillage.test"+line), 422)
	wantPage(t, newSiteOn(s).post("/connexion/lien", "courriel", "lea@maillage.test"+line), 422)
	mails := s.mailsOf()
	if len(mails) != 1 {
		t.Fatalf("%d mails, want the one that invites", len(mails))
	}
	for what, value := range map[string]string{"subject": mails[0].Subject, "recipient": mails[0].Recipient, "name": mails[0].Name} {
		if strings.ContainsAny(value, "\r\n") {
			t.Errorf("the %s of the mail is %q, of several lines", what, value)
		}
	}
	if strings.Contains(mails[0].Body, "\nBcc:") {
		t.Errorf("the mail has a line that was typed in a name: %q", mails[0].Body)
	}
}

func TestTrickyPathsLeadNowhere(t *testing.T) {
	s := newSite(t)
	server := httptest.NewServer(s.handler)
	defer server.Close()
	admin := s.as(dbtest.Admin).cookies["maillage"]
	for _, path := range []string{
		"/%2e%2e/%2e%2e/etc/passwd", "/../../etc/passwd", "/structures/%2e%2e%2fadministration", "/structures/..%5c..%5cadministration", "//administration", "///pirate.test/%2e%2e",
		"//pirate.test/", "//pirate.test/structures/", "/%2f%2fpirate.test/", "/\\pirate.test", "/%5cpirate.test/", "/structures//mission", "/structures/./mission/",
		"/assets/../../go.mod", "/assets/%2e%2e/%2e%2e/go.mod", "/assets/..%2f..%2fgo.mod", "/assets/", "/structures/%00", "/structures/mission%00.csv", "/structures/%ff%fe",
		"/structures/mission;admin=1", "/structures/mission%0d%0aSet-Cookie:%20maillage=x", "/structures?q=%0d%0aX:%20y", "/ateliers/%27%20OR%201=1--", "/structures/" + strings.Repeat("a", 50_000),
		"/connexion?suite=//pirate.test", "/connexion?suite=https://pirate.test", "/connexion?suite=/%5cpirate.test", "/connexion?suite=%2f%09/pirate.test", "http://pirate.test/structures", "*",
	} {
		for _, cookie := range []string{"", admin, "../../x", strings.Repeat("x", 5000)} {
			status, header := raw(t, server.Listener.Addr().String(), path, cookie)
			to := header.Get("Location")
			if status >= 500 || status == 200 && strings.Contains(path, "passwd") || header.Get("X") != "" || len(header.Values("Set-Cookie")) > 1 {
				t.Errorf("%.80q answers %d, %v", path, status, header)
			}
			if to != "" && (!strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, "/\\")) {
				t.Errorf("%.80q leads to %q, elsewhere", path, to)
			}
		}
	}
}

// raw sends a request whose path is not tidied first, as no browser does.
func raw(t *testing.T, address, path, cookie string) (int, http.Header) {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_, err = fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: maillage.test\r\nCookie: maillage=%s\r\nConnection: close\r\n\r\n", path, cookie)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatalf("%.80q: %v", path, err)
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, answer.Body)
	return answer.StatusCode, answer.Header
}

func TestAForgedAddressDodgesNothing(t *testing.T) {
	tries := func(s *site, address func(i int) string) (refused int) {
		for i := range 70 {
			w := s.do("POST", "/connexion/lien", fields("courriel", "pas une adresse"), "X-Forwarded-For", address(i), "X-Real-IP", address(i), "Forwarded", "for="+address(i))
			if w.Code == http.StatusTooManyRequests {
				refused++
			}
		}
		return refused
	}
	each := func(i int) string { return fmt.Sprintf("203.0.113.%d", i) }
	d := dbtest.New(t)
	if got := tries(configured(t, d, func(*web.Config) {}), each); got == 0 {
		t.Error("70 tries, each with another X-Forwarded-For, are not slowed down")
	}
	behind := func(c *web.Config) { c.Proxies = []string{"192.0.2.1"} } // where httptest's requests come from
	if got := tries(configured(t, d, behind), each); got > 0 {
		t.Errorf("behind the configured proxy %d of 70 people are refused, want each counted apart", got)
	}
	if got := tries(configured(t, d, behind), func(i int) string { return each(i) + ", 198.51.100.7" }); got == 0 {
		t.Error("who writes addresses before the one the proxy saw is not slowed down")
	}
}

func TestASignInNeverKeepsASessionPlantedBefore(t *testing.T) {
	s := newSite(t)
	planted := s.as(dbtest.Reader)
	before := planted.cookies["maillage"]
	wantRedirect(t, planted.post("/connexion", "courriel", dbtest.Referent.Email, "mot_de_passe", dbtest.Password), "/")
	if after := planted.cookies["maillage"]; after == before || after == "" {
		t.Errorf("the token is %q before and %q after signing in, want a fresh one", before, after)
	}
	pirate := newSiteOn(s)
	pirate.cookies["maillage"] = before
	wantRedirect(t, pirate.get("/compte"), "/connexion?suite=%2Fcompte")
	chosen := newSiteOn(s)
	chosen.cookies["maillage"] = "jeton-choisi-par-un-autre"
	wantRedirect(t, chosen.post("/connexion", "courriel", dbtest.Referent.Email, "mot_de_passe", dbtest.Password), "/")
	if chosen.cookies["maillage"] == "jeton-choisi-par-un-autre" {
		t.Error("a token that somebody else chose is kept")
	}
}

func TestByHTTPSCookiesAreOfThisHostOnly(t *testing.T) {
	s := configured(t, dbtest.New(t), func(c *web.Config) { c.BaseURL = "https://maillage.test" })
	w := s.post("/connexion", "courriel", dbtest.Referent.Email, "mot_de_passe", dbtest.Password)
	found := false
	for _, cookie := range w.Result().Cookies() {
		found = found || strings.HasPrefix(cookie.Name, "__Host-")
		if !cookie.Secure || !cookie.HttpOnly || cookie.SameSite == http.SameSiteNoneMode || cookie.Path != "/" || cookie.Domain != "" {
			t.Errorf("cookie %s, want Secure, HttpOnly, SameSite, for this host", cookie.Raw)
		}
	}
	if !found {
		t.Errorf("cookies %q, want one named __Host-", w.Header().Values("Set-Cookie"))
	}
	if w.Header().Get("Strict-Transport-Security") == "" {
		t.Error("no Strict-Transport-Security")
	}
}

func TestTooManyValuesAreRefusedAtOnce(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	many := url.Values{}
	for i := range 10_000 {
		many.Add("structures", fmt.Sprint("s", i))
	}
	begun := time.Now()
	wantPage(t, s.do("POST", soon+"/invitations", many), http.StatusRequestEntityTooLarge, "trop de valeurs")
	wantPage(t, s.post(soon+"/invitations", "toutes", strings.Join(many["structures"], " ")), http.StatusRequestEntityTooLarge, "trop de valeurs")
	wantPage(t, s.get(soon+"/invitations?"+many.Encode()), http.StatusRequestEntityTooLarge, "trop de valeurs")
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("refusing took %v", took)
	}
	few := url.Values{"structures": many["structures"][:1500]}
	wantPage(t, s.do("POST", soon+"/invitations", few), 422, "n’est plus dans l’annuaire")
}
