package db_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

func TestANewStructureIsComparedByWhatIsTypedOfIt(t *testing.T) {
	d := withTwins(t)
	mergedTwins(t, d)
	for _, tt := range []struct {
		name string
		o    app.Organisation
		want app.OrganisationID
		why  string
	}{
		{"its name", app.Organisation{Name: "mission locale du lot"}, dbtest.Mission, "même nom"},
		{"a name that it bore", app.Organisation{Name: "paio du lot", Commune: dbtest.Souillac}, dbtest.Mission, ""},
		{"a name of the same words, where it is", app.Organisation{Name: "Mission locale", Commune: dbtest.Souillac}, dbtest.Mission, "nom"},
		{"the telephone of what was merged into it", app.Organisation{Name: "PAIO", Phone: "0565000000"}, dbtest.Mission, "même téléphone"},
		{"nothing", app.Organisation{}, "", ""},
		{"another name", app.Organisation{Name: "Cinéma L’Uxello", Commune: dbtest.Souillac}, "", ""},
	} {
		pairs, err := d.Resembling(t.Context(), dbtest.Coordinator, tt.o)
		if err != nil {
			t.Fatal(err)
		}
		var ids []app.OrganisationID
		said := ""
		for _, p := range pairs {
			ids, said = append(ids, p.One.ID), said+p.Why+"\n"
		}
		if tt.want == "" && len(ids) > 0 || tt.want != "" && (len(ids) == 0 || ids[0] != tt.want) || !strings.Contains(said, tt.why) {
			t.Errorf("%s: resembles %v (%s), want %q (%s)", tt.name, ids, said, tt.want, tt.why)
		}
		if slices.Contains(ids, twin) {
			t.Errorf("%s: resembles what was merged", tt.name)
		}
	}
}

