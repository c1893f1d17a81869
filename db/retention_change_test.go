package db_test

import (
	"slices"
	"strings"
	"testing"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// endsOn moves the end of the convention of the small world.
func endsOn(t *testing.T, d *db.DB, end app.Date) {
	t.Helper()
	v := convention(t, d, dbtest.CTG)
	v.EndsOn, v.Phases = end, []app.Phase{{ID: dbtest.Phase1, Name: "Diagnostic partagé", StartsOn: "2026-01-01", EndsOn: end}}
	if err := d.EditConvention(t.Context(), dbtest.Coordinator, v, dbtest.Now); err != nil {
		t.Fatal(err)
	}
}

func TestNoNameGoesForADateMovedToThePastBeforeSomebodyHasSeenIt(t *testing.T) {
	d, raw := opened(t)
	real(t, raw)
	if err := d.SetRetention(t.Context(), dbtest.Admin, app.Retention{app.KeepPresences: 0}, 0, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	run(t, d, dbtest.Now)
	endsOn(t, d, "2026-01-31")
	for _, days := range []int{1, 2, 30} {
		if r := run(t, d, dbtest.Now.AddDate(0, 0, days)); r.Gone[app.KeepPresences] != 0 {
			t.Fatalf("%d presences lost their names %d days after a date was moved, want none for 30 days", r.Gone[app.KeepPresences], days)
		}
	}
	for _, email := range []string{dbtest.Admin.Email, dbtest.Coordinator.Email} {
		if got := written(t, d, email); !slices.Contains(got, "bientôt presences 3 2026-04-02") {
			t.Errorf("%q written to %s, want one letter that says how many and when", got, email)
		}
	}
	if got := written(t, d, dbtest.Stranger.Email); slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "bientôt") }) {
		t.Errorf("%q written to who coordinates elsewhere, want no such letter", got)
	}
	if r := run(t, d, dbtest.Now.AddDate(0, 0, 31)); r.Gone[app.KeepPresences] != 3 {
		t.Errorf("gone = %v a month after the letter, want three presences", r.Gone)
	}
}

func TestADatePutBackIsWarnedOfAnewWhenItMovesAgain(t *testing.T) {
	d, raw := opened(t)
	real(t, raw)
	if err := d.SetRetention(t.Context(), dbtest.Admin, app.Retention{app.KeepPresences: 0}, 0, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	endsOn(t, d, "2026-01-31")
	run(t, d, dbtest.Now)
	endsOn(t, d, "2029-12-31")
	run(t, d, dbtest.Now.AddDate(0, 0, 2))
	endsOn(t, d, "2026-01-31")
	if r := run(t, d, dbtest.Now.AddDate(0, 0, 40)); r.Gone[app.KeepPresences] != 0 {
		t.Errorf("gone = %v forty days after a warning that served no more, want none", r.Gone)
	}
	if r := run(t, d, dbtest.Now.AddDate(0, 0, 71)); r.Gone[app.KeepPresences] != 3 {
		t.Errorf("gone = %v a month after the second warning, want three presences", r.Gone)
	}
}

func TestAShortenedTimeIsAppliedAMonthLaterAndTheFormerOneMeanwhile(t *testing.T) {
	d, raw := opened(t)
	real(t, raw)
	busy(t, d) // acts of dbtest.Now
	run(t, d, dbtest.Now.AddDate(0, 11, 0))
	at := dbtest.Now.AddDate(0, 11, 20)
	if err := d.SetRetention(t.Context(), dbtest.Admin, app.Retention{app.KeepJournal: 6, app.KeepMails: 6}, 0, at); err != nil {
		t.Fatal(err)
	}
	if r := run(t, d, at); r.Gone[app.KeepJournal] != 0 {
		t.Errorf("gone = %v the day the time was shortened, want no act", r.Gone)
	}
	if r := run(t, d, at.AddDate(0, 0, 2)); r.Gone[app.KeepJournal] != 0 {
		t.Errorf("gone = %v two days after, want no act", r.Gone)
	}
	if got := written(t, d, dbtest.Admin.Email); !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "bientôt journal ") }) {
		t.Errorf("%q written to the administration, want what will go of the journal", got)
	}
	if r := run(t, d, dbtest.Now.AddDate(0, 12, 2)); r.Gone[app.KeepJournal] == 0 {
		t.Errorf("gone = %v, want what the former time had warned of", r.Gone)
	}
	acts := func() int {
		entries, err := d.Journal(t.Context(), dbtest.Admin, db.JournalFilter{}, 500)
		if err != nil {
			t.Fatal(err)
		}
		return len(entries)
	}
	before := acts()
	if r := run(t, d, at.AddDate(0, 0, 31)); before == 0 || r.Gone[app.KeepJournal] != 0 {
		t.Errorf("%d acts, gone = %v; want those of less than six months kept", before, r.Gone)
	}
}

