package web

import (
	"slices"
	"strings"
	"testing"

	"maillage/views"
)

// Whatever address carries a token is one that the outbox hides: a new one joins views.TokenPaths.
func TestEveryAddressWithATokenIsHiddenFromTheOutbox(t *testing.T) {
	routes, _ := asking(t)
	used := map[string]bool{}
	for _, r := range routes {
		at := strings.IndexAny(r.Path, ":*")
		if at < 0 || !strings.HasPrefix(r.Path[at:], ":token") && !strings.HasPrefix(r.Path[at:], ":jeton") {
			continue
		}
		if used[r.Path[:at]] = true; !slices.Contains(views.TokenPaths, r.Path[:at]) {
			t.Errorf("%s %s carries a token, and %q is not in views.TokenPaths", r.Method, r.Path, r.Path[:at])
		}
	}
	if len(used) != len(views.TokenPaths) {
		t.Errorf("views.TokenPaths %q, routes %v", views.TokenPaths, used)
	}
}
