package db_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"maillage/db/dbtest"
)

// handled says, of each column that may name an organisation, what a merge does of it.
var handled = map[string]string{
	"account_organisations.organisation_id":    "moved, the wider role where an account has two",
	"invitations.organisation_id":              "moved, put together where a workshop invites both",
	"registrations.organisation_id":            "moved: a person is at a workshop once",
	"positions.organisation_id":                "moved, put together where a person holds two",
	"workshops.host_id":                        "moved",
	"services.organisation_id":                 "moved",
	"join_requests.organisation_id":            "moved, but for the second by one address, which ends by itself",
	"join_requests.place":                      "moved with it",
	"organisation_territories.organisation_id": "the kept one joins them, the absorbed one leaves them",
	"search_words.thing_id":                    "the kept one is found by the words of both",
	"organisations.merged_into":                "the absorbed one says so; Heir follows several",
	"distinctions.one_id":                      "copied to the kept one; those of the absorbed one sleep",
	"distinctions.other_id":                    "the same",
	"merges.kept_id":                           "what a merge says of itself",
	"merges.absorbed_id":                       "the same",
	"merge_moves.thing_id":                     "the same",
	"audit.thing_id":                           "stays, and is read with that of the kept one (History)",
	"reads.thing_id":                           "stays: only added to",
	"import_rows.target":                       "judged anew: the directory changed (directoryStamp)",
	"import_rows.judgement":                    "the same",
	"inquiries.organisation_id":                "stays: what the absorbed one is being asked ends, and undoing says so",
	"inquiry_letters.organisation_id":          "stays: their links serve no more",
	"inquiry_refusals.organisation_id":         "stays, and is read with those of the kept one (refusals)",
	"import_effects.organisation_id":           "stays: undoing the import says that it was merged",
}

// mayName are the columns by which rows name things of no declared kind.
var mayName = []string{"organisation_id", "host_id", "kept_id", "absorbed_id", "one_id", "other_id", "merged_into", "place", "target", "judgement"}

func TestEveryColumnThatPointsAtAnOrganisationIsMerged(t *testing.T) {
	d := dbtest.New(t)
	beside := dbtest.Beside(t, d)
	pointing := map[string]bool{}
	query := `SELECT m.name || '.' || f."from" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND f."table" = 'organisations'`
	if !strings.HasPrefix(dbtest.Address(t), "sqlite:") {
		query = `SELECT c.conrelid::regclass::text || '.' || a.attname FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
			WHERE c.contype = 'f' AND c.confrelid = 'organisations'::regclass`
	}
	rows, err := beside.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var column string
		if err := rows.Scan(&column); err != nil {
			t.Fatal(err)
		}
		pointing[column] = true
	}
	if err := rows.Err(); err != nil || len(pointing) < 9 {
		t.Fatal(pointing, err)
	}
	schema := tables(t, beside)
	for table, columns := range schema {
		for _, column := range columns {
			name := table + "." + column
			if column == "thing_id" && table != "retention_warnings" || slices.Contains(mayName, column) && !slices.Contains([]string{"workshops.place", "sessions.place"}, name) {
				pointing[name] = true
			}
		}
	}
	for column := range pointing {
		if handled[column] == "" {
			t.Errorf("%s may name an organisation, and a merge leaves it with the one that is no more: handle it in db/merge_moves.go, part it in db/merge_parting.go, then say so here", column)
		}
	}
	for _, column := range slices.Sorted(maps.Keys(handled)) {
		if !pointing[column] {
			t.Errorf("%s is said to be handled, and there is no such column that names an organisation", column)
		}
	}
}

func TestNothingPointsAtWhatWasMergedButWhatSaysSo(t *testing.T) {
	d := withTwins(t)
	ask(t, d, "seul@essai.test", twin)
	mergedTwins(t, d)
	for _, line := range dump(t, d) {
		table := line[:strings.IndexAny(line, "[ ")]
		if strings.Contains(line, " "+string(twin)+" ") && table != "organisations" || strings.Contains(line, " "+string(twin)+"]") {
			t.Errorf("still of what was merged: %s", line)
		}
	}
}

func TestAMergeTellsNothingToAttachToWhatIsNoMore(t *testing.T) {
	d := withTwins(t)
	mergedTwins(t, d)
	for name, insert := range map[string]string{
		"position":     `INSERT INTO positions (id, person_id, organisation_id, created_at) VALUES ('x', 'noe', 'double', CURRENT_TIMESTAMP)`,
		"access":       `INSERT INTO account_organisations (account_id, organisation_id, role) VALUES ('a-paul', 'double', 'referent')`,
		"invitation":   `INSERT INTO invitations (id, workshop_id, organisation_id, invited_at) VALUES ('x', 'brouillon', 'double', CURRENT_TIMESTAMP)`,
		"registration": `INSERT INTO registrations (id, workshop_id, person_id, organisation_id, state, created_at, updated_at) VALUES ('x', 'brouillon', 'noe', 'double', 'inscrit', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)`,
		"moved":        `UPDATE registrations SET organisation_id = 'double' WHERE id = 'd-noe-passe'`,
		"host":         `UPDATE workshops SET host_id = 'double' WHERE id = 'passe'`,
	} {
		if _, err := dbtest.Beside(t, d).ExecContext(t.Context(), insert); err == nil {
			t.Errorf("%s: attached to an organisation that is merged into another", name)
		}
	}
}
