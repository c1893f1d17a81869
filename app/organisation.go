package app

import (
	"slices"
	"strings"
	"time"
)

// Organisation is a structure of the partnership, shared by all the territories it
// takes part in.
type Organisation struct {
	ID           OrganisationID
	Name         string
	FormerNames  string // what people still search it by, separated by commas
	SIRET        SIRET
	Category     Category
	Themes       []Theme
	Description  string
	Address      string
	PostalCode   string
	Commune      CommuneCode
	CommuneName  string // read with it, never written
	Point        Point
	Precision    Precision
	Phone        string
	Email        string
	Website      string
	OpeningHours string
	Departmental bool   // serves the whole département, not only the territory
	Source       string // where the record comes from, "" when typed here
	Vintage      string // of that source, "2019-08"
	SourceID     string
	Incomplete   bool // known to exist, still to be completed
	ArchivedAt   time.Time
	CreatedAt    time.Time
	UpdatedAt    time.Time
	Version      int // grows by one at each change; not when it is confirmed
	Verified     Verification
	Rhythm       Rhythm // 0: DefaultRhythm
	Territories  []TerritoryID
	MergedInto   OrganisationID // the record it is one with since; then it is nothing by itself
}

// Archived reports whether o was put aside; it keeps its history and can be restored.
func (o Organisation) Archived() bool { return !o.ArchivedAt.IsZero() }

// Limits of what a record holds, in characters.
const (
	MaxName        = 200
	MaxFormerNames = 400
	MaxDescription = 4000
	MaxAddress     = 300
	MaxPhone       = 60
	MaxWebsite     = 300
	MaxHours       = 1000
)

// Checked returns o as it is kept, each value tidied, or an Invalid error that says by
// field of the form what cannot be kept; then o still holds all that was typed.
func (o Organisation) Checked() (Organisation, error) {
	wrong := Fields{}
	o.Name, o.FormerNames, o.Address = Tidy(o.Name), Tidy(o.FormerNames), TidyText(o.Address)
	o.Description, o.OpeningHours = TidyText(o.Description), TidyText(o.OpeningHours)
	o.SIRET = TidySIRET(string(o.SIRET))
	o.PostalCode, o.Email, o.Phone = strings.ReplaceAll(Tidy(o.PostalCode), " ", ""), Tidy(o.Email), TidyPhone(o.Phone)
	if Fold(o.Name) == "" {
		wrong.Add("nom", "Indiquez le nom de la structure.")
	}
	if !o.Category.Known() {
		wrong.Add("categorie", "Choisissez une catégorie.")
	}
	if slices.ContainsFunc(o.Themes, func(t Theme) bool { return !t.Known() }) {
		wrong.Add("themes", "Choisissez parmi les thèmes proposés.")
	}
	wrong.Title("nom", o.Name)
	wrong.Limit("anciens_noms", o.FormerNames, MaxFormerNames)
	wrong.Limit("description", o.Description, MaxDescription)
	wrong.Limit("adresse", o.Address, MaxAddress)
	wrong.Limit("telephone", o.Phone, MaxPhone)
	wrong.Limit("horaires", o.OpeningHours, MaxHours)
	if err := o.SIRET.Check(); err != nil {
		wrong.Add("siret", err.Error())
	}
	if err := CheckPostalCode(o.PostalCode); err != nil {
		wrong.Add("code_postal", err.Error())
	}
	wrong.Email("courriel", o.Email)
	site, err := TidyWebsite(o.Website)
	wrong.Limit("site", site, MaxWebsite)
	if err != nil {
		wrong.Add("site", err.Error())
	} else {
		o.Website = site
	}
	return o, wrong.Err()
}

// Placed returns o with its place on the map once its address was written over before's:
// what was known of the place says nothing of another one.
func (o Organisation) Placed(before Organisation) Organisation {
	o.Point, o.Precision = before.Point, before.Precision
	if o.Commune != before.Commune || Fold(o.Address) != Fold(before.Address) {
		o.Point, o.Precision = Point{}, ""
		if o.Commune != "" {
			o.Precision = AtCommune
		}
	}
	return o
}

