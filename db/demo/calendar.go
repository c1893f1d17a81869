package demo

import (
	"time"

	"maillage/app"
)

// moment is the hour of Paris, "14:00", of the day that many days from now.
func moment(now time.Time, days int, hour string) time.Time {
	h, err := time.Parse("15:04", hour)
	if err != nil {
		panic(err) // the hours are written in plans.go
	}
	day := now.In(app.Paris).AddDate(0, 0, days)
	return time.Date(day.Year(), day.Month(), day.Day(), h.Hour(), h.Minute(), 0, 0, app.Paris).UTC()
}

// on is the hour of Paris of a day given by its date.
func on(day app.Date, hour string) time.Time { return moment(day.Time(), 0, hour) }

// workday returns how many days from now the first working day is at or after the day
// that many days from now, or at or before it when that is past.
func workday(now time.Time, days int) int {
	step := 1
	if days < 0 {
		step = -1
	}
	for !works(now.In(app.Paris).AddDate(0, 0, days)) {
		days += step
	}
	return days
}

// works reports whether partners meet on that day: not at the end of the week, nor on
// the holidays of fixed date, nor between Christmas Eve and the new year.
func works(day time.Time) bool {
	if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		return false
	}
	switch date := day.Format("01-02"); date {
	case "01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11":
		return false
	default:
		return date < "12-24"
	}
}

// sessions are the hours at which people meet.
var sessions = [][2]string{{"09:30", "12:00"}, {"14:00", "16:30"}, {"18:00", "20:30"}}

// nextSession returns the first session that is not yet over nor about to be: today's,
// even when it has begun, or after nightfall the first of the next day. People do meet
// on a Saturday when families are concerned, never on a Sunday.
func nextSession(now time.Time) (starts, ends time.Time) {
	for days := 0; ; days++ {
		if moment(now, days, "12:00").In(app.Paris).Weekday() == time.Sunday {
			continue
		}
		for _, s := range sessions {
			if starts, ends = moment(now, days, s[0]), moment(now, days, s[1]); now.Add(time.Hour).Before(ends) {
				return starts, ends
			}
		}
	}
}
