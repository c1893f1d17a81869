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

// Traces are the words by which the audit trail and the mails may tell who somebody is.
type Traces struct {
	firsts, lasts []string
	contacts      []string // addresses and telephones
}

// TracesOf gathers the words that tell who p is, with those of what was changed of them:
// history is their own and that of their account.
func TracesOf(p Person, emails []string, history []Entry) Traces {
	t := Traces{firsts: []string{p.FirstName}, lasts: []string{p.LastName}, contacts: append([]string{p.Email, p.Phone}, emails...)}
	for _, e := range history {
		for _, c := range e.Changes {
			switch c.Field {
			case "Prénom":
				t.firsts = append(t.firsts, c.Before, c.After)
			case "Nom":
				t.lasts = append(t.lasts, c.Before, c.After)
			case "Courriel", "Téléphone", "Adresse":
				t.contacts = append(t.contacts, c.Before, c.After)
			}
		}
	}
	t.firsts, t.lasts, t.contacts = distinct(t.firsts), distinct(t.lasts), distinct(t.contacts)
	return t
}

func distinct(words []string) []string {
	slices.Sort(words)
	return slices.Compact(words)
}

// Names returns the full names that p had, the longest first.
func (t Traces) Names() []string {
	var all []string
	for _, last := range t.lasts {
		for _, first := range t.firsts {
			if name := Tidy(first + " " + last); last != "" {
				all = append(all, name)
			}
		}
	}
	all = distinct(all)
	slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
	return all
}

// Contacts returns the addresses and telephones that p had.
func (t Traces) Contacts() []string {
	return slices.DeleteFunc(slices.Clone(t.contacts), func(s string) bool { return s == "" })
}

// Out returns s with every word of t taken out.
func (t Traces) Out(s string) string {
	for _, name := range t.Names() {
		s = replaceWhole(replaceWhole(s, "de "+name, "d’"+erasedWords), name, erasedWords)
	}
	for _, contact := range t.Contacts() {
		s = replaceWhole(s, contact, "…")
	}
	return s
}

// Unnamed returns a text sent to others with the full names of t, of two words at least, taken out.
func (t Traces) Unnamed(s string) string {
	for _, name := range t.Names() {
		if strings.Contains(name, " ") {
			s = replaceWhole(replaceWhole(s, "de "+name, "d’"+erasedWords), name, erasedWords)
		}
	}
	return s
}

// Blanked returns e as it is kept once the person of t is erased: who did what and when
// stays; what told who that person is does not. About the person themself, or their
// place in a structure, no value stays. An act begins with its verb, which is no name, and
// what was changed of a structure itself stays, whatever the person was called: nobody is
// named, and erased, to empty the trail.
func (t Traces) Blanked(e Entry, person PersonID) Entry {
	verb, rest, _ := strings.Cut(e.Act, " ")
	act := Tidy(verb + " " + t.Out(rest))
	theirs := e.Thing == OfPerson && e.ThingID == string(person) || e.Thing == OfOrganisation && act != e.Act && t.ofPosition(e.Changes)
	e.Act = act
	changes := make(Changes, len(e.Changes))
	for i, c := range e.Changes {
		if theirs {
			c.Before, c.After = "", "…"
		}
		changes[i] = Change{Field: t.Out(c.Field), Before: t.Out(c.Before), After: t.Out(c.After)}
	}
	e.Changes = changes
	return e
}

// ofPosition reports whether changes are those of the person's place in a structure, or of
// their role there, which is told under their name.
func (t Traces) ofPosition(changes Changes) bool {
	return !slices.ContainsFunc(changes, func(c Change) bool { return !slices.Contains(positionWords, c.Field) && t.Out(c.Field) == c.Field })
}

// replaceWhole puts other in place of old in s where it is no part of a longer word.
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
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+len(old):])
		b.WriteString(s[:i])
		if inWord(before) || inWord(after) {
			b.WriteString(old)
		} else {
			b.WriteString(other)
		}
		s = s[i+len(old):]
	}
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
