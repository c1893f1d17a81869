package calendar

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"

	"maillage/app"
)

var stamp = time.Date(2024, 1, 10, 9, 0, 0, 0, time.UTC)

func meeting() Event {
	return Event{
		ID: "ab12", Title: "Atelier parentalité", Sequence: 2, ModifiedAt: stamp.Add(-time.Hour),
		Start: time.Date(2024, 1, 16, 13, 0, 0, 0, time.UTC), End: time.Date(2024, 1, 16, 15, 30, 0, 0, time.UTC),
		Place: "Salle des fêtes, Saint-Céré", URL: "https://maillage.test/ateliers/ab12",
	}
}

func write(t *testing.T, c Calendar) string {
	t.Helper()
	c.Stamp, c.Host = stamp, "maillage.test"
	var b bytes.Buffer
	if err := Write(&b, c); err != nil {
		t.Fatalf("the calendar was refused: %v", err)
	}
	return b.String()
}

// unfolded returns the content lines of a file, checking how they are laid out.
func unfolded(t *testing.T, file string) []string {
	t.Helper()
	if !utf8.ValidString(file) || strings.Count(file, "\n") != strings.Count(file, "\r\n") || strings.Count(file, "\r") != strings.Count(file, "\r\n") {
		t.Errorf("the file is not UTF-8 in lines that end with CR LF:\n%q", file)
	}
	for line := range strings.SplitSeq(file, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("a line of %d octets, want 75 at most, whole characters: %q", len(line), line)
		}
	}
	return strings.Split(strings.ReplaceAll(file, "\r\n ", ""), "\r\n")
}

func TestEventIsWrittenAsRFC5545Asks(t *testing.T) {
	tests := map[string]struct {
		change func(*Event)
		method Method
		want   []string
		never  []string
	}{
		"a meeting": {
			func(*Event) {}, None,
			[]string{
				"UID:ab12@maillage.test", "SEQUENCE:2", "STATUS:CONFIRMED", "DTSTAMP:20240110T090000Z", "LAST-MODIFIED:20240110T080000Z",
				"DTSTART;TZID=Europe/Paris:20240116T140000", "DTEND;TZID=Europe/Paris:20240116T163000",
				"SUMMARY:Atelier parentalité", `LOCATION:Salle des fêtes\, Saint-Céré`, "URL:https://maillage.test/ateliers/ab12",
				"TZID:Europe/Paris", "BEGIN:DAYLIGHT", "BEGIN:STANDARD", "TZOFFSETTO:+0200", "TZOFFSETTO:+0100",
				"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
			},
			[]string{"METHOD", "ORGANIZER", "ATTENDEE", "DESCRIPTION"},
		},
		"published":           {func(*Event) {}, Publish, []string{"METHOD:PUBLISH", "STATUS:CONFIRMED"}, nil},
		"cancelled":           {func(*Event) {}, Cancel, []string{"METHOD:CANCEL", "STATUS:CANCELLED"}, nil},
		"tentative":           {func(e *Event) { e.Status = Tentative }, None, []string{"STATUS:TENTATIVE"}, nil},
		"without end":         {func(e *Event) { e.End = time.Time{} }, None, nil, []string{"DTEND"}},
		"end before start":    {func(e *Event) { e.End = e.Start.Add(-time.Hour) }, None, nil, []string{"DTEND"}},
		"eve of summer time":  {func(e *Event) { e.Start = time.Date(2024, 3, 30, 13, 0, 0, 0, time.UTC) }, None, []string{"DTSTART;TZID=Europe/Paris:20240330T140000"}, nil},
		"first of summer":     {func(e *Event) { e.Start = time.Date(2024, 3, 31, 12, 0, 0, 0, time.UTC) }, None, []string{"DTSTART;TZID=Europe/Paris:20240331T140000"}, nil},
		"just after the gap":  {func(e *Event) { e.Start = time.Date(2024, 3, 31, 1, 0, 0, 0, time.UTC) }, None, []string{"DTSTART;TZID=Europe/Paris:20240331T030000"}, nil},
		"first 2:30":          {func(e *Event) { e.Start = time.Date(2024, 10, 27, 0, 30, 0, 0, time.UTC) }, None, []string{"DTSTART;TZID=Europe/Paris:20241027T023000"}, nil},
		"second 2:30":         {func(e *Event) { e.Start = time.Date(2024, 10, 27, 1, 30, 0, 0, time.UTC) }, None, []string{"DTSTART:20241027T013000Z"}, nil},
		"first of winter":     {func(e *Event) { e.Start = time.Date(2024, 10, 27, 13, 0, 0, 0, time.UTC) }, None, []string{"DTSTART;TZID=Europe/Paris:20241027T140000"}, nil},
		"lines":               {func(e *Event) { e.Description = "Ordre du jour :\r\n- un\n- deux; trois\\quatre" }, None, []string{`DESCRIPTION:Ordre du jour :\n- un\n- deux\; trois\\quatre`}, nil},
		"injection":           {func(e *Event) { e.Title = "a\r\nATTENDEE:mailto:x@y.fr\rEND:VEVENT\n" }, None, []string{"SUMMARY:a ATTENDEE:mailto:x@y.fr END:VEVENT"}, []string{"ATTENDEE"}},
		"injection in URL":    {func(e *Event) { e.URL = "https://a.fr/\r\nATTENDEE:x" }, None, nil, []string{"ATTENDEE", "URL"}},
		"script in URL":       {func(e *Event) { e.URL = "javascript:alert(1)" }, None, nil, []string{"URL"}},
		"injection in id":     {func(e *Event) { e.ID = "a\r\nB:c" }, None, []string{"UID:a--B-c@maillage.test"}, []string{"B"}},
		"œ and emoji":         {func(e *Event) { e.Title = strings.Repeat("Œuvrer 😀 ", 30) }, None, []string{"SUMMARY:" + strings.TrimSpace(strings.Repeat("Œuvrer 😀 ", 30))}, nil},
		"organiser":           {func(e *Event) { e.OrganiserEmail = "ctg@cauvaldor.fr" }, None, []string{"ORGANIZER:mailto:ctg@cauvaldor.fr"}, nil},
		"organiser's name":    {func(e *Event) { e.OrganiserEmail, e.OrganiserName = "ctg@c.fr", "L'\"Été\"; CTG: a, b\\\n" }, None, []string{"ORGANIZER;CN=L’Été CTG a b:mailto:ctg@c.fr"}, nil},
		"malformed organiser": {func(e *Event) { e.OrganiserEmail = "ctg@\r\nATTENDEE:x" }, None, nil, []string{"ORGANIZER", "ATTENDEE"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			e := meeting()
			tt.change(&e)
			lines := unfolded(t, write(t, Calendar{Method: tt.method, Events: []Event{e}}))
			for _, want := range tt.want {
				if !contains(lines, func(line string) bool { return line == want }) {
					t.Errorf("no line %q in\n%s", want, strings.Join(lines, "\n"))
				}
			}
			for _, never := range tt.never {
				if contains(lines, func(line string) bool {
					return strings.HasPrefix(line, never+":") || strings.HasPrefix(line, never+";")
				}) {
					t.Errorf("there is a line %s in\n%s", never, strings.Join(lines, "\n"))
				}
			}
		})
	}
}

