package db_test

import (
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
	"maillage/db/fill"
)

// territoryOf returns a database with n structures in one territory, and somebody who may
// see it.
func territoryOf(b *testing.B, n int) (*db.DB, app.Viewer) {
	b.Helper()
	d := dbtest.Empty(b)
	opened, err := fill.Load(b.Context(), d, fill.Size{Structures: n, People: n, Territories: 1}, dbtest.Now)
	if err != nil {
		b.Fatal(err)
	}
	return d, app.Viewer{Account: "a", Reads: opened, Territory: opened[0]}
}

// BenchmarkDirectory reads one page of 50 structures with its count.
func BenchmarkDirectory(b *testing.B) {
	for _, size := range []struct {
		name string
		n    int
	}{{"300", 300}, {"100000", 100_000}} {
		b.Run(size.name, func(b *testing.B) {
			d, by := territoryOf(b, size.n)
			communes, err := d.Communes(b.Context(), by.Territory)
			if err != nil {
				b.Fatal(err)
			}
			for _, f := range []struct {
				name string
				db.OrganisationFilter
			}{
				{"list", db.OrganisationFilter{}},
				{"by commune", db.OrganisationFilter{Sort: db.ByCommune}},
				{"by category", db.OrganisationFilter{Sort: db.ByCategory}},
				{"last changed", db.OrganisationFilter{Sort: db.ByRecent}},
				{"as they are to be confirmed", db.OrganisationFilter{Sort: db.ByDue}},
				{"never confirmed", db.OrganisationFilter{Freshness: app.NeverSaid}},
				{"to be confirmed", db.OrganisationFilter{Freshness: app.Due, Sort: db.ByDue}},
				{"late, by commune", db.OrganisationFilter{Sort: db.ByCommune, Freshness: app.Late}},
				{"fresh, of a category, with a theme", db.OrganisationFilter{Category: "logement", Theme: "logement", Freshness: app.Fresh}},
				{"fresh", db.OrganisationFilter{Freshness: app.Fresh}},
				{"category", db.OrganisationFilter{Category: "logement"}},
				{"commune", db.OrganisationFilter{Commune: communes[9].Code}},
				{"theme", db.OrganisationFilter{Theme: "autonomie"}},
				{"search m", db.OrganisationFilter{Query: "m"}},
				{"search mairie", db.OrganisationFilter{Query: "mairie"}},
				{"search marie curie mairie", db.OrganisationFilter{Query: "marie curie mairie"}},
				{"search " + communes[9].Name, db.OrganisationFilter{Query: communes[9].Name}},
				{"search nothing", db.OrganisationFilter{Query: "introuvable"}},
			} {
				b.Run(f.name, func(b *testing.B) {
					for b.Loop() {
						if _, err := d.Organisations(b.Context(), by, f.OrganisationFilter, dbtest.Now); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		})
	}
}
