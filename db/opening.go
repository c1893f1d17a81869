package db

import (
	"context"
	"slices"
	"strings"
	"time"

	"maillage/app"
)

// OpenTerritory begins a territory by with its first convention, so that one instance
// serves several; it refuses with Conflict one that is open already.
func (d *DB) OpenTerritory(ctx context.Context, by app.Viewer, o app.Opening, now time.Time) error {
	if !by.MayAdminister() {
		return app.Errorf(app.Forbidden, "Ouvrir un territoire est réservé à l’administration de l’instance.")
	}
	return d.update(ctx, func(c conn) error {
		institution, err := openTerritory(ctx, c, o, now)
		if err != nil && c.unique(err) {
			return app.Errorf(app.Conflict, "Ce territoire est déjà ouvert ici.")
		}
		if err != nil {
			return err
		}
		by.Territory = o.Territory.ID
		return noteOpening(ctx, c, by, o, institution, now)
	})
}

// openTerritory writes what a territory begins with, and returns its EPCI among the
// structures: a record still to be completed.
func openTerritory(ctx context.Context, c conn, o app.Opening, now time.Time) (app.OrganisationID, error) {
	if err := insertTerritory(ctx, c, o.Territory, now); err != nil {
		return "", err
	}
	if err := insertCommunes(ctx, c, o.Communes); err != nil {
		return "", err
	}
	institution := app.Organisation{
		ID: app.NewID[app.OrganisationID](), Name: o.Institution, Category: "collectivite", Themes: []app.Theme{"transversal"},
		Incomplete: true, CreatedAt: now, UpdatedAt: now, Territories: []app.TerritoryID{o.Territory.ID},
	}
	if err := insertOrganisation(ctx, c, institution); err != nil {
		return "", err
	}
	return institution.ID, insertConvention(ctx, c, o.Convention, now)
}

// noteOpening writes down the territory, the structure and the convention.
func noteOpening(ctx context.Context, c conn, by app.Viewer, o app.Opening, institution app.OrganisationID, now time.Time) error {
	for _, e := range []struct {
		thing   app.Thing
		id, act string
	}{
		{app.OfTerritory, string(o.Territory.ID), "a ouvert le territoire " + o.Territory.Name},
		{app.OfOrganisation, string(institution), "a créé la structure"},
		{app.OfConvention, string(o.Convention.ID), "a créé la convention " + o.Convention.Name},
	} {
		if err := note(ctx, c, by, now, e.thing, e.id, e.act, nil); err != nil {
			return err
		}
	}
	return nil
}

// communesAtOnce keeps a statement under the engines' limits of arguments.
const communesAtOnce = 500

// insertCommunes writes the communes that are not here yet.
func insertCommunes(ctx context.Context, c conn, communes []app.Commune) error {
	for chunk := range slices.Chunk(communes, communesAtOnce) {
		var w where
		rows := make([]string, len(chunk))
		for i, m := range chunk {
			rows[i] = in(&w, []any{m.Code, m.Name, app.Fold(m.Name), m.Territory, m.PostalCodes, m.Population})
		}
		err := c.exec(ctx, `
			INSERT INTO communes (code, name, sort_key, epci_id, postal_codes, population)
			VALUES `+strings.Join(rows, ", ")+`
			ON CONFLICT (code) DO NOTHING`, w.args...)
		if err != nil {
			return err
		}
	}
	return nil
}
