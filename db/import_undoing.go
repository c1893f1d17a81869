package db

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"maillage/app"
)

// undone is one effect of an import to undo.
type undone struct {
	line          int
	id            app.OrganisationID
	added         bool
	version       int
	before, after app.Organisation
}

const effectQuery = `
		SELECT e.line, e.organisation_id, e.added, e.version, e.before_it, e.after_it, e.outcome, COALESCE(o.name, '')
		FROM import_effects e
		LEFT JOIN organisations o ON o.id = e.organisation_id
		WHERE e.import_id = $1`

func (u *undone) scan(s scanner, outcome, name *string) error {
	var before, after string
	if err := s.Scan(&u.line, &u.id, &u.added, &u.version, &before, &after, outcome, name); err != nil {
		return err
	}
	if before != "" {
		if err := json.Unmarshal([]byte(before), &u.before); err != nil {
			return err
		}
	}
	return json.Unmarshal([]byte(after), &u.after)
}

// UndoImport takes back what an import wrote: the structures it added are removed, the records
// it changed are as before. What somebody edited or used since stays, and its outcome says so.
func (d *DB) UndoImport(ctx context.Context, by app.Viewer, id app.ImportID, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		i, err := lockImport(ctx, c, by, id)
		if err != nil {
			return err
		}
		if i.State != app.ImportWritten {
			return app.Errorf(app.Conflict, "Cet import n’est pas de ceux qui s’annulent : il n’est pas écrit, il est déjà annulé, ou ses lignes ne sont plus gardées.")
		}
		effects, err := list(ctx, c, func(s scanner) (u undone, err error) {
			var outcome, name string
			err = u.scan(s, &outcome, &name)
			return u, err
		}, effectQuery+` ORDER BY e.line DESC`, id)
		if err != nil {
			return err
		}
		w := &importUndoer{by: by, now: now, i: &i, c: quick(c, d.engine)}
		if err := w.undo(ctx, effects); err != nil {
			return err
		}
		i.State, i.UndoneAt = app.ImportUndone, now
		if err := saveImport(ctx, c, i); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfImport, string(id), "a annulé l’import du fichier « "+i.File+" »", i.Undone())
	})
}

// importUndoer takes back what an import wrote.
type importUndoer struct {
	by  app.Viewer
	now time.Time
	i   *app.Import
	c   conn
}

func (w *importUndoer) undo(ctx context.Context, effects []undone) error {
	ids := make([]app.OrganisationID, len(effects))
	for n, u := range effects {
		ids[n] = u.id
	}
	current, err := lockAll(ctx, w.c, ids)
	if err != nil {
		return err
	}
	used, err := usedSince(ctx, w.c, w.i.Territory, ids)
	if err != nil {
		return err
	}
	var removed []app.OrganisationID
	outcomes := map[string][]int{} // the lines that come to each
	for _, u := range effects {
		now, there := current[u.id]
		outcome := ""
		switch {
		case !there:
			outcome = "n’existait plus"
		case now.MergedInto != "":
			outcome = "gardée : elle a été réunie à une autre structure depuis ; défaites d’abord la fusion"
			w.i.Counts.Kept++
		case u.added && (now.Version != u.version || used[u.id]):
			outcome = kept(now.Version != u.version, used[u.id])
			w.i.Counts.Kept++
		case u.added:
			outcome = "retirée de l’annuaire"
			removed = append(removed, u.id)
			w.i.Counts.Removed++
		default:
			if current[u.id], outcome, err = w.restore(ctx, now, u); err != nil {
				return err
			}
		}
		outcomes[outcome] = append(outcomes[outcome], u.line)
	}
	for outcome, lines := range outcomes {
		if err := execIn(ctx, w.c, `UPDATE import_effects SET outcome = ? WHERE import_id = ? AND line IN ?`, lines, outcome, w.i.ID); err != nil {
			return err
		}
	}
	return w.remove(ctx, removed)
}

func kept(edited, used bool) string {
	switch {
	case edited && used:
		return "gardée : elle a été modifiée et utilisée depuis"
	case edited:
		return "gardée : elle a été modifiée depuis"
	}
	return "gardée : des personnes, des ateliers ou des comptes y sont attachés depuis, ou quelqu’un l’a confirmée"
}

