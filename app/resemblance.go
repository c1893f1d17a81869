package app

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// nameWords are the words that make a name what it is, sorted: folded, without small words and
// those of its commune, former names and initials said as today's. "MSAP - Biars" and
// "France services de Biars-sur-Cère" are the same words at Biars-sur-Cère.
func nameWords(name, commune string) []string {
	text := " " + Fold(name) + " "
	for i, names := range folded {
		for _, n := range names {
			if strings.Contains(text, n) {
				text = strings.ReplaceAll(text, n, " §"+strconv.Itoa(i)+" ")
			}
		}
	}
	all := strings.Fields(text)
	place := strings.Fields(placeName(commune))
	words := slices.DeleteFunc(slices.Clone(all), func(w string) bool { return slices.Contains(smallWords, w) || slices.Contains(place, w) })
	if len(words) == 0 {
		words = all
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// alike reports whether two names, as nameWords leaves them, could be one: all the words of
// one are in the other, or most words are common. same says that they are the same words.
func alike(a, b []string) (near, same bool) {
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch strings.Compare(a[i], b[j]) {
		case 0:
			common, i, j = common+1, i+1, j+1
		case -1:
			i++
		default:
			j++
		}
	}
	if common == 0 {
		return false, false
	}
	same = common == len(a) && common == len(b)
	return same || common == min(len(a), len(b)) || 5*common >= 3*(len(a)+len(b)-common), same
}

// sameWords reports whether two names have the same words as they are written.
func sameWords(a, b string) bool {
	words := func(name string) []string {
		all := slices.DeleteFunc(strings.Fields(Fold(name)), func(w string) bool { return slices.Contains(smallWords, w) })
		slices.Sort(all)
		return slices.Compact(all)
	}
	return slices.Equal(words(a), words(b))
}

// metres is how far two places are from each other (haversine, within the thousandth).
func metres(a, b Point) float64 {
	const radius = 6_371_000
	radians := math.Pi / 180
	lat, lon := (b.Latitude-a.Latitude)*radians/2, (b.Longitude-a.Longitude)*radians/2
	h := math.Pow(math.Sin(lat), 2) + math.Cos(a.Latitude*radians)*math.Cos(b.Latitude*radians)*math.Pow(math.Sin(lon), 2)
	return 2 * radius * math.Asin(math.Min(1, math.Sqrt(h)))
}

// A candidate is a structure that another may be: of the directory, or of a line of the file.
type candidate struct {
	o     Organisation
	line  int // of the file, 0 in the directory
	words []string
	taken int // the line of the file that it is already
}

// A directoryIndex finds the candidates that something of a structure points to.
type directoryIndex struct {
	bySIRET   map[SIRET][]*candidate
	byKey     map[string][]*candidate // of its source
	byName    map[string][]*candidate // folded
	byPhone   map[string][]*candidate
	byEmail   map[string][]*candidate
	byCommune map[CommuneCode][]*candidate
}

func newDirectoryIndex() *directoryIndex {
	return &directoryIndex{map[SIRET][]*candidate{}, map[string][]*candidate{}, map[string][]*candidate{}, map[string][]*candidate{}, map[string][]*candidate{}, map[CommuneCode][]*candidate{}}
}

func sourceKey(o Organisation) string {
	if o.Source == "" || o.SourceID == "" {
		return ""
	}
	return Fold(o.Source) + "\n" + o.SourceID
}

func (x *directoryIndex) add(o Organisation, line int) *candidate {
	c := &candidate{o: o, line: line, words: nameWords(o.Name, o.CommuneName)}
	put(x.bySIRET, o.SIRET, c)
	put(x.byKey, sourceKey(o), c)
	put(x.byName, Fold(o.Name), c)
	put(x.byPhone, o.Phone, c)
	put(x.byEmail, strings.ToLower(o.Email), c)
	put(x.byCommune, o.Commune, c)
	for former := range strings.SplitSeq(o.FormerNames, ",") {
		put(x.byName, Fold(former), c)
	}
	return c
}

func put[K comparable](m map[K][]*candidate, key K, c *candidate) {
	var none K
	if key != none {
		m[key] = append(m[key], c)
	}
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
		all []*candidate
		why string
	}{{x.byKey[sourceKey(o)], "même identifiant dans la source"}, {x.bySIRET[o.SIRET], "même SIRET"}} {
		for _, c := range by.all {
			near, _ := alike(words, c.words)
			switch {
			case near, by.why == "même SIRET" && len(by.all) == 1 && o.Commune != "" && o.Commune == c.o.Commune:
				return resemblance{c, len(by.all) == 1 || near, by.why}, true
			case by.why == "même SIRET":
				return resemblance{c, false, by.why + ", autre nom"}, true
			}
		}
	}
	return resemblance{}, false
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
		why := "même nom, même commune"
		if o.Commune != c.o.Commune {
			why = "même nom"
		}
		if sameCommune(o, c.o) {
			other := apart(o, c.o)
			found = append(found, resemblance{c, other == "", why + other})
		}
	}
	if len(found) == 0 {
		return resemblance{}, false
	}
	best := found[0]
	for _, r := range found[1:] {
		switch {
		case r.sure && !best.sure, r.o.Commune == o.Commune && best.o.Commune != o.Commune:
			best = r
		case r.sure && best.sure && r.o.Commune == best.o.Commune:
			best.sure, best.why = false, best.why+" ; plusieurs la portent"
		}
	}
	return best, true
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
		near, same := alike(words, c.words)
		if !near || found && !same {
			continue
		}
		other := apart(o, c.o)
		best, found = resemblance{c, same && other == "" && sameWords(o.Name, c.o.Name), ""}, true
		if other != "" && !same {
			found = false // two of one trade in one place, which a register tells apart
			continue
		}
		best.why = evidence(o, c.o, same) + other
	}
	return best, found
}

// reached looks for the same telephone or mailbox, under a name that is near.
func (x *directoryIndex) reached(o Organisation, words []string) (resemblance, bool) {
	for _, c := range append(x.byPhone[o.Phone], x.byEmail[strings.ToLower(o.Email)]...) {
		if near, same := alike(words, c.words); near && apart(o, c.o) == "" {
			return resemblance{c, false, evidence(o, c.o, same)}, true
		}
	}
	return resemblance{}, false
}

// evidence says what brings two structures of near names together.
func evidence(a, b Organisation, same bool) string {
	why := []string{"nom proche"}
	if same {
		why[0] = "mêmes mots dans le nom"
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
	if a.Precision == AtAddress && b.Precision == AtAddress && a.Point.Known() && b.Point.Known() {
		if m := metres(a.Point, b.Point); m < 5 {
			why = append(why, "au même endroit")
		} else if m < 1000 {
			why = append(why, "à "+strconv.Itoa(int(math.Round(m/10)*10))+" m")
		}
	}
	return strings.Join(why, ", ")
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
