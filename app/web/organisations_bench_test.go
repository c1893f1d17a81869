package web_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/app/web"
	"maillage/db"
	"maillage/db/dbtest"
	"maillage/db/fill"
)

// BenchmarkDirectoryPage asks for the list of 50 structures, signed in, and compares it
// with a bare net/http handler that runs the same query and writes the same bytes: the
// page, with its session, its rights and its templates, must reach half of it
// ("of-bare": 0.5).
func BenchmarkDirectoryPage(b *testing.B) {
	for _, size := range []struct {
		name string
		fill.Size
	}{
		{"300", fill.Size{Structures: 300, People: 300, Territories: 1}},
		{"100000", fill.Size{Structures: 100_000, People: 100_000}},
		{"100000 in one territory", fill.Size{Structures: 100_000, People: 100_000, Territories: 1}},
	} {
		b.Run(size.name, func(b *testing.B) {
			site, viewer := crowd(b, size.Size)
			for _, list := range []struct{ name, address, query string }{
				{"list", "/structures", ""},
				{"search as you type", "/structures?q=marie", "marie"},
			} {
				b.Run(list.name, func(b *testing.B) {
					comparePage(b, site, viewer, list.address, db.OrganisationFilter{Query: list.query})
				})
			}
		})
	}
}

// crowd is a site over an invented crowd, as somebody who reads its first territory.
func crowd(b *testing.B, size fill.Size) (*site, app.Viewer) {
	b.Helper()
	s := &site{t: b, db: dbtest.Empty(b), now: dbtest.Now, cookies: map[string]string{}}
	opened, err := fill.Load(b.Context(), s.db, size, dbtest.Now)
	if err != nil {
		b.Fatal(err)
	}
	v := app.Viewer{Account: "a-reader", Person: "reader", Reads: opened[:1], Territory: opened[0]}
	err = s.db.Load(b.Context(), func(l *db.Loader) error {
		if err := l.Person(app.Person{ID: v.Person, LastName: "Lecteur", CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now}); err != nil {
			return err
		}
		return l.Account(app.Account{ID: v.Account, Person: v.Person, Email: "lecteur@maillage.test", Territories: map[app.TerritoryID]app.Role{opened[0]: app.ReadOnly}, CreatedAt: dbtest.Now}, "")
	})
	if err != nil {
		b.Fatal(err)
	}
	if s.handler, err = web.Handler(web.Config{DB: s.db, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return dbtest.Now }, BaseURL: "http://maillage.test"}); err != nil {
		b.Fatal(err)
	}
	token := secret.Token()
	if _, err := s.db.BeginSession(b.Context(), v.Account, secret.Digest(token), "Essai", dbtest.Now); err != nil {
		b.Fatal(err)
	}
	s.cookies["maillage"] = token
	return s, v
}

func comparePage(b *testing.B, s *site, v app.Viewer, address string, f db.OrganisationFilter) {
	b.Helper()
	first := s.get(address)
	if first.Code != http.StatusOK || len(namesIn(first.Body.String())) < 5 {
		b.Fatalf("status %d, %d structures", first.Code, len(namesIn(first.Body.String())))
	}
	body := first.Body.Bytes()
	bare := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if l, err := s.db.Organisations(r.Context(), v, f, dbtest.Now); err != nil || len(l.Rows) == 0 {
			b.Errorf("%d rows, %v", len(l.Rows), err)
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(body)
	})
	request := httptest.NewRequestWithContext(b.Context(), http.MethodGet, address, nil)
	request.AddCookie(&http.Cookie{Name: "maillage", Value: s.cookies["maillage"]})
	var whole, plain time.Duration
	for b.Loop() {
		start := time.Now()
		s.handler.ServeHTTP(discard{http.Header{}}, request)
		middle := time.Now()
		bare.ServeHTTP(discard{http.Header{}}, request)
		whole, plain = whole+middle.Sub(start), plain+time.Since(middle)
	}
	b.ReportMetric(float64(whole.Microseconds())/float64(b.N), "µs/page")
	b.ReportMetric(float64(plain.Microseconds())/float64(b.N), "µs/bare")
	b.ReportMetric(float64(plain)/float64(whole), "of-bare")
}

// discard answers a request into nothing.
type discard struct{ header http.Header }

func (d discard) Header() http.Header         { return d.header }
func (d discard) Write(p []byte) (int, error) { return io.Discard.Write(p) }
func (d discard) WriteHeader(int)             {}
