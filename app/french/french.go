// Package french words days and hours as people here read them, on the screen, in e-mails
// and on paper: in Paris, with "1er", with no-break spaces before "h".
package french

import (
	"fmt"
	"strconv"
	"time"

	"maillage/app"
)

var (
	weekdays    = [...]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}
	months      = [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}
	shortMonths = [...]string{"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."}
)

// Weekday writes the day of the week: "mardi".
func Weekday(t time.Time) string { return weekdays[t.In(app.Paris).Weekday()] }

// DayOfMonth writes the day of the month: "16", "1er".
func DayOfMonth(t time.Time) string {
	n := t.In(app.Paris).Day()
	if n == 1 {
		return "1er"
	}
	return strconv.Itoa(n)
}

// Month writes a month: "mars 2026".
func Month(t time.Time) string {
	t = t.In(app.Paris)
	return months[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// ShortMonth writes the month alone, in little room: "janv.".
func ShortMonth(t time.Time) string { return shortMonths[t.In(app.Paris).Month()-1] }

// Date writes a day without that of the week: "16 janvier 2026".
func Date(t time.Time) string { return DayOfMonth(t) + " " + Month(t) }

// ShortDate writes a day in little room: "16 janv. 2026".
func ShortDate(t time.Time) string {
	return DayOfMonth(t) + " " + ShortMonth(t) + " " + strconv.Itoa(t.In(app.Paris).Year())
}

// Day writes a day: "mardi 16 janvier 2026".
func Day(t time.Time) string { return Weekday(t) + " " + Date(t) }

// DayNear is Day without the year when that is the year of now.
func DayNear(t, now time.Time) string {
	if t.In(app.Paris).Year() != now.In(app.Paris).Year() {
		return Day(t)
	}
	return Weekday(t) + " " + DayOfMonth(t) + " " + months[t.In(app.Paris).Month()-1]
}

// Hour writes an hour: "14 h", "9 h 05".
func Hour(t time.Time) string {
	t = t.In(app.Paris)
	if t.Minute() == 0 {
		return fmt.Sprintf("%d\u00a0h", t.Hour())
	}
	return fmt.Sprintf("%d\u00a0h\u00a0%02d", t.Hour(), t.Minute())
}

// Moment writes a moment shortly: "16 janv. 2026 à 14 h 05".
func Moment(t time.Time) string { return ShortDate(t) + " à " + Hour(t) }

// Span writes when a meeting is held: "mardi 16 janvier 2026, 14 h – 16 h 30"; with both
// days when it ends on another. The end, or both, may be unknown.
func Span(from, to time.Time) string {
	switch {
	case from.IsZero():
		return ""
	case to.IsZero():
		return Day(from) + ", à partir de " + Hour(from)
	case app.DateOf(from) != app.DateOf(to):
		return "du " + Day(from) + ", " + Hour(from) + ", au " + Day(to) + ", " + Hour(to)
	}
	return Day(from) + ", " + Hour(from) + " – " + Hour(to)
}
