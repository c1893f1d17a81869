package db_test

import (
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

func TestTidyRemovesWhatHasServedItsTimeOnceADay(t *testing.T) {
	d := dbtest.New(t)
	ctx, now := t.Context(), dbtest.Now
	digest := secret.Digest(dbtest.Referent.Email)
	for _, session := range []struct {
		id    string
		begun time.Time
	}{{"en-cours", now}, {"ancienne", now.AddDate(0, -2, 0)}} {
		if _, err := d.BeginSession(ctx, dbtest.Referent.Account, session.id, "Essai", session.begun); err != nil {
			t.Fatal(err)
		}
	}
	for range 9 {
		if _, _, err := d.Attempt(ctx, dbtest.Referent.Email, digest, now.Add(-25*time.Hour)); err != nil && app.KindOf(err) != app.Throttled {
			t.Fatal(err)
		}
	}
	for i, want := range []bool{true, false, false} {
		if done, err := d.Tidy(ctx, now.Add(time.Duration(i)*time.Hour)); err != nil || done != want {
			t.Errorf("Tidy after %d hours = %v, %v; want %v", i, done, err, want)
		}
	}
	if sessions, err := d.Sessions(ctx, dbtest.Referent, now.AddDate(0, -2, 1)); err != nil || len(sessions) != 1 || sessions[0].ID != "en-cours" {
		t.Errorf("Sessions = %+v, %v; want the one that lasts", sessions, err)
	}
	for range 5 {
		if _, _, err := d.Attempt(ctx, dbtest.Referent.Email, digest, now); err != nil {
			t.Errorf("Attempt: %v; want the failures of yesterday forgotten", err)
		}
	}
	if done, err := d.Tidy(ctx, now.Add(25*time.Hour)); err != nil || !done {
		t.Errorf("Tidy the day after = %v, %v; want done", done, err)
	}
}

func TestTidyForgetsPersonalLinksThatServeNoMore(t *testing.T) {
	d, raw := opened(t)
	if err := d.SendPersonLinks(t.Context(), "ines@ecole.test", []string{"un"}, func([]string, bool) app.Mail { return app.Mail{Subject: "s"} }, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	left := func(at time.Time) (n int) {
		if _, err := d.Tidy(t.Context(), at); err != nil {
			t.Fatal(err)
		}
		if err := raw.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM person_links`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := left(dbtest.Now.Add(db.PersonLinkLife - time.Hour)); n != 1 {
		t.Errorf("%d links left while one serves, want it kept", n)
	}
	if n := left(dbtest.Now.Add(db.PersonLinkLife + 25*time.Hour)); n != 0 {
		t.Errorf("%d links left the day after, want none", n)
	}
}