func TestWhoHasNoAddressIsErasedAMonthAfterTheCoordinationWasTold(t *testing.T) {
	d, raw := opened(t)
	real(t, raw)
	if _, err := raw.ExecContext(t.Context(), `UPDATE people SET email = '' WHERE id = 'ines'`); err != nil {
		t.Fatal(err)
	}
	at := day("2029-01-01") // three years after she last came
	if r := run(t, d, at); r.Gone[app.KeepRecords] != 0 {
		t.Errorf("gone = %v, want nobody erased of whom nobody was told", r.Gone)
	}
	if got := written(t, d, dbtest.Coordinator.Email); !slices.ContainsFunc(got, func(s string) bool { return strings.HasSuffix(s, " fiches 1 2029-01-31") }) {
		t.Errorf("%q written to the coordination, want that one person is to be told", got)
	}
	due, err := d.DueOtherwise(t.Context(), dbtest.Coordinator, at)
	if err != nil || len(due) != 1 || due[0].Name != "Inès Faure" {
		t.Errorf("DueOtherwise = %v, %v; want Inès", due, err)
	}
	if due, err = d.DueOtherwise(t.Context(), dbtest.Stranger, at); err != nil || len(due) != 0 {
		t.Errorf("DueOtherwise elsewhere = %v, %v; want nobody", due, err)
	}
	if r := run(t, d, at.AddDate(0, 0, 31)); r.Gone[app.KeepRecords] != 1 {
		t.Errorf("gone = %v, want one record", r.Gone)
	}
}

func TestARecordSavedAsItIsIsNewsOfThePerson(t *testing.T) {
	d, raw := opened(t)
	real(t, raw)
	if _, err := raw.ExecContext(t.Context(), `UPDATE people SET email = '' WHERE id = 'ines'`); err != nil {
		t.Fatal(err)
	}
	at := day("2029-01-01")
	run(t, d, at)
	p, err := d.Person(t.Context(), dbtest.Coordinator, dbtest.Ines, at)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.EditPerson(t.Context(), dbtest.Coordinator, p.Person, toldFormer, at.AddDate(0, 0, 3)); err != nil {
		t.Fatal(err)
	}
	if due, err := d.DueOtherwise(t.Context(), dbtest.Coordinator, at.AddDate(0, 0, 3)); err != nil || len(due) != 0 {
		t.Errorf("DueOtherwise = %v, %v; want nobody", due, err)
	}
}

func TestTheLetterOfRetentionHoldsALinkToOnesData(t *testing.T) {
	d, raw := opened(t)
	real(t, raw)
	found := map[string]app.PersonID{}
	ours := letters
	links := map[string]string{} // digests by whom they were written to
	ours.Link = func() (address, digest string) { token := secret.Token(); return token, secret.Digest(token) }
	ours.Person = func(i app.DueItem, link string) app.Mail {
		links[i.ID] = secret.Digest(link)
		return letters.Person(i, link)
	}
	if _, _, err := d.Retain(t.Context(), ours, day("2027-03-04")); err != nil {
		t.Fatal(err)
	}
	for id, digest := range links {
		person, err := d.LinkedPerson(t.Context(), digest, day("2027-03-05"))
		if err != nil {
			t.Fatal(err)
		}
		found[id] = person
	}
	if found[string(dbtest.Ines)] != dbtest.Ines {
		t.Errorf("the links written open %v, want Inès’s her data", found)
	}
}

func TestTheLetterGoesToWhereOneSignsIn(t *testing.T) {
	d, raw := opened(t)
	real(t, raw)
	if _, err := raw.ExecContext(t.Context(), `UPDATE people SET email = 'autre@ailleurs.test' WHERE id = 'paul'`); err != nil {
		t.Fatal(err)
	}
	run(t, d, day("2027-03-04"))
	if got := written(t, d, "autre@ailleurs.test"); len(got) != 0 {
		t.Errorf("%q written, with a personal link, to an address that others put on the record", got)
	}
	if got := written(t, d, dbtest.Reader.Email); !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "contacts") }) {
		t.Errorf("%q written to where Paul signs in, want the question about his contact details", got)
	}
}
