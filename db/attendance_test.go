package db_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

var (
	doorTime = dbtest.Now.AddDate(0, 0, 7).Add(-10 * time.Minute) // of Soon
	over     = dbtest.Now.AddDate(0, 0, 8)
)

// expecting registers Bruno, Léa and Inès for Soon and returns their registrations.
func expecting(t *testing.T, d *db.DB) (bruno, lea, ines app.RegistrationID) {
	t.Helper()
	for o, people := range map[app.OrganisationID][]app.PersonID{dbtest.Mission: {"bruno", "lea"}, dbtest.School: {dbtest.Ines}} {
		if _, _, err := d.Register(t.Context(), dbtest.Coordinator, dbtest.Soon, o, people, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	return registration(t, d, dbtest.Soon, dbtest.Mission, "Bruno Delmas"), registration(t, d, dbtest.Soon, dbtest.Mission, "Léa Cœur"),
		registration(t, d, dbtest.Soon, dbtest.School, "Inès Faure")
}

// standing tells who is on the door's list: "Bruno Delmas present".
func standing(t *testing.T, d *db.DB, id app.WorkshopID) string {
	t.Helper()
	var all []string
	for _, a := range must[db.Door](t)(d.Door(t.Context(), dbtest.Coordinator, id)).Arrivals {
		s := a.Name() + " " + string(a.State)
		if a.RepresentedBy != "" {
			s += " par " + a.RepresentedBy
		}
		all = append(all, s)
	}
	return strings.Join(all, ", ")
}

func TestATickAndItsUndoHappenOnce(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	bruno, _, _ := expecting(t, d)
	for range 2 {
		a, err := d.CheckIn(ctx, dbtest.Coordinator, dbtest.Soon, bruno, doorTime)
		if err != nil || a.State != app.Present || !a.CheckedInAt.Equal(doorTime) || a.Structure != "Mission locale du Lot" {
			t.Fatalf("CheckIn = %+v, %v; want Bruno present", a, err)
		}
	}
	_, turnout, err := d.Turnout(ctx, dbtest.Coordinator, dbtest.Soon)
	if want := (app.Turnout{Present: 1, Expected: 3, Organisations: 1}); err != nil || turnout != want {
		t.Errorf("turnout = %+v, %v; want %+v", turnout, err, want)
	}
	for range 2 {
		if a, err := d.UndoCheckIn(ctx, dbtest.Coordinator, dbtest.Soon, bruno, doorTime); err != nil || a.State != app.Registered || !a.CheckedInAt.IsZero() {
			t.Fatalf("UndoCheckIn = %+v, %v; want Bruno registered", a, err)
		}
	}
	got := acts(t, d, dbtest.Soon)
	if len(got) != 4 || !strings.Contains(strings.Join(got, "\n"), "a noté l’arrivée de Bruno Delmas") || !strings.Contains(strings.Join(got, "\n"), "a annulé l’arrivée de Bruno Delmas") {
		t.Errorf("audit = %q, want one tick and one undo after two registrations", got)
	}
}

func TestUndoingTheTickOfWhoWaitedLetsThemWait(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	expecting(t, d)
	if _, _, err := d.RegisterNewcomer(ctx, dbtest.Coordinator, dbtest.Soon, dbtest.CAF, app.Newcomer{LastName: "Patient"}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	r := registration(t, d, dbtest.Soon, dbtest.CAF, "Patient")
	must[db.Arrival](t)(d.CheckIn(ctx, dbtest.Coordinator, dbtest.Soon, r, doorTime))
	if a, err := d.UndoCheckIn(ctx, dbtest.Coordinator, dbtest.Soon, r, doorTime); err != nil || a.State != app.Waiting {
		t.Errorf("UndoCheckIn = %s, %v; want waiting", a.State, err)
	}
}

func TestTheDoorIsKeptByItsOwn(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	bruno, _, _ := expecting(t, d)
	for name, tt := range map[string]struct {
		by    app.Viewer
		id    app.WorkshopID
		r     app.RegistrationID
		kind  app.Kind
		words string
	}{
		"not by a référent":      {dbtest.Referent, dbtest.Soon, bruno, app.Forbidden, "anime"},
		"not by a reader":        {dbtest.Reader, dbtest.Soon, bruno, app.Forbidden, "anime"},
		"not from elsewhere":     {dbtest.Stranger, dbtest.Soon, bruno, app.NotFound, "existe"},
		"not of another meeting": {dbtest.Coordinator, dbtest.Past, bruno, app.NotFound, "inscription"},
		"not of a draft":         {dbtest.Coordinator, dbtest.Unwritten, bruno, app.Conflict, "brouillon"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := d.CheckIn(ctx, tt.by, tt.id, tt.r, doorTime)
			refused(t, err, tt.kind, tt.words)
			_, err = d.UndoCheckIn(ctx, tt.by, tt.id, tt.r, doorTime)
			refused(t, err, tt.kind, tt.words)
			if tt.kind != app.Conflict {
				_, err = d.Record(ctx, tt.by, tt.id, tt.r, app.Absent, "", over)
				refused(t, err, tt.kind, tt.words)
			}
		})
	}
	_, err := d.Door(ctx, dbtest.Referent, dbtest.Soon)
	refused(t, err, app.Forbidden, "anime")
	_, _, err = d.Turnout(ctx, dbtest.Reader, dbtest.Soon)
	refused(t, err, app.Forbidden, "anime")
}

func TestAnAnimatorKeepsTheDoorFromTwoHoursBefore(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	id := uninvited(t, d, 0) // Bruno animates
	start := dbtest.Now.AddDate(0, 0, 3)
	v := db.WalkIn{Newcomer: app.Newcomer{LastName: "Tôt"}}
	_, err := d.WalkIn(ctx, dbtest.Referent, id, v, start.Add(-3*time.Hour))
	refused(t, err, app.Conflict, "ouvre le")
	if a, err := d.WalkIn(ctx, dbtest.Referent, id, v, start.Add(-2*time.Hour)); err != nil || a.State != app.Present {
		t.Errorf("WalkIn = %s, %v; want present", a.State, err)
	}
}

func TestAWalkInComesInFullOrNotAndUndoingTakesThemOff(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	expecting(t, d)
	v := db.WalkIn{Newcomer: app.Newcomer{FirstName: "Zoé", LastName: "Œuvrard", Function: "Élue"}, Organisation: dbtest.CC}
	var first app.RegistrationID
	for range 2 {
		a, err := d.WalkIn(ctx, dbtest.Coordinator, dbtest.Soon, v, doorTime)
		if err != nil || a.State != app.Present || !a.WalkIn || a.Function != "Élue" || first != "" && a.ID != first {
			t.Fatalf("WalkIn = %+v, %v; want one walk-in present", a, err)
		}
		first = a.ID
	}
	_, turnout, err := d.Turnout(ctx, dbtest.Coordinator, dbtest.Soon)
	if err != nil {
		t.Fatal(err)
	}
	if want := (app.Turnout{Present: 1, Expected: 3, WalkIns: 1, Organisations: 1}); turnout != want {
		t.Errorf("turnout = %+v, want %+v", turnout, want)
	}
	if a, err := d.UndoCheckIn(ctx, dbtest.Coordinator, dbtest.Soon, first, doorTime); err != nil || a.State != app.Withdrawn {
		t.Errorf("UndoCheckIn = %s, %v; want withdrawn", a.State, err)
	}
	if a, err := d.WalkIn(ctx, dbtest.Coordinator, dbtest.Soon, v, doorTime); err != nil || a.ID != first || a.State != app.Present {
		t.Errorf("the walk-in again: %+v, %v; want the same line, present", a, err)
	}
}

func TestAWalkInWhoIsOnTheListIsTickedThere(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	bruno, _, _ := expecting(t, d)
	a, err := d.WalkIn(ctx, dbtest.Coordinator, dbtest.Soon, db.WalkIn{Newcomer: app.Newcomer{FirstName: "bruno", LastName: "DELMAS"}, Organisation: dbtest.Mission}, doorTime)
	if err != nil || a.ID != bruno || a.WalkIn || a.State != app.Present {
		t.Errorf("WalkIn = %+v, %v; want Bruno's own line ticked", a, err)
	}
	b, err := d.WalkIn(ctx, dbtest.Coordinator, dbtest.Soon, db.WalkIn{Newcomer: app.Newcomer{LastName: "Habitant"}}, doorTime)
	if err != nil || b.Structure != "" {
		t.Errorf("WalkIn = %+v, %v; want somebody of no structure", b, err)
	}
	_, err = d.WalkIn(ctx, dbtest.Coordinator, dbtest.Soon, db.WalkIn{Newcomer: app.Newcomer{LastName: "Loin"}, Organisation: dbtest.Foreign}, doorTime)
	refused(t, err, app.Invalid, "annuaire")
	_, err = d.WalkIn(ctx, dbtest.Coordinator, dbtest.Soon, db.WalkIn{}, doorTime)
	refused(t, err, app.Invalid, "Indiquez le nom")
	_, err = d.WalkIn(ctx, dbtest.Coordinator, dbtest.Soon, db.WalkIn{Person: "personne"}, doorTime)
	refused(t, err, app.NotFound, "Cette personne")
}

func TestStrangersAtTheDoorAreFoundByName(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	expecting(t, d)
	for query, want := range map[string]string{
		"huart":       "[Paul d’Huart, Caisse d’allocations familiales du Lot]",
		"cla bon":     "[Claire Bonnet, Communauté de communes Cauvaldor]",
		"bruno":       "[]", // on the list already
		"nina":        "[]", // of another territory
		"  ":          "[]",
		"introuvable": "[]",
	} {
		found, err := d.StrangersAtDoor(ctx, dbtest.Coordinator, dbtest.Soon, query, 10, doorTime)
		var got []string
		for _, p := range found {
			got = append(got, p.Name+", "+p.Structure)
		}
		if err != nil || fmt.Sprint(got) != want {
			t.Errorf("%q: %v, %v; want %s", query, got, err, want)
		}
	}
	_, err := d.StrangersAtDoor(ctx, dbtest.Referent, dbtest.Soon, "paul", 10, doorTime)
	refused(t, err, app.Forbidden, "anime")
}

func TestAbsencesAreNotedAfterwards(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	bruno, lea, ines := expecting(t, d)
	record := func(r app.RegistrationID, s app.Attendance, by app.RegistrationID) error {
		_, err := d.Record(ctx, dbtest.Coordinator, dbtest.Soon, r, s, by, over)
		return err
	}
	_, err := d.Record(ctx, dbtest.Coordinator, dbtest.Soon, lea, app.Excused, "", doorTime)
	refused(t, err, app.Conflict, "une fois l’atelier terminé")
	must[db.Arrival](t)(d.CheckIn(ctx, dbtest.Coordinator, dbtest.Soon, bruno, doorTime))
	refused(t, record(lea, app.Represented, ines), app.Invalid, "n’est pas noté·e présent·e")
	refused(t, record(lea, app.Represented, lea), app.Invalid, "elle-même")
	refused(t, record(lea, app.Withdrawn, ""), app.Invalid, "")
	for range 2 {
		if err := record(lea, app.Represented, bruno); err != nil {
			t.Fatal(err)
		}
	}
	refused(t, record(ines, app.Represented, bruno), app.Invalid, "déjà une autre")
	for i, want := range []int{1, 0} {
		if n, err := d.MarkOthersAbsent(ctx, dbtest.Coordinator, dbtest.Soon, over); err != nil || n != want {
			t.Errorf("time %d: %d absences, %v; want %d", i+1, n, err, want)
		}
	}
	if got, want := standing(t, d, dbtest.Soon), "Léa Cœur represente par Bruno Delmas, Bruno Delmas present, Inès Faure absent"; got != want {
		t.Errorf("standing = %q, want %q", got, want)
	}
	for _, s := range []app.Attendance{app.Excused, app.Registered, app.Present} {
		if err := record(lea, s, ""); err != nil {
			t.Errorf("Léa as %s: %v", s, err)
		}
	}
	must[db.Arrival](t)(d.UndoCheckIn(ctx, dbtest.Coordinator, dbtest.Soon, lea, over))
	if a, err := d.CheckIn(ctx, dbtest.Coordinator, dbtest.Soon, lea, over); err != nil || !a.CheckedInAt.IsZero() {
		t.Errorf("Léa, ticked when it was over: %+v, %v; want no time of arrival", a, err)
	}
	if err := record(ines, app.Represented, bruno); err != nil {
		t.Errorf("Bruno, free again, takes the place of Inès: %v", err)
	}
	_, err = d.MarkOthersAbsent(ctx, dbtest.Coordinator, dbtest.Soon, doorTime)
	refused(t, err, app.Conflict, "terminé")
	_, err = d.MarkOthersAbsent(ctx, dbtest.Reader, dbtest.Soon, over)
	refused(t, err, app.Forbidden, "anime")
}

func TestTakingTheSheetIsNoted(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	door, err := d.SignInSheet(ctx, dbtest.Coordinator, dbtest.Past, dbtest.Now)
	if err != nil || len(door.Arrivals) != 3 || len(door.Animators) != 1 || door.Animators[0].Name() != "Claire Bonnet" {
		t.Errorf("SignInSheet = %+v, %v; want three people and Claire", door, err)
	}
	if got := acts(t, d, dbtest.Past); fmt.Sprint(got) != "[a édité la feuille d’émargement]" {
		t.Errorf("audit = %q", got)
	}
	_, err = d.SignInSheet(ctx, dbtest.Referent, dbtest.Past, dbtest.Now)
	refused(t, err, app.Forbidden, "anime")
}

func TestManyThumbsTickTheSamePeople(t *testing.T) {
	d := dbtest.New(t)
	bruno, lea, ines := expecting(t, d)
	before := must[int](t)(d.WorkshopVersion(t.Context(), dbtest.Soon))
	var wg sync.WaitGroup
	for i := range 30 {
		r := []app.RegistrationID{bruno, lea, ines}[i%3]
		wg.Go(func() {
			if _, err := d.CheckIn(context.Background(), dbtest.Coordinator, dbtest.Soon, r, doorTime); err != nil {
				t.Error(err)
			}
		})
		wg.Go(func() {
			v := db.WalkIn{Newcomer: app.Newcomer{LastName: "Pressé"}, Organisation: dbtest.CAF}
			if _, err := d.WalkIn(context.Background(), dbtest.Coordinator, dbtest.Soon, v, doorTime); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	_, turnout, err := d.Turnout(t.Context(), dbtest.Coordinator, dbtest.Soon)
	if err != nil {
		t.Fatal(err)
	}
	if want := (app.Turnout{Present: 4, Expected: 3, WalkIns: 1, Organisations: 3}); turnout != want {
		t.Errorf("turnout = %+v, want %+v", turnout, want)
	}
	if after := must[int](t)(d.WorkshopVersion(t.Context(), dbtest.Soon)); after != before+4 {
		t.Errorf("the version grew by %d, want 4: one for each who came", after-before)
	}
}
