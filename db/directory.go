package db

import (
	"context"
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
	Archived      bool             // what was put aside, instead of what was not
	Incomplete    bool             // only records to be completed
	WithoutPeople bool             // only organisations that nobody belongs to
	Mute          bool             // only organisations that nobody answers for
	Freshness     app.Freshness    // only records that stand there; app.Due: all those to be confirmed
	Asked         app.InquiryState // only organisations of which that came when they were asked about it
	Sort          OrganisationSort
	After         app.OrganisationID // only what comes after this one

	beginning string // of the name, folded
}

// OrganisationSort is an order of the directory.
type OrganisationSort string

// The orders of the directory. Those without commune come last.
const (
	ByName     OrganisationSort = ""
	ByCommune  OrganisationSort = "commune"
	ByCategory OrganisationSort = "categorie"
	ByRecent   OrganisationSort = "maj"          // last changed first
	ByDue      OrganisationSort = "verification" // never confirmed first, then as they are to be again
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
	VerifiedAt   time.Time // zero: never
	DueOn        app.Date  // from which it is to be confirmed, "": always was
	People       int       // who belong to it today
	Mute         bool      // nobody answers for it
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
	way, err := findWay(ctx, c, by.Territory, f.Query)
	if err != nil {
		return l, err
	}
	if l.Count, err = countDirectory(ctx, c, by.Territory, f, way, now); err != nil || l.Count == 0 {
		return l, err
	}
	l.Rows, err = pageOfDirectory(ctx, c, by.Territory, f, way, now, OrganisationPage+1)
	if len(l.Rows) > OrganisationPage {
		l.Rows, l.More = l.Rows[:OrganisationPage], true
	}
	return l, err
}

func countDirectory(ctx context.Context, c conn, t app.TerritoryID, f OrganisationFilter, way way, now time.Time) (n int, err error) {
	if f.Category == "" && f.Commune == "" && f.Theme == "" { // nothing else narrows it: the index of that day does
		f.Sort = ByDue
	}
	from, w := directory(t, f, way, now)
	err = c.row(ctx, `
		SELECT COUNT(*) FROM (
			SELECT 1
			`+from+`
			`+w.String()+`
			LIMIT `+w.arg(OrganisationsCounted+1)+`) counted`, w.args...).Scan(&n)
	return n, err
}

// readDirectory finds and sorts a page first, then reads its records and no other.
func readDirectory[T any](ctx context.Context, c conn, t app.TerritoryID, f OrganisationFilter, way way, now time.Time, limit int, columns string, scan func(scanner) (T, error)) ([]T, error) {
	from, w := directory(t, f, way, now)
	w.after(t, f)
	order := orders[f.Sort]
	if strings.Contains(columns, "?") { // PostgreSQL refuses an argument that nothing uses
		columns = strings.ReplaceAll(columns, "?", w.arg(app.DateOf(now)))
	}
	return list(ctx, c, scan, `
		SELECT `+columns+`
		FROM (
			SELECT `+order.columns()+`
			`+from+`
			`+w.String()+`
			ORDER BY `+order.String()+`
			LIMIT `+w.arg(limit)+`) ot
		JOIN organisations o ON o.id = ot.organisation_id
		LEFT JOIN communes m ON m.code = o.commune_code
		ORDER BY `+order.String(), w.args...)
}

// listedColumns takes the day it is, to count who belongs to an organisation.
var listedColumns = `o.id, o.name, o.former_names, o.category, COALESCE(m.name, ''), o.phone, o.departmental, o.incomplete, o.updated_at, o.verified_at, o.rhythm,
			(SELECT COUNT(*) FROM positions p WHERE p.organisation_id = o.id AND (p.until = '' OR p.until >= ?)), ` + noReferent("o.id")

func pageOfDirectory(ctx context.Context, c conn, t app.TerritoryID, f OrganisationFilter, way way, now time.Time, limit int) ([]ListedOrganisation, error) {
	return readDirectory(ctx, c, t, f, way, now, limit, listedColumns, scanListed)
}

func scanListed(s scanner) (o ListedOrganisation, err error) {
	var of app.Organisation
	err = s.Scan(&o.ID, &o.Name, &o.FormerNames, &o.Category, &o.CommuneName, &o.Phone, &o.Departmental, &o.Incomplete, &o.UpdatedAt, moment(&of.Verified.At), &of.Rhythm, &o.People, &o.Mute)
	o.VerifiedAt, o.DueOn = of.Verified.At, of.DueOn()
	return o, err
}

// exportedAtOnce is how many records an export reads before it passes them on: whoever
// receives them slowly holds up nobody who reads.
const exportedAtOnce = 1_000

// ExportOrganisations gives each every record of the directory that f lets through, in the
// order of the list, all pages. The territories of a record are left out.
func (d *DB) ExportOrganisations(ctx context.Context, by app.Viewer, f OrganisationFilter, now time.Time, each func(app.Organisation) error) error {
	if !by.MaySee(by.Territory) {
		return nil
	}
	c := d.reader()
	way, err := findWay(ctx, c, by.Territory, f.Query)
	if err != nil {
		return err
	}
	for {
		page, err := readDirectory(ctx, c, by.Territory, f, way, now, exportedAtOnce, organisationColumns, scanOrganisation)
		if err != nil {
			return err
		}
		for _, o := range page {
			if err := each(o); err != nil {
				return err
			}
		}
		if len(page) < exportedAtOnce {
			return nil
		}
		f.After = page[len(page)-1].ID
	}
}

