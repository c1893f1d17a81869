package web_test

import (
	"log/slog"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"maillage/app/web"
	"maillage/db/dbtest"
	"maillage/db/demo"
)

// BenchmarkPages serves each page of the demonstration's territory (184 structures, 27
// workshops) to its coordinator, session, rights and rendering included; median-ms is
// what the issue sets at 3 ms at most.
func BenchmarkPages(b *testing.B) {
	s := demonstration(b)
	workshop := regexp.MustCompile(`/ateliers/[a-z0-9]{16}`).FindString(s.get("/ateliers").Body.String())
	structure := regexp.MustCompile(`/structures/[a-z0-9]{16}`).FindString(s.get(workshop).Body.String())
	for _, path := range []string{
		"/", "/structures", "/structures?q=ec&theme=enfance", structure, "/recherche?q=mar", "/ateliers", "/ateliers?vue=mois", workshop, workshop + "/modifier",
		workshop + "/invitations", workshop + "/inscriptions", workshop + "/presences", "/reseau/carte", "/reseau/graphe", "/reseau/indicateurs", "/convention", "/administration",
	} {
		name := strings.NewReplacer(workshop, "/ateliers/:id", structure, "/structures/:id").Replace(path)
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				start := time.Now()
				if w := s.get(path); w.Code >= 400 {
					b.Fatalf("%s answers %d", path, w.Code)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median-ms")
		})
	}
}

// demonstration is a site over the demonstration's territory, its coordinator signed in.
func demonstration(b *testing.B) *site {
	b.Helper()
	d := dbtest.Empty(b)
	const password = "Maillage-demo-2026!"
	if err := demo.Load(b.Context(), d, password, dbtest.Now); err != nil {
		b.Fatal(err)
	}
	handler, err := web.Handler(web.Config{DB: d, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return dbtest.Now }, BaseURL: "http://maillage.test"})
	if err != nil {
		b.Fatal(err)
	}
	s := &site{t: b, handler: handler, db: d, now: dbtest.Now, cookies: map[string]string{}}
	if w := s.post("/connexion", "courriel", "coordination@demo.test", "mot_de_passe", password); w.Code != http.StatusSeeOther {
		b.Fatal(w.Code)
	}
	return s
}
