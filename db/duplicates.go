package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"maillage/app"
)

// mergingIn returns the territories in which by looks for doubles: those they coordinate
// the whole of, and the one on screen if they may there.
func mergingIn(by app.Viewer) []app.TerritoryID {
	all := slices.Clone(by.Coordinates)
	if by.MayHere(app.MergeDoubles) && !slices.Contains(all, by.Territory) {
		all = append(all, by.Territory)
	}
	return all
}

// Duplicates returns the pairs of structures of the territories that by coordinates which
// may be one, the likeliest first; those put aside are left out, and the pairs of which
// somebody said that they are two.
func (d *DB) Duplicates(ctx context.Context, by app.Viewer) ([]app.Pair, error) {
	c, territories := d.reader(), mergingIn(by)
	all, err := liveIn(ctx, c, territories)
	if err != nil {
		return nil, err
	}
	apart, err := distinctions(ctx, c)
	if err != nil {
		return nil, err
	}
	return app.Duplicates(all, apart), nil
}

// DuplicatesMark changes with what Duplicates would return to by.
func (d *DB) DuplicatesMark(ctx context.Context, by app.Viewer) (string, error) {
	var w where
	var organisations, versions, apart int64
	var last sql.NullString
	here := in(&w, mergingIn(by))
	err := d.reader().row(ctx, `
		SELECT COUNT(*), COALESCE(SUM(o.version), 0), (SELECT COUNT(*) FROM distinctions), (SELECT CAST(MAX(noted_at) AS TEXT) FROM distinctions)
		FROM organisation_territories ot
		JOIN organisations o ON o.id = ot.organisation_id
		WHERE ot.territory_id IN `+here, w.args...).Scan(&organisations, &versions, &apart, &last)
	return fmt.Sprint(mergingIn(by), organisations, versions, apart, last.String), err
}

// liveIn returns the organisations of territories that are not put aside, each once, with
// all of its own territories, by the order in which they came.
func liveIn(ctx context.Context, c conn, territories []app.TerritoryID) ([]app.Organisation, error) {
	var w where
	all, err := list(ctx, c, func(s scanner) (o app.Organisation, err error) {
		var places string
		o, err = scanOrganisation(wider{s, []any{&places}})
		for t := range strings.SplitSeq(places, ",") {
			o.Territories = append(o.Territories, app.TerritoryID(t))
		}
		slices.Sort(o.Territories)
		return o, err
	}, `
		SELECT `+organisationColumns+`, x.places
		FROM (SELECT organisation_id, string_agg(territory_id, ',') AS places FROM organisation_territories GROUP BY organisation_id) x
		JOIN organisations o ON o.id = x.organisation_id
		LEFT JOIN communes m ON m.code = o.commune_code
		WHERE o.archived_at IS NULL AND EXISTS (
			SELECT 1 FROM organisation_territories t WHERE t.organisation_id = o.id AND t.territory_id IN `+in(&w, territories)+`)
		ORDER BY o.created_at, o.id`, w.args...)
	return all, err
}

func distinctions(ctx context.Context, c conn) (app.Distinctions, error) {
	all := app.Distinctions{}
	_, err := list(ctx, c, func(s scanner) (none struct{}, err error) {
		var one, other app.OrganisationID
		err = s.Scan(&one, &other)
		all[app.Ordered(one, other)] = true
		return none, err
	}, `SELECT one_id, other_id FROM distinctions`)
	return all, err
}

