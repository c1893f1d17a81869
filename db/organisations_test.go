package db_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

func wantKind(t testing.TB, err error, kind app.Kind) {
	t.Helper()
	if err == nil || app.KindOf(err) != kind {
		t.Errorf("error %v of kind %d, want kind %d", err, app.KindOf(err), kind)
	}
}

func organisation(t testing.TB, d *db.DB, by app.Viewer, id app.OrganisationID) app.Organisation {
	t.Helper()
	o, err := d.Organisation(t.Context(), by, id)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func lastAct(t testing.TB, d *db.DB, thing app.Thing, id string) app.Entry {
	t.Helper()
	entries, err := d.History(t.Context(), thing, id, 1)
	if err != nil || len(entries) == 0 {
		t.Fatalf("History = %v, %v; want an act", entries, err)
	}
	return entries[0]
}

func TestARecordIsSeenWhereItTakesPart(t *testing.T) {
	d := dbtest.New(t)
	for _, tt := range []struct {
		by   app.Viewer
		id   app.OrganisationID
		seen bool
	}{
		{dbtest.Coordinator, dbtest.School, true},
		{dbtest.Reader, dbtest.Closed, true},
		{dbtest.Reader, dbtest.Foreign, false},
		{dbtest.Stranger, dbtest.CAF, true},
		{dbtest.Stranger, dbtest.School, false},
		{dbtest.Admin, dbtest.Foreign, true},
		{app.Viewer{}, dbtest.School, false},
		{dbtest.Admin, "inconnue", false},
	} {
		_, err := d.Organisation(t.Context(), tt.by, tt.id)
		if tt.seen && err != nil {
			t.Errorf("%s does not see %s: %v", tt.by.Name, tt.id, err)
		}
		if !tt.seen {
			wantKind(t, err, app.NotFound)
		}
	}
}

func TestCoordinationCreatesAStructure(t *testing.T) {
	d := dbtest.New(t)
	o := app.Organisation{Name: "Crèche « L’Œil-de-bœuf »", Category: "petite-enfance", Themes: []app.Theme{"petite-enfance"}, Commune: dbtest.Gramat, Phone: "0565000001", SIRET: "264 600 172 00011"}
	id, err := d.CreateOrganisation(t.Context(), dbtest.Coordinator, o, nil, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	got := organisation(t, d, dbtest.Reader, id)
	if got.CommuneName != "Gramat" || got.Precision != app.AtCommune || got.Phone != "05 65 00 00 01" || got.SIRET != "26460017200011" || got.Version != 1 || len(got.Territories) != 1 {
		t.Errorf("Organisation = %+v", got)
	}
	if act := lastAct(t, d, app.OfOrganisation, string(id)); act.Actor != "Claire Bonnet" || act.Act != "a créé la structure" || len(act.Changes) < 4 {
		t.Errorf("audit: %+v", act)
	}
	_, err = d.CreateOrganisation(t.Context(), dbtest.Coordinator, app.Organisation{Name: "creche l'oeil de boeuf", Category: "petite-enfance"}, nil, dbtest.Now)
	wantKind(t, err, app.Conflict)
	if _, err = d.CreateOrganisation(t.Context(), dbtest.Coordinator, app.Organisation{Name: "creche l'oeil de boeuf", Category: "petite-enfance"}, []app.OrganisationID{id}, dbtest.Now); err != nil {
		t.Errorf("a namesake that was confirmed: %v", err)
	}
	if same, err := d.Resembling(t.Context(), dbtest.Coordinator, app.Organisation{Name: "Crèche l’œil de bœuf"}); err != nil || len(same) != 2 {
		t.Errorf("%d resemble it, %v; want 2", len(same), err)
	}
	if same, err := d.Resembling(t.Context(), dbtest.Reader, app.Organisation{Name: "Ludothèque Œuf de Pâques"}); err != nil || len(same) != 1 {
		t.Errorf("an archived namesake is not found: %d, %v", len(same), err)
	}
}

func TestCreatingIsRefused(t *testing.T) {
	d := dbtest.New(t)
	good := app.Organisation{Name: "Nouvelle", Category: "education"}
	for _, by := range []app.Viewer{dbtest.Referent, dbtest.Colleague, dbtest.Reader, {}} {
		_, err := d.CreateOrganisation(t.Context(), by, good, nil, dbtest.Now)
		wantKind(t, err, app.Forbidden)
	}
	for field, o := range map[string]app.Organisation{
		"nom": {Category: "education"}, "commune": {Name: "Nouvelle", Category: "education", Commune: "99999"},
	} {
		_, err := d.CreateOrganisation(t.Context(), dbtest.Coordinator, o, nil, dbtest.Now)
		wantKind(t, err, app.Invalid)
		if app.FieldsOf(err)[field] == "" {
			t.Errorf("%v says nothing of %s", err, field)
		}
	}
}

func TestTheReferentEditsTheOwnStructureAndOnlyThat(t *testing.T) {
	d := dbtest.New(t)
	o := organisation(t, d, dbtest.Referent, dbtest.Mission)
	o.Name, o.Website, o.Address, o.SIRET = "Mission locale de l’Œuvre", "mlot.fr", "2 rue Haute", "26460003200017"
	later := dbtest.Now.Add(time.Hour)
	if err := d.EditOrganisation(t.Context(), dbtest.Referent, o, later); err != nil {
		t.Fatal(err)
	}
	got := organisation(t, d, dbtest.Reader, dbtest.Mission)
	if got.Website != "https://mlot.fr" || got.Version != 2 || got.SIRET != "26460003200017" || !got.UpdatedAt.Equal(later) || got.Precision != app.AtCommune {
		t.Errorf("Organisation = %+v", got)
	}
	act := lastAct(t, d, app.OfOrganisation, "mission")
	if len(act.Changes) != 4 || act.Changes[0] != (app.Change{Field: "Nom", Before: "Mission locale du Lot", After: "Mission locale de l’Œuvre"}) {
		t.Errorf("audit: %+v", act)
	}
	if l, _ := d.Organisations(t.Context(), dbtest.Reader, db.OrganisationFilter{Query: "oeuvre"}, dbtest.Now); l.Count != 1 {
		t.Error("the new name does not find it")
	}
	for _, tt := range []struct {
		by   app.Viewer
		id   app.OrganisationID
		kind app.Kind
	}{
		{dbtest.Referent, dbtest.School, app.Forbidden},
		{dbtest.Colleague, dbtest.Mission, app.Forbidden},
		{dbtest.Reader, dbtest.Mission, app.Forbidden},
		{dbtest.Stranger, dbtest.Mission, app.NotFound},
		{dbtest.Coordinator, "inconnue", app.NotFound},
	} {
		wantKind(t, d.EditOrganisation(t.Context(), tt.by, app.Organisation{ID: tt.id, Name: "X", Category: "etat", Version: 1}, later), tt.kind)
	}
	wantKind(t, d.EditOrganisation(t.Context(), dbtest.Referent, app.Organisation{ID: dbtest.Mission, Version: 2}, later), app.Invalid)
	if got := organisation(t, d, dbtest.Reader, dbtest.Mission); got.Version != 2 {
		t.Error("a refused edition changed something")
	}
}

func TestSavingWithoutChangeNotesNothing(t *testing.T) {
	d := dbtest.New(t)
	o := organisation(t, d, dbtest.Referent, dbtest.Mission)
	if err := d.EditOrganisation(t.Context(), dbtest.Referent, o, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if got := organisation(t, d, dbtest.Referent, dbtest.Mission); got.Version != o.Version {
		t.Errorf("version %d, want %d", got.Version, o.Version)
	}
}

func TestOfTwoEditorsAtOnceOneIsTold(t *testing.T) {
	d := dbtest.New(t)
	o := organisation(t, d, dbtest.Coordinator, dbtest.Mission)
	var saved, told int
	var mu sync.Mutex
	var wait sync.WaitGroup
	for i, by := range []app.Viewer{dbtest.Coordinator, dbtest.Referent, dbtest.Admin, dbtest.Coordinator} {
		wait.Go(func() {
			mine := o
			mine.Description = fmt.Sprintf("Version de %s, %d", by.Name, i)
			err := d.EditOrganisation(t.Context(), by, mine, dbtest.Now)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				saved++
			case app.KindOf(err) == app.Conflict:
				told++
			default:
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if saved != 1 || told != 3 {
		t.Errorf("%d saved and %d told, want 1 and 3", saved, told)
	}
	if got := organisation(t, d, dbtest.Coordinator, dbtest.Mission); got.Version != o.Version+1 {
		t.Errorf("version %d, want %d", got.Version, o.Version+1)
	}
}

func TestArchivingAndRestoring(t *testing.T) {
	d := dbtest.New(t)
	wantKind(t, d.ArchiveOrganisation(t.Context(), dbtest.Referent, dbtest.Mission, dbtest.Now), app.Forbidden)
	wantKind(t, d.ArchiveOrganisation(t.Context(), dbtest.Stranger, dbtest.Mission, dbtest.Now), app.NotFound)
	if err := d.ArchiveOrganisation(t.Context(), dbtest.Coordinator, dbtest.Mission, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	wantKind(t, d.ArchiveOrganisation(t.Context(), dbtest.Coordinator, dbtest.Mission, dbtest.Now), app.Conflict)
	wantRows(t, d, db.OrganisationFilter{Archived: true}, "Ludothèque Œuf de Pâques", "Mission locale du Lot")
	if act := lastAct(t, d, app.OfOrganisation, "mission"); act.Act != "a archivé la structure" {
		t.Errorf("audit: %+v", act)
	}
	if err := d.RestoreOrganisation(t.Context(), dbtest.Coordinator, dbtest.Mission, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	wantKind(t, d.RestoreOrganisation(t.Context(), dbtest.Coordinator, dbtest.Mission, dbtest.Now), app.Conflict)
	wantRows(t, d, db.OrganisationFilter{Query: "mission"}, "Mission locale du Lot")
}

func wantRows(t testing.TB, d *db.DB, f db.OrganisationFilter, names ...string) {
	t.Helper()
	l, err := d.Organisations(t.Context(), dbtest.Reader, f, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	var got, exported []string
	for _, o := range l.Rows {
		got = append(got, o.Name)
	}
	if want := strings.Join(names, " | "); strings.Join(got, " | ") != want || l.Count != len(names) && f.After == "" {
		t.Errorf("%+v lists %d: %s\nwant %s", f, l.Count, strings.Join(got, " | "), want)
	}
	if f.After != "" {
		return
	}
	err = d.ExportOrganisations(t.Context(), dbtest.Reader, f, dbtest.Now, func(o app.Organisation) error {
		exported = append(exported, o.Name)
		return nil
	})
	if err != nil || strings.Join(exported, " | ") != strings.Join(got, " | ") && !l.More {
		t.Errorf("%+v exports %s (%v), want what is listed", f, strings.Join(exported, " | "), err)
	}
}

func TestAnExportThatBreaksStops(t *testing.T) {
	d := dbtest.New(t)
	broken := errors.New("broken pipe")
	err := d.ExportOrganisations(t.Context(), dbtest.Reader, db.OrganisationFilter{}, dbtest.Now, func(app.Organisation) error { return broken })
	if !errors.Is(err, broken) {
		t.Errorf("error %v, want the one of the writer", err)
	}
}
