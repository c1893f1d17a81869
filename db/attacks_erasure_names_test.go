package db_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// The dummy bears a name of the structure's trail, and its telephone and address.
func TestErasingWhoHadTheDetailsOfAStructureLeavesItsTrail(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	o, err := d.Organisation(ctx, dbtest.Coordinator, dbtest.Mission)
	if err != nil {
		t.Fatal(err)
	}
	o.Phone, o.Email = "05 65 99 99 99", "pirate@evil.test"
	if err := d.EditOrganisation(ctx, dbtest.Coordinator, o, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	entry := func() app.Entry {
		acts, err := d.History(ctx, app.OfOrganisation, string(dbtest.Mission), 20)
		if err != nil {
			t.Fatal(err)
		}
		return acts[len(acts)-1]
	}
	before := entry()
	p := app.Person{LastName: "modifié la fiche", Phone: "05 65 00 00 00", Email: "contact@mission.test"}
	id, err := d.AddPerson(ctx, dbtest.Coordinator, p, app.Position{Organisation: dbtest.Mission}, true, dbtest.Now.Add(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	p.ID, p.Version, p.Phone, p.Email = id, 1, "05 65 99 99 99", "pirate@evil.test"
	if err := d.EditPerson(ctx, dbtest.Coordinator, p, toldFormer, dbtest.Now.Add(2*time.Minute)); err != nil {
		t.Fatal(err)
	}
	if err := d.ErasePerson(ctx, dbtest.Coordinator, id, noSeat, dbtest.Now.Add(3*time.Minute)); err != nil {
		t.Fatal(err)
	}
	if after := entry(); after.Act != before.Act || !slices.Equal(after.Changes, before.Changes) {
		t.Errorf("before %q %+v\nafter  %q %+v", before.Act, before.Changes, after.Act, after.Changes)
	}
}

func TestErasingAHomonymRemovesNoMailOfAnother(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	id, err := d.AddPerson(ctx, dbtest.Coordinator, app.Person{FirstName: "Bruno", LastName: "Delmas", Email: dbtest.Referent.Email}, app.Position{Organisation: dbtest.School}, true, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.MoveAccount(ctx, dbtest.Admin, dbtest.Referent.Account, "pirate@evil.test", app.Mail{Subject: "Compte déplacé", Body: "x"}, dbtest.Now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if err := d.ErasePerson(ctx, dbtest.Coordinator, id, noSeat, dbtest.Now.Add(2*time.Minute)); err != nil {
		t.Fatal(err)
	}
	if to := recipients(t, d, "Compte déplacé"); len(to) != 1 {
		t.Errorf("the notice that Bruno's account was moved is gone, unsent: %q", to)
	}
}

func TestErasingWhoIsCalledAsAMailSpeaksSpoilsNoMail(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	body := "Votre code : ABCD EFGH. Ouvrez http://maillage.test/connexion/lien/AbC pour entrer."
	if err := d.SendLink(ctx, dbtest.Referent.Email, db.LinkKey{Link: "l", Browser: "b", Code: "c"}, app.Mail{Subject: "Connexion", Body: body}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	me := app.Viewer{Account: dbtest.Reader.Account, Person: dbtest.Reader.Person, Email: dbtest.Reader.Email, Reads: dbtest.Reader.Reads, Territory: dbtest.Cauvaldor}
	if err := d.EditPerson(ctx, me, app.Person{ID: me.Person, FirstName: "Ouvrez", LastName: "http", Email: me.Email, Version: 1}, toldFormer, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.ErasePerson(ctx, me, me.Person, noSeat, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	mails, _ := d.Outbox(ctx, dbtest.Admin, db.MailFilter{}, 100)
	for _, m := range mails {
		if m.Recipient == dbtest.Referent.Email && !strings.Contains(m.Body, "http://maillage.test/connexion/lien/AbC") {
			t.Errorf("the link is spoilt: %q", m.Body)
		}
	}
}

// What is said of somebody stays when another of the same name is erased, and what is said of
// the other goes.
func TestErasingAHomonymBlanksNoEntryOfAnother(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	add := func(now time.Time) app.PersonID {
		id, err := d.AddPerson(ctx, dbtest.Coordinator, app.Person{FirstName: "Tom", LastName: "Visé"}, app.Position{Organisation: dbtest.School, Function: "Directeur"}, true, now)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	add(dbtest.Now)
	other := add(dbtest.Now.Add(time.Minute))
	if err := d.ErasePerson(ctx, dbtest.Coordinator, other, noSeat, dbtest.Now.Add(2*time.Minute)); err != nil {
		t.Fatal(err)
	}
	acts, err := d.History(ctx, app.OfOrganisation, string(dbtest.School), 20)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, e := range acts {
		told = append(told, e.Act+" "+e.Changes[0].After)
	}
	if want := []string{"a ajouté une personne effacée …", "a ajouté Tom Visé Directeur"}; !slices.Equal(told, want) {
		t.Errorf("the trail of the school tells %q, want %q", told, want)
	}
}

// The names that somebody had are gone from what was written under each of them.
func TestErasingTakesOutTheNamesThatAPersonHad(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	p := app.Person{FirstName: "Tom", LastName: "Visé"}
	id, err := d.AddPerson(ctx, dbtest.Coordinator, p, app.Position{Organisation: dbtest.School}, true, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	p.ID, p.LastName, p.Version = id, "Épousé", 1
	if err := d.EditPerson(ctx, dbtest.Coordinator, p, toldFormer, dbtest.Now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if err := d.ErasePerson(ctx, dbtest.Coordinator, id, noSeat, dbtest.Now.Add(2*time.Minute)); err != nil {
		t.Fatal(err)
	}
	for table, rows := range dbtest.Trace(t, d) {
		for _, name := range []string{"Visé", "Épousé"} {
			if strings.Contains(rows, name) {
				t.Errorf("%s still holds %q: %s", table, name, rows)
			}
		}
	}
}

// Two people of one name in one act: erasing one takes the other out of it too.
func TestErasingAHomonymLeavesTheOtherInTheSameEntry(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	dummy, err := d.AddPerson(ctx, dbtest.Referent, app.Person{FirstName: "Léa", LastName: "Cœur"}, app.Position{Organisation: dbtest.Mission}, true, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Register(ctx, dbtest.Referent, dbtest.Soon, dbtest.Mission, []app.PersonID{dbtest.Colleague.Person, dummy}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.ErasePerson(ctx, dbtest.Admin, dummy, noSeat, dbtest.Now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	acts, err := d.History(ctx, app.OfWorkshop, string(dbtest.Soon), 20)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range acts {
		for _, c := range e.Changes {
			if c.Field == "Léa Cœur" {
				return
			}
		}
	}
	t.Errorf("Léa, who is not erased, is named nowhere any more: %+v", acts)
}

// The answer that a structure wrote to an invitation names who was erased, and so does the journal.
func TestACommentToAnInvitationForgetsWhoIsErased(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	if err := d.Answer(ctx, dbtest.Referent, dbtest.Soon, dbtest.Mission, app.Coming, "Léa Cœur viendra, 06 11 22 33 44", noSeat, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.ErasePerson(ctx, dbtest.Admin, dbtest.Colleague.Person, noSeat, dbtest.Now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if left := heldOf(t, d, "Léa Cœur"); len(left) > 0 {
		t.Errorf("erased, Léa is still named in %q", left)
	}
}
