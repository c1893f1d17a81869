package db_test

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// real makes the people of the small world count as real ones.
func real(t *testing.T, raw *sql.DB) {
	t.Helper()
	if _, err := raw.ExecContext(t.Context(), `UPDATE people SET invented = FALSE`); err != nil {
		t.Fatal(err)
	}
}

// letters name what goes, how many and when.
var letters = db.RetentionLetters{
	Person: func(i app.DueItem, _ string) app.Mail {
		return app.Mail{Subject: string(i.Keeping) + " " + string(app.DateOf(i.Due)), Body: "Bonjour"}
	},
	Keepers: func(items []app.DueItem) app.Mail {
		subject := "bientôt"
		for _, i := range items {
			subject += fmt.Sprint(" ", i.Keeping, " ", i.Count, " ", app.DateOf(i.Due))
		}
		return app.Mail{Subject: subject, Body: "Bonjour"}
	},
	Link: func() (address, digest string) { token := secret.Token(); return token, secret.Digest(token) },
	Seat: noLetter,
}

// run runs the job at a moment and returns what it did.
func run(t *testing.T, d *db.DB, at time.Time) db.RetentionRun {
	t.Helper()
	r, done, err := d.Retain(t.Context(), letters, at)
	if err != nil || !done {
		t.Fatalf("Retain at %v: done %v, %v", at, done, err)
	}
	return r
}

// written returns the subjects of the mails to somebody.
func written(t *testing.T, d *db.DB, email string) (all []string) {
	t.Helper()
	mails, err := d.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mails {
		if m.Recipient == email {
			all = append(all, m.Subject)
		}
	}
	slices.Sort(all)
	return all
}

func day(date string) time.Time { return app.Date(date).Time().Add(10 * time.Hour) }

func TestAnIdleAccountIsToldThenRemoved(t *testing.T) {
	d, raw := opened(t)
	real(t, raw)
	run(t, d, day("2027-01-20"))
	if got := written(t, d, dbtest.Reader.Email); slices.ContainsFunc(got, func(s string) bool { return s[:7] == "comptes" }) {
		t.Errorf("%q written 41 days before, want nothing of the account yet", got)
	}
	run(t, d, day("2027-02-01"))
	run(t, d, day("2027-02-02"))
	if got := written(t, d, dbtest.Reader.Email); !slices.Contains(got, "comptes 2027-03-03") || len(got) > 2 {
		t.Errorf("%q written, want one of the account, that names the day", got)
	}
	if _, err := d.BeginSession(t.Context(), dbtest.Coordinator.Account, "claire", "Essai", day("2027-02-10")); err != nil {
		t.Fatal(err)
	}
	if r := run(t, d, day("2027-03-02")); r.Gone[app.KeepIdleAccounts] != 0 {
		t.Errorf("%d accounts gone a day before what was promised, want none", r.Gone[app.KeepIdleAccounts])
	}
	if r := run(t, d, day("2027-03-04")); r.Gone[app.KeepIdleAccounts] != len(dbtest.Viewers)-2 {
		t.Errorf("gone = %v, want every account but the last administrator's and that of who came back", r.Gone)
	}
	lines, _, err := d.Accounts(t.Context(), dbtest.Admin, db.AccountFilter{}, 50)
	if err != nil || len(lines) != 2 {
		t.Errorf("accounts left = %v, %v; want two", lines, err)
	}
	p, err := d.Person(t.Context(), dbtest.Admin, dbtest.Reader.Person, day("2027-03-04"))
	if err != nil || p.LastName != "d’Huart" {
		t.Errorf("Person = %+v, %v; want the record kept", p.Person, err)
	}
	history, err := d.History(t.Context(), app.OfPerson, string(dbtest.Reader.Person), 5)
	if err != nil || len(history) != 1 || history[0].Actor != "" {
		t.Errorf("history = %+v, %v; want one act, by itself", history, err)
	}
}

func TestAPersonWhoseAccountWentMayHaveAnother(t *testing.T) {
	d, raw := opened(t)
	real(t, raw)
	run(t, d, day("2027-02-01"))
	run(t, d, day("2027-03-04"))
	_, err := d.OpenAccount(t.Context(), dbtest.Admin, db.Invitee{
		Person: app.Person{ID: dbtest.Reader.Person}, Email: dbtest.Reader.Email, Grants: []app.Grant{{Role: app.ReadOnly, Territory: dbtest.Cauvaldor}},
	}, "digest", app.Mail{Subject: "s"}, day("2027-03-05"))
	if err != nil {
		t.Errorf("OpenAccount: %v", err)
	}
}

