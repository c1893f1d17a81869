package demo_test

import (
	"database/sql"
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
	"maillage/db/demo"
)

const password = "Maillage-demo-2026!"

var now = time.Date(2026, 11, 24, 8, 15, 0, 0, time.UTC)

// loaded returns a database of its own that holds the demonstration, and the same as
// the engine shows it.
func loaded(t testing.TB) (*db.DB, *sql.DB) {
	t.Helper()
	address := dbtest.Address(t)
	d, err := db.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := demo.Load(t.Context(), d, password, now); err != nil {
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

func count(t *testing.T, raw *sql.DB, query string) (n int) {
	t.Helper()
	if err := raw.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func TestTheSentenceOfTheArticleIsInTheData(t *testing.T) {
	_, raw := loaded(t)
	const inPhase = `
		FROM conventions v
		JOIN phases p ON p.convention_id = v.id
		JOIN workshops w ON w.phase_id = p.id AND w.status = 'publie'
		LEFT JOIN registrations r ON r.workshop_id = w.id AND r.state = 'present'
		WHERE v.invented = FALSE AND p.name = `
	for _, c := range []struct {
		what, query string
		least, most int
	}{
		{"workshops of the diagnostic", `SELECT COUNT(DISTINCT w.id)` + inPhase + `'Diagnostic partagé'`, 15, 15},
		{"distinct participants", `SELECT COUNT(DISTINCT r.person_id)` + inPhase + `'Diagnostic partagé'`, 46, 54},
		{"days on the action plan", `SELECT COUNT(DISTINCT w.id)` + inPhase + `'Plan d’actions'`, 1, 1},
		{"participants of that day", `SELECT COUNT(DISTINCT r.person_id)` + inPhase + `'Plan d’actions'`, 41, 46},
		{"real structures", `SELECT COUNT(*) FROM organisations WHERE incomplete = FALSE AND vintage <> ''`, 169, 169},
		{"structures to be completed", `SELECT COUNT(*) FROM organisations WHERE incomplete = TRUE AND address = '' AND phone = ''`, 12, 18},
		{"structures in the territory's directory", `SELECT COUNT(*) FROM organisation_territories`, 181, 187},
		{"communes with an outline", `SELECT COUNT(*) FROM communes WHERE outline <> ''`, 77, 77},
		{"inhabitants", `SELECT SUM(population) FROM communes WHERE epci_id = '200066371'`, 45320, 45320},
		{"inhabitants of the territory", `SELECT population FROM territories`, 45320, 45320},
		{"people who are not invented", `SELECT COUNT(*) FROM people WHERE invented = FALSE`, 0, 0},
		{"accounts with a password", `SELECT COUNT(*) FROM accounts WHERE password_hash <> ''`, 6, 6},
		{"axes", `SELECT COUNT(*) FROM axes`, 8, 8},
		{"phases", `SELECT COUNT(*) FROM phases`, 12, 12},
	} {
		if got := count(t, raw, c.query); got < c.least || got > c.most {
			t.Errorf("%s: %d, want %d to %d", c.what, got, c.least, c.most)
		}
	}
}

func TestEveryReferenceLeadsSomewhere(t *testing.T) {
	_, raw := loaded(t)
	for _, query := range []string{
		`SELECT COUNT(*) FROM registrations r JOIN workshops w ON w.id = r.workshop_id JOIN positions p ON p.person_id = r.person_id
			WHERE p.organisation_id <> r.organisation_id`,
		`SELECT COUNT(*) FROM organisations o WHERE NOT EXISTS (SELECT 1 FROM communes m WHERE m.code = o.commune_code)`,
		`SELECT COUNT(*) FROM organisations o WHERE NOT EXISTS (SELECT 1 FROM search_words s WHERE s.thing_id = o.id)`,
		`SELECT COUNT(*) FROM workshops w WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.thing_id = w.id)`,
		`SELECT COUNT(*) FROM workshops w JOIN phases p ON p.id = w.phase_id WHERE p.convention_id <> w.convention_id`,
		`SELECT COUNT(*) FROM workshops w JOIN axes x ON x.id = w.axis_id WHERE x.convention_id <> w.convention_id`,
		`SELECT COUNT(*) FROM registrations r JOIN registrations x ON x.id = r.represents_id WHERE x.workshop_id <> r.workshop_id OR x.state <> 'represente'`,
	} {
		if got := count(t, raw, query); got != 0 {
			t.Errorf("%d rows, want none: %s", got, query)
		}
	}
}

func TestStructuresAreFoundByTheNamesTheyBoreBefore(t *testing.T) {
	_, raw := loaded(t)
	for query, want := range map[string]string{
		"pole emploi":         "France Travail",
		"ram":                 "Relais petite enfance",
		"msap":                "France services",
		"conseil general":     "Conseil départemental",
		"dreets":              "DIRECCTE",
		"ddetspp":             "DDCSPP",
		"caisse allocations":  "Caf du Lot",
		"mutualite agricole":  "MSA",
		"sousceyrac services": "Sousceyrac-en-Quercy",
	} {
		words := strings.Fields(query)
		sentence := `SELECT COUNT(*) FROM organisations o WHERE o.name LIKE $1`
		args := []any{"%" + want + "%"}
		for i, word := range words {
			sentence += ` AND EXISTS (SELECT 1 FROM search_words s WHERE s.thing_id = o.id AND s.word LIKE $` + strconv.Itoa(i+2) + `)`
			args = append(args, word+"%")
		}
		var n int
		if err := raw.QueryRowContext(t.Context(), sentence, args...).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			t.Errorf("%q does not find %s", query, want)
		}
	}
}

func TestASecondStartKeepsWhatWasDone(t *testing.T) {
	d, raw := loaded(t)
	if _, err := raw.ExecContext(t.Context(), `UPDATE organisations SET name = 'Renommée' WHERE source_id = '891'`); err != nil {
		t.Fatal(err)
	}
	before := count(t, raw, `SELECT COUNT(*) FROM registrations`)
	if err := demo.Load(t.Context(), d, "Un autre mot de passe 1!", now.AddDate(0, 0, 40)); err != nil {
		t.Fatal(err)
	}
	if after := count(t, raw, `SELECT COUNT(*) FROM registrations`); after != before {
		t.Errorf("%d registrations after a second start, want %d", after, before)
	}
	if got := count(t, raw, `SELECT COUNT(*) FROM organisations WHERE name = 'Renommée'`); got != 1 {
		t.Error("a second start undid what was done")
	}
}

func TestTheAccountsOpenWithThePassword(t *testing.T) {
	_, raw := loaded(t)
	for _, e := range demo.Accounts {
		var hash string
		if err := raw.QueryRowContext(t.Context(), `SELECT password_hash FROM accounts WHERE email = $1`, e.Email).Scan(&hash); err != nil {
			t.Fatalf("%s: %v", e.Email, err)
		}
		if !secret.SamePassword(password, hash) {
			t.Errorf("%s does not open with the password", e.Email)
		}
	}
}

func TestEveryStructureStandsInItsCommune(t *testing.T) {
	d, raw := loaded(t)
	outlines, err := d.Outlines(t.Context(), demo.Territory)
	if err != nil || len(outlines) != 77 {
		t.Fatalf("%d outlines, %v", len(outlines), err)
	}
	rows, err := raw.QueryContext(t.Context(), `
		SELECT o.name, o.latitude, o.longitude, m.outline, m.latitude, m.longitude
		FROM organisations o JOIN communes m ON m.code = o.commune_code`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name, outline string
		var p, centre app.Point
		if err := rows.Scan(&name, &p.Latitude, &p.Longitude, &outline, &centre.Latitude, &centre.Longitude); err != nil {
			t.Fatal(err)
		}
		if outline == "" { // elsewhere in the département: known by commune only
			if p != centre {
				t.Errorf("%s is at %v, its commune at %v", name, p, centre)
			}
			continue
		}
		var geometry struct{ Coordinates [][][2]float64 }
		if err := json.Unmarshal([]byte(outline), &geometry); err != nil {
			t.Fatal(err)
		}
		if !inside(p, geometry.Coordinates[0]) {
			t.Errorf("%s at %v is out of its commune", name, p)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// inside reports whether p is in the ring, counting the sides that cross its parallel
// to the east of it.
func inside(p app.Point, ring [][2]float64) (in bool) {
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if (a[1] > p.Latitude) != (b[1] > p.Latitude) &&
			p.Longitude < (b[0]-a[0])*(p.Latitude-a[1])/(b[1]-a[1])+a[0] {
			in = !in
		}
	}
	return in
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		d := dbtest.Empty(b)
		b.StartTimer()
		if err := demo.Load(b.Context(), d, password, now); err != nil {
			b.Fatal(err)
		}
	}
}
