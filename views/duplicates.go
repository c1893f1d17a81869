package views

import (
	"strings"

	"maillage/app"
)

// DuplicatesPage is the list of the structures that may be one.
type DuplicatesPage struct {
	Frame Frame
	Pairs []app.Pair
	Count int    // of all pages
	After string // the mark after which the page begins, "" for the first
	More  bool   // another page follows
}

func (p DuplicatesPage) next() string {
	return Address("/structures/doublons", "apres", p.Pairs[len(p.Pairs)-1].Mark())
}

// count says how many there are.
func (p DuplicatesPage) count() string {
	if p.Count >= app.MaxPairs {
		return "Les " + app.Number(app.MaxPairs) + " paires les plus probables"
	}
	return app.Count(p.Count, "paire de structures", "paires de structures")
}

// ApartPage is the list of the pairs that somebody said are two.
type ApartPage struct {
	Frame Frame
	All   []app.Distinction
	Shown int // at most
}

// DoublesPage is where one structure is made one with another.
type DoublesPage struct {
	Frame        Frame
	Organisation app.Organisation
	Pairs        []app.Pair // that resemble it
	Query        string
	Found        []OrganisationRow // by Query
}

func (p DoublesPage) path() string { return structurePath(p.Organisation.ID) + "/doublons" }

// The sides of a comparison, as a form names them: the record that the address names first,
// and the other.
const (
	OneSide   = "une"
	OtherSide = "autre"
)

// SideField is the name by which a form says of which side a field is kept.
func SideField(key string) string { return "valeur-" + key }

// PairPath is the address where two structures are compared.
func PairPath(one, other app.OrganisationID) string {
	return structurePath(one) + "/doublons/" + pathEscape(string(other))
}

// ComparePage is two records side by side.
type ComparePage struct {
	Frame      Frame
	One, Other CompareSide
	Fields     []app.MergeField // where they differ; One is what it calls kept
	Common     []app.MergeField // where they do not
	KeepOther  bool             // Other is the one that stays
	Accesses   []MergedAccess
	Apart      bool   // somebody said that they are two
	Problem    string // what went wrong
}

// CompareSide is one of both, with what would pass to the other if that one stays.
type CompareSide struct {
	Organisation app.Organisation
	Moved        app.Changes
	Acts         int // in its history
	People       []MergedPerson
}

// MergedPerson is somebody whose position would pass to the other structure.
type MergedPerson struct {
	Name        string
	Function    string
	Both        bool // they hold one in each
	Unconfirmed bool
}

// MergedAccess is an account that acts for one of two structures, and would for both.
type MergedAccess struct {
	Name     string
	Kept     app.Role
	Absorbed app.Role
	Becomes  app.Role
}

func (p ComparePage) path() string { return PairPath(p.One.Organisation.ID, p.Other.Organisation.ID) }

// why says what brings both together, "" when nothing that the search looks at does.
func (p ComparePage) why() string {
	d := app.Directory{Organisations: []app.Organisation{p.One.Organisation}}
	for _, pair := range d.Resembling(p.Other.Organisation) {
		return Capital(pair.Why) + "."
	}
	return ""
}

// refusal says why the viewer cannot make one of both, "" when they can.
func (p ComparePage) refusal() string {
	switch {
	case p.One.Organisation.Archived() || p.Other.Organisation.Archived():
		return "L’une des deux structures est archivée : rétablissez-la d’abord pour les réunir."
	case !p.Frame.Viewer.MayMerge(p.One.Organisation, p.Other.Organisation):
		return "L’une des deux structures agit aussi dans un territoire que vous ne coordonnez pas : réunir les deux en ferait connaître les membres là-bas. Demandez à l’administration de l’instance."
	}
	return ""
}

// side is what a record says of a field, one of two to keep.
type side struct {
	key, value, label, says string
	chosen                  bool
}

func sidesOf(f app.MergeField) []side {
	return []side{
		{f.Key, OneSide, "Fiche 1", f.Kept, !f.Other},
		{f.Key, OtherSide, "Fiche 2", f.Absorbed, f.Other},
	}
}

// united says what is kept of both: themes, former names and the name that goes.
func (p ComparePage) united() (all []app.MergeField) {
	after := p.One.Organisation.MergedWith(p.Other.Organisation, nil)
	if len(after.Themes) > 0 {
		all = append(all, app.MergeField{Label: "Thèmes", Kept: strings.Join(themesWords(after.Themes), ", ")})
	}
	names := "le nom qui n’est pas gardé"
	if both := strings.Trim(p.One.Organisation.FormerNames+", "+p.Other.Organisation.FormerNames, ", "); both != "" {
		names = both + ", et " + names
	}
	return append(all, app.MergeField{Label: "Anciens noms et sigles", Kept: Capital(names)})
}

// movedWords says in one line what would pass, "" when nothing does.
func movedWords(moved app.Changes) string {
	words := make([]string, len(moved))
	for i, m := range moved {
		words[i] = lower(m.Field) + " : " + m.After
	}
	return strings.Join(words, ", ")
}

// lower is Capital taken back.
func lower(s string) string {
	for i, r := range s {
		return strings.ToLower(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// briefly says what a structure is and where, beside its name.
func briefly(o app.Organisation) string {
	words := []string{o.Category.Short()}
	if where := communeOrDepartment(o.CommuneName, o.Departmental); where != "" {
		words = append(words, where)
	}
	if o.Phone != "" {
		words = append(words, o.Phone)
	}
	return strings.Join(words, " · ")
}

// likelihood is the tone of how likely a pair is one.
func likelihood(p app.Pair) string {
	switch p.Words() {
	case "Presque certain":
		return "bad"
	case "Probable":
		return "warn"
	}
	return ""
}

// othersOf names the structures that a new one resembles, for it to be said that it is none.
func othersOf(pairs []app.Pair) string {
	ids := make([]string, len(pairs))
	for i, p := range pairs {
		ids[i] = string(p.One.ID)
	}
	return strings.Join(ids, " ")
}

// othersField is of those and of no others: what was said of some is not said of others.
func othersField(pairs []app.Pair) string {
	return "confirmer-" + strings.ReplaceAll(othersOf(pairs), " ", "-")
}
