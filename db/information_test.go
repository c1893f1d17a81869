package db_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

func TestTwoWorkersNeverTellTheSamePersonTwice(t *testing.T) {
	d := dbtest.New(t)
	for i := range 12 {
		p := app.Person{FirstName: "Zoé", LastName: fmt.Sprintf("Lac %02d", i), Email: fmt.Sprintf("zoe%02d@ecole.test", i)}
		if _, err := d.AddPerson(t.Context(), dbtest.Coordinator, p, app.Position{Organisation: dbtest.School}, true, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	var links atomic.Int64
	var workers sync.WaitGroup
	for range 4 {
		workers.Go(func() {
			for range 40 {
				told, err := d.InformNext(t.Context(), fmt.Sprint("digest", links.Add(1)), func(to db.Told) app.Mail {
					return app.Mail{Subject: "Vous êtes dans l’annuaire", Body: to.Text}
				}, dbtest.Now.Add(app.InformAfter))
				if err != nil {
					t.Error(err)
				}
				if !told {
					return
				}
			}
		})
	}
	workers.Wait()
	mails, err := d.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, m := range mails {
		got[m.Recipient]++
	}
	if len(mails) != 12 || len(got) != 12 {
		t.Errorf("%d notices to %d people, want one to each of 12, and none to the invented", len(mails), len(got))
	}
}
