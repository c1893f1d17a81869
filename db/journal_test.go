package db_test

import (
	"slices"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

func TestAnActIsFiledWhereTheThingIsWhateverTerritoryIsOnScreen(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	away := dbtest.Coordinator
	away.Coordinates, away.Territory = []app.TerritoryID{dbtest.Cauvaldor, dbtest.Figeac}, dbtest.Figeac
	for act, err := range map[string]error{
		"a archivé la structure":            d.ArchiveOrganisation(ctx, away, dbtest.Mission, dbtest.Now),
		"a publié l’atelier":                d.Publish(ctx, away, dbtest.Unwritten, dbtest.Now),
		"a modifié la fiche":                d.EditPerson(ctx, away, app.Person{ID: dbtest.Ines, FirstName: "Inès", LastName: "Fauré", Version: 1}, toldFormer, dbtest.Now),
		"a désactivé le compte de Léa Cœur": d.DisableAccount(ctx, away, dbtest.Colleague.Account, dbtest.Now),
	} {
		if err != nil {
			t.Fatalf("%s: %v", act, err)
		}
		if here := actsIn(t, d, dbtest.Coordinator); !slices.Contains(here, act) {
			t.Errorf("the journal of Cauvaldor says %q, want %q among them", here, act)
		}
	}
	if there := actsIn(t, d, dbtest.Stranger); len(there) > 0 {
		t.Errorf("the journal of Figeac says %q, which happened elsewhere", there)
	}
	shared := away
	if err := d.ArchiveOrganisation(ctx, shared, dbtest.CAF, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if there := actsIn(t, d, dbtest.Stranger); len(there) != 1 {
		t.Errorf("the journal of Figeac says %q, want what was done from there to an organisation of both", there)
	}
}

func actsIn(t *testing.T, d *db.DB, by app.Viewer) (acts []string) {
	t.Helper()
	lines, err := d.Journal(t.Context(), by, db.JournalFilter{}, 50)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		acts = append(acts, l.Act)
	}
	return acts
}
