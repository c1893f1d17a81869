package e2e

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	cdp "github.com/chromedp/chromedp"
)

// A look is one document to be looked at: at every width in every scheme, or at one; as
// it comes, and with its folds and its dialogs open where they show something new.
type look struct {
	document
	windows []window
	open    []string // "details", "dialog"
}

// A window is how a person's screen is.
type window struct {
	width  int64
	scheme string
}

// windows are those a document is looked at in, in an order that changes little at a time.
var windows = []window{{1440, "light"}, {1440, "dark"}, {390, "dark"}, {390, "light"}}

// corners are two windows, in turn, that make four.
var corners = [][]window{{{1440, "light"}, {390, "dark"}}, {{1440, "dark"}, {390, "light"}}}

// screens are what each document is looked at in, in turn: two corners; where the suite is run
// again, on PostgreSQL or with the race detector, which change nothing to see, one window.
func screens() [][]window {
	if !raced && os.Getenv("TEST_DATABASE_URL") == "" {
		return corners
	}
	return [][]window{windows[:1], windows[1:2], windows[2:3], windows[3:4]}
}

// A sight is what was looked at: the features in all, and those on each kind of page.
type sight struct {
	all   map[feature]bool
	kinds map[string]map[feature]bool
}

func newSight() *sight { return &sight{map[feature]bool{}, map[string]map[feature]bool{}} }

func (s *sight) add(c candidate) {
	if s.kinds[c.kind()] == nil {
		s.kinds[c.kind()] = map[feature]bool{}
	}
	for _, fs := range c.found {
		maps.Copy(s.all, fs)
		maps.Copy(s.kinds[c.kind()], fs)
	}
}

// choose returns the looks that, together, show every kind of page whole and every feature
// there is on any of the documents, in each of the screens in turn; and, in one window, on
// every kind of page every feature there is on it. What the looks show is added to seen.
func choose(documents []document, seen *sight, screens ...[]window) (looks []look) {
	candidates := distinct(documents)
	take := func(c candidate, screen []window) {
		l := look{document: c.document, windows: screen}
		for _, where := range []string{"details", "dialog"} {
			if fresh(c.found[where], seen.all) > 0 {
				l.open = append(l.open, where)
			}
		}
		seen.add(c)
		looks = append(looks, l)
	}
	screen := func() []window { return screens[len(looks)%len(screens)] }
	for _, c := range candidates { // those of most features first
		if seen.kinds[c.kind()] == nil && c.plain() {
			take(c, screen())
		}
	}
	for best := 0; len(candidates) > 0; {
		most := 0.
		for i, c := range candidates {
			if worth := c.worth(seen.all); worth > most {
				best, most = i, worth
			}
		}
		if most == 0 {
			break
		}
		take(candidates[best], screen())
	}
	for _, c := range candidates {
		if c.worth(seen.kinds[c.kind()]) > 0 {
			take(c, windows[len(looks)%len(windows):][:1])
		}
	}
	return looks
}

// kind is the kind of the document's address, or what was answered instead.
func (d document) kind() string {
	if d.status != http.StatusOK {
		return http.StatusText(d.status)
	}
	path, _, _ := strings.Cut(d.path, "?")
	return kindOf(path)
}

// plain reports whether the document is a page as it is without a question asked.
func (d document) plain() bool { return d.status == http.StatusOK && !strings.Contains(d.path, "?") }

// A candidate is a document with its features.
type candidate struct {
	document
	found map[string]map[feature]bool
	count int
}

