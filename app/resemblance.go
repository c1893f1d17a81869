package app

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// metres is how far two places are from each other (haversine, within the thousandth).
func metres(a, b Point) float64 {
	const radius = 6_371_000
	radians := math.Pi / 180
	lat, lon := (b.Latitude-a.Latitude)*radians/2, (b.Longitude-a.Longitude)*radians/2
	h := math.Pow(math.Sin(lat), 2) + math.Cos(a.Latitude*radians)*math.Cos(b.Latitude*radians)*math.Pow(math.Sin(lon), 2)
	return 2 * radius * math.Asin(math.Min(1, math.Sqrt(h)))
}

// A resemblance is a candidate that a structure may be, and why.
type resemblance struct {
	*candidate
	sure bool // it is the same
	why  string
}

// resembling returns the candidate that o is, or may be; false when none resembles it.
func (x *directoryIndex) resembling(o Organisation) (resemblance, bool) {
	words := nameWords(o.Name, o.CommuneName)
	for _, look := range []func(Organisation, []string) (resemblance, bool){x.known, x.named, x.near, x.reached} {
		if r, found := look(o, words); found {
			return r, true
		}
	}
	return resemblance{}, false
}

// known looks for what registers know o by.
func (x *directoryIndex) known(o Organisation, words []string) (resemblance, bool) {
	for _, by := range []struct {
		all  []*candidate
		look func(Organisation, []string, *candidate, bool) (resemblance, bool)
	}{{x.byKey[sourceKey(o)], sameKey}, {x.bySIRET[o.SIRET], sameSIRET}} {
		for _, c := range by.all {
			if r, found := by.look(o, words, c, len(by.all) == 1); found {
				return r, true
			}
		}
	}
	return resemblance{}, false
}

// sameKey compares a structure with one that a source knows by the same identifier; alone
// says that no other one has it.
func sameKey(_ Organisation, words []string, c *candidate, _ bool) (resemblance, bool) {
	near, _ := alike(words, c.words)
	return resemblance{c, true, "même identifiant dans la source"}, near
}

// sameSIRET compares a structure with one of the same SIRET.
func sameSIRET(o Organisation, words []string, c *candidate, alone bool) (resemblance, bool) {
	near, _ := alike(words, c.words)
	if near || alone && o.Commune != "" && o.Commune == c.as.Commune {
		return resemblance{c, true, "même SIRET"}, true
	}
	return resemblance{c, false, "même SIRET, autre nom"}, true
}

// apart says what makes two structures of one name two, "" when nothing does.
func apart(a, b Organisation) string {
	switch {
	case a.SIRET != "" && b.SIRET != "" && a.SIRET != b.SIRET:
		return ", mais un autre SIRET"
	case a.SourceID != "" && b.SourceID != "" && a.SourceID != b.SourceID && Fold(a.Source) == Fold(b.Source):
		return ", mais un autre identifiant dans la source"
	}
	return ""
}

// sameCommune reports whether two structures may stand in one commune: one that has none may
// stand anywhere, one of which the commune is not known only where it is called so.
func sameCommune(a, b Organisation) bool {
	if a.Commune == "" && a.CommuneName != "" || b.Commune == "" && b.CommuneName != "" {
		return placeName(a.CommuneName) == placeName(b.CommuneName) || b.CommuneName == "" && Fold(a.Name) != "" && strings.Contains(Fold(a.Name), placeName(a.CommuneName))
	}
	return a.Commune == b.Commune || a.Commune == "" || b.Commune == ""
}

// named looks for the same name in the same commune, or where one of them has none.
func (x *directoryIndex) named(o Organisation, _ []string) (resemblance, bool) {
	var found []resemblance
	for _, c := range x.byName[Fold(o.Name)] {
		if r, ok := sameName(o, c); ok {
			found = append(found, r)
		}
	}
	if len(found) == 0 {
		return resemblance{}, false
	}
	best := found[0]
	for _, r := range found[1:] {
		switch {
		case r.o.ID != "" && r.o.ID == best.o.ID: // by another of its names
			best.sure = best.sure || r.sure
		case r.sure && !best.sure, r.as.Commune == o.Commune && best.as.Commune != o.Commune:
			best = r
		case r.sure && best.sure && r.as.Commune == best.as.Commune:
			best = x.ofTwo(o, best, r)
		}
	}
	return best, true
}

// ofTwo returns which of two structures of o's name it is: of two that somebody said are
// two, the only one that has its telephone, its mailbox or its address; otherwise it may be
// either.
func (x *directoryIndex) ofTwo(o Organisation, a, b resemblance) resemblance {
	if x.apart.Has(a.o.ID, b.o.ID) {
		switch one, other := reachedAlike(o, a.as), reachedAlike(o, b.as); {
		case one > other:
			return a
		case other > one:
			return b
		}
	}
	a.sure, a.why = false, a.why+" ; plusieurs la portent"
	return a
}

