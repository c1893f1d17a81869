package dbtest

import (
	"context"
	"database/sql"
	"strings"
	"testing"
)

// everyNameIsSomebodys fails a test that wrote an entry of the journal in which somebody is
// named without saying who: erasing them would leave their name there. It reads what the
// test left in a database file.
func everyNameIsSomebodys(t testing.TB, address string) {
	t.Helper()
	path, ok := strings.CutPrefix(address, "sqlite:")
	if !ok {
		return
	}
	c, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		return
	}
	defer c.Close()
	found, err := c.QueryContext(context.Background(), `
		SELECT p.name, e.act, e.changes
		FROM audit e
		JOIN (
			SELECT DISTINCT TRIM(first_name || ' ' || last_name) AS name
			FROM people
			WHERE first_name <> '' AND last_name <> '' AND erased_at IS NULL) p ON (e.act || ' ') GLOB '*' || p.name || '[ ,]*'
				OR instr(e.changes, '"c":"' || p.name || '"') OR instr(e.changes, ' par ' || p.name || '"') OR instr(e.changes, '"c":"Animation"') AND instr(e.changes, p.name)
		WHERE e.thing <> 'personne' AND NOT EXISTS (SELECT 1 FROM audit_names n WHERE n.entry_id = e.id AND n.name = p.name)
		LIMIT 3`)
	if err != nil {
		return // a database that the test broke, or of an older version
	}
	defer found.Close()
	for found.Next() {
		var name, act, changes string
		if err := found.Scan(&name, &act, &changes); err != nil {
			t.Fatal(err)
		}
		t.Errorf("the journal names %s without saying who that is: %q %s", name, act, changes)
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	mails, err := c.QueryContext(context.Background(), `
		SELECT p.name, m.subject, m.body
		FROM mails m
		JOIN (
			SELECT id, TRIM(first_name || ' ' || last_name) AS name
			FROM people
			WHERE first_name <> '' AND last_name <> '' AND erased_at IS NULL) p ON instr(m.subject || ' ' || m.body, p.name)
		WHERE m.name <> p.name AND NOT EXISTS (SELECT 1 FROM mail_names n WHERE n.mail_id = m.id AND n.name = p.name)
		LIMIT 3`)
	if err != nil {
		return
	}
	defer mails.Close()
	for mails.Next() {
		var name, subject, body string
		if err := mails.Scan(&name, &subject, &body); err != nil {
			t.Fatal(err)
		}
		t.Errorf("a mail names %s without saying who that is: %q %q", name, subject, body)
	}
	if err := mails.Err(); err != nil {
		t.Fatal(err)
	}
}
