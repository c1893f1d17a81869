package db_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

func TestALinkServesOnceHoweverManyTryIt(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	if err := d.SendLink(ctx, dbtest.Referent.Email, db.LinkKey{Link: "digest"}, app.Mail{Subject: "s", Body: "b"}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	var opened atomic.Int32
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			viewer, err := d.SignInByLink(ctx, "digest", "session"+string(rune('a'+i)), "", dbtest.Now)
			switch {
			case err == nil && viewer.Account == dbtest.Referent.Account:
				opened.Add(1)
			case app.KindOf(err) != app.NotFound:
				t.Errorf("SignInByLink = %+v, %v; want NotFound for who comes second", viewer, err)
			}
		})
	}
	wg.Wait()
	if opened.Load() != 1 {
		t.Errorf("%d sessions opened, want 1", opened.Load())
	}
}

func TestParallelGuessesAreCountedOneByOne(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	var looked atomic.Int32
	var wg sync.WaitGroup
	for range 40 {
		wg.Go(func() {
			if _, _, err := d.Attempt(ctx, dbtest.Referent.Email, "digest", dbtest.Now); err == nil {
				looked.Add(1)
			} else if app.KindOf(err) != app.Throttled {
				t.Errorf("Attempt: %v, want Throttled", err)
			}
		})
	}
	wg.Wait()
	if looked.Load() != 5 {
		t.Errorf("%d passwords were looked at, want 5 before one has to wait", looked.Load())
	}
	if _, _, err := d.Attempt(ctx, dbtest.Referent.Email, "digest", dbtest.Now.Add(time.Hour)); err != nil {
		t.Errorf("Attempt an hour later: %v, want none", err)
	}
}

func TestAViewerHasTheRightsOfTheDay(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	for name, want := range dbtest.Viewers {
		t.Run(name, func(t *testing.T) {
			got, err := d.BeginSession(ctx, want.Account, "session of "+name, "Essai", dbtest.Now)
			if err != nil {
				t.Fatal(err)
			}
			if got.Role() != want.Role() || got.Name != want.Name || got.Territory != want.Territory && name != "admin" {
				t.Errorf("BeginSession = %+v, want %+v", got, want)
			}
		})
	}
	if v, err := d.Viewer(ctx, "session of référent", dbtest.Now.AddDate(0, 0, 31)); err != nil || v.SignedIn() {
		t.Errorf("Viewer after a month = %+v, %v; want nobody", v, err)
	}
	if err := d.LookAt(ctx, dbtest.Referent, "session of référent", dbtest.Figeac); app.KindOf(err) != app.NotFound {
		t.Errorf("LookAt a territory that is not theirs: %v, want NotFound", err)
	}
}

func TestAViewerIsShownATerritoryTheyMaySee(t *testing.T) {
	d, ctx, now := dbtest.New(t), t.Context(), dbtest.Now
	if _, err := d.BeginSession(ctx, dbtest.Reader.Account, "jeton", "Essai", now); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		grants []app.Grant
		want   app.TerritoryID
		name   string
	}{
		{[]app.Grant{{Role: app.Coordination, Territory: dbtest.Figeac}}, dbtest.Figeac, "CC Grand-Figeac"},
		{nil, "", ""},
	} {
		if err := d.GiveRoles(ctx, dbtest.Admin, dbtest.Reader.Account, step.grants, now); err != nil {
			t.Fatal(err)
		}
		v, err := d.Viewer(ctx, "jeton", now)
		if err != nil || v.Territory != step.want || v.TerritoryName != step.name {
			t.Errorf("with %v the territory on screen is %q, %q (%v), want %q", step.grants, v.Territory, v.TerritoryName, err, step.want)
		}
	}
}
