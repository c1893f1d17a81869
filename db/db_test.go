package db_test

import (
	"testing"

	"maillage/db/dbtest"
)

func TestTheSmallWorldStands(t *testing.T) {
	d := dbtest.New(t)
	conventions, err := d.Conventions(t.Context(), dbtest.Cauvaldor)
	if err != nil || len(conventions) != 1 || len(conventions[0].Axes) != 2 || len(conventions[0].Phases) != 2 {
		t.Fatalf("Conventions = %+v, %v; want one with two axes and two phases", conventions, err)
	}
	communes, err := d.Communes(t.Context(), dbtest.Figeac)
	if err != nil || len(communes) != 3 || communes[0].Name != "Figeac" {
		t.Errorf("Communes = %+v, %v; want the territory's own first", communes, err)
	}
}
