package views

import (
	"net/url"
	"strconv"
	"strings"

	"maillage/app"
	"maillage/app/network"
)

// NetworkFilter is what the pages of the network are narrowed to, as it stands in their
// addresses, with what there is to choose from.
type NetworkFilter struct {
	network.Selection
	Phases []Option // of the territory's conventions
	Axes   []Option
}

// values returns f as the query of an address; what the map does not know is left out of
// its own.
func (f NetworkFilter) values(workshops bool) url.Values {
	v := url.Values{}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	set("categorie", string(f.Category))
	set("theme", string(f.Theme))
	if !workshops {
		return v
	}
	set("phase", string(f.Phase))
	set("axe", string(f.Axis))
	set("du", string(f.From))
	set("au", string(f.To))
	if f.Meetings > 1 {
		v.Set("rencontres", strconv.Itoa(f.Meetings))
	}
	return v
}

// narrows reports whether f leaves anything out.
func (f NetworkFilter) narrows() bool { return len(f.values(true)) > 0 }

// choosesWorkshops reports whether f leaves workshops or ties out.
func (f NetworkFilter) choosesWorkshops() bool { return len(f.values(true)) > len(f.values(false)) }

const (
	mapPath        = "/reseau/carte"
	graphPath      = "/reseau/graphe"
	indicatorsPath = "/reseau/indicateurs"
)

// networkTabs are the three pages of the network, which keep each other's filters.
func networkTabs(f NetworkFilter, current string) []Link {
	return []Link{
		{Href: address(mapPath, f.values(false)), Label: "Carte", Current: current == mapPath},
		{Href: address(graphPath, f.values(true)), Label: "Qui rencontre qui", Current: current == graphPath},
		{Href: address(indicatorsPath, f.values(true)), Label: "Indicateurs", Current: current == indicatorsPath},
	}
}

// sorting is how the headings of a table sort it: where they lead, and by what it is now.
type sorting struct {
	path     string
	values   url.Values
	by       string
	reversed bool
}

// href leads to the table sorted by a column, the other way round if it is already.
func (s sorting) href(column string) string {
	v := url.Values{}
	for name, values := range s.values {
		v[name] = values
	}
	if s.by == column && !s.reversed {
		column = "-" + column
	}
	v.Set("tri", column)
	return s.path + "?" + v.Encode() + "#tableau"
}

// state is the aria-sort of a column; numbers are first sorted from the greatest.
func (s sorting) state(column string, number bool) string {
	switch {
	case s.by != column:
		return "none"
	case number != s.reversed:
		return "descending"
	}
	return "ascending"
}

// symbol is how a category is drawn: a shape and a tone that no other category shares.
type symbol struct{ shape, tone int }

const shapes = 6

func symbolOf(c app.Category) symbol {
	for i, t := range app.Categories {
		if t.Key == c {
			return symbol{i % shapes, i / shapes}
		}
	}
	return symbol{}
}

func (s symbol) href() string  { return "#forme-" + strconv.Itoa(s.shape) }
func (s symbol) class() string { return "tone-" + strconv.Itoa(s.tone) }

// legendEntry is a category on the screen with how many organisations it has there.
type legendEntry struct {
	category app.Category
	count    int
}

// legendOf counts the categories, in their usual order, those without organisation left out.
func legendOf(count func(yield func(app.Category))) []legendEntry {
	counts := map[app.Category]int{}
	count(func(c app.Category) { counts[c]++ })
	var entries []legendEntry
	for _, t := range app.Categories {
		if counts[t.Key] > 0 {
			entries = append(entries, legendEntry{t.Key, counts[t.Key]})
		}
	}
	return entries
}

// decimal writes f with a comma and no useless zero.
func decimal(f float64, digits int) string {
	s := strconv.FormatFloat(f, 'f', digits, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return strings.Replace(s, ".", ",", 1)
}

// px writes a coordinate of a drawing.
func px(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }
