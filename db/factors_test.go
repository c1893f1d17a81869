package db_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

var (
	told      = app.Mail{Subject: "s", Body: "b"}
	enrolment = db.Enrolment{Sealed: "clé", Step: 100, Recovery: db.RecoverySet{Salt: "sel", Hashes: []string{"un", "deux"}}}
)

func enrolled(t *testing.T, d *db.DB, v app.Viewer) {
	t.Helper()
	if err := d.EnrolCodes(t.Context(), v, enrolment, told, dbtest.Now); err != nil {
		t.Fatal(err)
	}
}

// half signs v in by a first factor, and fails unless that leads half-way only.
func half(t *testing.T, d *db.DB, v app.Viewer, id string, want app.SecondStep) {
	t.Helper()
	got, err := d.BeginSession(t.Context(), v.Account, id, "Essai", dbtest.Now)
	if err != nil || got.SignedIn() {
		t.Fatalf("BeginSession = %+v, %v; want nobody yet", got, err)
	}
	if h, err := d.HalfWay(t.Context(), id, dbtest.Now); err != nil || h.Account != v.Account || h.Step != want {
		t.Fatalf("HalfWay = %+v, %v; want %s at step %v", h, err, v.Account, want)
	}
}

func TestTheSameCodeOpensOneSessionHoweverManyBringIt(t *testing.T) {
	for name, proof := range map[string]db.Proof{"code": {Step: 101}, "code de secours": {Recovery: "deux"}} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.New(t)
			enrolled(t, d, dbtest.Coordinator)
			const many = 20
			for i := range many {
				half(t, d, dbtest.Coordinator, fmt.Sprint("half", i), app.ProveStep)
			}
			var opened atomic.Int32
			var wg sync.WaitGroup
			for i := range many {
				wg.Go(func() {
					v, err := d.Finish(t.Context(), fmt.Sprint("half", i), proof, fmt.Sprint("session", i), "", dbtest.Now)
					switch {
					case err == nil && v.Account == dbtest.Coordinator.Account:
						opened.Add(1)
					case app.KindOf(err) != app.Invalid:
						t.Errorf("Finish = %+v, %v; want Invalid for who comes second", v, err)
					}
				})
			}
			wg.Wait()
			if opened.Load() != 1 {
				t.Errorf("%d sessions opened, want 1", opened.Load())
			}
		})
	}
}

func TestAnOlderCodeNeverServesAfterANewerOne(t *testing.T) {
	d := dbtest.New(t)
	enrolled(t, d, dbtest.Coordinator)
	for i, tt := range []struct {
		step int64
		want app.Kind
	}{{99, app.Invalid}, {100, app.Invalid}, {102, app.Internal}, {101, app.Invalid}, {102, app.Invalid}, {103, app.Internal}} {
		err := d.Spend(t.Context(), dbtest.Coordinator, db.Proof{Step: tt.step}, dbtest.Now)
		if (err == nil) != (tt.want == app.Internal) || err != nil && app.KindOf(err) != tt.want {
			t.Errorf("%d: a code of step %d: %v", i, tt.step, err)
		}
	}
}

func TestASecondStepServesOnceAndForTenMinutes(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	enrolled(t, d, dbtest.Coordinator)
	half(t, d, dbtest.Coordinator, "half", app.ProveStep)
	if v, err := d.Finish(ctx, "half", db.Proof{Step: 101}, "late", "", dbtest.Now.Add(11*time.Minute)); app.KindOf(err) != app.Conflict || v.SignedIn() {
		t.Errorf("after eleven minutes: %+v, %v; want Conflict", v, err)
	}
	if v, err := d.Finish(ctx, "half", db.Proof{Step: 101}, "session", "", dbtest.Now.Add(9*time.Minute)); err != nil || !v.SignedIn() {
		t.Errorf("after nine minutes: %+v, %v; want it", v, err)
	}
	if v, err := d.Finish(ctx, "half", db.Proof{Step: 102}, "again", "", dbtest.Now); app.KindOf(err) != app.Conflict || v.SignedIn() {
		t.Errorf("a second time: %+v, %v; want Conflict", v, err)
	}
	if v, err := d.Viewer(ctx, "half", dbtest.Now); err != nil || v.SignedIn() {
		t.Errorf("who is half-way is taken for %+v, %v", v, err)
	}
}

