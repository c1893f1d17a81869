package db

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"maillage/app"
)

// explaining notes how SQLite will answer each query that passes through it.
type explaining struct {
	*sql.DB
	t     *testing.T
	plans *[]string
}

func (e explaining) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	e.explain(ctx, query, args)
	return e.DB.QueryContext(ctx, query, args...)
}

func (e explaining) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	e.explain(ctx, query, args)
	return e.DB.QueryRowContext(ctx, query, args...)
}

func (e explaining) explain(ctx context.Context, query string, args []any) {
	rows, err := e.DB.QueryContext(ctx, "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		e.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			e.t.Fatal(err)
		}
		*e.plans = append(*e.plans, detail)
	}
	if err := rows.Err(); err != nil {
		e.t.Fatal(err)
	}
}

// TestAnIndexServesEachList looks at what SQLite means to do: no list may be sorted after
// it is read, and none may read a whole table.
func TestAnIndexServesEachList(t *testing.T) {
	d, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "plans.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for _, tt := range []struct {
		name  string
		f     OrganisationFilter
		way   way
		index string
	}{
		{"by name", OrganisationFilter{After: "x"}, way{}, "organisation_territories_list"},
		{"by commune", OrganisationFilter{Sort: ByCommune, After: "x"}, way{}, "organisation_territories_commune"},
		{"by category", OrganisationFilter{Sort: ByCategory, After: "x"}, way{}, "organisation_territories_category"},
		{"last changed", OrganisationFilter{Sort: ByRecent, After: "x"}, way{}, "organisation_territories_recent"},
		{"as they are to be confirmed", OrganisationFilter{Sort: ByDue, Freshness: app.Due, After: "x"}, way{}, "organisation_territories_due"},
		{"never confirmed, by name", OrganisationFilter{Freshness: app.NeverSaid, After: "x"}, way{}, "organisation_territories_list"},
		{"a category", OrganisationFilter{Category: "etat", After: "x"}, way{}, "organisation_territories_category"},
		{"a commune", OrganisationFilter{Commune: "46128", After: "x"}, way{}, "organisation_territories_commune"},
		{"a theme", OrganisationFilter{Theme: "enfance"}, way{}, "organisation_territories_list"},
		{"without people", OrganisationFilter{WithoutPeople: true}, way{}, "organisation_territories_list"},
		{"a common word", OrganisationFilter{Query: "mairie"}, way{}, "search_words_thing"},
		{"common words in a large territory", OrganisationFilter{Query: "mairie"}, way{set: "mairie"}, "organisation_territories_list"},
		{"a rare word", OrganisationFilter{Query: "gramat"}, way{lead: "gramat"}, "sqlite_autoindex_search_words_1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var plans []string
			c := conn{d.engine, explaining{d.read, t, &plans}}
			if _, err := pageOfDirectory(t.Context(), c, "200066371", tt.f, tt.way, time.Now(), 51); err != nil {
				t.Fatal(err)
			}
			if _, err := countDirectory(t.Context(), c, "200066371", tt.f, tt.way, time.Now()); err != nil {
				t.Fatal(err)
			}
			plan := strings.Join(plans, "\n")
			if !strings.Contains(plan, tt.index) {
				t.Errorf("%s is not used:\n%s", tt.index, plan)
			}
			for _, slow := range []string{"SCAN o", "SCAN m", "SCAN p", "SCAN x"} {
				if strings.Contains(strings.ReplaceAll(plan, "SCAN ot\n", ""), slow) {
					t.Errorf("%q in the plan:\n%s", slow, plan)
				}
			}
			// The page of fifty is put in order once more; what it is taken from is not.
			if n := strings.Count(plan, "ORDER BY"); n > 1 && tt.way.lead == "" {
				t.Errorf("the list is sorted after it is read:\n%s", plan)
			}
		})
	}
}
