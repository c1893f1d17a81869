package app

import (
	"regexp"

	"golang.org/x/text/unicode/norm"
)

// addressLike is what a mail reader makes a link of, without "http" too.
var addressLike = regexp.MustCompile(`(?i)://|www\.|[@/\\]|[\pL\pN]{2,}\.\pL{2,}`)

// Name notes that a value is no first or last name: it is too long, or holds an address.
// Names stand in the e-mails that leave from here for people who know nobody of us.
func (f Fields) Name(field, value string) {
	f.Limit(field, value, MaxPersonName)
	if addressLike.MatchString(norm.NFKC.String(value)) {
		f.Add(field, "Un nom ne contient ni adresse de site, ni adresse électronique, ni barre oblique : écrivez seulement le nom, sans « @ », « / » ni « www. ».")
	}
}
