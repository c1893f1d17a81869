package db_test

import (
	"database/sql"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

func look(t *testing.T, d *db.DB, by app.Viewer, r app.Read, at time.Time, people ...app.PersonID) {
	t.Helper()
	if err := d.NoteRead(t.Context(), by, r, people, at); err != nil {
		t.Fatal(err)
	}
}

func reads(t *testing.T, d *db.DB, by app.Viewer, f db.ReadFilter) []db.ReadLine {
	t.Helper()
	lines, err := d.Reads(t.Context(), by, f, true, 100)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

var fiche = app.Read{Kind: app.SawPerson, ThingID: string(dbtest.Ines)}

func TestALookIsOneLineForAQuarterOfAnHour(t *testing.T) {
	d := dbtest.New(t)
	sheet := app.Read{Kind: app.SawAttendance, ThingID: string(dbtest.Past)}
	look(t, d, dbtest.Coordinator, sheet, dbtest.Now, dbtest.Ines, dbtest.Ines, "nobody")
	look(t, d, dbtest.Coordinator, sheet, dbtest.Now.Add(time.Minute), dbtest.Ines)
	look(t, d, dbtest.Coordinator, sheet, dbtest.Now.Add(2*time.Minute), dbtest.Ines, dbtest.Referent.Person)
	look(t, d, dbtest.Coordinator, sheet, dbtest.Now.Add(20*time.Minute), dbtest.Ines)
	lines := reads(t, d, dbtest.Coordinator, db.ReadFilter{})
	if len(lines) != 2 || lines[0].People != 1 || lines[1].People != 2 || lines[1].Title != "Aller vers les jeunes" || !lines[1].At.Equal(dbtest.Now) || lines[1].Actor != "Claire Bonnet" {
		t.Errorf("Reads = %+v, want one line of two people, then one of one", lines)
	}
}

func TestOneselfDoesNotCountAndEveryFileDoes(t *testing.T) {
	d := dbtest.New(t)
	look(t, d, dbtest.Coordinator, fiche, dbtest.Now, dbtest.Coordinator.Person)
	look(t, d, dbtest.Coordinator, fiche, dbtest.Now)
	for range 2 {
		look(t, d, dbtest.Coordinator, app.Read{Kind: app.SawExport, Detail: "le journal"}, dbtest.Now)
	}
	lines := reads(t, d, dbtest.Coordinator, db.ReadFilter{})
	if len(lines) != 2 || lines[0].Kind != app.SawExport || lines[1].Detail != "le journal" {
		t.Errorf("Reads = %+v, want the two files and nothing else", lines)
	}
}

func TestReadsAreFiltered(t *testing.T) {
	d := dbtest.New(t)
	look(t, d, dbtest.Coordinator, fiche, dbtest.Now, dbtest.Ines)
	look(t, d, dbtest.Referent, app.Read{Kind: app.SawContacts, ThingID: string(dbtest.Mission)}, dbtest.Now.AddDate(0, 0, 1), dbtest.Colleague.Person)
	for name, tt := range map[string]struct {
		filter db.ReadFilter
		want   string
	}{
		"kind":      {db.ReadFilter{Kind: app.SawContacts}, "Bruno Delmas"},
		"who looks": {db.ReadFilter{Actor: "bon"}, "Claire Bonnet"},
		"whom":      {db.ReadFilter{Person: "léa"}, "Bruno Delmas"},
		"both":      {db.ReadFilter{Actor: "claire", Person: "faure", Kind: app.SawPerson}, "Claire Bonnet"},
		"from":      {db.ReadFilter{From: "2026-03-03"}, "Bruno Delmas"},
		"to":        {db.ReadFilter{To: "2026-03-02"}, "Claire Bonnet"},
	} {
		if lines := reads(t, d, dbtest.Coordinator, tt.filter); len(lines) != 1 || lines[0].Actor != tt.want {
			t.Errorf("by %s: %+v, want the one of %s", name, lines, tt.want)
		}
	}
	all := reads(t, d, dbtest.Coordinator, db.ReadFilter{})
	if after := reads(t, d, dbtest.Coordinator, db.ReadFilter{Before: all[0].ID}); len(after) != 1 || after[0].Actor != "Claire Bonnet" || after[0].Names != "Inès Faure" {
		t.Errorf("the page after = %+v, want the first look, at Inès Faure", after)
	}
}

func TestATraceIsForThePersonAndWhoCoordinates(t *testing.T) {
	d := dbtest.New(t)
	look(t, d, dbtest.Admin, app.Read{Kind: app.SawPerson, ThingID: "bruno"}, dbtest.Now.AddDate(-1, 0, -1), "bruno")
	look(t, d, dbtest.Coordinator, app.Read{Kind: app.SawPerson, ThingID: "bruno"}, dbtest.Now, "bruno")
	for name, tt := range map[string]struct {
		by   app.Viewer
		want app.Kind
		ok   bool
	}{
		"oneself": {dbtest.Referent, 0, true}, "coordination": {dbtest.Coordinator, 0, true}, "administration": {dbtest.Admin, 0, true},
		"a colleague": {dbtest.Colleague, app.Forbidden, false}, "a reader": {dbtest.Reader, app.Forbidden, false}, "elsewhere": {dbtest.Stranger, app.NotFound, false},
	} {
		_, lines, err := d.ReadsOf(t.Context(), tt.by, "bruno", "", 10, dbtest.Now)
		if tt.ok && (err != nil || len(lines) != 1 || lines[0].Actor != "Claire Bonnet" || lines[0].As == "") {
			t.Errorf("%s: %+v, %v; want the one look of the last twelve months", name, lines, err)
		}
		if !tt.ok && (err == nil || app.KindOf(err) != tt.want || len(lines) > 0) {
			t.Errorf("%s: %+v, %v; want refused", name, lines, err)
		}
		if _, err := d.Reads(t.Context(), tt.by, db.ReadFilter{}, false, 10); (err == nil) != tt.by.MayCoordinate(tt.by.Territory) {
			t.Errorf("%s: the journal of reads answers %v", name, err)
		}
	}
	if lines := reads(t, d, dbtest.Stranger, db.ReadFilter{}); len(lines) > 0 {
		t.Errorf("another territory sees %+v", lines)
	}
}

func TestReadsGoAfterAYearAndNotBefore(t *testing.T) {
	d := dbtest.New(t)
	year := dbtest.Now.AddDate(-1, 0, 0)
	look(t, d, dbtest.Coordinator, fiche, year.Add(-time.Hour), dbtest.Ines)
	look(t, d, dbtest.Coordinator, fiche, year.Add(time.Hour), dbtest.Ines)
	if _, err := d.Tidy(t.Context(), dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if lines := reads(t, d, dbtest.Coordinator, db.ReadFilter{}); len(lines) != 1 || !lines[0].At.Equal(year.Add(time.Hour)) || lines[0].People != 1 {
		t.Errorf("Reads = %+v, want the one within the year", lines)
	}
}

func TestTheTrailsAreAppendOnly(t *testing.T) {
	address := dbtest.Address(t)
	d, err := db.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	raw := rawly(t, address)
	now := time.Now().UTC().Truncate(time.Second)
	for _, age := range []struct {
		id string
		at time.Time
	}{{"young", now.AddDate(0, -11, 0)}, {"old", now.AddDate(0, -13, 0)}} {
		for _, query := range []string{
			`INSERT INTO audit (id, at, thing, thing_id, act) VALUES ($1, $2, 'personne', 'x', 'a modifié')`,
			`INSERT INTO reads (id, at, account_id, kind) VALUES ($1, $2, 'a', 'fiche')`,
		} {
			if _, err := raw.ExecContext(t.Context(), query, age.id, age.at); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := raw.ExecContext(t.Context(), `INSERT INTO read_people (read_id, person_id) VALUES ($1, 'p')`, age.id); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		query   string
		refused bool
	}{
		{`UPDATE audit SET act = 'rien'`, true},
		{`DELETE FROM audit`, true},
		{`UPDATE reads SET account_id = 'b'`, true},
		{`UPDATE read_people SET person_id = 'q'`, true},
		{`DELETE FROM reads WHERE id = 'young'`, true},
		{`DELETE FROM read_people`, true},
		{`DELETE FROM reads WHERE id = 'old'`, false},
		{`INSERT INTO settings (name, value) VALUES ('effacement', '')`, false}, // as db.unsealed does
		{`UPDATE audit SET act = 'rien', thing_id = 'y'`, true},
		{`UPDATE audit SET act = 'rien'`, false},
		{`DELETE FROM audit WHERE id = 'old'`, false},
	} {
		if _, err := raw.ExecContext(t.Context(), tt.query); (err != nil) != tt.refused {
			t.Errorf("%s answers %v, want refused: %v", tt.query, err, tt.refused)
		}
	}
}

// rawly opens a database without the application's own operations.
func rawly(t *testing.T, address string) *sql.DB {
	t.Helper()
	driver := "pgx"
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		driver, address = "sqlite3", "file:"+path+"?_foreign_keys=on&_busy_timeout=5000"
	}
	raw, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	return raw
}
