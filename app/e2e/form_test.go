package e2e

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A form as it stands on a page: what pressing its first button would send.
type form struct {
	page   string
	method string
	action string
	values url.Values
	button bool
}

// formsOf reads the forms of a page. A control outside of its form counts when it
// names the form by its id.
func formsOf(a answer) (forms []form) {
	controls := all(a.doc, named("input", "select", "textarea", "button"))
	for _, n := range all(a.doc, named("form")) {
		if value(n, "method") == "dialog" {
			continue
		}
		f := form{page: a.path, method: strings.ToLower(value(n, "method")), action: resolve(a.path, value(n, "action")), values: url.Values{}}
		if f.method == "" {
			f.method = "get"
		}
		id, _ := attribute(n, "id")
		for _, control := range controls {
			owner, named := attribute(control, "form")
			if named && owner == id && id != "" || !named && slices.Contains(slices.Collect(control.Ancestors()), n) {
				f.add(control)
			}
		}
		forms = append(forms, f)
	}
	return forms
}

func (f *form) add(n *html.Node) {
	name, kind := value(n, "name"), value(n, "type")
	if _, disabled := attribute(n, "disabled"); disabled {
		return
	}
	switch {
	case n.Data == "button" && (kind == "" || kind == "submit"), n.Data == "input" && (kind == "submit" || kind == "image"):
		if !f.button {
			if name != "" {
				f.values.Add(name, value(n, "value"))
			}
			f.action = resolve(f.action, value(n, "formaction"))
		}
		f.button = true
	case name == "" || n.Data == "button" || kind == "file" || kind == "reset":
	case n.Data == "select":
		f.addChosen(name, n)
	case n.Data == "textarea":
		f.values.Add(name, words(n))
	case kind == "checkbox" || kind == "radio":
		if _, checked := attribute(n, "checked"); checked {
			f.values.Add(name, value(n, "value"))
		}
	default:
		f.values.Add(name, value(n, "value"))
	}
}

func (f *form) addChosen(name string, n *html.Node) {
	options := all(n, named("option"))
	chosen := slices.DeleteFunc(slices.Clone(options), func(o *html.Node) bool { _, selected := attribute(o, "selected"); return !selected })
	if _, several := attribute(n, "multiple"); len(chosen) == 0 && len(options) > 0 && !several {
		chosen = options[:1]
	}
	for _, option := range chosen {
		v, ok := attribute(option, "value")
		if !ok {
			v = words(option)
		}
		f.values.Add(name, v)
	}
}

// resolve returns the path and query that a reference on a page leads to, or the
// reference itself when it leaves the site.
func resolve(page, reference string) string {
	base, err := url.Parse(page)
	if err != nil {
		return reference
	}
	u, err := base.Parse(reference)
	if err != nil || u.Host != "" || u.Scheme != "" {
		return reference
	}
	u.Fragment = ""
	return u.RequestURI()
}
