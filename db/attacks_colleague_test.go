package db_test

import (
	"testing"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// alsoColleague is Bruno, who answers for the Mission locale and is but a colleague at the
// school: he sees how to reach Inès, its director, and may not edit her.
func alsoColleague() app.Viewer {
	bruno := dbtest.Referent
	bruno.Belongs = []app.OrganisationID{dbtest.School}
	return bruno
}

// writtenDown has Bruno write Inès down at his own structure, and returns her record as he sees it.
func writtenDown(t *testing.T, d *db.DB) db.PersonRecord {
	t.Helper()
	if err := d.AddPosition(t.Context(), alsoColleague(), app.Position{Person: dbtest.Ines, Organisation: dbtest.Mission}, wroteDown, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	r, err := d.Person(t.Context(), alsoColleague(), dbtest.Ines, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Whoever is a colleague of somebody does not become the keeper of their record by writing
// them down in a structure of which they are the référent·e.
func TestAColleagueTakesNobodyByWritingThemDownInAStructureOfTheirs(t *testing.T) {
	d := dbtest.New(t)
	before, err := d.Person(t.Context(), alsoColleague(), dbtest.Ines, dbtest.Now)
	if err != nil || before.Editable || !before.Kept {
		t.Fatalf("he sees her contact details and edits nothing: %+v %v", before, err)
	}
	r := writtenDown(t, d)
	moved, renamed := r.Person, r.Person
	moved.Email = "bruno.bis@evil.test"
	renamed.LastName, renamed.Phone = "Autre", "05 65 99 99 99"
	for what, p := range map[string]app.Person{"her address": moved, "her name and telephone": renamed} {
		if err := d.EditPerson(t.Context(), alsoColleague(), p, toldFormer, dbtest.Now); app.KindOf(err) != app.Forbidden || err == nil {
			t.Errorf("changes %s: %v, want it forbidden", what, err)
		}
	}
	mails, err := d.DueMails(t.Context(), dbtest.Now, 10)
	if err != nil || len(mails) != 1 || mails[0].Recipient != "ines@ecole.test" {
		t.Errorf("she is told that she was written down: %v %v", mails, err)
	}
}

// Nor does moving the dates of what they wrote down confirm it.
func TestAColleagueConfirmsNoPositionByEditingIt(t *testing.T) {
	d := dbtest.New(t)
	for _, h := range writtenDown(t, d).Positions {
		if h.Organisation != dbtest.Mission {
			continue
		}
		h.Function = "Présidente"
		if err := d.EditPosition(t.Context(), alsoColleague(), h.Position, dbtest.Now); err != nil {
			t.Fatal(err)
		}
		after, _, _, err := d.Position(t.Context(), alsoColleague(), h.ID, dbtest.Now)
		if err != nil || after.Function != "Présidente" || !after.Unconfirmed {
			t.Errorf("edited, the position is %+v, %v, want it unconfirmed", after, err)
		}
	}
}

// Nor are they invited into that structure at an address of the colleague's.
func TestAColleagueSignsInAsNobodyElse(t *testing.T) {
	d := dbtest.New(t)
	writtenDown(t, d)
	_, err := d.InviteTeammate(t.Context(), alsoColleague(), dbtest.Mission, db.Entrant{Person: dbtest.Ines, Who: app.Newcomer{Email: "bruno.bis@evil.test"}, Role: app.Colleague, Former: toldFormer}, secret.Digest("o"), welcomed, dbtest.Now)
	wantKind(t, err, app.NotFound)
	_, err = d.InviteTeammate(t.Context(), alsoColleague(), dbtest.Mission, db.Entrant{Who: app.Newcomer{FirstName: "Inès", LastName: "Faure", Email: "ines@ecole.test"}, Role: app.Colleague}, secret.Digest("o"), welcomed, dbtest.Now)
	if err != nil {
		t.Fatalf("at her own address she is invited: %v", err)
	}
	r, err := d.Person(t.Context(), alsoColleague(), dbtest.Ines, dbtest.Now)
	if err != nil || r.Editable {
		t.Errorf("invited, she is his to edit before she comes: %v", err)
	}
}

// Whom two structures know is readdressed by who answers for both, not by a colleague of one.
func TestAColleagueOfOneStructureReaddressesNobodyOfBoth(t *testing.T) {
	d := dbtest.New(t)
	if err := d.AddPosition(t.Context(), dbtest.Coordinator, app.Position{Person: dbtest.Ines, Organisation: dbtest.Mission}, wroteDown, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	r, err := d.Person(t.Context(), alsoColleague(), dbtest.Ines, dbtest.Now)
	if err != nil || !r.Editable {
		t.Fatalf("the coordination wrote her down, he edits her: %v", err)
	}
	r.Email = "bruno.bis@evil.test"
	wantField(t, "a colleague of the other structure", d.EditPerson(t.Context(), alsoColleague(), r.Person, toldFormer, dbtest.Now))
	both := dbtest.Referent
	both.Refers = append([]app.OrganisationID{dbtest.School}, both.Refers...)
	if err := d.EditPerson(t.Context(), both, r.Person, toldFormer, dbtest.Now); err != nil {
		t.Errorf("who answers for both: %v", err)
	}
}
