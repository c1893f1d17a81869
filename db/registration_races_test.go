package db_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// Twenty partners race for three seats; then everybody with a seat gives it up at once.
func TestTwentyPartnersFillThreeSeats(t *testing.T) {
	d := dbtest.New(t)
	var wg sync.WaitGroup
	for i := range 20 {
		o := []app.OrganisationID{dbtest.CAF, dbtest.School, dbtest.CC}[i%3]
		wg.Go(func() {
			_, _, err := d.RegisterNewcomer(context.Background(), dbtest.Coordinator, dbtest.Soon, o, app.Newcomer{LastName: fmt.Sprintf("Partenaire %c", 'A'+i)}, dbtest.Now)
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	w, _, err := d.Comers(t.Context(), dbtest.Coordinator, dbtest.Soon, dbtest.CAF, dbtest.Now)
	if err != nil || w.Taken != 3 || w.Waiting != 17 {
		t.Fatalf("%d seats taken, %d wait, %v; want 3 and 17", w.Taken, w.Waiting, err)
	}
	door := must[db.Door](t)(d.Door(t.Context(), dbtest.Coordinator, dbtest.Soon))
	for _, a := range door.Arrivals {
		if a.State == app.Registered {
			wg.Go(func() {
				if err := d.CancelRegistration(context.Background(), dbtest.Coordinator, dbtest.Soon, a.ID, letter, dbtest.Now); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	w, _, err = d.Comers(t.Context(), dbtest.Coordinator, dbtest.Soon, dbtest.CAF, dbtest.Now)
	if err != nil || w.Taken != 3 || w.Waiting != 14 {
		t.Errorf("%d seats taken, %d wait, %v; want 3 and 14", w.Taken, w.Waiting, err)
	}
}

func TestOnePersonRacingWithThemselvesIsRegisteredOnce(t *testing.T) {
	d := dbtest.New(t)
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			if _, _, err := d.Register(context.Background(), dbtest.Referent, dbtest.Soon, dbtest.Mission, []app.PersonID{"lea"}, dbtest.Now); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got, want := comers(t, d, dbtest.Soon, dbtest.Mission), "Léa Cœur inscrit"; got != want {
		t.Errorf("comers = %q, want %q", got, want)
	}
}
