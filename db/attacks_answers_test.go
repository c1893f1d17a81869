package db_test

import (
	"slices"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// A coordinator moves the account of another coordinator and acts in their name in the journal.
func TestACoordinatorDoesNotMoveTheAccountOfAnother(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	if err := d.GiveRoles(ctx, dbtest.Admin, dbtest.Reader.Account, []app.Grant{{Role: app.Coordination, Territory: dbtest.Cauvaldor}}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.MoveAccount(ctx, dbtest.Coordinator, dbtest.Reader.Account, "claire.bis@evil.test", app.Mail{Subject: "M"}, dbtest.Now); err != nil {
		return
	}
	if err := d.SendLink(ctx, "claire.bis@evil.test", db.LinkKey{Link: "l", Browser: "b", Code: "c"}, app.Mail{}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	v, err := d.SignInByLink(ctx, "l", "s", "x", dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.ArchiveOrganisation(ctx, v, dbtest.School, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	acts, _ := d.History(ctx, app.OfOrganisation, string(dbtest.School), 1)
	if slices.ContainsFunc(acts, func(e app.Entry) bool { return e.Actor == "Paul d’Huart" && e.For == "" }) {
		t.Errorf("what Claire did is written under Paul's name: %s %s", acts[0].Actor, acts[0].Act)
	}
}

// The answer to an opposition of somebody who has an account goes to the address that another wrote on their record.
func TestTheAnswerToAnOppositionGoesWhereItsPersonSignsIn(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	r, err := d.Person(ctx, dbtest.Referent, "lea", dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	p := r.Person
	p.Email = "bruno.bis@evil.test"
	if err := d.EditPerson(ctx, dbtest.Referent, p, toldFormer, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.Object(ctx, dbtest.Colleague, app.Objection{Kind: app.ToObject, Reason: "Bruno me harcèle"}, func(app.Objection) app.Mail { return app.Mail{Subject: "O"} }, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	all, err := d.Objections(ctx, dbtest.Coordinator, dbtest.Now)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	if err := d.AnswerObjection(ctx, dbtest.Coordinator, all[0].ID, true, false, "Nous prenons au sérieux ce que vous dites de Bruno.", func(app.Objection) app.Mail { return app.Mail{Subject: "Réponse"} }, noSeat, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if to := recipients(t, d, "Réponse"); !slices.Contains(to, dbtest.Colleague.Email) {
		t.Errorf("the answer to Léa, who signs in at %s, went to %q", dbtest.Colleague.Email, to)
	}
}