// An order is the columns of organisation_territories a list is sorted by, its id last.
type order struct {
	by   []string
	desc bool
}

// orders gives each sort the columns of the index that serves it.
var orders = map[OrganisationSort]order{
	ByName:     {by: []string{"sort_key", "organisation_id"}},
	ByCommune:  {by: []string{"commune_key", "sort_key", "organisation_id"}},
	ByCategory: {by: []string{"category", "sort_key", "organisation_id"}},
	ByRecent:   {by: []string{"updated_at", "organisation_id"}, desc: true},
	ByDue:      {by: []string{"due_on", "organisation_id"}},
}

func (o order) columns() string { return "ot." + strings.Join(o.by, ", ot.") }

// String is o as ORDER BY takes it.
func (o order) String() string {
	if o.desc {
		return "ot." + strings.Join(o.by, " DESC, ot.") + " DESC"
	}
	return o.columns()
}

// Known reports whether s is an order of the directory.
func (s OrganisationSort) Known() bool { return orders[s].by != nil }

// directory returns what a list of a territory reads from and its conditions, on
// organisation_territories alone.
func directory(t app.TerritoryID, f OrganisationFilter, way way, now time.Time) (from string, w *where) {
	w = &where{}
	from = `FROM organisation_territories ot`
	if way.lead != "" {
		// CROSS JOIN keeps SQLite from changing the order; PostgreSQL chooses by itself.
		from = `FROM (SELECT DISTINCT s.thing_id ` + w.bearing(app.OfOrganisation, way.lead) + `) s
			CROSS JOIN organisation_territories ot`
		w.and("ot.organisation_id = s.thing_id")
	}
	if way.lead != "" {
		w.and("ot.territory_id || '' = ?", t) // an expression, so that SQLite looks up the organisation
	} else {
		w.and("ot.territory_id = ?", t)
	}
	w.and("ot.archived = ?", f.Archived)
	if f.Category != "" {
		w.and("ot.category = ?", f.Category)
	}
	if f.Commune != "" {
		w.and("ot.commune_key = (SELECT x.sort_key || ' ' || x.code FROM communes x WHERE x.code = ?)", f.Commune)
	}
	if f.Theme != "" {
		w.and("ot.themes LIKE ?", "%,"+string(f.Theme)+",%")
	}
	if f.Incomplete {
		w.and("ot.incomplete = ?", true)
	}
	if f.WithoutPeople {
		w.and(`NOT EXISTS (
			SELECT 1 FROM positions p
			WHERE p.organisation_id = ot.organisation_id AND (p.until = '' OR p.until >= ?))`, app.DateOf(now))
	}
	if f.Mute {
		w.and(noReferent("ot.organisation_id"))
	}
	w.fresh(f, now)
	if f.Asked != "" {
		w.and("ot.asked = ?", f.Asked)
	}
	if f.beginning != "" {
		w.and("ot.sort_key >= ? AND ot.sort_key < ?", f.beginning, f.beginning+lastRune)
	}
	if way.set != "" { // likewise, so that SQLite keeps to the order of the list
		w.and("ot.organisation_id || '' IN (SELECT s.thing_id " + w.bearing(app.OfOrganisation, way.set) + ")")
	}
	w.matching(app.OfOrganisation, "ot.organisation_id", withoutWord(f.Query, way.lead+way.set))
	return from, w
}

// fresh adds the condition that a record stands where f says. Out of the order of that day
// the column stands in an expression, so that SQLite keeps to the order of the list.
func (w *where) fresh(f OrganisationFilter, now time.Time) {
	due := "ot.due_on"
	if f.Sort != ByDue {
		due += " || ''"
	}
	switch f.Freshness {
	case app.NeverSaid:
		w.and(due+" = ?", "")
	case app.Due:
		w.and(due+" <= ?", app.DateOf(now))
	case app.Late:
		w.and(due+" > ? AND "+due+" < ?", "", app.LateOn(now))
	case app.Fresh:
		w.and(due+" > ?", app.DateOf(now))
	}
}

// after adds the condition of the page that follows f.After, in the order of f.Sort.
func (w *where) after(t app.TerritoryID, f OrganisationFilter) {
	if f.After == "" {
		return
	}
	order, sign := orders[f.Sort], " > "
	if order.desc {
		sign = " < "
	}
	territory, id := w.arg(t), w.arg(f.After)
	there := make([]string, len(order.by))
	for i, column := range order.by {
		there[i] = "(SELECT x." + column + " FROM organisation_territories x WHERE x.territory_id = " + territory + " AND x.organisation_id = " + id + ")"
	}
	w.and("(" + order.columns() + ")" + sign + "(" + strings.Join(there, ", ") + ")")
}
