package db_test

import (
	"context"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// withNowhere is the small world with Odile, who belongs to no structure and came to no
// workshop, and who may still ask what her data are kept for.
var withNowhere = dbtest.With(func(l *db.Loader) error {
	return l.Person(app.Person{ID: "odile", FirstName: "Odile", LastName: "Nulle-Part", Email: "odile@ailleurs.test", CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now})
})

func asks(t *testing.T, d *db.DB, kind app.ObjectionKind) {
	t.Helper()
	told := func(app.Objection) app.Mail { return app.Mail{Subject: "Demande"} }
	if err := d.Object(t.Context(), app.Viewer{Person: "odile"}, app.Objection{Kind: kind, Reason: "Je ne travaille plus ici."}, told, dbtest.Now); err != nil {
		t.Fatal(err)
	}
}

// waiting returns the requests that by finds to answer; how many wait must be told alike.
func waiting(t *testing.T, d *db.DB, by app.Viewer) []app.Objection {
	t.Helper()
	all, err := d.Objections(t.Context(), by, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := d.OpenObjections(t.Context(), by, dbtest.Now); err != nil || n != len(all) {
		t.Errorf("%s is told that %d requests wait, %v; %d are listed", by.Name, n, err, len(all))
	}
	return all
}

func TestWhoIsKnownNowhereIsAnsweredByTheAdministration(t *testing.T) {
	d := withNowhere(t)
	asks(t, d, app.ToObject)
	if to := recipients(t, d, "Demande"); len(to) != 1 || to[0] != dbtest.Admin.Email {
		t.Fatalf("told to %q, want the administration", to)
	}
	for _, v := range []app.Viewer{dbtest.Coordinator, dbtest.Stranger} {
		if all := waiting(t, d, v); len(all) != 0 {
			t.Errorf("%s finds %+v, want nothing of who is known nowhere", v.Name, all)
		}
	}
	all := waiting(t, d, dbtest.Admin)
	if len(all) != 1 || !all[0].Nowhere {
		t.Fatalf("the administration finds %+v, want the request of who is known nowhere", all)
	}
	answered := func(app.Objection) app.Mail { return app.Mail{Subject: "Réponse"} }
	if err := d.AnswerObjection(t.Context(), dbtest.Coordinator, all[0].ID, false, true, "Non.", answered, nil, dbtest.Now); app.KindOf(err) != app.NotFound {
		t.Errorf("who coordinates answers it: %v", err)
	}
	if err := d.AnswerObjection(t.Context(), dbtest.Admin, all[0].ID, true, true, "", answered, nil, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if to := recipients(t, d, "Réponse"); len(to) != 1 || to[0] != "odile@ailleurs.test" {
		t.Errorf("answered to %q", to)
	}
}

func TestWhoIsKnownNowhereIsErasedAtTheirDemand(t *testing.T) {
	d := withNowhere(t)
	asks(t, d, app.ToErase)
	all := waiting(t, d, dbtest.Admin)
	if len(all) != 1 {
		t.Fatalf("the administration finds %+v, want one request", all)
	}
	if err := d.AnswerObjection(t.Context(), dbtest.Admin, all[0].ID, true, true, "", func(app.Objection) app.Mail { return app.Mail{Subject: "Réponse"} }, nil, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if _, err := d.OwnData(t.Context(), "odile", dbtest.Now); app.KindOf(err) != app.NotFound {
		t.Errorf("her record is still there: %v", err)
	}
}

func TestNobodyIsErasedAtTheirDemandWithoutBeingAnswered(t *testing.T) {
	d := withNowhere(t)
	asks(t, d, app.ToErase)
	all := waiting(t, d, dbtest.Admin)
	ctx, cut := context.WithCancel(t.Context())
	broken := func(app.Objection) app.Mail { cut(); return app.Mail{Subject: "Réponse"} } // the machine stops in the middle
	if err := d.AnswerObjection(ctx, dbtest.Admin, all[0].ID, true, true, "", broken, nil, dbtest.Now); err == nil {
		t.Fatal("it is answered all the same")
	}
	if _, err := d.OwnData(t.Context(), "odile", dbtest.Now); err != nil {
		t.Errorf("her record is gone and nobody told her: %v", err)
	}
}
