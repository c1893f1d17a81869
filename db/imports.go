package db

import (
	"context"
	"encoding/json"
	"time"

	"maillage/app"
)

const importColumns = `i.id, i.territory_id, i.account_id, COALESCE(p.first_name || ' ' || p.last_name, ''), i.file, i.digest, i.sheets, i.sheet, i.header,
		i.plan, i.state, i.stamp, i.counts, i.created_at, i.written_at, i.undone_at, i.version`

const importTables = `imports i
		LEFT JOIN accounts a ON a.id = i.account_id
		LEFT JOIN people p ON p.id = a.person_id`

func scanImport(s scanner) (i app.Import, err error) {
	var sheets, plan, counts string
	err = s.Scan(&i.ID, &i.Territory, text(&i.Account), &i.Actor, &i.File, &i.Digest, &sheets, &i.Sheet, &i.Header,
		&plan, &i.State, &i.Stamp, &counts, &i.CreatedAt, moment(&i.WrittenAt), moment(&i.UndoneAt), &i.Version)
	if err != nil {
		return i, err
	}
	i.Actor = app.Tidy(i.Actor)
	for _, kept := range []struct {
		text string
		into any
	}{{sheets, &i.Sheets}, {plan, &i.Plan}, {counts, &i.Counts}} {
		if err := json.Unmarshal([]byte(kept.text), kept.into); err != nil {
			return i, err
		}
	}
	return i, nil
}

// asJSON is v as a column keeps it; what is kept so can always be written.
func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // a value of ours that JSON has no words for
	}
	return string(text)
}

const thisImport = "Cet import"

// lockImport reads an import that nobody else can change until the transaction ends.
func lockImport(ctx context.Context, c conn, by app.Viewer, id app.ImportID) (app.Import, error) {
	if err := c.change(ctx, `UPDATE imports SET state = state WHERE id = $1`, id); err != nil {
		return app.Import{}, found(err, thisImport)
	}
	return seenImport(ctx, c, by, id)
}

func seenImport(ctx context.Context, c conn, by app.Viewer, id app.ImportID) (app.Import, error) {
	i, err := scanImport(c.row(ctx, `SELECT `+importColumns+` FROM `+importTables+` WHERE i.id = $1`, id))
	if err != nil {
		return i, found(err, thisImport)
	}
	if !by.May(app.ImportDirectory, app.On{Territories: []app.TerritoryID{i.Territory}}) {
		return app.Import{}, gone(thisImport)
	}
	return i, nil
}

// saveImport writes what changes of an import, whose version it raises.
func saveImport(ctx context.Context, c conn, i app.Import) error {
	return c.change(ctx, `
		UPDATE imports
		SET sheet = $2, header = $3, plan = $4, state = $5, stamp = $6, counts = $7, written_at = $8, undone_at = $9, version = version + 1
		WHERE id = $1`,
		i.ID, i.Sheet, i.Header, asJSON(i.Plan), i.State, i.Stamp, asJSON(i.Counts), orNull(i.WrittenAt), orNull(i.UndoneAt))
}

// Import returns one import; for who does not keep the directory of its territory there is none.
func (d *DB) Import(ctx context.Context, by app.Viewer, id app.ImportID) (app.Import, error) {
	return seenImport(ctx, d.reader(), by, id)
}

// Imports returns the imports of the territory on screen, last first, at most limit.
func (d *DB) Imports(ctx context.Context, by app.Viewer, limit int) ([]app.Import, error) {
	return list(ctx, d.reader(), scanImport, `
		SELECT `+importColumns+`
		FROM `+importTables+`
		WHERE i.territory_id = $1
		ORDER BY i.created_at DESC, i.id DESC
		LIMIT $2`, by.Territory, limit)
}

// SameFile returns the last import written, and not undone, of the same bytes as i; the zero
// Import when there is none.
func (d *DB) SameFile(ctx context.Context, i app.Import) (app.Import, error) {
	same, err := list(ctx, d.reader(), scanImport, `
		SELECT `+importColumns+`
		FROM `+importTables+`
		WHERE i.territory_id = $1 AND i.digest = $2 AND i.id <> $3 AND i.written_at IS NOT NULL AND i.undone_at IS NULL
		ORDER BY i.written_at DESC
		LIMIT 1`, i.Territory, i.Digest, i.ID)
	if err != nil || len(same) == 0 {
		return app.Import{}, err
	}
	return same[0], nil
}

