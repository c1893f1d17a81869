package web_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
	"maillage/db/fill"
)

// BenchmarkWorkshopPages serves the lists of a territory of 300 structures and 60
// workshops, and the page of a workshop to which 60 people come.
func BenchmarkWorkshopPages(b *testing.B) {
	s := filledSite(b, fill.Size{Territories: 1, Structures: 300, Workshops: 60, People: 600})
	full, err := sixtyPeople(b, s.db)
	if err != nil {
		b.Fatal(err)
	}
	for _, tt := range [][2]string{
		{"to come", "/ateliers"},
		{"all", "/ateliers?quand=tous"},
		{"month", "/ateliers?vue=mois"},
		{"sixty people", "/ateliers/" + string(full)},
		{"form", "/ateliers/" + string(full) + "/modifier"},
	} {
		b.Run(tt[0], func(b *testing.B) {
			for b.Loop() {
				if w := s.get(tt[1]); w.Code != http.StatusOK {
					b.Fatalf("status %d", w.Code)
				}
			}
		})
	}
}

// sixtyPeople adds to d a workshop with 60 people, two of each structure.
func sixtyPeople(b *testing.B, d *db.DB) (app.WorkshopID, error) {
	b.Helper()
	territories, err := d.Territories(b.Context())
	if err != nil {
		return "", err
	}
	by := app.Viewer{Account: "a", Coordinates: []app.TerritoryID{territories[0].ID}, Territory: territories[0].ID}
	conventions, err := d.Conventions(b.Context(), by.Territory)
	if err != nil {
		return "", err
	}
	hosts, err := d.StructuresOf(b.Context(), by.Territory)
	if err != nil {
		return "", err
	}
	start := dbtest.Now.AddDate(0, 0, 10)
	w := app.Workshop{
		ID: "soixante", Territory: by.Territory, Convention: conventions[0].ID, Kind: "atelier", Title: "Soixante", Host: hosts[0].ID,
		StartsAt: start, EndsAt: start.Add(2 * time.Hour), Status: app.Published, CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now,
	}
	return w.ID, d.Load(b.Context(), func(l *db.Loader) error {
		if err := l.Workshop(w); err != nil {
			return err
		}
		for i := range 60 {
			id := fmt.Sprintf("soixante%02d", i)
			person := app.Person{ID: app.PersonID(id), FirstName: "Prénom", LastName: "Nom " + id, CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now}
			if err := l.Person(person); err != nil {
				return err
			}
			if err := l.Registration(app.Registration{
				ID: app.RegistrationID(id), Workshop: w.ID, Person: person.ID, Organisation: hosts[i/2].ID, Function: "Conseillère",
				State: app.Registered, CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now,
			}); err != nil {
				return err
			}
		}
		return nil
	})
}
