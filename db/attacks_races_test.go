package db_test

import (
	"sync"
	"testing"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// The notice of art. 14 carries the link of somebody who has an account to the address that another typed.
func TestWhoSignsInIsSentNoNoticeAtAnAddressAnotherTyped(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	a, err := d.InviteTeammate(ctx, dbtest.Coordinator, dbtest.Mission, db.Entrant{Who: app.Newcomer{FirstName: "Tom", LastName: "Visé", Email: "tom@mission.test"}, Role: app.Referent}, secret.Digest("o"), welcomed, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.SignInByLink(ctx, secret.Digest("o"), "s", "x", dbtest.Now); err != nil {
		t.Fatal(err)
	}
	r, err := d.Person(ctx, dbtest.Referent, a.Person, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	p := r.Person
	p.Email = "bruno.bis@evil.test"
	if err := d.EditPerson(ctx, dbtest.Referent, p, toldFormer, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.SendPersonLinks(ctx, "bruno.bis@evil.test", []string{"asked"}, func([]string, bool) app.Mail { return app.Mail{} }, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if _, err := d.LinkedPerson(ctx, "asked", dbtest.Now); err == nil {
		t.Error("the form sends the link to that address")
	}
	later := dbtest.Now.Add(2 * app.InformAfter)
	for range 5 {
		told, err := d.InformNext(ctx, secret.Digest("inform"), func(db.Told) app.Mail { return app.Mail{Subject: "Information"} }, later)
		if err != nil || !told {
			break
		}
	}
	to := recipients(t, d, "Information")
	if id, err := d.LinkedPerson(ctx, secret.Digest("inform"), later); err == nil && id == a.Person {
		t.Errorf("the link to the data of Tom, who has an account, went to %q", to)
	}
}

// The last two référent·e·s leave at once, one by being erased (PostgreSQL).
func TestTheLastTwoReferentsDoNotLeaveAtOnce(t *testing.T) {
	for range 12 {
		d := dbtest.New(t)
		ctx := t.Context()
		if err := d.Promote(ctx, dbtest.Coordinator, dbtest.Mission, dbtest.Colleague.Account, app.Referent, dbtest.Now); err != nil {
			t.Fatal(err)
		}
		session(t, d, dbtest.Colleague, "sl")
		session(t, d, dbtest.Referent, "sb")
		lea, err := d.Viewer(ctx, "sl", dbtest.Now)
		if err != nil {
			t.Fatal(err)
		}
		var one, other error
		var both sync.WaitGroup
		both.Go(func() { one = d.ErasePerson(ctx, dbtest.Referent, "bruno", noSeat, dbtest.Now) })
		both.Go(func() {
			other = d.RemoveTeammate(ctx, lea, dbtest.Mission, lea.Account, db.Departure{}, dbtest.Now)
		})
		both.Wait()
		if one == nil && other == nil {
			t.Fatal("both left: nobody answers for the Mission locale")
		}
	}
}

// One link, two browsers at once (PostgreSQL): one of them.
func TestALinkServesOnceAtOnce(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	if err := d.SendLink(ctx, dbtest.Referent.Email, db.LinkKey{Link: "l", Browser: "b", Code: "c"}, app.Mail{}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	in := 0
	var all sync.WaitGroup
	for i := range 12 {
		all.Go(func() {
			var v app.Viewer
			var err error
			if i%2 == 0 {
				v, err = d.SignInByLink(ctx, "l", secret.Token(), "x", dbtest.Now)
			} else {
				v, err = d.SignInByCode(ctx, "b", "c", secret.Token(), "x", dbtest.Now)
			}
			if err == nil && v.SignedIn() {
				mu.Lock()
				in++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if in != 1 {
		t.Errorf("%d came in by one link", in)
	}
}
