package db

import (
	"context"

	"maillage/app"
)

// Offer narrows who does what for whom in a territory; its zero value is all that is offered.
type Offer struct {
	Query   string // words, or beginnings, of a service, its lists, its structure or a commune
	Theme   app.Theme
	Public  app.Public // those for all publics are among them
	Kind    app.ServiceKind
	Commune app.CommuneCode // offered there, or in all the territory or the département
	After   app.ServiceID   // only what comes after this one
}

// The size of a page of what is offered, and how far it is counted.
const (
	OfferPage     = 50
	OffersCounted = 1_000
)

// Offered is a service as a list shows it, with its structure.
type Offered struct {
	app.Service
	Structure    string // the name of its structure
	Place        string // the commune of that structure, "" when it has none
	Departmental bool   // that structure serves the whole département
	Phone        string // of that structure
}

// OfferList is one page of what is offered, by structure.
type OfferList struct {
	Rows  []Offered
	Count int  // of all pages; one more than OffersCounted when there are more
	More  bool // another page follows
}

// Services returns a page of what the structures of the territory on screen offer.
func (d *DB) Services(ctx context.Context, by app.Viewer, f Offer) (l OfferList, err error) {
	if !by.MaySee(by.Territory) {
		return l, nil
	}
	c := d.reader()
	lead, err := rarestOffer(ctx, c, f.Query)
	if err != nil {
		return l, err
	}
	from, w := offered(by.Territory, f, lead)
	if err := c.row(ctx, `SELECT COUNT(*) FROM (SELECT 1 `+from+` `+w.String()+` LIMIT `+w.arg(OffersCounted+1)+`) counted`, w.args...).Scan(&l.Count); err != nil || l.Count == 0 {
		return l, err
	}
	l.Rows, err = pageOfOffers(ctx, c, by.Territory, f, lead, OfferPage+1)
	if len(l.Rows) > OfferPage {
		l.Rows, l.More = l.Rows[:OfferPage], true
	}
	return l, err
}

// ExportServices gives each every service that f lets through, in the order of the list, all
// pages.
func (d *DB) ExportServices(ctx context.Context, by app.Viewer, f Offer, each func(Offered) error) error {
	if !by.MaySee(by.Territory) {
		return nil
	}
	c := d.reader()
	lead, err := rarestOffer(ctx, c, f.Query)
	if err != nil {
		return err
	}
	for {
		page, err := pageOfOffers(ctx, c, by.Territory, f, lead, exportedAtOnce)
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

func pageOfOffers(ctx context.Context, c conn, t app.TerritoryID, f Offer, lead string, limit int) ([]Offered, error) {
	from, w := offered(t, f, lead)
	if f.After != "" {
		w.and(`(ot.sort_key, ot.organisation_id, s.id) > (
			SELECT x.sort_key, x.organisation_id, y.id
			FROM services y JOIN organisation_territories x ON x.organisation_id = y.organisation_id
			WHERE y.id = ? AND x.territory_id = ?)`, f.After, t)
	}
	return list(ctx, c, func(s scanner) (o Offered, err error) {
		return o, s.Scan(append(serviceFields(&o.Service), &o.Structure, &o.Place, &o.Departmental, &o.Phone)...)
	}, `
		SELECT `+serviceColumns+`, o.name, COALESCE(m.name, ''), o.departmental, o.phone
		FROM (
			SELECT ot.sort_key, ot.organisation_id, s.id
			`+from+`
			`+w.String()+`
			ORDER BY ot.sort_key, ot.organisation_id, s.id
			LIMIT `+w.arg(limit)+`) found
		JOIN services s ON s.id = found.id
		JOIN organisations o ON o.id = found.organisation_id
		LEFT JOIN communes sm ON sm.code = s.commune_code
		LEFT JOIN communes m ON m.code = o.commune_code
		ORDER BY found.sort_key, found.organisation_id, found.id`, w.args...)
}

// offered returns what a list of services reads from and its conditions. A rare word leads to
// the few services that bear it; with none, they are read in the order of the list.
func offered(t app.TerritoryID, f Offer, lead string) (from string, w *where) {
	w = &where{}
	from = `FROM organisation_territories ot
		JOIN services s ON s.organisation_id = ot.organisation_id`
	territory := "ot.territory_id"
	if lead != "" {
		// CROSS JOIN keeps SQLite from changing the order.
		from = `FROM (` + w.offering(lead) + `) lead
		CROSS JOIN services s
		JOIN organisation_territories ot ON ot.organisation_id = s.organisation_id`
		w.and("s.id = lead.id")
		territory += " || ''" // an expression, so that SQLite looks up the organisation
	}
	w.and(territory+" = ? AND ot.archived = ?", t, false)
	w.and("s.stopped_at IS NULL")
	if f.Theme != "" {
		w.and("s.themes LIKE ?", "%,"+string(f.Theme)+",%")
	}
	if f.Public != "" {
		w.and("(s.publics LIKE ? OR s.publics LIKE ?)", "%,"+string(f.Public)+",%", "%,tous,%")
	}
	if f.Kind != "" {
		w.and("s.kind = ?", f.Kind)
	}
	if f.Commune != "" {
		w.and("(s.wide OR s.commune_code = ? OR EXISTS (SELECT 1 FROM organisations o WHERE o.id = ot.organisation_id AND (o.departmental OR s.commune_code IS NULL AND o.commune_code = ?)))", f.Commune, f.Commune)
	}
	for _, word := range app.SearchWords(f.Query) {
		if word != lead {
			w.and(`EXISTS (
			SELECT 1 FROM search_words x
			WHERE (x.thing = ? AND x.thing_id = s.id OR x.thing = ? AND x.thing_id = s.organisation_id) AND x.word >= ? AND x.word < ?)`,
				app.OfService, app.OfOrganisation, word, word+lastRune)
		}
	}
	return from, w
}

// offering is a query of the services that bear a word beginning with prefix, or whose
// structure does.
func (w *where) offering(prefix string) string {
	return `
			SELECT s.thing_id AS id ` + w.bearing(app.OfService, prefix) + `
			UNION
			SELECT v.id FROM (SELECT s.thing_id ` + w.bearing(app.OfOrganisation, prefix) + `) s JOIN services v ON v.organisation_id = s.thing_id`
}

// rarestOffer returns the word of query that fewest services bear, "" when all bear many.
func rarestOffer(ctx context.Context, c conn, query string) (rarest string, err error) {
	fewest := rareWord
	for _, word := range app.SearchWords(query) {
		var w where
		n, err := one[int](c.row(ctx, `SELECT COUNT(*) FROM (SELECT id FROM (`+w.offering(word)+`) offering LIMIT `+w.arg(fewest)+`) counted`, w.args...))
		if err != nil {
			return "", err
		}
		if n < fewest {
			rarest, fewest = word, n
		}
	}
	return rarest, nil
}