// reachedAlike counts by how many ways two structures are reached alike.
func reachedAlike(a, b Organisation) (n int) {
	for _, pair := range [][2]string{{a.Phone, b.Phone}, {strings.ToLower(a.Email), strings.ToLower(b.Email)}, {Fold(a.Address), Fold(b.Address)}, {a.Website, b.Website}} {
		if pair[0] != "" && pair[0] == pair[1] {
			n++
		}
	}
	return n
}

// sameName compares a structure with one that bears its name, or bore it.
func sameName(o Organisation, c *candidate) (resemblance, bool) {
	why := "même nom, même commune"
	if o.Commune != c.as.Commune {
		why = "même nom"
	}
	other := apart(o, c.as)
	return resemblance{c, other == "", why + other}, sameCommune(o, c.as)
}

// maxNeighbours is to how many structures of its commune one is compared by name.
const maxNeighbours = 400

// near looks for a name of the same words, or nearly, in the same commune.
func (x *directoryIndex) near(o Organisation, words []string) (resemblance, bool) {
	if o.Commune == "" {
		return resemblance{}, false
	}
	best, found := resemblance{}, false
	all := x.byCommune[o.Commune]
	for _, c := range all[:min(len(all), maxNeighbours)] {
		r, same, ok := nearName(o, words, c)
		if !ok || found && !same {
			continue
		}
		best, found = r, true
	}
	return best, found
}

// nearName compares a structure with another of its commune by the words of their names;
// same says that they are the same words. Two of one trade in one place, which a register
// tells apart, are two.
func nearName(o Organisation, words []string, c *candidate) (r resemblance, same, found bool) {
	near, same := alike(words, c.words)
	if !near {
		return r, false, false
	}
	other := apart(o, c.as)
	if other != "" && !same {
		return r, false, false
	}
	return resemblance{c, same && other == "" && sameWords(o.Name, c.as.Name), evidence(o, c.as, near, same) + other}, same, true
}

// reached looks for the same telephone or mailbox, under a name that is near.
func (x *directoryIndex) reached(o Organisation, words []string) (resemblance, bool) {
	for _, c := range slices.Concat(x.byPhone[o.Phone], x.byEmail[strings.ToLower(o.Email)]) {
		if r, found := sameReach(o, words, c); found {
			return r, true
		}
	}
	return resemblance{}, false
}

// sameReach compares a structure with one of the same telephone or mailbox: by the names that
// both bore, too.
func sameReach(o Organisation, words []string, c *candidate) (resemblance, bool) {
	near, same := alike(words, c.words)
	r := resemblance{c, false, evidence(o, c.as, near, same)}
	return r, (near || anyAlike(words, c.bore) || anyAlike(c.words, boreWords(o))) && apart(o, c.as) == ""
}

// evidence says what brings two structures together; near and same are what their names
// have in common, as alike says.
func evidence(a, b Organisation, near, same bool) string {
	var why []string
	if a.SIRET != "" && a.SIRET == b.SIRET {
		why = append(why, "même SIRET")
	}
	switch {
	case same:
		why = append(why, "mêmes mots dans le nom")
	case near:
		why = append(why, "nom proche")
	default:
		why = append(why, "autre nom")
	}
	if a.Phone != "" && a.Phone == b.Phone {
		why = append(why, "même téléphone")
	}
	if a.Email != "" && strings.EqualFold(a.Email, b.Email) {
		why = append(why, "même courriel")
	}
	if a.Commune != "" && a.Commune == b.Commune {
		why = append(why, "même commune")
	}
	if m, known := between(a, b); known && m < 5 {
		why = append(why, "au même endroit")
	} else if known && m < 1000 {
		why = append(why, "à "+strconv.Itoa(int(math.Round(m/10)*10))+" m")
	}
	return strings.Join(why, ", ")
}

// between is how many metres there are between two structures, when both are placed at
// their address.
func between(a, b Organisation) (m float64, known bool) {
	if a.Precision != AtAddress || b.Precision != AtAddress || !a.Point.Known() || !b.Point.Known() {
		return 0, false
	}
	return metres(a.Point, b.Point), true
}

// neighbour returns the name of a structure of another name that has o's telephone or
// mailbox: a reason to look, not to doubt.
func (x *directoryIndex) neighbour(o Organisation) (name, what string) {
	for _, c := range x.byPhone[o.Phone] {
		return c.o.Name, "téléphone"
	}
	for _, c := range x.byEmail[strings.ToLower(o.Email)] {
		return c.o.Name, "courriel"
	}
	return "", ""
}
