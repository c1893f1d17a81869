package app

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s as it is compared and searched: lower case, without accents,
// ligatures undone (œ, æ), apostrophes, hyphens and any other sign turned into
// single spaces. "L’Été à Saint-Céré" and "l ete a saint cere" fold alike.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	write := func(r rune) {
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'œ' || r == 'Œ':
			write('o')
			write('e')
		case r == 'æ' || r == 'Æ':
			write('a')
			write('e')
		case r == 'ß':
			write('s')
			write('s')
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			write(unicode.ToLower(r))
		default:
			space = true
		}
	}
	return b.String()
}

// Tidy returns s as it is kept when it fits on one line: composed, control and unseen
// characters removed, blanks (no-break ones too) reduced to single spaces.
func Tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) || r == unicode.ReplacementChar || unseen(r) {
			return -1
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(s, "")))
	return strings.Join(strings.Fields(s), " ")
}

// unseen reports whether r shows nothing: what pasted text brings along (soft hyphens,
// blanks without width) and what turns the direction of all the words that follow on a
// page. The joiners that some letters and emoji need are not.
func unseen(r rune) bool {
	switch {
	case r == '\u00ad', r == '\u200b', r == '\u2060', r == '\ufeff':
		return true
	case '\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069':
		return true
	}
	return false
}

// TidyText is Tidy for text of several lines: line breaks stay, as "\n", and no
// more than one empty line in a row.
func TidyText(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		line = Tidy(line)
		if line == "" && (len(lines) == 0 || lines[len(lines)-1] == "") {
			continue
		}
		lines = append(lines, line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// maxSearchWords is how many words of a search count; beyond, it is a text that was pasted.
const maxSearchWords = 8

// smallWords are those a name may bear or not: "Mission locale de Souillac".
var smallWords = strings.Fields("a au aux d de des du en et l la le les par pour s sur un une")

// SearchWords returns the words of query that a search must find, folded, each once, at
// most eight. Small ones count only when there is nothing else.
func SearchWords(query string) []string {
	var words []string
	for _, word := range strings.Fields(Fold(query)) {
		if !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	great := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(smallWords, w) })
	if len(great) > 0 {
		words = great
	}
	return words[:min(len(words), maxSearchWords)]
}

// Holds reports whether every word of query, folded, is somewhere in text, folded.
func Holds(text, query string) bool {
	text = Fold(text)
	for word := range strings.FieldsSeq(Fold(query)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}
