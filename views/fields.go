package views

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"maillage/app"
)

// A Field is what a form shows of one value: its label, what was typed, what is wrong with it.
type Field struct {
	ID       string // of the input, made from Name when empty
	Name     string // of the value in the form
	Label    string
	Value    string // as typed
	Hint     string
	Error    string // in French, "" when nothing is wrong
	Type     string // of the input, "text" when empty
	Required bool
	Max      int    // characters, 0 for no limit of its own
	Mode     string // inputmode, for the keyboard of a phone
	Pattern  string // what the browser takes, a regular expression; Shape says it in words
	Shape    string
	Complete string // autocomplete token, "off" when empty and Type is text
	List     string // id of a datalist
	Short    bool   // a narrow value: a date, a number
	Rows     int    // of a text of several lines
}

// An Option is one value to choose among several.
type Option struct {
	Value  string
	Label  string
	Chosen bool
	Hint   string
	Off    bool   // shown but not to be chosen
	Group  string // heading it stands under in a list, "" for none
}

// grouped cuts options where their group changes.
func grouped(options []Option) (groups [][]Option) {
	for i, o := range options {
		if i == 0 || o.Group != options[i-1].Group {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], o)
	}
	return groups
}

// Options returns the terms of a closed list as options, chosen marked.
func Options[T ~string](terms []app.Term[T], chosen ...T) []Option {
	options := make([]Option, len(terms))
	for i, t := range terms {
		options[i] = Option{Value: string(t.Key), Label: t.Label}
		for _, c := range chosen {
			options[i].Chosen = options[i].Chosen || c == t.Key
		}
	}
	return options
}

// themeOptions are the themes to tick, first those that v coordinates on the territory on screen.
func themeOptions(v app.Viewer, chosen ...app.Theme) []Option {
	options, mine := Options(app.Themes, chosen...), v.ThemesAt(v.Territory)
	slices.SortStableFunc(options, func(a, b Option) int {
		return cmp.Compare(foreign(mine, a), foreign(mine, b))
	})
	return options
}

// foreign is 1 for a theme that is none of mine, and 0 for one that is.
func foreign(mine []app.Theme, o Option) int {
	if slices.Contains(mine, app.Theme(o.Value)) {
		return 0
	}
	return 1
}

// marked returns options with the one of that value chosen.
func marked(options []Option, value string) []Option {
	for i := range options {
		options[i].Chosen = options[i].Value == value
	}
	return options
}

// withNone puts before options the one that chooses nothing.
func withNone(label string, options []Option) []Option {
	return append([]Option{{Label: label}}, options...)
}

// CommuneOptions returns none, then communes as options, chosen marked.
func CommuneOptions(none string, communes []app.Commune, chosen app.CommuneCode) []Option {
	options := []Option{{Label: none}}
	for _, m := range communes {
		options = append(options, Option{Value: string(m.Code), Label: m.Name, Chosen: m.Code == chosen})
	}
	return options
}

// TermOptions returns none, then the terms of a closed list as options, chosen marked.
func TermOptions[T ~string](none string, terms []app.Term[T], chosen T) []Option {
	return withNone(none, Options(terms, chosen))
}

func (f Field) id() string {
	if f.ID != "" {
		return f.ID
	}
	return "champ-" + f.Name
}

func (f Field) kind() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

// describedBy names the hint and the error for assistive technologies.
func (f Field) describedBy() string {
	switch {
	case f.Hint != "" && f.Error != "":
		return f.id() + "-erreur " + f.id() + "-aide"
	case f.Error != "":
		return f.id() + "-erreur"
	case f.Hint != "":
		return f.id() + "-aide"
	}
	return ""
}

func (f Field) complete() string {
	if f.Complete == "" {
		return "off"
	}
	return f.Complete
}

func (f Field) attributes() templ.Attributes {
	a := templ.Attributes{}
	if f.Required {
		a["required"] = true
	}
	if f.Max > 0 {
		a["maxlength"] = strconv.Itoa(f.Max)
	}
	if f.Mode != "" {
		a["inputmode"] = f.Mode
	}
	if f.Pattern != "" {
		a["pattern"], a["title"] = f.Pattern, f.Shape
	}
	if f.List != "" {
		a["list"] = f.List
	}
	if f.Error != "" {
		a["aria-invalid"] = "true"
	}
	if by := f.describedBy(); by != "" {
		a["aria-describedby"] = by
	}
	return a
}

func required(f Field) Field { f.Required = true; return f }

func short(f Field) Field { f.Short = true; return f }

func typed(f Field, kind string) Field { f.Type = kind; return f }

func limited(f Field, limit int) Field { f.Max = limit; return f }
