// Package inclusion writes structures as data·inclusion does, the open schema by which the
// directories of social services of France tell each other what they know (version 1,
// https://github.com/gip-inclusion/data-inclusion-schema). It never holds a person.
package inclusion

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"maillage/app"
)

// Source is how this software names itself as a producer of data.
const Source = "maillage"

// What the schema allows, in characters.
const (
	minName, maxName               = 3, 150
	minDescription, maxDescription = 5, 10_000
	maxWebsite                     = 2083
)

// Structure is a structure as the schema has it; what is nil or empty is not known, or is
// known in a form that the schema does not take: our opening hours are sentences, its are
// expressions of OpenStreetMap.
type Structure struct {
	Source      string   `json:"source"`
	ID          string   `json:"id"` // "maillage--" and our own
	Name        string   `json:"nom"`
	Modified    app.Date `json:"date_maj"`
	SIRET       *string  `json:"siret"`
	Description *string  `json:"description"`
	Address     *string  `json:"adresse"`
	PostalCode  *string  `json:"code_postal"`
	Commune     *string  `json:"commune"`
	INSEE       *string  `json:"code_insee"`
	Latitude    *float64 `json:"latitude"` // of the address, never of the commune
	Longitude   *float64 `json:"longitude"`
	Phone       *string  `json:"telephone"` // E.164
	Email       *string  `json:"courriel"`
	Website     *string  `json:"site_web"`
	Networks    []string `json:"reseaux_porteurs"`
}

// Of returns o as the schema has it; false when it has no name the schema takes.
func Of(o app.Organisation) (Structure, bool) {
	name := nameOf(o.Name)
	s := Structure{
		Source: Source, ID: Source + "--" + string(o.ID), Name: name, Modified: app.DateOf(o.UpdatedAt),
		SIRET: known(string(o.SIRET)), Address: known(oneLine(o.Address)), Commune: known(o.CommuneName), INSEE: known(string(o.Commune)),
		Email: known(o.Email), Networks: networks(o.Name),
	}
	if app.CheckPostalCode(o.PostalCode) == nil {
		s.PostalCode = known(o.PostalCode)
	}
	if n := utf8.RuneCountInString(o.Description); n >= minDescription && n <= maxDescription {
		s.Description = &o.Description
	}
	if o.Precision == app.AtAddress && o.Point.Known() {
		s.Latitude, s.Longitude = &o.Point.Latitude, &o.Point.Longitude
	}
	if site, err := app.TidyWebsite(o.Website); err == nil && len(site) <= maxWebsite {
		s.Website = known(site)
	}
	s.Phone = known(international(o.Phone))
	return s, utf8.RuneCountInString(name) >= minName
}

