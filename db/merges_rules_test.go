package db_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

func value(t *testing.T, d *db.DB, query string) (v string) {
	t.Helper()
	if err := dbtest.Beside(t, d).QueryRowContext(t.Context(), query).Scan(&v); err != nil {
		t.Fatal(query, err)
	}
	return v
}

func TestWhatBothHaveIsPutTogether(t *testing.T) {
	d := withTwins(t)
	mergedTwins(t, d)
	for query, want := range map[string]string{
		`SELECT function FROM positions WHERE id = 'm-deux'`:                                                                 "Présidente ; Trésorière",
		`SELECT since FROM positions WHERE id = 'm-deux'`:                                                                    "2024-01-01",
		`SELECT COUNT(*) FROM positions WHERE person_id = 'deux'`:                                                            "1",
		`SELECT role FROM account_organisations WHERE account_id = 'a-deux' AND organisation_id = 'mission'`:                 "referent",
		`SELECT role FROM account_organisations WHERE account_id = 'a-noe' AND organisation_id = 'mission'`:                  "collegue",
		`SELECT role FROM account_organisations WHERE account_id = 'a-lea' AND organisation_id = 'mission'`:                  "collegue",
		`SELECT answer || ' ' || comment FROM invitations WHERE workshop_id = 'bientot' AND organisation_id = 'mission'`:     "oui Avec plaisir",
		`SELECT COUNT(*) FROM invitations WHERE workshop_id = 'bientot' AND organisation_id IN ('mission', 'double')`:        "1",
		`SELECT COUNT(*) FROM registrations WHERE id LIKE 'd-%' AND organisation_id = 'mission'`:                             "2",
		`SELECT state FROM registrations WHERE id = 'd-noe-passe'`:                                                           "present",
		`SELECT organisation_id FROM services`:                                                                               "mission",
		`SELECT host_id FROM workshops WHERE id = 'chez-eux'`:                                                                "mission",
		`SELECT former_names FROM organisations WHERE id = 'mission'`:                                                        "PAIO du Lot, PAIO",
		`SELECT themes FROM organisations WHERE id = 'mission'`:                                                              ",jeunesse,emploi,sante,",
		`SELECT website || ' ' || phone FROM organisations WHERE id = 'mission'`:                                             "https://paio.test 05 65 00 00 00",
		`SELECT CASE WHEN unconfirmed THEN 'oui' ELSE 'non' END FROM positions WHERE id = 'd-doute'`:                         "oui",
		`SELECT COUNT(*) FROM mails WHERE subject = 'Fusion'`:                                                                "2",
		`SELECT COUNT(*) FROM audit WHERE thing = 'structure' AND thing_id IN ('mission', 'double') AND act LIKE 'a réuni%'`: "2",
		`SELECT COUNT(*) FROM search_words WHERE thing = 'structure' AND thing_id = 'mission' AND word = 'paio'`:             "1",
	} {
		if got := value(t, d, query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

func TestTheOldAddressLeadsToTheKeptOneForWhoMaySeeIt(t *testing.T) {
	d := withTwins(t)
	mergedTwins(t, d)
	for _, who := range []struct {
		by   app.Viewer
		want app.OrganisationID
	}{{dbtest.Coordinator, dbtest.Mission}, {dbtest.Reader, dbtest.Mission}, {dbtest.Admin, dbtest.Mission}, {dbtest.Stranger, ""}, {app.Viewer{}, ""}} {
		if got, err := d.Heir(t.Context(), who.by, twin); got != who.want || err != nil {
			t.Errorf("to %s it leads to %q, %v; want %q", who.by.Name, got, err, who.want)
		}
	}
	if _, err := d.Organisation(t.Context(), dbtest.Admin, twin); app.KindOf(err) != app.NotFound {
		t.Errorf("what was merged is still read: %v", err)
	}
}

func TestOnlyWhoCoordinatesEveryTerritoryOfBothMerges(t *testing.T) {
	d := withTwins(t)
	for _, c := range []struct {
		name         string
		by           app.Viewer
		kept, absorb app.OrganisationID
		want         app.Kind
	}{
		{"a référent·e of one", dbtest.Referent, dbtest.Mission, twin, app.Forbidden},
		{"a colleague", dbtest.Colleague, dbtest.Mission, twin, app.Forbidden},
		{"a reader", dbtest.Reader, dbtest.Mission, twin, app.Forbidden},
		{"coordination of some themes", dbtest.Limited, dbtest.Mission, twin, app.Forbidden},
		{"coordination of elsewhere", dbtest.Stranger, dbtest.Mission, twin, app.NotFound},
		{"one that is also elsewhere, kept", dbtest.Coordinator, dbtest.CAF, twin, app.Forbidden},
		{"one that is also elsewhere, absorbed", dbtest.Coordinator, twin, dbtest.CAF, app.Forbidden},
		{"with itself", dbtest.Coordinator, twin, twin, app.Invalid},
		{"with one put aside", dbtest.Coordinator, dbtest.Closed, twin, app.Conflict},
		{"with what does not exist", dbtest.Coordinator, "rien", twin, app.NotFound},
	} {
		_, err := d.MergeOrganisations(t.Context(), c.by, db.MergeChoice{Kept: c.kept, Absorbed: c.absorb, KeptVersion: 1, AbsorbedVersion: 1}, mergeLetter, dbtest.Now)
		if err == nil || app.KindOf(err) != c.want {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	if got := value(t, d, `SELECT COUNT(*) FROM merges`); got != "0" {
		t.Errorf("%s merges, want none", got)
	}
	helped := dbtest.Coordinator
	helped.Helper = app.Helper{Account: "a-admin", Person: "admin"}
	if _, err := d.MergeOrganisations(t.Context(), helped, db.MergeChoice{Kept: dbtest.Mission, Absorbed: twin, KeptVersion: 1, AbsorbedVersion: 1}, mergeLetter, dbtest.Now); app.KindOf(err) != app.Forbidden || err == nil {
		t.Errorf("in somebody's place: %v, want Forbidden", err)
	}
}

func TestAMergeOverChangedRecordsIsAConflict(t *testing.T) {
	d := withTwins(t)
	o, err := d.Organisation(t.Context(), dbtest.Coordinator, twin)
	if err != nil {
		t.Fatal(err)
	}
	o.Description = "Vient d’être écrit"
	if err := d.EditOrganisation(t.Context(), dbtest.Coordinator, o, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	before := dump(t, d)
	_, err = d.MergeOrganisations(t.Context(), dbtest.Coordinator, db.MergeChoice{Kept: dbtest.Mission, Absorbed: twin, KeptVersion: 1, AbsorbedVersion: 1}, mergeLetter, dbtest.Now)
	if app.KindOf(err) != app.Conflict || err == nil {
		t.Errorf("merged over what somebody else wrote: %v", err)
	}
	if !slices.Equal(before, dump(t, d)) {
		t.Error("refused, it changed something")
	}
}

func TestOfMergesAtOnceOneHolds(t *testing.T) {
	d := withTwins(t)
	pairs := [][2]app.OrganisationID{{dbtest.Mission, twin}, {twin, dbtest.Mission}, {dbtest.School, twin}, {dbtest.School, dbtest.Mission}, {dbtest.Mission, twin}, {twin, dbtest.School}}
	var all sync.WaitGroup
	kinds := make([]error, len(pairs))
	for i, p := range pairs {
		all.Go(func() {
			_, kinds[i] = d.MergeOrganisations(t.Context(), dbtest.Coordinator, db.MergeChoice{Kept: p[0], Absorbed: p[1], KeptVersion: 1, AbsorbedVersion: 1}, mergeLetter, dbtest.Now)
		})
		all.Go(func() { // somebody registers for the double meanwhile
			answer := d.Answer(t.Context(), dbtest.Coordinator, dbtest.Soon, twin, app.Declined, "Non", func(app.Notice) app.Mail { return app.Mail{} }, dbtest.Now)
			if kind := app.KindOf(answer); answer != nil && kind != app.Conflict && kind != app.NotFound && kind != app.Forbidden && kind != app.Invalid {
				t.Errorf("answering meanwhile: %v", answer)
			}
		})
	}
	all.Wait()
	done := 0
	for i, err := range kinds {
		switch kind := app.KindOf(err); {
		case err == nil:
			done++
		case kind != app.Conflict && kind != app.NotFound:
			t.Errorf("%v: %v, want Conflict or NotFound", pairs[i], err)
		}
	}
	if done != 1 { // the other pairs share one of both, whose version moved
		t.Errorf("%d merges held, want 1: %v", done, kinds)
	}
	if left := value(t, d, `SELECT COUNT(*) FROM invitations i JOIN organisations o ON o.id = i.organisation_id WHERE o.merged_into IS NOT NULL`); left != "0" {
		t.Errorf("%s invitations are of an organisation that is no more", left)
	}
}

func TestUndoingGivesNothingBackThatWasTakenSince(t *testing.T) {
	d := withTwins(t)
	id := mergedTwins(t, d)
	later := dbtest.Now.Add(time.Hour)
	gone := func(account app.AccountID) {
		t.Helper()
		if err := d.RemoveTeammate(t.Context(), dbtest.Coordinator, dbtest.Mission, account, db.Departure{}, later); err != nil {
			t.Fatal(err)
		}
	}
	gone("a-noe")
	if err := d.Promote(t.Context(), dbtest.Coordinator, dbtest.Mission, "a-deux", app.Colleague, later); err != nil {
		t.Fatal(err)
	}
	o, err := d.Organisation(t.Context(), dbtest.Coordinator, dbtest.Mission)
	if err != nil {
		t.Fatal(err)
	}
	o.Website, o.Description = "https://neuf.test", "Écrit depuis"
	if err := d.EditOrganisation(t.Context(), dbtest.Coordinator, o, later); err != nil {
		t.Fatal(err)
	}
	if err := d.Answer(t.Context(), dbtest.Coordinator, dbtest.Soon, dbtest.Mission, app.Declined, "Finalement non", func(app.Notice) app.Mail { return app.Mail{} }, later); err != nil {
		t.Fatal(err)
	}
	if _, err := d.AddPerson(t.Context(), dbtest.Coordinator, app.Person{FirstName: "Ève", LastName: "Depuis"}, app.Position{Organisation: dbtest.Mission}, false, later); err != nil {
		t.Fatal(err)
	}
	if err := d.UndoMerge(t.Context(), dbtest.Coordinator, id, mergeLetter, later.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		`SELECT COUNT(*) FROM account_organisations WHERE account_id = 'a-noe'`:                                                                            "0",
		`SELECT role FROM account_organisations WHERE account_id = 'a-deux' AND organisation_id = 'double'`:                                                "collegue",
		`SELECT role FROM account_organisations WHERE account_id = 'a-deux' AND organisation_id = 'mission'`:                                               "collegue",
		`SELECT website || ' ' || description FROM organisations WHERE id = 'mission'`:                                                                     "https://neuf.test Écrit depuis",
		`SELECT former_names FROM organisations WHERE id = 'mission'`:                                                                                      "PAIO",
		`SELECT answer FROM invitations WHERE workshop_id = 'bientot' AND organisation_id = 'mission'`:                                                     "non",
		`SELECT answer FROM invitations WHERE workshop_id = 'bientot' AND organisation_id = 'double'`:                                                      "oui",
		`SELECT o.name FROM positions t JOIN people p ON p.id = t.person_id JOIN organisations o ON o.id = t.organisation_id WHERE p.last_name = 'Depuis'`: "Mission locale du Lot",
		`SELECT name FROM organisations WHERE id = 'double' AND merged_into IS NULL AND archived_at IS NULL`:                                               "PAIO du Lot",
	} {
		if got := value(t, d, query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	m, err := d.Merge(t.Context(), dbtest.Coordinator, id)
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for _, c := range m.Outcome {
		said += c.Field + " : " + c.After + "\n"
	}
	for _, want := range []string{"Site", "Accès changés depuis, qui ne sont pas rendus au-delà de ce qu’ils sont : 2", "Invitations répondues ou retirées depuis, laissées ainsi à la structure gardée : 1", "Fonctions ajoutées depuis, gardées par la structure gardée : 1"} {
		if !strings.Contains(said, want) {
			t.Errorf("the outcome is %q, want %q in it", said, want)
		}
	}
}

func TestAMergeIsUndoneOnceInItsTimeAndTheLastFirst(t *testing.T) {
	d := withTwins(t)
	first := mergedTwins(t, d)
	second, err := d.MergeOrganisations(t.Context(), dbtest.Coordinator, db.MergeChoice{Kept: dbtest.School, Absorbed: dbtest.Mission, KeptVersion: 1, AbsorbedVersion: 2}, mergeLetter, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if heir, err := d.Heir(t.Context(), dbtest.Coordinator, twin); heir != dbtest.School || err != nil {
		t.Errorf("through two merges it leads to %q, %v", heir, err)
	}
	undo := func(id app.MergeID, now time.Time) error {
		return d.UndoMerge(t.Context(), dbtest.Coordinator, id, mergeLetter, now)
	}
	var refusal *app.Error
	if err := undo(first, dbtest.Now); !errors.As(err, &refusal) || refusal.Kind != app.Conflict || !strings.Contains(refusal.Message, "École") {
		t.Errorf("undone before the one that came after: %v", err)
	}
	if err := undo(second, dbtest.Now.AddDate(0, 0, app.MergeDays)); app.KindOf(err) != app.Conflict || err == nil {
		t.Errorf("undone after its time: %v", err)
	}
	for _, id := range []app.MergeID{second, first} {
		if err := undo(id, dbtest.Now); err != nil {
			t.Error(err)
		}
	}
	if err := undo(first, dbtest.Now); app.KindOf(err) != app.Conflict || err == nil {
		t.Errorf("undone twice: %v", err)
	}
}
