package france

import (
	"cmp"
	"slices"
	"strings"

	"maillage/app"
)

// Match is an EPCI that answers a search.
type Match struct {
	EPCI
	Commune string // the commune by which it was found, or "" when by its own name
}

// folded are the words searched, in the order of the directory.
type folded struct {
	epcis    []string
	communes []string
}

func (f *directory) fold() folded {
	n := folded{make([]string, len(f.epcis)), make([]string, len(f.communes))}
	for i, e := range f.epcis {
		n.epcis[i] = app.Fold(e.FullName() + " " + e.Kind + " " + string(e.SIREN))
	}
	for i, c := range f.communes {
		n.communes[i] = app.Fold(c.Name)
	}
	return n
}

// How well an EPCI answers, from the best to the weakest.
const (
	sameCommune = iota
	ownName
	communeBegins
	postalCode
	communeHolds
	noMatch
)

// Search returns at most limit EPCIs whose name, or the name or postal code of one
// of whose communes, answers the query: every word typed begins one of its words,
// accents and signs aside. The commune of exactly that name comes first, then names
// of EPCIs, then names that begin so; among equals, the most inhabitants.
func Search(query string, limit int) []Match {
	words := app.Fold(query)
	if words == "" || limit <= 0 {
		return nil
	}
	f := open()
	names := f.names()
	type ranked struct {
		Match
		rank, size int
	}
	var found []ranked
	for i, e := range f.epcis {
		best := ranked{Match: Match{EPCI: e}, rank: noMatch, size: e.Population}
		if holds(names.epcis[i], words) {
			best.rank = ownName
		}
		for j, c := range f.communesOf(i) {
			rank := c.rank(names.communes[f.first[i]+j], words)
			if rank < best.rank || rank == best.rank && rank != noMatch && rank != ownName && c.Population > best.size {
				best.rank, best.size, best.Commune = rank, c.Population, c.Name
			}
		}
		if best.rank < noMatch {
			found = append(found, best)
		}
	}
	slices.SortStableFunc(found, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(b.size, a.size))
	})
	matches := make([]Match, min(limit, len(found)))
	for i := range matches {
		matches[i] = found[i].Match
	}
	return matches
}

func (c Commune) rank(name, words string) int {
	switch {
	case name == words:
		return sameCommune
	case strings.HasPrefix(name, words):
		return communeBegins
	case len(words) == 5 && slices.Contains(c.PostalCodes, words):
		return postalCode
	case holds(name, words):
		return communeHolds
	}
	return noMatch
}

// holds reports whether every word of words begins a word of text.
func holds(text, words string) bool {
	for word := range strings.SplitSeq(words, " ") {
		if !strings.HasPrefix(text, word) && !strings.Contains(text, " "+word) {
			return false
		}
	}
	return true
}
