package app

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Pair is two structures of the directory that may be one.
type Pair struct {
	One, Other Organisation // the older record first; of a new one, it comes last
	Why        string       // in French: "même téléphone, nom proche, à 40 m"
	Strength   int          // the more, the more likely
}

// How strong what brings two structures together is, from which on it is said so.
const (
	almostSure = 8
	likely     = 5
)

// Words says how likely it is that p is one structure.
func (p Pair) Words() string {
	switch {
	case p.Strength >= almostSure:
		return "Presque certain"
	case p.Strength >= likely:
		return "Probable"
	}
	return "Possible"
}

// Doubtful reports whether a new structure as alike one of the directory is added only once
// somebody said that they are two.
func (p Pair) Doubtful() bool {
	return p.Strength >= likely || Fold(p.One.Name) == Fold(p.Other.Name)
}

// Mark tells where p stands among the pairs that Duplicates returns.
func (p Pair) Mark() string {
	return strings.Join([]string{strconv.Itoa(p.Strength), Fold(p.One.Name), string(p.One.ID), string(p.Other.ID)}, "~")
}

// PairsAfter returns the pairs that stand after a mark, which need be that of none any more;
// after what is no mark, all.
func PairsAfter(pairs []Pair, mark string) []Pair {
	parts := strings.Split(mark, "~")
	if len(parts) != 4 {
		return pairs
	}
	strength, err := strconv.Atoi(parts[0])
	if err != nil {
		return pairs
	}
	i := slices.IndexFunc(pairs, func(p Pair) bool {
		return cmp.Or(strength-p.Strength, strings.Compare(Fold(p.One.Name), parts[1]), strings.Compare(string(p.One.ID), parts[2]), strings.Compare(string(p.Other.ID), parts[3])) > 0
	})
	if i < 0 {
		return nil
	}
	return pairs[i:]
}

// Distinctions are the pairs of structures that somebody said are two.
type Distinctions map[[2]OrganisationID]bool

// Ordered returns two identifiers in the order in which a pair of them is kept.
func Ordered(a, b OrganisationID) [2]OrganisationID {
	if b < a {
		a, b = b, a
	}
	return [2]OrganisationID{a, b}
}

// Has reports whether somebody said that a and b are two.
func (d Distinctions) Has(a, b OrganisationID) bool { return d[Ordered(a, b)] }

// Distinction is what somebody noted: that two structures which look alike are two.
type Distinction struct {
	One, Other         OrganisationID
	OneName, OtherName string // read with it
	Actor              string
	At                 time.Time
}

// MaxPairs is how many pairs are looked through at once: the likeliest.
const MaxPairs = 2000

// A clue is two structures that may be one, weighed before it is said why.
type clue struct {
	one, other *candidate
	strength   int
}

// Duplicates returns the pairs of structures of all that may be one, the likeliest first and
// MaxPairs at most, but for those that somebody said are two. They are found by the rules by
// which a line of an imported file is.
func Duplicates(all []Organisation, apart Distinctions) []Pair {
	x, clues := newDirectoryIndex(), []clue{}
	for _, o := range all {
		c := x.add(o, 0)
		for _, r := range x.allResembling(o, c.words, c.turn) {
			if !apart.Has(o.ID, r.o.ID) {
				clues = append(clues, clue{r.candidate, c, weigh(o, r.candidate, c.words)})
			}
		}
	}
	slices.SortFunc(clues, func(a, b clue) int {
		return cmp.Or(b.strength-a.strength, strings.Compare(a.one.folded, b.one.folded), strings.Compare(string(a.one.o.ID), string(b.one.o.ID)), strings.Compare(string(a.other.o.ID), string(b.other.o.ID)))
	})
	pairs := make([]Pair, min(len(clues), MaxPairs))
	for i := range pairs {
		pairs[i] = pairOf(clues[i].one, clues[i].other.o, clues[i].other.words)
	}
	return pairs
}

// maxNamed is of how many structures at most a name alone may be, to say something.
const maxNamed = 3

