package db_test

import (
	"fmt"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// BenchmarkNoteRead is what a trace adds to a page, for a page of one person and for a list
// of fifty: at the first look of a quarter of an hour, and at the next ones.
func BenchmarkNoteRead(b *testing.B) {
	d := dbtest.New(b)
	var people []app.PersonID
	err := d.Load(b.Context(), func(l *db.Loader) error {
		for i := range 50 {
			p := app.Person{ID: app.PersonID(fmt.Sprintf("p%02d", i)), LastName: "Martin", CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now}
			people = append(people, p.ID)
			if err := l.Person(p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	now := dbtest.Now
	for _, step := range []time.Duration{app.ReadsTogether, 0} {
		for _, n := range []int{1, 50} {
			b.Run(fmt.Sprintf("after=%v/people=%d", step, n), func(b *testing.B) {
				for b.Loop() {
					now = now.Add(step)
					if err := d.NoteRead(b.Context(), dbtest.Coordinator, app.Read{Kind: app.SawAttendance}, people[:n], now); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
