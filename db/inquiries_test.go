package db_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// A pen words letters as the name of the structure and keeps the links of each address.
type pen struct {
	mu    sync.Mutex
	links map[string][]string // digests, by address
	last  string
}

func (p *pen) pen() db.InquiryPen {
	return db.InquiryPen{
		Link: func() (string, string) {
			token := secret.Token()
			p.mu.Lock()
			p.last = secret.Digest(token)
			p.mu.Unlock()
			return "http://x.test/fiche/" + token, p.last
		},
		Letter: func(l db.InquiryLetter) app.Mail {
			p.mu.Lock()
			defer p.mu.Unlock()
			if p.links == nil {
				p.links = map[string][]string{}
			}
			p.links[l.Recipient.Email] = append(p.links[l.Recipient.Email], p.last)
			return app.Mail{Subject: l.Organisation.Name, Body: l.Link}
		},
	}
}

// round does all that is due at now.
func (p *pen) round(t *testing.T, d *db.DB, now time.Time) {
	t.Helper()
	for range 50 {
		if did, err := d.AskNext(t.Context(), p.pen(), now); err != nil {
			t.Fatal(err)
		} else if !did {
			return
		}
	}
	t.Fatal("it never ends")
}

func (p *pen) link(t *testing.T, email string) string {
	t.Helper()
	if len(p.links[email]) == 0 {
		t.Fatalf("nothing was written to %s, but to %v", email, p.links)
	}
	return p.links[email][len(p.links[email])-1]
}

