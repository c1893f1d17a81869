package db

import (
	"context"
	"slices"
	"time"

	"maillage/app"
)

const organisationColumns = `o.id, o.name, o.former_names, o.category, o.themes, o.description, o.address, o.postal_code,
		o.commune_code, COALESCE(m.name, ''), o.latitude, o.longitude, o.precision_of, o.phone, o.email, o.website,
		o.opening_hours, o.departmental, o.source, o.vintage, o.source_id, o.incomplete, o.archived_at,
		o.created_at, o.updated_at, o.version, o.siret, o.verified_at, o.verified_by, o.verified_how, o.rhythm, o.merged_into,
		COALESCE((SELECT x.first_name || ' ' || x.last_name FROM accounts y JOIN people x ON x.id = y.person_id WHERE y.id = o.verified_by), '')`

func scanOrganisation(s scanner) (o app.Organisation, err error) {
	var themes string
	err = s.Scan(&o.ID, &o.Name, &o.FormerNames, &o.Category, &themes, &o.Description, &o.Address, &o.PostalCode,
		text(&o.Commune), &o.CommuneName, degrees(&o.Point.Latitude), degrees(&o.Point.Longitude), &o.Precision,
		&o.Phone, &o.Email, &o.Website, &o.OpeningHours, &o.Departmental, &o.Source, &o.Vintage, &o.SourceID,
		&o.Incomplete, moment(&o.ArchivedAt), &o.CreatedAt, &o.UpdatedAt, &o.Version, &o.SIRET,
		moment(&o.Verified.At), text(&o.Verified.By), &o.Verified.Means, &o.Rhythm, text(&o.MergedInto), &o.Verified.Name)
	o.Themes, o.Verified.Name = keysOf[app.Theme](themes), app.Tidy(o.Verified.Name)
	return o, err
}

// insertOrganisation writes o with its territories and the words it is found by;
// o.CommuneName is one of them.
func insertOrganisation(ctx context.Context, c conn, o app.Organisation) error {
	if err := insertAll(ctx, c, organisationTable, [][]any{organisationValues(o)}); err != nil {
		return err
	}
	for _, t := range o.Territories {
		if err := joinTerritory(ctx, c, o, t); err != nil {
			return err
		}
	}
	return addWords(ctx, c, app.OfOrganisation, string(o.ID), organisationWords(o)...)
}

const organisationTable = `organisations (id, name, sort_key, former_names, category, themes, description, address, postal_code,
	commune_code, latitude, longitude, precision_of, phone, email, website, opening_hours, departmental,
	source, vintage, source_id, incomplete, archived_at, created_at, updated_at, version, siret,
	verified_at, verified_by, verified_how, rhythm)`

// organisationValues are those of the columns of organisationTable.
func organisationValues(o app.Organisation) []any {
	return []any{
		o.ID, o.Name, app.Fold(o.Name), o.FormerNames, o.Category, keysColumn(o.Themes), o.Description, o.Address, o.PostalCode,
		orNull(o.Commune), orNull(o.Point.Latitude), orNull(o.Point.Longitude), o.Precision, o.Phone, o.Email, o.Website,
		o.OpeningHours, o.Departmental, o.Source, o.Vintage, o.SourceID, o.Incomplete, orNull(o.ArchivedAt),
		stored(o.CreatedAt), stored(o.UpdatedAt), max(1, o.Version), o.SIRET,
		orNull(o.Verified.At), orNull(o.Verified.By), o.Verified.Means, o.Pace(),
	}
}

// communeKey places an organisation among the communes; it takes the commune's code.
const communeKey = `COALESCE((SELECT m.sort_key || ' ' || m.code FROM communes m WHERE m.code = $3), '~')`

const listingTable = `organisation_territories (organisation_id, sort_key, commune_key, category, themes, incomplete, archived, updated_at, territory_id, due_on)`

func joinTerritory(ctx context.Context, c conn, o app.Organisation, t app.TerritoryID) error {
	return c.exec(ctx, `
		INSERT INTO `+listingTable+`
		VALUES ($1, $2, `+communeKey+`, $4, $5, $6, $7, $8, $9, $10)`,
		o.ID, app.Fold(o.Name), o.Commune, o.Category, keysColumn(o.Themes), o.Incomplete, o.Archived(), stored(o.UpdatedAt), t, o.DueOn())
}

