package app_test

import (
	"testing"
	"time"

	"maillage/app"
)

func TestWhoKeepsTheDoorAndWhen(t *testing.T) {
	animators := []app.PersonID{"bruno"}
	for name, tt := range map[string]struct {
		viewer app.Viewer
		change func(*app.Workshop)
		at     time.Time
		kind   app.Kind
		words  string
	}{
		"an animator two hours before":      {referent, nil, start.Add(-2 * time.Hour), 0, ""},
		"an animator too early":             {referent, nil, start.Add(-2*time.Hour - time.Second), app.Conflict, "ouvre le 09/03/2026 à 8\u00a0h"},
		"an animator the next morning":      {referent, nil, start.Add(20 * time.Hour), 0, ""},
		"an animator two days later":        {referent, nil, start.Add(48 * time.Hour), app.Conflict, "coordination"},
		"the coordination the week before":  {coordinator, nil, start.AddDate(0, 0, -7), 0, ""},
		"the coordination a year later":     {coordinator, nil, start.AddDate(1, 0, 0), 0, ""},
		"a partner who does not animate":    {colleague, nil, start, app.Forbidden, "anime"},
		"of a draft":                        {coordinator, draft, start, app.Conflict, "brouillon"},
		"of a cancelled one":                {coordinator, cancelled, start, app.Conflict, "annulé"},
		"nobody, though no animator is set": {app.Viewer{}, nil, start, app.Forbidden, "anime"},
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, meeting(tt.change).MayKeepDoor(tt.viewer, animators, tt.at), tt.kind, tt.words)
		})
	}
}

func TestAbsencesAreNotedOnceItIsOver(t *testing.T) {
	during, after := start.Add(time.Hour), start.Add(2*time.Hour)
	for _, tt := range []struct {
		state app.Attendance
		at    time.Time
		kind  app.Kind
	}{
		{app.Present, during, 0},
		{app.Registered, during, 0},
		{app.Excused, during, app.Conflict},
		{app.Absent, during, app.Conflict},
		{app.Represented, during, app.Conflict},
		{app.Present, after, 0},
		{app.Excused, after, 0},
		{app.Absent, after, 0},
		{app.Represented, after, 0},
		{app.Waiting, after, app.Invalid},
		{app.Withdrawn, after, app.Invalid},
		{"n’importe quoi", after, app.Invalid},
	} {
		t.Run(string(tt.state), func(t *testing.T) { refused(t, meeting(nil).MayRecord(tt.state, tt.at), tt.kind, "") })
	}
}

func TestUndoingATickPutsBackWhatItReplaced(t *testing.T) {
	for name, tt := range map[string]struct {
		registration app.Registration
		want         app.Attendance
	}{
		"who was registered":         {app.Registration{Before: app.Registered}, app.Registered},
		"who waited":                 {app.Registration{Before: app.Waiting}, app.Waiting},
		"a walk-in":                  {app.Registration{WalkIn: true, Before: app.Withdrawn}, app.Withdrawn},
		"a walk-in ticked elsewhere": {app.Registration{WalkIn: true}, app.Withdrawn},
		"of whom nothing was kept":   {app.Registration{}, app.Registered},
	} {
		if got := tt.registration.Undone(); got != tt.want {
			t.Errorf("%s: Undone = %s, want %s", name, got, tt.want)
		}
	}
}
