package views

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"maillage/app"
)

var (
	days        = []string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}
	months      = []string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}
	shortMonths = []string{"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."}
)

// Day writes the day it is in Paris at t: "mardi 16 janvier 2026".
func Day(t time.Time) string {
	t = t.In(app.Paris)
	return days[t.Weekday()] + " " + dayOfMonth(t) + " " + months[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// DayNear is Day without the year when that is the year of now.
func DayNear(t, now time.Time) string {
	t = t.In(app.Paris)
	if t.Year() != now.In(app.Paris).Year() {
		return Day(t)
	}
	return days[t.Weekday()] + " " + dayOfMonth(t) + " " + months[t.Month()-1]
}

func dayOfMonth(t time.Time) string {
	if t.Day() == 1 {
		return "1er"
	}
	return strconv.Itoa(t.Day())
}

// LongDate writes a date in words: "16 janvier 2026", "" when not known.
func LongDate(d app.Date) string {
	if d == "" {
		return ""
	}
	t := d.Time().In(app.Paris)
	return dayOfMonth(t) + " " + months[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// Hour writes the hour it is in Paris at t: "14 h", "9 h 05".
func Hour(t time.Time) string {
	t = t.In(app.Paris)
	if t.Minute() == 0 {
		return fmt.Sprintf("%d\u00a0h", t.Hour())
	}
	return fmt.Sprintf("%d\u00a0h\u00a0%02d", t.Hour(), t.Minute())
}

// Span writes when a meeting is held: "mardi 16 janvier 2026, 14 h – 16 h 30"; with
// both days when it ends on another.
func Span(from, to time.Time) string {
	if app.DateOf(from) != app.DateOf(to) {
		return "du " + Day(from) + ", " + Hour(from) + ", au " + Day(to) + ", " + Hour(to)
	}
	return Day(from) + ", " + Hour(from) + " – " + Hour(to)
}

// DateTime writes a moment shortly: "16 janv. 2026 à 14 h 05".
func DateTime(t time.Time) string {
	t = t.In(app.Paris)
	return dayOfMonth(t) + " " + shortMonths[t.Month()-1] + " " + strconv.Itoa(t.Year()) + " à " + Hour(t)
}

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
	if e.Actor == "" {
		return "Maillage"
	}
	if e.For != "" {
		return e.Actor + ", à la place de " + e.For + ","
	}
	return e.Actor
}

// ShortDate writes the day it is in Paris at t in little room: "16 janv. 2026".
func ShortDate(t time.Time) string {
	t = t.In(app.Paris)
	return dayOfMonth(t) + " " + shortMonths[t.Month()-1] + " " + strconv.Itoa(t.Year())
}
