package db

import (
	"context"
	"slices"
	"strings"
	"time"

	"maillage/app"
)

// OrganisationFilter narrows and orders the directory of a territory; its zero value is
// all that is not archived, by name.
type OrganisationFilter struct {
	Query         string // words or beginnings of words of a name, present or former, or of the commune
	Category      app.Category
	Theme         app.Theme
	Commune       app.CommuneCode
	Archived      bool // what was put aside, instead of what was not
	Incomplete    bool // only records to be completed
	WithoutPeople bool // only organisations that nobody belongs to
	Sort          OrganisationSort
	After         app.OrganisationID // only what comes after this one
}

// OrganisationSort is an order of the directory.
type OrganisationSort string

// The orders of the directory. Those without commune come last.
const (
	ByName     OrganisationSort = ""
	ByCommune  OrganisationSort = "commune"
	ByCategory OrganisationSort = "categorie"
	ByRecent   OrganisationSort = "maj" // last changed first
)

// The size of a page of the directory, and how far it is counted.
const (
	OrganisationPage     = 50
	OrganisationsCounted = 10_000
)

// ListedOrganisation is an organisation as the list shows it.
type ListedOrganisation struct {
	ID           app.OrganisationID
	Name         string
	FormerNames  string
	Category     app.Category
	CommuneName  string
	Phone        string
	Departmental bool
	Incomplete   bool
	UpdatedAt    time.Time
	People       int // who belong to it today
}

// OrganisationList is one page of the directory.
type OrganisationList struct {
	Rows  []ListedOrganisation
	Count int  // of all pages; one more than OrganisationsCounted when there are more
	More  bool // another page follows
}

// Organisations returns a page of the directory of the territory on screen.
func (d *DB) Organisations(ctx context.Context, by app.Viewer, f OrganisationFilter, now time.Time) (l OrganisationList, err error) {
	if !by.MaySee(by.Territory) {
		return l, nil
	}
	c := d.reader()
	lead, err := leadingWord(ctx, c, app.OfOrganisation, f.Query)
	if err != nil {
		return l, err
	}
	from, w := directory(by.Territory, f, lead, now)
	err = c.row(ctx, `
		SELECT COUNT(*) FROM (
			SELECT 1
			`+from+`
			`+w.String()+`
			LIMIT `+w.arg(OrganisationsCounted+1)+`) counted`, w.args...).Scan(&l.Count)
	if err != nil || l.Count == 0 {
		return l, err
	}
	l.Rows, err = pageOfDirectory(ctx, c, by.Territory, f, lead, now, OrganisationPage+1)
	if len(l.Rows) > OrganisationPage {
		l.Rows, l.More = l.Rows[:OrganisationPage], true
	}
	return l, err
}

func pageOfDirectory(ctx context.Context, c conn, t app.TerritoryID, f OrganisationFilter, lead string, now time.Time, limit int) ([]ListedOrganisation, error) {
	from, w := directory(t, f, lead, now)
	w.after(t, f)
	today := w.arg(app.DateOf(now))
	return list(ctx, c, scanListed, `
		SELECT o.id, o.name, o.former_names, o.category, COALESCE(m.name, ''), o.phone, o.departmental, o.incomplete, o.updated_at,
			(SELECT COUNT(*) FROM positions p WHERE p.organisation_id = o.id AND (p.until = '' OR p.until >= `+today+`))
		`+from+`
		LEFT JOIN communes m ON m.code = o.commune_code
		`+w.String()+`
		ORDER BY `+orders[f.Sort]+`
		LIMIT `+w.arg(limit), w.args...)
}

func scanListed(s scanner) (o ListedOrganisation, err error) {
	err = s.Scan(&o.ID, &o.Name, &o.FormerNames, &o.Category, &o.CommuneName, &o.Phone, &o.Departmental, &o.Incomplete, &o.UpdatedAt, &o.People)
	return o, err
}

// ExportOrganisations gives each every record of the directory that f lets through, in the
// order of the list, all pages. The territories of a record are left out.
func (d *DB) ExportOrganisations(ctx context.Context, by app.Viewer, f OrganisationFilter, now time.Time, each func(app.Organisation) error) error {
	if !by.MaySee(by.Territory) {
		return nil
	}
	c := d.reader()
	lead, err := leadingWord(ctx, c, app.OfOrganisation, f.Query)
	if err != nil {
		return err
	}
	from, w := directory(by.Territory, f, lead, now)
	_, err = list(ctx, c, func(s scanner) (none struct{}, err error) {
		o, err := scanOrganisation(s)
		if err != nil {
			return none, err
		}
		return none, each(o)
	}, `
		SELECT `+organisationColumns+`
		`+from+`
		LEFT JOIN communes m ON m.code = o.commune_code
		`+w.String()+`
		ORDER BY `+orders[f.Sort], w.args...)
	return err
}

