package french_test

import (
	"testing"
	"time"

	"maillage/app"
	"maillage/app/french"
)

func at(day, hour, minute int) time.Time {
	return time.Date(2024, time.January, day, hour, minute, 0, 0, app.Paris).UTC()
}

func TestMeetingsAreSaidInWords(t *testing.T) {
	for name, tt := range map[string]struct {
		from, to time.Time
		want     string
	}{
		"an afternoon":   {at(16, 14, 0), at(16, 16, 30), "mardi 16 janvier 2024, 14\u00a0h – 16\u00a0h\u00a030"},
		"without an end": {time.Date(2024, 3, 1, 9, 5, 0, 0, app.Paris), time.Time{}, "vendredi 1er mars 2024, à partir de 9\u00a0h\u00a005"},
		"two days":       {at(16, 9, 0), at(17, 17, 0), "du mardi 16 janvier 2024, 9\u00a0h, au mercredi 17 janvier 2024, 17\u00a0h"},
		"unknown":        {time.Time{}, time.Time{}, ""},
	} {
		if got := french.Span(tt.from, tt.to); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestDatesAreThoseOfParis(t *testing.T) {
	eve := time.Date(2023, time.December, 31, 23, 30, 0, 0, time.UTC) // New Year there
	for got, want := range map[string]string{
		french.Date(eve):                                  "1er janvier 2024",
		french.ShortDate(eve):                             "1er janv. 2024",
		french.Moment(eve):                                "1er janv. 2024 à 0\u00a0h\u00a030",
		french.Month(eve):                                 "janvier 2024",
		french.DayNear(eve, at(2, 9, 0)):                  "lundi 1er janvier",
		french.DayNear(eve, at(2, 9, 0).AddDate(1, 0, 0)): "lundi 1er janvier 2024",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
