package db

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"maillage/app"
)

// UndoMerge makes one structure two again, each as it was: what was moved goes back as it is
// today, what was put together is parted. What was changed since in a way that does not tell
// of which of both it is stays with the kept one, and the outcome of the merge says so. An
// access taken back since is not given again. Conflict when it is undone already, when its
// time is over, or when another merge must be undone before.
func (d *DB) UndoMerge(ctx context.Context, by app.Viewer, id app.MergeID, letter MergeLetter, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		u, err := undoMerge(ctx, c, by, id, now)
		if err != nil {
			return err
		}
		return u.conclude(ctx, letter)
	})
}

// errRehearsed ends a transaction that was only to see what it comes to.
var errRehearsed = errors.New("rehearsed")

// RehearseUndo returns a merge with, as its outcome, what undoing it now would leave as it
// became since, and why it cannot be undone, "" when it can. It undoes it, and forgets that.
func (d *DB) RehearseUndo(ctx context.Context, by app.Viewer, id app.MergeID, now time.Time) (m app.Merge, refusal string, err error) {
	if m, err = d.Merge(ctx, by, id); err != nil || !m.UndoneAt.IsZero() {
		return m, "", err
	}
	err = d.update(ctx, func(c conn) error {
		u, err := undoMerge(ctx, c, by, id, now)
		if err != nil {
			return err
		}
		m = u.m
		return errRehearsed
	})
	if kind := app.KindOf(err); err != nil && (kind == app.Conflict || kind == app.Forbidden || kind == app.NotFound) {
		return m, err.Error(), nil
	}
	if errors.Is(err, errRehearsed) {
		err = nil
	}
	return m, "", err
}

// undoMerge undoes a merge, but for saying so.
func undoMerge(ctx context.Context, c conn, by app.Viewer, id app.MergeID, now time.Time) (*mergeUndoer, error) {
	m, err := seenMerge(ctx, c, by, id)
	if err != nil {
		return nil, err
	}
	if err := lockWorkshopsOf(ctx, c, m.KeptBefore.ID, m.AbsorbedBefore.ID); err != nil {
		return nil, err
	}
	for _, o := range app.Ordered(m.KeptBefore.ID, m.AbsorbedBefore.ID) {
		if err := c.change(ctx, `UPDATE organisations SET version = version WHERE id = $1`, o); err != nil {
			return nil, err
		}
	}
	if m, err = seenMerge(ctx, c, by, id); err != nil {
		return nil, err
	}
	u := &mergeUndoer{by: by, now: now, c: c, m: m, kept: m.KeptBefore.ID, absorbed: m.AbsorbedBefore.ID}
	if err := u.mayUndo(ctx); err != nil {
		return nil, err
	}
	return u, u.undo(ctx)
}

// mergeUndoer undoes a merge.
type mergeUndoer struct {
	by             app.Viewer
	now            time.Time
	c              conn
	m              app.Merge
	kept, absorbed app.OrganisationID
	current        app.Organisation // the kept one, as it is
}

// mayUndo says why it cannot be undone, or nil; the kept organisation is read.
func (u *mergeUndoer) mayUndo(ctx context.Context) error {
	if !u.m.UndoneAt.IsZero() {
		return app.Errorf(app.Conflict, "Cette fusion est déjà défaite.")
	}
	if !u.m.Undoable(u.now) {
		return app.Errorf(app.Conflict, "Cette fusion ne se défait plus : ce qui le permettait n’est gardé que %d jours.", app.MergeDays)
	}
	since, err := list(ctx, u.c, scanMerge, `
		SELECT `+mergeColumns+`
		FROM `+mergeTables+`
		WHERE (g.kept_id = $1 OR g.absorbed_id = $1) AND g.undone_at IS NULL AND g.id > $2
		ORDER BY g.id DESC LIMIT 1`, u.kept, u.m.ID)
	if err != nil {
		return err
	}
	if len(since) > 0 {
		return app.Errorf(app.Conflict, "« %s » et « %s » ont été réunies depuis : défaites d’abord cette fusion-là.", since[0].KeptBefore.Name, since[0].AbsorbedBefore.Name)
	}
	if u.current, err = seenOrganisation(ctx, u.c, u.by, u.kept); err != nil {
		return err
	}
	if !u.by.MayMerge(u.current) {
		return errNotAllTheirs
	}
	return nil
}

