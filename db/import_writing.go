package db

import (
	"context"
	"database/sql"
	"time"

	"maillage/app"
)

var errDirectoryMoved = app.Errorf(app.Conflict, "L’annuaire a changé depuis l’aperçu : rien n’a été écrit. Voici l’aperçu à jour ; vérifiez-le, puis écrivez.")

var errImportMoved = app.Errorf(app.Conflict, "Cet import a changé depuis votre aperçu (ses colonnes ou un choix) : rien n’a été écrit. Voici l’aperçu à jour ; vérifiez-le, puis écrivez.")

// WriteImport brings the lines of an import into the directory, all or none, as decided and,
// of those of the page that was in sight, as decisions say. One
// that is written already is left as it is. When it changed since the version that was
// previewed it is a Conflict; when the directory changed since its lines were judged they are
// judged again, and it is one too.
func (d *DB) WriteImport(ctx context.Context, by app.Viewer, id app.ImportID, version int, decisions map[int]app.Decision, now time.Time) error {
	var stale error
	err := d.update(ctx, func(c conn) error {
		i, err := lockImport(ctx, c, by, id)
		if err != nil || i.State == app.ImportWritten {
			return err
		}
		if i.State != app.ImportJudged {
			return app.Errorf(app.Conflict, "Cet import n’a pas d’aperçu à écrire.")
		}
		if err := c.exec(ctx, `UPDATE territories SET name = name WHERE id = $1`, i.Territory); err != nil { // one import of a territory at a time
			return err
		}
		if version != i.Version {
			stale = errImportMoved
		}
		moved, err := refresh(ctx, c, &i)
		if err == nil && moved {
			stale = errDirectoryMoved
		}
		if err != nil || stale != nil {
			return err
		}
		if err := decide(ctx, c, i, decisions); err != nil {
			return err
		}
		w := &importWriter{by: by, now: now, i: &i, c: quick(c, d.engine), current: map[app.OrganisationID]app.Organisation{}}
		return w.write(ctx)
	})
	if err == nil {
		err = stale
	}
	return err
}

// quick is c with its statements kept, for the many times that they are run.
func quick(c conn, e engine) conn {
	if tx, ok := c.querier.(*sql.Tx); ok {
		return conn{e, &statementsOf{tx: tx, kept: map[string]*sql.Stmt{}}}
	}
	return c
}

// importWriter gathers what an import writes, and writes it in few statements.
type importWriter struct {
	by      app.Viewer
	now     time.Time
	i       *app.Import
	c       conn
	current map[app.OrganisationID]app.Organisation // as they are, locked
	places  map[app.CommuneCode]string              // how communes sort

	organisations, territories, words, entries, effects, apart [][]any
}

func (w *importWriter) write(ctx context.Context) error {
	rows, err := importRows(ctx, w.c, *w.i, ImportFilter{}, allLines)
	if err != nil {
		return err
	}
	if err := w.prepare(ctx, rows); err != nil {
		return err
	}
	for _, r := range rows {
		switch {
		case r.Verdict == app.VerdictFaulty:
			w.i.Counts.Refused++
		case r.Decision == app.DecideAdd:
			w.add(r)
		case r.Decision == app.DecideComplete || r.Decision == app.DecideReplace:
			if err := w.merge(ctx, r); err != nil {
				return err
			}
		default:
			w.i.Counts.Left++
		}
	}
	for _, all := range []struct {
		into string
		rows [][]any
	}{
		{organisationTable, w.organisations},
		{listingTable, w.territories},
		{wordTable, w.words},
		{entryTable, w.entries},
		{distinctionTable, w.apart},
		{`import_effects (import_id, line, organisation_id, added, version, before_it, after_it)`, w.effects},
	} {
		if err := insertAll(ctx, w.c, all.into, all.rows); err != nil {
			return err
		}
	}
	w.i.State, w.i.WrittenAt = app.ImportWritten, w.now
	if err := saveImport(ctx, w.c, *w.i); err != nil {
		return err
	}
	return note(ctx, w.c, w.by, w.now, app.OfImport, string(w.i.ID), "a importé le fichier « "+w.i.File+" »", w.i.Written())
}

// prepare locks the records that rows change and reads them as they are.
func (w *importWriter) prepare(ctx context.Context, rows []ImportRow) error {
	var targets []app.OrganisationID
	for _, r := range rows {
		if r.Target != "" && (r.Decision == app.DecideComplete || r.Decision == app.DecideReplace) {
			targets = append(targets, r.Target)
		}
	}
	var err error
	if w.current, err = lockAll(ctx, w.c, targets); err != nil {
		return err
	}
	w.places, err = communeKeys(ctx, w.c)
	return err
}

