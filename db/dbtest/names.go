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
}
