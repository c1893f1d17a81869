package db_test

import (
	"fmt"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// Whoever signs their other devices out has no more strangers written to for that.
func TestNobodyHasUsWriteToManyAddressesByMovingTheirAccount(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	sent := 0
	for i := range 12 {
		err := d.AskToMove(ctx, dbtest.Colleague, fmt.Sprintf("cible%d@victime.test", i), secret.Digest(fmt.Sprint(i)), app.Mail{Subject: "Confirmez"}, app.Mail{}, dbtest.Now)
		if err == nil {
			sent++
			continue
		}
		wantField(t, "one more new address", err)
		if err := d.EndOtherSessions(ctx, dbtest.Colleague, "s", dbtest.Now); err != nil {
			t.Fatal(err)
		}
		if err := d.RevokePersonLinks(ctx, dbtest.Colleague.Person); err != nil {
			t.Fatal(err)
		}
	}
	if sent != 3 {
		t.Errorf("one account had %d strangers written to in the same minute, want 3 an hour", sent)
	}
	if _, err := d.ConfirmAddress(ctx, secret.Digest("0"), db.LeftLetters{}, dbtest.Now); app.KindOf(err) != app.NotFound || err == nil {
		t.Errorf("a link taken away still moves the account: %v", err)
	}
}

// Nor for having confirmed an address of theirs in between.
func TestAnAddressConfirmedFreesNoOther(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	for i := range 3 {
		if err := d.AskToMove(ctx, dbtest.Colleague, fmt.Sprintf("lea%d@maillage.test", i), secret.Digest(fmt.Sprint(i)), app.Mail{}, app.Mail{}, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.ConfirmAddress(ctx, secret.Digest("2"), db.LeftLetters{}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.AskToMove(ctx, dbtest.Colleague, "cible@victime.test", secret.Digest("x"), app.Mail{}, app.Mail{}, dbtest.Now); err != nil {
		t.Fatalf("the one that was theirs is no stranger's: %v", err)
	}
	wantField(t, "one more", d.AskToMove(ctx, dbtest.Colleague, "autre@victime.test", secret.Digest("y"), app.Mail{}, app.Mail{}, dbtest.Now))
}

// An account has so many strangers invited in an hour, by whatever way, whoever they are.
func TestAnAccountInvitesSoManyInAnHour(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	invite := func(by app.Viewer, i int, now time.Time) error {
		who := app.Newcomer{FirstName: "Cible", LastName: fmt.Sprint("Numéro", i), Email: fmt.Sprintf("cible%d@victime.test", i)}
		_, err := d.InviteTeammate(ctx, by, dbtest.Mission, db.Entrant{Who: who, Role: app.Colleague}, secret.Digest(fmt.Sprint(i)), welcomed, now)
		return err
	}
	for i := range app.InvitationsAnHour {
		if err := invite(dbtest.Referent, i, dbtest.Now); err != nil {
			t.Fatalf("invitation %d: %v", i, err)
		}
	}
	wantField(t, "one more", invite(dbtest.Referent, 100, dbtest.Now.Add(59*time.Minute)))
	if err := invite(dbtest.Coordinator, 101, dbtest.Now); err != nil {
		t.Errorf("another's are not theirs: %v", err)
	}
	if err := d.FileJoinRequest(ctx, app.JoinRequest{Organisation: dbtest.Mission, Who: app.Newcomer{FirstName: "Nora", LastName: "Demande", Email: "nora@mission.test"}}, requested, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	all, err := d.JoinRequestsToAnswer(ctx, dbtest.Referent, dbtest.Now)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	if _, err := d.AcceptJoinRequest(ctx, dbtest.Referent, all[0].ID, dbtest.Mission, app.Colleague, secret.Digest("j"), welcomed, dbtest.Now); err != nil {
		t.Errorf("whoever asked is let in: %v", err)
	}
	if err := invite(dbtest.Referent, 102, dbtest.Now.Add(time.Hour)); err != nil {
		t.Errorf("an hour later: %v", err)
	}
}

func requested(r app.JoinRequest, to string) app.Mail { return app.Mail{Subject: "Demande"} }

// Whoever erases themselves takes away nothing of an address that others typed on their record.
func TestErasingOneselfLeavesTheRequestOfAnAddressTypedOnOnesRecord(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	if err := d.FileJoinRequest(ctx, app.JoinRequest{Organisation: dbtest.Mission, Who: app.Newcomer{FirstName: "Nora", LastName: "Demande", Email: "nora@mission.test"}}, requested, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	r, err := d.Person(ctx, dbtest.Referent, dbtest.Colleague.Person, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	r.Email = "nora@mission.test"
	if err := d.EditPerson(ctx, dbtest.Referent, r.Person, toldFormer, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	later := dbtest.Now.Add(time.Minute)
	if err := d.ErasePerson(ctx, dbtest.Colleague, dbtest.Colleague.Person, noSeat, later); err != nil {
		t.Fatal(err)
	}
	if all, err := d.JoinRequestsToAnswer(ctx, dbtest.Referent, later); err != nil || len(all) != 1 {
		t.Errorf("Nora’s confirmed request is gone with Léa: %v %v", all, err)
	}
}

// A name kept from before, that nobody may type any more, holds back nothing else of a record.
func TestWhoBearsAnAddressAsTheirNameIsStillEdited(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	err := d.Load(ctx, func(l *db.Loader) error {
		p := app.Person{ID: "ancienne", FirstName: "Voyez https://evil.test", LastName: "Delmas", CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now, Version: 1}
		return l.Person(p, app.Position{ID: "p-ancienne", Person: p.ID, Organisation: dbtest.Mission, Version: 1})
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := d.Person(ctx, dbtest.Coordinator, "ancienne", dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	p := r.Person
	p.Phone = "05 65 11 22 33"
	if err := d.EditPerson(ctx, dbtest.Coordinator, p, toldFormer, dbtest.Now); err != nil {
		t.Errorf("their telephone: %v", err)
	}
	p.Version, p.LastName = p.Version+1, "www.evil"
	if err := d.EditPerson(ctx, dbtest.Coordinator, p, toldFormer, dbtest.Now); app.FieldsOf(err)[app.FieldLastName] == "" {
		t.Errorf("their name becomes an address: %v", err)
	}
}