func (u *mergeUndoer) undo(ctx context.Context) error {
	if err := u.c.change(ctx, `UPDATE organisations SET merged_into = NULL WHERE id = $1`, u.absorbed); err != nil {
		return err
	}
	for _, t := range u.m.AbsorbedBefore.Territories {
		if err := joinTerritory(ctx, u.c, u.m.AbsorbedBefore, t); err != nil {
			return err
		}
	}
	for _, part := range []func(context.Context) error{
		u.partInquiries, u.partPositions, u.partAccesses, u.partInvitations, u.partRest, u.countSince, u.leaveTerritories, u.writeBoth,
	} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

// conclude writes down that it is undone, and tells the référent·e·s of both.
func (u *mergeUndoer) conclude(ctx context.Context, letter MergeLetter) error {
	u.m.UndoneAt = u.now
	if err := u.c.change(ctx, `UPDATE merges SET undone_at = $2, outcome = $3 WHERE id = $1`, u.m.ID, stored(u.now), asJSON(u.m.Outcome)); err != nil {
		return err
	}
	if err := u.c.exec(ctx, `DELETE FROM merge_moves WHERE merge_id = $1`, u.m.ID); err != nil {
		return err
	}
	if err := note(ctx, u.c, u.by, u.now, app.OfOrganisation, string(u.absorbed), "a défait la fusion de cette structure avec « "+u.m.KeptAfter.Name+" »", u.m.Outcome); err != nil {
		return err
	}
	if err := note(ctx, u.c, u.by, u.now, app.OfOrganisation, string(u.kept), "a défait la fusion de cette structure avec « "+u.m.AbsorbedBefore.Name+" »", u.m.Outcome); err != nil {
		return err
	}
	g, err := gather(ctx, u.c, u.m.KeptBefore, u.m.AbsorbedBefore, u.now)
	if err != nil {
		return err
	}
	return g.tell(ctx, u.c, u.m, letter, u.now)
}

// pieces reads what was moved of a kind: what only changed organisations, and into each what
// was put together.
func pieces[T any](ctx context.Context, u *mergeUndoer, kind moveKind) (moved []string, together []T, err error) {
	_, err = list(ctx, u.c, func(s scanner) (none struct{}, err error) {
		var thing, was string
		if err = s.Scan(&thing, &was); err != nil {
			return none, err
		}
		if was == "" {
			moved = append(moved, thing)
			return none, nil
		}
		var t T
		together, err = append(together, t), json.Unmarshal([]byte(was), &t)
		together[len(together)-1] = t
		return none, err
	}, `SELECT thing_id, was FROM merge_moves WHERE merge_id = $1 AND kind = $2 ORDER BY thing_id`, u.m.ID, kind)
	return moved, together, err
}

// back returns to the absorbed organisation what was moved and is still with the kept one.
func (u *mergeUndoer) back(ctx context.Context, table, column string, ids []string) error {
	return execIn(ctx, u.c, `UPDATE `+table+` SET `+column+` = ? WHERE `+column+` = ? AND id IN ?`, ids, u.absorbed, u.kept)
}

// writeBoth gives both records what they said, but for what was edited since.
func (u *mergeUndoer) writeBoth(ctx context.Context) error {
	before := u.m.AbsorbedBefore
	if err := writeOrganisation(ctx, u.c, before); err != nil {
		return err
	}
	back, edited := u.current.Reverted(u.m.KeptBefore, u.m.KeptAfter)
	back.UpdatedAt = u.now
	if u.current.Version == u.m.KeptAfter.Version {
		back.UpdatedAt = u.m.KeptBefore.UpdatedAt
		back.Themes, back.Point, back.Precision = u.m.KeptBefore.Themes, u.m.KeptBefore.Point, u.m.KeptBefore.Precision
	}
	if len(edited) > 0 {
		u.m.Outcome.Note("Modifié depuis sur la fiche gardée, laissé ainsi", "", strings.Join(edited, ", "))
	}
	return writeOrganisation(ctx, u.c, back)
}

// leaveTerritories takes the kept organisation out of the territories that it joined by the
// merge, unless it has something to do there since.
func (u *mergeUndoer) leaveTerritories(ctx context.Context) error {
	var stayed []string
	for _, t := range u.m.AbsorbedBefore.Territories {
		if slices.Contains(u.m.KeptBefore.Territories, t) || !slices.Contains(u.current.Territories, t) {
			continue
		}
		busy, err := list(ctx, u.c, one[string], `
			SELECT t.name
			FROM territories t
			WHERE t.id = $1 AND (
				EXISTS (SELECT 1 FROM invitations i JOIN workshops w ON w.id = i.workshop_id WHERE i.organisation_id = $2 AND w.territory_id = t.id)
				OR EXISTS (SELECT 1 FROM registrations r JOIN workshops w ON w.id = r.workshop_id WHERE r.organisation_id = $2 AND w.territory_id = t.id)
				OR EXISTS (SELECT 1 FROM workshops w WHERE w.host_id = $2 AND w.territory_id = t.id))`, t, u.kept)
		if err != nil {
			return err
		}
		if len(busy) > 0 {
			stayed = append(stayed, busy...)
			continue
		}
		if err := u.c.exec(ctx, `DELETE FROM organisation_territories WHERE organisation_id = $1 AND territory_id = $2`, u.kept, t); err != nil {
			return err
		}
	}
	u.m.Outcome.Note("La structure gardée reste aussi dans", "", strings.Join(stayed, ", "))
	return nil
}