func contains(lines []string, is func(string) bool) bool {
	for _, line := range lines {
		if is(line) {
			return true
		}
	}
	return false
}

func TestFeedHoldsEveryEventAndIsNamed(t *testing.T) {
	second := meeting()
	second.ID = "cd34"
	file := write(t, Calendar{Name: "Ateliers de Cauvaldor", Events: []Event{meeting(), second}})
	lines := unfolded(t, file)
	for _, want := range []string{"X-WR-CALNAME:Ateliers de Cauvaldor", "REFRESH-INTERVAL;VALUE=DURATION:PT6H", "UID:ab12@maillage.test", "UID:cd34@maillage.test"} {
		if !contains(lines, func(line string) bool { return line == want }) {
			t.Errorf("no line %q in\n%s", want, strings.Join(lines, "\n"))
		}
	}
	if got := strings.Count(file, "BEGIN:VTIMEZONE\r\n"); got != 1 {
		t.Errorf("%d time zones, want 1", got)
	}
	if got := write(t, Calendar{}); !strings.Contains(got, "END:VCALENDAR\r\n") {
		t.Errorf("an empty feed is not a calendar: %q", got)
	}
}

func TestEventWithoutIdOrStartIsRefused(t *testing.T) {
	for _, e := range []Event{{ID: "a"}, {Start: stamp}} {
		if err := Write(&bytes.Buffer{}, Calendar{Events: []Event{e}}); err == nil {
			t.Errorf("%+v was written", e)
		}
	}
}

func FuzzWhateverTheTextOneEventComesBack(f *testing.F) {
	f.Add("Atelier", "lieu", "texte\nsuite", "https://a.fr", "Nom", "a@b.fr")
	f.Add("a\r\nEND:VEVENT", `\n\\;,:"`, "\r\n\r\n ", "https://a.fr/é?;,", `"x"`, `"a b"@c.fr`)
	f.Add(strings.Repeat("œ😀", 60), strings.Repeat(" a>", 60), "\x00\x7f\u2028\u0085", "", "é\t\\", "<a@b>")
	f.Fuzz(func(t *testing.T, title, place, description, link, name, email string) {
		e := Event{ID: "x", Title: title, Start: stamp, Place: place, Description: description, URL: link, OrganiserName: name, OrganiserEmail: email}
		file := write(t, Calendar{Events: []Event{e}, Name: title})
		unfolded(t, file)
		back, err := ics.ParseCalendar(strings.NewReader(file))
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, file)
		}
		if len(back.Events()) != 1 {
			t.Fatalf("%d events came back, want 1:\n%s", len(back.Events()), file)
		}
		for property, want := range map[ics.ComponentProperty]string{
			ics.ComponentPropertySummary: app.Tidy(title), ics.ComponentPropertyLocation: app.Tidy(place), ics.ComponentPropertyDescription: app.TidyText(description),
		} {
			got := ""
			if p := back.Events()[0].GetProperty(property); p != nil {
				got = p.Value
			}
			if strings.TrimSpace(got) != strings.TrimSpace(want) {
				t.Errorf("%s came back as %q, want %q", property, got, want)
			}
		}
	})
}