// nameOf is a name of at most maxName characters that ends with no full stop.
func nameOf(name string) string {
	if runes := []rune(name); len(runes) > maxName {
		name = strings.TrimSpace(string(runes[:maxName-1])) + "…"
	}
	return strings.TrimRight(name, ". ")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func known(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// international returns a French number as E.164 has it, a short number as it is, and ""
// for anything else: the schema takes one number alone.
func international(phone string) string {
	digits := strings.ReplaceAll(app.TidyPhone(phone), " ", "")
	switch {
	case !app.UsualPhone(phone):
		return ""
	case len(digits) == 10 && digits[0] == '0':
		return "+33" + digits[1:]
	}
	return digits
}

// bearers are the networks of the schema that a name tells by its first words, folded.
var bearers = []struct{ words, network string }{
	{"france services", "france-service"},
	{"mission locale", "mission-locale"},
	{"ccas", "ccas-cias"},
	{"cias", "ccas-cias"},
	{"centre communal d action sociale", "ccas-cias"},
	{"centre intercommunal d action sociale", "ccas-cias"},
	{"caf", "caf"},
	{"caisse d allocations familiales", "caf"},
	{"cpam", "cpam"},
	{"caisse primaire d assurance maladie", "cpam"},
	{"msa", "mutualite-sociale-agricole"},
	{"mutualite sociale agricole", "mutualite-sociale-agricole"},
	{"france travail", "france-travail"},
	{"cap emploi", "cap-emploi-reseau-cheops"},
	{"mdph", "mdph"},
	{"maison departementale des personnes handicapees", "mdph"},
	{"maison des solidarites", "maisons-des-solidarites"},
	{"udaf", "unaf"},
	{"union departementale des associations familiales", "unaf"},
	{"cidff", "cidff"},
	{"restos du coeur", "restos-du-coeur"},
	{"les restos du coeur", "restos-du-coeur"},
	{"secours populaire", "secours-populaire"},
	{"croix rouge", "croix-rouge"},
	{"emmaus", "emmaus"},
	{"mairie", "communes"},
	{"commune de", "communes"},
	{"mjc", "mjc"},
	{"plie", "plie"},
	{"spip", "spip"},
	{"point justice", "points-justice"},
	{"point conseil budget", "points-conseil-budget"},
	{"info jeunes", "reseau-information-jeunesse"},
	{"point information jeunesse", "reseau-information-jeunesse"},
	{"conseil departemental", "departements"},
	{"departement du", "departements"},
}

// networks returns the network that a name tells, or nil.
func networks(name string) []string {
	folded := strings.Join(strings.FieldsFunc(app.Fold(name), func(r rune) bool { return r < '0' || r > '9' && r < 'a' || r > 'z' }), " ") + " "
	for _, b := range bearers {
		if strings.HasPrefix(folded, b.words+" ") {
			return []string{b.network}
		}
	}
	return nil
}

// A Writer writes structures one after the other.
type Writer interface {
	// Structure writes one more.
	Structure(Structure) error
	// Close ends the file; it does not close what it is written to.
	Close() error
}

// JSON returns a writer of a list of structures in JSON.
func JSON(w io.Writer) Writer { return &jsonWriter{w: w} }

type jsonWriter struct {
	w     io.Writer
	begun bool
}

func (j *jsonWriter) Structure(s Structure) error {
	before := "["
	if j.begun {
		before = ",\n"
	}
	j.begun = true
	line, err := json.Marshal(s)
	if err == nil {
		_, err = j.w.Write(append([]byte(before), line...))
	}
	return err
}

func (j *jsonWriter) Close() error {
	end := "]\n"
	if !j.begun {
		end = "[]\n"
	}
	_, err := io.WriteString(j.w, end)
	return err
}

// Columns are the columns of the CSV file, named as in the schema.
var Columns = []string{
	"source", "id", "nom", "date_maj", "siret", "description", "adresse", "code_postal", "commune", "code_insee",
	"latitude", "longitude", "telephone", "courriel", "site_web", "reseaux_porteurs",
}

// CSV returns a writer of structures as comma-separated values (RFC 4180), UTF-8, for
// programs: networks are a list of JSON. In a text that a spreadsheet would compute, an
// apostrophe stands first.
func CSV(w io.Writer) Writer { return &csvWriter{csv: csv.NewWriter(w)} }

type csvWriter struct {
	csv   *csv.Writer
	begun bool
}

func (c *csvWriter) Structure(s Structure) error {
	if err := c.header(); err != nil {
		return err
	}
	networks := ""
	if s.Networks != nil {
		list, err := json.Marshal(s.Networks)
		if err != nil {
			return err
		}
		networks = string(list)
	}
	return c.csv.Write([]string{
		s.Source, s.ID, inert(s.Name), string(s.Modified), text(s.SIRET), inert(text(s.Description)), inert(text(s.Address)), text(s.PostalCode),
		inert(text(s.Commune)), text(s.INSEE), number(s.Latitude), number(s.Longitude), text(s.Phone), inert(text(s.Email)), inert(text(s.Website)), networks,
	})
}

func (c *csvWriter) header() error {
	if c.begun {
		return nil
	}
	c.begun = true
	return c.csv.Write(Columns)
}

func (c *csvWriter) Close() error {
	if err := c.header(); err != nil {
		return err
	}
	c.csv.Flush()
	return c.csv.Error()
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func number(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'f', -1, 64)
}

// inert keeps a text from being computed by a spreadsheet (OWASP, CSV injection).
func inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
