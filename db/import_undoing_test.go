package db_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"maillage/app"
	"maillage/db/dbtest"
)

func TestUndoingAnImportGivesTheDirectoryBack(t *testing.T) {
	d := dbtest.New(t)
	before := dbtest.Trace(t, d)
	i := previewed(t, d, dropped(t, d, dbtest.Coordinator, partners...), func(p *app.ImportPlan) { p.Replace, p.Outside = true, true })
	i = brought(t, d, i)
	if err := d.UndoImport(t.Context(), dbtest.Coordinator, i.ID, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	i = theImport(t, d, dbtest.Coordinator, i.ID)
	if i.State != app.ImportUndone || i.Counts.Removed != 2 || i.Counts.Restored != 1 || i.Counts.Kept != 0 {
		t.Errorf("%s, %+v; want two removed and one restored", i.State, i.Counts)
	}
	for _, table := range dbtest.Changed(before, dbtest.Trace(t, d)) {
		if table == "search_words" {
			t.Error("words of what was removed are left")
		}
	}
	if mission, err := d.Organisation(t.Context(), dbtest.Coordinator, dbtest.Mission); err != nil || mission.Phone != "05 65 00 00 00" {
		t.Errorf("the Mission locale is %+v, %v", mission, err)
	}
	if _, there := namedOrganisation(t, d, "Foyer rural"); there {
		t.Error("what was added is still there")
	}
	if err := d.UndoImport(t.Context(), dbtest.Coordinator, i.ID, dbtest.Now); app.KindOf(err) != app.Conflict {
		t.Errorf("undone twice: %v, want a Conflict", err)
	}
}

func TestUndoingKeepsWhatWasEditedOrUsedSinceAndSaysSo(t *testing.T) {
	d := dbtest.New(t)
	i := previewed(t, d, dropped(t, d, dbtest.Coordinator, append(partners, "Médiathèque;Gramat;;;", "Épicerie solidaire;Gramat;;;")...), func(p *app.ImportPlan) { p.Replace = true })
	i = brought(t, d, i)
	foyer, _ := namedOrganisation(t, d, "Foyer rural")
	foyer.Description = "Écrite depuis"
	if err := d.EditOrganisation(t.Context(), dbtest.Coordinator, foyer, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	library, _ := namedOrganisation(t, d, "Médiathèque")
	if _, err := d.Invite(t.Context(), dbtest.Coordinator, dbtest.Soon, []app.OrganisationID{library.ID}, func(n app.Notice) app.Mail { return app.Mail{Subject: "Invitation"} }, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	mission, _ := namedOrganisation(t, d, "Mission locale du Lot")
	mission.Phone, mission.Address = "05 65 77 77 77", mission.Address+" bis"
	if err := d.EditOrganisation(t.Context(), dbtest.Coordinator, mission, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.UndoImport(t.Context(), dbtest.Coordinator, i.ID, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Foyer rural", "Médiathèque", "Mission locale du Lot"} {
		if _, there := namedOrganisation(t, d, name); !there {
			t.Errorf("%s is gone", name)
		}
	}
	if _, there := namedOrganisation(t, d, "Épicerie solidaire"); there {
		t.Error("what nobody touched is still there")
	}
	if mission, _ = namedOrganisation(t, d, "Mission locale du Lot"); mission.Phone != "05 65 77 77 77" {
		t.Errorf("its telephone, edited since, is %s", mission.Phone)
	}
	effects, _, err := d.ImportEffects(t.Context(), theImport(t, d, dbtest.Coordinator, i.ID), 0)
	if err != nil {
		t.Fatal(err)
	}
	told := ""
	for _, e := range effects {
		told += e.Name + " " + e.Outcome + "\n"
	}
	for _, want := range []string{"Foyer rural gardée : elle a été modifiée", "Médiathèque gardée : des personnes", "Épicerie solidaire retirée", "sauf ce qui a été modifié depuis : Téléphone"} {
		if !strings.Contains(told, want) {
			t.Errorf("told:\n%swant %q", told, want)
		}
	}
}

// Undoing removes only what nothing else holds to: each table that does is looked into.
func TestUndoingLooksIntoEveryTableThatHoldsAnOrganisation(t *testing.T) {
	files, err := filepath.Glob("migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("import_undoing.go")
	if err != nil {
		t.Fatal(err)
	}
	table, holds := regexp.MustCompile(`(?i)(?:CREATE|ALTER) TABLE (?:IF NOT EXISTS )?(\w+)`), regexp.MustCompile(`(?i)(?:ADD COLUMN )?(\w+)\s+TEXT[^,\n]* REFERENCES organisations`)
	seen := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		at := ""
		for line := range strings.SplitSeq(string(text), "\n") {
			if m := table.FindStringSubmatch(line); m != nil {
				at = m[1]
			}
			if m := holds.FindStringSubmatch(line); m != nil {
				seen++
				if !strings.Contains(string(source), "SELECT "+m[1]+" FROM "+at+" WHERE") && !strings.Contains(string(source), "DELETE FROM "+at+" WHERE "+m[1]) {
					t.Errorf("%s holds organisations by %s.%s, and undoing an import neither looks nor removes it", filepath.Base(file), at, m[1])
				}
			}
		}
	}
	if seen < 7 {
		t.Errorf("%d tables hold organisations, want 7 or more", seen)
	}
}
