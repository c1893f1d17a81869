package db_test

import (
	"database/sql"
	"maps"
	"slices"
	"strings"
	"testing"

	"maillage/app"
	"maillage/db/dbtest"
)

// tables returns the columns of every table of a database.
func tables(t *testing.T, raw *sql.DB) map[string][]string {
	t.Helper()
	query := `SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'`
	if !strings.HasPrefix(dbtest.Address(t), "sqlite:") {
		query = `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()`
	}
	rows, err := raw.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := map[string][]string{}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			t.Fatal(err)
		}
		all[table] = append(all[table], column)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	delete(all, "goose_db_version")
	return all
}

// ofSomebody are the columns by which a row is about somebody.
var ofSomebody = []string{"person_id", "account_id", "helped_id", "first_name", "last_name", "recipient", "device", "browser", "subject"}

func TestEachTableHasAnActivityInTheRegisterOrIsOfNobody(t *testing.T) {
	_, raw := opened(t)
	said := map[string]bool{}
	for _, p := range app.PersonalTables {
		said[p.Name] = true
	}
	schema := tables(t, raw)
	for table, columns := range schema {
		switch impersonal := slices.Contains(app.ImpersonalTables, table); {
		case impersonal && said[table]:
			t.Errorf("%s is said to be of somebody and of nobody", table)
		case !impersonal && !said[table]:
			t.Errorf("nothing says whether %s holds personal data: add it to app.PersonalTables, with its activity in the register and how long it is kept, or to app.ImpersonalTables", table)
		case impersonal:
			for _, column := range columns {
				if slices.Contains(ofSomebody, column) {
					t.Errorf("%s is said to be of nobody and has a column %s", table, column)
				}
			}
		}
	}
	for _, table := range append(slices.Clone(app.ImpersonalTables), slices.Collect(maps.Keys(said))...) {
		if schema[table] == nil {
			t.Errorf("%s is listed and there is no such table", table)
		}
	}
}
