package app

import (
	"regexp"

	"golang.org/x/text/unicode/norm"
)

// addressLike is what a mail reader makes a link of, without "http" too.
var addressLike = regexp.MustCompile(`(?i)://|www\.|[@/\\]|[\pL\pN]{2,}\.\pL{2,}`)

// siteLike is an address of a site, in the name of a structure, which may hold « @ » or « / ».
var siteLike = regexp.MustCompile(`(?i)://|www\.`)

// Title notes that a value is no name of a structure: it is too long, or holds an address of
// a site; such names too stand in the e-mails that leave from here.
func (f Fields) Title(field, value string) {
	f.Limit(field, value, MaxName)
	if siteLike.MatchString(norm.NFKC.String(value)) {
		f.Add(field, "Le nom d’une structure ne contient pas d’adresse de site : écrivez seulement son nom.")
	}
}

// Name notes that a value is no first or last name: it is too long, or holds an address.
// Names stand in the e-mails that leave from here for people who know nobody of us.
func (f Fields) Name(field, value string) {
	f.Limit(field, value, MaxPersonName)
	if addressLike.MatchString(norm.NFKC.String(value)) {
		f.Add(field, "Un nom ne contient ni adresse de site, ni adresse électronique, ni barre oblique : écrivez seulement le nom, sans « @ », « / » ni « www. ».")
	}
}
