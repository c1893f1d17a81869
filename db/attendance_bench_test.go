package db_test

import (
	"fmt"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// crowd loads n people of the Mission locale registered for a workshop without limit.
func crowd(t testing.TB, d *db.DB, n int) (app.WorkshopID, []app.RegistrationID) {
	t.Helper()
	id := uninvited(t, d, 0)
	var all []app.RegistrationID
	err := d.Load(t.Context(), func(l *db.Loader) error {
		for i := range n {
			p := app.Person{ID: app.PersonID(fmt.Sprint("foule", i)), FirstName: "Camille", LastName: fmt.Sprintf("Foule %03d", i), CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now}
			at := app.Position{ID: app.PositionID(fmt.Sprint("foule", i)), Person: p.ID, Organisation: dbtest.Mission, Function: "Conseil", Since: "2025-01-01"}
			if err := l.Person(p, at); err != nil {
				return err
			}
			r := app.Registration{ID: app.RegistrationID(fmt.Sprint("foule", i)), Workshop: id, Person: p.ID, Organisation: dbtest.Mission, State: app.Registered, CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now}
			if err := l.Registration(r); err != nil {
				return err
			}
			all = append(all, r.ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return id, all
}

// A thumb ticks, then unticks, one of sixty people.
func BenchmarkCheckIn(b *testing.B) {
	d := dbtest.New(b)
	id, all := crowd(b, d, 60)
	at := dbtest.Now.AddDate(0, 0, 3)
	for i := 0; b.Loop(); i++ {
		r := all[i/2%len(all)]
		do := d.CheckIn
		if i%2 == 1 {
			do = d.UndoCheckIn
		}
		if _, err := do(b.Context(), dbtest.Coordinator, id, r, at.Add(time.Duration(i)*time.Second)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDoorOfSixtyPeople(b *testing.B) {
	d := dbtest.New(b)
	id, _ := crowd(b, d, 60)
	for b.Loop() {
		if door, err := d.Door(b.Context(), dbtest.Coordinator, id); err != nil || len(door.Arrivals) != 60 {
			b.Fatalf("%d people, %v", len(door.Arrivals), err)
		}
	}
}