func TestContactsAreAskedOnceAYear(t *testing.T) {
	d, raw := opened(t)
	real(t, raw)
	for _, at := range []string{"2026-03-01", "2026-03-03", "2026-03-04", "2026-12-01", "2027-03-04"} {
		run(t, d, day(at))
	}
	if got := written(t, d, "ines@ecole.test"); len(got) != 2 {
		t.Errorf("%q written to Inès, want to be asked twice in a year and a day", got)
	}
}

func TestARecordWithoutNewsIsErased(t *testing.T) {
	d, raw := opened(t)
	real(t, raw)
	before, attendance := figures(t, d, dbtest.CTG, dbtest.Cauvaldor)
	run(t, d, day("2028-02-02"))
	if _, err := d.Person(t.Context(), dbtest.Admin, dbtest.Ines, day("2028-02-02")); err != nil {
		t.Fatalf("a month before: %v", err)
	}
	if r := run(t, d, day("2028-03-10")); r.Gone[app.KeepRecords] != 1 {
		t.Errorf("gone = %v, want one record", r.Gone)
	}
	if left := whereFound(t, raw, "Faure", "ines@"); len(left) > 0 {
		t.Errorf("traces left: %v", left)
	}
	if after, attended := figures(t, d, dbtest.CTG, dbtest.Cauvaldor); !reflect.DeepEqual(before, after) || !reflect.DeepEqual(attendance, attended) {
		t.Errorf("figures = %+v, want %+v", after, before)
	}
}

