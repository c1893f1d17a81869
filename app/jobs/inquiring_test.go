package jobs_test

import (
	"regexp"
	"strings"
	"testing"

	"maillage/app"
	"maillage/app/jobs"
	"maillage/db"
	"maillage/db/dbtest"
)

var inquiryLink = regexp.MustCompile(`http://maillage\.test/fiche/\S+`)

func TestAStructureIsAskedByAMailThatShowsItsRecord(t *testing.T) {
	d := dbtest.New(t)
	if err := d.AskStructure(t.Context(), dbtest.Coordinator, dbtest.Mission, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := jobs.InquireDue(t.Context(), d, "http://maillage.test", dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	m := only(t, d)
	if m.Recipient != dbtest.Referent.Email || m.Subject != "Votre fiche est-elle toujours juste ?" {
		t.Errorf("%q to %s", m.Subject, m.Recipient)
	}
	for _, words := range []string{"Bonjour Bruno Delmas,", "Mission locale du Lot", "Téléphone : 05 65 00 00 00", "Horaires : (rien)", "sans compte", "CC Causses et Vallée de la Dordogne"} {
		if !strings.Contains(m.Body, words) {
			t.Errorf("it does not say %q: %s", words, m.Body)
		}
	}
	if len(inquiryLink.FindAllString(m.Body, -1)) != 1 || strings.Contains(m.Body, dbtest.Colleague.Email) {
		t.Errorf("want one link and nobody's address: %s", m.Body)
	}
	if _, err := jobs.InquireDue(t.Context(), d, "http://maillage.test", dbtest.Now.Add(app.InquiryAgain)); err != nil {
		t.Fatal(err)
	}
	mails, err := d.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 10)
	if err != nil || len(mails) != 2 || mails[0].Subject != "Rappel : votre fiche est-elle toujours juste ?" {
		t.Errorf("ten days later: %+v, %v; want a reminder", mails, err)
	}
}