// lockAll reads organisations that nobody else can change until the transaction ends; those
// that are no more are not among them.
func lockAll(ctx context.Context, c conn, ids []app.OrganisationID) (map[app.OrganisationID]app.Organisation, error) {
	if err := execIn(ctx, c, `UPDATE organisations SET version = version WHERE id IN ?`, ids); err != nil {
		return nil, err
	}
	all, err := listIn(ctx, c, scanOrganisation, `
		SELECT `+organisationColumns+`
		FROM organisations o
		LEFT JOIN communes m ON m.code = o.commune_code
		WHERE o.id IN ?`, ids)
	found := make(map[app.OrganisationID]app.Organisation, len(all))
	for _, o := range all {
		found[o.ID] = o
	}
	return found, err
}

// communeKeys returns how communes are ordered, by their code (see communeKey).
func communeKeys(ctx context.Context, c conn) (map[app.CommuneCode]string, error) {
	keys := map[app.CommuneCode]string{"": "~"}
	_, err := list(ctx, c, func(s scanner) (none struct{}, err error) {
		var code app.CommuneCode
		var key string
		err = s.Scan(&code, &key)
		keys[code] = key + " " + string(code)
		return none, err
	}, `SELECT code, sort_key FROM communes`)
	return keys, err
}

// add adds the structure of a line.
func (w *importWriter) add(r ImportRow) {
	o := r.Record
	o.ID, o.Territories = app.NewID[app.OrganisationID](), []app.TerritoryID{w.i.Territory}
	o.CreatedAt, o.UpdatedAt, o.ArchivedAt, o.Version = w.now, w.now, time.Time{}, 1
	if o.Commune == "" {
		o.CommuneName = ""
	}
	w.organisations = append(w.organisations, organisationValues(o))
	w.territories = append(w.territories, []any{
		o.ID, app.Fold(o.Name), w.places[o.Commune], o.Category, keysColumn(o.Themes), o.Incomplete, false, stored(o.UpdatedAt), w.i.Territory, o.DueOn(),
	})
	w.words = append(w.words, wordValues(app.OfOrganisation, string(o.ID), organisationWords(o)...)...)
	w.entry(o.ID, "a importé la structure", o.ChangesFrom(app.Organisation{}))
	w.effects = append(w.effects, []any{w.i.ID, r.Line, o.ID, true, 1, "", asJSON(o)})
	if r.Verdict == app.VerdictDuplicate && r.Target != "" { // who adds it all the same says that they are two
		w.apart = append(w.apart, pairValues(o.ID, r.Target, w.by, w.now))
	}
	w.i.Counts.Added++
}

// merge brings what a line says into the record that it is.
func (w *importWriter) merge(ctx context.Context, r ImportRow) error {
	before, found := w.current[r.Target]
	if !found {
		w.i.Counts.Left++
		return nil
	}
	after := w.i.Plan.Merged(before, r.Record, r.Decision == app.DecideReplace)
	changes := after.ChangesFrom(before)
	if len(changes) == 0 {
		w.i.Counts.Left++
		return nil
	}
	after.UpdatedAt = w.now
	if err := writeOrganisation(ctx, w.c, after); err != nil {
		return err
	}
	after.Version = before.Version + 1
	w.current[r.Target] = after
	w.entry(r.Target, "a mis à jour la fiche par un import", changes)
	w.effects = append(w.effects, []any{w.i.ID, r.Line, r.Target, false, after.Version, asJSON(before), asJSON(after)})
	w.i.Counts.Changed++
	return nil
}

func (w *importWriter) entry(id app.OrganisationID, act string, changes app.Changes) {
	w.entries = append(w.entries, entryValues(w.i.Territory, entryOf(w.by, w.now, app.OfOrganisation, string(id), act, changes)))
}

// An ImportEffect is what an import did to one structure.
type ImportEffect struct {
	Line         int
	Organisation app.OrganisationID
	Name         string // as it is today, "" when it is no more
	Added        bool
	Changes      app.Changes // to a record that there was
	Outcome      string      // of undoing it, in French; "" while nobody did
}

// ImportEffects returns what an import wrote, a page of it from after a line, and whether
// more follows.
func (d *DB) ImportEffects(ctx context.Context, i app.Import, after int) ([]ImportEffect, bool, error) {
	effects, err := list(ctx, d.reader(), func(s scanner) (e ImportEffect, err error) {
		u := undone{}
		err = u.scan(s, &e.Outcome, &e.Name)
		e.Line, e.Organisation, e.Added = u.line, u.id, u.added
		if e.Name == "" {
			e.Name = u.after.Name
		}
		if !e.Added {
			e.Changes = u.after.ChangesFrom(u.before)
		}
		return e, err
	}, effectQuery+` AND e.line > $2 ORDER BY e.line LIMIT $3`, i.ID, after, ImportPage+1)
	if len(effects) > ImportPage {
		return effects[:ImportPage], true, err
	}
	return effects, false, err
}
