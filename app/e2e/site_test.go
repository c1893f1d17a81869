package e2e

import (
	"context"
	"log/slog"
	"net"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"maillage/app/web"
	"maillage/db"
	"maillage/db/dbtest"
	"maillage/db/demo"
)

// password opens every account of the demonstration.
const password = "Essai-de-bout-en-bout-2026!"

// The accounts of the demonstration that the journeys sign in with.
const (
	admin        = "admin@demo.test"
	coordination = "coordination@demo.test"
	referent     = "referent@demo.test"
	colleague    = "collegue@demo.test"
	limited      = "themes@demo.test"
	reader       = "lecture@demo.test"
)

// A site is the whole application with the demonstration's data, served at an
// address of this machine. Its clock can be put forward.
type site struct {
	url   string
	db    *db.DB
	ahead atomic.Int64
}

// newSite serves a site of its own until the end of the test.
func newSite(t testing.TB) *site {
	t.Helper()
	return newSiteAt(t, "")
}

// newSiteAt is newSite by another name of this machine than its number.
func newSiteAt(t testing.TB, host string) *site {
	t.Helper()
	d := dbtest.Empty(t)
	if err := demo.Load(t.Context(), d, password, time.Now()); err != nil {
		t.Fatalf("loading the demonstration: %v", err)
	}
	return serve(t, d, host, true)
}

// serve serves a site with what is in a database, at that name of this machine or at its
// number, until the end of the test; set changes its settings.
func serve(t testing.TB, d *db.DB, host string, invented bool, set ...func(*web.Config)) *site {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	address := server.Listener.Addr().String()
	if _, port, err := net.SplitHostPort(address); err == nil && host != "" {
		address = net.JoinHostPort(host, port)
	}
	s := &site{url: "http://" + address, db: d}
	config := web.Config{
		DB:      d,
		Log:     slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})),
		Now:     s.now,
		BaseURL: s.url,
		Demo:    invented,
	}
	for _, change := range set {
		change(&config)
	}
	handler, err := web.Handler(config)
	if err != nil {
		t.Fatal(err)
	}
	// Live screens end with the server's context.
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	server.Config.Handler = replaying(handler)
	server.Config.BaseContext = func(net.Listener) context.Context { return ctx }
	server.Start()
	t.Cleanup(func() { cancel(); server.Close() })
	return s
}

func (s *site) now() time.Time { return time.Now().Add(time.Duration(s.ahead.Load())) }

// forward puts the site's clock forward, so that it is at.
func (s *site) forward(at time.Time) { s.ahead.Store(int64(time.Until(at))) }

// tab opens a tab, signed in with the account if one is named.
func (s *site) tab(t testing.TB, account string) *tab {
	t.Helper()
	b := newTab(t, s.url)
	if account == "" {
		return b
	}
	b.open("/connexion")
	b.fill("Votre adresse électronique", account)
	b.fill("Mot de passe", password)
	b.click("Se connecter")
	b.at("/")
	return b
}

// visitor returns a visitor without JavaScript, signed in with the account if one is named.
func (s *site) visitor(t testing.TB, account string) *visitor {
	t.Helper()
	v := newVisitor(t, s.url)
	if account == "" {
		return v
	}
	a := v.post("/connexion", url.Values{"courriel": {account}, "mot_de_passe": {password}})
	if a.path != "/" || a.status != 200 {
		t.Fatalf("signing in as %s leads to %s with status %d", account, a.path, a.status)
	}
	return v
}
