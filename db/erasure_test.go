package db_test

import (
	"database/sql"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"maillage/app"
	"maillage/app/network"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// opened returns the small world, and the same as the engine shows it.
func opened(t *testing.T) (*db.DB, *sql.DB) {
	t.Helper()
	address := dbtest.Address(t)
	d, err := db.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Load(t.Context(), dbtest.World); err != nil {
		t.Fatal(err)
	}
	driver, source := "pgx", address
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		driver, source = "sqlite3", path
	}
	raw, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	return d, raw
}

// columns lists every column of the database, "table.column".
func columns(t *testing.T, raw *sql.DB) []string {
	t.Helper()
	query := `SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = current_schema()`
	if strings.Contains(fmt.Sprintf("%T", raw.Driver()), "sqlite3") {
		query = `SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'`
	}
	rows, err := raw.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var column string
		if err := rows.Scan(&column); err != nil {
			t.Fatal(err)
		}
		all = append(all, column)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// whereFound returns the columns in which one of words stands.
func whereFound(t *testing.T, raw *sql.DB, words ...string) (found []string) {
	t.Helper()
	for _, column := range columns(t, raw) {
		table, name, _ := strings.Cut(column, ".")
		for _, word := range words {
			var n int
			query := fmt.Sprintf(`SELECT COUNT(*) FROM %s WHERE LOWER(CAST(%s AS TEXT)) LIKE '%%%s%%'`, table, name, strings.ToLower(word))
			if err := raw.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
				t.Fatalf("%s: %v", query, err)
			}
			if n > 0 {
				found = append(found, fmt.Sprintf("%s: %s (%d)", column, word, n))
			}
		}
	}
	return found
}

func noLetter(n app.Notice) app.Mail {
	return app.Mail{Subject: "Une place pour " + n.Person, Body: "Bonjour " + n.To}
}

// busy makes Bruno leave traces wherever a person can: he registers, is named in acts and
// mails, changes his record, signs in.
func busy(t *testing.T, d *db.DB) {
	t.Helper()
	ctx, now, bruno := t.Context(), dbtest.Now, dbtest.Referent
	for i, act := range []func() error{
		func() error {
			_, _, err := d.Register(ctx, bruno, dbtest.Soon, dbtest.Mission, []app.PersonID{bruno.Person}, now)
			return err
		},
		func() error {
			return d.EditPerson(ctx, bruno, app.Person{ID: bruno.Person, FirstName: "Brunot", LastName: "Delmas", Email: bruno.Email, Phone: "05 65 11 22 33", Version: 1}, toldFormer, now)
		},
		func() error {
			return d.EditPerson(ctx, dbtest.Coordinator, app.Person{ID: bruno.Person, FirstName: "Bruno", LastName: "Delmas", Email: bruno.Email, Phone: "05 65 11 22 33", Version: 2}, toldFormer, now)
		},
		func() error {
			return d.EditPosition(ctx, dbtest.Coordinator, app.Position{ID: "p-bruno", Function: "Directeur général", Since: "2025-01-01", Version: 1}, now)
		},
		func() error {
			return d.SendLink(ctx, bruno.Email, db.LinkKey{Link: secret.Digest("lien")}, app.Mail{Subject: "Lien", Body: "Bonjour Bruno Delmas"}, now)
		},
		func() error {
			_, err := d.BeginSession(ctx, bruno.Account, "session", "Essai", now)
			return err
		},
		func() error {
			return d.GiveRoles(ctx, dbtest.Admin, bruno.Account, []app.Grant{{Role: app.Referent, Organisation: dbtest.Mission}, {Role: app.ReadOnly, Territory: dbtest.Cauvaldor}}, now)
		},
		func() error {
			return d.MoveAccount(ctx, dbtest.Admin, bruno.Account, "b.delmas@mission.test", app.Mail{Subject: "Adresse changée", Body: "Bruno Delmas"}, now)
		},
		func() error {
			return d.GiveRoles(ctx, dbtest.Admin, dbtest.Colleague.Account, []app.Grant{{Role: app.Referent, Organisation: dbtest.Mission}}, now)
		},
	} {
		if err := act(); err != nil {
			t.Fatalf("act %d: %v", i, err)
		}
	}
}

