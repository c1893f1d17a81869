package db_test

import (
	"fmt"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// BenchmarkServices reads one page of 50 services with its count, three to a structure.
func BenchmarkServices(b *testing.B) {
	for name, n := range map[string]int{"300": 300, "100000": 100_000} {
		d, by := territoryOf(b, n)
		err := d.Load(b.Context(), func(l *db.Loader) error {
			i := 0
			return d.ExportOrganisations(b.Context(), by, db.OrganisationFilter{}, dbtest.Now, func(o app.Organisation) error {
				for range 3 {
					s := app.Service{
						ID: app.NewOrderedID[app.ServiceID](dbtest.Now), Organisation: o.ID, Name: fmt.Sprintf("Service %d", i), Kind: app.ServiceKinds[i%12].Key,
						Themes: []app.Theme{app.Themes[i%15].Key}, Publics: []app.Public{app.Publics[i%14+1].Key}, UpdatedAt: dbtest.Now,
					}
					if i++; i%20 == 0 {
						s.Publics = []app.Public{"tous"}
					}
					if err := l.Service(s); err != nil {
						return err
					}
				}
				return nil
			})
		})
		if err != nil {
			b.Fatal(err)
		}
		communes, err := d.Communes(b.Context(), by.Territory)
		if err != nil {
			b.Fatal(err)
		}
		for of, f := range map[string]db.Offer{
			"all":                    {},
			"theme":                  {Theme: "parentalite"},
			"three filters":          {Theme: "parentalite", Public: "parents", Kind: "activite"},
			"theme at a commune":     {Theme: "parentalite", Commune: communes[9].Code},
			"word at a commune":      {Query: "parentalite", Commune: communes[9].Code},
			"a word that many bear":  {Query: "parentalite"},
			"two words":              {Query: "parentalite adolescents"},
			"the name of one":        {Query: "service 4242"},
			"a word that nobody has": {Query: "introuvable"},
		} {
			b.Run(name+"/"+of, func(b *testing.B) {
				for b.Loop() {
					if _, err := d.Services(b.Context(), by, f); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
