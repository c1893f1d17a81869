package fill_test

import (
	"reflect"
	"testing"

	"maillage/app"
	"maillage/app/network"
	"maillage/db"
	"maillage/db/dbtest"
	"maillage/db/demo"
	"maillage/db/fill"
)

// A figure is what one convention and its territory show.
type figure struct {
	gathered app.Gathered
	network  network.Attendance
}

// figures returns what every convention of every territory shows, in a year.
func figures(t *testing.T, d *db.DB) map[app.ConventionID]figure {
	t.Helper()
	territories, err := d.Territories(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	all := map[app.ConventionID]figure{}
	for _, territory := range territories {
		conventions, err := d.Conventions(t.Context(), territory.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range conventions {
			g, err := d.Gathered(t.Context(), v.ID, now.AddDate(1, 0, 0))
			if err != nil {
				t.Fatal(err)
			}
			a, err := d.Attendance(t.Context(), territory.ID)
			if err != nil {
				t.Fatal(err)
			}
			all[v.ID] = figure{g, a}
		}
	}
	return all
}

// administrator returns who administers d.
func administrator(t *testing.T, d *db.DB) app.Viewer {
	t.Helper()
	v := app.Viewer{Account: "a", Administrator: true}
	found, _, err := d.Accounts(t.Context(), v, db.AccountFilter{Role: app.Administrator}, 1)
	if err != nil || len(found) != 1 {
		t.Fatalf("administrators = %v, %v; want one", found, err)
	}
	v.Account, v.Person = found[0].ID, found[0].Person
	return v
}

// oneInThree returns people who were registered somewhere.
func oneInThree(t *testing.T, d *db.DB, by app.Viewer) (ids []app.PersonID) {
	t.Helper()
	people, err := d.Holders(t.Context(), by, "", dbtest.Now, 90)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(people); i += 3 {
		ids = append(ids, people[i].ID)
	}
	return ids
}

func TestErasingPeopleChangesNoFigure(t *testing.T) {
	for name, load := range map[string]func(*db.DB) error{
		"of the demonstration": func(d *db.DB) error { return demo.Load(t.Context(), d, "Maillage-demo-2026!", now) },
		"of generated data": func(d *db.DB) error {
			_, err := fill.Load(t.Context(), d, fill.Size{Structures: 650, Workshops: 60, People: 400, PasswordHash: dbtest.PasswordHash}, now)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.Empty(t)
			if err := load(d); err != nil {
				t.Fatal(err)
			}
			before, by := figures(t, d), administrator(t, d)
			done := 0
			for _, id := range oneInThree(t, d, by) {
				err := d.ErasePerson(t.Context(), by, id, func(app.Notice) app.Mail { return app.Mail{Subject: "s"} }, now)
				if err != nil && app.KindOf(err) != app.Conflict {
					t.Fatal(err)
				}
				if err == nil {
					done++
				}
			}
			after := figures(t, d)
			if done < 20 || len(before) == 0 || !reflect.DeepEqual(before, after) {
				t.Errorf("%d people erased, figures of %d conventions, the same: %v; want many, some, true", done, len(before), reflect.DeepEqual(before, after))
			}
		})
	}
}