// Resembling returns the structures of a directory that a new one may be, the likeliest
// first, each with what brings them together. Of one whose commune is not known yet, the name
// alone is compared with each in its own commune.
func (d Directory) Resembling(o Organisation) []Pair {
	x, words, pairs, seen := d.index(), nameWords(o.Name, o.CommuneName), []Pair{}, map[OrganisationID]bool{}
	for _, r := range x.allResembling(o, words, math.MaxInt) {
		pairs, seen[r.o.ID] = append(pairs, pairOf(r.candidate, o, words)), true
	}
	if o.Commune == "" {
		var named []Pair
		for _, c := range x.all {
			words := nameWords(o.Name, c.as.CommuneName)
			if _, same, _ := nearName(o, words, c); same && !seen[c.o.ID] && c.o.ID != o.ID {
				named, seen[c.o.ID] = append(named, pairOf(c, o, words)), true
			}
		}
		if len(named) <= maxNamed {
			pairs = append(pairs, named...)
		}
	}
	slices.SortStableFunc(pairs, func(a, b Pair) int {
		return cmp.Or(b.Strength-a.Strength, strings.Compare(Fold(a.One.Name), Fold(b.One.Name)))
	})
	return pairs
}

// allResembling returns every record that o may be among those added before turn, each once.
func (x *directoryIndex) allResembling(o Organisation, words []string, turn int) (all []resemblance) {
	seen := map[OrganisationID]bool{}
	look := func(candidates []*candidate, is func(*candidate) (resemblance, bool)) {
		for _, c := range candidates {
			if c.turn >= turn { // the rest came after
				return
			}
			if r, found := is(c); found && !seen[r.o.ID] && r.o.ID != o.ID {
				seen[r.o.ID] = true
				all = append(all, r)
			}
		}
	}
	named := func(c *candidate) (resemblance, bool) { return sameName(o, c) }
	look(x.byKey[sourceKey(o)], func(c *candidate) (resemblance, bool) { return sameKey(o, words, c, false) })
	look(x.bySIRET[o.SIRET], func(c *candidate) (resemblance, bool) { return sameSIRET(o, words, c, false) })
	look(x.byName[Fold(o.Name)], named)
	for former := range strings.SplitSeq(o.FormerNames, ",") {
		look(x.byName[Fold(former)], named)
	}
	look(x.byCommune[o.Commune], func(c *candidate) (resemblance, bool) {
		r, _, found := nearName(o, words, c)
		return r, found
	})
	reached := func(c *candidate) (resemblance, bool) { return sameReach(o, words, c) }
	look(x.byPhone[o.Phone], reached)
	look(x.byEmail[strings.ToLower(o.Email)], reached)
	return all
}

// pairOf says why o may be a candidate.
func pairOf(c *candidate, o Organisation, words []string) Pair {
	near, same := alike(words, c.words)
	p := Pair{One: c.o, Other: o, Why: evidence(o, c.as, near, same), Strength: weigh(o, c, words)}
	if key := sourceKey(o); key != "" && key == sourceKey(c.as) {
		p.Why = "même identifiant dans la source, " + p.Why
	}
	switch {
	case Fold(o.Name) == c.folded:
		p.Why = strings.Replace(p.Why, "mêmes mots dans le nom", "même nom", 1)
	case !near && (o.SIRET == "" || o.SIRET != c.as.SIRET):
		p.Why = strings.Replace(p.Why, "autre nom", "nom que l’une des deux portait", 1)
	}
	p.Why += apart(o, c.as)
	return p
}

// weigh weighs what brings a structure and a candidate together: a register's number says
// more than a telephone, which a whole building may share, and that more than a word of a name.
func weigh(a Organisation, c *candidate, words []string) (n int) {
	b := c.as
	near, same := alike(words, c.words)
	key := sourceKey(a)
	for _, sign := range []struct {
		weight int
		is     bool
	}{
		{5, key != "" && key == sourceKey(b)},
		{5, a.SIRET != "" && a.SIRET == b.SIRET},
		{1, Fold(a.Name) == c.folded},
		{2, same},
		{2, near},
		{3, a.Phone != "" && a.Phone == b.Phone},
		{3, a.Email != "" && strings.EqualFold(a.Email, b.Email)},
		{1, a.Commune != "" && a.Commune == b.Commune || a.Commune == "" && same},
		{1, a.Category == b.Category},
		{-4, apart(a, b) != ""},
	} {
		if sign.is {
			n += sign.weight
		}
	}
	switch m, known := between(a, b); {
	case known && m < 60:
		n += 2
	case known && m > 2000:
		n--
	}
	return n
}
