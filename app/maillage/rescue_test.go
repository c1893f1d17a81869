package main

import (
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/demo"
)

func TestTheLastAdministratorIsRescuedFromTheServer(t *testing.T) {
	t.Setenv("MAILLAGE_DATA", t.TempDir())
	s, err := readSettings()
	if err != nil {
		t.Fatal(err)
	}
	d, err := openDatabase(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	now := time.Now()
	if err := demo.Load(t.Context(), d, s.DemoPassword, now); err != nil {
		t.Fatal(err)
	}
	account, _, err := d.Attempt(t.Context(), "admin@demo.test", "x", now)
	if err != nil {
		t.Fatal(err)
	}
	e := db.Enrolment{Sealed: "clé perdue", Recovery: db.RecoverySet{Salt: "sel", Hashes: []string{"h"}}}
	if err := d.EnrolCodes(t.Context(), app.Viewer{Account: account}, e, app.Mail{}, now); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"secours"}, {"secours", "admin"}, {"secours", "personne@demo.test"}} {
		if err := run(t.Context(), args); err == nil {
			t.Errorf("run %v: want it refused", args)
		}
	}
	if v, err := d.BeginSession(t.Context(), account, "avant", "", now); err != nil || v.SignedIn() {
		t.Fatalf("before: %+v, %v; want a second factor asked for", v, err)
	}
	if err := run(t.Context(), []string{"secours", "Admin@demo.test"}); err != nil {
		t.Fatal(err)
	}
	if v, err := d.BeginSession(t.Context(), account, "après", "", now); err != nil || !v.SignedIn() {
		t.Errorf("afterwards: %+v, %v; want the first factor to suffice", v, err)
	}
	history, err := d.History(t.Context(), app.OfAccount, string(account), 1)
	if err != nil || len(history) != 1 || !strings.Contains(history[0].Act, "depuis le serveur") {
		t.Errorf("History = %+v, %v; want it written down", history, err)
	}
}
