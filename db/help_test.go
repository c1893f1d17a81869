package db_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

var (
	helpCode = db.HelpCode{Hash: "haché", Salt: "sel"}
	helpMail = app.Mail{Subject: "s", Body: "b"}
)

// session signs v in on a device of that id.
func session(t *testing.T, d *db.DB, v app.Viewer, id string) {
	t.Helper()
	if _, err := d.BeginSession(t.Context(), v.Account, id, "Essai", dbtest.Now); err != nil {
		t.Fatal(err)
	}
}

func TestACodeOfHelpServesOnceHoweverManyBringIt(t *testing.T) {
	d := dbtest.New(t)
	if err := d.AskForHelp(t.Context(), dbtest.Referent, helpCode, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	const many = 20
	for i := range many {
		session(t, d, dbtest.Coordinator, fmt.Sprint("s", i))
	}
	var begun atomic.Int32
	var wg sync.WaitGroup
	for i := range many {
		wg.Go(func() {
			err := d.BeginHelp(t.Context(), dbtest.Coordinator, dbtest.Referent.Account, helpCode.Hash, fmt.Sprint("s", i), fmt.Sprint("f", i), helpMail, dbtest.Now)
			switch {
			case err == nil:
				begun.Add(1)
			case app.KindOf(err) != app.Invalid:
				t.Errorf("BeginHelp = %v, want Invalid for who comes second", err)
			}
		})
	}
	wg.Wait()
	h, err := d.Help(t.Context(), dbtest.Referent, dbtest.Now)
	if err != nil || begun.Load() != 1 || len(h.Helpers) != 1 || h.Helpers[0].Name != dbtest.Coordinator.Name || !h.CodeUntil.IsZero() {
		t.Errorf("%d began; Help = %+v, %v; want one helper and no code left", begun.Load(), h, err)
	}
}

func TestTriesAtACodeOfHelpAreCountedHoweverManyComeAtOnce(t *testing.T) {
	d := dbtest.New(t)
	if err := d.AskForHelp(t.Context(), dbtest.Referent, helpCode, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	var let atomic.Int32
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if salt, err := d.AttemptHelp(t.Context(), dbtest.Coordinator, dbtest.Referent.Account, dbtest.Now); err == nil && salt == helpCode.Salt {
				let.Add(1)
			}
		})
	}
	wg.Wait()
	if let.Load() != app.HelpCodeTries {
		t.Errorf("%d tries are let through, want %d", let.Load(), app.HelpCodeTries)
	}
}

func TestAHelpedSessionIsItsPersonsAndItsActsTheHelpers(t *testing.T) {
	d := dbtest.New(t)
	session(t, d, dbtest.Coordinator, "avant")
	if err := d.AskForHelp(t.Context(), dbtest.Referent, helpCode, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.BeginHelp(t.Context(), dbtest.Coordinator, dbtest.Referent.Account, helpCode.Hash, "avant", "pendant", helpMail, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if v, err := d.Viewer(t.Context(), "avant", dbtest.Now); err != nil || v.SignedIn() {
		t.Errorf("the old digest still opens %+v, %v", v, err)
	}
	v, err := d.Viewer(t.Context(), "pendant", dbtest.Now)
	if err != nil || v.Account != dbtest.Referent.Account || !v.Is(dbtest.Mission) || v.MayCoordinate(dbtest.Cauvaldor) || v.Actor() != dbtest.Coordinator.Account {
		t.Fatalf("Viewer = %+v, %v; want Bruno, helped by Claire", v, err)
	}
	if err := d.Answer(t.Context(), v, dbtest.Soon, dbtest.Mission, app.Declined, "", noLetter, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if act := lastAct(t, d, app.OfWorkshop, string(dbtest.Soon)); act.Account != dbtest.Coordinator.Account || act.Helped != dbtest.Referent.Account {
		t.Errorf("the act is %+v, want Claire's in Bruno's place", act)
	}
	for name, refused := range map[string]error{
		"a code": d.AskForHelp(t.Context(), v, helpCode, dbtest.Now), "an end": d.RefuseHelp(t.Context(), v, dbtest.Now),
	} {
		if app.KindOf(refused) != app.Forbidden {
			t.Errorf("%s, asked for by who helps: %v, want Forbidden", name, refused)
		}
	}
	if err := d.StopHelping(t.Context(), v, "pendant", "après", dbtest.Now); err != nil {
		t.Fatal(err)
	}
	for _, told := range []bool{false, true} {
		if v, err = d.Viewer(t.Context(), "après", dbtest.Now); err != nil || v.Account != dbtest.Coordinator.Account || v.Helped() || v.HelpOver == told {
			t.Errorf("Viewer = %+v, %v; want Claire again, told: %v", v, err, told)
		}
		if err := d.TellHelpOver(t.Context(), "après"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestErasingAPersonEndsTheHelpTheyGot(t *testing.T) {
	d := dbtest.New(t)
	session(t, d, dbtest.Admin, "avant")
	if err := d.AskForHelp(t.Context(), dbtest.Colleague, helpCode, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.BeginHelp(t.Context(), dbtest.Admin, dbtest.Colleague.Account, helpCode.Hash, "avant", "pendant", helpMail, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.ErasePerson(t.Context(), dbtest.Admin, dbtest.Colleague.Person, noLetter, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if v, err := d.Viewer(t.Context(), "pendant", dbtest.Now); err != nil || v.Account != dbtest.Admin.Account || !v.HelpOver {
		t.Errorf("Viewer = %+v, %v; want the administrator, themselves", v, err)
	}
}

func TestAHelpThatWasOverOnceDoesNotComeBack(t *testing.T) {
	d := dbtest.New(t)
	session(t, d, dbtest.Admin, "avant")
	if err := d.AskForHelp(t.Context(), dbtest.Colleague, helpCode, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.BeginHelp(t.Context(), dbtest.Admin, dbtest.Colleague.Account, helpCode.Hash, "avant", "pendant", helpMail, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.DisableAccount(t.Context(), dbtest.Admin, dbtest.Colleague.Account, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if v, err := d.Seen(t.Context(), "pendant", "", dbtest.Now); err != nil || !v.HelpOver {
		t.Fatalf("Seen = %+v, %v; want a help that is over", v, err)
	}
	if err := d.EnableAccount(t.Context(), dbtest.Admin, dbtest.Colleague.Account, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if v, err := d.Viewer(t.Context(), "pendant", dbtest.Now); err != nil || v.Helped() || !v.HelpOver {
		t.Errorf("Viewer = %+v, %v; want the administrator, themselves", v, err)
	}
}