// DropFile keeps a file to import into the territory on screen: i names it, lines are those of
// each of its sheets. The sheet with the most lines, its headings and what its columns fill
// are guessed. Nothing of the directory changes.
func (d *DB) DropFile(ctx context.Context, by app.Viewer, i app.Import, lines [][]app.ImportLine, now time.Time) (app.ImportID, error) {
	if !by.May(app.ImportDirectory, app.On{Territories: []app.TerritoryID{by.Territory}}) {
		return "", app.Errorf(app.Forbidden, "L’annuaire est tenu par la coordination du territoire.")
	}
	i.ID, i.Territory, i.Account, i.State, i.CreatedAt = app.NewID[app.ImportID](), by.Territory, by.Actor(), app.ImportDropped, now
	for n := range lines {
		if len(lines[n]) > len(lines[i.Sheet]) {
			i.Sheet = n
		}
	}
	i.Header = app.GuessHeader(lines[i.Sheet])
	return i.ID, d.update(ctx, func(c conn) error { return insertImport(ctx, c, i, lines) })
}

func insertImport(ctx context.Context, c conn, i app.Import, lines [][]app.ImportLine) error {
	if err := plan(ctx, c, &i, lines[i.Sheet]); err != nil {
		return err
	}
	err := insertAll(ctx, c, `imports (id, territory_id, account_id, file, digest, sheets, sheet, header, plan, state, created_at)`, [][]any{{
		i.ID, i.Territory, orNull(i.Account), i.File, i.Digest, asJSON(i.Sheets), i.Sheet, i.Header, asJSON(i.Plan), i.State, stored(i.CreatedAt),
	}})
	if err != nil {
		return err
	}
	var rows [][]any
	for n, sheet := range lines {
		for _, l := range sheet {
			rows = append(rows, []any{i.ID, n, l.Number, asJSON(l.Cells)})
		}
	}
	return insertAll(ctx, c, `import_lines (import_id, sheet, line, cells)`, rows)
}

// plan guesses how the lines of the chosen sheet are read.
func plan(ctx context.Context, c conn, i *app.Import, lines []app.ImportLine) error {
	remembered := map[string]app.ImportField{}
	_, err := list(ctx, c, func(s scanner) (none struct{}, err error) {
		var heading, field string
		err = s.Scan(&heading, &field)
		remembered[heading] = app.ImportField(field)
		return none, err
	}, `SELECT heading, field FROM import_headings WHERE territory_id = $1`, i.Territory)
	if err != nil {
		return err
	}
	i.Plan.Headings = make([]string, i.Sheets[i.Sheet].Width)
	var sample []app.ImportLine
	for _, l := range lines {
		switch {
		case l.Number == i.Header:
			copy(i.Plan.Headings, l.Cells)
		case l.Number > i.Header && len(sample) < sampleLines:
			sample = append(sample, l)
		}
	}
	i.Plan.Columns = app.GuessColumns(i.Plan.Headings, sample, remembered)
	return nil
}

// sampleLines is of how many lines columns are guessed.
const sampleLines = 50

func scanImportLine(s scanner) (l app.ImportLine, err error) {
	var cells string
	if err = s.Scan(&l.Number, &cells); err != nil {
		return l, err
	}
	return l, json.Unmarshal([]byte(cells), &l.Cells)
}

// ImportLines returns the first lines of a sheet of an import from a line on, at most limit.
func (d *DB) ImportLines(ctx context.Context, i app.Import, sheet, from, limit int) ([]app.ImportLine, error) {
	return importLines(ctx, d.reader(), i.ID, sheet, from, limit)
}

