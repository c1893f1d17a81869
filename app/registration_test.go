package app_test

import (
	"strings"
	"testing"
	"time"

	"maillage/app"
)

const ctg app.TerritoryID = "200066371"

var (
	start       = time.Date(2026, 3, 9, 9, 0, 0, 0, time.UTC) // 10 h in Paris
	coordinator = app.Viewer{Account: "a", Coordinates: []app.TerritoryID{ctg}}
	referent    = app.Viewer{Account: "b", Person: "bruno", Refers: []app.OrganisationID{"mission"}, Partners: []app.TerritoryID{ctg}}
	colleague   = app.Viewer{Account: "c", Belongs: []app.OrganisationID{"mission"}, Partners: []app.TerritoryID{ctg}}
)

func meeting(change func(*app.Workshop)) app.Workshop {
	w := app.Workshop{ID: "w", Territory: ctg, Status: app.Published, StartsAt: start, EndsAt: start.Add(2 * time.Hour), Capacity: 3}
	if change != nil {
		change(&w)
	}
	return w
}

func draft(w *app.Workshop)     { w.Status = app.Draft }
func cancelled(w *app.Workshop) { w.Status = app.Cancelled }

// refused checks that err is of a kind and says words; a kind of 0 means no error.
func refused(t *testing.T, err error, kind app.Kind, words string) {
	t.Helper()
	if kind == 0 && err == nil {
		return
	}
	if kind == 0 || app.KindOf(err) != kind || !strings.Contains(err.Error(), words) {
		t.Errorf("error = %v (kind %d), want kind %d with %q", err, app.KindOf(err), kind, words)
	}
}

func TestWhoAnswersForAnOrganisationAndUntilWhen(t *testing.T) {
	for name, tt := range map[string]struct {
		viewer app.Viewer
		change func(*app.Workshop)
		at     time.Time
		kind   app.Kind
		words  string
	}{
		"the référent before it begins":      {referent, nil, start.Add(-time.Second), 0, ""},
		"the référent once it has begun":     {referent, nil, start, app.Conflict, "voyez à l’accueil"},
		"the référent of another":            {app.Viewer{Account: "d", Refers: []app.OrganisationID{"caf"}}, nil, start.Add(-time.Hour), app.Forbidden, "référent·e"},
		"a colleague":                        {colleague, nil, start.Add(-time.Hour), app.Forbidden, "référent·e"},
		"nobody":                             {app.Viewer{}, nil, start.Add(-time.Hour), app.Forbidden, "référent·e"},
		"the coordination while it lasts":    {coordinator, nil, start.Add(time.Hour), 0, ""},
		"the coordination once it has ended": {coordinator, nil, start.Add(2 * time.Hour), app.Conflict, "terminé"},
		"of a draft":                         {coordinator, draft, start.Add(-time.Hour), app.Conflict, "brouillon"},
		"of a cancelled one":                 {referent, cancelled, start.Add(-time.Hour), app.Conflict, "annulé"},
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, meeting(tt.change).MayAnswer(tt.viewer, app.Membership{Organisation: "mission"}, tt.at), tt.kind, tt.words)
		})
	}
}

func TestWhenOrganisationsMayBeInvited(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*app.Workshop)
		at     time.Time
		kind   app.Kind
		words  string
	}{
		"published":      {nil, start.Add(-time.Hour), 0, ""},
		"while it lasts": {nil, start.Add(time.Hour), 0, ""},
		"a draft":        {draft, start.Add(-time.Hour), app.Conflict, "publiez-le d’abord"},
		"cancelled":      {cancelled, start.Add(-time.Hour), app.Conflict, "annulé"},
		"ended":          {nil, start.Add(2 * time.Hour), app.Conflict, "terminé"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, meeting(tt.change).MayInvite(tt.at), tt.kind, tt.words) })
	}
}

func TestADraftIsSeenByWhoCoordinatesOnly(t *testing.T) {
	for name, tt := range map[string]struct {
		viewer app.Viewer
		change func(*app.Workshop)
		want   bool
	}{
		"a published one by a partner":    {referent, nil, true},
		"a cancelled one by a partner":    {referent, cancelled, true},
		"a draft by a partner":            {referent, draft, false},
		"a draft by the coordination":     {coordinator, draft, true},
		"a published one from elsewhere":  {app.Viewer{Account: "e", Coordinates: []app.TerritoryID{"x"}}, nil, false},
		"a published one signed out":      {app.Viewer{}, nil, false},
		"a draft by who reads everything": {app.Viewer{Account: "f", Reads: []app.TerritoryID{ctg}}, draft, false},
	} {
		if got := meeting(tt.change).SeenBy(tt.viewer); got != tt.want {
			t.Errorf("%s: SeenBy = %t, want %t", name, got, tt.want)
		}
	}
}