// askedOf asks a structure and returns the pen that wrote.
func askedOf(t *testing.T, d *db.DB, id app.OrganisationID) *pen {
	t.Helper()
	if err := d.AskStructure(t.Context(), dbtest.Admin, id, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	p := &pen{}
	p.round(t, d, dbtest.Now)
	return p
}

// alone is the Mission locale without its référent: its own address is all there is.
func alone(t *testing.T, d *db.DB) {
	t.Helper()
	if err := d.RemoveTeammate(t.Context(), dbtest.Coordinator, dbtest.Mission, dbtest.Referent.Account, db.Departure{}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
}

func TestALinkConfirmsOnceAndSaysByWhom(t *testing.T) {
	d := dbtest.New(t)
	link := askedOf(t, d, dbtest.Mission).link(t, "bruno@maillage.test")
	o, l, err := d.OpenInquiry(t.Context(), link, dbtest.Now)
	if err != nil || o.ID != dbtest.Mission || l.Recipient.Account != dbtest.Referent.Account {
		t.Fatalf("the link opens %v for %+v, %v", o.ID, l.Recipient, err)
	}
	if !seen(t, d, dbtest.Mission).Verified.Never() {
		t.Fatal("looking confirms")
	}
	var taps sync.WaitGroup
	for range 5 {
		taps.Go(func() {
			if err := d.ConfirmByLink(context.Background(), link, 1, dbtest.Now); err != nil {
				t.Error(err)
			}
		})
	}
	taps.Wait()
	if v := seen(t, d, dbtest.Mission).Verified; v.By != dbtest.Referent.Account || v.Means != app.ByLink || !v.At.Equal(dbtest.Now) {
		t.Errorf("confirmed %+v", v)
	}
	confirmed := 0
	for _, act := range actsOn(t, d, dbtest.Mission) {
		if strings.Contains(act, "a confirmé") {
			confirmed++
			if act != "Bruno Delmas a confirmé que la fiche est juste, par le lien reçu et sans se connecter" {
				t.Errorf("the history says %q", act)
			}
		}
	}
	if confirmed != 1 {
		t.Errorf("noted %d times, want once", confirmed)
	}
	(&pen{}).round(t, d, dbtest.Now.AddDate(0, 0, 11)) // no reminder: it would fail to word one
	if mails := mailsTo(t, d, "bruno@maillage.test"); mails != 1 {
		t.Errorf("%d letters, want the first alone", mails)
	}
}

func mailsTo(t *testing.T, d *db.DB, email string) (n int) {
	t.Helper()
	mails, err := d.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mails {
		if m.Recipient == email {
			n++
		}
	}
	return n
}

func TestAStructureWithoutReferentIsWrittenAtItsOwnAddress(t *testing.T) {
	d := dbtest.New(t)
	alone(t, d)
	p := askedOf(t, d, dbtest.Mission)
	link := p.link(t, "contact@mission.test")
	if err := d.ConfirmByLink(t.Context(), link, 1, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if v := seen(t, d, dbtest.Mission).Verified; v.By != "" || v.Means != app.ByAddress {
		t.Errorf("confirmed %+v, want by the address", v)
	}
	if err := d.AskStructure(t.Context(), dbtest.Coordinator, dbtest.School, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	p.round(t, d, dbtest.Now)
	if got := askedState(t, d, dbtest.School); got != app.InquiryUnreachable {
		t.Errorf("the school, which has no address: %q", got)
	}
}

// askedState returns what a structure was last asked came to.
func askedState(t *testing.T, d *db.DB, id app.OrganisationID) app.InquiryState {
	t.Helper()
	f, err := d.LastInquiry(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return f.State
}

func TestALinkEndsWithWhatItRestsOn(t *testing.T) {
	for name, change := range map[string]func(*testing.T, *db.DB) error{
		"the référent leaves": func(t *testing.T, d *db.DB) error { alone(t, d); return nil },
		"the account is closed": func(t *testing.T, d *db.DB) error {
			return d.DisableAccount(t.Context(), dbtest.Admin, dbtest.Referent.Account, dbtest.Now)
		},
		"the structure is archived": func(t *testing.T, d *db.DB) error {
			return d.ArchiveOrganisation(t.Context(), dbtest.Coordinator, dbtest.Mission, dbtest.Now)
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.New(t)
			link := askedOf(t, d, dbtest.Mission).link(t, "bruno@maillage.test")
			if err := change(t, d); err != nil {
				t.Fatal(err)
			}
			wantGone(t, d, link, dbtest.Now)
		})
	}
	t.Run("the address of the structure changes", func(t *testing.T) {
		d := dbtest.New(t)
		alone(t, d)
		link := askedOf(t, d, dbtest.Mission).link(t, "contact@mission.test")
		o := seen(t, d, dbtest.Mission)
		o.Email = "accueil@mission.test"
		if err := d.EditOrganisation(t.Context(), dbtest.Coordinator, o, dbtest.Now); err != nil {
			t.Fatal(err)
		}
		wantGone(t, d, link, dbtest.Now)
	})
	t.Run("its time is over", func(t *testing.T) {
		d := dbtest.New(t)
		wantGone(t, d, askedOf(t, d, dbtest.Mission).link(t, "bruno@maillage.test"), dbtest.Now.Add(app.InquiryLinkLife))
	})
	t.Run("it was answered the day before", func(t *testing.T) {
		d := dbtest.New(t)
		link := askedOf(t, d, dbtest.Mission).link(t, "bruno@maillage.test")
		for _, hours := range []time.Duration{0, 20} { // saying it again does not give it another day
			if err := d.ConfirmByLink(t.Context(), link, 1, dbtest.Now.Add(hours*time.Hour)); err != nil {
				t.Fatal(err)
			}
		}
		wantGone(t, d, link, dbtest.Now.Add(24*time.Hour))
	})
}

// wantGone fails unless link opens nothing and changes nothing.
func wantGone(t *testing.T, d *db.DB, link string, now time.Time) {
	t.Helper()
	before := seen(t, d, dbtest.Mission)
	if _, _, err := d.OpenInquiry(t.Context(), link, now); app.KindOf(err) != app.NotFound {
		t.Errorf("it opens: %v", err)
	}
	for name, err := range map[string]error{
		"confirms": d.ConfirmByLink(t.Context(), link, before.Version, now),
		"corrects": d.CorrectByLink(t.Context(), link, before, "", now),
		"declines": d.DeclineByLink(t.Context(), link, "", now),
	} {
		if err == nil || app.KindOf(err) != app.NotFound {
			t.Errorf("it %s: %v", name, err)
		}
	}
	if after := seen(t, d, dbtest.Mission); after.Verified != before.Verified || after.Version != before.Version {
		t.Error("it changed the record")
	}
}
