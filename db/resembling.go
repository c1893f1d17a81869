package db

import (
	"context"
	"slices"
	"strings"

	"maillage/app"
)

// Resembling returns the structures of the territory on screen that a new one may be, archived
// too, the likeliest first, each with what brings them together. What is typed of it need not
// be whole yet.
func (d *DB) Resembling(ctx context.Context, by app.Viewer, o app.Organisation) ([]app.Pair, error) {
	if !by.MaySee(by.Territory) {
		return nil, nil
	}
	o, _ = o.Checked() // tidied, whatever it lacks
	if o.Commune != "" {
		if err := settle(ctx, d.reader(), &o); err != nil {
			o.Commune = ""
		}
	}
	return resembling(ctx, d.reader(), by.Territory, o)
}

func resembling(ctx context.Context, c conn, t app.TerritoryID, o app.Organisation) ([]app.Pair, error) {
	about, err := directoryAbout(ctx, c, t, o)
	if err != nil {
		return nil, err
	}
	return about.Resembling(o), nil
}

// namedAlike is how many structures whose names have the words of a new one are looked at;
// words that more of them have say nothing.
const namedAlike = 200

// directoryAbout returns of the directory of a territory what o could resemble: which has its
// SIRET, its name or one that it bore, its telephone, its mailbox or its commune, and that
// which other records were merged into.
func directoryAbout(ctx context.Context, c conn, t app.TerritoryID, o app.Organisation) (d app.Directory, err error) {
	var w where
	signs := []string{`SELECT merged_into FROM organisations WHERE merged_into IS NOT NULL`}
	for _, sign := range [][2]string{
		{`SELECT id FROM organisations WHERE siret <> '' AND siret = `, string(o.SIRET)},
		{`SELECT id FROM organisations WHERE phone <> '' AND phone = `, o.Phone},
		{`SELECT id FROM organisations WHERE email <> '' AND LOWER(email) = `, strings.ToLower(o.Email)},
		{`SELECT id FROM organisations WHERE commune_code = `, string(o.Commune)},
	} {
		if sign[1] != "" {
			signs = append(signs, sign[0]+w.arg(sign[1]))
		}
	}
	if words := slices.Compact(slices.Sorted(slices.Values(strings.Fields(app.Fold(o.Name))))); len(words) > 0 {
		signs = append(signs, `
			SELECT organisation_id FROM organisation_territories WHERE territory_id = `+w.arg(t)+` AND archived IN (`+w.arg(false)+`, `+w.arg(true)+`) AND sort_key = `+w.arg(app.Fold(o.Name)), `
			SELECT thing_id FROM (
				SELECT thing_id FROM search_words WHERE thing = 'structure' AND word IN `+in(&w, words)+`
				GROUP BY thing_id HAVING COUNT(*) = `+w.arg(len(words))+`
				LIMIT `+w.arg(namedAlike)+`) x`)
	}
	d.Organisations, err = list(ctx, c, scanOrganisation, `
		SELECT `+organisationColumns+`
		FROM organisations o
		LEFT JOIN communes m ON m.code = o.commune_code
		WHERE o.id IN (`+strings.Join(signs, ` UNION `)+`)
			AND EXISTS (SELECT 1 FROM organisation_territories x WHERE x.organisation_id = o.id AND x.territory_id = `+w.arg(t)+`)
		ORDER BY o.created_at, o.id`, w.args...)
	if err != nil {
		return d, err
	}
	d.Merged, err = merged(ctx, c)
	return d, err
}

// doubtsAbout are the structures of which it must be said that o is none, before it is added.
func doubtsAbout(ctx context.Context, c conn, t app.TerritoryID, o app.Organisation) ([]app.Pair, error) {
	all, err := resembling(ctx, c, t, o)
	return slices.DeleteFunc(all, func(p app.Pair) bool { return !p.Doubtful() }), err
}
