package dbtest

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"maillage/db"
)

// addresses is where each open database is, *db.DB → string.
var addresses sync.Map

// Beside opens the database of d once more, to look at its tables.
func Beside(t testing.TB, d *db.DB) *sql.DB {
	t.Helper()
	address, _ := addresses.Load(d)
	driver, source := "pgx", address.(string)
	if path, ok := strings.CutPrefix(source, "sqlite:"); ok {
		driver, source = "sqlite3", "file:"+path+"?_busy_timeout=5000"
	}
	c, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// Trace returns what each table of d holds, all rows written one after another, so that
// a test may tell that nothing was written.
func Trace(t testing.TB, d *db.DB) map[string]string {
	t.Helper()
	list := `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`
	c := Beside(t, d)
	defer c.Close() // many are opened
	if address, _ := addresses.Load(d); strings.HasPrefix(address.(string), "sqlite:") {
		list = `SELECT name FROM sqlite_master WHERE type = 'table'`
	}
	held := map[string]string{}
	for _, table := range rows(t, c, list) {
		held[table] = strings.Join(rows(t, c, `SELECT * FROM "`+table+`"`), "\n")
	}
	return held
}

// Changed returns the tables that before and after tell apart, in order.
func Changed(before, after map[string]string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(after)), func(table string) bool { return before[table] == after[table] })
}

// rows returns the rows of a query as text, in a steady order.
func rows(t testing.TB, c *sql.DB, query string) []string {
	t.Helper()
	found, err := c.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	columns, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for found.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := found.Scan(into...); err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.TrimSuffix(fmt.Sprintln(values...), "\n"))
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}
