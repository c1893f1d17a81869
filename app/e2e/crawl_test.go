package e2e

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// alike is how many pages of one kind a crawl reads: read whole, the demonstration's
// thousands of pages hold six features that twenty of a kind do not.
const alike = 20

// A crawl reads every page that one person reaches by links from the home page.
type crawl struct {
	*visitor
	from  map[string]string // each address met, and the page that first led there
	next  []string
	kinds map[string]int
	pages []answer
	sent  []answer                     // the pages that answered its forms
	ids   map[string]map[string]bool   // on each page read
	wants map[string]map[string]string // the #ids that links want on each address, and the page that does
}

// walk follows all links from the paths and reports each page that does not
// answer or lacks what every page must have.
func walk(v *visitor, paths ...string) *crawl {
	v.t.Helper()
	c := &crawl{visitor: v, from: map[string]string{}, kinds: map[string]int{}, ids: map[string]map[string]bool{}, wants: map[string]map[string]string{}}
	for _, path := range paths {
		c.meet("the start", path)
	}
	for len(c.next) > 0 {
		path := c.next[0]
		c.next = c.next[1:]
		c.read(path)
	}
	for path, ids := range c.ids {
		for id, page := range c.wants[path] {
			if !ids[id] {
				c.t.Errorf("%s links to #%s on %s, which is not there", page, id, path)
			}
		}
	}
	return c
}

// meet notes a reference found on a page and reads it later, unless enough of its kind were.
func (c *crawl) meet(page, reference string) {
	u, err := url.Parse(reference)
	if err != nil {
		c.t.Errorf("%s links to %q, which is no address", page, reference)
		return
	}
	if u.Scheme != "" || u.Host != "" {
		return
	}
	path := resolve(page, reference)
	if u.Fragment != "" {
		if c.wants[path] == nil {
			c.wants[path] = map[string]string{}
		}
		c.wants[path][u.Fragment] = page
	}
	if _, met := c.from[path]; met {
		return
	}
	if kind := kindOf(path); c.kinds[kind] >= alike {
		return
	} else {
		c.kinds[kind]++
	}
	c.from[path] = page
	c.next = append(c.next, path)
}

// anID is what an identifier in an address looks like.
var anID = regexp.MustCompile(`^([a-z2-7]{16}|[0-9]+)`)

// kindOf is the address with the ids in it left out, and the values of its query.
func kindOf(path string) string {
	u, err := url.Parse(path)
	if err != nil {
		return path
	}
	parts := strings.Split(u.Path, "/")
	for i, part := range parts {
		parts[i] = anID.ReplaceAllString(part, "*")
	}
	return strings.Join(parts, "/") + "?" + strings.Join(slices.Sorted(maps.Keys(u.Query())), "&")
}

func (c *crawl) read(path string) {
	a := c.get(path)
	if a.status != http.StatusOK {
		c.t.Errorf("%s, linked from %s, answers %d", path, c.from[path], a.status)
		return
	}
	if a.doc == nil {
		return
	}
	c.pages = append(c.pages, a)
	c.inspect(a)
	for _, n := range all(a.doc, named("a", "link", "script", "img", "source", "iframe", "use", "image")) {
		for _, name := range []string{"href", "src"} {
			if reference, ok := attribute(n, name); ok {
				if n.Data == "a" && (reference == "" || reference == "#") {
					c.t.Errorf("%s: the link “%s” leads nowhere", path, words(n))
				}
				c.meet(a.path, reference)
			}
		}
	}
}

