package network

import (
	"cmp"
	"slices"
)

// Column is what a table of the network is sorted by; it travels in URLs.
type Column string

// The columns of the table. Words go from A to Z, numbers from the greatest.
const (
	ByName        Column = "nom"
	ByCategory    Column = "categorie"
	ByPartners    Column = "partenaires"
	ByMeetings    Column = "rencontres"
	ByWorkshops   Column = "ateliers"
	ByBetweenness Column = "passerelle"
	ByGroup       Column = "groupe"
)

// Order returns all organisations sorted by a column, or by ByPartners when it is none of
// the columns; equals stay in the order of the graph.
func (p *Portrait) Order(by Column, reversed bool) []int {
	order := p.where(func(int) bool { return true })
	compare := p.comparison(by)
	slices.SortStableFunc(order, func(i, j int) int {
		if reversed {
			i, j = j, i
		}
		return compare(i, j)
	})
	return order
}

func (p *Portrait) comparison(by Column) func(i, j int) int {
	greatest := func(value func(i int) int) func(i, j int) int {
		return func(i, j int) int { return cmp.Compare(value(j), value(i)) }
	}
	switch by {
	case ByName:
		return cmp.Compare[int] // as given: by name
	case ByCategory:
		return func(i, j int) int {
			return cmp.Compare(p.Organisations[i].Category.Label(), p.Organisations[j].Category.Label())
		}
	case ByMeetings:
		return greatest(p.Strength)
	case ByWorkshops:
		return greatest(func(i int) int { return p.Came[i] })
	case ByBetweenness:
		return func(i, j int) int { return cmp.Compare(p.Betweenness[j], p.Betweenness[i]) }
	case ByGroup: // those of no group last
		return func(i, j int) int { return cmp.Compare(uint(p.Community[i]), uint(p.Community[j])) }
	}
	return func(i, j int) int {
		return cmp.Or(cmp.Compare(p.Degree(j), p.Degree(i)), cmp.Compare(p.Strength(j), p.Strength(i)))
	}
}
