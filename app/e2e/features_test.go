package e2e

import (
	"hash/maphash"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A feature is one way of standing on a page: an element with its classes, its state and
// those of all that it is in, or a heading after another. Two pages that have the same
// features are made alike, whatever they say and however many times.
type feature uint64

// featureSeed is the one seed of the features of this test binary.
var featureSeed = maphash.MakeSeed()

// features returns the features of a page; under "details" and "dialog", those that one
// sees once a fold or a dialog is open.
func features(doc *html.Node) map[string]map[feature]bool {
	found := map[string]map[feature]bool{"": {}, "details": {}, "dialog": {}}
	var visit func(n *html.Node, in feature, where string)
	visit = func(n *html.Node, in feature, where string) {
		for child := range n.ChildNodes() {
			if child.Type != html.ElementNode || child.Data == "head" {
				continue
			}
			f := feature(maphash.Comparable(featureSeed, [2]any{in, label(child)}))
			found[where][f] = true
			visit(child, f, within(child, where))
		}
	}
	visit(doc, 0, "")
	last := ""
	for _, n := range all(doc, named("h1", "h2", "h3", "h4", "h5", "h6")) {
		found[""][feature(maphash.Comparable(featureSeed, last+">"+n.Data))] = true
		last = n.Data
	}
	return found
}

// within says what must be opened to see what is in an element.
func within(n *html.Node, where string) string {
	_, open := attribute(n, "open")
	switch {
	case n.Data == "dialog", where == "dialog":
		return "dialog"
	case n.Data == "details" && !open:
		return "details"
	case n.Data == "summary" && n.Parent.Data == "details":
		return "" // seen before it is opened
	}
	return where
}

// label is how an element is made: its name, its classes, the names of its attributes,
// the values of those that are states, and whether it says anything itself.
func label(n *html.Node) string {
	parts := []string{n.Data}
	for _, a := range n.Attr {
		switch a.Key {
		case "class":
			classes := strings.Fields(a.Val)
			slices.Sort(classes)
			parts = append(parts, classes...)
		case "type", "role", "scope", "aria-current", "aria-pressed", "aria-expanded", "aria-sort", "aria-hidden", "aria-live", "aria-invalid":
			parts = append(parts, a.Key+"="+a.Val)
		default:
			parts = append(parts, a.Key)
		}
	}
	slices.Sort(parts[1:])
	for child := range n.ChildNodes() {
		if child.Type == html.TextNode && strings.TrimSpace(child.Data) != "" {
			return strings.Join(append(parts, "words"), " ")
		}
	}
	return strings.Join(parts, " ")
}
