package db_test

import (
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// A homonym at somebody's address, erased, takes their mails away: the notice of a moved account too.
func TestAnErasedHomonymLeavesTheNoticesOfSomebodyElse(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	if err := d.MoveAccount(ctx, dbtest.Coordinator, dbtest.Referent.Account, "pirate@evil.test", app.Mail{Subject: "Compte déplacé", Body: "x"}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.AskToJoin(ctx, app.JoinRequest{Organisation: dbtest.School, Who: app.Newcomer{FirstName: "Bruno", LastName: "Delmas", Function: "x", Email: dbtest.Referent.Email}}, secret.Digest("j"), app.Mail{Subject: "Confirmez"}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	id, err := d.AddPerson(ctx, dbtest.Coordinator, app.Person{FirstName: "Bruno", LastName: "Delmas", Email: dbtest.Referent.Email}, app.Position{Organisation: dbtest.School}, true, dbtest.Now.Add(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.ErasePerson(ctx, dbtest.Coordinator, id, noSeat, dbtest.Now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if to := recipients(t, d, "Compte déplacé"); len(to) != 1 {
		t.Errorf("the notice to Bruno that his account was moved was taken out of the outbox before it left: %q", to)
	}
	if _, err := d.JoinRequestToConfirm(ctx, secret.Digest("j"), dbtest.Now); err != nil {
		t.Errorf("and what Bruno asked elsewhere is gone: %v", err)
	}
}

// A référent·e reads what a person did in another territory, by changing the address of their record.
func TestAStructureDoesNotReaddressWhomAnotherKeepsToo(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	// Inès also helps at the Mission locale, which the coordination wrote.
	if err := d.AddPosition(ctx, dbtest.Coordinator, app.Position{Person: dbtest.Ines, Organisation: dbtest.Mission, Function: "Bénévole"}, wroteDown, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.Object(ctx, app.Viewer{Person: dbtest.Ines}, app.Objection{Kind: app.ToObject, Reason: "Confidence à la coordination"}, func(app.Objection) app.Mail { return app.Mail{Subject: "O"} }, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	r, _ := d.Person(ctx, dbtest.Referent, dbtest.Ines, dbtest.Now)
	p := r.Person
	p.Email = "bruno.bis@evil.test"
	err := d.EditPerson(ctx, dbtest.Referent, p, toldFormer, dbtest.Now)
	if wrong := app.FieldsOf(err); wrong[app.FieldEmail] == "" {
		t.Errorf("Bruno writes his own address on the record of somebody of the school too: %v", err)
	}
	if err := d.EditPerson(ctx, dbtest.Coordinator, p, toldFormer, dbtest.Now); err != nil {
		t.Errorf("who coordinates may: %v", err)
	}
}

// A coordinator acts as somebody without any code of theirs, by moving their account.
func TestMovingAnAccountIsNoHelpWithoutACode(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	// Paul acts for the CAF, of two territories, and for nothing else.
	if err := d.GiveRoles(ctx, dbtest.Admin, dbtest.Reader.Account, []app.Grant{{Role: app.Referent, Organisation: dbtest.CAF}}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.MoveAccount(ctx, dbtest.Coordinator, dbtest.Reader.Account, "claire.bis@evil.test", app.Mail{Subject: "M"}, dbtest.Now); err != nil {
		return
	}
	if err := d.SendLink(ctx, "claire.bis@evil.test", db.LinkKey{Link: "l", Browser: "b", Code: "c"}, app.Mail{Subject: "Connexion"}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	v, err := d.SignInByLink(ctx, "l", "s", "x", dbtest.Now)
	if err == nil && v.Person == dbtest.Reader.Person {
		t.Errorf("Claire is %s, without a code; she sees Figeac: %v", v.Name, v.MaySee(dbtest.Figeac))
	}
}

// Who left is still read by whom they were written down by, in lists of the coordination of elsewhere.
func TestListsOfThoseToTellLeaveOutWhomATerritoryOnlyWroteDown(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	caf := cafReferent(t, d)
	id, err := d.AddPerson(ctx, dbtest.Coordinator, app.Person{FirstName: "Rose", LastName: "Secrète", Phone: "0611223344"}, app.Position{Organisation: dbtest.School}, true, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.AddPosition(ctx, caf, app.Position{Person: id, Organisation: dbtest.CAF, Function: "x"}, wroteDown, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	all, err := d.ToldOtherwise(ctx, dbtest.Stranger, dbtest.Now)
	for _, p := range all {
		if strings.Contains(p.Phone, "06 11") {
			t.Errorf("Nina's list gives %s's telephone %s", p.Name(), p.Phone)
		}
	}
	if err != nil {
		t.Error(err)
	}
}

// A coordinator cannot erase whom an unconfirmed position of elsewhere names.
func TestAnUnconfirmedPositionBlocksNoErasure(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	caf := cafReferent(t, d)
	if err := d.AddPosition(ctx, caf, app.Position{Person: dbtest.Ines, Organisation: dbtest.CAF, Function: "x"}, wroteDown, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.ErasePerson(ctx, dbtest.Coordinator, dbtest.Ines, noSeat, dbtest.Now); err != nil {
		t.Errorf("what a structure wrote on its own keeps the coordination from erasing: %v", err)
	}
}

// Who coordinates is nobody else by moving the account of somebody who came.
func TestACoordinatorDoesNotMoveAnAccountThatItsPersonCameTo(t *testing.T) {
	d := dbtest.New(t)
	if err := d.SendLink(t.Context(), dbtest.Referent.Email, db.LinkKey{Link: "l", Browser: "b", Code: "c"}, app.Mail{}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if _, err := d.SignInByLink(t.Context(), "l", "s", "x", dbtest.Now); err != nil {
		t.Fatal(err)
	}
	wantKind(t, d.MoveAccount(t.Context(), dbtest.Coordinator, dbtest.Referent.Account, "claire.bis@evil.test", app.Mail{}, dbtest.Now), app.Forbidden)
	if err := d.MoveAccount(t.Context(), dbtest.Admin, dbtest.Referent.Account, "bruno.neuf@mission.test", app.Mail{}, dbtest.Now); err != nil {
		t.Errorf("the administration may: %v", err)
	}
}