// inspect reports what every page must have and this one lacks.
func (c *crawl) inspect(a answer) {
	root := all(a.doc, named("html"))[0]
	if value(root, "lang") != "fr" {
		c.t.Errorf("%s: lang is %q, want fr", a.path, value(root, "lang"))
	}
	if titles := all(a.doc, func(n *html.Node) bool { return n.Data == "title" && n.Parent.Data == "head" }); len(titles) != 1 || words(titles[0]) == "" {
		c.t.Errorf("%s: %d titles, want one that says something", a.path, len(titles))
	}
	if headings := all(a.doc, named("h1")); len(headings) != 1 || words(headings[0]) == "" {
		c.t.Errorf("%s: %d h1, want one that says something", a.path, len(headings))
	}
	ids := map[string]bool{}
	for _, n := range all(a.doc, func(n *html.Node) bool { _, ok := attribute(n, "id"); return ok }) {
		if id := value(n, "id"); ids[id] {
			c.t.Errorf("%s: two elements have the id %q", a.path, id)
		} else {
			ids[id] = true
		}
	}
	c.ids[a.path] = ids
	for _, n := range all(a.doc, hasHTMX) {
		if reachable := slices.ContainsFunc(slices.Collect(n.Ancestors()), isForm) || isForm(n) || n.Data == "a" || value(n, "hx-trigger") != ""; !reachable {
			c.t.Errorf("%s: <%s> “%s” does nothing without JavaScript", a.path, n.Data, words(n))
		}
	}
}

func isForm(n *html.Node) bool { return n.Type == html.ElementNode && n.Data == "form" }

func hasHTMX(n *html.Node) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool {
		return slices.Contains([]string{"hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete"}, a.Key)
	})
}

// submitAll sends the pages' forms as they stand, one of each kind, and reports
// those that no person could send or that the server does not expect. What the
// forms change is changed: the site must be one to spend.
func (c *crawl) submitAll(t testing.TB) {
	t.Helper()
	sent := map[string]bool{}
	var last []form
	for _, page := range c.pages {
		for _, f := range formsOf(page) {
			kind := f.method + " " + kindOf(f.action) + strings.Join(slices.Sorted(maps.Keys(f.values)), "&")
			switch {
			case !f.button && f.method == "post":
				t.Errorf("%s: the form to %s has no button", f.page, f.action)
			case sent[kind]:
			case strings.HasPrefix(f.action, "/deconnexion"):
				last = append(last, f)
			default:
				c.submitWrong(f)
				c.submit(t, f)
				c.submitAgain(f)
			}
			sent[kind] = true
		}
	}
	for _, f := range last {
		c.submit(t, f)
	}
}

// submitWrong sends a form in which one types, empty, and with words where numbers, dates
// and addresses go.
func (c *crawl) submitWrong(f form) {
	c.t.Helper()
	if len(f.typed) == 0 {
		return
	}
	for _, typed := range []string{"", "z"} {
		wrong := form{method: f.method, action: f.action, values: url.Values{}}
		for name, values := range f.values {
			wrong.values[name] = values
			if f.typed[name] {
				wrong.values[name] = []string{strings.Repeat(typed, 300)}
			}
		}
		c.keep(c.answerTo(wrong))
	}
}

// submitAgain sends a form that was sent already, as a stale page does.
func (c *crawl) submitAgain(f form) {
	c.t.Helper()
	if f.method == "post" {
		c.keep(c.answerTo(f))
	}
}

// keep notes a page that answered a form, to be looked at, and reports one that broke.
func (c *crawl) keep(a answer) {
	if a.status >= http.StatusInternalServerError {
		c.t.Errorf("%s answers a form sent wrong with %d", a.path, a.status)
	}
	if a.doc != nil && len(all(a.doc, named("h1"))) == 1 {
		c.sent = append(c.sent, a)
	}
}

func (c *crawl) answerTo(f form) answer {
	c.t.Helper()
	if f.method != "get" {
		return c.post(f.action, f.values)
	}
	u, _ := url.Parse(f.action)
	u.RawQuery = f.values.Encode()
	return c.get(u.RequestURI())
}

func (c *crawl) submit(t testing.TB, f form) {
	t.Helper()
	a := c.answerTo(f)
	c.keep(a)
	ok := a.status == http.StatusOK || f.method == "post" && (a.status == http.StatusUnprocessableEntity || a.status == http.StatusConflict)
	if !ok {
		t.Errorf("%s: the form to %s %s sent as it stands answers %d", f.page, f.method, f.action, a.status)
		return
	}
	if a.doc != nil && len(all(a.doc, named("h1"))) != 1 {
		t.Errorf("%s: the form to %s %s answers %d with no page around", f.page, f.method, f.action, a.status)
	}
}
