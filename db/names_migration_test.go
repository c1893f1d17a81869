package db_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// Whom entries name that were written before it was said: the migration finds who it is, as
// the operations write it now.
func TestTheMigrationFindsWhomOldEntriesName(t *testing.T) {
	address := dbtest.Address(t)
	d, err := db.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Load(t.Context(), dbtest.World); err != nil {
		t.Fatal(err)
	}
	played(t, d)
	raw := rawly(t, address)
	written := func() (all []string) {
		rows, err := raw.QueryContext(t.Context(), `SELECT n.name || ' : ' || e.act FROM audit_names n JOIN audit e ON e.id = n.entry_id`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var s string
			if err := rows.Scan(&s); err != nil {
				t.Fatal(err)
			}
			all = append(all, s)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		slices.Sort(all)
		return all
	}
	want := written()
	if len(want) < 7 {
		t.Fatalf("the acts that were played name %q, which is too few to tell", want)
	}
	file, err := os.ReadFile("migrations/0028_names.sql")
	if err != nil {
		t.Fatal(err)
	}
	_, insert, _ := strings.Cut(string(file), "INSERT INTO audit_names")
	insert, _, _ = strings.Cut("INSERT INTO audit_names"+insert, ";")
	for _, query := range []string{`DELETE FROM audit_names`, insert} {
		if _, err := raw.ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	if got := written(); !slices.Equal(got, want) {
		t.Errorf("the migration finds\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// played does what names people, in each of the ways that it is told.
func played(t *testing.T, d *db.DB) {
	t.Helper()
	ctx, now := t.Context(), dbtest.Now
	id, err := d.AddPerson(ctx, dbtest.Coordinator, app.Person{FirstName: "Odile", LastName: "de La Tour"}, app.Position{Organisation: dbtest.School}, true, now)
	if err != nil {
		t.Fatal(err)
	}
	a, err := d.OpenAccount(ctx, dbtest.Coordinator, db.Invitee{Person: app.Person{ID: id}, Email: "odile@ecole.test", Grants: []app.Grant{{Role: app.Colleague, Organisation: dbtest.School}}, Former: toldFormer}, "digest", app.Mail{}, now)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Register(ctx, dbtest.Coordinator, dbtest.Soon, dbtest.School, []app.PersonID{id}, now); err != nil {
		t.Fatal(err)
	}
	g, err := d.Gathering(ctx, dbtest.Coordinator, dbtest.Soon)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Replan(ctx, dbtest.Coordinator, g.Workshop, []app.PersonID{id}, noSeat, now); err != nil {
		t.Fatal(err)
	}
	r := registration(t, d, dbtest.Soon, dbtest.School, "Odile de La Tour")
	if err := d.CancelRegistration(ctx, dbtest.Coordinator, dbtest.Soon, r, noSeat, now); err != nil {
		t.Fatal(err)
	}
	if err := d.DisableAccount(ctx, dbtest.Coordinator, a, now); err != nil {
		t.Fatal(err)
	}
}

// Whoever bears a sign of LIKE as a name is, for the migration, named by every old entry of
// their structure: erased, they empty its trail.
func TestTheMigrationTakesNoNameForAPattern(t *testing.T) {
	address := dbtest.Address(t)
	d, err := db.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Load(t.Context(), dbtest.World); err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	o := seen(t, d, dbtest.Mission)
	o.Phone = "05 65 99 99 99"
	if err := d.EditOrganisation(ctx, dbtest.Coordinator, o, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	id, err := d.AddPerson(ctx, dbtest.Referent, app.Person{LastName: "%a%"}, app.Position{Organisation: dbtest.Mission}, true, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	raw := rawly(t, address)
	file, err := os.ReadFile("migrations/0028_names.sql")
	if err != nil {
		t.Fatal(err)
	}
	_, insert, _ := strings.Cut(string(file), "INSERT INTO audit_names")
	insert, _, _ = strings.Cut("INSERT INTO audit_names"+insert, ";")
	for _, query := range []string{`DELETE FROM audit_names`, insert} {
		if _, err := raw.ExecContext(ctx, query); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.ErasePerson(ctx, dbtest.Coordinator, id, noSeat, dbtest.Now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	acts, err := d.History(ctx, app.OfOrganisation, string(dbtest.Mission), 20)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range acts {
		if e.Act == "a modifié la fiche" && e.Changes[0].After != "05 65 99 99 99" {
			t.Errorf("the telephone that the coordination wrote is gone from the trail: %+v", e.Changes)
		}
	}
}