// Distinctions returns the pairs of which somebody said that they are two, in the
// territories that by coordinates, the last first, at most limit.
func (d *DB) Distinctions(ctx context.Context, by app.Viewer, limit int) ([]app.Distinction, error) {
	var w where
	here := in(&w, mergingIn(by))
	return list(ctx, d.reader(), func(s scanner) (x app.Distinction, err error) {
		err = s.Scan(&x.One, &x.Other, &x.OneName, &x.OtherName, &x.Actor, &x.At)
		x.Actor = app.Tidy(x.Actor)
		return x, err
	}, `
		SELECT o.id, q.id, o.name, q.name, COALESCE(p.first_name || ' ' || p.last_name, ''), x.noted_at
		FROM distinctions x
		JOIN organisations o ON o.id = x.one_id AND o.archived_at IS NULL
		JOIN organisations q ON q.id = x.other_id AND q.archived_at IS NULL
		LEFT JOIN accounts a ON a.id = x.account_id
		LEFT JOIN people p ON p.id = a.person_id
		WHERE EXISTS (SELECT 1 FROM organisation_territories t WHERE t.organisation_id = o.id AND t.territory_id IN `+here+`)
			AND EXISTS (SELECT 1 FROM organisation_territories t WHERE t.organisation_id = q.id AND t.territory_id IN `+here+`)
		ORDER BY x.noted_at DESC, o.id, q.id
		LIMIT `+w.arg(limit), w.args...)
}

// TellApart notes that two structures which look alike are two: nothing proposes to make
// them one any more. What is noted already stays as it is.
func (d *DB) TellApart(ctx context.Context, by app.Viewer, one, other app.OrganisationID, now time.Time) error {
	return d.tell(ctx, by, one, other, now, "a noté que ce n’est pas un doublon de", func(c conn) error {
		return c.change(ctx, `
			INSERT INTO distinctions (one_id, other_id, account_id, noted_at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (one_id, other_id) DO NOTHING`, pairValues(one, other, by, now)...)
	})
}

const distinctionTable = `distinctions (one_id, other_id, account_id, noted_at)`

// pairValues are those of the columns of distinctionTable.
func pairValues(one, other app.OrganisationID, by app.Viewer, now time.Time) []any {
	pair := app.Ordered(one, other)
	return []any{pair[0], pair[1], orNull(by.Actor()), stored(now)}
}

// TakeBack forgets that two structures were said to be two.
func (d *DB) TakeBack(ctx context.Context, by app.Viewer, one, other app.OrganisationID, now time.Time) error {
	pair := app.Ordered(one, other)
	return d.tell(ctx, by, one, other, now, "a remis parmi les doublons possibles, avec", func(c conn) error {
		return c.change(ctx, `DELETE FROM distinctions WHERE one_id = $1 AND other_id = $2`, pair[0], pair[1])
	})
}

// tell does an act on a pair that by may tell apart, noted on both if it changed anything.
func (d *DB) tell(ctx context.Context, by app.Viewer, one, other app.OrganisationID, now time.Time, act string, do func(conn) error) error {
	return d.update(ctx, func(c conn) error {
		a, b, err := lockPair(ctx, c, by, one, other)
		if err != nil {
			return err
		}
		if !by.MayTellApart(a) || !by.MayTellApart(b) {
			return errNotTheirs
		}
		if err := do(c); errors.Is(err, sql.ErrNoRows) {
			return nil // it is so already
		} else if err != nil {
			return err
		}
		if err := note(ctx, c, by, now, app.OfOrganisation, string(one), act+" « "+b.Name+" »", nil); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfOrganisation, string(other), act+" « "+a.Name+" »", nil)
	})
}

var errNotTheirs = app.Errorf(app.Forbidden, "Les doublons sont l’affaire de qui coordonne tout le territoire des deux structures.")

// lockPair reads two organisations that nobody else can change until the transaction ends;
// whoever locks the same two waits, in whatever order they were named.
func lockPair(ctx context.Context, c conn, by app.Viewer, one, other app.OrganisationID) (a, b app.Organisation, err error) {
	for _, id := range app.Ordered(one, other) {
		if err := c.change(ctx, `UPDATE organisations SET version = version WHERE id = $1`, id); err != nil {
			return a, b, found(err, thisOrganisation)
		}
	}
	if a, err = seenOrganisation(ctx, c, by, one); err != nil {
		return a, b, err
	}
	if one == other {
		return a, b, app.InvalidField("avec", "Une structure n’est pas son propre doublon : choisissez-en une autre.")
	}
	b, err = seenOrganisation(ctx, c, by, other)
	return a, b, err
}