func TestWrongSecondFactorsMakeTheNextOnesWaitAndNeverForLong(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	enrolled(t, d, dbtest.Coordinator)
	var looked atomic.Int32
	var wg sync.WaitGroup
	for range 40 {
		wg.Go(func() {
			if _, err := d.AttemptCode(ctx, dbtest.Coordinator.Account, dbtest.Now); err == nil {
				looked.Add(1)
			} else if app.KindOf(err) != app.Throttled {
				t.Errorf("AttemptCode: %v, want Throttled", err)
			}
		})
	}
	wg.Wait()
	if looked.Load() != 5 {
		t.Errorf("%d codes were looked at, want 5 before one has to wait", looked.Load())
	}
	if ch, err := d.AttemptCode(ctx, dbtest.Coordinator.Account, dbtest.Now.Add(16*time.Minute)); err != nil || ch.Sealed != "clé" || ch.Salt != "sel" {
		t.Errorf("a quarter of an hour later: %+v, %v", ch, err)
	}
}

func TestWhoMustHaveASecondFactorEnrolsBeforeAnythingElse(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	if err := d.Require(ctx, dbtest.Coordinator, true, dbtest.Now); app.KindOf(err) != app.NotFound {
		t.Errorf("Require by who coordinates: %v, want NotFound", err)
	}
	if err := d.Require(ctx, dbtest.Admin, true, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if r, err := d.Requirement(ctx, dbtest.Admin); err != nil || !r.On || r.Of != 4 || r.Without != 4 {
		t.Errorf("Requirement = %+v, %v; want on, 4 without of 4", r, err)
	}
	if v, err := d.BeginSession(ctx, dbtest.Referent.Account, "referent", "", dbtest.Now); err != nil || !v.SignedIn() {
		t.Errorf("who is not concerned: %+v, %v; want them in", v, err)
	}
	half(t, d, dbtest.Coordinator, "half", app.EnrolStep)
	half(t, d, dbtest.Coordinator, "other", app.EnrolStep)
	v, err := d.FinishEnrolling(ctx, "half", enrolment, told, "session", "", dbtest.Now)
	if err != nil || v.Account != dbtest.Coordinator.Account {
		t.Fatalf("FinishEnrolling = %+v, %v", v, err)
	}
	if v, err := d.FinishEnrolling(ctx, "other", enrolment, told, "other session", "", dbtest.Now); app.KindOf(err) != app.Conflict || v.SignedIn() {
		t.Errorf("enrolling over a factor that is there = %+v, %v; want Conflict", v, err)
	}
	if err := d.DropCodes(ctx, dbtest.Coordinator, told, dbtest.Now); app.KindOf(err) != app.Conflict {
		t.Errorf("DropCodes of the last factor required: %v, want Conflict", err)
	}
	entries, err := d.History(ctx, app.OfInstance, "instance", 10)
	if err != nil || len(entries) != 1 || entries[0].Account != dbtest.Admin.Account {
		t.Errorf("History = %+v, %v; want who changed the rule", entries, err)
	}
}

func TestALostFactorIsResetByAnotherAdministratorOrFromTheServer(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	enrolled(t, d, dbtest.Coordinator)
	enrolled(t, d, dbtest.Admin)
	half(t, d, dbtest.Coordinator, "half", app.ProveStep)
	if err := d.ResetFactors(ctx, dbtest.Coordinator, dbtest.Admin.Account, told, dbtest.Now); app.KindOf(err) != app.Forbidden {
		t.Errorf("by who coordinates: %v, want Forbidden", err)
	}
	if err := d.ResetFactors(ctx, dbtest.Admin, dbtest.Admin.Account, told, dbtest.Now); app.KindOf(err) != app.Conflict {
		t.Errorf("one's own: %v, want Conflict", err)
	}
	if err := d.ResetFactors(ctx, dbtest.Admin, dbtest.Coordinator.Account, told, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if h, err := d.HalfWay(ctx, "half", dbtest.Now); err != nil || h.Step != app.NoStep {
		t.Errorf("who was half-way still is: %+v, %v", h, err)
	}
	if v, err := d.BeginSession(ctx, dbtest.Coordinator.Account, "session", "", dbtest.Now); err != nil || !v.SignedIn() {
		t.Errorf("afterwards: %+v, %v; want the first factor to suffice", v, err)
	}
	if err := d.Rescue(ctx, "inconnu@maillage.test", told, dbtest.Now); app.KindOf(err) != app.NotFound {
		t.Errorf("Rescue of nobody: %v, want NotFound", err)
	}
	if err := d.Rescue(ctx, dbtest.Admin.Email, told, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if v, err := d.BeginSession(ctx, dbtest.Admin.Account, "admin", "", dbtest.Now); err != nil || !v.SignedIn() {
		t.Errorf("after a rescue: %+v, %v; want the first factor to suffice", v, err)
	}
	mails, err := d.Outbox(ctx, dbtest.Admin, db.MailFilter{}, 10)
	if err != nil || len(mails) != 4 {
		t.Errorf("%d mails (%v), want one for each factor added and removed", len(mails), err)
	}
}
