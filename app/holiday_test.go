package app

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"
	"time"
)

// TestHolidaysAreThoseThatEtalabPublishes compares every day of 26 years with etalab's
// jours_feries_metropole.csv (MIT and Licence Ouverte).
func TestHolidaysAreThoseThatEtalabPublishes(t *testing.T) {
	file, err := os.Open("testdata/jours_feries_metropole.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	published := map[Date]int{}
	for _, row := range rows[1:] {
		published[Date(row[0])]++
	}
	last := time.Date(2031, 12, 31, 0, 0, 0, 0, time.UTC)
	for day := time.Date(2006, 1, 1, 0, 0, 0, 0, time.UTC); !day.After(last); day = day.AddDate(0, 0, 1) {
		d := Date(day.Format(time.DateOnly))
		name := HolidayOn(d)
		computed := 0
		if name != "" {
			computed = 1 + strings.Count(name, ", ")
		}
		if computed != published[d] {
			t.Errorf("%s: we know %d holidays (%q), etalab %d", d, computed, name, published[d])
		}
	}
}

func TestHolidayNames(t *testing.T) {
	for day, want := range map[Date]string{
		"2026-04-06": "Lundi de Pâques",
		"2026-04-05": "", // Easter itself is a Sunday
		"2026-05-14": "Ascension",
		"2008-05-01": "Fête du Travail, Ascension",
		"2000-04-24": "Lundi de Pâques",
		"2038-04-26": "Lundi de Pâques", // the latest Easter there can be
		"":           "",
		"2026-02-30": "",
	} {
		if got := HolidayOn(day); got != want {
			t.Errorf("HolidayOn(%q) = %q, want %q", day, got, want)
		}
	}
}

func TestWeeksBeginOnMondayAndHoldTheWholeMonth(t *testing.T) {
	for _, tt := range []struct {
		name, month string
		first, last Date
		weeks       int
	}{
		{"clocks go forward", "2026-03-15T12:00:00Z", "2026-02-23", "2026-04-05", 6},
		{"clocks go back", "2026-10-01T00:00:00Z", "2026-09-28", "2026-11-01", 5},
		{"four whole weeks", "2027-02-01T00:00:00Z", "2027-02-01", "2027-02-28", 4},
		{"starts on a Sunday", "2026-11-24T19:00:00Z", "2026-10-26", "2026-12-06", 6},
		{"already next month in Paris", "2026-01-31T23:30:00Z", "2026-01-26", "2026-03-01", 5},
		{"leap year", "2028-02-29T00:00:00Z", "2028-01-31", "2028-03-05", 5},
	} {
		t.Run(tt.name, func(t *testing.T) {
			at, err := time.Parse(time.RFC3339, tt.month)
			if err != nil {
				t.Fatal(err)
			}
			weeks := Weeks(at)
			if len(weeks) != tt.weeks || weeks[0][0] != tt.first || weeks[len(weeks)-1][6] != tt.last {
				t.Fatalf("Weeks = %d weeks from %s to %s, want %d from %s to %s", len(weeks), weeks[0][0], weeks[len(weeks)-1][6], tt.weeks, tt.first, tt.last)
			}
			for _, week := range weeks {
				if week[0].Time().Weekday() != time.Monday {
					t.Errorf("a week begins on %s", week[0])
				}
			}
		})
	}
}
