package app

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ErasedName stands where somebody was named whose record was erased.
const ErasedName = "Personne effacée"

// erasedWords stand for a name inside a sentence or a list of changes.
const erasedWords = "une personne effacée"

// MayErase reports whether v may erase p, who is known in territories: oneself, the
// administration, and who coordinates every one of those territories. Of an account, that
// it is v's to close is for the caller to ask.
func (v Viewer) MayErase(p PersonID, territories []TerritoryID) bool {
	if !v.SignedIn() || v.Helped() {
		return false
	}
	elsewhere := func(t TerritoryID) bool { return !v.MayCoordinate(t) }
	return v.Administrator || v.Person == p || len(territories) > 0 && !slices.ContainsFunc(territories, elsewhere)
}

// Unnamed returns e as it is kept once somebody is erased whom it names by names, or whose
// own it is: who did what and when stays; what told who that person is does not. An act
// begins with its verb, which is no name. Of the person themself, and of their place or their
// role in a structure, no value stays; of all else every value does, whatever the person was
// called, but where an entry says their name. Of homonyms, the names that e gives to another
// too, one goes and the others stay.
func (e Entry) Unnamed(names []string, own bool, homonyms ...string) Entry {
	verb, rest, _ := strings.Cut(e.Act, " ")
	for _, name := range names {
		rest = WithoutName(rest, name)
	}
	e.Act = Tidy(verb + " " + rest)
	theirs := own && e.Thing == OfPerson || e.Thing == OfOrganisation && len(names) > 0
	changes, gone := make(Changes, len(e.Changes)), map[string]bool{}
	for i, c := range e.Changes {
		switch {
		case theirs, own && c.Field == AccountAddress:
			c.Before, c.After = "", "…"
		case c.Field == LedBy:
			c.Before, c.After = unlisted(c.Before, names, homonyms), unlisted(c.After, names, homonyms)
		}
		for _, name := range names {
			if c.Field == name && !(gone[name] && slices.Contains(homonyms, name)) {
				c.Field, gone[name] = erasedWords, true
			}
			if who, stood := strings.CutSuffix(c.After, StoodIn+name); stood {
				c.After = who + StoodIn + erasedWords
			}
		}
		changes[i] = c
	}
	e.Changes = changes
	return e
}

// The words by which changes name somebody otherwise than in what is changed.
const (
	LedBy          = "Animation" // a list of names
	StoodIn        = " par "     // before the name of who represents another
	AccountAddress = "Adresse"   // of an account
)

// unlisted returns a list of names without those of names; of homonyms, without one of each.
func unlisted(list string, names, homonyms []string) string {
	all, gone := strings.Split(list, ", "), map[string]bool{}
	for i, name := range all {
		if slices.Contains(names, name) && !(gone[name] && slices.Contains(homonyms, name)) {
			all[i], gone[name] = erasedWords, true
		}
	}
	return strings.Join(all, ", ")
}

// WithoutName returns s with a name taken out, but where it is a part of a word or of an
// address.
func WithoutName(s, name string) string {
	return replaceWhole(replaceWhole(s, "de "+name, "d’"+erasedWords), name, erasedWords)
}

// FullNames returns the names, of two words at least, that p has and had, of which history
// is the record's own: the longest first.
func FullNames(p Person, history []Entry) []string {
	firsts, lasts := []string{p.FirstName}, []string{p.LastName}
	for _, e := range history {
		for _, c := range e.Changes {
			switch c.Field {
			case "Prénom":
				firsts = append(firsts, c.Before, c.After)
			case "Nom":
				lasts = append(lasts, c.Before, c.After)
			}
		}
	}
	var all []string
	for _, last := range lasts {
		for _, first := range firsts {
			if first != "" && last != "" {
				all = append(all, Tidy(first+" "+last))
			}
		}
	}
	slices.SortFunc(all, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return slices.Compact(all)
}

// replaceWhole puts other in place of old in s where it is no part of a longer word, nor of
// an address.
func replaceWhole(s, old, other string) string {
	if old == "" || !strings.Contains(s, old) {
		return s
	}
	var b strings.Builder
	for {
		i := strings.Index(s, old)
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		end := i + len(old)
		b.WriteString(s[:i])
		if goesOn(s[:i], s[end:]) {
			b.WriteString(old)
		} else {
			b.WriteString(other)
		}
		s = s[end:]
	}
}

// goesOn reports whether what is between before and after is a part of a word or of an
// address.
func goesOn(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	next, n := utf8.DecodeRuneInString(after)
	beyond, _ := utf8.DecodeRuneInString(after[n:])
	within := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return within(last) || within(next) ||
		strings.ContainsRune("/@:.-_?=&#", last) ||
		strings.ContainsRune("/@:.-_?=&#", next) && (within(beyond) || beyond == '/')
}
