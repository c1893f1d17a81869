package db_test

import (
	"os"
	"path/filepath"
	"testing"

	"maillage/db"
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

// A folder may bear any name; the base is in it and nowhere beside.
func TestTheBaseIsWhereItWasSaid(t *testing.T) {
	for _, name := range []string{"données n° 1", "100 % sûr", "essai#2", "quoi ?", "a&b=c"} {
		around := t.TempDir()
		folder := filepath.Join(around, name)
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(folder, "maillage.db"))
		if err != nil {
			t.Errorf("in %q: %v", name, err)
			continue
		}
		d.Close()
		if _, err := os.Stat(filepath.Join(folder, "maillage.db")); err != nil {
			t.Errorf("in %q: %v", name, err)
		}
		if beside, _ := os.ReadDir(around); len(beside) != 1 {
			t.Errorf("in %q, a base was made beside the folder: %v", name, beside)
		}
	}
}
