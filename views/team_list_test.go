package views

import (
	"fmt"
	"testing"

	"maillage/app"
)

func TestALargeTeamIsListedByPagesAndSearched(t *testing.T) {
	p := TeamPage{Organisation: app.Organisation{ID: "mission"}}
	for i := range 120 {
		p.Mates = append(p.Mates, Teammate{Name: fmt.Sprintf("Zoé Agent%03d", i), Function: "Conseillère", Email: "z@x.fr"})
	}
	p.Known = []Member{{Person: app.Person{FirstName: "Élise", LastName: "Né"}}}
	for _, c := range []struct {
		query          string
		page           int
		listed, others int
		next           string
	}{
		{"", 1, 50, 1, "/structures/mission/membres?page=2"},
		{"", 2, 50, 0, "/structures/mission/membres?page=3"},
		{"", 3, 20, 0, ""},
		{"", 9, 0, 0, ""},
		{"conseillere agent11", 1, 10, 0, ""},
		{"elise", 1, 0, 1, ""},
		{"personne", 1, 0, 0, ""},
	} {
		p.Next = ""
		p.List(c.query, c.page)
		if len(p.Listed) != c.listed || len(p.Others) != c.others || p.Next != c.next {
			t.Errorf("%q, page %d: %d members, %d others, next %q; want %+v", c.query, c.page, len(p.Listed), len(p.Others), p.Next, c)
		}
	}
	if p.List("agent1", 1); p.count() != "20\u00a0membres trouvés sur 120" || len(p.Listed) != 20 {
		t.Errorf("the heading says %q", p.count())
	}
}
