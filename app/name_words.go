package app

import (
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

// boreWords are the words of each name that o bore.
func boreWords(o Organisation) (all [][]string) {
	if o.FormerNames == "" { // of most
		return nil
	}
	for former := range strings.SplitSeq(o.FormerNames, ",") {
		if words := nameWords(former, o.CommuneName); len(words) > 0 {
			all = append(all, words)
		}
	}
	return all
}

func anyAlike(words []string, all [][]string) bool {
	return slices.ContainsFunc(all, func(other []string) bool {
		near, _ := alike(words, other)
		return near
	})
}
