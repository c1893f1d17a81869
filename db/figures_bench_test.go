package db_test

import (
	"fmt"
	"testing"

	"maillage/app"
	"maillage/db/dbtest"
	"maillage/db/fill"
)

// BenchmarkGathered reads what the page of a convention shows, of a convention that
// holds all the workshops there are.
func BenchmarkGathered(b *testing.B) {
	for _, n := range []int{60, 300} {
		d := dbtest.Empty(b)
		opened, err := fill.Load(b.Context(), d, fill.Size{Structures: 300, People: 600, Workshops: n, Territories: 1}, dbtest.Now)
		if err != nil {
			b.Fatal(err)
		}
		conventions, err := d.Conventions(b.Context(), opened[0])
		if err != nil || len(conventions) == 0 {
			b.Fatalf("%d conventions, %v", len(conventions), err)
		}
		by := app.Viewer{Account: "a", Reads: opened, Territory: opened[0]}
		b.Run(fmt.Sprintf("figures of %d workshops", n), func(b *testing.B) {
			for b.Loop() {
				if g, err := d.Gathered(b.Context(), conventions[0].ID, dbtest.Now); err != nil || g.All.Participants == 0 {
					b.Fatalf("%+v, %v", g, err)
				}
			}
		})
		b.Run(fmt.Sprintf("list of %d workshops", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := d.Meetings(b.Context(), by, conventions[0]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
