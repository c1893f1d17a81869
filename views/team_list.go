package views

import (
	"strconv"
	"strings"

	"maillage/app"
)

// How many people of each kind one page of a team lists, and from how many on it is searched.
const (
	teamListed   = 50
	teamSearched = 20
)

// List chooses whom p shows of its Mates and Known: those who have each word of query in
// their name, function or address, and of these the page of that number, 1 for the first.
func (p *TeamPage) List(query string, page int) {
	words := strings.Fields(app.Fold(query))
	p.Query, p.Listed, p.Others = query, nil, nil
	for _, m := range p.Mates {
		if holds(words, m.Name, m.Function, m.Email) {
			p.Listed = append(p.Listed, m)
		}
	}
	for _, k := range p.Known {
		if holds(words, k.Person.Name(), k.Position.Function) {
			p.Others = append(p.Others, k)
		}
	}
	p.Found = len(p.Listed)
	more := max(len(p.Listed), len(p.Others)) > page*teamListed
	p.Listed, p.Others = pageOf(p.Listed, page), pageOf(p.Others, page)
	if more {
		p.Next = Address(teamPath(p.Organisation.ID), "q", query, "page", strconv.Itoa(page+1))
	}
}

// searched reports whether the team is so large that one looks for somebody by name.
func (p TeamPage) searched() bool { return p.Query != "" || len(p.Mates)+len(p.Known) > teamSearched }

// count says how many members there are, and of those how many were looked for.
func (p TeamPage) count() string {
	if p.Query != "" {
		return app.Count(p.Found, "membre trouvé", "membres trouvés") + " sur " + app.Number(len(p.Mates))
	}
	return app.Count(len(p.Mates), "personne agit", "personnes agissent") + " pour cette structure"
}

// nobody says why no member is on this page.
func (p TeamPage) nobody() string {
	if p.Query != "" {
		return "Aucun membre ne répond à « " + p.Query + " » ici."
	}
	return "Les membres sont tous aux pages précédentes."
}

func holds(words []string, texts ...string) bool {
	text := app.Fold(strings.Join(texts, " "))
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func pageOf[T any](all []T, page int) []T {
	first := min(len(all), (page-1)*teamListed)
	return all[first:min(len(all), first+teamListed)]
}