func TestPresencesLoseTheirNamesOnceTheConventionIsOver(t *testing.T) {
	d, raw := opened(t)
	real(t, raw)
	before, attendance := figures(t, d, dbtest.CTG, dbtest.Cauvaldor)
	if err := d.SetRetention(t.Context(), dbtest.Admin, app.Retention{app.KeepPresences: 6}, 0, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if _, err := raw.ExecContext(t.Context(), `UPDATE people SET updated_at = '2030-01-01 00:00:00+00:00'`); err != nil {
		t.Fatal(err)
	}
	run(t, d, day("2030-06-01"))
	if r := run(t, d, day("2030-06-29")); r.Gone[app.KeepPresences] != 0 {
		t.Errorf("gone = %v before its time, want none", r.Gone)
	}
	if r := run(t, d, day("2030-07-02")); r.Gone[app.KeepPresences] != 3 {
		t.Errorf("gone = %v, want three presences", r.Gone)
	}
	if after, attended := figures(t, d, dbtest.CTG, dbtest.Cauvaldor); !reflect.DeepEqual(before, after) || !reflect.DeepEqual(attendance, attended) {
		t.Errorf("figures = %+v, want %+v", after, before)
	}
	works, err := d.WorkshopsOf(t.Context(), dbtest.Coordinator, db.PersonRecord{Person: app.Person{ID: dbtest.Coordinator.Person}}, day("2030-07-02"))
	if err != nil || len(works) != 0 {
		t.Errorf("workshops of Claire = %v, %v; want none", works, err)
	}
	if r := run(t, d, day("2030-07-04")); r.Gone[app.KeepPresences] != 0 {
		t.Errorf("gone = %v again, want none", r.Gone)
	}
}

func TestOldActsAndMailsGo(t *testing.T) {
	d, raw := opened(t)
	real(t, raw)
	busy(t, d)
	if _, err := raw.ExecContext(t.Context(), `UPDATE mails SET sent_at = created_at`); err != nil {
		t.Fatal(err)
	}
	if r := run(t, d, dbtest.Now.AddDate(0, 5, 2)); r.Gone[app.KeepMails] != 0 || r.Gone[app.KeepJournal] != 0 {
		t.Errorf("gone = %v in five months, want none", r.Gone)
	}
	if r := run(t, d, dbtest.Now.AddDate(0, 6, 1)); r.Gone[app.KeepMails] == 0 || r.Gone[app.KeepJournal] != 0 {
		t.Errorf("gone = %v in six months, want the mails", r.Gone)
	}
	run(t, d, dbtest.Now.AddDate(0, 11, -1))
	if r := run(t, d, dbtest.Now.AddDate(0, 12, 1)); r.Gone[app.KeepJournal] == 0 {
		t.Errorf("gone = %v in a year, want the acts", r.Gone)
	}
}

func TestADemonstrationKeepsItsPeople(t *testing.T) {
	d := dbtest.New(t)
	if r := run(t, d, dbtest.Now.AddDate(9, 0, 0)); r.Told != 0 || len(r.Gone) != 0 {
		t.Errorf("%+v, want nothing done", r)
	}
	s, err := d.RetentionState(t.Context(), dbtest.Admin, dbtest.Now.AddDate(9, 0, 0))
	if err != nil || !s.Invented || len(s.Kept) != len(app.Rules) || s.Last.At.IsZero() {
		t.Errorf("RetentionState = %+v, %v; want every rule, the last run, and that it is a demonstration", s, err)
	}
}

func TestTheRulesAreAppliedOnceADay(t *testing.T) {
	d, raw := opened(t)
	real(t, raw)
	var wait sync.WaitGroup
	done := make([]bool, 4)
	for i := range done {
		wait.Go(func() {
			var err error
			if _, done[i], err = d.Retain(t.Context(), letters, day("2027-02-01")); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if n := len(slices.DeleteFunc(done, func(b bool) bool { return !b })); n != 1 {
		t.Errorf("%d of four machines ran, want one", n)
	}
	if got := written(t, d, "ines@ecole.test"); len(got) != 1 {
		t.Errorf("%q written to Inès, want one", got)
	}
}

func TestARunThatWasCutOffIsTakenUp(t *testing.T) {
	d, raw := opened(t)
	real(t, raw)
	ctx, cut := context.WithCancel(t.Context())
	at := day("2027-02-01")
	cutting := letters
	cutting.Person = func(i app.DueItem, link string) app.Mail { cut(); return letters.Person(i, link) }
	if _, _, err := d.Retain(ctx, cutting, at); err == nil {
		t.Fatal("Retain went on, want it cut off")
	}
	if _, done, err := d.Retain(t.Context(), letters, at.Add(30*time.Minute)); err != nil || done {
		t.Errorf("Retain = %v, %v half an hour later; want it left to who may still run", done, err)
	}
	run(t, d, at.Add(61*time.Minute))
	for _, v := range []app.Viewer{dbtest.Reader, dbtest.Referent, dbtest.Coordinator} {
		if n := len(slices.DeleteFunc(written(t, d, v.Email), func(s string) bool { return s[:7] != "comptes" })); n != 1 {
			t.Errorf("%d letters to %s, want one", n, v.Email)
		}
	}
}

func TestOnlyTheAdministrationSetsRetention(t *testing.T) {
	d := dbtest.New(t)
	if err := d.SetRetention(t.Context(), dbtest.Coordinator, app.Retention{app.KeepMails: 3}, 0, dbtest.Now); app.KindOf(err) != app.Forbidden {
		t.Errorf("SetRetention by who coordinates: %v, want forbidden", err)
	}
	if _, err := d.RetentionState(t.Context(), dbtest.Coordinator, dbtest.Now); app.KindOf(err) != app.Forbidden {
		t.Errorf("RetentionState by who coordinates: %v, want forbidden", err)
	}
	if err := d.SetRetention(t.Context(), dbtest.Admin, app.Retention{app.KeepMails: 99}, 0, dbtest.Now); app.KindOf(err) != app.Invalid {
		t.Errorf("SetRetention of 99 months: %v, want invalid", err)
	}
	if err := d.SetRetention(t.Context(), dbtest.Admin, app.Retention{app.KeepMails: 3}, 0, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	kept, err := d.Retention(t.Context())
	if err != nil || kept.Months(app.KeepMails) != 3 || kept.Months(app.KeepJournal) != 12 {
		t.Errorf("Retention = %v, %v; want 3 months of mails, the rest by default", kept, err)
	}
	history, err := d.History(t.Context(), app.OfRetention, "regles", 5)
	if err != nil || len(history) != 1 || history[0].Changes[0].After != "3 mois" {
		t.Errorf("history = %+v, %v; want the change", history, err)
	}
}

func TestWhoConfirmsOrAnimatesIsHeardOf(t *testing.T) {
	d, raw := opened(t)
	real(t, raw)
	if _, err := raw.ExecContext(t.Context(), `INSERT INTO workshop_animators (workshop_id, person_id) VALUES ('bientot', 'ines')`); err != nil {
		t.Fatal(err)
	}
	if _, err := raw.ExecContext(t.Context(), `UPDATE workshops SET starts_at = '2028-04-03 10:00:00+00:00', ends_at = '2028-04-03 12:00:00+00:00' WHERE id = 'bientot'`); err != nil {
		t.Fatal(err)
	}
	run(t, d, day("2028-02-02"))
	if r := run(t, d, day("2028-03-10")); r.Gone[app.KeepRecords] != 0 {
		t.Errorf("gone = %v, want the animator of a workshop to come kept", r.Gone)
	}
	p, err := d.Person(t.Context(), dbtest.Admin, dbtest.Ines, day("2028-03-10"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.CorrectOwnData(t.Context(), app.Viewer{Person: dbtest.Ines}, db.Correction{Person: p.Person}, "digest", app.Mail{}, day("2031-03-20")); err != nil {
		t.Fatal(err)
	}
	run(t, d, day("2031-04-10"))
	run(t, d, day("2031-05-20"))
	if _, err := d.Person(t.Context(), dbtest.Admin, dbtest.Ines, day("2031-05-20")); err != nil {
		t.Errorf("who confirmed a record as it is was not kept: %v", err)
	}
}
