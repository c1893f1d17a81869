package db_test

import (
	"sync"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// An invitation to a wrong address, taken back, still opens the person it was for.
func TestAnInvitationTakenBackOpensNobody(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	id, err := d.AddPerson(ctx, dbtest.Referent, app.Person{FirstName: "Tom", LastName: "Visé", Email: "tom@mission.test", Phone: "0611223344"}, app.Position{Organisation: dbtest.Mission}, true, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	a, err := d.InviteTeammate(ctx, dbtest.Referent, dbtest.Mission, db.Entrant{Person: id, Who: app.Newcomer{Email: "inconnu@faute-de-frappe.test"}, Role: app.Colleague, Former: toldFormer}, secret.Digest("o"), welcomed, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.RemoveTeammate(ctx, dbtest.Referent, dbtest.Mission, a.Account, db.Departure{Mail: app.Mail{Subject: "D"}}, dbtest.Now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	v, err := d.SignInByLink(ctx, secret.Digest("o"), "s", "x", dbtest.Now.Add(6*24*time.Hour))
	if err != nil {
		return
	}
	o, err := d.OwnData(ctx, v.Person, dbtest.Now)
	t.Errorf("six days after it was taken back, who got the invitation by mistake reads %s, %s, %s and may erase them: %v", o.Name(), o.Email, o.Phone, err)
}

// Somebody reads the titles of another's mails, once their référent·e gave their record that name and address.
func TestTheMailsOfSomebodyElseAreNotTold(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	if err := d.Object(ctx, app.Viewer{Person: dbtest.Ines}, app.Objection{Kind: app.ToErase, Reason: "x"}, func(o app.Objection) app.Mail { return app.Mail{Subject: o.Name + " demande l’effacement"} }, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	r, err := d.Person(ctx, dbtest.Referent, "lea", dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	p := r.Person
	p.FirstName, p.LastName, p.Email = "Claire", "Bonnet", dbtest.Coordinator.Email
	if err := d.EditPerson(ctx, dbtest.Referent, p, toldFormer, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	o, err := d.OwnData(ctx, "lea", dbtest.Now)
	for _, m := range o.Mails {
		if m.Recipient == dbtest.Coordinator.Email {
			t.Errorf("Léa reads that Claire was written: %q %v", m.Subject, err)
		}
	}
}

// Two keepers of one account at once: an access taken back comes back (PostgreSQL).
func TestAnAccessTakenBackMeanwhileStaysSo(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	lea := dbtest.Colleague.Account
	session(t, d, dbtest.Colleague, "sl")
	for i := range 40 {
		if err := d.GiveRoles(ctx, dbtest.Admin, lea, []app.Grant{{Role: app.Colleague, Organisation: dbtest.Mission}, {Role: app.ReadOnly, Territory: dbtest.Figeac}}, dbtest.Now); err != nil {
			t.Fatal(err)
		}
		var one, other error
		var both sync.WaitGroup
		both.Go(func() { one = d.GiveRoles(ctx, dbtest.Stranger, lea, nil, dbtest.Now) })
		both.Go(func() {
			other = d.RemoveTeammate(ctx, dbtest.Referent, dbtest.Mission, lea, db.Departure{Mail: app.Mail{Subject: "D"}}, dbtest.Now)
		})
		both.Wait()
		r, err := d.Account(ctx, dbtest.Admin, lea, dbtest.Now)
		if err != nil {
			t.Fatal(err)
		}
		if one == nil && other == nil && r.Organisations[dbtest.Mission] != "" {
			t.Fatalf("round %d: removed by Bruno, whom nobody contradicted, Léa acts for the Mission locale again", i)
		}
	}
}

// Whoever is invited, never came, and is given a role that requires the second factor keeps
// the link they were sent.
func TestARoleThatRequiresTheSecondFactorLeavesTheInvitation(t *testing.T) {
	d := dbtest.New(t)
	if err := d.Require(t.Context(), dbtest.Admin, true, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	a, err := d.InviteTeammate(t.Context(), dbtest.Referent, dbtest.Mission, db.Entrant{Who: app.Newcomer{FirstName: "Zoé", LastName: "Neuve", Email: "zoe@mission.test"}, Role: app.Colleague}, secret.Digest("o"), welcomed, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.GiveRoles(t.Context(), dbtest.Admin, a.Account, []app.Grant{{Role: app.Coordination, Territory: dbtest.Cauvaldor}}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.LinkStands(t.Context(), secret.Digest("o"), dbtest.Now); err != nil {
		t.Errorf("the invitation opens nothing any more: %v", err)
	}
}
