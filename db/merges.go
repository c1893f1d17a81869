package db

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"maillage/app"
)

const mergeColumns = `g.id, g.account_id, COALESCE(p.first_name || ' ' || p.last_name, ''), g.kept_before, g.kept_after, g.absorbed_before,
		g.merged_at, g.undone_at, g.counts, g.outcome`

const mergeTables = `merges g
		LEFT JOIN accounts a ON a.id = g.account_id
		LEFT JOIN people p ON p.id = a.person_id`

func scanMerge(s scanner) (m app.Merge, err error) {
	var before, after, absorbed, counts, outcome string
	err = s.Scan(&m.ID, text(&m.Account), &m.Actor, &before, &after, &absorbed, &m.MergedAt, moment(&m.UndoneAt), &counts, &outcome)
	if err != nil {
		return m, err
	}
	m.Actor = app.Tidy(m.Actor)
	return m, errors.Join(
		json.Unmarshal([]byte(before), &m.KeptBefore), json.Unmarshal([]byte(after), &m.KeptAfter), json.Unmarshal([]byte(absorbed), &m.AbsorbedBefore),
		json.Unmarshal([]byte(counts), &m.Moved), json.Unmarshal([]byte(outcome), &m.Outcome))
}

const thisMerge = "Cette fusion"

// Merge returns one merge; for who could not have done it there is none.
func (d *DB) Merge(ctx context.Context, by app.Viewer, id app.MergeID) (app.Merge, error) {
	return seenMerge(ctx, d.reader(), by, id)
}

func seenMerge(ctx context.Context, c conn, by app.Viewer, id app.MergeID) (app.Merge, error) {
	m, err := scanMerge(c.row(ctx, `SELECT `+mergeColumns+` FROM `+mergeTables+` WHERE g.id = $1`, id))
	if err != nil {
		return m, found(err, thisMerge)
	}
	if !by.MayMerge(m.KeptBefore, m.AbsorbedBefore) {
		return app.Merge{}, gone(thisMerge)
	}
	return m, nil
}

// Merges returns the merges that by could have done, the last first, at most limit.
func (d *DB) Merges(ctx context.Context, by app.Viewer, limit int) ([]app.Merge, error) {
	var w where
	w.and(`EXISTS (SELECT 1 FROM organisation_territories t WHERE t.organisation_id IN (g.kept_id, g.absorbed_id) AND t.territory_id IN ` + in(&w, mergingIn(by)) + `)`)
	all, err := list(ctx, d.reader(), scanMerge, `
		SELECT `+mergeColumns+`
		FROM `+mergeTables+`
		`+w.String()+`
		ORDER BY g.id DESC
		LIMIT `+w.arg(limit), w.args...)
	var theirs []app.Merge
	for _, m := range all {
		if by.MayMerge(m.KeptBefore, m.AbsorbedBefore) {
			theirs = append(theirs, m)
		}
	}
	return theirs, err
}

// MergesInto returns the merges into o that by can still undo, the last first.
func (d *DB) MergesInto(ctx context.Context, by app.Viewer, o app.Organisation, now time.Time) ([]app.Merge, error) {
	if !by.MayMerge(o) {
		return nil, nil
	}
	all, err := list(ctx, d.reader(), scanMerge, `
		SELECT `+mergeColumns+`
		FROM `+mergeTables+`
		WHERE g.kept_id = $1 AND g.undone_at IS NULL
		ORDER BY g.id DESC`, o.ID)
	return slices.DeleteFunc(all, func(m app.Merge) bool { return !m.Undoable(now) || !by.MayMerge(m.AbsorbedBefore) }), err
}

// Heir returns the structure that another was merged into, through however many merges: ""
// when it was not, or when by may not see it.
func (d *DB) Heir(ctx context.Context, by app.Viewer, id app.OrganisationID) (app.OrganisationID, error) {
	return heirOf(ctx, d.reader(), by, id)
}

// notMerged refuses what is done with structures that were merged into others which by sees,
// since the page was opened where they were chosen.
func notMerged(ctx context.Context, c conn, by app.Viewer, all []app.OrganisationID) error {
	for _, id := range all {
		if heir, err := heirOf(ctx, c, by, id); err != nil {
			return err
		} else if heir != "" {
			return errMerged
		}
	}
	return nil
}

func heirOf(ctx context.Context, c conn, by app.Viewer, id app.OrganisationID) (app.OrganisationID, error) {
	heirs, err := list(ctx, c, one[app.OrganisationID], `
		WITH RECURSIVE heirs (id, next, depth) AS (
			SELECT id, merged_into, 0 FROM organisations WHERE id = $1
			UNION ALL
			SELECT o.id, o.merged_into, h.depth + 1 FROM heirs h JOIN organisations o ON o.id = h.next WHERE h.depth < 50)
		SELECT id FROM heirs WHERE next IS NULL AND depth > 0`, id)
	if err != nil || len(heirs) == 0 {
		return "", err
	}
	_, err = seenOrganisation(ctx, c, by, heirs[0])
	if app.KindOf(err) == app.NotFound && err != nil {
		return "", nil
	}
	return heirs[0], err
}

// merged returns the records that were merged into others, each with the last it leads to.
func merged(ctx context.Context, c conn) ([]app.Organisation, error) {
	all, err := list(ctx, c, scanOrganisation, `
		SELECT `+organisationColumns+`
		FROM organisations o
		LEFT JOIN communes m ON m.code = o.commune_code
		WHERE o.merged_into IS NOT NULL
		ORDER BY o.id`)
	next := map[app.OrganisationID]app.OrganisationID{}
	for _, o := range all {
		next[o.ID] = o.MergedInto
	}
	for i := range all {
		for next[all[i].MergedInto] != "" {
			all[i].MergedInto = next[all[i].MergedInto]
		}
	}
	return all, err
}

// forgetMerges removes what allows to undo the merges that were made long enough before now.
func forgetMerges(ctx context.Context, c conn, now time.Time) error {
	return c.exec(ctx, `DELETE FROM merge_moves WHERE merge_id IN (SELECT id FROM merges WHERE merged_at < $1)`, stored(now.AddDate(0, 0, -app.MergeDays)))
}
