package db_test

import (
	"testing"
	"time"

	"maillage/app"
	"maillage/db/dbtest"
)

func TestAColleagueTakesTheVerySeat(t *testing.T) {
	day := dbtest.Now.AddDate(0, 0, 7).Add(-time.Hour)
	for name, tt := range map[string]struct {
		at   time.Time
		want string
	}{
		"before the day": {dbtest.Now, "Léa Cœur inscrit"},
		"on the day":     {day, "Léa Cœur inscrit, Bruno Delmas represente"},
	} {
		t.Run(name, func(t *testing.T) {
			d, ctx := dbtest.New(t), t.Context()
			if _, _, err := d.Register(ctx, dbtest.Referent, dbtest.Soon, dbtest.Mission, []app.PersonID{dbtest.Referent.Person}, dbtest.Now); err != nil {
				t.Fatal(err)
			}
			for _, last := range []string{"Un", "Deux", "Trois"} { // the last one waits
				if _, _, err := d.RegisterNewcomer(ctx, dbtest.Coordinator, dbtest.Soon, dbtest.School, app.Newcomer{LastName: last}, dbtest.Now); err != nil {
					t.Fatal(err)
				}
			}
			r := registration(t, d, dbtest.Soon, dbtest.Mission, "Bruno Delmas")
			for range 2 {
				if err := d.Substitute(ctx, dbtest.Referent, dbtest.Soon, r, dbtest.Colleague.Person, app.Newcomer{}, tt.at); err != nil {
					t.Fatal(err)
				}
			}
			if got := comers(t, d, dbtest.Soon, dbtest.Mission); got != tt.want {
				t.Errorf("comers = %q, want %q", got, tt.want)
			}
			if got, want := comers(t, d, dbtest.Soon, dbtest.School), "Deux inscrit, Trois attente 1, Un inscrit"; got != want {
				t.Errorf("the others = %q, want %q", got, want)
			}
			refused(t, d.Substitute(ctx, dbtest.Referent, dbtest.Soon, r, "", app.Newcomer{LastName: "Tard"}, tt.at), app.Conflict, "plus inscrit·e")
		})
	}
}

func TestSubstitutesAreRefused(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	if _, _, err := d.Register(ctx, dbtest.Referent, dbtest.Soon, dbtest.Mission, []app.PersonID{"bruno", "lea"}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	r := registration(t, d, dbtest.Soon, dbtest.Mission, "Bruno Delmas")
	refused(t, d.Substitute(ctx, dbtest.Referent, dbtest.Soon, r, "lea", app.Newcomer{}, dbtest.Now), app.Conflict, "Léa Cœur est déjà inscrit·e")
	refused(t, d.Substitute(ctx, dbtest.Referent, dbtest.Soon, r, "bruno", app.Newcomer{}, dbtest.Now), app.Invalid, "autre personne")
	refused(t, d.Substitute(ctx, dbtest.Referent, dbtest.Soon, r, dbtest.Ines, app.Newcomer{}, dbtest.Now), app.Invalid, "plus dans la structure")
	refused(t, d.Substitute(ctx, dbtest.Colleague, dbtest.Soon, r, "lea", app.Newcomer{}, dbtest.Now), app.Forbidden, "référent·e")
	refused(t, d.Substitute(ctx, dbtest.Referent, dbtest.Soon, "r-bruno", "lea", app.Newcomer{}, dbtest.Now), app.NotFound, "inscription")
}
