package atlas

import (
	"slices"
	"testing"

	"maillage/app"
)

func TestOnlyWhatHasAnAddressGetsAMarkOfItsOwn(t *testing.T) {
	here := commune("46128", west)
	here.Point = app.Point{Latitude: 44.8, Longitude: 1.5}
	a, err := Draw([]Commune{here})
	if err != nil {
		t.Fatal(err)
	}
	places := []Place{
		{ID: "school", Commune: "46128", Point: app.Point{Latitude: 44.81, Longitude: 1.51}, Precision: app.AtCommune},
		{ID: "nursery", Commune: "46128", Point: app.Point{Latitude: 44.82, Longitude: 1.52}},
		{ID: "france-services", Commune: "46128", Point: app.Point{Latitude: 44.79, Longitude: 1.49}, Precision: app.AtAddress},
		{ID: "caf", Commune: "46042", Point: app.Point{Latitude: 44.45, Longitude: 1.44}, Precision: app.AtAddress},
		{ID: "neighbour", Commune: "46127", Point: app.Point{Latitude: 44.8, Longitude: 1.41}, Precision: app.AtAddress},
		{ID: "somewhere"},
	}
	for i, want := range []Where{AtCommune, AtCommune, AtAddress, Outside, Outside, Nowhere} {
		if got := a.Where(places[i]); got != want {
			t.Errorf("%s is shown %v, want %v", places[i].ID, got, want)
		}
	}
	marks := a.Marks(places)
	if len(marks) != 2 || len(marks[0].Places) != 2 || len(marks[1].Places) != 1 || marks[1].Places[0].ID != "france-services" {
		t.Fatalf("marks = %+v, want one for the two known by their commune and one for the address", marks)
	}
	if marks[0].Point != here.Point {
		t.Errorf("the commune's mark is at %v, want the commune's point %v", marks[0].Point, here.Point)
	}
}

func TestPlacesAreSortedByAnyColumn(t *testing.T) {
	a, err := Draw([]Commune{commune("46128", west)})
	if err != nil {
		t.Fatal(err)
	}
	inside := app.Point{Latitude: 44.8, Longitude: 1.5}
	given := []Place{
		{ID: "1", SortKey: "b", Category: "sante", Commune: "46128", Point: inside, Precision: app.AtCommune},
		{ID: "2", SortKey: "c", Category: "etat", Commune: "46128", Point: inside, Precision: app.AtAddress},
		{ID: "3", SortKey: "a", Category: "education"},
	}
	for _, tt := range []struct {
		by       Column
		reversed bool
		want     string
	}{
		{ByCommune, false, "123"},
		{ByCommune, true, "321"},
		{ByName, false, "312"},
		{ByName, true, "213"},
		{ByCategory, false, "132"},
		{ByWhere, false, "213"},
	} {
		places := slices.Clone(given)
		a.Sort(places, tt.by, tt.reversed)
		got := ""
		for _, p := range places {
			got += string(p.ID)
		}
		if got != tt.want {
			t.Errorf("by %s, reversed %v: %s, want %s", tt.by, tt.reversed, got, tt.want)
		}
	}
}
