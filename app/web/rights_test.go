package web

import (
	"slices"
	"testing"

	"maillage/app"
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
				t.Errorf("%q, under « %s » in app/web/acts.go, is no address of server.go: take it away, or correct it", route, app.Rights[act].Words)
			}
		}
	}
}
