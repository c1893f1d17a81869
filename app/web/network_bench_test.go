package web_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"maillage/app/web"
	"maillage/db/dbtest"
	"maillage/db/fill"
)

// The pages of the network once it is kept, and (cold) as the first to look at it after a
// change gets it.
func BenchmarkNetworkPages(b *testing.B) {
	for _, size := range []fill.Size{
		{Territories: 1, Structures: 300, Workshops: 60, People: 600},
		{Territories: 1, Structures: 1000, Workshops: 200, People: 2000},
	} {
		s := filledSite(b, size)
		for _, path := range []string{"/reseau/carte", "/reseau/graphe", "/reseau/graphe.json", "/reseau/indicateurs"} {
			b.Run(fmt.Sprintf("%s/%d structures", path, size.Structures), func(b *testing.B) {
				for b.Loop() {
					if w := s.get(path); w.Code != http.StatusOK {
						b.Fatalf("status %d", w.Code)
					}
				}
			})
		}
		b.Run(fmt.Sprintf("cold/%d structures", size.Structures), func(b *testing.B) {
			for b.Loop() {
				s.now = s.now.Add(11 * time.Minute) // longer than anything is kept
				s.get("/reseau/graphe")
			}
		})
	}
}

// filledSite is a site over an invented crowd, as its administrator sees it.
func filledSite(b *testing.B, size fill.Size) *site {
	b.Helper()
	s := &site{t: b, db: dbtest.Empty(b), now: dbtest.Now, cookies: map[string]string{}}
	size.PasswordHash = dbtest.PasswordHash
	if _, err := fill.Load(b.Context(), s.db, size, s.now); err != nil {
		b.Fatal(err)
	}
	handler, err := web.Handler(web.Config{DB: s.db, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return s.now }, BaseURL: "http://maillage.test"})
	if err != nil {
		b.Fatal(err)
	}
	s.handler = handler
	wantRedirect(b, s.post("/connexion", "courriel", fill.Email, "mot_de_passe", dbtest.Password), "/")
	return s
}
