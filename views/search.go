package views

import (
	"strings"
	"time"

	"maillage/app"
)

// SearchPage is what a search found, and for what.
type SearchPage struct {
	Frame     Frame
	Query     string
	Only      string // "personnes" or "ateliers" to see all of that kind, or ""
	Quick     bool   // shown below the search box of the page one is on
	Rows      []OrganisationRow
	People    []Acquaintance
	Workshops []WorkshopRow
	Limit     int // how many of a kind are shown; there are more when one more was found
	Now       time.Time
}

// id is where the findings stand in the page.
func (p SearchPage) id() string {
	if p.Quick {
		return "trouvailles"
	}
	return "resultats"
}

func (p SearchPage) none() bool { return len(p.Rows)+len(p.People)+len(p.Workshops) == 0 }

func (p SearchPage) address(only string) string {
	return Address("/recherche", "q", p.Query, "voir", only)
}

func (p SearchPage) keeps() bool { return p.Frame.may(app.KeepDirectory) }

// summary says how much was found.
func (p SearchPage) summary() string {
	var words []string
	add := func(n int, singular, plural string) {
		switch {
		case n > p.Limit:
			words = append(words, "plus de "+app.Number(p.Limit)+"\u00a0"+plural)
		case n > 0:
			words = append(words, app.Count(n, singular, plural))
		}
	}
	add(len(p.Rows), "structure", "structures")
	add(len(p.People), "personne", "personnes")
	add(len(p.Workshops), "atelier", "ateliers")
	return Capital(strings.Join(words, ", "))
}

func firstOf[T any](all []T, n int) []T { return all[:min(n, len(all))] }
