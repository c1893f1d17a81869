package db_test

import (
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// BenchmarkFreshness reads what the page of the freshness of a directory shows, whom a
// campaign to a theme is to be written to, and those of which an answer is awaited.
func BenchmarkFreshness(b *testing.B) {
	for name, n := range map[string]int{"300": 300, "100000": 100_000} {
		d, by := territoryOf(b, n)
		by.Coordinates = by.Reads
		b.Run(name+"/overview", func(b *testing.B) {
			for b.Loop() {
				if _, err := d.FreshnessOverview(b.Context(), by, dbtest.Now); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/whom to write to", func(b *testing.B) {
			for b.Loop() {
				if _, err := d.CampaignChoice(b.Context(), by, db.OrganisationFilter{Theme: "autonomie", Freshness: app.Due}, dbtest.Now); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/awaited", func(b *testing.B) {
			for b.Loop() {
				if _, err := d.Organisations(b.Context(), by, db.OrganisationFilter{Asked: app.InquirySent}, dbtest.Now); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
