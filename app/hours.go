package app

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A week is when a structure is open: of each day, 0 for Monday, its spans in minutes.
type week map[int][][2]int

// everyDay stands for hours of which no day is said.
const everyDay = -1

var hoursToken = regexp.MustCompile(`\d{1,2}(?:\s*[h:]\s*\d{2}\b|\s*h(?:eures?)?\b)?|\pL+|[-–—]`)

var plainSpaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ")

// sameHours reports whether two texts say the same opening hours, however they are written:
// "lun 9h-12h ; mar 9h-12h" is "du lundi au mardi 09:00–12:00". A text that says something
// else besides is compared word by word.
func sameHours(a, b string) bool {
	if Fold(a) == Fold(b) {
		return true
	}
	one, read := weekOf(a)
	other, readToo := weekOf(b)
	return read && readToo && maps.EqualFunc(one, other, slices.Equal)
}

// A weekReader reads opening hours, a word after another.
type weekReader struct {
	week  week
	days  []int // whose hours are being told
	told  bool  // some were
	until bool  // the day to come ends a run of days
	from  int   // where the span being told begins, -1 when none is
}

// weekOf reads opening hours, and reports whether it understood the whole of them.
func weekOf(text string) (week, bool) {
	r := weekReader{week: week{}, from: -1}
	for _, token := range hoursToken.FindAllString(strings.ToLower(plainSpaces.Replace(text)), -1) {
		if !r.take(token) {
			return nil, false
		}
	}
	for _, spans := range r.week {
		slices.SortFunc(spans, func(a, b [2]int) int { return a[0] - b[0] })
	}
	return r.week, r.from < 0 && len(r.week) > 0
}

func (r *weekReader) take(token string) bool {
	if '0' <= token[0] && token[0] <= '9' {
		return r.hour(token)
	}
	word := Fold(token)
	if day := slices.IndexFunc(days, func(d string) bool { return word == d || word == d[:3] }); day >= 0 {
		r.day(day)
		return r.from < 0
	}
	switch word {
	case "au", "a", "": // "" is what is left of a dash
		r.until = len(r.days) > 0 && !r.told
	case "ferme", "fermee":
		r.told = true
	case "de", "du", "le", "et", "puis":
	default:
		return false
	}
	return true
}

func (r *weekReader) day(day int) {
	if r.told {
		r.days, r.told = nil, false
	}
	if r.until {
		for between := r.days[len(r.days)-1] + 1; between < day; between++ {
			r.days = append(r.days, between)
		}
	}
	r.days, r.until = append(r.days, day), false
}

func (r *weekReader) hour(token string) bool {
	hour, minute, _ := strings.Cut(strings.NewReplacer("heures", ":", "heure", ":", "h", ":", " ", "").Replace(token), ":")
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	at := h*60 + m
	if h > 24 || m > 59 {
		return false
	}
	r.until, r.told = false, true
	if r.from < 0 {
		r.from = at
		return true
	}
	of := r.days
	if len(of) == 0 {
		of = []int{everyDay}
	}
	for _, day := range of {
		r.week[day] = append(r.week[day], [2]int{r.from, at})
	}
	r.from = -1
	return true
}
