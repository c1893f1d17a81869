package e2e

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A form as it stands on a page: what pressing one of its buttons would send.
type form struct {
	page   string
	method string
	action string
	values url.Values
	typed  map[string]bool // the names of the values that a person types
	button bool            // there is one
}

// formsOf reads the forms of a page, once for each of their buttons. A control
// outside of its form counts when it names the form by its id.
func formsOf(a answer) (forms []form) {
	controls := all(a.doc, named("input", "select", "textarea", "button"))
	for _, n := range all(a.doc, named("form")) {
		if value(n, "method") == "dialog" {
			continue
		}
		f := form{page: a.path, method: strings.ToLower(value(n, "method")), action: resolve(a.path, value(n, "action")), values: url.Values{}, typed: map[string]bool{}}
		if f.method == "" {
			f.method = "get"
		}
		id, _ := attribute(n, "id")
		var buttons []*html.Node
		for _, control := range controls {
			owner, named := attribute(control, "form")
			if named && owner == id && id != "" || !named && slices.Contains(slices.Collect(control.Ancestors()), n) {
				if isButton(control) {
					buttons = append(buttons, control)
				} else {
					f.add(control)
				}
			}
		}
		if len(buttons) == 0 {
			forms = append(forms, f)
		}
		for _, button := range buttons {
			forms = append(forms, f.pressed(button))
		}
	}
	return forms
}

func isButton(n *html.Node) bool {
	kind := value(n, "type")
	return n.Data == "button" && (kind == "" || kind == "submit") || n.Data == "input" && (kind == "submit" || kind == "image")
}

// pressed is what the form sends by this button.
func (f form) pressed(button *html.Node) form {
	f.button = true
	f.values = maps.Clone(f.values)
	if name := value(button, "name"); name != "" {
		f.values[name] = append(slices.Clone(f.values[name]), value(button, "value"))
	}
	if action, ok := attribute(button, "formaction"); ok {
		f.action = resolve(f.page, action)
	}
	if method, ok := attribute(button, "formmethod"); ok {
		f.method = strings.ToLower(method)
	}
	return f
}

func (f *form) add(n *html.Node) {
	name, kind := value(n, "name"), value(n, "type")
	if _, disabled := attribute(n, "disabled"); disabled {
		return
	}
	switch {
	case name == "" || n.Data == "button" || kind == "file" || kind == "reset":
	case n.Data == "select":
		f.addChosen(name, n)
	case n.Data == "textarea":
		f.typed[name] = true
		f.values.Add(name, words(n))
	case kind == "checkbox" || kind == "radio":
		if _, checked := attribute(n, "checked"); checked {
			f.values.Add(name, value(n, "value"))
		}
	default:
		if kind != "hidden" {
			f.typed[name] = true
		}
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