// distinct returns one document, the shortest, of each kind and set of features; those of
// most features come first.
func distinct(documents []document) (candidates []candidate) {
	at := map[string]int{}
	for _, c := range withFeatures(documents) {
		var sum feature
		for _, fs := range c.found {
			c.count += len(fs)
			for f := range fs {
				sum += f
			}
		}
		key := fmt.Sprint(c.kind(), sum, c.plain())
		if i, known := at[key]; !known {
			at[key] = len(candidates)
			candidates = append(candidates, c)
		} else if len(c.body) < len(candidates[i].body) {
			candidates[i] = c
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int { return b.count - a.count })
	return candidates
}

func withFeatures(documents []document) (candidates []candidate) {
	for _, d := range documents {
		candidates = append(candidates, candidate{document: d, found: features(d.doc)})
	}
	return candidates
}

// worth is how much of what was not seen the document shows for its length.
func (c candidate) worth(seen map[feature]bool) float64 {
	n := 0
	for _, fs := range c.found {
		n += fresh(fs, seen)
	}
	return float64(n) / float64(len(c.body))
}

func fresh(found, seen map[feature]bool) (n int) {
	for f := range found {
		if !seen[f] {
			n++
		}
	}
	return n
}

// lookAtAll looks at documents in several tabs at once, one subtest each.
func lookAtAll(t *testing.T, looks []look) {
	t.Helper()
	runs, in := 0, map[int]int{}
	for _, l := range looks {
		in[len(l.windows)]++
		runs += len(l.windows) * (1 + len(l.open))
	}
	t.Logf("looked at %v documents (by number of windows), with %d readings by axe-core", in, runs)
	tabs := make(chan *tab, runtime.GOMAXPROCS(0))
	for range cap(tabs) {
		tabs <- newTab(t, looks[0].site)
	}
	t.Run("looked at", func(t *testing.T) {
		for _, l := range looks {
			t.Run(fmt.Sprintf("%s %d %s", l.person, l.status, l.path), func(t *testing.T) {
				t.Parallel()
				b := <-tabs
				of := b.t
				b.t = t
				defer func() { b.t = of; tabs <- b }()
				b.lookAt(l)
			})
		}
	})
}

// lookAt shows a document in each of its windows, as it comes and with what it folds away.
func (b *tab) lookAt(l look) {
	b.t.Helper()
	defer b.show(l.document)()
	var last window
	for _, w := range l.windows {
		b.scheme(w.scheme)
		if w.width != last.width {
			b.resize(w.width)
			if last.width == 0 || eval[bool](b, `!!document.querySelector("[data-map], [data-graph]")`) {
				b.openDrawn(l.path)
			}
		}
		where := fmt.Sprintf("%s as %s, %d px, %s", l.path, l.person, w.width, w.scheme)
		if w.width == 1440 && last.width != 1440 {
			b.resize(768)
			b.fits(where+" narrowed to 768", 768)
			b.resize(1440)
		}
		b.fits(where, w.width)
		b.screenshot(fmt.Sprintf("%s%s-%d-%s", l.person, fileName(l.path), w.width, w.scheme), w.width)
		b.accessible(where)
		for _, state := range l.open {
			b.unfold(state)
			b.fits(where+", "+state+" open", w.width)
			b.accessible(where + ", " + state + " open")
			b.fold()
		}
		last = w
	}
	itself := fmt.Sprintf("%s%s answered %d", l.site, l.path, l.status) // a page of refusal is looked at as others are
	for _, complaint := range b.heard() {
		if complaint != itself {
			b.tell(l.path+" as "+l.person, "the browser complains: "+complaint)
		}
	}
}

// openDrawn opens a path and waits for what scripts draw in it.
func (b *tab) openDrawn(path string) {
	b.t.Helper()
	b.open(path)
	b.wait("the drawings", `[...document.querySelectorAll("[data-map]")].every(e => e.querySelector(".leaflet-overlay-pane")) &&
		[...document.querySelectorAll("[data-graph]")].every(e => e.querySelector("canvas"))`)
}

// unfold opens every fold of the page, or every dialog.
func (b *tab) unfold(state string) {
	b.t.Helper()
	b.do(cdp.Evaluate[cdp.Void](fmt.Sprintf(`for (const e of document.querySelectorAll(%s))
		if (!e.open) { e.dataset.unfolded = ""; e.showModal ? e.showModal() : e.open = true; }`, quote(state))))
}

// fold closes what unfold opened.
func (b *tab) fold() {
	b.t.Helper()
	b.do(cdp.Evaluate[cdp.Void](`for (const e of document.querySelectorAll("[data-unfolded]")) { e.close ? e.close() : e.open = false; delete e.dataset.unfolded; }`))
}

func fileName(path string) string {
	if unescaped, err := url.PathUnescape(path); err == nil {
		path = unescaped
	}
	name := regexp.MustCompile(`[^\pL\pN]+`).ReplaceAllString(path, "-")
	return name[:min(len(name), 80)]
}
