package db_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// Twin is the Mission locale once more, as another file has it.
const twin app.OrganisationID = "double"

// twins writes the double of the Mission locale, with something of each kind on both sides
// and, of each kind that can collide, the same on both.
func twins(l *db.Loader) error {
	ago := dbtest.Now.AddDate(0, -6, 0)
	load := func(steps ...error) error {
		for _, err := range steps {
			if err != nil {
				return err
			}
		}
		return nil
	}
	person := func(id, name string, positions ...app.Position) error {
		for i := range positions {
			positions[i].Person = app.PersonID(id)
		}
		return l.Person(app.Person{ID: app.PersonID(id), FirstName: "Noé", LastName: name, CreatedAt: ago, UpdatedAt: ago}, positions...)
	}
	return load(
		l.Organisation(app.Organisation{
			ID: twin, Name: "PAIO du Lot", Category: "emploi", Themes: []app.Theme{"sante", "emploi"}, Commune: dbtest.Souillac, CommuneName: "Souillac",
			Phone: "05 65 00 00 00", Website: "https://paio.test", Source: "DILA", Vintage: "2019-08", CreatedAt: ago, UpdatedAt: ago, Territories: []app.TerritoryID{dbtest.Cauvaldor},
		}),
		person("noe", "Tout", app.Position{ID: "d-noe", Organisation: twin, Function: "Accueil"}),
		person("deux", "Deux", app.Position{ID: "d-deux", Organisation: twin, Function: "Trésorière", Since: "2024-01-01"},
			app.Position{ID: "m-deux", Organisation: dbtest.Mission, Function: "Présidente", Since: "2025-02-01"}),
		person("doute", "Doute", app.Position{ID: "d-doute", Organisation: twin, Unconfirmed: true}),
		person("parti", "Parti", app.Position{ID: "d-parti", Organisation: twin, Until: "2024-12-31"}),
		l.Account(app.Account{ID: "a-noe", Person: "noe", Email: "noe@essai.test", CreatedAt: ago, Organisations: map[app.OrganisationID]app.Role{twin: app.Colleague}}, dbtest.PasswordHash),
		l.Account(app.Account{ID: "a-deux", Person: "deux", Email: "deux@essai.test", CreatedAt: ago, Organisations: map[app.OrganisationID]app.Role{twin: app.Referent, dbtest.Mission: app.Colleague}}, dbtest.PasswordHash),
		l.Workshop(app.Workshop{ID: "chez-eux", Territory: dbtest.Cauvaldor, Convention: dbtest.CTG, Host: twin, Title: "Chez la PAIO", Kind: "atelier", StartsAt: ago, EndsAt: ago.Add(time.Hour), Status: app.Published, CreatedAt: ago, UpdatedAt: ago}),
		l.Invitation(app.Invitation{ID: "d-bientot", Workshop: dbtest.Soon, Organisation: twin, Answer: app.Coming, Comment: "Avec plaisir", InvitedAt: ago, AnsweredAt: ago.Add(time.Hour), RemindedAt: ago.Add(time.Minute)}),
		l.Invitation(app.Invitation{ID: "d-passe", Workshop: dbtest.Past, Organisation: twin, InvitedAt: ago}),
		l.Registration(app.Registration{ID: "d-noe-passe", Workshop: dbtest.Past, Person: "noe", Organisation: twin, Function: "Accueil", State: app.Present, CreatedAt: ago, UpdatedAt: ago}),
		l.Registration(app.Registration{ID: "d-noe-bientot", Workshop: dbtest.Soon, Person: "noe", Organisation: twin, State: app.Registered, CreatedAt: ago, UpdatedAt: ago}),
		l.Service(app.Service{ID: "cafe", Organisation: twin, Name: "Café des parents", Kind: "activite", UpdatedAt: ago}),
	)
}

var withTwins = dbtest.With(twins)

func mergeLetter(m app.Merge, to string) app.Mail {
	return app.Mail{Subject: "Fusion", Body: to + " : " + m.KeptAfter.Name}
}

// ask makes somebody ask to join structures.
func ask(t *testing.T, d *db.DB, email string, structures ...app.OrganisationID) {
	t.Helper()
	for _, o := range structures {
		r := app.JoinRequest{Organisation: o, Who: app.Newcomer{FirstName: "Jules", LastName: "Roux", Email: email}}
		if err := d.FileJoinRequest(t.Context(), r, func(app.JoinRequest, string) app.Mail { return app.Mail{Subject: "Demande"} }, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
}

func mergedTwins(t *testing.T, d *db.DB) app.MergeID {
	t.Helper()
	id, err := d.MergeOrganisations(t.Context(), dbtest.Coordinator, db.MergeChoice{Kept: dbtest.Mission, Absorbed: twin, KeptVersion: 1, AbsorbedVersion: 1, Others: []string{"site"}}, mergeLetter, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// dump is all that a database holds, but for what is only added to, what a merge keeps of
// itself, and how many times things were changed.
func dump(t *testing.T, d *db.DB) []string {
	t.Helper()
	beside, all := dbtest.Beside(t, d), []string{}
	for table, columns := range tables(t, beside) {
		if slices.Contains([]string{"audit", "mails", "merges", "merge_moves"}, table) {
			continue
		}
		columns = slices.DeleteFunc(columns, func(c string) bool { return c == "version" })
		rows, err := beside.QueryContext(t.Context(), `SELECT `+strings.Join(columns, ", ")+` FROM `+table)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			all = append(all, fmt.Sprint(table, columns, values))
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(all)
	return all
}

func TestAMergeUndoneLeavesEverythingAsItWas(t *testing.T) {
	d := withTwins(t)
	ask(t, d, "jules@essai.test", twin, dbtest.Mission)
	ask(t, d, "seul@essai.test", twin)
	if err := d.TellApart(t.Context(), dbtest.Coordinator, twin, dbtest.School, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	before := dump(t, d)
	id := mergedTwins(t, d)
	if same := dump(t, d); slices.Equal(before, same) {
		t.Fatal("the merge changed nothing")
	}
	if err := d.UndoMerge(t.Context(), dbtest.Coordinator, id, mergeLetter, dbtest.Now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	after := dump(t, d)
	for _, line := range before {
		if !slices.Contains(after, line) {
			t.Errorf("lost: %s", line)
		}
	}
	for _, line := range after {
		if !slices.Contains(before, line) {
			t.Errorf("new: %s", line)
		}
	}
	m, err := d.Merge(t.Context(), dbtest.Coordinator, id)
	if err != nil || len(m.Outcome) > 0 {
		t.Errorf("undone with %v, %v; want nothing left over", m.Outcome, err)
	}
}