func TestWhoAddsADoubtfulStructureSaysThatItIsAnother(t *testing.T) {
	d := withTwins(t)
	o := app.Organisation{Name: "Mission locale Lot", Category: "emploi", Commune: dbtest.Souillac}
	_, err := d.CreateOrganisation(t.Context(), dbtest.Coordinator, o, nil, dbtest.Now)
	wantKind(t, err, app.Conflict)
	_, err = d.CreateOrganisation(t.Context(), dbtest.Coordinator, o, []app.OrganisationID{twin}, dbtest.Now)
	wantKind(t, err, app.Conflict) // of another one it was not said
	id, err := d.CreateOrganisation(t.Context(), dbtest.Coordinator, o, []app.OrganisationID{dbtest.Mission, twin}, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := d.Duplicates(t.Context(), dbtest.Coordinator)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pairs {
		if p.One.ID == id || p.Other.ID == id {
			t.Errorf("%s and %s are taken for one, and somebody said that they are two", p.One.Name, p.Other.Name)
		}
	}
	apart, err := d.Distinctions(t.Context(), dbtest.Coordinator, 10)
	if err != nil || len(apart) != 1 || apart[0].Actor != "Claire Bonnet" {
		t.Errorf("%+v is remembered, %v; want one line by Claire Bonnet", apart, err)
	}
}

func TestAnUndoIsRehearsedWithoutAnythingBeingUndone(t *testing.T) {
	d := withTwins(t)
	id := mergedTwins(t, d)
	later := dbtest.Now.Add(time.Hour)
	if _, err := d.AddPerson(t.Context(), dbtest.Coordinator, app.Person{FirstName: "Ève", LastName: "Depuis"}, app.Position{Organisation: dbtest.Mission}, false, later); err != nil {
		t.Fatal(err)
	}
	before := dbtest.Trace(t, d)
	m, refusal, err := d.RehearseUndo(t.Context(), dbtest.Coordinator, id, later)
	if err != nil || refusal != "" || len(m.Outcome) != 1 || m.Outcome[0].Field != "Fonctions ajoutées depuis, gardées par la structure gardée" {
		t.Errorf("undoing would leave %v, refused by %q, %v; want the one position added since", m.Outcome, refusal, err)
	}
	if changed := dbtest.Changed(before, dbtest.Trace(t, d)); len(changed) > 0 {
		t.Errorf("rehearsing wrote in %v", changed)
	}
	if _, refusal, err = d.RehearseUndo(t.Context(), dbtest.Coordinator, id, dbtest.Now.AddDate(0, 0, app.MergeDays)); err != nil || !strings.Contains(refusal, "90 jours") {
		t.Errorf("after its time: %q, %v", refusal, err)
	}
	_, _, err = d.RehearseUndo(t.Context(), dbtest.Stranger, id, later)
	wantKind(t, err, app.NotFound)
}

func TestTheHistoryOfTheKeptOneHoldsThatOfBoth(t *testing.T) {
	d := withTwins(t)
	if err := d.TellApart(t.Context(), dbtest.Coordinator, twin, dbtest.School, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	mergedTwins(t, d)
	acts := func(id app.OrganisationID) (said []string) {
		all, err := d.History(t.Context(), app.OfOrganisation, string(id), 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range all {
			said = append(said, e.Act)
		}
		return said
	}
	got := acts(dbtest.Mission)
	for _, want := range []string{"a réuni « PAIO du Lot » à cette structure", "a noté que ce n’est pas un doublon de « École élémentaire Clément-Brouqui »"} {
		if !slices.Contains(got, want) {
			t.Errorf("the history is %q, want %q in it", got, want)
		}
	}
	if got := acts(dbtest.School); len(got) != 1 {
		t.Errorf("the history of another is %q", got)
	}
	all, err := d.MergesInto(t.Context(), dbtest.Coordinator, organisation(t, d, dbtest.Coordinator, dbtest.Mission), dbtest.Now)
	if err != nil || len(all) != 1 || all[0].AbsorbedBefore.ID != twin {
		t.Errorf("merged into it: %v, %v", all, err)
	}
}

func TestWhatAStructureIsBeingAskedEndsWithIt(t *testing.T) {
	d := withTwins(t)
	if err := d.AskStructure(t.Context(), dbtest.Coordinator, twin, dbtest.Now.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	id := mergedTwins(t, d)
	if got := value(t, d, `SELECT COUNT(*) FROM inquiries WHERE ended_at IS NULL`); got != "0" {
		t.Errorf("%s inquiries go on about what is no more", got)
	}
	if err := d.UndoMerge(t.Context(), dbtest.Coordinator, id, mergeLetter, dbtest.Now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	m, err := d.Merge(t.Context(), dbtest.Coordinator, id)
	if err != nil || len(m.Outcome) != 1 || m.Outcome[0].Field != "Vérification qui lui était demandée, à demander de nouveau" {
		t.Errorf("undone with %v, %v; want it said that the record is to be asked about anew", m.Outcome, err)
	}
	if got := value(t, d, `SELECT asked FROM organisation_territories WHERE organisation_id = 'double'`); got != "" {
		t.Errorf("it is listed as %q", got)
	}
}

func TestNoAccessIsGivenToWhatIsNoMoreAndItIsSaidWhy(t *testing.T) {
	d := withTwins(t)
	mergedTwins(t, d)
	grants := []app.Grant{{Role: app.Colleague, Organisation: twin}}
	_, err := d.OpenAccount(t.Context(), dbtest.Coordinator, db.Invitee{Person: app.Person{ID: dbtest.Ines}, Email: "ines@ecole.test", Grants: grants}, "x", app.Mail{}, dbtest.Now)
	wantKind(t, err, app.Conflict)
	_, err = d.OpenAccount(t.Context(), dbtest.Stranger, db.Invitee{Person: app.Person{ID: dbtest.Ines}, Email: "ines@ecole.test", Grants: grants}, "x", app.Mail{}, dbtest.Now)
	if app.KindOf(err) == app.Conflict || err == nil {
		t.Errorf("to who sees neither: %v", err)
	}
}
