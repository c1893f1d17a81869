package web

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"maillage/app"
	"maillage/db/dbtest"
)

// naming are the forms that name somebody by their id, for who keeps the structure {s} or a
// workshop of the same territory.
var naming = []struct{ route, form string }{
	{"GET /administration/comptes/nouveau", "personne={p}"},
	{"POST /administration/comptes", "personne={p}&courriel=neuve@essai.test&structure:{s}=collegue"},
	{"GET /structures/:id/personnes/nouvelle", "personne={p}"},
	{"POST /structures/:id/personnes", "personne={p}&fonction=Aide"},
	{"GET /structures/:id/membres/invitation", "personne={p}"},
	{"POST /structures/:id/membres", "personne={p}&courriel=neuve@essai.test&role=collegue"},
	{"POST /ateliers/:id/inscriptions", "structure={s}&personnes={p}"},
	{"POST /ateliers/:id/inscriptions/:inscription/remplacement", "structure={s}&collegue={p}"},
	{"POST /ateliers/:id/presences", "personne={p}"},
}

// Naming somebody in a form tells nothing of whom one does not see, and gives nobody contact
// details that the table does not.
func TestNamingSomebodyInAFormGivesNothingOfThem(t *testing.T) {
	cells, done, posted := 0, map[string]int{}, map[string]int{}
	shown := newStage(t)
	for _, n := range naming {
		for _, by := range []struct {
			account             app.AccountID
			structure, workshop string
		}{
			{dbtest.Referent.Account, "mission", "voisin"}, {dbtest.Coordinator.Account, "mission", "voisin"}, {dbtest.Stranger.Account, "ailleurs", "loin"},
		} {
			for _, of := range thingsOf("GET /personnes/:id") {
				if strings.HasSuffix(n.route, "/presences") && len(of.on.Organisations) == 0 {
					continue // who belongs to nothing is of where they come, and is looked for by name at each door
				}
				writes := strings.HasPrefix(n.route, http.MethodPost)
				if writes && os.Getenv("TEST_DATABASE_URL") != "" && posted[n.route] >= 4 && done[n.route] > 0 {
					continue // a stage there is a schema to build
				}
				play := func(s *stage) {
					if s.naming(n.route, n.form, by.account, by.structure, by.workshop, of) {
						done[n.route]++
					}
				}
				if writes {
					posted[n.route]++
					t.Run("written", func(t *testing.T) { play(newStage(t)) })
				} else {
					play(shown)
				}
				cells++
			}
		}
	}
	for _, n := range naming {
		if done[n.route] == 0 && n.route != "POST /administration/comptes" { // all whom it could open one for have one
			t.Errorf("%s named nobody whom it serves: the test asks in vain", n.route)
		}
	}
	t.Logf("%d cells, done %v", cells, done)
}

// naming asks for route with form as account, which names of, and reports whether it was done.
func (s *stage) naming(route, form string, account app.AccountID, structure, workshop string, of thing) bool {
	s.t.Helper()
	id := structure
	if strings.Contains(route, "/ateliers") {
		id = workshop
	}
	named := thing{ids: ids(":id", id, ":inscription", workshop+"-"+structure)}
	got := s.askWith(route, named, account, strings.NewReplacer("{p}", of.ids[":id"], "{s}", structure).Replace(form), [2]string{})
	s.givesNothing(route, account, of, got.Code, mainOf(got))
	if got.Code == http.StatusSeeOther {
		for _, next := range []string{"/structures/" + structure, "/personnes/" + of.ids[":id"]} {
			if on := s.ask("GET "+next, thing{}, account); on.Code == http.StatusOK {
				s.givesNothing(route+", then "+next, account, of, on.Code, mainOf(on))
			}
		}
	}
	return got.Code < 400
}

// givesNothing checks an answer of route, which named of.
func (s *stage) givesNothing(route string, account app.AccountID, of thing, code int, words string) {
	s.t.Helper()
	v, email := s.viewer(account), of.ids["{courriel}"]
	if of.at.Territories == nil {
		of.at = of.on
	}
	if strings.Contains(words, email) && !v.May(app.SeeContacts, of.on) {
		s.t.Errorf("%s tells %s how to reach %s", route, v.Name, of.name)
	}
	if v.May(app.SeeTerritory, of.at) {
		return
	}
	r, err := s.db.Person(s.t.Context(), dbtest.Admin, app.PersonID(of.ids[":id"]), dbtest.Now)
	if err != nil {
		s.t.Fatal(err)
	}
	if code < 400 || strings.Contains(words, r.Name()) {
		s.t.Errorf("%s, naming %s whom %s does not see: %d", route, of.name, v.Name, code)
	}
}
