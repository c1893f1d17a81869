package app

import (
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

// Tidy returns s as it is kept when it fits on one line: composed, control
// characters removed, blanks (no-break ones too) reduced to single spaces.
func Tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(s, "")))
	return strings.Join(strings.Fields(s), " ")
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
