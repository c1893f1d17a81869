package web_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/app/web"
	"maillage/db"
	"maillage/db/dbtest"
)

// A site is the whole application over one small world, as one browser sees it.
type site struct {
	t       testing.TB
	handler http.Handler
	db      *db.DB
	now     time.Time
	address string
	clock   func() time.Time // now, of the first browser
	cookies map[string]string
}

func newSite(t testing.TB) *site {
	t.Helper()
	return newSiteWith(t, dbtest.New(t))
}

// newSiteWith returns a browser on a site over d.
func newSiteWith(t testing.TB, d *db.DB) *site {
	t.Helper()
	return newSiteAt(t, d, "http://maillage.test")
}

// newSiteAt is newSiteWith for a site found at an address.
func newSiteAt(t testing.TB, d *db.DB, address string) *site {
	t.Helper()
	s := &site{t: t, db: d, address: address, now: dbtest.Now, cookies: map[string]string{}}
	s.clock = func() time.Time { return s.now }
	s.serve(false)
	return s
}

// withMails is s on a site from which e-mails leave.
func withMails(s *site) *site {
	other := *s
	other.serve(true)
	return &other
}

func (s *site) serve(mails bool) {
	handler, err := web.Handler(web.Config{
		Mails: mails,
		DB:    s.db, Log: slog.New(slog.NewTextHandler(s.t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})), Now: s.clock, BaseURL: s.address,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.handler = handler
}

// as returns another browser on the same site, signed in as v.
func (s *site) as(v app.Viewer) *site {
	s.t.Helper()
	token := secret.Token()
	if _, err := s.db.BeginSession(context.Background(), v.Account, secret.Digest(token), "Essai", s.now); err != nil {
		s.t.Fatal(err)
	}
	other := *s
	other.cookies = map[string]string{"maillage": token}
	return &other
}

// do sends a request with this browser's cookies and keeps those that come back;
// header is names and values in turn.
func (s *site) do(method, path string, body url.Values, header ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequestWithContext(context.Background(), method, path, strings.NewReader(body.Encode()))
	if body != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range s.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	for _, cookie := range w.Result().Cookies() {
		s.cookies[cookie.Name] = cookie.Value
		if cookie.MaxAge < 0 {
			delete(s.cookies, cookie.Name)
		}
	}
	return w
}

func (s *site) get(path string, header ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	return s.do(http.MethodGet, path, nil, header...)
}

// post sends a form; values are names and values in turn.
func (s *site) post(path string, values ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	return s.do(http.MethodPost, path, fields(values...))
}

func fields(values ...string) url.Values {
	form := url.Values{}
	for i := 0; i < len(values); i += 2 {
		form.Add(values[i], values[i+1])
	}
	return form
}

// plain is text with the spaces that typography keeps unbroken made plain, as one types them.
func plain(text string) string { return strings.ReplaceAll(text, "\u00a0", " ") }

// wantPage fails the test unless w has that status and its page holds each of words.
func wantPage(t testing.TB, w *httptest.ResponseRecorder, status int, words ...string) {
	t.Helper()
	if w.Code != status {
		t.Errorf("status %d (to %q), want %d; page: %.400s", w.Code, w.Header().Get("Location"), status, mainOf(w.Body.String()))
	}
	for _, word := range words {
		if !strings.Contains(plain(w.Body.String()), plain(word)) {
			t.Errorf("the page does not say %q: %.1200s", word, mainOf(w.Body.String()))
		}
	}
}

// wantRedirect fails the test unless w leads to path.
func wantRedirect(t testing.TB, w *httptest.ResponseRecorder, path string) {
	t.Helper()
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != path {
		t.Errorf("status %d to %q, want 303 to %q; page: %.800s", w.Code, w.Header().Get("Location"), path, mainOf(w.Body.String()))
	}
}

func mainOf(page string) string {
	if _, after, found := strings.Cut(page, "<main"); found {
		return after
	}
	return page
}

// newSiteOn returns another browser on the same site, signed out.
func newSiteOn(s *site) *site {
	other := *s
	other.cookies = map[string]string{}
	return &other
}
