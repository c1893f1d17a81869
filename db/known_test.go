package db_test

import (
	"slices"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// longAgo is a function in a structure of Figeac that ended long ago.
var longAgo = app.Position{Organisation: dbtest.Foreign, Function: "Stage", Since: "2015-01-01", Until: "2015-02-01"}

func trainee(t *testing.T, d *db.DB, id app.PersonID) {
	t.Helper()
	past := longAgo
	past.Person = id
	if err := d.AddPosition(t.Context(), dbtest.Admin, past, wroteDown, dbtest.Now); err != nil {
		t.Fatal(err)
	}
}

// withRose is the small world with Rose, who holds one position.
func withRose(t *testing.T, held app.Position) *db.DB {
	t.Helper()
	held.ID, held.Person = "p-rose", "rose"
	return dbtest.With(func(l *db.Loader) error {
		return l.Person(app.Person{ID: "rose", FirstName: "Rose", LastName: "Seule", Email: "rose@ailleurs.test", CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now}, held)
	})(t)
}

func objects(t *testing.T, d *db.DB, id app.PersonID) {
	t.Helper()
	told := func(app.Objection) app.Mail { return app.Mail{Subject: "Opposition"} }
	if err := d.Object(t.Context(), app.Viewer{Person: id}, app.Objection{Kind: app.ToObject, Reason: "Raison"}, told, dbtest.Now); err != nil {
		t.Fatal(err)
	}
}

// A function that ended years ago gives its territory nothing of what the person asks since.
func TestWhereAPersonIsNoMoreNobodyAnswersThem(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	trainee(t, d, dbtest.Ines)
	objects(t, d, dbtest.Ines)
	if to := recipients(t, d, "Opposition"); slices.Contains(to, dbtest.Stranger.Email) || !slices.Contains(to, dbtest.Coordinator.Email) {
		t.Errorf("what Inès asks is written to %q, want where she is", to)
	}
	all := waiting(t, d, dbtest.Coordinator)
	if len(waiting(t, d, dbtest.Stranger)) > 0 || len(all) != 1 {
		t.Fatalf("Figeac, where she was a trainee, is asked, or Cauvaldor is not: %+v", all)
	}
	answered := func(app.Objection) app.Mail { return app.Mail{Subject: "Réponse"} }
	wantKind(t, d.AnswerObjection(ctx, dbtest.Stranger, all[0].ID, false, false, "Non.", answered, noSeat, dbtest.Now), app.NotFound)
	lines, err := d.Journal(ctx, dbtest.Stranger, db.JournalFilter{}, 50)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		if l.Thing == app.OfPerson && l.ThingID == string(dbtest.Ines) {
			t.Errorf("the journal of Figeac tells what Inès does: %s", l.Act)
		}
	}
	if err := d.AnswerObjection(ctx, dbtest.Coordinator, all[0].ID, false, false, "Non.", answered, noSeat, dbtest.Now); err != nil {
		t.Error(err)
	}
}

// Of who belongs to nothing any more, the last territory answers.
func TestWhoLeftIsAnsweredWhereTheyWere(t *testing.T) {
	d := withRose(t, longAgo)
	objects(t, d, "rose")
	if to := recipients(t, d, "Opposition"); !slices.Equal(to, []string{dbtest.Stranger.Email}) {
		t.Errorf("written to %q, want Figeac", to)
	}
	if len(waiting(t, d, dbtest.Stranger)) != 1 || len(waiting(t, d, dbtest.Coordinator)) > 0 || len(waiting(t, d, dbtest.Admin)) > 0 {
		t.Error("who left Figeac for nothing is answered elsewhere, or not at all")
	}
}

// Whom a structure only wrote down is known nowhere: the administration answers them.
func TestWhoIsOnlyWrittenDownIsAnsweredByTheAdministration(t *testing.T) {
	d := withRose(t, app.Position{Organisation: dbtest.Mission, Since: "2025-01-01", Unconfirmed: true})
	objects(t, d, "rose")
	if to := recipients(t, d, "Opposition"); !slices.Equal(to, []string{dbtest.Admin.Email}) {
		t.Errorf("written to %q, want the administration", to)
	}
	if all := waiting(t, d, dbtest.Admin); len(all) != 1 || !all[0].Nowhere {
		t.Errorf("the administration finds %+v", all)
	}
	if len(waiting(t, d, dbtest.Coordinator)) > 0 {
		t.Error("the coordination answers whom a structure only wrote down")
	}
}

// Nobody is in the lists of those to tell, or to open an account for, of where they were.
func TestListsOfATerritoryLeaveOutWhoIsOfAnother(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	id, err := d.AddPerson(ctx, dbtest.Coordinator, app.Person{FirstName: "Rose", LastName: "Passée", Phone: "0611223344"}, app.Position{Organisation: dbtest.School}, true, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	trainee(t, d, id)
	for v, want := range map[*app.Viewer]int{&dbtest.Coordinator: 1, &dbtest.Stranger: 0} {
		told, err := d.ToldOtherwise(ctx, *v, dbtest.Now)
		if err != nil || len(told) != want {
			t.Errorf("%s has %d people to tell, %v; want %d", v.Name, len(told), err, want)
		}
		found, err := d.Holders(ctx, *v, "Passée", dbtest.Now, 10)
		if err != nil || len(found) != want {
			t.Errorf("%s may open an account for %d people, %v; want %d", v.Name, len(found), err, want)
		}
	}
	wantKind(t, d.NoteInformed(ctx, dbtest.Stranger, id, dbtest.Now), app.NotFound)
	if err := d.NoteInformed(ctx, dbtest.Coordinator, id, dbtest.Now); err != nil {
		t.Error(err)
	}
}
