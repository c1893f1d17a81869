package views

import (
	"net/url"
	"time"

	"maillage/app"
)

// DirectoryFilter is what the directory is narrowed to and ordered by, as it stands in
// its address.
type DirectoryFilter struct {
	Query         string
	Category      app.Category
	Theme         app.Theme
	Commune       app.CommuneCode
	Archived      bool
	Incomplete    bool
	WithoutPeople bool
	Mute          bool // only those without référent·e: for the coordination
	Freshness     app.Freshness
	Asked         app.InquiryState // what came of asking: for who asks
	Sort          string           // "" by name, "commune", "categorie", "maj" or "verification"
	After         string           // only what follows this structure
}

// OrganisationRow is a structure as the list shows it.
type OrganisationRow struct {
	ID           app.OrganisationID
	Name         string
	FormerNames  string
	Category     app.Category
	CommuneName  string
	Phone        string
	Departmental bool
	Incomplete   bool
	UpdatedAt    time.Time
	VerifiedAt   time.Time // zero: never
	DueOn        app.Date  // from which it is to be confirmed, "": always was
	People       int       // who belong to it today
	Mute         bool      // nobody answers for it
}

// OrganisationsPage is a page of the directory.
type OrganisationsPage struct {
	Frame    Frame
	Filter   DirectoryFilter
	Rows     []OrganisationRow
	Count    int // of all pages, one more than Counted when there are more
	Counted  int // how far Count goes
	More     bool
	Communes []app.Commune
	Now      time.Time
}

func (f DirectoryFilter) values() url.Values {
	v := url.Values{}
	for _, pair := range [][2]string{
		{"q", f.Query},
		{"categorie", string(f.Category)},
		{"theme", string(f.Theme)},
		{"commune", string(f.Commune)},
		{"archivees", ticked(f.Archived)},
		{"a-completer", ticked(f.Incomplete)},
		{"sans-personne", ticked(f.WithoutPeople)},
		{"sans-referent", ticked(f.Mute)},
		{"verification", string(f.Freshness)},
		{"demande", string(f.Asked)},
		{"tri", f.Sort},
	} {
		if pair[1] != "" {
			v.Set(pair[0], pair[1])
		}
	}
	return v
}

func ticked(yes bool) string {
	if yes {
		return "oui"
	}
	return ""
}

// Address returns the address of the directory so narrowed, from its first page.
func (f DirectoryFilter) Address() string { return f.with("/structures", "", "") }

// with returns an address of the list with one value changed; "" takes it out.
func (f DirectoryFilter) with(path, name, value string) string {
	return address(path, f.values(), name, value)
}

// narrows reports whether f leaves anything out.
func (f DirectoryFilter) narrows() bool { return f.Query != "" || f.narrowed() }

// narrowed reports whether a filter is in use that a phone folds away.
func (f DirectoryFilter) narrowed() bool {
	return f.Category != "" || f.Theme != "" || f.Commune != "" || f.Archived || f.Incomplete || f.WithoutPeople || f.Mute || f.Freshness != "" || f.Asked != ""
}

// An organisationSort is a column of the list by which it may be sorted.
type organisationSort struct{ key, label string }

func (p OrganisationsPage) keeps() bool {
	return p.Frame.may(app.KeepDirectory)
}

func (p OrganisationsPage) count() string {
	if p.Count > p.Counted {
		return "Plus de " + app.Number(p.Counted) + "\u00a0structures"
	}
	return howMany(p.Count, "Aucune structure", "structure", "structures")
}

func (p OrganisationsPage) communes() []Option {
	return CommuneOptions("Toutes", p.Communes, p.Filter.Commune)
}

// last is the structure after which the next page begins.
func (p OrganisationsPage) last() string { return string(p.Rows[len(p.Rows)-1].ID) }

func (p OrganisationsPage) nothing() (title, text string) {
	switch {
	case p.Filter.Archived && p.Filter.Query == "":
		return "Aucune structure n’est archivée", "Une structure archivée quitte l’annuaire et garde son histoire. Elle se retrouve ici et peut être rétablie."
	case p.Filter.Incomplete && p.Filter.Query == "":
		return "Aucune fiche n’est à compléter", "Toutes les fiches qui répondent à ces filtres sont remplies."
	case p.Filter.narrows() && p.keeps():
		return "Aucune structure ne correspond", "Essayez un seul mot, un ancien nom ou un sigle, ou moins de filtres. Si elle manque à l’annuaire, ajoutez-la."
	case p.Filter.narrows():
		return "Aucune structure ne correspond", "Essayez un seul mot, un ancien nom ou un sigle, ou moins de filtres."
	case p.keeps():
		return "L’annuaire est vide", "Ajoutez les structures du territoire : elles pourront être invitées aux ateliers."
	}
	return "L’annuaire est vide", "Les structures que la coordination ajoute apparaîtront ici."
}

// OrganisationColumns are the headings of the file of structures.
var OrganisationColumns = []string{
	"Nom", "Anciens noms", "Catégorie", "Thèmes", "Adresse", "Code postal", "Commune", "Code INSEE", "Téléphone", "Courriel", "Site", "Horaires",
	"Description", "Département entier", "À compléter", "Archivée le", "Source", "Millésime", "Mise à jour", "SIRET", "Vérifiée le", "Vérifiée par", "À vérifier", "Prochaine vérification",
}

// OrganisationCells are the cells of a structure in that file.
func OrganisationCells(o app.Organisation) []string {
	day := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.In(app.Paris).Format("02/01/2006")
	}
	return []string{
		o.Name, o.FormerNames, o.Category.Label(), app.ThemeLabels(o.Themes), o.Address, o.PostalCode, o.CommuneName, string(o.Commune), o.Phone, o.Email, o.Website, o.OpeningHours,
		o.Description, ticked(o.Departmental), ticked(o.Incomplete), day(o.ArchivedAt), o.Source, o.Vintage, day(o.UpdatedAt), o.SIRET.Spaced(), day(o.Verified.At), verifier(o.Verified), o.Pace().Words(), day(o.DueOn().Time()),
	}
}
