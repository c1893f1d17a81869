package db_test

import (
	"slices"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// toldFormer words what the former address of somebody is told, for tests.
func toldFormer(structure string) app.Mail {
	return app.Mail{Subject: "Ancienne adresse", Body: structure}
}

// ownLink is a personal link to Inès's data, sent to the address of her record.
func ownLink(t *testing.T, d *db.DB, email string) string {
	t.Helper()
	digest := secret.Digest(secret.Token())
	if err := d.SendPersonLinks(t.Context(), email, []string{digest}, func([]string, bool) app.Mail { return app.Mail{} }, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	return digest
}

func inesAt(email string, version int) app.Person {
	return app.Person{ID: dbtest.Ines, FirstName: "Inès", LastName: "Faure", Email: email, Version: version}
}

func TestTheAddressThatSomebodyElseReplacesIsTold(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	grants := []app.Grant{{Role: app.Referent, Organisation: dbtest.School}, {Role: app.Referent, Organisation: dbtest.Mission}}
	if err := d.GiveRoles(ctx, dbtest.Admin, dbtest.Referent.Account, grants, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	bruno := dbtest.Referent
	bruno.Refers = []app.OrganisationID{dbtest.Mission, dbtest.School}
	former := ownLink(t, d, "ines@ecole.test")
	for i, c := range []struct {
		by    app.Viewer
		email string
		told  []string
	}{
		{bruno, "INES@ecole.test", nil},
		{bruno, "autre@ecole.test", []string{"INES@ecole.test École élémentaire Clément-Brouqui"}},
		{dbtest.Coordinator, "", []string{"autre@ecole.test ", "INES@ecole.test École élémentaire Clément-Brouqui"}},
		{dbtest.Coordinator, "ines@ecole.test", []string{"autre@ecole.test ", "INES@ecole.test École élémentaire Clément-Brouqui"}},
	} {
		if err := d.EditPerson(ctx, c.by, inesAt(c.email, i+1), toldFormer, dbtest.Now.Add(time.Duration(i)*time.Hour)); err != nil {
			t.Fatal(err)
		}
		if got := formerTold(t, d); !slices.Equal(got, c.told) {
			t.Errorf("once the address is %q: told %q, want %q", c.email, got, c.told)
		}
	}
	if _, err := d.LinkedPerson(ctx, former, dbtest.Now); app.KindOf(err) != app.NotFound {
		t.Errorf("the link sent to the former address opens her data: %v", err)
	}
}

// formerTold returns which former addresses were told, and of which structure, the last first.
func formerTold(t *testing.T, d *db.DB) (all []string) {
	t.Helper()
	mails, err := d.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mails {
		if m.Subject == "Ancienne adresse" {
			all = append(all, m.Recipient+" "+m.Body)
		}
	}
	return all
}

func TestOnesOwnNewAddressIsConfirmedByALink(t *testing.T) {
	d := dbtest.New(t)
	bruno := dbtest.Referent
	p := app.Person{ID: bruno.Person, FirstName: "Bruno", LastName: "Delmas", Email: "b@mission.test", Version: 1}
	wantKind(t, d.EditPerson(t.Context(), bruno, p, toldFormer, dbtest.Now), app.Invalid)
	p.Email, p.Phone = "", "05 65 00 00 01"
	if err := d.EditPerson(t.Context(), bruno, p, toldFormer, dbtest.Now); err != nil {
		t.Errorf("taking one's address off: %v", err)
	}
	p.Email, p.Version = bruno.Email, 2
	if err := d.EditPerson(t.Context(), bruno, p, toldFormer, dbtest.Now); err != nil {
		t.Errorf("the address one signs in with: %v", err)
	}
	if to := formerTold(t, d); len(to) != 0 {
		t.Errorf("told: %q", to)
	}
}

func TestNobodyIsToldAgainAndAgainThatTheirAddressIsReplaced(t *testing.T) {
	d := dbtest.New(t)
	for i := range 20 {
		email := []string{"autre@ecole.test", "ines@ecole.test"}[i%2]
		if err := d.EditPerson(t.Context(), dbtest.Coordinator, inesAt(email, i+1), toldFormer, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	if to := formerTold(t, d); len(to) > 2*app.AskedAnHour {
		t.Errorf("%d mails tell two addresses of twenty changes, want %d at most", len(to), 2*app.AskedAnHour)
	}
}

func TestAnAccountOpenedAtAnotherAddressIsToldToThatOfTheRecord(t *testing.T) {
	for name, open := range map[string]func(t *testing.T, d *db.DB, email string) error{
		"by who coordinates": func(t *testing.T, d *db.DB, email string) error {
			n := db.Invitee{Person: app.Person{ID: dbtest.Ines}, Email: email, Grants: []app.Grant{{Role: app.Referent, Organisation: dbtest.School}}, Former: toldFormer}
			_, err := d.OpenAccount(t.Context(), dbtest.Coordinator, n, "o", app.Mail{}, dbtest.Now)
			return err
		},
		"by the structure": func(t *testing.T, d *db.DB, email string) error {
			e := db.Entrant{Person: dbtest.Ines, Who: app.Newcomer{Email: email}, Role: app.Referent, Former: toldFormer}
			_, err := d.InviteTeammate(t.Context(), dbtest.Coordinator, dbtest.School, e, "o", welcomed, dbtest.Now)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.New(t)
			former := ownLink(t, d, "ines@ecole.test")
			if err := open(t, d, "autre@ecole.test"); err != nil {
				t.Fatal(err)
			}
			if to := formerTold(t, d); len(to) != 1 {
				t.Errorf("told: %q, want the address of her record", to)
			}
			if _, err := d.LinkedPerson(t.Context(), former, dbtest.Now); app.KindOf(err) != app.NotFound {
				t.Errorf("the link sent to the former address opens the data of the account: %v", err)
			}
		})
		t.Run(name+", at the same", func(t *testing.T) {
			d := dbtest.New(t)
			former := ownLink(t, d, "ines@ecole.test")
			if err := open(t, d, "ines@ecole.test"); err != nil {
				t.Fatal(err)
			}
			if to := formerTold(t, d); len(to) != 0 {
				t.Errorf("told: %q, want nobody", to)
			}
			if _, err := d.LinkedPerson(t.Context(), former, dbtest.Now); err != nil {
				t.Errorf("her link no longer serves: %v", err)
			}
		})
	}
}

func TestALinkSentToTheAddressOneLeftOpensNothing(t *testing.T) {
	d := dbtest.New(t)
	former := ownLink(t, d, "ines@ecole.test")
	k := db.Correction{Person: inesAt("ines@chezelle.test", 1)}
	if confirming, err := d.CorrectOwnData(t.Context(), app.Viewer{Person: dbtest.Ines}, k, "new", app.Mail{}, dbtest.Now); err != nil || !confirming {
		t.Fatalf("CorrectOwnData = %v, %v", confirming, err)
	}
	if _, err := d.LinkedPerson(t.Context(), former, dbtest.Now); err != nil {
		t.Errorf("before the new address is confirmed: %v", err)
	}
	if _, err := d.ConfirmAddress(t.Context(), "new", db.LeftLetters{Record: toldFormer("")}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if _, err := d.LinkedPerson(t.Context(), former, dbtest.Now); app.KindOf(err) != app.NotFound {
		t.Errorf("the link sent to the address she left opens her data: %v", err)
	}
	if to := formerTold(t, d); !slices.Equal(to, []string{"ines@ecole.test "}) {
		t.Errorf("told: %q, want the address she left", to)
	}
}
