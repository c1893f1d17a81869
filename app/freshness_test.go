package app_test

import (
	"testing"
	"time"

	"maillage/app"
)

func at(words string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", words, app.Paris)
	if err != nil {
		panic(err)
	}
	return t
}

func TestAConfirmationStandsForItsRhythm(t *testing.T) {
	for _, tt := range []struct {
		name     string
		verified string
		rhythm   app.Rhythm
		want     app.Date
	}{
		{"a year", "2026-03-02 10:00", 12, "2027-03-02"},
		{"chosen by nobody: a year", "2026-03-02 10:00", 0, "2027-03-02"},
		{"a month", "2026-03-02 10:00", 1, "2026-04-02"},
		{"to a month too short", "2026-01-31 10:00", 1, "2026-02-28"},
		{"to the end of a leap February", "2027-11-30 10:00", 3, "2028-02-29"},
		{"from a leap day", "2028-02-29 10:00", 12, "2029-02-28"},
		{"over a year's end", "2026-10-15 10:00", 6, "2027-04-15"},
		{"over summer time", "2026-03-01 00:30", 1, "2026-04-01"},
		{"late in the evening, the day of Paris", "2026-06-30 23:59", 3, "2026-09-30"},
	} {
		o := app.Organisation{Verified: app.Verification{At: at(tt.verified).UTC()}, Rhythm: tt.rhythm}
		if got := o.DueOn(); got != tt.want {
			t.Errorf("%s: to be confirmed again on %s, want %s", tt.name, got, tt.want)
		}
	}
	if got := (app.Organisation{Rhythm: 1}).DueOn(); got != "" {
		t.Errorf("a record that nobody confirmed is due on %q, want at once", got)
	}
}

func TestWhereARecordStands(t *testing.T) {
	now := at("2026-03-02 10:00")
	for _, tt := range []struct {
		due  app.Date
		want app.Freshness
	}{
		{"", app.NeverSaid},
		{"2026-03-03", app.Fresh},
		{"2026-03-02", app.Due},
		{"2026-02-02", app.Due},
		{"2026-02-01", app.Late},
		{"2020-01-01", app.Late},
	} {
		if got := app.FreshnessOf(tt.due, now); got != tt.want {
			t.Errorf("due on %q: %q, want %q", tt.due, got, tt.want)
		}
	}
}

func TestWhoTapsTwiceConfirmsOnce(t *testing.T) {
	first := app.Verification{At: at("2026-03-02 10:00"), By: "a", Means: app.ByRecord}
	for _, tt := range []struct {
		name string
		next app.Verification
		want bool
	}{
		{"at once", app.Verification{At: first.At, By: "a", Means: app.ByRecord}, true},
		{"nine minutes later", app.Verification{At: first.At.Add(9 * time.Minute), By: "a", Means: app.ByRecord}, true},
		{"the next day", app.Verification{At: first.At.AddDate(0, 0, 1), By: "a", Means: app.ByRecord}, false},
		{"somebody else", app.Verification{At: first.At, By: "b", Means: app.ByRecord}, false},
		{"another way", app.Verification{At: first.At, By: "a", Means: app.ByLink}, false},
	} {
		if got := tt.next.Repeats(first); got != tt.want {
			t.Errorf("%s: repeats %v, want %v", tt.name, got, tt.want)
		}
	}
	if first.Repeats(app.Verification{}) {
		t.Error("the first one repeats what nobody said")
	}
}