// restore gives a record what it said before the import, but for what was edited since.
func (w *importUndoer) restore(ctx context.Context, now app.Organisation, u undone) (app.Organisation, string, error) {
	back, edited := now.Reverted(u.before, u.after)
	changes := back.ChangesFrom(now)
	if len(changes) > 0 {
		back.UpdatedAt = w.now
		if err := writeOrganisation(ctx, w.c, back); err != nil {
			return back, "", err
		}
		back.Version++
		if err := note(ctx, w.c, w.by, w.now, app.OfOrganisation, string(u.id), "a rétabli la fiche en annulant un import", changes); err != nil {
			return back, "", err
		}
	}
	if len(edited) > 0 {
		w.i.Counts.Kept++
		return back, "rétablie, sauf ce qui a été modifié depuis : " + strings.Join(edited, ", "), nil
	}
	w.i.Counts.Restored++
	return back, "rétablie", nil
}

// attachments are the tables by which an organisation is used.
var attachments = []string{
	`SELECT organisation_id FROM positions WHERE organisation_id IN ?`,
	`SELECT organisation_id FROM account_organisations WHERE organisation_id IN ?`,
	`SELECT organisation_id FROM invitations WHERE organisation_id IN ?`,
	`SELECT organisation_id FROM registrations WHERE organisation_id IN ?`,
	`SELECT organisation_id FROM join_requests WHERE organisation_id IN ?`,
	`SELECT host_id FROM workshops WHERE host_id IN ?`,
	`SELECT id FROM organisations WHERE verified_at IS NOT NULL AND id IN ?`,
	`SELECT organisation_id FROM inquiries WHERE state IN ('confirmee', 'corrigee', 'autre-personne') AND organisation_id IN ?`,
	`SELECT organisation_id FROM inquiry_refusals WHERE organisation_id IN ?`,
	`SELECT merged_into FROM organisations WHERE merged_into IN ?`,
	`SELECT kept_id FROM merges WHERE kept_id IN ?`,
	`SELECT absorbed_id FROM merges WHERE absorbed_id IN ?`,
	`SELECT organisation_id FROM services WHERE organisation_id IN ?`,
}

// usedSince returns which organisations something is attached to, or another territory takes
// part in.
func usedSince(ctx context.Context, c conn, t app.TerritoryID, ids []app.OrganisationID) (map[app.OrganisationID]bool, error) {
	used := map[app.OrganisationID]bool{}
	for _, query := range append(attachments, `SELECT organisation_id FROM organisation_territories WHERE territory_id <> ? AND organisation_id IN ?`) {
		var before []any
		if strings.Contains(query, "<>") {
			before = []any{t}
		}
		some, err := listIn(ctx, c, one[app.OrganisationID], query, ids, before...)
		if err != nil {
			return nil, err
		}
		for _, id := range some {
			used[id] = true
		}
	}
	return used, nil
}

func (w *importUndoer) remove(ctx context.Context, ids []app.OrganisationID) error {
	for _, query := range []string{
		`DELETE FROM mails WHERE sent_at IS NULL AND id IN (SELECT mail_id FROM inquiry_letters WHERE organisation_id IN ?)`,
		`DELETE FROM inquiry_letters WHERE organisation_id IN ?`,
		`DELETE FROM inquiries WHERE organisation_id IN ?`, // that nobody answered
		`DELETE FROM organisation_territories WHERE organisation_id IN ?`,
		`DELETE FROM search_words WHERE thing = ? AND thing_id IN ?`,
		`DELETE FROM distinctions WHERE one_id IN ?`,
		`DELETE FROM distinctions WHERE other_id IN ?`,
		`DELETE FROM organisations WHERE id IN ?`,
	} {
		var before []any
		if strings.Contains(query, "thing =") {
			before = []any{app.OfOrganisation}
		}
		if err := execIn(ctx, w.c, query, ids, before...); err != nil {
			return err
		}
	}
	return nil
}
