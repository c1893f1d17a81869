package db_test

import (
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// shared adds Tom, of the school, and of the social centre of Figeac too, as the administration wrote.
func shared(t *testing.T, d *db.DB, email string) app.PersonID {
	t.Helper()
	id, err := d.AddPerson(t.Context(), dbtest.Coordinator, app.Person{FirstName: "Tom", LastName: "Commun", Email: email}, app.Position{Organisation: dbtest.School}, true, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.AddPosition(t.Context(), dbtest.Admin, app.Position{Person: id, Organisation: dbtest.Foreign}, wroteDown, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	return id
}

const hers = "claire.bis@evil.test" // another address of Claire's

func opening(id app.PersonID, email string) db.Invitee {
	return db.Invitee{Person: app.Person{ID: id}, Email: email, Grants: []app.Grant{{Role: app.Colleague, Organisation: dbtest.School}}, Former: toldFormer}
}

func wantField(t *testing.T, what string, err error) {
	t.Helper()
	if app.FieldsOf(err)[app.FieldEmail] == "" {
		t.Errorf("%s: %v, want it refused on the address", what, err)
	}
}

// Who may not erase somebody of two territories does not sign in as them to do it.
func TestNobodySignsInAsWhomAnotherTerritoryKnows(t *testing.T) {
	for name, email := range map[string]string{"without address": "", "with theirs": "tom@ecole.test"} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.New(t)
			ctx := t.Context()
			id := shared(t, d, email)
			wantKind(t, d.ErasePerson(ctx, dbtest.Coordinator, id, noSeat, dbtest.Now), app.Forbidden)
			_, err := d.OpenAccount(ctx, dbtest.Coordinator, opening(id, hers), secret.Digest("o"), app.Mail{}, dbtest.Now)
			wantField(t, "opens their account at her address", err)
			_, err = d.InviteTeammate(ctx, dbtest.Coordinator, dbtest.School, db.Entrant{Person: id, Who: app.Newcomer{Email: hers}, Role: app.Colleague}, secret.Digest("o"), welcomed, dbtest.Now)
			wantField(t, "invites them into a team at her address", err)
			r, err := d.Person(ctx, dbtest.Coordinator, id, dbtest.Now)
			if err != nil {
				t.Fatal(err)
			}
			r.Email = hers
			wantField(t, "writes her address on their record", d.EditPerson(ctx, dbtest.Coordinator, r.Person, toldFormer, dbtest.Now))
			r.Email, r.Phone = email, "05 65 11 22 33"
			if err := d.EditPerson(ctx, dbtest.Coordinator, r.Person, toldFormer, dbtest.Now); err != nil {
				t.Errorf("their telephone is hers to keep: %v", err)
			}
			both := dbtest.Coordinator
			both.Coordinates = []app.TerritoryID{dbtest.Cauvaldor, dbtest.Figeac}
			if _, err := d.OpenAccount(ctx, both, opening(id, hers), secret.Digest("o"), app.Mail{}, dbtest.Now); err != nil {
				t.Errorf("who coordinates both may: %v", err)
			}
		})
	}
}

// The account they have not come to yet is not moved, nor its link read, for the same reason.
func TestNobodyTakesTheInvitationOfWhomAnotherTerritoryKnows(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	id := shared(t, d, "tom@ecole.test")
	a, err := d.OpenAccount(ctx, dbtest.Coordinator, opening(id, "tom@ecole.test"), secret.Digest("o"), app.Mail{}, dbtest.Now)
	if err != nil {
		t.Fatalf("their account is opened at their own address: %v", err)
	}
	wantField(t, "moves their account", d.MoveAccount(ctx, dbtest.Coordinator, a, hers, app.Mail{}, dbtest.Now))
	if may, err := d.LinkToPass(ctx, dbtest.Coordinator, a, dbtest.Now); may || err != nil {
		t.Errorf("she reads the link that opens it: %v, %v", may, err)
	}
	if may, err := d.LinkToPass(ctx, dbtest.Admin, a, dbtest.Now); !may || err != nil {
		t.Errorf("the administration may read it: %v, %v", may, err)
	}
}

// Whoever coordinates one territory of a structure ends a function there; its person is still of both.
func TestAFunctionEndedGivesNobodyTheAddressOfItsPerson(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	if err := d.AddPosition(ctx, dbtest.Coordinator, app.Position{Person: dbtest.Reader.Person, Organisation: dbtest.School}, wroteDown, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.EndPosition(ctx, dbtest.Coordinator, app.PositionID("p-"+dbtest.Reader.Person), dbtest.Now); err != nil {
		t.Fatal(err)
	}
	r, err := d.Person(ctx, dbtest.Coordinator, dbtest.Reader.Person, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	r.Email = hers
	wantField(t, "readdresses Paul", d.EditPerson(ctx, dbtest.Coordinator, r.Person, toldFormer, dbtest.Now))
	wantKind(t, d.ErasePerson(ctx, dbtest.Coordinator, dbtest.Reader.Person, noSeat, dbtest.Now), app.Forbidden)
}

// An invitation taken back on the page of the account no longer opens its person.
func TestRolesTakenBackTakeTheInvitationBack(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	id, err := d.AddPerson(ctx, dbtest.Coordinator, app.Person{FirstName: "Tom", LastName: "Visé", Email: "tom@ecole.test", Phone: "0611223344"}, app.Position{Organisation: dbtest.School}, true, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	a, err := d.OpenAccount(ctx, dbtest.Coordinator, opening(id, "faute@de-frappe.test"), secret.Digest("o"), app.Mail{}, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.GiveRoles(ctx, dbtest.Coordinator, a, []app.Grant{{Role: app.ReadOnly, Territory: dbtest.Cauvaldor}}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Account(ctx, dbtest.Coordinator, a, dbtest.Now); err != nil {
		t.Fatalf("another role leaves the invitation: %v", err)
	}
	if err := d.GiveRoles(ctx, dbtest.Coordinator, a, nil, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if v, err := d.SignInByLink(ctx, secret.Digest("o"), "s", "x", dbtest.Now.Add(6*24*time.Hour)); err == nil {
		o, _ := d.OwnData(ctx, v.Person, dbtest.Now)
		t.Errorf("six days later, who got it by mistake reads %s %s %s", o.Name(), o.Email, o.Phone)
	}
	if _, err := d.OpenAccount(ctx, dbtest.Coordinator, opening(id, "tom@ecole.test"), secret.Digest("o2"), app.Mail{}, dbtest.Now); err != nil {
		t.Errorf("Tom is invited anew, at his address: %v", err)
	}
}
