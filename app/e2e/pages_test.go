package e2e

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"maillage/app/secret"
	"maillage/db/dbtest"
)

// people are who looks at every page: nobody yet, and one of each right.
var people = []struct{ name, account, home string }{
	{"visiteur", "", "/connexion"},
	{"admin", admin, "/"},
	{"coordination", coordination, "/"},
	{"themes", limited, "/"},
	{"referent", referent, "/"},
	{"collegue", colleague, "/"},
	{"lecture", reader, "/"},
}

// Every page a person reaches by links answers, has what a page must have, breaks
// no rule of axe-core on a phone and on a screen, light and dark, and fits them; so
// do the pages that refuse and the lists that find nothing.
func TestEveryPageIsWholeAccessibleAndFits(t *testing.T) {
	s := newSite(t)
	crawls := make([]*crawl, len(people))
	t.Run("read", func(t *testing.T) {
		for i, p := range people {
			t.Run(p.name, func(t *testing.T) {
				t.Parallel()
				crawls[i] = walk(s.visitor(t, p.account), p.home)
			})
		}
	})
	var documents []document
	for i, p := range people {
		c := crawls[i]
		c.visitor.t = t
		documents = append(documents, c.documents(p.name, c.pages...)...)
		documents = append(documents, c.documents(p.name, c.refusals(crawls)...)...)
		documents = append(documents, c.documents(p.name, c.searches()...)...)
	}
	documents = append(documents, newInstance(t)...)
	t.Logf("%d pages read as %d people", len(documents), len(people)+1)
	lookAtAll(t, choose(documents, newSight(), screens()...))
}

// Without JavaScript, every form can be sent, as it stands, empty, wrong and twice; what
// it sends is understood, and the page that answers is as every page must be.
func TestEveryFormAnswersWithoutJavaScript(t *testing.T) {
	crawls := make([]*crawl, len(people))
	whole := t
	t.Run("sent", func(t *testing.T) {
		for i, p := range people {
			t.Run(p.name, func(t *testing.T) {
				t.Parallel()
				s := newSite(whole)
				crawls[i] = walk(s.visitor(t, p.account), p.home)
				crawls[i].submitAll(t)
				crawls[i].visitor = s.visitor(t, p.account) // one of the forms signed out
			})
		}
	})
	var documents []document
	seen := newSight() // by the test above
	for i, p := range people {
		c := crawls[i]
		for _, page := range withFeatures(c.documents(p.name, c.pages...)) {
			seen.add(page)
		}
		documents = append(documents, c.documents(p.name, c.sent...)...)
	}
	t.Logf("%d pages answered the forms of %d people", len(documents), len(people))
	lookAtAll(t, choose(documents, seen, screens()...))
}

// refusals are the answers to the addresses that others reach and this person may not, one
// of each kind, and to one that is not.
func (c *crawl) refusals(crawls []*crawl) (answers []answer) {
	asked := map[string]bool{}
	for _, other := range crawls {
		for _, a := range other.pages {
			path, _, _ := strings.Cut(a.path, "?")
			if kind := kindOf(path); !asked[kind] && c.kinds[kind] == 0 {
				asked[kind] = true
				answers = append(answers, c.get(path))
			}
		}
	}
	return append(answers, c.get("/nulle-part"), c.get("/structures/aaaaaaaaaaaaaaaa"), c.get("/connexion/lien/perime"))
}

// newInstance are the pages of an instance that holds nothing, while it is set up and
// after, until its territory has its first structure.
func newInstance(t *testing.T) []document {
	t.Helper()
	d := dbtest.Empty(t)
	token := secret.Token()
	if err := d.OfferSetUp(t.Context(), secret.Digest(token), time.Now()); err != nil {
		t.Fatal(err)
	}
	v := serve(t, d, "", false).visitor(t, "")
	link := "/installation/" + token
	filled := url.Values{
		"epci": {string(dbtest.Cauvaldor)}, "convention": {"CTG"}, "debut": {"2026-01-01"}, "fin": {"2029-12-31"},
		"prenom": {"Zoé"}, "nom": {"L’Œuvre"}, "fonction": {"Chargée de coopération"}, "courriel": {"zoe@exemple.fr"}, "mot_de_passe": {password},
	}
	answers := []answer{
		v.get("/connexion"), v.get("/installation/inconnu"), v.get(link), v.get(link + "?cherche=zzzz"), v.get(link + "?cherche=gramat"),
		v.post(link, url.Values{}), v.post(link, filled), v.get(link),
	}
	c := walk(v, "/")
	return v.documents("installation", append(append(answers, c.pages...), c.searches()...)...)
}

// searches are the answers to what people ask of lists: what finds nothing, what finds
// something, what is no date.
func (c *crawl) searches() (answers []answer) {
	asked := map[string]bool{}
	for _, page := range c.pages {
		for _, f := range formsOf(page) {
			kind := kindOf(f.action) + strings.Join(slices.Sorted(maps.Keys(f.values)), "&")
			if f.method != "get" || asked[kind] {
				continue
			}
			asked[kind] = true
			for _, words := range []string{"zzzz", "mission"} {
				typed := form{method: "get", action: f.action, values: maps.Clone(f.values)}
				for name := range f.typed {
					typed.values[name] = []string{words}
				}
				answers = append(answers, c.answerTo(typed))
			}
		}
	}
	return answers
}

// The addresses that people and other programs were promised are linked from
// somewhere, for the person who may see the most of the territory.
func TestTheAddressesPromisedAreThere(t *testing.T) {
	c := walk(newSite(t).visitor(t, coordination), "/")
	for _, promised := range []string{
		"/recherche", "/structures", "/structures/:", "/structures.csv", "/personnes/:", "/ateliers", "/ateliers/:", "/ateliers/:.ics",
		"/ateliers/:/invitations", "/ateliers/:/presences", "/ateliers/:/emargement.pdf",
		"/reseau/carte", "/reseau/graphe", "/reseau/indicateurs", "/convention", "/sources", "/accessibilite", "/aide",
	} {
		pattern := regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(promised), ":", "[^/.]+") + `(\?.*)?$`)
		linked := slices.ContainsFunc(c.addresses(), pattern.MatchString)
		sent := slices.ContainsFunc(c.pages, func(a answer) bool {
			return slices.ContainsFunc(formsOf(a), func(f form) bool { return f.method == "get" && pattern.MatchString(f.action) })
		})
		if !linked && !sent {
			t.Errorf("nothing leads to %s", promised)
		}
	}
}

func (c *crawl) addresses() (paths []string) {
	for path := range c.from {
		paths = append(paths, path)
	}
	return paths
}
