package db_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// dropped keeps lines as a file to import, whose columns are guessed.
func dropped(t testing.TB, d *db.DB, by app.Viewer, lines ...string) app.Import {
	t.Helper()
	var all []app.ImportLine
	width := 0
	for n, l := range lines {
		all = append(all, app.ImportLine{Number: n + 1, Cells: strings.Split(l, ";")})
		width = max(width, len(all[n].Cells))
	}
	id, err := d.DropFile(t.Context(), by, app.Import{File: "partenaires.csv", Digest: strings.Join(lines, "\n")[:min(40, len(lines[0]))], Sheets: []app.ImportSheet{{Lines: len(all), Width: width}}}, [][]app.ImportLine{all}, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	return theImport(t, d, by, id)
}

func theImport(t testing.TB, d *db.DB, by app.Viewer, id app.ImportID) app.Import {
	t.Helper()
	i, err := d.Import(t.Context(), by, id)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// previewed judges an import as it was guessed; adjust changes its plan before.
func previewed(t testing.TB, d *db.DB, i app.Import, adjust func(*app.ImportPlan)) app.Import {
	t.Helper()
	plan := i.Plan
	plan.Category = "vie-sociale"
	if adjust != nil {
		adjust(&plan)
	}
	if err := d.MatchColumns(t.Context(), dbtest.Coordinator, i.ID, plan); err != nil {
		t.Fatal(err)
	}
	return theImport(t, d, dbtest.Coordinator, i.ID)
}

func brought(t testing.TB, d *db.DB, i app.Import) app.Import {
	t.Helper()
	if err := d.WriteImport(t.Context(), dbtest.Coordinator, i.ID, theImport(t, d, dbtest.Coordinator, i.ID).Version, nil, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	return theImport(t, d, dbtest.Coordinator, i.ID)
}

// found returns the organisation of the directory that bears a name.
func namedOrganisation(t testing.TB, d *db.DB, name string) (app.Organisation, bool) {
	t.Helper()
	all, err := d.Resembling(t.Context(), dbtest.Coordinator, app.Organisation{Name: name})
	if err != nil {
		t.Fatal(err)
	}
	all = slices.DeleteFunc(all, func(p app.Pair) bool { return app.Fold(p.One.Name) != app.Fold(name) })
	if len(all) == 0 {
		return app.Organisation{}, false
	}
	o, err := d.Organisation(t.Context(), dbtest.Coordinator, all[0].One.ID)
	if err != nil {
		t.Fatal(err)
	}
	return o, true
}

// partners is a file with a line of each verdict.
var partners = []string{
	"Nom;Commune;Téléphone;Courriel;Adresse",
	"Foyer rural;Gramat;0565000001;foyer@x.test;",
	"Mission locale du Lot;Souillac;0565999999;contact@mission.test;1 rue de la Halle",
	"École Clément-Brouqui;Gramat;;;3 rue Neuve",
	"Centre social;Figeac;;;",
	";Gramat;;;",
	"Communauté de communes Cauvaldor;Souillac;;;",
}

var organisationTables = []string{"organisations", "organisation_territories", "search_words"}

func TestNothingIsWrittenBeforeTheLastStep(t *testing.T) {
	d := dbtest.New(t)
	before := dbtest.Trace(t, d)
	i := previewed(t, d, dropped(t, d, dbtest.Coordinator, partners...), nil)
	want := map[app.Verdict]int{app.VerdictNew: 1, app.VerdictDiffers: 1, app.VerdictDuplicate: 1, app.VerdictOutside: 1, app.VerdictFaulty: 1, app.VerdictSame: 1}
	if fmt.Sprint(i.Counts.Verdicts) != fmt.Sprint(want) {
		t.Errorf("judged %v, want %v", i.Counts.Verdicts, want)
	}
	for _, table := range dbtest.Changed(before, dbtest.Trace(t, d)) {
		if !strings.HasPrefix(table, "import") {
			t.Errorf("the preview wrote to %s", table)
		}
	}
}

func TestAnImportWritesWhatWasDecidedOnceAndIsTraced(t *testing.T) {
	d := dbtest.New(t)
	i := previewed(t, d, dropped(t, d, dbtest.Coordinator, partners...), nil)
	if err := d.Decide(t.Context(), dbtest.Coordinator, i.ID, map[int]app.Decision{3: app.DecideReplace, 4: app.DecideComplete}); err != nil {
		t.Fatal(err)
	}
	i = brought(t, d, i)
	if i.State != app.ImportWritten || i.Counts.Added != 1 || i.Counts.Changed != 2 || i.Counts.Refused != 1 || i.Counts.Left != 2 {
		t.Errorf("%s, %+v; want one added, two changed, one refused, two left", i.State, i.Counts)
	}
	added, there := namedOrganisation(t, d, "Foyer rural")
	if !there || added.Phone != "05 65 00 00 01" || added.Category != "vie-sociale" || added.Commune != dbtest.Gramat || !slices.Equal(added.Territories, []app.TerritoryID{dbtest.Cauvaldor}) {
		t.Errorf("added as %+v", added)
	}
	if mission, _ := namedOrganisation(t, d, "Mission locale du Lot"); mission.Phone != "05 65 99 99 99" || mission.FormerNames != "PAIO" {
		t.Errorf("the Mission locale is %+v, want its telephone replaced and the rest left", mission)
	}
	if school, err := d.Organisation(t.Context(), dbtest.Coordinator, dbtest.School); err != nil || school.Address != "3 rue Neuve" || school.Name != "École élémentaire Clément-Brouqui" {
		t.Errorf("the school is %+v, %v; want its address filled", school, err)
	}
	list, err := d.Organisations(t.Context(), dbtest.Coordinator, db.OrganisationFilter{Query: "foyer"}, dbtest.Now)
	if err != nil || list.Count != 1 {
		t.Errorf("the directory finds %d « foyer », %v", list.Count, err)
	}
	history, err := d.History(t.Context(), app.OfOrganisation, string(added.ID), 5)
	if err != nil || len(history) != 1 || history[0].Act != "a importé la structure" || history[0].Actor != "Claire Bonnet" {
		t.Errorf("history %+v, %v", history, err)
	}
	before := dbtest.Trace(t, d)
	if err := d.WriteImport(t.Context(), dbtest.Coordinator, i.ID, i.Version, nil, dbtest.Now); err != nil {
		t.Errorf("written again: %v", err)
	}
	if changed := dbtest.Changed(before, dbtest.Trace(t, d)); len(changed) > 0 {
		t.Errorf("written again, it changes %v", changed)
	}
}

func TestTheSameFileAgainChangesNothing(t *testing.T) {
	d := dbtest.New(t)
	brought(t, d, previewed(t, d, dropped(t, d, dbtest.Coordinator, partners...), nil))
	before := dbtest.Trace(t, d)
	again := dropped(t, d, dbtest.Coordinator, partners...)
	same, err := d.SameFile(t.Context(), again)
	if err != nil || same.ID == "" || same.ID == again.ID {
		t.Errorf("the same file was imported as %q, %v", same.ID, err)
	}
	i := brought(t, d, previewed(t, d, again, nil))
	if i.Counts.Added+i.Counts.Changed > 0 {
		t.Errorf("again: %+v, want nothing", i.Counts)
	}
	for _, table := range dbtest.Changed(before, dbtest.Trace(t, d)) {
		if slices.Contains(organisationTables, table) {
			t.Errorf("the same file again changes %s", table)
		}
	}
}

func TestADirectoryThatChangedIsJudgedAgainBeforeWriting(t *testing.T) {
	d := dbtest.New(t)
	i := previewed(t, d, dropped(t, d, dbtest.Coordinator, partners...), nil)
	if _, err := d.CreateOrganisation(t.Context(), dbtest.Coordinator, app.Organisation{Name: "Foyer rural", Category: "vie-sociale", Commune: dbtest.Gramat}, nil, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.WriteImport(t.Context(), dbtest.Coordinator, i.ID, i.Version, nil, dbtest.Now); app.KindOf(err) != app.Conflict {
		t.Fatalf("written over a directory that changed: %v, want a Conflict", err)
	}
	if again := theImport(t, d, dbtest.Coordinator, i.ID); again.Counts.Verdicts[app.VerdictNew] != 0 || again.Counts.Verdicts[app.VerdictUpdate] != 1 {
		t.Errorf("judged again %v, want the one typed in the meantime known", again.Counts.Verdicts)
	}
	if i = brought(t, d, i); i.Counts.Added != 0 {
		t.Errorf("%d added, want none", i.Counts.Added)
	}
}

func TestLinesAreDecidedInBulkOrOneByOne(t *testing.T) {
	d := dbtest.New(t)
	i := previewed(t, d, dropped(t, d, dbtest.Coordinator, append(partners, "Épicerie;Gramat;;;")...), nil)
	if err := d.DecideAll(t.Context(), dbtest.Coordinator, i.ID, app.VerdictNew, app.DecideLeave); err != nil {
		t.Fatal(err)
	}
	if err := d.Decide(t.Context(), dbtest.Coordinator, i.ID, map[int]app.Decision{8: app.DecideAdd}); err != nil {
		t.Fatal(err)
	}
	for line, decision := range map[int]app.Decision{6: app.DecideAdd, 2: app.DecideReplace, 99: app.DecideLeave, 3: "autre"} {
		if err := d.Decide(t.Context(), dbtest.Coordinator, i.ID, map[int]app.Decision{line: decision}); app.KindOf(err) != app.Invalid {
			t.Errorf("line %d, %q: %v, want Invalid", line, decision, err)
		}
	}
	tally, err := d.ImportTally(t.Context(), i)
	if err != nil || tally[app.VerdictNew][app.DecideLeave] != 1 || tally[app.VerdictNew][app.DecideAdd] != 1 || tally[app.VerdictFaulty][app.DecideLeave] != 1 {
		t.Errorf("tally %v, %v", tally, err)
	}
	i = previewed(t, d, i, nil)
	if i = brought(t, d, i); i.Counts.Added != 1 {
		t.Errorf("%d added, want the one decided; judged again, what was decided stays", i.Counts.Added)
	}
	if _, there := namedOrganisation(t, d, "Épicerie"); !there {
		t.Error("what was decided alone is not there")
	}
}

func TestWhatIsLeftIsTakenAwayWithWhy(t *testing.T) {
	d := dbtest.New(t)
	i := previewed(t, d, dropped(t, d, dbtest.Coordinator, partners...), nil)
	var told []string
	err := d.LeftLines(t.Context(), i, func(l app.ImportLine, why string) error {
		told = append(told, fmt.Sprint(l.Number, " ", why))
		return nil
	})
	if err != nil || len(told) != 4 || !strings.Contains(told[0], "dit autre chose") || !strings.Contains(told[1], "Clément-Brouqui") || !strings.Contains(told[2], "territoire") || !strings.Contains(told[3], "nom") {
		t.Errorf("left %q, %v", told, err)
	}
}

func TestAnImportIsOfWhoKeepsTheDirectory(t *testing.T) {
	d := dbtest.New(t)
	i := dropped(t, d, dbtest.Coordinator, partners...)
	for _, v := range []app.Viewer{dbtest.Stranger, dbtest.Referent, dbtest.Colleague, dbtest.Reader, {}} {
		if _, err := d.Import(t.Context(), v, i.ID); app.KindOf(err) != app.NotFound {
			t.Errorf("%s sees it: %v", v.Name, err)
		}
		for name, do := range map[string]func() error{
			"matches":     func() error { return d.MatchColumns(t.Context(), v, i.ID, i.Plan) },
			"chooses":     func() error { return d.ChooseSheet(t.Context(), v, i.ID, 0, 0) },
			"decides":     func() error { return d.Decide(t.Context(), v, i.ID, map[int]app.Decision{2: app.DecideAdd}) },
			"decides all": func() error { return d.DecideAll(t.Context(), v, i.ID, app.VerdictNew, app.DecideAdd) },
			"writes":      func() error { return d.WriteImport(t.Context(), v, i.ID, i.Version, nil, dbtest.Now) },
			"undoes":      func() error { return d.UndoImport(t.Context(), v, i.ID, dbtest.Now) },
			"drops":       func() error { return d.DropImport(t.Context(), v, i.ID) },
		} {
			if err := do(); app.KindOf(err) != app.NotFound {
				t.Errorf("%s %s it: %v", v.Name, name, err)
			}
		}
	}
	if _, err := d.DropFile(t.Context(), dbtest.Referent, app.Import{Sheets: []app.ImportSheet{{}}}, [][]app.ImportLine{{}}, dbtest.Now); app.KindOf(err) != app.Forbidden {
		t.Errorf("a référent·e drops a file: %v", err)
	}
}

func TestTheLinesOfAnImportGoAfterThirtyDays(t *testing.T) {
	d := dbtest.New(t)
	i := brought(t, d, previewed(t, d, dropped(t, d, dbtest.Coordinator, partners...), nil))
	unfinished := dropped(t, d, dbtest.Coordinator, partners...)
	for days, kept := range map[int]bool{29: true, 31: false} {
		if _, err := d.Tidy(t.Context(), dbtest.Now.AddDate(0, 0, days)); err != nil {
			t.Fatal(err)
		}
		lines, err := d.ImportLines(t.Context(), i, 0, 0, 10)
		if err != nil || (len(lines) > 0) != kept {
			t.Errorf("after %d days %d lines, %v", days, len(lines), err)
		}
		if !kept {
			break
		}
	}
	if _, err := d.Tidy(t.Context(), dbtest.Now.AddDate(0, 0, 40)); err != nil {
		t.Fatal(err)
	}
	if i = theImport(t, d, dbtest.Coordinator, i.ID); i.State != app.ImportCleared || i.Counts.Added != 1 {
		t.Errorf("%s, %+v; want its numbers only", i.State, i.Counts)
	}
	if _, err := d.Import(t.Context(), dbtest.Coordinator, unfinished.ID); app.KindOf(err) != app.NotFound {
		t.Errorf("one that was never written: %v, want it gone", err)
	}
	if err := d.UndoImport(t.Context(), dbtest.Coordinator, i.ID, dbtest.Now); app.KindOf(err) != app.Conflict {
		t.Errorf("undone without its lines: %v", err)
	}
}

func TestColumnsAreRemembered(t *testing.T) {
	d := dbtest.New(t)
	lines := []string{"Qui;Quoi;Nom", "Foyer;x;y"}
	first := dropped(t, d, dbtest.Coordinator, lines...)
	previewed(t, d, first, func(p *app.ImportPlan) { p.Columns = []app.ImportField{app.ImportName, "description", ""} })
	if again := dropped(t, d, dbtest.Coordinator, lines...); !slices.Equal(again.Plan.Columns, []app.ImportField{app.ImportName, "description", ""}) {
		t.Errorf("guessed %v, want as it was matched before", again.Plan.Columns)
	}
}
