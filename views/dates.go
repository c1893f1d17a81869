package views

import (
	"strings"
	"time"

	"maillage/app"
	"maillage/app/french"
)

// Day writes the day it is in Paris at t: "mardi 16 janvier 2026".
func Day(t time.Time) string { return french.Day(t) }

// DayNear is Day without the year when that is the year of now.
func DayNear(t, now time.Time) string { return french.DayNear(t, now) }

// LongDate writes a date in words: "16 janvier 2026", "" when not known.
func LongDate(d app.Date) string {
	if d == "" {
		return ""
	}
	return french.Date(d.Time())
}

// ShortDate writes the day it is in Paris at t in little room: "16 janv. 2026".
func ShortDate(t time.Time) string { return french.ShortDate(t) }

// Hour writes the hour it is in Paris at t: "14 h", "9 h 05".
func Hour(t time.Time) string { return french.Hour(t) }

// Span writes when a meeting is held: "mardi 16 janvier 2026, 14 h – 16 h 30"; with
// both days when it ends on another.
func Span(from, to time.Time) string { return french.Span(from, to) }

// DateTime writes a moment shortly: "16 janv. 2026 à 14 h 05".
func DateTime(t time.Time) string { return french.Moment(t) }

// Ago writes how long ago t was, to the unit that matters.
func Ago(t, now time.Time) string {
	switch d := now.Sub(t); {
	case d < time.Minute:
		return "à l’instant"
	case d < time.Hour:
		return "il y a " + app.Count(int(d.Minutes()), "minute", "minutes")
	case d < 24*time.Hour:
		return "il y a " + app.Count(int(d.Hours()), "heure", "heures")
	case d < 60*24*time.Hour:
		return "il y a " + app.Count(int(d.Hours()/24), "jour", "jours")
	}
	return "le " + LongDate(app.DateOf(t))
}

func actor(e app.Entry) string {
	if e.Account == "" && strings.HasSuffix(e.Act, app.ByThemselves) {
		return "La personne"
	}
	if e.Account == "" && strings.HasSuffix(e.Act, app.ByStructure) {
		return "La structure"
	}
	if e.Actor == "" {
		return "Maillage"
	}
	if e.For != "" {
		return e.Actor + ", à la place " + app.Of(e.For) + ","
	}
	return e.Actor
}
