package print

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"maillage/app"
	"maillage/app/french"
)

// A Sheet is what a sign-in sheet (« feuille d’émargement ») bears. It has no
// room for an e-mail address or a telephone number: participants never see each
// other's contact details. Times are printed as they read in their own location.
type Sheet struct {
	Title      string
	Instance   string // COPIL, atelier, groupe de travail…
	Convention string
	Territory  string
	Start, End time.Time
	Place      string
	Organiser  string
	Animators  []string
	People     []Attendee // in any order; they are printed by name

	// Recorded prints what happened, in place of boxes to sign.
	Recorded bool
	// Made is when the sheet is printed.
	Made time.Time
}

// An Attendee is a person on a sign-in sheet.
type Attendee struct {
	LastName, FirstName    string
	Organisation, Function string

	// What follows appears on a recorded sheet only.
	Attendance Attendance
	At         time.Time // when they were checked in; may be zero
	By         string    // who represented them; may be empty
	WalkIn     bool      // came without having registered
}

// Attendance is what was recorded of a person.
type Attendance uint8

// What can be recorded of a person.
const (
	Unrecorded Attendance = iota
	Present
	Excused
	Absent
	Represented
)

// SignInSheet writes s as a PDF, A4 in landscape: to be signed on paper, with
// lines left for those who come unannounced, or, once Recorded, telling who was
// there. Texts too long for their box are set smaller, then cut with an
// ellipsis, and read in full by a screen reader. The same sheet gives the same
// bytes.
func SignInSheet(w io.Writer, s Sheet) error { return signInSheet(w, s, true) }

func signInSheet(w io.Writer, s Sheet, compress bool) error {
	s = s.printable()
	title := "Feuille d’émargement"
	for _, part := range []string{s.Title, french.Span(s.Start, s.End)} {
		if part != "" {
			title += " – " + part
		}
	}
	d := &sheetDrawing{paper: newPaper(title, s.Made, compress), sheet: s, columns: s.columns()}
	d.pdf.AddPage()
	d.letterhead()
	d.table()
	d.footers(s.made(), "Ces informations servent au suivi de la convention (mission d’intérêt public, RGPD, article 6-1-e). "+
		"Pour les consulter, les corriger ou vous y opposer, adressez-vous à l’organisateur.")
	return d.writeTo(w)
}

// printable returns s as it can be drawn, its people in the order of their names.
func (s Sheet) printable() Sheet {
	for _, text := range []*string{&s.Title, &s.Instance, &s.Convention, &s.Territory, &s.Place, &s.Organiser} {
		*text = printable(*text)
	}
	var animators []string
	for _, name := range s.Animators {
		if name = printable(name); name != "" {
			animators = append(animators, name)
		}
	}
	s.Animators = animators
	s.People = slices.Clone(s.People)
	for i := range s.People {
		p := &s.People[i]
		for _, text := range []*string{&p.LastName, &p.FirstName, &p.Organisation, &p.Function, &p.By} {
			*text = printable(*text)
		}
	}
	keys := func(a Attendee) []string {
		return []string{app.Fold(a.LastName), app.Fold(a.FirstName), app.Fold(a.Organisation)}
	}
	slices.SortStableFunc(s.People, func(a, b Attendee) int { return slices.Compare(keys(a), keys(b)) })
	return s
}

func (s Sheet) made() string {
	if s.Made.IsZero() {
		return "Maillage"
	}
	return "Édité le " + french.Day(s.Made) + " à " + french.Hour(s.Made) + " · Maillage"
}

// signatures names the boxes that each person signs: one per half-day, as the
// CAF asks, or one when the meeting holds in one or is too long for so many.
func (s Sheet) signatures() []string {
	const noon = 12*60 + 30
	minutes := func(t time.Time) int { return t.Hour()*60 + t.Minute() }
	switch {
	case s.Start.IsZero() || s.End.IsZero():
		return []string{"Signature"}
	case app.DateOf(s.Start) == app.DateOf(s.End):
		if minutes(s.Start) < noon && minutes(s.End) > noon+60 {
			return []string{"Signature matin", "Signature après-midi"}
		}
		return []string{"Signature"}
	}
	var days []string
	for t := s.Start; len(days) < 4 && !t.After(s.End) || app.DateOf(t) == app.DateOf(s.End); t = t.AddDate(0, 0, 1) {
		days = append(days, "Signature "+french.Weekday(t)[:3]+". "+strconv.Itoa(t.Day()))
	}
	if len(days) > 3 {
		return []string{"Signature"}
	}
	return days
}

// totals tells who came: the sentence, then the rest.
func (s Sheet) totals() (sentence, rest string) {
	var byAttendance [Represented + 1]int
	walkIns := 0
	organisations := map[string]bool{}
	for _, p := range s.People {
		byAttendance[p.Attendance]++
		if p.Attendance != Present {
			continue
		}
		if p.WalkIn {
			walkIns++
		}
		if name := app.Fold(p.Organisation); name != "" {
			organisations[name] = true
		}
	}
	sentence = count(byAttendance[Present], "présent") + ", " + count(len(organisations), "structure")
	var parts []string
	add := func(n int, words string) {
		if n > 0 {
			parts = append(parts, words)
		}
	}
	add(walkIns, "dont "+strconv.Itoa(walkIns)+" sans inscription")
	add(byAttendance[Represented], count(byAttendance[Represented], "représenté"))
	add(byAttendance[Excused], count(byAttendance[Excused], "excusé"))
	add(byAttendance[Absent], count(byAttendance[Absent], "absent"))
	add(byAttendance[Unrecorded], strconv.Itoa(byAttendance[Unrecorded])+" sans réponse à l’appel")
	return sentence, strings.Join(parts, " · ")
}

// recorded tells what happened with a, and a remark.
func (a Attendee) recorded() (what, remark string) {
	switch a.Attendance {
	case Present:
		what = "Présent·e"
		if !a.At.IsZero() {
			what += " à " + french.Hour(a.At)
		}
	case Excused:
		what = "Excusé·e"
	case Absent:
		what = "Absent·e"
	case Represented:
		what = "Représenté·e"
		if a.By != "" {
			what += " par " + a.By
		}
	default:
		what = "Non renseigné"
	}
	if a.WalkIn {
		remark = "sans inscription"
	}
	return what, remark
}

// name is how a person is called where one cell says all of it.
func (a Attendee) name() string {
	return cmp.Or(strings.TrimSpace(a.FirstName+" "+a.LastName), a.Organisation)
}
