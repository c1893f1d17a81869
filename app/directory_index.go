package app

import "strings"

// A candidate is a structure that another may be: of the directory, or of a line of the file.
type candidate struct {
	o     Organisation // the record that it is
	as    Organisation // what it is compared by: o, or a record that was merged into o
	line  int          // of the file, 0 in the directory
	words []string     // of as, by nameWords
	bore  [][]string   // those of the names that as bore
	turn  int          // in which it was added

	folded string // its name
}

// A directoryIndex finds the candidates that something of a structure points to.
type directoryIndex struct {
	bySIRET   map[SIRET][]*candidate
	byKey     map[string][]*candidate // of its source
	byName    map[string][]*candidate // folded
	byPhone   map[string][]*candidate
	byEmail   map[string][]*candidate
	byCommune map[CommuneCode][]*candidate
	all       []*candidate
	apart     Distinctions // which pairs somebody said are two
	turns     int
}

func newDirectoryIndex() *directoryIndex {
	return &directoryIndex{map[SIRET][]*candidate{}, map[string][]*candidate{}, map[string][]*candidate{}, map[string][]*candidate{}, map[string][]*candidate{}, map[CommuneCode][]*candidate{}, nil, nil, 0}
}

func sourceKey(o Organisation) string {
	if o.Source == "" || o.SourceID == "" {
		return ""
	}
	return Fold(o.Source) + "\n" + o.SourceID
}

func (x *directoryIndex) add(o Organisation, line int) *candidate {
	return x.put(&candidate{o: o, as: o, line: line, words: nameWords(o.Name, o.CommuneName)})
}

// alias adds a record that was merged into o: what it was known by leads to o.
func (x *directoryIndex) alias(o, merged Organisation) {
	x.put(&candidate{o: o, as: merged, words: nameWords(merged.Name, merged.CommuneName)})
}

func (x *directoryIndex) put(c *candidate) *candidate {
	o := c.as
	c.folded = Fold(o.Name)
	c.turn, x.turns, x.all = x.turns, x.turns+1, append(x.all, c)
	put(x.bySIRET, o.SIRET, c)
	put(x.byKey, sourceKey(o), c)
	put(x.byName, c.folded, c)
	put(x.byPhone, o.Phone, c)
	put(x.byEmail, strings.ToLower(o.Email), c)
	put(x.byCommune, o.Commune, c)
	for former := range strings.SplitSeq(o.FormerNames, ",") {
		put(x.byName, Fold(former), c)
	}
	c.bore = boreWords(o)
	return c
}

func put[K comparable](m map[K][]*candidate, key K, c *candidate) {
	var none K
	if key != none {
		m[key] = append(m[key], c)
	}
}
