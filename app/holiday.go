package app

import "time"

// Holiday is a day on which nobody calls a meeting without thinking twice.
type Holiday struct {
	Day  Date
	Name string
}

// fixedHolidays are the public holidays that keep their date (code du travail, L3133-1).
var fixedHolidays = []struct {
	month time.Month
	day   int
	name  string
}{
	{time.January, 1, "Jour de l’an"},
	{time.May, 1, "Fête du Travail"},
	{time.May, 8, "Victoire de 1945"},
	{time.July, 14, "Fête nationale"},
	{time.August, 15, "Assomption"},
	{time.November, 1, "Toussaint"},
	{time.November, 11, "Armistice de 1918"},
	{time.December, 25, "Noël"},
}

// movableHolidays are those that follow Easter, by days after it.
var movableHolidays = []struct {
	after int
	name  string
}{
	{1, "Lundi de Pâques"}, {39, "Ascension"}, {50, "Lundi de Pentecôte"},
}

// HolidayOn returns the name of the public holiday of metropolitan France on a day, ""
// on any other; of two that fall together, both.
func HolidayOn(d Date) string {
	at := d.Time()
	if at.IsZero() {
		return ""
	}
	name := ""
	add := func(month time.Month, day int, holiday string) {
		switch {
		case at.Month() != month || at.Day() != day:
		case name != "":
			name += ", " + holiday
		default:
			name = holiday
		}
	}
	for _, h := range fixedHolidays {
		add(h.month, h.day, h.name)
	}
	easter := easterOf(at.Year())
	for _, h := range movableHolidays {
		day := easter.AddDate(0, 0, h.after)
		add(day.Month(), day.Day(), h.name)
	}
	return name
}

// easterOf returns Easter Sunday of a Gregorian year (Meeus, Jones and Butcher).
func easterOf(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	day := (h + l - 7*m + 33*month + 19) % 32
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// Weeks returns the days that a calendar of the month of t in Paris shows, a week a row
// from Monday to Sunday; the days of its edges belong to other months.
func Weeks(t time.Time) [][7]Date {
	t = t.In(Paris)
	first := time.Date(t.Year(), t.Month(), 1, 12, 0, 0, 0, time.UTC) // noon: no clock change moves it
	day := first.AddDate(0, 0, -(int(first.Weekday())+6)%7)
	var weeks [][7]Date
	for day.Before(first.AddDate(0, 1, 0)) {
		var week [7]Date
		for i := range week {
			week[i] = Date(day.Format(time.DateOnly))
			day = day.AddDate(0, 0, 1)
		}
		weeks = append(weeks, week)
	}
	return weeks
}
