package app

import (
	"strconv"
	"strings"
)

// Count returns n with the noun that agrees with it: in French nought and one are
// singular. Thousands are set apart by a no-break space.
func Count(n int, singular, plural string) string {
	if n > 1 || n < -1 {
		return Number(n) + "\u00a0" + plural
	}
	return Number(n) + "\u00a0" + singular
}

// Of returns name after "de", elided as it is said: "de Claire Bonnet", "d’Inès Roux". An h
// is taken for mute, as that of most first names; an y for a vowel before a consonant: "d’Yves",
// "de Yann".
func Of(name string) string {
	folded := Fold(name)
	switch {
	case folded == "":
	case strings.ContainsRune("aeiouh", rune(folded[0])),
		len(folded) > 1 && folded[0] == 'y' && !strings.ContainsRune("aeiou", rune(folded[1])):
		return "d’" + name
	}
	return "de " + name
}

// Number writes n as French prints it: "45 320", with narrow no-break spaces.
func Number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString("\u202f")
		}
		b.WriteRune(d)
	}
	return sign + b.String()
}