func TestAnErasedPersonIsNowhereInTheDatabase(t *testing.T) {
	d, raw := opened(t)
	busy(t, d)
	if len(whereFound(t, raw, "delmas", "bruno@", "65 11 22 33")) < 6 {
		t.Fatalf("traces before = %v, want many", whereFound(t, raw, "delmas", "bruno@", "65 11 22 33"))
	}
	e, err := d.Erasure(t.Context(), dbtest.Admin, dbtest.Referent.Person, dbtest.Now)
	if err != nil || e.Positions != 1 || e.Coming != 1 || e.Presences != 1 || e.Account != dbtest.Referent.Account || e.Mails != 2 || e.Obstacle != "" {
		t.Errorf("Erasure = %+v, %v; want one of each, and two mails", e, err)
	}
	if err := d.ErasePerson(t.Context(), dbtest.Admin, dbtest.Referent.Person, noLetter, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if left := whereFound(t, raw, "delmas", "brunot", "bruno@", "65 11 22 33", "Directeur général"); len(left) > 0 {
		t.Errorf("traces left: %v", left)
	}
	history, err := d.History(t.Context(), app.OfPerson, string(dbtest.Referent.Person), 10)
	if err != nil || len(history) != 3 || history[0].Actor != dbtest.Admin.Name || !strings.HasPrefix(history[0].Act, "a effacé une fiche") {
		t.Errorf("history = %+v, %v; want the two changes and the erasure", history, err)
	}
	if history[2].Actor != app.ErasedName && strings.TrimSpace(history[2].Actor) != app.ErasedName {
		t.Errorf("what Bruno did is told of %q, want of an erased person", history[2].Actor)
	}
}

// Rows of these tables may refer to somebody who was erased: nothing in them tells who.
var pseudonymous = []string{"accounts.person_id", "audit.account_id", "registrations.person_id", "reads.account_id", "read_people.person_id"}

func TestNoTableKeepsARowOfAnErasedPerson(t *testing.T) {
	d, raw := opened(t)
	busy(t, d)
	if err := d.ErasePerson(t.Context(), dbtest.Admin, dbtest.Referent.Person, noLetter, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	for _, column := range columns(t, raw) {
		table, name, _ := strings.Cut(column, ".")
		if !strings.HasSuffix(name, "account_id") && !strings.HasSuffix(name, "person_id") || slices.Contains(pseudonymous, column) {
			continue
		}
		var n int
		query := fmt.Sprintf(`SELECT COUNT(*) FROM %s WHERE %s IN ('%s', '%s')`, table, name, dbtest.Referent.Person, dbtest.Referent.Account)
		if err := raw.QueryRowContext(t.Context(), query).Scan(&n); err != nil || n > 0 {
			t.Errorf("%s names an erased person in %d rows (%v), want none", column, n, err)
		}
	}
}

// figures is what the convention and the network show.
func figures(t *testing.T, d *db.DB, convention app.ConventionID, territory app.TerritoryID) (app.Gathered, network.Attendance) {
	t.Helper()
	g, err := d.Gathered(t.Context(), convention, dbtest.Now.AddDate(1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	a, err := d.Attendance(t.Context(), territory)
	if err != nil {
		t.Fatal(err)
	}
	return g, a
}

func TestErasingAPersonChangesNoFigure(t *testing.T) {
	d := dbtest.New(t)
	busy(t, d)
	gathered, attendance := figures(t, d, dbtest.CTG, dbtest.Cauvaldor)
	if err := d.ErasePerson(t.Context(), dbtest.Coordinator, dbtest.Ines, noLetter, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.ErasePerson(t.Context(), dbtest.Admin, dbtest.Referent.Person, noLetter, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	after, attended := figures(t, d, dbtest.CTG, dbtest.Cauvaldor)
	if !reflect.DeepEqual(gathered, after) || !reflect.DeepEqual(attendance, attended) {
		t.Errorf("figures = %+v and %+v, want %+v and %+v", after, attended, gathered, attendance)
	}
}

func TestErasingFreesASeatForWhoWaits(t *testing.T) {
	d := dbtest.New(t)
	busy(t, d)
	ctx, now := t.Context(), dbtest.Now
	for _, o := range []struct {
		structure app.OrganisationID
		people    []app.PersonID
	}{{dbtest.CC, []app.PersonID{"admin", "claire"}}, {dbtest.School, []app.PersonID{dbtest.Ines}}} {
		if _, _, err := d.Register(ctx, dbtest.Coordinator, dbtest.Soon, o.structure, o.people, now); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.ErasePerson(ctx, dbtest.Admin, dbtest.Referent.Person, noLetter, now); err != nil {
		t.Fatal(err)
	}
	w, _, err := d.Turnout(ctx, dbtest.Coordinator, dbtest.Soon)
	if err != nil || w.Taken != 3 || w.Waiting != 0 {
		t.Errorf("%d seats taken and %d wait (%v), want Inès called", w.Taken, w.Waiting, err)
	}
}

func TestNoMailStillToSendTellsOfWhoIsErased(t *testing.T) {
	d := dbtest.New(t)
	o, err := d.OwnData(t.Context(), dbtest.Ines, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	o.Person.Email = "ines.nouvelle@exemple.test"
	moving := app.Mail{Subject: "Confirmez votre nouvelle adresse"}
	if confirming, err := d.CorrectOwnData(t.Context(), app.Viewer{Person: dbtest.Ines}, db.Correction{Person: o.Person}, "jeton", moving, dbtest.Now); err != nil || !confirming {
		t.Fatalf("CorrectOwnData = %v, %v; want an address to confirm", confirming, err)
	}
	asked := func(app.Objection) app.Mail {
		return app.Mail{Subject: "Demande", Body: "Inès Faure a fait une demande."}
	}
	if err := d.Object(t.Context(), app.Viewer{Person: dbtest.Ines}, app.Objection{Kind: app.ToErase}, asked, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.ErasePerson(t.Context(), dbtest.Admin, dbtest.Ines, noLetter, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	mails, err := d.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 50)
	if err != nil || len(mails) == 0 {
		t.Fatalf("Outbox = %v, %v; want the mail to who coordinates", mails, err)
	}
	for _, m := range mails {
		if m, err = d.Mail(t.Context(), dbtest.Admin, m.ID); err != nil || strings.Contains(m.Body+m.Recipient+m.Name+m.Subject, "Faure") || m.Recipient == o.Person.Email {
			t.Errorf("there is still %+v, %v", m, err)
		}
	}
}
