package db_test

import (
	"fmt"
	"strings"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
	"maillage/db/fill"
)

// BenchmarkWorkshops reads one page of the list of workshops with its count, as the page does.
func BenchmarkWorkshops(b *testing.B) {
	for _, n := range []int{100, 2_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			d := dbtest.Empty(b)
			opened, err := fill.Load(b.Context(), d, fill.Size{Structures: 100, People: 300, Workshops: n, Territories: 1}, dbtest.Now)
			if err != nil {
				b.Fatal(err)
			}
			by := app.Viewer{Account: "a", Reads: opened, Territory: opened[0]}
			all, err := d.Workshops(b.Context(), by, db.Agenda{}, 1, dbtest.Now)
			if err != nil || len(all) == 0 {
				b.Fatalf("%d workshops, %v", len(all), err)
			}
			word := strings.Fields(app.Fold(all[0].Workshop.Title))[0]
			for _, tt := range []struct {
				name string
				a    db.Agenda
			}{
				{"to come", db.Agenda{Coming: true}},
				{"past", db.Agenda{Past: true}},
				{"all", db.Agenda{}},
				{"kind", db.Agenda{Kind: "copil", Past: true}},
				{"axis", db.Agenda{Axis: all[0].Workshop.Axis, Past: true}},
				{"word", db.Agenda{Query: word, Past: true}},
				{"nothing", db.Agenda{Query: "introuvable", Past: true}},
			} {
				b.Run(tt.name, func(b *testing.B) {
					for b.Loop() {
						if _, err := d.Workshops(b.Context(), by, tt.a, 41, dbtest.Now); err != nil {
							b.Fatal(err)
						}
						if _, err := d.CountWorkshops(b.Context(), by, tt.a, dbtest.Now); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		})
	}
}

// BenchmarkGathering reads the page of a workshop with 60 people of 30 structures.
func BenchmarkGathering(b *testing.B) {
	d := dbtest.New(b)
	err := d.Load(b.Context(), func(l *db.Loader) error {
		for i := range 30 {
			o := app.OrganisationID(fmt.Sprintf("structure%02d", i))
			if err := l.Organisation(app.Organisation{
				ID: o, Name: fmt.Sprintf("Structure %d", i), Category: "education", Territories: []app.TerritoryID{dbtest.Cauvaldor},
				CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now,
			}); err != nil {
				return err
			}
			for j := range 2 {
				p := app.PersonID(fmt.Sprintf("personne%02d%d", i, j))
				if err := l.Person(app.Person{ID: p, FirstName: "Prénom", LastName: fmt.Sprintf("Nom %d", i), CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now},
					app.Position{ID: app.PositionID("poste-" + p), Person: p, Organisation: o, Function: "Conseillère"}); err != nil {
					return err
				}
				if err := l.Registration(app.Registration{
					ID: app.RegistrationID("inscription-" + p), Workshop: dbtest.Soon, Person: p, Organisation: o, Function: "Conseillère",
					State: app.Registered, CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now,
				}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		g, err := d.Gathering(b.Context(), dbtest.Referent, dbtest.Soon)
		if err != nil || len(g.Structures) != 30 {
			b.Fatalf("%d structures, %v", len(g.Structures), err)
		}
	}
}
