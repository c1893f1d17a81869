package web_test

import (
	"regexp"
	"testing"

	"maillage/db/dbtest"
)

// A page and all it needs the first time weigh at most 60 kB over the wire (look.md), the
// map and the graph apart; afterwards the page alone, at most 15.
func TestAPageWeighsLittle(t *testing.T) {
	const first, again = 60_000, 15_000
	s := newSite(t).as(dbtest.Coordinator)
	for _, path := range []string{"/", "/structures", "/ateliers", "/ateliers/" + string(dbtest.Soon) + "/presences", "/convention"} {
		page := s.get(path, "Accept-Encoding", "gzip").Body.Len()
		whole := page
		for _, asset := range regexp.MustCompile(`/assets/[^"]+`).FindAllString(s.get(path).Body.String(), -1) {
			w := s.get(asset, "Accept-Encoding", "gzip")
			if w.Code != 200 {
				t.Errorf("%s answers %d", asset, w.Code)
			}
			whole += w.Body.Len()
		}
		if page > again || whole > first || whole < 40_000 {
			t.Errorf("%s weighs %d bytes the first time and %d afterwards, want %d and %d at most", path, whole, page, first, again)
		}
	}
}
