package app

import (
	"errors"
	"net/url"
	"strings"
	"unicode/utf8"
)

// TidyPhone returns a telephone number as it is kept: "05 65 00 00 00" for a French one,
// however it was typed; anything else tidied and no more, short numbers and foreign ones too.
func TidyPhone(s string) string {
	s = Tidy(s)
	digits := strings.NewReplacer(" ", "", ".", "", "-", "", "/", "", "(0)", "").Replace(s)
	for _, prefix := range []string{"+33", "0033"} {
		if rest, ok := strings.CutPrefix(digits, prefix); ok {
			digits = "0" + strings.TrimPrefix(rest, "0")
		}
	}
	if len(digits) != 10 || digits[0] != '0' || digits[1] == '0' || !allDigits(digits) {
		return s
	}
	return digits[:2] + " " + digits[2:4] + " " + digits[4:6] + " " + digits[6:8] + " " + digits[8:]
}

// UsualPhone reports whether s, as TidyPhone leaves it, looks like a number one can call
// from France: ten digits, a short number, or one with its country. It is a reason to
// ask, never to refuse.
func UsualPhone(s string) bool {
	digits := strings.ReplaceAll(s, " ", "")
	if rest, ok := strings.CutPrefix(digits, "+"); ok {
		return allDigits(rest) && len(rest) >= 8 && len(rest) <= 15
	}
	if !allDigits(digits) {
		return false
	}
	return len(digits) == 10 && digits[0] == '0' || len(digits) == 4 && digits[0] == '3' || len(digits) == 6 && digits[:3] == "118" || len(digits) == 2 || len(digits) == 3
}

func allDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

// TidyWebsite returns the address of a site as it is kept, with "https://" before one
// typed without. The error, in French, says why it is none: http and https only.
func TidyWebsite(s string) (string, error) {
	s = Tidy(s)
	if s == "" {
		return "", nil
	}
	if !strings.Contains(s, ":") || strings.HasPrefix(strings.ToLower(s), "www.") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || !strings.Contains(strings.Trim(u.Hostname(), "."), ".") {
		return s, errors.New("Cette adresse de site n’est pas lisible : écrivez par exemple https://www.structure.fr.") // a sentence for the person
	}
	return s, nil
}

// CheckPostalCode reports, in French, why s is no postal code, or nil; "" is none yet.
func CheckPostalCode(s string) error {
	if s != "" && (len(s) != 5 || !allDigits(s)) {
		return errors.New("Un code postal a cinq chiffres : écrivez par exemple 46500.") // a sentence for the person
	}
	return nil
}

// Limit notes that a value is longer than most characters.
func (f Fields) Limit(field, value string, most int) {
	if n := utf8.RuneCountInString(value); n > most {
		f.Add(field, "C’est trop long : "+Count(most, "caractère", "caractères")+" au plus, vous en avez écrit "+Number(n)+".")
	}
}

// Email notes that a value is no e-mail address; "" is none yet.
func (f Fields) Email(field, value string) {
	if value == "" {
		return
	}
	if err := CheckEmail(value); err != nil {
		f.Add(field, err.Error())
	}
}
