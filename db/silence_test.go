package db_test

import (
	"slices"
	"strings"
	"testing"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// Whoever has nothing but a clock learns nothing of whom an address is of: the same
// statements run and as many rows are written, be it known or not. How long they take is
// told by their number far more than by what is in them.
func TestAKnownAddressTakesTheWorkOfAnUnknownOne(t *testing.T) {
	for name, ask := range map[string]func(t *testing.T, d *db.DB, email string) error{
		"a link to sign in": func(t *testing.T, d *db.DB, email string) error {
			return d.SendLink(t.Context(), email, db.LinkKey{Link: "l", Browser: "b", Code: "c"}, app.Mail{Subject: "Lien"}, dbtest.Now)
		},
		"a password": func(t *testing.T, d *db.DB, email string) error {
			_, _, err := d.Attempt(t.Context(), email, secret.Digest(email), dbtest.Now)
			return err
		},
		"an access": func(t *testing.T, d *db.DB, email string) error {
			r := jules
			r.Who.Email = email
			return d.AskToJoin(t.Context(), r, "r", app.Mail{Subject: "Confirmez"}, dbtest.Now)
		},
		"one's own data": func(t *testing.T, d *db.DB, email string) error {
			return d.SendPersonLinks(t.Context(), email, []string{"a", "b", "c"}, func([]string, bool) app.Mail { return app.Mail{Subject: "Vos données"} }, dbtest.Now)
		},
	} {
		t.Run(name, func(t *testing.T) {
			work := func(email string) (ran []string, rows map[string]int) {
				d := dbtest.New(t)
				before := dbtest.Trace(t, d)
				db.Watch(d, func(query string) { ran = append(ran, query) })
				if err := ask(t, d, email); err != nil {
					t.Fatal(err)
				}
				rows = map[string]int{}
				after := dbtest.Trace(t, d)
				for table := range after {
					rows[table] = strings.Count("\n"+after[table], "\n") - strings.Count("\n"+before[table], "\n")
					if before[table] == "" && after[table] != "" {
						rows[table]++
					}
				}
				return ran, rows
			}
			for _, known := range []string{dbtest.Referent.Email, "ines@ecole.test"} {
				ran, rows := work(known)
				silent, silentRows := work("nul@ecole.test")
				if !slices.Equal(ran, silent) {
					t.Errorf("%s runs %d statements, an unknown address %d:\n%s\n---\n%s", known, len(ran), len(silent), strings.Join(ran, "\n"), strings.Join(silent, "\n"))
				}
				for table, n := range rows {
					if silentRows[table] != n {
						t.Errorf("%s adds %d rows to %s, an unknown address %d", known, n, table, silentRows[table])
					}
				}
			}
		})
	}
}

func TestAMailToNobodyNeverLeavesAndIsNotShown(t *testing.T) {
	d := dbtest.New(t)
	if err := d.SendLink(t.Context(), "nul@ecole.test", db.LinkKey{Link: "l"}, app.Mail{Subject: "Lien"}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if to := recipients(t, d, "Lien"); len(to) != 0 {
		t.Errorf("the outbox shows mails to %q, want none", to)
	}
	if due, err := d.DueMails(t.Context(), dbtest.Now, 10); err != nil || len(due) != 0 {
		t.Errorf("%d mails are due, %v; want none", len(due), err)
	}
	if held := dbtest.Trace(t, d)["mails"]; held != "" {
		t.Errorf("it is kept after what is due has left: %s", held)
	}
}