func TestNobodyPassesBeforeTheWaitingList(t *testing.T) {
	for name, tt := range map[string]struct {
		capacity, taken, waiting int
		want                     app.Attendance
	}{
		"a seat is left":                    {3, 2, 0, app.Registered},
		"full":                              {3, 3, 0, app.Waiting},
		"overfull":                          {3, 5, 0, app.Waiting},
		"a seat is left but somebody waits": {3, 2, 1, app.Waiting},
		"no limit":                          {0, 500, 0, app.Registered},
	} {
		w := app.Workshop{Capacity: tt.capacity, Taken: tt.taken, Waiting: tt.waiting}
		if got := w.Admit(); got != tt.want {
			t.Errorf("%s: Admit = %s, want %s", name, got, tt.want)
		}
		if grown := w.Taken + w.Waiting - tt.taken - tt.waiting; grown != 1 {
			t.Errorf("%s: Admit counted %d people, want 1", name, grown)
		}
	}
}

func TestSeatsThatAreFreedAreGivenUntilTheWorkshopBegins(t *testing.T) {
	for name, tt := range map[string]struct {
		capacity, taken, waiting int
		change                   func(*app.Workshop)
		at                       time.Time
		want                     int
	}{
		"one seat, two wait":      {3, 2, 2, nil, start.Add(-time.Hour), 1},
		"two seats, one waits":    {3, 1, 1, nil, start.Add(-time.Hour), 1},
		"full":                    {3, 3, 2, nil, start.Add(-time.Hour), 0},
		"the limit is taken away": {0, 3, 2, nil, start.Add(-time.Hour), 2},
		"begun":                   {3, 2, 2, nil, start, 0},
		"cancelled":               {3, 2, 2, cancelled, start.Add(-time.Hour), 0},
	} {
		w := meeting(tt.change)
		w.Capacity, w.Taken, w.Waiting = tt.capacity, tt.taken, tt.waiting
		if got := w.Promotions(tt.at); got != tt.want {
			t.Errorf("%s: Promotions = %d, want %d", name, got, tt.want)
		}
	}
}

func TestWhoIsReplacedOnTheDayIsRepresented(t *testing.T) {
	w := meeting(nil)
	for at, want := range map[time.Time]app.Attendance{
		start.Add(-24 * time.Hour):                    app.Withdrawn,
		time.Date(2026, 3, 8, 22, 59, 0, 0, time.UTC): app.Withdrawn,   // 23 h 59 in Paris
		time.Date(2026, 3, 8, 23, 0, 0, 0, time.UTC):  app.Represented, // midnight in Paris
		start.Add(-time.Minute):                       app.Represented,
	} {
		if got := w.Replaced(at); got != want {
			t.Errorf("Replaced at %s = %s, want %s", at, got, want)
		}
	}
}

func TestReleaseCountsSeatsAndPlacesApart(t *testing.T) {
	w := app.Workshop{Taken: 2, Waiting: 2}
	for _, a := range []app.Attendance{app.Registered, app.Waiting, app.Withdrawn, app.Absent} {
		w.Release(a)
	}
	if w.Taken != 1 || w.Waiting != 1 {
		t.Errorf("after one seat and one place: %d taken, %d waiting; want 1 and 1", w.Taken, w.Waiting)
	}
}

func TestANewcomerNeedsNoMoreThanAName(t *testing.T) {
	for name, tt := range map[string]struct {
		newcomer app.Newcomer
		field    string
	}{
		"a last name":           {app.Newcomer{LastName: "Œuvrard"}, ""},
		"everything":            {app.Newcomer{FirstName: "Zoé", LastName: "D’Huart", Function: "Élue", Email: "zoe@exemple.fr"}, ""},
		"no last name":          {app.Newcomer{FirstName: "Zoé"}, app.FieldLastName},
		"a name of signs":       {app.Newcomer{LastName: "…"}, app.FieldLastName},
		"ten thousand letters":  {app.Newcomer{LastName: strings.Repeat("é", 10_000)}, app.FieldLastName},
		"a function too long":   {app.Newcomer{LastName: "Roux", Function: strings.Repeat("x", 121)}, app.FieldFunction},
		"an unreadable address": {app.Newcomer{LastName: "Roux", Email: "zoe chez exemple"}, app.FieldEmail},
		"an address with words": {app.Newcomer{LastName: "Roux", Email: "zoé <zoe@exemple.fr>"}, app.FieldEmail},
	} {
		fields := app.FieldsOf(tt.newcomer.Tidied().Check())
		if _, said := fields[tt.field]; said != (tt.field != "") || len(fields) > 1 {
			t.Errorf("%s: fields = %v, want %q alone", name, fields, tt.field)
		}
	}
}
