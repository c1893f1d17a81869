package db_test

import (
	"context"
	"slices"
	"sync"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

func seen(t *testing.T, d *db.DB, id app.OrganisationID) app.Organisation {
	t.Helper()
	o, err := d.Organisation(t.Context(), dbtest.Admin, id)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func actsOn(t *testing.T, d *db.DB, id app.OrganisationID) (all []string) {
	t.Helper()
	entries, err := d.History(t.Context(), app.OfOrganisation, string(id), 50)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		all = append(all, e.Actor+" "+e.Act)
	}
	return all
}

func TestAConfirmationSaysWhoAndWhenApartFromTheChange(t *testing.T) {
	d := dbtest.New(t)
	before := seen(t, d, dbtest.Mission)
	if !before.Verified.Never() || before.DueOn() != "" {
		t.Fatalf("loaded, it is confirmed: %+v", before.Verified)
	}
	if err := d.ConfirmOrganisation(t.Context(), dbtest.Referent, dbtest.Mission, before.Version, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	o := seen(t, d, dbtest.Mission)
	want := app.Verification{At: dbtest.Now, By: dbtest.Referent.Account, Name: "Bruno Delmas", Means: app.ByRecord}
	if o.Verified != want || o.DueOn() != "2027-03-02" {
		t.Errorf("confirmed %+v, again on %s; want %+v, 2027-03-02", o.Verified, o.DueOn(), want)
	}
	if !o.UpdatedAt.Equal(before.UpdatedAt) || o.Version != before.Version {
		t.Errorf("confirming changed it: %v, version %d; want %v, %d", o.UpdatedAt, o.Version, before.UpdatedAt, before.Version)
	}
	if got := actsOn(t, d, dbtest.Mission); !slices.Equal(got, []string{"Bruno Delmas a confirmé que la fiche est juste"}) {
		t.Errorf("its history: %q", got)
	}
}

func TestWhoMayNotEditDoesNotConfirm(t *testing.T) {
	d := dbtest.New(t)
	for name, tt := range map[string]struct {
		by   app.Viewer
		id   app.OrganisationID
		want app.Kind
	}{
		"a colleague":              {dbtest.Colleague, dbtest.Mission, app.Forbidden},
		"a reader":                 {dbtest.Reader, dbtest.Mission, app.Forbidden},
		"another's référent·e":     {dbtest.Referent, dbtest.School, app.Forbidden},
		"who may not see it":       {dbtest.Stranger, dbtest.Mission, app.NotFound},
		"what is put aside":        {dbtest.Coordinator, dbtest.Closed, app.Conflict},
		"who coordinates children": {dbtest.Limited, dbtest.Mission, app.Forbidden},
	} {
		if err := d.ConfirmOrganisation(t.Context(), tt.by, tt.id, 1, dbtest.Now); err == nil || app.KindOf(err) != tt.want {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
		if o := seen(t, d, tt.id); !o.Verified.Never() {
			t.Errorf("%s: it is confirmed all the same", name)
		}
	}
}

func TestWhatChangedSinceItWasSeenIsNotConfirmed(t *testing.T) {
	d := dbtest.New(t)
	o := seen(t, d, dbtest.Mission)
	stale := o.Version
	o.Phone = "05 65 11 11 11"
	if err := d.EditOrganisation(t.Context(), dbtest.Coordinator, o, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.ConfirmOrganisation(t.Context(), dbtest.Referent, dbtest.Mission, stale, dbtest.Now); app.KindOf(err) != app.Conflict {
		t.Errorf("confirmed as it was before: %v, want a conflict", err)
	}
	if !seen(t, d, dbtest.Mission).Verified.Never() {
		t.Error("a change, or a stale tap, counts as a confirmation")
	}
}

func TestSavingConfirmsOnlyWhenAsked(t *testing.T) {
	d := dbtest.New(t)
	o := seen(t, d, dbtest.Mission)
	if err := d.EditAndConfirm(t.Context(), dbtest.Referent, o, dbtest.Now); err != nil { // nothing to change, and right
		t.Fatal(err)
	}
	if got := seen(t, d, dbtest.Mission); got.Verified.By != dbtest.Referent.Account || got.Version != o.Version {
		t.Errorf("saved as right: %+v, version %d", got.Verified, got.Version)
	}
	o.Phone = "05 65 22 22 22"
	later := dbtest.Now.AddDate(0, 2, 0)
	if err := d.EditAndConfirm(t.Context(), dbtest.Coordinator, o, later); err != nil {
		t.Fatal(err)
	}
	got := seen(t, d, dbtest.Mission)
	if got.Phone != o.Phone || !got.Verified.At.Equal(later) || got.Verified.By != dbtest.Coordinator.Account || !got.UpdatedAt.Equal(later) {
		t.Errorf("saved with a change, as right: %q, %+v", got.Phone, got.Verified)
	}
}

func TestTwoTapsAtOnceConfirmOnce(t *testing.T) {
	d := dbtest.New(t)
	var taps sync.WaitGroup
	for range 6 {
		taps.Go(func() {
			if err := d.ConfirmOrganisation(context.Background(), dbtest.Referent, dbtest.Mission, 1, dbtest.Now); err != nil {
				t.Error(err)
			}
		})
	}
	taps.Wait()
	if got := actsOn(t, d, dbtest.Mission); len(got) != 1 {
		t.Errorf("noted %d times: %q", len(got), got)
	}
}

func TestTheRhythmMovesTheNextDay(t *testing.T) {
	d := dbtest.New(t)
	if err := d.ConfirmOrganisation(t.Context(), dbtest.Referent, dbtest.Mission, 1, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.SetRhythm(t.Context(), dbtest.Coordinator, dbtest.Mission, 3, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if got := seen(t, d, dbtest.Mission).DueOn(); got != "2026-06-02" {
		t.Errorf("every three months: again on %s, want 2026-06-02", got)
	}
	for name, tt := range map[string]struct {
		by   app.Viewer
		to   app.Rhythm
		want app.Kind
	}{
		"its référent·e":   {dbtest.Referent, 12, app.Forbidden},
		"a rhythm of ours": {dbtest.Coordinator, 5, app.Invalid},
	} {
		if err := d.SetRhythm(t.Context(), tt.by, dbtest.Mission, tt.to, dbtest.Now); err == nil || app.KindOf(err) != tt.want {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
}

func TestTheDirectoryByFreshness(t *testing.T) {
	d := dbtest.New(t)
	confirm := func(id app.OrganisationID, ago int) {
		t.Helper()
		if err := d.ConfirmOrganisation(t.Context(), dbtest.Coordinator, id, 1, dbtest.Now.AddDate(0, -ago, 0)); err != nil {
			t.Fatal(err)
		}
	}
	confirm(dbtest.Mission, 1)
	confirm(dbtest.School, 12)
	confirm(dbtest.CAF, 20)
	for _, tt := range []struct {
		name  string
		f     db.OrganisationFilter
		names []string
	}{
		{"to be confirmed", db.OrganisationFilter{Freshness: app.Due}, []string{caf, cc, school}},
		{"late", db.OrganisationFilter{Freshness: app.Late}, []string{caf}},
		{"never", db.OrganisationFilter{Freshness: app.NeverSaid}, []string{cc}},
		{"fresh", db.OrganisationFilter{Freshness: app.Fresh}, []string{mission}},
		{"in the order of the days", db.OrganisationFilter{Sort: db.ByDue}, []string{cc, caf, school, mission}},
		{"late, in that order", db.OrganisationFilter{Sort: db.ByDue, Freshness: app.Due}, []string{cc, caf, school}},
		{"after one", db.OrganisationFilter{Sort: db.ByDue, After: dbtest.CAF}, []string{school, mission}},
		{"never, with a word", db.OrganisationFilter{Freshness: app.NeverSaid, Query: "communaute"}, []string{cc}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l, err := d.Organisations(t.Context(), dbtest.Coordinator, tt.f, dbtest.Now)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, o := range l.Rows {
				names = append(names, o.Name)
			}
			if !slices.Equal(names, tt.names) {
				t.Errorf("got %q, want %q", names, tt.names)
			}
		})
	}
}

func TestAnImportConfirmsNothingAndUndoingItKeepsWhatWasConfirmed(t *testing.T) {
	d := dbtest.New(t)
	now := dbtest.Now
	id := brought(t, d, previewed(t, d, dropped(t, d, dbtest.Coordinator, "Nom;Commune", "Toute neuve;Gramat", "Autre neuve;Souillac"), nil)).ID
	added, err := d.Organisations(t.Context(), dbtest.Coordinator, db.OrganisationFilter{Query: "neuve"}, now)
	if err != nil || len(added.Rows) != 2 {
		t.Fatalf("imported %+v, %v", added.Rows, err)
	}
	for _, o := range added.Rows {
		if !o.VerifiedAt.IsZero() {
			t.Errorf("%q was imported and counts as confirmed", o.Name)
		}
	}
	if err := d.ConfirmOrganisation(t.Context(), dbtest.Coordinator, added.Rows[0].ID, 1, now); err != nil {
		t.Fatal(err)
	}
	if err := d.UndoImport(t.Context(), dbtest.Coordinator, id, now); err != nil {
		t.Fatal(err)
	}
	left, err := d.Organisations(t.Context(), dbtest.Coordinator, db.OrganisationFilter{Query: "neuve"}, now)
	if err != nil || len(left.Rows) != 1 || left.Rows[0].ID != added.Rows[0].ID {
		t.Errorf("once undone there is %+v, %v; want the one that was confirmed", left.Rows, err)
	}
}
