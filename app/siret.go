package app

import "strings"

// SIRET names an establishment in the national register of firms: fourteen digits,
// without spaces, or "".
type SIRET string

const (
	siretDigits = 14
	siretWrong  = "Un SIRET a 14 chiffres, par exemple 200 066 371 00014. Vérifiez-le sur annuaire-entreprises.data.gouv.fr."
)

// laPoste is the SIREN of La Poste, whose post offices are numbered by another rule.
const laPoste = "356000000"

// TidySIRET returns a SIRET as it is kept: digits only, when there is nothing else than
// digits and what separates them.
func TidySIRET(typed string) SIRET {
	return SIRET(strings.NewReplacer(" ", "", ".", "", "-", "").Replace(Tidy(typed)))
}

// Check reports whether s, as TidySIRET leaves it, could be a SIRET: its key is that of
// Luhn or, for an office of La Poste, a sum of digits that 5 divides (INSEE). None at all
// is right too.
func (s SIRET) Check() error {
	if s == "" || s.holds() {
		return nil
	}
	return Errorf(Invalid, siretWrong)
}

func (s SIRET) holds() bool {
	if len(s) != siretDigits || strings.HasPrefix(string(s), "000000000") {
		return false
	}
	sum, luhn := 0, 0
	for i, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
		digit := int(c - '0')
		sum += digit
		if i%2 == 0 { // every second digit from the right counts twice
			digit *= 2
		}
		luhn += digit/10 + digit%10
	}
	return luhn%10 == 0 || strings.HasPrefix(string(s), laPoste) && sum%5 == 0
}

// Spaced returns s as one reads it: "200 066 371 00014".
func (s SIRET) Spaced() string {
	if len(s) != siretDigits {
		return string(s)
	}
	return string(s[:3] + " " + s[3:6] + " " + s[6:9] + " " + s[9:])
}
