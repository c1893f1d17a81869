package web

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/identity"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// A stage is the whole site over a database of its own.
type stage struct {
	t       *testing.T
	db      *db.DB
	engine  *gin.Engine
	viewers map[app.AccountID]app.Viewer // who is signed in, each with their account for token
	brought map[string]string            // what furnish wrote, by the name that things give it
}

func newStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{t: t, db: crowded(t), viewers: map[app.AccountID]app.Viewer{}, brought: map[string]string{}}
	provider, err := identity.Open(identity.Settings{Issuer: "http://localhost:1", ClientID: "essai", ClientSecret: "secret", Name: "Essai", Scopes: []string{"openid"}, Return: "http://maillage.test" + ReturnPath}) // which never answers
	if err != nil {
		t.Fatal(err)
	}
	s.engine, err = engine(Config{
		DB: s.db, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})),
		Now: func() time.Time { return dbtest.Now }, BaseURL: "http://maillage.test", Provider: provider,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// viewer signs the holder of an account in, once.
func (s *stage) viewer(account app.AccountID) app.Viewer {
	s.t.Helper()
	if v, found := s.viewers[account]; found || account == "" {
		return v
	}
	v, err := s.db.BeginSession(s.t.Context(), account, secret.Digest(string(account)), "Essai", dbtest.Now)
	if err != nil {
		s.t.Fatal(err)
	}
	s.viewers[account] = v
	return v
}

// ask plays route on a thing, as the holder of an account.
func (s *stage) ask(route string, on thing, account app.AccountID) *httptest.ResponseRecorder {
	s.t.Helper()
	return s.askWith(route, on, account, "", [2]string{})
}

// askWith is ask with another form, unless it is "", and one more header.
func (s *stage) askWith(route string, on thing, account app.AccountID, form string, header [2]string) *httptest.ResponseRecorder {
	s.t.Helper()
	v := s.viewer(account)
	s.furnish(route)
	method, path, _ := strings.Cut(route, " ")
	path = placeholder.ReplaceAllStringFunc(path, func(name string) string {
		if id := on.ids[name]; id != "" {
			return s.named(id)
		}
		return unknown
	})
	convention := "ctg"
	if slices.Contains(on.on.Territories, dbtest.Figeac) {
		convention = "ctg-loin"
	}
	form = cmp.Or(form, forms[route])
	form = strings.NewReplacer("{structure}", orUnknown(on.ids["{structure}"]), "{personne}", orUnknown(on.ids["{personne}"]), "{courriel}", on.ids["{courriel}"],
		"{territoire}", string(v.Territory), "{convention}", convention, " ", "+", "!", "%21").Replace(form)
	ctx, leave := context.WithTimeout(s.t.Context(), 10*time.Second)
	defer leave()
	r := httptest.NewRequestWithContext(ctx, method, path+"?"+form, nil)
	if method == http.MethodPost {
		r = httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(form))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if account != "" {
		r.AddCookie(&http.Cookie{Name: "maillage", Value: string(account)})
	}
	if header[0] != "" {
		r.Header.Set(header[0], header[1])
	}
	if slices.Contains(fragments, route) {
		r.Header.Set("HX-Request-Type", "partial")
	}
	w := &onceFlushed{httptest.NewRecorder(), leave}
	s.engine.ServeHTTP(w, r)
	return w.ResponseRecorder
}

// named is id, or what furnish wrote under that name.
func (s *stage) named(id string) string {
	if brought, found := s.brought[id]; found {
		return brought
	}
	return id
}

func orUnknown(id string) string {
	if id == "" {
		return unknown
	}
	return id
}

// thingsOf returns what the address of route may name.
func thingsOf(route string) []thing {
	_, path, _ := strings.Cut(route, " ")
	for _, t := range things {
		if strings.HasPrefix(path, t.prefix) {
			return slices.Concat(t.all, thingsOfKinds(t.prefix))
		}
	}
	return nil
}

// before is what is written once all who ask for route are signed in.
func (s *stage) before(route string) map[string]string {
	s.t.Helper()
	for _, who := range callers {
		s.viewer(who.account)
	}
	s.furnish(route)
	return dbtest.Trace(s.t, s.db)
}

// kept are the tables that a refused act may write to: who is there, what is tried.
var kept = []string{"sessions", "audit"}

// since returns the tables written since before, but for what is kept of every request.
func (s *stage) since(before map[string]string) []string {
	s.t.Helper()
	return slices.DeleteFunc(dbtest.Changed(before, dbtest.Trace(s.t, s.db)), func(table string) bool { return slices.Contains(kept, table) })
}
