package db_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

func TestRemindedTwiceThenLeftToTheCoordination(t *testing.T) {
	d, p := dbtest.New(t), (*pen)(nil)
	p = askedOf(t, d, dbtest.Mission)
	want := []int{1, 2, 3, 3}
	for n, letters := range want {
		now := dbtest.Now.AddDate(0, 0, 10*n)
		p.round(t, d, now)
		p.round(t, d, now.Add(9*24*time.Hour)) // not sooner
		if got := mailsTo(t, d, "bruno@maillage.test"); got != letters {
			t.Errorf("after %d days, %d letters; want %d", 10*n+9, got, letters)
		}
	}
	if got := askedState(t, d, dbtest.Mission); got != app.InquirySilent {
		t.Errorf("it ends as %q, want without answer", got)
	}
	if err := d.ConfirmByLink(t.Context(), p.link(t, "bruno@maillage.test"), 1, dbtest.Now.AddDate(0, 0, 45)); err != nil { // better late
		t.Fatal(err)
	}
	if got := askedState(t, d, dbtest.Mission); got != app.InquiryConfirmed {
		t.Errorf("answered late, it is %q", got)
	}
}

func TestByThemselvesOnlyWhereTheCoordinationChoseSo(t *testing.T) {
	d := dbtest.New(t)
	open := func(now time.Time) int {
		t.Helper()
		n, err := d.OpenDue(t.Context(), 10, now)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := open(dbtest.Now); n != 0 {
		t.Errorf("%d are asked though nobody chose so", n)
	}
	if err := d.SetAsksAlone(t.Context(), dbtest.Referent, true, dbtest.Now); app.KindOf(err) != app.Forbidden {
		t.Errorf("a référent·e turns it on: %v", err)
	}
	if err := d.ConfirmOrganisation(t.Context(), dbtest.Coordinator, dbtest.School, 1, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.SetAsksAlone(t.Context(), dbtest.Coordinator, true, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if n := open(dbtest.Now); n != 3 { // the school was confirmed, another is archived
		t.Errorf("%d are asked, want the three that are due", n)
	}
	if n := open(dbtest.Now.AddDate(0, 1, 0)); n != 0 {
		t.Errorf("%d are asked twice for the same day", n)
	}
	p := &pen{}
	p.round(t, d, dbtest.Now)
	if err := d.ConfirmByLink(t.Context(), p.link(t, "bruno@maillage.test"), 1, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if n := open(dbtest.Now.AddDate(1, 0, 0)); n != 2 { // a year later the school and the Mission locale are due
		t.Errorf("%d are asked a year later, want the two that were confirmed", n)
	}
}

func TestAFailedAddressIsSaidAndItsStructureAskedAnewOnceMended(t *testing.T) {
	d := dbtest.New(t)
	alone(t, d)
	p := askedOf(t, d, dbtest.Mission)
	fail(t, d, "contact@mission.test")
	if got := askedState(t, d, dbtest.Mission); got != app.InquiryFailed {
		t.Fatalf("its only letter failed: %q", got)
	}
	p.round(t, d, dbtest.Now.AddDate(0, 0, 30))
	if got := mailsTo(t, d, "contact@mission.test"); got != 1 {
		t.Errorf("%d letters to an address that does not work", got)
	}
	o := seen(t, d, dbtest.Mission)
	o.Email = "accueil@mission.test"
	if err := d.EditOrganisation(t.Context(), dbtest.Coordinator, o, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.AskStructure(t.Context(), dbtest.Coordinator, dbtest.Mission, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	p.round(t, d, dbtest.Now)
	p.link(t, "accueil@mission.test")
}

// fail gives up the mails to an address.
func fail(t *testing.T, d *db.DB, email string) {
	t.Helper()
	mails, err := d.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mails {
		if m.Recipient == email {
			if err := d.MailFailed(t.Context(), m.ID, "no such user", time.Time{}, dbtest.Now); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestALinkCorrectsAndTheOtherHandIsNotLost(t *testing.T) {
	d := dbtest.New(t)
	alone(t, d)
	link := askedOf(t, d, dbtest.Mission).link(t, "contact@mission.test")
	typed := seen(t, d, dbtest.Mission)
	typed.Phone, typed.Email, typed.Name = "05 65 33 33 33", "voleur@x.test", "Prise"
	if err := d.CorrectByLink(t.Context(), link, typed, "Le nom change en mai.", dbtest.Now); err != nil {
		t.Fatal(err)
	}
	o := seen(t, d, dbtest.Mission)
	if o.Phone != "05 65 33 33 33" || o.Email != "contact@mission.test" || o.Name != mission || o.Verified.Means != app.ByAddress {
		t.Errorf("corrected to %+v", o)
	}
	if err := d.CorrectByLink(t.Context(), link, typed, "", dbtest.Now); app.KindOf(err) != app.Conflict { // over the version before
		t.Errorf("over what changed since: %v, want a conflict", err)
	}
	last, err := d.LastInquiry(t.Context(), dbtest.Mission)
	if err != nil || last.State != app.InquiryCorrected || last.Message != "Le nom change en mai." {
		t.Errorf("the coordination reads %+v, %v", last, err)
	}
	if got := actsOn(t, d, dbtest.Mission); !slices.Contains(got, " a corrigé la fiche, par le lien envoyé à son adresse") {
		t.Errorf("the history says %q", got)
	}
}

func TestWhoIsNotTheOneToAskIsNotAskedAgain(t *testing.T) {
	d := dbtest.New(t)
	p := askedOf(t, d, dbtest.Mission)
	link := p.link(t, "bruno@maillage.test")
	if err := d.DeclineByLink(t.Context(), link, "Voyez avec Léa.", dbtest.Now); err != nil {
		t.Fatal(err)
	}
	p.round(t, d, dbtest.Now.AddDate(0, 0, 30))
	if got := mailsTo(t, d, "bruno@maillage.test"); got != 1 {
		t.Errorf("%d letters, want no reminder", got)
	}
	wantGone(t, d, link, dbtest.Now)
	if last, err := d.LastInquiry(t.Context(), dbtest.Mission); err != nil || last.State != app.InquiryWrong || last.Message != "Voyez avec Léa." {
		t.Errorf("the coordination reads %+v, %v", last, err)
	}
}

func TestTwoWorkersWriteOneLetter(t *testing.T) {
	d := dbtest.New(t)
	if err := d.AskStructure(t.Context(), dbtest.Coordinator, dbtest.Mission, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	p := &pen{}
	var workers sync.WaitGroup
	for range 4 {
		workers.Go(func() {
			if _, err := d.AskNext(context.Background(), p.pen(), dbtest.Now); err != nil {
				t.Error(err)
			}
		})
	}
	workers.Wait()
	if got := mailsTo(t, d, "bruno@maillage.test"); got != 1 {
		t.Errorf("%d letters, want one", got)
	}
}
