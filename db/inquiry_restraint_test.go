package db_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

func TestAStructureThatAnsweredIsAskedAgainByHandAfterAWeek(t *testing.T) {
	d := dbtest.New(t)
	p := askedOf(t, d, dbtest.Mission)
	if err := d.ConfirmByLink(t.Context(), p.link(t, "bruno@maillage.test"), 1, dbtest.Now.Add(25*time.Minute)); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		after time.Duration
		want  app.Kind
	}{{26 * time.Minute, app.Conflict}, {app.InquiryApart - time.Second, app.Conflict}, {app.InquiryApart, 0}} {
		err := d.AskStructure(t.Context(), dbtest.Coordinator, dbtest.Mission, dbtest.Now.Add(tt.after))
		if tt.want == 0 && err != nil || tt.want != 0 && app.KindOf(err) != tt.want {
			t.Errorf("%s after the letter: %v", tt.after, err)
		}
	}
}

// Sixty structures share a mailbox: it is sent a letter a day, and each is asked in its turn.
func TestOneAddressIsSentOneLetterADayWhateverTheStructures(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	for i := range 60 {
		o := app.Organisation{Name: fmt.Sprintf("Antenne %02d", i), Category: "emploi", Themes: []app.Theme{"emploi"}, Email: "accueil@antennes.test"}
		if _, err := d.CreateOrganisation(ctx, dbtest.Coordinator, o, nil, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.SetAsksAlone(ctx, dbtest.Coordinator, true, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if _, err := d.OpenDue(ctx, 100, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	p := &pen{}
	for hour := range 49 {
		now := dbtest.Now.Add(time.Duration(hour) * time.Hour)
		for range 70 {
			if _, err := d.AskNext(ctx, p.pen(), now); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := len(p.links["accueil@antennes.test"]), hour/24+1; got != want {
			t.Fatalf("after %d hours the address was sent %d letters, want %d", hour, got, want)
		}
	}
}

func TestTwoWorkersWriteOneLetterToOneAddress(t *testing.T) {
	d := dbtest.New(t)
	ctx := context.Background()
	for _, name := range []string{"Antenne nord", "Antenne sud"} {
		id, err := d.CreateOrganisation(ctx, dbtest.Coordinator, app.Organisation{Name: name, Category: "emploi", Themes: []app.Theme{"emploi"}, Email: "accueil@antennes.test"}, nil, dbtest.Now)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.AskStructure(ctx, dbtest.Coordinator, id, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	p := &pen{}
	var workers sync.WaitGroup
	for range 4 {
		workers.Go(func() {
			if _, err := d.AskNext(ctx, p.pen(), dbtest.Now); err != nil {
				t.Error(err)
			}
		})
	}
	workers.Wait()
	if got := mailsTo(t, d, "accueil@antennes.test"); got != 1 {
		t.Errorf("%d letters at once to one address, want one", got)
	}
}

// Bruno objected to what is written to him; his structure gives his own address as its own.
func TestWhoObjectedIsNotWrittenToAsTheAddressOfTheirStructure(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	o := seen(t, d, dbtest.Mission)
	o.Email = "  Bruno@Maillage.test"
	if err := d.EditOrganisation(ctx, dbtest.Referent, o, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.Object(ctx, dbtest.Referent, app.Objection{Kind: app.ToErase}, func(app.Objection) app.Mail { return app.Mail{} }, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	p := askedOf(t, d, dbtest.Mission)
	if len(p.links) > 0 {
		t.Errorf("Bruno objected, and was asked all the same: %v", p.links)
	}
	if got := askedState(t, d, dbtest.Mission); got != app.InquiryUnreachable {
		t.Errorf("it comes to %q, want nowhere to write to", got)
	}
}

// bothAsked has Léa answer for the Mission locale with Bruno, and both asked.
func bothAsked(t *testing.T, d *db.DB) *pen {
	t.Helper()
	if err := d.Promote(t.Context(), dbtest.Referent, dbtest.Mission, dbtest.Colleague.Account, app.Referent, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	return askedOf(t, d, dbtest.Mission)
}

// Two answer for a structure: one confirms, the other says not to be the one to ask any more.
func TestOneWhoLeavesDoesNotUndoWhatAnotherConfirmed(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	p := bothAsked(t, d)
	if err := d.ConfirmByLink(ctx, p.link(t, "bruno@maillage.test"), 1, dbtest.Now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	lea := p.link(t, "lea@maillage.test")
	if err := d.DeclineByLink(ctx, lea, "Je pars en mai.", dbtest.Now.Add(2*time.Minute)); err != nil {
		t.Fatal(err)
	}
	i, err := d.LastInquiry(ctx, dbtest.Mission)
	if err != nil || i.State != app.InquiryConfirmed || i.Message != "Je pars en mai." {
		t.Errorf("Bruno confirmed, Léa leaves: the coordination reads %q, %q, %v", i.State, i.Message, err)
	}
	all, err := d.Organisations(ctx, dbtest.Coordinator, db.OrganisationFilter{Asked: app.InquiryWrong}, dbtest.Now)
	if err != nil || len(all.Rows) != 0 {
		t.Errorf("%d are listed as having nobody right to ask, %v", len(all.Rows), err)
	}
	wantGone(t, d, lea, dbtest.Now.Add(3*time.Minute))
}

func TestAnAddressThatFailedIsLeftOutOfTheRemindersAndNotForGood(t *testing.T) {
	d := dbtest.New(t)
	p := bothAsked(t, d)
	fail(t, d, "lea@maillage.test")
	p.round(t, d, dbtest.Now.AddDate(0, 0, 10))
	if a, b := mailsTo(t, d, "bruno@maillage.test"), mailsTo(t, d, "lea@maillage.test"); a != 2 || b != 1 {
		t.Errorf("once reminded, %d letters to Bruno and %d to Léa whose address failed; want 2 and 1", a, b)
	}
	if err := d.ConfirmByLink(t.Context(), p.link(t, "bruno@maillage.test"), 1, dbtest.Now.AddDate(0, 0, 10)); err != nil {
		t.Fatal(err)
	}
	later := dbtest.Now.AddDate(0, 0, 20)
	if err := d.AskStructure(t.Context(), dbtest.Coordinator, dbtest.Mission, later); err != nil {
		t.Fatal(err)
	}
	p.round(t, d, later)
	if got := mailsTo(t, d, "lea@maillage.test"); got != 2 {
		t.Errorf("asked anew, Léa was written to %d times, want once more", got)
	}
}

// The coordination asks, by hand or in a campaign, a structure that is asked by itself: one of
// them asks, and the others are told so.
func TestAskingByHandInACampaignAndByItselfAtOnceAsksOnce(t *testing.T) {
	d := dbtest.New(t)
	ctx := context.Background()
	if err := d.SetAsksAlone(ctx, dbtest.Coordinator, true, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	told := func(err error) {
		if err != nil && app.KindOf(err) != app.Conflict {
			t.Error(err)
		}
	}
	var made []app.OrganisationID
	for i := range 15 {
		id, err := d.CreateOrganisation(ctx, dbtest.Coordinator, app.Organisation{Name: fmt.Sprintf("Antenne %02d", i), Category: "emploi", Themes: []app.Theme{"emploi"}}, nil, dbtest.Now)
		if err != nil {
			t.Fatal(err)
		}
		made = append(made, id)
		var both sync.WaitGroup
		both.Go(func() {
			_, err := d.OpenDue(ctx, 50, dbtest.Now)
			if err != nil {
				t.Errorf("by itself: %v", err)
			}
		})
		both.Go(func() { told(d.AskStructure(ctx, dbtest.Coordinator, id, dbtest.Now)) })
		both.Go(func() {
			_, _, err := d.SendCampaign(ctx, dbtest.Coordinator, rentree, db.OrganisationFilter{}, dbtest.Now)
			told(err)
		})
		both.Wait()
	}
	slices.Sort(made)
	for _, id := range made {
		if got := value(t, d, `SELECT COUNT(*) FROM inquiries WHERE organisation_id = '`+string(id)+`'`); got != "1" {
			t.Errorf("%s is asked %s times at once", id, got)
		}
	}
}
