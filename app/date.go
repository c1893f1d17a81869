package app

import (
	"errors"
	"time"
	_ "time/tzdata" // a host without zone files still knows Paris
)

// Paris is the zone in which dates and hours are typed and read.
var Paris = mustLoad("Europe/Paris")

func mustLoad(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

// Date is a day of the calendar, "2006-01-02", or "" when it is not known.
type Date string

// DateOf returns the day it is in Paris at t.
func DateOf(t time.Time) Date { return Date(t.In(Paris).Format(time.DateOnly)) }

// ParseDate reads a day as browsers send it ("2026-03-29") or as people write it
// ("29/03/2026"). Empty gives "". Anything else is an error fit for a field.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return "", nil
	}
	for _, layout := range []string{time.DateOnly, "02/01/2006", "2/1/2006"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1900 && t.Year() < 2200 {
			return Date(t.Format(time.DateOnly)), nil
		}
	}
	return "", errors.New("Cette date n’existe pas : écrivez par exemple 16/01/2026.") // a sentence for the person
}

// Time returns the moment the day begins in Paris, or the zero time for "".
func (d Date) Time() time.Time {
	t, err := time.ParseInLocation(time.DateOnly, string(d), Paris)
	if err != nil {
		return time.Time{}
	}
	return t
}

// Covers reports whether t falls in Paris on a day between from and to, both
// included; "" on either side means without limit.
func Covers(from, to Date, t time.Time) bool {
	day := DateOf(t)
	return (from == "" || day >= from) && (to == "" || day <= to)
}

// ParseMoment reads a day and an hour of Paris as a browser sends them ("2026-03-29"
// and "14:30"). The error, in French, says what is wrong: an hour that the change to
// summer time skips does not exist. Of an hour that comes twice in October the first is meant.
func ParseMoment(day, hour string) (time.Time, error) {
	d, err := ParseDate(day)
	if err != nil {
		return time.Time{}, err
	}
	if d == "" {
		return time.Time{}, errors.New("Indiquez la date.") // a sentence for the person
	}
	var h time.Time
	for _, layout := range []string{"15:04", "15:04:05", "15h04", "15h", "15 h 04", "15 h"} {
		if h, err = time.Parse(layout, hour); err == nil {
			break
		}
	}
	if err != nil {
		return time.Time{}, errors.New("Cette heure n’est pas lisible : écrivez par exemple 14:30.") // a sentence for the person
	}
	at := d.Time()
	t := time.Date(at.Year(), at.Month(), at.Day(), h.Hour(), h.Minute(), 0, 0, Paris)
	if t.Hour() != h.Hour() || t.Minute() != h.Minute() {
		return time.Time{}, errors.New("Cette heure n’existe pas ce jour-là : à 2 h on passe à 3 h (heure d’été).") // a sentence for the person
	}
	if earlier := t.Add(-time.Hour); earlier.Hour() == t.Hour() && earlier.Minute() == t.Minute() {
		t = earlier
	}
	return t.UTC(), nil
}
