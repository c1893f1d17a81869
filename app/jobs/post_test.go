package jobs_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"maillage/app"
	"maillage/app/jobs"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// queue writes sign-in mails of those subjects to the accounts of the small world.
func queue(t *testing.T, d *db.DB, subjects ...string) {
	t.Helper()
	to := []string{dbtest.Admin.Email, dbtest.Coordinator.Email, dbtest.Referent.Email, dbtest.Colleague.Email, dbtest.Reader.Email, dbtest.Stranger.Email}
	for i, s := range subjects {
		if err := d.SendLink(t.Context(), to[i%len(to)], db.LinkKey{Link: secret.Digest(s)}, app.Mail{Subject: s, Body: "Bonjour"}, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
}

// at is a clock that stands still.
func at(now time.Time) func() time.Time { return func() time.Time { return now } }

func only(t *testing.T, d *db.DB) app.Mail {
	t.Helper()
	mails, err := d.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 10)
	if err != nil || len(mails) != 1 {
		t.Fatalf("Mails = %+v, %v; want one", mails, err)
	}
	return mails[0]
}

func TestAMailLeavesOnce(t *testing.T) {
	d, o := dbtest.New(t), &office{}
	sender := o.opened(t)
	queue(t, d, "un", "deux")
	for range 3 {
		if err := jobs.SendDue(t.Context(), d, sender, at(dbtest.Now)); err != nil {
			t.Fatal(err)
		}
	}
	if got := o.subjects(); !slices.Equal(got, []string{"un", "deux"}) {
		t.Errorf("%q came, want each once, the oldest first", got)
	}
}

func TestATemporaryFailureIsTriedAgain(t *testing.T) {
	d, o := dbtest.New(t), &office{answers: []error{&smtp.SMTPError{Code: 451, Message: "later"}}}
	sender := o.opened(t)
	queue(t, d, "plus tard")
	for _, tt := range []struct {
		after time.Duration
		want  int
	}{{0, 0}, {59 * time.Second, 0}, {61 * time.Second, 1}, {time.Hour, 1}} {
		if err := jobs.SendDue(t.Context(), d, sender, at(dbtest.Now.Add(tt.after))); err != nil {
			t.Fatal(err)
		}
		if got := len(o.subjects()); got != tt.want {
			t.Errorf("after %v %d came, want %d", tt.after, got, tt.want)
		}
	}
	if m := only(t, d); m.SentAt.IsZero() || m.Problem != "" || m.Attempts != 2 {
		t.Errorf("the mail is %+v, want sent at the second attempt", m)
	}
}

func TestAPermanentFailureIsGivenUp(t *testing.T) {
	d, o := dbtest.New(t), &office{answers: []error{&smtp.SMTPError{Code: 550, Message: "no such user"}}}
	sender := o.opened(t)
	queue(t, d, "personne")
	for _, after := range []time.Duration{0, 2 * time.Minute, 48 * time.Hour} {
		if err := jobs.SendDue(t.Context(), d, sender, at(dbtest.Now.Add(after))); err != nil {
			t.Fatal(err)
		}
	}
	if m := only(t, d); m.FailedAt.IsZero() || m.Attempts != 1 || len(o.subjects()) != 0 {
		t.Errorf("the mail is %+v, want given up at once", m)
	}
}

func TestAMailIsGivenUpAfterItsLastAttempt(t *testing.T) {
	d, o := dbtest.New(t), &office{}
	for range 20 {
		o.answers = append(o.answers, &smtp.SMTPError{Code: 421, Message: "closed"})
	}
	sender := o.opened(t)
	queue(t, d, "jamais")
	for now := dbtest.Now; now.Before(dbtest.Now.AddDate(0, 0, 3)); now = now.Add(time.Hour) {
		if err := jobs.SendDue(t.Context(), d, sender, at(now)); err != nil {
			t.Fatal(err)
		}
	}
	if m := only(t, d); m.FailedAt.IsZero() || m.Attempts != 6 {
		t.Errorf("the mail is %+v, want given up after six attempts", m)
	}
}

func TestTwoWorkersNeverSendTheSameMailTwice(t *testing.T) {
	d, o := dbtest.New(t), &office{}
	sender := o.opened(t)
	var subjects []string
	for i := range 18 { // three an address, as many as wait at once
		subjects = append(subjects, fmt.Sprintf("lettre %02d", i))
	}
	queue(t, d, subjects...)
	queued, err := d.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	var workers sync.WaitGroup
	for range 4 {
		workers.Go(func() {
			for range 12 { // who lost a race comes back, as at the next tick
				if err := jobs.SendDue(t.Context(), d, sender, at(dbtest.Now)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	workers.Wait()
	got := o.subjects()
	slices.Sort(got)
	if len(got) != len(queued) || len(slices.Compact(slices.Clone(got))) != len(got) {
		t.Errorf("%d came of %d, %q; want each once", len(got), len(queued), got)
	}
}

func TestStoppingLetsALeavingMailLeave(t *testing.T) {
	d := dbtest.New(t)
	ctx, stop := context.WithCancel(t.Context())
	o := &office{}
	o.taking = sync.OnceFunc(stop) // asked to stop in the middle of the first letter
	sender := o.opened(t)
	queue(t, d, "entière", "la suivante")
	jobs.Post(ctx, d, sender, slog.New(slog.DiscardHandler), at(dbtest.Now))
	if got := len(o.subjects()); got != 1 {
		t.Errorf("%d letters came, want the one that was leaving", got)
	}
	mails, err := d.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 10)
	if err != nil || len(mails) != 2 || mails[1].SentAt.IsZero() || mails[0].Attempts != 0 {
		t.Errorf("Mails = %+v, %v; want the first sent and the second untouched", mails, err)
	}
}
