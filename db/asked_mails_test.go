package db_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// askLink asks for a sign-in link as a browser of that name; what its address holds comes back.
func askLink(t *testing.T, d *db.DB, email, browser string, at time.Time) string {
	t.Helper()
	token := secret.Token()
	key := db.LinkKey{Link: secret.Digest(token), Browser: browser, Code: "code " + browser}
	if err := d.SendLink(t.Context(), email, key, app.Mail{Subject: "Lien", Body: secret.Digest(token)}, at); err != nil {
		t.Fatal(err)
	}
	return secret.Digest(token)
}

// links returns the links that were sent to an address, the last first.
func links(t *testing.T, d *db.DB, email string) (all []string) {
	t.Helper()
	mails, err := d.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mails {
		if m.Recipient == email && m.Subject == "Lien" {
			all = append(all, m.Body)
		}
	}
	return all
}

// A stranger asks for links in a victim's name each minute of three hours; whenever the
// victim asks, a link that serves is in their mailbox.
func TestLinksAskedInSomebodysNameNeverHoldBackTheirOwn(t *testing.T) {
	d := dbtest.New(t)
	victim := dbtest.Referent.Email
	for minute := range 180 {
		at := dbtest.Now.Add(time.Duration(minute) * time.Minute)
		for range 3 {
			askLink(t, d, victim, "somebody else", at)
		}
		askLink(t, d, victim, "their own", at)
		if err := d.LinkStands(t.Context(), links(t, d, victim)[0], at); err != nil {
			t.Fatalf("after %d minutes no link serves: %v", minute, err)
		}
	}
	if sent := len(links(t, d, victim)); sent > 180/8+3 {
		t.Errorf("they were sent %d links in three hours, want 25 at most", sent)
	}
}

func TestWhoUsedTheLastLinkIsSentAnother(t *testing.T) {
	d := dbtest.New(t)
	victim := dbtest.Referent.Email
	for range 5 {
		askLink(t, d, victim, "a browser", dbtest.Now)
	}
	sent := links(t, d, victim)
	if len(sent) != 3 {
		t.Fatalf("five links asked at once: %d were sent, want 3", len(sent))
	}
	if _, err := d.SignInByLink(t.Context(), sent[0], "s", "", dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if another := askLink(t, d, victim, "another device", dbtest.Now); !slices.Contains(links(t, d, victim), another) {
		t.Error("who has just signed in by a link gets none for another device")
	}
	if _, err := d.SignInByCode(t.Context(), "another device", "code another device", "t", "", dbtest.Now); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		askLink(t, d, victim, "a third", dbtest.Now)
	}
	if sent := len(links(t, d, victim)); sent != 7 {
		t.Errorf("after a code too: %d links were sent, want 7", sent)
	}
}

// The person without account and their record are of the small world: Inès of the school.
func TestWhoeverAsksForAllThatThereIsFillsNoMailbox(t *testing.T) {
	const victim = "ines@ecole.test"
	d := dbtest.New(t)
	ctx := t.Context()
	for minute := range 60 {
		at := dbtest.Now.Add(time.Duration(minute) * time.Minute)
		named := jules
		named.Organisation, named.Named, named.Territory, named.Who.Email = "", fmt.Sprint("Structure ", minute), dbtest.Cauvaldor, victim
		if err := d.AskToJoin(ctx, named, secret.Token(), app.Mail{Subject: "Confirmez"}, at); err != nil {
			t.Fatal(err)
		}
		if err := d.SendPersonLinks(ctx, victim, []string{secret.Token()}, func([]string, bool) app.Mail { return app.Mail{Subject: "Vos données"} }, at); err != nil {
			t.Fatal(err)
		}
		askLink(t, d, victim, "somebody else", at)
	}
	confirm, own := len(recipients(t, d, "Confirmez")), len(recipients(t, d, "Vos données"))
	if confirm+own > app.AskedAnHour+1 || own == 0 {
		t.Errorf("in an hour a mailbox got %d e-mails to confirm a request and %d to one's own data, want %d in all at most and one of each", confirm, own, app.AskedAnHour+1)
	}
	if err := d.SendPersonLinks(ctx, victim, []string{"later"}, func([]string, bool) app.Mail { return app.Mail{Subject: "Plus tard"} }, dbtest.Now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if len(recipients(t, d, "Plus tard")) != 1 {
		t.Error("an hour later they are still held back")
	}
}

// Who is signed in and writes for others is told, and nothing is done.
func TestWhoInvitesAgainAndAgainIsRefused(t *testing.T) {
	d := dbtest.New(t)
	ctx, at := t.Context(), dbtest.Now
	const victim = "zoe@mission.test"
	zoe := db.Entrant{Who: app.Newcomer{FirstName: "Zoé", LastName: "Neuve", Email: victim}, Role: app.Colleague}
	a, err := d.InviteTeammate(ctx, dbtest.Referent, dbtest.Mission, zoe, "z", welcomed, at)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		if err := d.InviteAgain(ctx, dbtest.Coordinator, a.Account, fmt.Sprint("again", i), app.Mail{Subject: "Bienvenue"}, at); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.InviteAgain(ctx, dbtest.Coordinator, a.Account, "last", app.Mail{Subject: "Bienvenue"}, at); app.KindOf(err) != app.Invalid {
		t.Errorf("invited a fourth time at once: %v, want refused", err)
	}
	if err := d.LinkStands(ctx, "again1", at); err != nil {
		t.Errorf("the link that was sent last no longer serves: %v", err)
	}
	if err := d.RemoveTeammate(ctx, dbtest.Referent, dbtest.Mission, a.Account, db.Departure{}, at); err != nil {
		t.Fatal(err)
	}
	if _, err := d.InviteTeammate(ctx, dbtest.Referent, dbtest.Mission, zoe, "y", welcomed, at); app.FieldsOf(err)[app.FieldEmail] == "" {
		t.Errorf("removed and invited again: %v, want the address refused", err)
	}
	wantTeam(t, d, dbtest.Mission, "Bruno Delmas referent", "Léa Cœur collegue")
	if _, err := d.InviteTeammate(ctx, dbtest.Referent, dbtest.Mission, zoe, "y", welcomed, at.Add(app.MailToInvite.Again())); err != nil {
		t.Errorf("ten minutes later: %v", err)
	}
}

func TestOneAddressIsCountedOnceByManyAtOnce(t *testing.T) {
	d := dbtest.New(t)
	var racers sync.WaitGroup
	for i := range 20 {
		racers.Go(func() {
			key := db.LinkKey{Link: fmt.Sprint("l", i), Browser: fmt.Sprint("b", i), Code: "c"}
			if err := d.SendLink(t.Context(), dbtest.Referent.Email, key, app.Mail{Subject: "Lien"}, dbtest.Now); err != nil {
				t.Error(err)
			}
		})
	}
	racers.Wait()
	if sent := len(links(t, d, dbtest.Referent.Email)); sent != 3 {
		t.Errorf("of twenty asked at once %d were sent, want 3", sent)
	}
}