// A recordField is one value of an organisation's record: its name in the form, its
// words on the page, how it reads, and how it passes from one record to another.
type recordField struct {
	name, label string
	read        func(Organisation) string
	take        func(to *Organisation, from Organisation)
}

var recordFields = []recordField{
	{"nom", "Nom", func(o Organisation) string { return o.Name }, func(to *Organisation, from Organisation) { to.Name = from.Name }},
	{"anciens_noms", "Anciens noms et sigles", func(o Organisation) string { return o.FormerNames }, func(to *Organisation, from Organisation) { to.FormerNames = from.FormerNames }},
	{"siret", "SIRET", func(o Organisation) string { return o.SIRET.Spaced() }, func(to *Organisation, from Organisation) { to.SIRET = from.SIRET }},
	{"categorie", "Catégorie", func(o Organisation) string { return o.Category.Label() }, func(to *Organisation, from Organisation) { to.Category = from.Category }},
	{"themes", "Thèmes", func(o Organisation) string { return ThemeLabels(o.Themes) }, func(to *Organisation, from Organisation) { to.Themes = from.Themes }},
	{"description", "Description", func(o Organisation) string { return o.Description }, func(to *Organisation, from Organisation) { to.Description = from.Description }},
	{"adresse", "Adresse", func(o Organisation) string { return o.Address }, func(to *Organisation, from Organisation) { to.Address = from.Address }},
	{"code_postal", "Code postal", func(o Organisation) string { return o.PostalCode }, func(to *Organisation, from Organisation) { to.PostalCode = from.PostalCode }},
	{"commune", "Commune", func(o Organisation) string { return o.CommuneName }, func(to *Organisation, from Organisation) {
		to.Commune, to.CommuneName = from.Commune, from.CommuneName
	}},
	{"telephone", "Téléphone", func(o Organisation) string { return o.Phone }, func(to *Organisation, from Organisation) { to.Phone = from.Phone }},
	{"courriel", "Courriel", func(o Organisation) string { return o.Email }, func(to *Organisation, from Organisation) { to.Email = from.Email }},
	{"site", "Site", func(o Organisation) string { return o.Website }, func(to *Organisation, from Organisation) { to.Website = from.Website }},
	{"horaires", "Horaires", func(o Organisation) string { return o.OpeningHours }, func(to *Organisation, from Organisation) { to.OpeningHours = from.OpeningHours }},
	{"departement", "Intervient dans tout le département", func(o Organisation) string { return yesNo(o.Departmental) }, func(to *Organisation, from Organisation) { to.Departmental = from.Departmental }},
	{"a_completer", "Fiche à compléter", func(o Organisation) string { return yesNo(o.Incomplete) }, func(to *Organisation, from Organisation) { to.Incomplete = from.Incomplete }},
}

// Difference is a value of a record that two people see differently.
type Difference struct {
	Field  string // its name in the form
	Label  string
	Theirs string
	Yours  string
}

// Differences returns what differs between the record as it is and as somebody would have
// it, in the order of the page.
func (o Organisation) Differences(yours Organisation) (all []Difference) {
	for _, f := range recordFields {
		if theirs, mine := f.read(o), f.read(yours); theirs != mine {
			all = append(all, Difference{f.name, f.label, theirs, mine})
		}
	}
	return all
}

// Keeping returns o with the values of these fields taken from theirs.
func (o Organisation) Keeping(theirs Organisation, fields ...string) Organisation {
	for _, f := range recordFields {
		if slices.Contains(fields, f.name) {
			f.take(&o, theirs)
		}
	}
	return o
}

// ChangesFrom returns what o changes of before, in the words of the page.
func (o Organisation) ChangesFrom(before Organisation) (changes Changes) {
	for _, f := range recordFields {
		changes.Note(f.label, f.read(before), f.read(o))
	}
	return changes
}

// ThemeLabels returns the words for themes, separated by commas.
func ThemeLabels(themes []Theme) string {
	words := make([]string, len(themes))
	for i, t := range themes {
		words[i] = t.Label()
	}
	return strings.Join(words, ", ")
}

func yesNo(b bool) string {
	if b {
		return "oui"
	}
	return "non"
}
