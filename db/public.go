package db

import (
	"context"
	"strings"

	"maillage/app"
)

// PublicOrganisation is what anybody may learn of an organisation, signed in or not: that
// it takes part, and where. Never who belongs to it, nor whether somebody answers for it.
type PublicOrganisation struct {
	ID        app.OrganisationID
	Name      string
	Commune   string // its name, "" when it has none
	Territory string // of one it takes part in, by name
}

// The least that is searched for, in letters, and the most that is found: a name can be
// looked up and the directory cannot be read.
const (
	publicQuery = 3
	publicFound = 8
)

// PublicOrganisations returns the organisations, archived ones left out, whose present or
// former name or commune holds the words of query or their beginnings; when none does, the
// first letters of those words. Too short a query finds nothing.
func (d *DB) PublicOrganisations(ctx context.Context, query string) ([]PublicOrganisation, error) {
	words := app.SearchWords(query)
	if len(strings.Join(words, "")) < publicQuery {
		return nil, nil
	}
	found, err := d.publicOrganisations(ctx, strings.Join(words, " "))
	if err != nil || len(found) > 0 {
		return found, err
	}
	for i, word := range words {
		if letters := []rune(word); len(letters) > 4 {
			words[i] = string(letters[:4])
		}
	}
	return d.publicOrganisations(ctx, strings.Join(words, " "))
}

func (d *DB) publicOrganisations(ctx context.Context, query string) ([]PublicOrganisation, error) {
	c := d.reader()
	lead, _, err := rarestWord(ctx, c, app.OfOrganisation, query)
	if err != nil {
		return nil, err
	}
	var w where
	from := `FROM organisations o`
	if lead != "" {
		from = `FROM (SELECT DISTINCT s.thing_id ` + w.bearing(app.OfOrganisation, lead) + `) s
			CROSS JOIN organisations o`
		w.and("o.id = s.thing_id")
	}
	w.and("o.archived_at IS NULL")
	w.and("EXISTS (SELECT 1 FROM organisation_territories ot WHERE ot.organisation_id = o.id)")
	w.matching(app.OfOrganisation, "o.id", withoutWord(query, lead))
	where, most := w.String(), w.arg(publicFound)
	return list(ctx, c, scanPublic, publicColumns+`
		`+from+`
		LEFT JOIN communes m ON m.code = o.commune_code
		`+where+`
		ORDER BY o.sort_key, o.id
		LIMIT `+most, w.args...)
}

// PublicOrganisation returns one of them; an archived one is not there.
func (d *DB) PublicOrganisation(ctx context.Context, id app.OrganisationID) (PublicOrganisation, error) {
	o, err := scanPublic(d.reader().row(ctx, publicColumns+`
		FROM organisations o
		LEFT JOIN communes m ON m.code = o.commune_code
		WHERE o.id = $1 AND o.archived_at IS NULL`, id))
	return o, found(err, thisOrganisation)
}

const publicColumns = `
		SELECT o.id, o.name, COALESCE(m.name, ''), COALESCE((
			SELECT MIN(t.name) FROM organisation_territories ot JOIN territories t ON t.id = ot.territory_id WHERE ot.organisation_id = o.id), '')`

func scanPublic(s scanner) (o PublicOrganisation, err error) {
	err = s.Scan(&o.ID, &o.Name, &o.Commune, &o.Territory)
	return o, err
}
