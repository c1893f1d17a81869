package db_test

import (
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

func convention(t *testing.T, d *db.DB, id app.ConventionID) app.Convention {
	t.Helper()
	v, err := d.Convention(t.Context(), dbtest.Coordinator, id)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestAConventionIsEditedWithItsParts(t *testing.T) {
	d := dbtest.New(t)
	v := convention(t, d, dbtest.CTG)
	v.Name, v.SignedOn = "CTG d’Ici", "2026-02-01"
	v.Axes = []app.Axis{{ID: "neuf", Title: "Mobilité"}, v.Axes[0]}
	v.Phases = []app.Phase{{ID: "prepa", Name: "Préparation", StartsOn: "2025-10-01"}, v.Phases[0]}
	if err := d.EditConvention(t.Context(), dbtest.Coordinator, v, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	got := convention(t, d, dbtest.CTG)
	if got.Name != "CTG d’Ici" || got.SignedOn != "2026-02-01" || got.Version != 2 {
		t.Errorf("convention = %+v", got)
	}
	if len(got.Axes) != 2 || got.Axes[0] != (app.Axis{ID: "neuf", Number: 1, Title: "Mobilité"}) || got.Axes[1].ID != dbtest.Axis1 || got.Axes[1].Number != 2 {
		t.Errorf("axes = %v, want the new one, then the first", got.Axes)
	}
	if len(got.Phases) != 2 || got.Phases[0].ID != "prepa" || got.Phases[1].ID != dbtest.Phase1 {
		t.Errorf("phases = %v, want the new one, then the diagnostic", got.Phases)
	}
	entries, err := d.History(t.Context(), app.OfConvention, string(dbtest.CTG), 10)
	if err != nil || len(entries) != 1 || entries[0].Act != "a modifié la convention" || entries[0].Actor != "Claire Bonnet" {
		t.Fatalf("history = %+v, %v", entries, err)
	}
	if got := entries[0].Changes[0]; got != (app.Change{Field: "Nom", Before: "CTG 2026–2029", After: "CTG d’Ici"}) {
		t.Errorf("first change = %+v", got)
	}
	if err := d.EditConvention(t.Context(), dbtest.Coordinator, got, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if again := convention(t, d, dbtest.CTG); again.Version != 2 {
		t.Errorf("version %d after a save that changes nothing, want still 2", again.Version)
	}
}

func TestAConventionIsNotEditedWhenItMayNotBe(t *testing.T) {
	for _, tt := range []struct {
		name  string
		by    app.Viewer
		spoil func(*app.Convention)
		kind  app.Kind
		field string
	}{
		{"by a reader", dbtest.Reader, func(*app.Convention) {}, app.Forbidden, ""},
		{"by a référent·e", dbtest.Referent, func(*app.Convention) {}, app.Forbidden, ""},
		{"from elsewhere", dbtest.Stranger, func(*app.Convention) {}, app.NotFound, ""},
		{"that does not exist", dbtest.Coordinator, func(v *app.Convention) { v.ID = "inconnue" }, app.NotFound, ""},
		{"changed since", dbtest.Coordinator, func(v *app.Convention) { v.Version = 7 }, app.Conflict, ""},
		{"ending before it begins", dbtest.Coordinator, func(v *app.Convention) { v.EndsOn = "2025-01-01" }, app.Invalid, "fin"},
		{"without an axis that has workshops", dbtest.Coordinator, func(v *app.Convention) { v.Axes = v.Axes[1:] }, app.Conflict, "axe-axe1"},
		{"without a phase that has workshops", dbtest.Coordinator, func(v *app.Convention) { v.Phases = v.Phases[1:] }, app.Conflict, "phase-phase1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := dbtest.New(t)
			v := convention(t, d, dbtest.CTG)
			v.Name = "Renommée"
			tt.spoil(&v)
			err := d.EditConvention(t.Context(), tt.by, v, dbtest.Now)
			if app.KindOf(err) != tt.kind {
				t.Fatalf("error %v, want kind %d", err, tt.kind)
			}
			if _, said := app.FieldsOf(err)[tt.field]; said != (tt.field != "") {
				t.Errorf("fields = %v, want %q", app.FieldsOf(err), tt.field)
			}
			if after := convention(t, d, dbtest.CTG); after.Name != "CTG 2026–2029" || len(after.Axes) != 2 || len(after.Phases) != 2 || after.Version != 1 {
				t.Errorf("convention = %+v, want it as it was", after)
			}
		})
	}
}

func TestOfTwoWhoSaveAtOnceOneIsToldSo(t *testing.T) {
	d := dbtest.New(t)
	v := convention(t, d, dbtest.CTG)
	errs := make(chan error, 2)
	for _, name := range []string{"La mienne", "La tienne"} {
		go func() {
			mine := v
			mine.Name = name
			errs <- d.EditConvention(t.Context(), dbtest.Coordinator, mine, dbtest.Now)
		}()
	}
	a, b := <-errs, <-errs
	if (a == nil) == (b == nil) || app.KindOf(a) != app.Conflict && app.KindOf(b) != app.Conflict {
		t.Errorf("errors %v and %v, want one save and one conflict", a, b)
	}
}

func TestTheNextConventionIsCreatedWholeAndOnce(t *testing.T) {
	d := dbtest.New(t)
	next := convention(t, d, dbtest.CTG).Next()
	next.ID, next.Name, next.EndsOn = "suivante", "CTG 2030–2034", "2034-12-31"
	for name, tt := range map[string]struct {
		by   app.Viewer
		kind app.Kind
	}{"a reader": {dbtest.Reader, app.Forbidden}, "elsewhere": {dbtest.Stranger, app.NotFound}} {
		if err := d.CreateConvention(t.Context(), tt.by, next, dbtest.Now); app.KindOf(err) != tt.kind {
			t.Errorf("%s: %v, want kind %d", name, err, tt.kind)
		}
	}
	if err := d.CreateConvention(t.Context(), dbtest.Coordinator, next, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.CreateConvention(t.Context(), dbtest.Coordinator, next, dbtest.Now.Add(time.Second)); app.KindOf(err) != app.Conflict {
		t.Errorf("sent twice: %v, want a conflict", err)
	}
	got := convention(t, d, "suivante")
	if got.StartsOn != "2030-01-01" || len(got.Phases) != len(app.PhaseNames) || len(got.Axes) != 2 || got.Invented {
		t.Errorf("convention = %+v", got)
	}
	all, err := d.Conventions(t.Context(), dbtest.Cauvaldor)
	if err != nil || len(all) != 2 || all[0].ID != "suivante" {
		t.Errorf("conventions = %v, %v; want the new one first", all, err)
	}
	next.Name = ""
	if err := d.CreateConvention(t.Context(), dbtest.Coordinator, next, dbtest.Now); app.FieldsOf(err)["nom"] == "" {
		t.Errorf("without name: %v", err)
	}
}