// refile puts o where it now belongs in the lists of its territories, and among the words
// it is found by.
func refile(ctx context.Context, c conn, o app.Organisation) error {
	err := c.exec(ctx, `
		UPDATE organisation_territories
		SET sort_key = $2, commune_key = `+communeKey+`, category = $4, themes = $5, incomplete = $6, archived = $7, updated_at = $8
		WHERE organisation_id = $1`,
		o.ID, app.Fold(o.Name), o.Commune, o.Category, keysColumn(o.Themes), o.Incomplete, o.Archived(), stored(o.UpdatedAt))
	if err != nil {
		return err
	}
	return indexWords(ctx, c, app.OfOrganisation, string(o.ID), organisationWords(o)...)
}

// organisationWords returns what an organisation is searched by: the names it and its
// like bore before, or are called by today, are among them.
func organisationWords(o app.Organisation) []string {
	return append([]string{o.Name, o.FormerNames, o.CommuneName}, app.OtherNames(o.Name+" ; "+o.FormerNames)...)
}

// Organisation returns one record; for who may not see it there is none.
func (d *DB) Organisation(ctx context.Context, by app.Viewer, id app.OrganisationID) (app.Organisation, error) {
	return seenOrganisation(ctx, d.reader(), by, id)
}

const thisOrganisation = "Cette structure"

func seenOrganisation(ctx context.Context, c conn, by app.Viewer, id app.OrganisationID) (app.Organisation, error) {
	o, err := scanOrganisation(c.row(ctx, `
		SELECT `+organisationColumns+`
		FROM organisations o
		LEFT JOIN communes m ON m.code = o.commune_code
		WHERE o.id = $1`, id))
	if err != nil {
		return o, found(err, thisOrganisation)
	}
	o.Territories, err = list(ctx, c, one[app.TerritoryID], `
		SELECT territory_id
		FROM organisation_territories
		WHERE organisation_id = $1
		ORDER BY territory_id`, id)
	if err != nil {
		return o, err
	}
	if o.MergedInto != "" || !by.MaySeeOrganisation(o) {
		return app.Organisation{}, gone(thisOrganisation)
	}
	return o, nil
}

// lockOrganisation reads an organisation that nobody else can change until the
// transaction ends.
func lockOrganisation(ctx context.Context, c conn, by app.Viewer, id app.OrganisationID) (app.Organisation, error) {
	if err := c.change(ctx, `UPDATE organisations SET version = version WHERE id = $1`, id); err != nil {
		return app.Organisation{}, found(err, thisOrganisation)
	}
	return seenOrganisation(ctx, c, by, id)
}

// CreateOrganisation adds o to the directory of the territory on screen and returns its
// id. One that resembles others of that territory so much that it may be one of them is a
// Conflict, unless it is said of each of these, others, that it is not; that is remembered.
func (d *DB) CreateOrganisation(ctx context.Context, by app.Viewer, o app.Organisation, others []app.OrganisationID, now time.Time) (app.OrganisationID, error) {
	if !by.MayHere(app.KeepDirectory) {
		return "", app.Errorf(app.Forbidden, "L’annuaire est tenu par la coordination du territoire : proposez-lui cette structure.")
	}
	o, err := o.Checked()
	if err = app.AllOf(err, by.InRemit(app.KeepDirectory, by.Territory, o.Themes)); err != nil {
		return "", err
	}
	o.ID, o.Territories = app.NewID[app.OrganisationID](), []app.TerritoryID{by.Territory}
	o.CreatedAt, o.UpdatedAt, o.ArchivedAt, o.Version = now, now, time.Time{}, 1
	o = o.Placed(app.Organisation{})
	return o.ID, d.update(ctx, func(c conn) error {
		if err := settle(ctx, c, &o); err != nil {
			return err
		}
		doubts, err := doubtsAbout(ctx, c, by.Territory, o)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(doubts, func(p app.Pair) bool { return !slices.Contains(others, p.One.ID) }) {
			return app.Errorf(app.Conflict, "Cette structure semble être déjà dans l’annuaire.")
		}
		if err := insertOrganisation(ctx, c, o); err != nil {
			return err
		}
		if by.MayTellApart(o) {
			rows := make([][]any, len(doubts))
			for i, p := range doubts {
				rows[i] = pairValues(o.ID, p.One.ID, by, now)
			}
			if err := insertAll(ctx, c, distinctionTable, rows); err != nil {
				return err
			}
		}
		return note(ctx, c, by, now, app.OfOrganisation, string(o.ID), "a créé la structure", o.ChangesFrom(app.Organisation{}))
	})
}

