package db

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"maillage/app"
)

// ImportRow is a line of an import with what is decided of it.
type ImportRow struct {
	app.Judgement
	Decided  app.Decision // by somebody, "" when nobody did
	Decision app.Decision // what will be done
}

// ImportFilter narrows the lines of an import.
type ImportFilter struct {
	Verdict  app.Verdict // "" for all
	Remarked bool        // only those with a remark
	After    int         // only what follows this line
}

// ImportPage is how many lines a page of the preview shows.
const ImportPage = 50

// ImportRows returns a page of the lines of an import, and whether more follow.
func (d *DB) ImportRows(ctx context.Context, i app.Import, f ImportFilter) ([]ImportRow, bool, error) {
	rows, err := importRows(ctx, d.reader(), i, f, ImportPage+1)
	if len(rows) > ImportPage {
		return rows[:ImportPage], true, err
	}
	return rows, false, err
}

func importRows(ctx context.Context, c conn, i app.Import, f ImportFilter, limit int) ([]ImportRow, error) {
	var w where
	w.and(`import_id = ?`, i.ID)
	w.and(`line > ?`, f.After)
	if f.Verdict != "" {
		w.and(`verdict = ?`, f.Verdict)
	}
	if f.Remarked {
		w.and(`remarked = ?`, true)
	}
	return list(ctx, c, func(s scanner) (r ImportRow, err error) {
		var judgement string
		if err = s.Scan(&r.Decided, &judgement); err != nil {
			return r, err
		}
		err = json.Unmarshal([]byte(judgement), &r.Judgement)
		r.Decision = r.Decided
		if r.Decided == "" {
			r.Decision = i.Plan.Decision(r.Verdict)
		}
		return r, err
	}, `SELECT decision, judgement FROM import_rows `+w.String()+` ORDER BY line LIMIT `+w.arg(limit), w.args...)
}

// Decide keeps what is decided of lines of an import, by their number; one that cannot be
// done with a line is Invalid.
func (d *DB) Decide(ctx context.Context, by app.Viewer, id app.ImportID, decisions map[int]app.Decision) error {
	return d.update(ctx, func(c conn) error {
		i, err := lockOpenImport(ctx, c, by, id)
		if err != nil {
			return err
		}
		return decide(ctx, c, i, decisions)
	})
}

func decide(ctx context.Context, c conn, i app.Import, decisions map[int]app.Decision) error {
	for line, decision := range decisions {
		if line < 1 || line > allLines {
			return errDecision(line)
		}
		rows, err := importRows(ctx, c, i, ImportFilter{After: line - 1}, 1)
		if err != nil {
			return err
		}
		if len(rows) == 0 || rows[0].Line != line || !allows(rows[0].Verdict, rows[0].Target, decision) {
			return errDecision(line)
		}
		if err := c.exec(ctx, `UPDATE import_rows SET decision = $3 WHERE import_id = $1 AND line = $2`, i.ID, line, decision); err != nil {
			return err
		}
	}
	return raiseImport(ctx, c, i.ID)
}

func errDecision(line int) error {
	return app.Errorf(app.Invalid, "Ligne %d : ce choix n’est pas possible.", line)
}

// raiseImport raises the version of an import of which lines were decided.
func raiseImport(ctx context.Context, c conn, id app.ImportID) error {
	return c.change(ctx, `UPDATE imports SET version = version + 1 WHERE id = $1`, id)
}

func allows(v app.Verdict, target app.OrganisationID, decision app.Decision) bool {
	for _, one := range v.MayDecide(target != "") {
		if one == decision {
			return true
		}
	}
	return false
}

// DecideAll keeps one decision for all the lines of an import with a verdict, where it is
// possible.
func (d *DB) DecideAll(ctx context.Context, by app.Viewer, id app.ImportID, v app.Verdict, decision app.Decision) error {
	return d.update(ctx, func(c conn) error {
		if _, err := lockOpenImport(ctx, c, by, id); err != nil {
			return err
		}
		if !allows(v, "x", decision) {
			return app.Errorf(app.Invalid, "Ce choix n’est pas possible pour ces lignes.")
		}
		query := `UPDATE import_rows SET decision = $3 WHERE import_id = $1 AND verdict = $2`
		if !allows(v, "", decision) {
			query += ` AND target <> ''`
		}
		if err := c.exec(ctx, query, id, v, decision); err != nil {
			return err
		}
		return raiseImport(ctx, c, id)
	})
}

// ImportTally counts, for each verdict, the lines by what will be done with them.
func (d *DB) ImportTally(ctx context.Context, i app.Import) (map[app.Verdict]map[app.Decision]int, error) {
	tally := map[app.Verdict]map[app.Decision]int{}
	_, err := list(ctx, d.reader(), func(s scanner) (none struct{}, err error) {
		var verdict app.Verdict
		var decision app.Decision
		var n int
		if err = s.Scan(&verdict, &decision, &n); err != nil {
			return none, err
		}
		if decision == "" {
			decision = i.Plan.Decision(verdict)
		}
		if tally[verdict] == nil {
			tally[verdict] = map[app.Decision]int{}
		}
		tally[verdict][decision] += n
		return none, nil
	}, `SELECT verdict, decision, COUNT(*) FROM import_rows WHERE import_id = $1 GROUP BY verdict, decision`, i.ID)
	return tally, err
}

// LeftLines passes on each line of an import that is not written though it says something
// new, with why.
func (d *DB) LeftLines(ctx context.Context, i app.Import, visit func(l app.ImportLine, why string) error) error {
	c := d.reader()
	rows, err := importRows(ctx, c, i, ImportFilter{}, allLines)
	if err != nil {
		return err
	}
	why := map[int]string{}
	for _, r := range rows {
		if words := r.left(); words != "" {
			why[r.Line] = words
		}
	}
	lines, err := importLines(ctx, c, i.ID, i.Sheet, i.Header+1, allLines)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if words := why[l.Number]; words != "" {
			if err := visit(l, words); err != nil {
				return err
			}
		}
	}
	return nil
}

// said lists what records say otherwise.
func said(differs []app.Difference) string {
	all := make([]string, len(differs))
	for n, d := range differs {
		all[n] = d.Label + " « " + d.Theirs + " »"
	}
	return strings.Join(all, ", ")
}

// left says why a line is not written, "" for one that is or that says nothing new.
func (r ImportRow) left() string {
	switch {
	case r.Verdict == app.VerdictFaulty:
		return r.Reason
	case r.Verdict == app.VerdictSame || r.Decision != app.DecideLeave:
		return ""
	case r.Verdict == app.VerdictDiffers:
		return "« " + r.TargetName + " », dans l’annuaire, dit autre chose : " + said(r.Differs)
	case r.Twin > 0 && r.TargetName != "":
		return fmt.Sprintf("Ressemble à « %s » (ligne %d du fichier) : %s", r.TargetName, r.Twin, r.Reason)
	case r.TargetName != "":
		return "Ressemble à « " + r.TargetName + " », déjà dans l’annuaire : " + r.Reason
	case r.Reason != "":
		return r.Reason
	}
	return "Laissée par choix"
}