// orders gives each sort the columns of the index that serves it.
var orders = map[OrganisationSort]string{
	ByName:     `ot.sort_key, ot.organisation_id`,
	ByCommune:  `ot.commune_key, ot.sort_key, ot.organisation_id`,
	ByCategory: `ot.category, ot.sort_key, ot.organisation_id`,
	ByRecent:   `ot.updated_at DESC, ot.organisation_id DESC`,
}

// Known reports whether s is an order of the directory.
func (s OrganisationSort) Known() bool { return orders[s] != "" }

// directory returns what a list of a territory reads from and its conditions. lead is the
// rare word it starts from, or "" to go through the territory in order.
func directory(t app.TerritoryID, f OrganisationFilter, lead string, now time.Time) (from string, w *where) {
	w = &where{}
	from = `FROM organisation_territories ot
		JOIN organisations o ON o.id = ot.organisation_id`
	if lead != "" {
		// CROSS JOIN keeps SQLite from changing the order; PostgreSQL chooses by itself.
		from = `FROM (
			SELECT DISTINCT s.thing_id
			FROM search_words s
			WHERE s.thing = ` + w.arg(app.OfOrganisation) + ` AND s.word >= ` + w.arg(lead) + ` AND s.word < ` + w.arg(lead+lastRune) + `) s
		CROSS JOIN organisation_territories ot
		JOIN organisations o ON o.id = ot.organisation_id`
		w.and("ot.organisation_id = s.thing_id")
	}
	w.and("ot.territory_id = ?", t)
	w.and("ot.archived = ?", f.Archived)
	if f.Category != "" {
		w.and("ot.category = ?", f.Category)
	}
	if f.Commune != "" {
		w.and("ot.commune_key = (SELECT x.sort_key || ' ' || x.code FROM communes x WHERE x.code = ?)", f.Commune)
	}
	if f.Theme != "" {
		w.and("o.themes LIKE ?", "%,"+string(f.Theme)+",%")
	}
	if f.Incomplete {
		w.and("o.incomplete = ?", true)
	}
	if f.WithoutPeople {
		w.and(`NOT EXISTS (
			SELECT 1 FROM positions p
			WHERE p.organisation_id = o.id AND (p.until = '' OR p.until >= ?))`, app.DateOf(now))
	}
	w.matching(app.OfOrganisation, "ot.organisation_id", withoutWord(f.Query, lead))
	return from, w
}

// after adds the conditions of the page that follows f.After, in the order of f.Sort.
func (w *where) after(t app.TerritoryID, f OrganisationFilter) {
	if f.After == "" {
		return
	}
	territory, id := w.arg(t), w.arg(f.After)
	there := func(column string) string {
		return "(SELECT x." + column + " FROM organisation_territories x WHERE x.territory_id = " + territory + " AND x.organisation_id = " + id + ")"
	}
	switch f.Sort {
	case ByRecent:
		w.and("(ot.updated_at, ot.organisation_id) < (" + there("updated_at") + ", " + id + ")")
	case ByCommune:
		w.and("(ot.commune_key, ot.sort_key, ot.organisation_id) > (" + there("commune_key") + ", " + there("sort_key") + ", " + id + ")")
	case ByCategory:
		w.and("(ot.category, ot.sort_key, ot.organisation_id) > (" + there("category") + ", " + there("sort_key") + ", " + id + ")")
	default:
		w.and("(ot.sort_key, ot.organisation_id) > (" + there("sort_key") + ", " + id + ")")
	}
}

// rareWord is how many things may bear a word for a search to start from them rather than
// to go through the list asking each.
const rareWord = 1_000

// leadingWord returns the word of query that the fewest things begin a word with, if those
// are few; otherwise "". It counts no further than it must.
func leadingWord(ctx context.Context, c conn, thing app.Thing, query string) (lead string, err error) {
	fewest := rareWord
	for _, word := range app.SearchWords(query) {
		var n int
		err := c.row(ctx, `
			SELECT COUNT(*) FROM (
				SELECT 1 FROM search_words s
				WHERE s.thing = $1 AND s.word >= $2 AND s.word < $3
				LIMIT $4) counted`, thing, word, word+lastRune, fewest).Scan(&n)
		if err != nil {
			return "", err
		}
		if n < fewest {
			lead, fewest = word, n
		}
	}
	return lead, nil
}

// withoutWord returns the words of query, folded, but word.
func withoutWord(query, word string) string {
	words := app.SearchWords(query)
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == word }), " ")
}
