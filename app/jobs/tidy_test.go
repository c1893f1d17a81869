package jobs_test

import (
	"context"
	"log/slog"
	"testing"

	"maillage/app"
	"maillage/app/jobs"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

func TestTidyingRunsAtOnceAndStops(t *testing.T) {
	d := dbtest.New(t)
	if _, err := d.BeginSession(t.Context(), dbtest.Referent.Account, "ancienne", "Essai", dbtest.Now.AddDate(0, -6, 0)); err != nil {
		t.Fatal(err)
	}
	if err := d.SendLink(t.Context(), dbtest.Referent.Email, db.LinkKey{Link: secret.Digest("x")}, app.Mail{Subject: "x"}, dbtest.Now.AddDate(0, -6, 0)); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	jobs.Tidy(ctx, d, slog.New(slog.DiscardHandler), at(dbtest.Now)) // returns
	if done, err := d.Tidy(t.Context(), dbtest.Now); err != nil || !done {
		t.Errorf("Tidy = %v, %v; want done, nothing having been done by a stopped one", done, err)
	}
}
