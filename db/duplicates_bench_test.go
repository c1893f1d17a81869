package db_test

import (
	"fmt"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// doubled fills the small world with n structures of the kinds there are everywhere, in two
// communes, one of ten of them twice.
func doubled(tb testing.TB, n int) *db.DB {
	tb.Helper()
	d := dbtest.New(tb)
	kinds := []string{"École primaire", "École maternelle", "Mairie", "Crèche", "Centre social", "Médiathèque", "Foyer rural", "Association sportive", "EHPAD", "Accueil de loisirs"}
	err := d.Load(tb.Context(), func(l *db.Loader) error {
		for i := range n {
			o := app.Organisation{
				ID: app.OrganisationID(fmt.Sprint("o", i)), Name: fmt.Sprintf("%s %s %s", kinds[i%len(kinds)], word(i), word(i*7+3)), Category: "vie-sociale", Commune: []app.CommuneCode{dbtest.Gramat, dbtest.Souillac}[i%2],
				Phone: fmt.Sprintf("05 65 %06d", i), CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now, Territories: []app.TerritoryID{dbtest.Cauvaldor},
			}
			if i%10 == 9 {
				o.Name, o.Phone, o.Commune = fmt.Sprintf("%s %s", kinds[(i-2)%len(kinds)], word(i-2)), fmt.Sprintf("05 65 %06d", i-2), []app.CommuneCode{dbtest.Gramat, dbtest.Souillac}[i%2]
			}
			if err := l.Organisation(o); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// word is one of 900 words.
func word(i int) string {
	syllables := "babedoducamiladelerosiluparetovaginiremasolotefa"
	a, b := i%30, i/30%30
	return "m" + syllables[a:a+4] + syllables[b+10:b+14]
}

func BenchmarkDuplicates(b *testing.B) {
	for _, n := range []int{300, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			d := doubled(b, n)
			for b.Loop() {
				pairs, err := d.Duplicates(b.Context(), dbtest.Coordinator)
				if err != nil || len(pairs) < n/10 {
					b.Fatal(len(pairs), err)
				}
			}
		})
	}
}

// BenchmarkResembling is one keystroke in the form of a new structure.
func BenchmarkResembling(b *testing.B) {
	d := doubled(b, 5000)
	o := app.Organisation{Name: "Mairie " + word(12), Commune: dbtest.Gramat, Phone: "05 65 000012"}
	for b.Loop() {
		if _, err := d.Resembling(b.Context(), dbtest.Coordinator, o); err != nil {
			b.Fatal(err)
		}
	}
}
