package db_test

import (
	"sync"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

func TestWhoMayNotErase(t *testing.T) {
	d := dbtest.New(t)
	for name, c := range map[string]struct {
		by   app.Viewer
		of   app.PersonID
		want app.Kind
	}{
		"the only administrator":                  {dbtest.Admin, dbtest.Admin.Person, app.Conflict},
		"the only référent·e of a structure":      {dbtest.Admin, dbtest.Referent.Person, app.Conflict},
		"oneself, as the only référent·e":         {dbtest.Referent, dbtest.Referent.Person, app.Conflict},
		"somebody of another territory":           {dbtest.Stranger, dbtest.Ines, app.NotFound},
		"an account wider than the coordinator's": {dbtest.Coordinator, dbtest.Admin.Person, app.Forbidden},
		"a person known on two territories":       {dbtest.Coordinator, dbtest.Reader.Person, app.Forbidden},
		"somebody, by who reads":                  {dbtest.Reader, dbtest.Ines, app.Forbidden},
		"a colleague, by the référent·e":          {dbtest.Referent, dbtest.Colleague.Person, app.Forbidden},
		"somebody who is not there":               {dbtest.Admin, "personne", app.NotFound},
		"somebody, by nobody":                     {app.Viewer{}, dbtest.Ines, app.NotFound},
	} {
		if err := d.ErasePerson(t.Context(), c.by, c.of, noLetter, dbtest.Now); err == nil || app.KindOf(err) != c.want {
			t.Errorf("erasing %s: %v (kind %d), want kind %d", name, err, app.KindOf(err), c.want)
		}
	}
}

func TestAnErasedPersonIsGoneForEverybody(t *testing.T) {
	d := dbtest.New(t)
	ctx, now := t.Context(), dbtest.Now
	if err := d.ErasePerson(ctx, dbtest.Colleague, dbtest.Colleague.Person, noLetter, now); err != nil {
		t.Fatalf("oneself: %v", err)
	}
	if err := d.ErasePerson(ctx, dbtest.Admin, dbtest.Colleague.Person, noLetter, now); app.KindOf(err) != app.NotFound {
		t.Errorf("erasing twice: %v, want not found", err)
	}
	if _, err := d.Person(ctx, dbtest.Admin, dbtest.Colleague.Person, now); app.KindOf(err) != app.NotFound {
		t.Errorf("Person: %v, want not found", err)
	}
	if _, err := d.Account(ctx, dbtest.Admin, dbtest.Colleague.Account, now); app.KindOf(err) != app.NotFound {
		t.Errorf("Account: %v, want not found", err)
	}
	if _, count, err := d.Accounts(ctx, dbtest.Admin, db.AccountFilter{}, 50); err != nil || count != len(dbtest.Viewers)-1 {
		t.Errorf("%d accounts (%v), want one fewer", count, err)
	}
	if v, err := d.BeginSession(ctx, dbtest.Colleague.Account, "x", "Essai", now); err == nil || v.SignedIn() {
		t.Errorf("BeginSession = %+v, %v; want refused", v, err)
	}
	if err := d.EnableAccount(ctx, dbtest.Admin, dbtest.Colleague.Account, now); app.KindOf(err) != app.NotFound {
		t.Errorf("EnableAccount: %v, want not found", err)
	}
}

func TestTwoWhoEraseTheSamePersonDoItOnce(t *testing.T) {
	d := dbtest.New(t)
	var wait sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		wait.Go(func() { errs[i] = d.ErasePerson(t.Context(), dbtest.Admin, dbtest.Ines, noLetter, dbtest.Now) })
	}
	wait.Wait()
	done := 0
	for _, err := range errs {
		if err == nil {
			done++
		} else if app.KindOf(err) != app.NotFound {
			t.Errorf("ErasePerson: %v, want not found", err)
		}
	}
	if done != 1 {
		t.Errorf("erased %d times, want once", done)
	}
}
