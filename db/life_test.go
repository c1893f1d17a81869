package db_test

import (
	"slices"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

func TestWhoIsRegisteredIsToldOnce(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	for o, person := range map[app.OrganisationID]app.PersonID{dbtest.School: dbtest.Ines, dbtest.Mission: "bruno"} {
		if _, _, err := d.Register(ctx, dbtest.Coordinator, dbtest.Soon, o, []app.PersonID{person}, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	start := dbtest.Now.AddDate(0, 0, 14)
	if err := d.Postpone(ctx, dbtest.Coordinator, dbtest.Soon, start, start.Add(2*time.Hour), telling("Reporté"), dbtest.Now); err != nil {
		t.Fatal(err)
	}
	mails, err := d.Outbox(ctx, dbtest.Admin, db.MailFilter{}, 50)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, m := range mails {
		told = append(told, m.Recipient)
	}
	slices.Sort(told)
	if want := []string{"bruno@maillage.test", "ines@ecole.test"}; !slices.Equal(told, want) {
		t.Errorf("told %v, want %v: the référent once though registered too, and who has no account", told, want)
	}
	g, err := d.Gathering(ctx, dbtest.Coordinator, dbtest.Soon)
	if err != nil || g.Workshop.Taken != 2 {
		t.Errorf("%d registered after the new date, %v; want 2", g.Workshop.Taken, err)
	}
}

func TestAnAbandonedDraftStaysWithTheCoordination(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	if err := d.Cancel(ctx, dbtest.Coordinator, dbtest.Unwritten, "Doublon", telling("Annulé"), dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if mails, err := d.Outbox(ctx, dbtest.Admin, db.MailFilter{}, 50); err != nil || len(mails) != 0 {
		t.Errorf("%d mails, %v; want none of a draft", len(mails), err)
	}
	if _, err := d.Gathering(ctx, dbtest.Referent, dbtest.Unwritten); app.KindOf(err) != app.NotFound {
		t.Errorf("a référent reads an abandoned draft: %v, want NotFound", err)
	}
	if err := d.Publish(ctx, dbtest.Coordinator, dbtest.Unwritten, dbtest.Now); app.KindOf(err) != app.Conflict {
		t.Errorf("published: %v, want Conflict", err)
	}
	if err := d.Resume(ctx, dbtest.Referent, dbtest.Unwritten, dbtest.Now); app.KindOf(err) != app.NotFound {
		t.Errorf("a référent takes it up: %v, want NotFound", err)
	}
	if err := d.Resume(ctx, dbtest.Coordinator, dbtest.Unwritten, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.Publish(ctx, dbtest.Coordinator, dbtest.Unwritten, dbtest.Now); err != nil {
		t.Errorf("Publish after Resume: %v", err)
	}
}

func TestDifferencesNameBothSides(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	g, err := d.Gathering(ctx, dbtest.Coordinator, dbtest.Soon)
	if err != nil {
		t.Fatal(err)
	}
	mine := g.Workshop
	mine.Axis, mine.Commune, mine.StartsAt = dbtest.Axis2, dbtest.Souillac, mine.StartsAt.AddDate(0, 0, 1)
	changes, version, err := d.PlanDifferences(ctx, dbtest.Coordinator, mine, []app.PersonID{dbtest.Ines})
	want := app.Changes{
		{Field: "Axe", Before: "Concilier vie familiale et vie professionnelle", After: "Structurer l’offre d’accueil"},
		{Field: "Commune", Before: "Gramat", After: "Souillac"},
		{Field: "Animation", Before: "Claire Bonnet", After: "Inès Faure"},
	}
	if err != nil || version != g.Workshop.Version || !slices.Equal(changes, want) {
		t.Errorf("PlanDifferences = %v, version %d, %v; want %v", changes, version, err, want)
	}
	if _, _, err := d.PlanDifferences(ctx, dbtest.Referent, mine, nil); app.KindOf(err) != app.Forbidden {
		t.Errorf("a référent compares: %v, want Forbidden", err)
	}
}