// settle gives o the name of its commune, which must be known.
func settle(ctx context.Context, c conn, o *app.Organisation) error {
	o.CommuneName = ""
	if o.Commune == "" {
		return nil
	}
	names, err := list(ctx, c, one[string], `SELECT name FROM communes WHERE code = $1`, o.Commune)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return app.InvalidField("commune", "Choisissez une commune de la liste.")
	}
	o.CommuneName = names[0]
	return nil
}

// EditOrganisation replaces the record of an organisation. o.Version is that of the record
// it was written over; if somebody changed it since, it is a Conflict and nothing changes.
func (d *DB) EditOrganisation(ctx context.Context, by app.Viewer, o app.Organisation, now time.Time) error {
	return d.editOrganisation(ctx, by, o, false, now)
}

// EditAndConfirm is EditOrganisation for who says besides that the record is now right.
func (d *DB) EditAndConfirm(ctx context.Context, by app.Viewer, o app.Organisation, now time.Time) error {
	return d.editOrganisation(ctx, by, o, true, now)
}

func (d *DB) editOrganisation(ctx context.Context, by app.Viewer, o app.Organisation, right bool, now time.Time) error {
	o, invalid := o.Checked()
	return d.update(ctx, func(c conn) error {
		before, err := lockOrganisation(ctx, c, by, o.ID)
		if err != nil {
			return err
		}
		if !by.MayEditOrganisation(before) {
			return app.Errorf(app.Forbidden, "Cette fiche est tenue par la personne référente de la structure et par la coordination.")
		}
		o.Territories = before.Territories
		if err := app.AllOf(invalid, by.KeepsHold(o)); err != nil {
			return err
		}
		if err := settle(ctx, c, &o); err != nil {
			return err
		}
		if before.Version != o.Version {
			return app.Errorf(app.Conflict, "Quelqu’un d’autre a modifié cette fiche pendant que vous écriviez. Rien n’est perdu : comparez, puis enregistrez à nouveau.")
		}
		if right && before.Archived() {
			return before.Confirmable(before.Version)
		}
		if err := writeOver(ctx, c, by, o, before, "a modifié la fiche", now); err != nil || !right {
			return err
		}
		answer := app.InquiryConfirmed
		if len(o.Placed(before).ChangesFrom(before)) > 0 {
			answer = app.InquiryCorrected
		}
		return confirm(ctx, c, by, before, app.Verification{At: now, By: by.Actor(), Means: app.ByRecord}, "a confirmé que la fiche est juste", answer)
	})
}

// writeOver replaces before, which is locked, by o, and notes what it changes under act; what
// changes nothing is left.
func writeOver(ctx context.Context, c conn, by app.Viewer, o, before app.Organisation, act string, now time.Time) error {
	o = o.Placed(before)
	o.ArchivedAt, o.UpdatedAt = before.ArchivedAt, now
	changes := o.ChangesFrom(before)
	if len(changes) == 0 {
		return nil
	}
	if err := writeOrganisation(ctx, c, o); err != nil {
		return err
	}
	if o.Email != before.Email { // where nobody could be written to, somebody may be now
		if err := c.exec(ctx, `UPDATE organisation_territories SET asked = '' WHERE organisation_id = $1 AND asked IN ($2, $3)`, o.ID, app.InquiryFailed, app.InquiryUnreachable); err != nil {
			return err
		}
	}
	return note(ctx, c, by, now, app.OfOrganisation, string(o.ID), act, changes)
}

func writeOrganisation(ctx context.Context, c conn, o app.Organisation) error {
	err := c.change(ctx, `
		UPDATE organisations
		SET name = $2, sort_key = $3, former_names = $4, category = $5, themes = $6, description = $7, address = $8,
			postal_code = $9, commune_code = $10, latitude = $11, longitude = $12, precision_of = $13, phone = $14,
			email = $15, website = $16, opening_hours = $17, departmental = $18, incomplete = $19, archived_at = $20,
			updated_at = $21, siret = $22, version = version + 1
		WHERE id = $1`,
		o.ID, o.Name, app.Fold(o.Name), o.FormerNames, o.Category, keysColumn(o.Themes), o.Description, o.Address,
		o.PostalCode, orNull(o.Commune), orNull(o.Point.Latitude), orNull(o.Point.Longitude), o.Precision, o.Phone,
		o.Email, o.Website, o.OpeningHours, o.Departmental, o.Incomplete, orNull(o.ArchivedAt), stored(o.UpdatedAt), o.SIRET)
	if err != nil {
		return err
	}
	return refile(ctx, c, o)
}
