package db_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// meet writes workshops that are over, and who came to each in which state.
func meet(t *testing.T, d *db.DB, workshops []app.Workshop, registrations ...app.Registration) {
	t.Helper()
	err := d.Load(t.Context(), func(l *db.Loader) error {
		for _, w := range workshops {
			w.Territory, w.Convention, w.Kind, w.CreatedAt, w.UpdatedAt = dbtest.Cauvaldor, dbtest.CTG, "atelier", dbtest.Now, dbtest.Now
			if w.StartsAt.IsZero() {
				w.StartsAt = dbtest.Now.Add(-48 * time.Hour)
			}
			w.Title, w.EndsAt = string(w.ID), w.StartsAt.Add(2*time.Hour)
			if err := l.Workshop(w); err != nil {
				return err
			}
		}
		for _, r := range registrations {
			r.ID, r.CreatedAt, r.UpdatedAt = app.NewID[app.RegistrationID](), dbtest.Now, dbtest.Now
			if err := l.Registration(r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestGatheredCountsEachPersonAndEachStructureOnce(t *testing.T) {
	d := dbtest.New(t)
	meet(t, d, []app.Workshop{
		{ID: "second", Phase: dbtest.Phase1, Axis: dbtest.Axis2, Status: app.Published},
		{ID: "sans", Status: app.Published},
		{ID: "vide", Phase: dbtest.Phase2, Status: app.Published},
		{ID: "annule", Phase: dbtest.Phase1, Status: app.Cancelled},
		{ID: "encours", Phase: dbtest.Phase1, Status: app.Published, StartsAt: dbtest.Now.Add(-time.Hour)},
	},
		app.Registration{Workshop: "second", Person: dbtest.Referent.Person, Organisation: dbtest.Mission, State: app.Present}, // came two months ago too
		app.Registration{Workshop: "second", Person: dbtest.Colleague.Person, Organisation: dbtest.Mission, State: app.Present},
		app.Registration{Workshop: "second", Person: dbtest.Reader.Person, Organisation: dbtest.CAF, State: app.Represented},
		app.Registration{Workshop: "second", Person: dbtest.Admin.Person, Organisation: dbtest.CAF, State: app.Present}, // instead of Paul
		app.Registration{Workshop: "sans", Person: dbtest.Stranger.Person, State: app.Present},                          // for nobody
		app.Registration{Workshop: "sans", Person: dbtest.Ines, Organisation: dbtest.School, State: app.Excused},
		app.Registration{Workshop: "vide", Person: dbtest.Ines, Organisation: dbtest.School, State: app.Registered},
		app.Registration{Workshop: "annule", Person: dbtest.Ines, Organisation: dbtest.School, State: app.Present},
		app.Registration{Workshop: "encours", Person: dbtest.Ines, Organisation: dbtest.School, State: app.Present},
	)
	g, err := d.Gathered(t.Context(), dbtest.CTG, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	three := []app.CategoryCount{{Category: "collectivite", Organisations: 1}, {Category: "securite-sociale", Organisations: 1}, {Category: "emploi", Organisations: 1}}
	want := app.Gathered{
		All: app.Figures{Workshops: 4, Participants: 5, Organisations: 3, Categories: three},
		Phases: map[app.PhaseID]app.Figures{
			dbtest.Phase1: {Workshops: 2, Participants: 4, Organisations: 3, Categories: three},
			dbtest.Phase2: {Workshops: 1},
			"":            {Workshops: 1, Participants: 1},
		},
		Axes: map[app.AxisID]app.Figures{
			dbtest.Axis1: {Workshops: 1, Participants: 2, Organisations: 2, Categories: []app.CategoryCount{three[0], three[2]}},
			dbtest.Axis2: {Workshops: 1, Participants: 3, Organisations: 2, Categories: three[1:]},
			"":           {Workshops: 2, Participants: 1},
		},
	}
	same := func(a, b app.Figures) bool {
		return a.Workshops == b.Workshops && a.Participants == b.Participants && a.Organisations == b.Organisations && slices.Equal(a.Categories, b.Categories)
	}
	if !same(g.All, want.All) || !maps.EqualFunc(g.Phases, want.Phases, same) || !maps.EqualFunc(g.Axes, want.Axes, same) {
		t.Errorf("gathered = %+v\nwant %+v", g, want)
	}
}

func TestNothingHeldGathersNothing(t *testing.T) {
	g, err := dbtest.New(t).Gathered(t.Context(), dbtest.CTG, dbtest.Now.AddDate(-1, 0, 0))
	if err != nil || g.All.Workshops != 0 || g.All.Participants != 0 || len(g.All.Categories) != 0 || len(g.Phases) != 0 {
		t.Errorf("gathered = %+v, %v; want nothing", g, err)
	}
}

func TestDraftsAreMeetingsForTheCoordinationOnly(t *testing.T) {
	d := dbtest.New(t)
	convention := app.Convention{ID: dbtest.CTG, Territory: dbtest.Cauvaldor}
	for viewer, want := range map[*app.Viewer][]app.WorkshopID{
		&dbtest.Coordinator: {dbtest.Past, dbtest.Soon, dbtest.Unwritten},
		&dbtest.Reader:      {dbtest.Past, dbtest.Soon},
	} {
		meetings, err := d.Meetings(t.Context(), *viewer, convention)
		if err != nil {
			t.Fatal(err)
		}
		var got []app.WorkshopID
		for _, m := range meetings {
			got = append(got, m.ID)
		}
		if !slices.Equal(got, want) || meetings[0].Present != 2 {
			t.Errorf("%s sees %v with %d present at the first, want %v with 2", viewer.Name, got, meetings[0].Present, want)
		}
	}
}
