package db_test

import (
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db/dbtest"
)

func TestWhatAProviderVouchedIsKeptApartAndOnlyForThoseItVouchedFor(t *testing.T) {
	d := dbtest.New(t)
	ctx, now := t.Context(), dbtest.Now
	vouched := jules
	vouched.Vouched = "Confirmée par ProConnect : Jules Roux"
	for i, r := range []app.JoinRequest{vouched, jules, vouched} { // each over the one before
		digest := secret.Digest(string(rune('a' + i)))
		if err := d.AskToJoin(ctx, r, digest, app.Mail{Subject: "Confirmez"}, now); err != nil {
			t.Fatal(err)
		}
		if kept, err := d.JoinRequestToConfirm(ctx, digest, now); err != nil || kept.Vouched != r.Vouched || kept.Word != jules.Word {
			t.Errorf("kept as vouched for %q, word %q (%v); want %q", kept.Vouched, kept.Word, err, r.Vouched)
		}
		now = now.Add(time.Hour)
	}
}
