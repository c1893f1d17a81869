package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// actOf returns the act that route, "GET /structures/:id", is of.
func actOf(route string) (act app.Act, found bool) {
	for act, routes := range acts {
		if slices.Contains(routes, route) {
			return act, true
		}
	}
	return 0, false
}

// openToAll reports whether route answers whoever is not signed in.
func openToAll(route string) bool {
	act, found := actOf(route)
	return found && app.Viewer{}.May(act, app.On{})
}

func TestEveryAddressIsOfOneAct(t *testing.T) {
	r, err := engine(Config{DB: dbtest.Empty(t), BaseURL: "http://maillage.test"})
	if err != nil {
		t.Fatal(err)
	}
	var exist []string
	for _, route := range r.Routes() {
		exist = append(exist, route.Method+" "+route.Path)
		if _, found := actOf(exist[len(exist)-1]); !found {
			t.Errorf("%[1]q is of no act: write it in app/web/acts.go, under the act of app/rights.go that says who may (or a new act there: a constant and its line in Rights)", exist[len(exist)-1])
		}
	}
	times := map[string]int{}
	for act, routes := range acts {
		for _, route := range routes {
			if times[route]++; times[route] > 1 {
				t.Errorf("%q stands twice in app/web/acts.go: leave it under one act", route)
			}
			if !slices.Contains(exist, route) {
				t.Errorf("%q, under « %s » in app/web/acts.go, is no address of routes.go: take it away, or correct it", route, app.Rights[act].Words)
			}
		}
	}
}

func TestWhatIsPersonalIsRefusedToWhoActsInAnothersPlace(t *testing.T) {
	s := newStage(t)
	code := db.HelpCode{Hash: secret.HashCode("code", "sel"), Salt: "sel"}
	if err := s.db.AskForHelp(t.Context(), dbtest.Coordinator, code, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	const helping = "aide" // the account under which the stage finds the session
	admin := s.viewer(dbtest.Admin.Account)
	err := s.db.BeginHelp(t.Context(), admin, dbtest.Coordinator.Account, code.Hash, secret.Digest(string(admin.Account)), secret.Digest(helping), app.Mail{Subject: "s", Body: "b"}, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if s.viewers[helping], err = s.db.Viewer(t.Context(), secret.Digest(helping), dbtest.Now); err != nil || s.viewers[helping].Name != dbtest.Coordinator.Name {
		t.Fatalf("who helps is %+v, %v", s.viewers[helping], err)
	}
	for _, r := range s.engine.Routes() {
		route := r.Method + " " + r.Path
		if route == "POST /deconnexion" || route == "POST /aide/fin" {
			continue // it would be over
		}
		act, _ := actOf(route)
		before := s.before(route)
		got := s.ask(route, thing{name: "ce qui n’existe pas"}, helping)
		refused := got.Code == http.StatusForbidden && strings.Contains(got.Body.String(), "ne se fait à la place de personne")
		if refused != act.Personal() {
			t.Errorf("%s answers %d to who helps, refused: %v, want %v", route, got.Code, refused, act.Personal())
		}
		if changed := s.since(before); refused && len(changed) > 0 {
			t.Errorf("%s, refused, wrote in %v", route, changed)
		}
	}
}
