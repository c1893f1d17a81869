package db

import (
	"context"
	"fmt"

	"maillage/app"
)

// MatchColumns reads the lines of an import by plan and judges each beside the directory;
// what was decided of lines that are judged alike stays. What columns were matched to is
// remembered. Invalid, by field, when plan cannot be followed.
func (d *DB) MatchColumns(ctx context.Context, by app.Viewer, id app.ImportID, plan app.ImportPlan) error {
	return d.update(ctx, func(c conn) error {
		i, err := lockOpenImport(ctx, c, by, id)
		if err != nil {
			return err
		}
		plan.Headings = i.Plan.Headings
		if len(plan.Columns) != len(plan.Headings) {
			return app.Errorf(app.Conflict, "Le fichier a été relu entre-temps : vérifiez ses colonnes.")
		}
		plan.Source, plan.Vintage = app.Tidy(plan.Source), app.Tidy(plan.Vintage)
		if err := plan.Check(); err != nil {
			return err
		}
		i.Plan = plan
		if err := remember(ctx, c, i); err != nil {
			return err
		}
		return judge(ctx, c, &i)
	})
}

func remember(ctx context.Context, c conn, i app.Import) error {
	for n, heading := range i.Plan.Headings {
		if heading = app.Fold(heading); heading == "" {
			continue
		}
		if err := c.exec(ctx, `
			INSERT INTO import_headings (territory_id, heading, field) VALUES ($1, $2, $3)
			ON CONFLICT (territory_id, heading) DO UPDATE SET field = excluded.field`, i.Territory, heading, i.Plan.Columns[n]); err != nil {
			return err
		}
	}
	return nil
}

// allLines is more lines than a sheet has, and more than the number of its last one.
const allLines = 1 << 30

// judge judges the lines of an import and keeps what it finds.
func judge(ctx context.Context, c conn, i *app.Import) error {
	decided, err := decisionsOf(ctx, c, i.ID)
	if err != nil {
		return err
	}
	communes, err := list(ctx, c, scanCommune, `SELECT `+communeColumns+` FROM communes m ORDER BY m.code`)
	if err != nil {
		return err
	}
	directory, err := directoryOf(ctx, c, i.Territory)
	if err != nil {
		return err
	}
	lines, err := importLines(ctx, c, i.ID, i.Sheet, i.Header+1, allLines)
	if err != nil {
		return err
	}
	judge := app.NewJudge(i.Plan, app.NewGazetteer(communes), i.Territory, directory)
	i.Counts = app.ImportCounts{Verdicts: map[app.Verdict]int{}}
	rows := make([][]any, 0, len(lines))
	for _, l := range lines {
		j := judge.Line(l)
		i.Counts.Verdicts[j.Verdict]++
		if len(j.Remarks) > 0 {
			i.Counts.Remarks++
		}
		rows = append(rows, []any{i.ID, j.Line, j.Verdict, j.Target, len(j.Remarks) > 0, decided[decidedKey(j.Line, j.Verdict, j.Target)], asJSON(j)})
	}
	if err := c.exec(ctx, `DELETE FROM import_rows WHERE import_id = $1`, i.ID); err != nil {
		return err
	}
	if err := insertAll(ctx, c, `import_rows (import_id, line, verdict, target, remarked, decision, judgement)`, rows); err != nil {
		return err
	}
	if i.Stamp, err = directoryStamp(ctx, c, i.Territory); err != nil {
		return err
	}
	i.State = app.ImportJudged
	return saveImport(ctx, c, *i)
}

func decidedKey(line int, v app.Verdict, target app.OrganisationID) string {
	return fmt.Sprint(line, " ", v, " ", target)
}

func decisionsOf(ctx context.Context, c conn, id app.ImportID) (map[string]app.Decision, error) {
	decided := map[string]app.Decision{}
	_, err := list(ctx, c, func(s scanner) (none struct{}, err error) {
		var line int
		var verdict app.Verdict
		var target app.OrganisationID
		var decision app.Decision
		err = s.Scan(&line, &verdict, &target, &decision)
		decided[decidedKey(line, verdict, target)] = decision
		return none, err
	}, `SELECT line, verdict, target, decision FROM import_rows WHERE import_id = $1 AND decision <> ''`, id)
	return decided, err
}

// directoryOf returns every organisation of a territory, archived too, and what is known of
// their doubles.
func directoryOf(ctx context.Context, c conn, t app.TerritoryID) (d app.Directory, err error) {
	d.Organisations, err = list(ctx, c, scanOrganisation, `
		SELECT `+organisationColumns+`
		FROM organisation_territories ot
		JOIN organisations o ON o.id = ot.organisation_id
		LEFT JOIN communes m ON m.code = o.commune_code
		WHERE ot.territory_id = $1
		ORDER BY o.id`, t)
	if err != nil {
		return d, err
	}
	if d.Merged, err = merged(ctx, c); err != nil {
		return d, err
	}
	d.Apart, err = distinctions(ctx, c)
	return d, err
}

// directoryStamp changes with the directory of a territory.
func directoryStamp(ctx context.Context, c conn, t app.TerritoryID) (string, error) {
	var count, versions int64
	err := c.row(ctx, `
		SELECT COUNT(*), COALESCE(SUM(o.version), 0)
		FROM organisation_territories ot
		JOIN organisations o ON o.id = ot.organisation_id
		WHERE ot.territory_id = $1`, t).Scan(&count, &versions)
	return fmt.Sprint(count, " ", versions), err
}

// refresh judges the lines of an import again when the directory changed since, and reports
// whether it did.
func refresh(ctx context.Context, c conn, i *app.Import) (changed bool, err error) {
	stamp, err := directoryStamp(ctx, c, i.Territory)
	if err != nil || stamp == i.Stamp {
		return false, err
	}
	return true, judge(ctx, c, i)
}
