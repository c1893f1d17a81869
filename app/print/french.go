package print

import (
	"fmt"
	"strings"
	"time"
)

var (
	weekdays = [...]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}
	months   = [...]string{
		"janvier", "février", "mars", "avril", "mai", "juin",
		"juillet", "août", "septembre", "octobre", "novembre", "décembre",
	}
)

// day writes t as "mardi 16 janvier 2024".
func day(t time.Time) string {
	number := fmt.Sprint(t.Day())
	if t.Day() == 1 {
		number = "1er"
	}
	return fmt.Sprintf("%s %s %s %d", weekdays[t.Weekday()], number, months[t.Month()-1], t.Year())
}

// clock writes t as "14 h" or "14 h 05", with no-break spaces.
func clock(t time.Time) string {
	if t.Minute() == 0 {
		return fmt.Sprintf("%d\u00a0h", t.Hour())
	}
	return fmt.Sprintf("%d\u00a0h\u00a0%02d", t.Hour(), t.Minute())
}

// span writes when a meeting is: "mardi 16 janvier 2024, 14 h – 16 h 30". The end,
// or both, may be unknown.
func span(start, end time.Time) string {
	switch {
	case start.IsZero():
		return ""
	case end.IsZero():
		return day(start) + ", à partir de " + clock(start)
	case sameDay(start, end):
		return day(start) + ", " + clock(start) + " – " + clock(end)
	}
	return "du " + day(start) + ", " + clock(start) + ", au " + day(end) + ", " + clock(end)
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// count writes n and the noun, which takes an s from two on, as in French.
func count(n int, noun string) string {
	if n >= 2 {
		noun = strings.ReplaceAll(noun, " ", "s ") + "s"
	}
	return fmt.Sprintf("%d\u00a0%s", n, noun)
}

func pageOf(n, pages int) string { return fmt.Sprintf("Page\u00a0%d/%d", n, pages) }

// capital writes the first letter of s as a capital.
func capital(s string) string {
	for i, r := range s {
		if i == 0 {
			return strings.ToUpper(string(r)) + s[len(string(r)):]
		}
	}
	return s
}
