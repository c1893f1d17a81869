package db_test

import (
	"slices"
	"strings"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// objected makes the référent of the Mission locale object, and returns the subjects of what
// is written to him from then on.
func objected(t *testing.T, d *db.DB) (since func() []string) {
	t.Helper()
	quiet := func(app.Objection) app.Mail { return app.Mail{Subject: "opposition"} }
	if err := d.Object(t.Context(), dbtest.Referent, app.Objection{Kind: app.ToObject, Reason: "Trop de courriels"}, quiet, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	return func() []string { return written(t, d, dbtest.Referent.Email) }
}

func subject(s string) db.Letter { return func(app.Notice) app.Mail { return app.Mail{Subject: s} } }

func TestWhoObjectedIsWrittenOnlyWhatTheyMustKnow(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	since := objected(t, d)
	for _, act := range []func() error{
		func() error {
			_, err := d.Invite(ctx, dbtest.Coordinator, uninvited(t, d, 0), []app.OrganisationID{dbtest.Mission}, subject("invitation"), dbtest.Now)
			return err
		},
		func() error {
			_, _, err := d.Remind(ctx, dbtest.Coordinator, dbtest.Soon, subject("rappel"), dbtest.Now)
			return err
		},
		func() error {
			return d.Cancel(ctx, dbtest.Coordinator, dbtest.Soon, "Salle fermée", subject("annulation"), dbtest.Now)
		},
		func() error {
			return d.SendLink(ctx, dbtest.Referent.Email, db.LinkKey{Link: "digest"}, app.Mail{Subject: "connexion"}, dbtest.Now)
		},
		func() error {
			return d.SendPersonLinks(ctx, dbtest.Referent.Email, []string{"lien"}, func([]string, bool) app.Mail { return app.Mail{Subject: "lien"} }, dbtest.Now)
		},
	} {
		if err := act(); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := since(), []string{"annulation", "connexion", "invitation", "lien"}; !slices.Equal(got, want) {
		t.Errorf("%q written to who objected and alone answers for a structure, want %q: no reminder", got, want)
	}
}

func TestWhoObjectedIsInvitedNoMoreWhereSomebodyElseAnswers(t *testing.T) {
	d, raw := opened(t)
	if _, err := raw.ExecContext(t.Context(), `UPDATE account_organisations SET role = 'referent' WHERE account_id = 'a-lea'`); err != nil {
		t.Fatal(err)
	}
	since := objected(t, d)
	if _, err := d.Invite(t.Context(), dbtest.Coordinator, uninvited(t, d, 0), []app.OrganisationID{dbtest.Mission}, subject("invitation"), dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if got := since(); len(got) != 0 {
		t.Errorf("%q written to who objected, want the other référente invited", got)
	}
	if got := written(t, d, dbtest.Colleague.Email); strings.Join(got, "") != "invitation" {
		t.Errorf("%q written to the other référente, want the invitation", got)
	}
}
