package app

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxPassword is how long a password may be, in characters; beyond, hashing it would cost too much.
const MaxPassword = 200

// CheckPassword reports, in French, why password may not be chosen, or nil. It asks for
// one of the compositions of the CNIL (délibération 2022-100) for a password alone:
// 12 characters of four classes, or 14 of capitals, small letters and digits, or seven
// words; never for a count of bits, by which the CNIL's own first example would fail.
// Those everybody tries first are refused, as is one made of the person's own words.
func CheckPassword(password string, own ...string) error {
	length := utf8.RuneCountInString(password)
	if length > MaxPassword {
		return Errorf(Invalid, "Ce mot de passe est trop long : %d caractères au plus.", MaxPassword)
	}
	var upper, lower, digit, sign bool
	for _, r := range password {
		switch {
		case unicode.IsUpper(r):
			upper = true
		case unicode.IsLower(r):
			lower = true
		case unicode.IsDigit(r):
			digit = true
		default:
			sign = true
		}
	}
	letters := upper && lower && digit
	if !(letters && sign && length >= 12) && !(letters && length >= 14) && len(distinctWords(password)) < 7 {
		return Errorf(Invalid, "Choisissez 12 caractères avec majuscules, minuscules, chiffres et signes, ou 14 sans signe, ou une phrase d’au moins 7 mots différents.")
	}
	if commonPassword(password, own) {
		return Errorf(Invalid, "Ce mot de passe est trop facile à deviner : évitez les suites de touches, les mots courants et votre nom.")
	}
	return nil
}

func distinctWords(s string) map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.Fields(Fold(s)) {
		if len(w) > 1 {
			words[w] = true
		}
	}
	return words
}

// commonWords are what a guesser begins with, alone or followed by digits and signs.
var commonWords = []string{
	"motdepasse", "password", "passw0rd", "azerty", "azertyuiop", "qwerty", "qwertyuiop", "qsdfghjklm", "wxcvbn", "bonjour",
	"soleil", "doudou", "chouchou", "loulou", "coucou", "marseille", "toulouse", "cahors", "figeac", "admin",
	"administrateur", "bienvenue", "welcome", "jetaime", "iloveyou", "monamour", "football", "maillage", "cauvaldor", "caf",
	"mairie", "secret", "nicolas", "camille", "princesse", "dragon", "abcdef", "abcdefgh", "testtest", "changeme", "letmein",
}

// commonPassword reports whether what is left of password without its digits and signs
// is a common word or one of own, once or several times over, or a single letter.
func commonPassword(password string, own []string) bool {
	plain := strings.NewReplacer("@", "a", "0", "o", "1", "i", "3", "e", "$", "s", "5", "s").Replace(
		strings.ToLower(strings.TrimFunc(password, func(r rune) bool { return !unicode.IsLetter(r) })))
	for _, candidate := range []string{password, plain} {
		base := strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) {
				return r
			}
			return -1
		}, Fold(candidate))
		if len(base) < 3 {
			return true
		}
		words := commonWords
		for _, o := range own {
			words = append(words[:len(words):len(words)], strings.Fields(Fold(o))...)
		}
		for _, word := range words {
			if len(word) > 2 && strings.Trim(strings.ReplaceAll(base, word, ""), base[:1]) == "" && strings.Contains(base, word) {
				return true
			}
		}
	}
	return false
}

// FoldEmail returns an address as accounts are known by: lower case, without blanks around.
func FoldEmail(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// CheckEmail reports, in French, why s is no e-mail address to write to, or nil.
func CheckEmail(s string) error {
	local, domain, ok := strings.Cut(s, "@")
	if !ok || local == "" || len(s) > MaxEmail || strings.ContainsAny(s, " \t\r\n<>\"(),;:\\") ||
		strings.Contains(domain, "@") || !strings.Contains(domain, ".") || strings.HasPrefix(domain, ".") || strings.HasSuffix(domain, ".") || strings.Contains(domain, "..") {
		return Errorf(Invalid, "Cette adresse n’est pas complète : écrivez par exemple prenom.nom@structure.fr.")
	}
	return nil
}
