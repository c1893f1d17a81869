package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db/dbtest"
)

// ofTheirTerritory are the acts by which who coordinates adds something to their own
// territory: the address names no thing of another.
var ofTheirTerritory = []string{"POST /ateliers", "POST /structures", "POST /convention"}

// The identifiers of the small world, so that a route is refused for want of a right
// and not because the thing does not exist.
var known = strings.NewReplacer("/structures/:id", "/structures/"+string(dbtest.Mission), "/personnes/:id", "/personnes/"+string(dbtest.Ines),
	"/ateliers/:id", "/ateliers/"+string(dbtest.Soon), "/convention/:id", "/convention/"+string(dbtest.CTG))

var placeholder = regexp.MustCompile(`[:*][a-z]+`)

func routes(t *testing.T, visit func(route string, method, path string, ask func(app.Viewer) *httptest.ResponseRecorder)) {
	t.Helper()
	d := dbtest.New(t)
	r, err := engine(Config{DB: d, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})), Now: func() time.Time { return dbtest.Now }, BaseURL: "http://maillage.test"})
	if err != nil {
		t.Fatal(err)
	}
	for _, route := range r.Routes() {
		path := placeholder.ReplaceAllString(known.Replace(route.Path), "inconnu")
		visit(route.Method+" "+route.Path, route.Method, path, func(v app.Viewer) *httptest.ResponseRecorder {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			request := httptest.NewRequestWithContext(ctx, route.Method, path, nil)
			if v.SignedIn() {
				token := secret.Token()
				if _, err := d.BeginSession(t.Context(), v.Account, secret.Digest(token), "Essai", dbtest.Now); err != nil {
					t.Fatal(err)
				}
				request.AddCookie(&http.Cookie{Name: "maillage", Value: token})
			}
			w := &onceFlushed{httptest.NewRecorder(), cancel}
			r.ServeHTTP(w, request)
			return w.ResponseRecorder
		})
	}
}

// onceFlushed goes away at the first flush, as from a live screen.
type onceFlushed struct {
	*httptest.ResponseRecorder
	leave func()
}

func (w *onceFlushed) Flush() {
	w.ResponseRecorder.Flush()
	w.leave()
}

func TestNoRouteBreaksOnAnEmptyForm(t *testing.T) {
	routes(t, func(route, method, path string, ask func(app.Viewer) *httptest.ResponseRecorder) {
		for name, viewer := range dbtest.Viewers {
			if name == "ailleurs" && slices.Contains(ofTheirTerritory, route) {
				continue
			}
			if w := ask(viewer); w.Code >= 500 {
				t.Errorf("%s (%s) answers %d to %s", route, path, w.Code, name)
			}
		}
	})
}
