package db

import (
	"context"

	"maillage/app"
)

const organisationColumns = `o.id, o.name, o.former_names, o.category, o.themes, o.description, o.address, o.postal_code,
		o.commune_code, COALESCE(m.name, ''), o.latitude, o.longitude, o.precision_of, o.phone, o.email, o.website,
		o.opening_hours, o.departmental, o.source, o.vintage, o.source_id, o.incomplete, o.archived_at,
		o.created_at, o.updated_at, o.version`

func scanOrganisation(s scanner) (o app.Organisation, err error) {
	var themes string
	err = s.Scan(&o.ID, &o.Name, &o.FormerNames, &o.Category, &themes, &o.Description, &o.Address, &o.PostalCode,
		text(&o.Commune), &o.CommuneName, degrees(&o.Point.Latitude), degrees(&o.Point.Longitude), &o.Precision,
		&o.Phone, &o.Email, &o.Website, &o.OpeningHours, &o.Departmental, &o.Source, &o.Vintage, &o.SourceID,
		&o.Incomplete, moment(&o.ArchivedAt), &o.CreatedAt, &o.UpdatedAt, &o.Version)
	o.Themes = themesOf(themes)
	return o, err
}

// insertOrganisation writes o with its territories and the words it is found by;
// o.CommuneName is one of them.
func insertOrganisation(ctx context.Context, c conn, o app.Organisation) error {
	err := c.exec(ctx, `
		INSERT INTO organisations (id, name, sort_key, former_names, category, themes, description, address, postal_code,
			commune_code, latitude, longitude, precision_of, phone, email, website, opening_hours, departmental,
			source, vintage, source_id, incomplete, archived_at, created_at, updated_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)`,
		o.ID, o.Name, app.Fold(o.Name), o.FormerNames, o.Category, themesColumn(o.Themes), o.Description, o.Address, o.PostalCode,
		orNull(o.Commune), orNull(o.Point.Latitude), orNull(o.Point.Longitude), o.Precision, o.Phone, o.Email, o.Website,
		o.OpeningHours, o.Departmental, o.Source, o.Vintage, o.SourceID, o.Incomplete, orNull(o.ArchivedAt),
		stored(o.CreatedAt), stored(o.UpdatedAt), max(1, o.Version))
	if err != nil {
		return err
	}
	for _, t := range o.Territories {
		if err := joinTerritory(ctx, c, o, t); err != nil {
			return err
		}
	}
	return addWords(ctx, c, app.OfOrganisation, string(o.ID), organisationWords(o)...)
}

func joinTerritory(ctx context.Context, c conn, o app.Organisation, t app.TerritoryID) error {
	return c.exec(ctx, `
		INSERT INTO organisation_territories (territory_id, organisation_id, sort_key)
		VALUES ($1, $2, $3)`, t, o.ID, app.Fold(o.Name))
}

// organisationWords returns what an organisation is searched by: the names it and its
// like bore before, or are called by today, are among them.
func organisationWords(o app.Organisation) []string {
	return append([]string{o.Name, o.FormerNames, o.CommuneName}, app.OtherNames(o.Name+" ; "+o.FormerNames)...)
}
