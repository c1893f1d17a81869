package e2e

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// people are who looks at every page: nobody yet, and one of each right.
var people = []struct{ name, account, home, only string }{
	{"visiteur", "", "/connexion", ""},
	{"coordination", coordination, "/", ""},
	{"referent", referent, "/", ""},
	{"admin", admin, "/", "/administration"}, // what else an administrator sees is what the coordination sees
}

// Every page a person reaches by links answers, has what a page must have, breaks
// no rule of axe-core on a phone and on a screen, light and dark, and fits a phone.
func TestEveryPageIsWholeAccessibleAndFits(t *testing.T) {
	s := newSite(t)
	for _, p := range people {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			c := walk(s.visitor(t, p.account), p.home)
			b := s.tab(t, p.account)
			pages := c.sample(p.only)
			t.Logf("%d addresses read, %d pages looked at", len(c.from), len(pages))
			for _, path := range append(pages, "/nulle-part") {
				b.lookAt(p.name, path)
			}
		})
	}
}

// Without JavaScript, every form can be sent, and what it sends is understood.
func TestEveryFormAnswersWithoutJavaScript(t *testing.T) {
	for _, p := range people {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			walk(s.visitor(t, p.account), p.home).submitAll(t)
		})
	}
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

// sample returns the home page and, under a path, the pages worth looking at: all
// of a kind when they are few, otherwise the first, and one that is filtered.
func (c *crawl) sample(under string) (paths []string) {
	taken := map[string]int{}
	for _, a := range c.pages {
		path, _, filtered := strings.Cut(a.path, "?")
		kind, few := kindOf(path), 1
		if c.kinds[kind] <= 3 {
			few = 3
		}
		if filtered {
			kind, few = kind+"filtered", 1
		}
		if (path == "/" || strings.HasPrefix(path, under)) && taken[kind] < few {
			paths = append(paths, a.path)
			taken[kind]++
		}
	}
	return paths
}

// lookAt opens a page as a person sees it on a phone and on a screen narrowed to a
// tablet's width, light and dark. What the colours do not change is looked for once a width.
func (b *tab) lookAt(person, path string) {
	b.t.Helper()
	for _, widths := range [][]int64{{768, 1440}, {390}} {
		b.scheme("light")
		b.resize(widths[0])
		b.open(path)
		where := ""
		for _, width := range widths {
			where = fmt.Sprintf("%s as %s, %d px", path, person, width)
			b.resize(width)
			b.fits(where, width)
			for _, scheme := range []string{"dark", "light"} {
				b.scheme(scheme)
				b.screenshot(fmt.Sprintf("%s%s-%d-%s", person, fileName(path), width, scheme), width)
			}
		}
		b.shorten()
		b.accessible(where + ", light")
		b.scheme("dark")
		b.accessible(where+", dark", "color-contrast", "link-in-text-block")
		for _, complaint := range b.heard() {
			b.tell(where, "the browser complains: "+complaint)
		}
	}
}

func fileName(path string) string {
	if unescaped, err := url.PathUnescape(path); err == nil {
		path = unescaped
	}
	name := regexp.MustCompile(`[^\pL\pN]+`).ReplaceAllString(path, "-")
	return name[:min(len(name), 80)]
}