func importLines(ctx context.Context, c conn, id app.ImportID, sheet, from, limit int) ([]app.ImportLine, error) {
	return list(ctx, c, scanImportLine, `
		SELECT line, cells
		FROM import_lines
		WHERE import_id = $1 AND sheet = $2 AND line >= $3
		ORDER BY line
		LIMIT $4`, id, sheet, from, limit)
}

// ChooseSheet reads an import from another of its sheets, or from another line of headings (0:
// it has none; negative: they are guessed); what was matched and decided before is guessed anew.
func (d *DB) ChooseSheet(ctx context.Context, by app.Viewer, id app.ImportID, sheet, header int) error {
	return d.update(ctx, func(c conn) error {
		i, err := lockOpenImport(ctx, c, by, id)
		if err != nil {
			return err
		}
		if sheet < 0 || sheet >= len(i.Sheets) {
			return app.InvalidField("feuille", "Choisissez une feuille de la liste.")
		}
		if err := hasLine(ctx, c, id, sheet, header); err != nil {
			return err
		}
		lines, err := importLines(ctx, c, id, sheet, 0, max(0, header)+2*sampleLines)
		if err != nil {
			return err
		}
		if header < 0 {
			header = app.GuessHeader(lines)
		}
		if sheet == i.Sheet && header == i.Header {
			return nil
		}
		i.Sheet, i.Header, i.State, i.Counts = sheet, header, app.ImportDropped, app.ImportCounts{}
		if err := plan(ctx, c, &i, lines); err != nil {
			return err
		}
		if err := c.exec(ctx, `DELETE FROM import_rows WHERE import_id = $1`, id); err != nil {
			return err
		}
		return saveImport(ctx, c, i)
	})
}

// hasLine refuses a line of headings that is not of a sheet.
func hasLine(ctx context.Context, c conn, id app.ImportID, sheet, header int) error {
	if header <= 0 {
		return nil
	}
	there := false
	var err error
	if header <= allLines {
		there, err = one[bool](c.row(ctx, `
			SELECT EXISTS (SELECT 1 FROM import_lines WHERE import_id = $1 AND sheet = $2 AND line = $3)`, id, sheet, header))
	}
	if err == nil && !there {
		err = app.Errorf(app.Invalid, "Cette ligne n’est pas de la feuille : choisissez-en une de la liste.")
	}
	return err
}

// lockOpenImport is lockImport for one that is not written yet.
func lockOpenImport(ctx context.Context, c conn, by app.Viewer, id app.ImportID) (app.Import, error) {
	i, err := lockImport(ctx, c, by, id)
	if err == nil && i.State != app.ImportDropped && i.State != app.ImportJudged {
		err = app.Errorf(app.Conflict, "Cet import est terminé : déposez le fichier à nouveau pour recommencer.")
	}
	return i, err
}

// DropImport gives up an import that is not written: its file is kept no more.
func (d *DB) DropImport(ctx context.Context, by app.Viewer, id app.ImportID) error {
	return d.update(ctx, func(c conn) error {
		if _, err := lockOpenImport(ctx, c, by, id); err != nil {
			return err
		}
		for _, table := range []string{"import_rows", "import_lines"} {
			if err := c.exec(ctx, `DELETE FROM `+table+` WHERE import_id = $1`, id); err != nil {
				return err
			}
		}
		return c.exec(ctx, `DELETE FROM imports WHERE id = $1`, id)
	})
}

// forgetImports removes the lines of the imports kept long enough at now, and all of those
// that were never written.
func forgetImports(ctx context.Context, c conn, now time.Time) error {
	old := `(SELECT id FROM imports WHERE created_at < $1)`
	before := stored(now.AddDate(0, 0, -app.ImportDays))
	for _, query := range []string{
		`DELETE FROM import_rows WHERE import_id IN ` + old,
		`DELETE FROM import_lines WHERE import_id IN ` + old,
		`DELETE FROM import_effects WHERE import_id IN ` + old,
		`DELETE FROM imports WHERE written_at IS NULL AND created_at < $1`,
		`UPDATE imports SET state = 'efface' WHERE state <> 'efface' AND created_at < $1`,
	} {
		if err := c.exec(ctx, query, before); err != nil {
			return err
		}
	}
	return nil
}
