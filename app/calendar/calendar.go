// Package calendar writes meetings as iCalendar (RFC 5545), for the diaries of
// those who come to them.
package calendar

import (
	"fmt"
	"io"
	"net/mail"
	"net/url"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"maillage/app"
)

// Status says how sure a meeting is.
type Status uint8

// The statuses of RFC 5545, 3.8.1.11.
const (
	Confirmed Status = iota
	Tentative
	Cancelled
)

// Method says what a diary should do with the file (RFC 5546).
type Method uint8

// The methods in use here. Nobody is asked to answer by calendar: there are links for that.
const (
	None    Method = iota // a file or a feed that one fetched
	Publish               // add or update these meetings
	Cancel                // take them away; every event becomes Cancelled
)

// A Calendar is one file: a single meeting, or a feed of many.
type Calendar struct {
	Name   string // shown by diaries that subscribe; empty for a single meeting
	Host   string // completes the identifiers of meetings; must never change on an instance
	Method Method
	Stamp  time.Time // when the file is made
	Events []Event
}

// An Event is a meeting. Whoever comes to it is not in it.
type Event struct {
	ID          string
	Sequence    int // rises whenever the meeting changes, so that diaries follow
	Status      Status
	Title       string
	Start, End  time.Time // an unknown End is zero
	Place       string
	Description string // may have several lines
	URL         string // left out unless it is an absolute http(s) address
	ModifiedAt  time.Time

	OrganiserName  string
	OrganiserEmail string // without it, or if it is malformed, no organiser is named
}

const (
	zone  = "Europe/Paris"
	local = "20060102T150405"
	utc   = "20060102T150405Z"
)

// Write writes c as text/calendar: lines end with CR LF and hold 75 octets at
// most, times read in Paris. It refuses an event without an id or a start.
func Write(w io.Writer, c Calendar) error {
	file := ics.NewCalendar()
	file.SetProductId("-//Maillage//Maillage//FR")
	file.SetCalscale("GREGORIAN")
	switch c.Method {
	case Publish:
		file.SetMethod(ics.MethodPublish)
	case Cancel:
		file.SetMethod(ics.MethodCancel)
	}
	if name := app.Tidy(c.Name); name != "" {
		file.SetName(name)
		file.SetXWRTimezone(zone)
		file.SetRefreshInterval("PT6H") // the library adds VALUE=DURATION
		file.SetXPublishedTTL("PT6H")
	}
	file.AddVTimezone(timezone())
	for _, e := range c.Events {
		if e.ID == "" || e.Start.IsZero() {
			return fmt.Errorf("writing a calendar: the event %q has no id or no start", e.ID)
		}
		if c.Method == Cancel {
			e.Status = Cancelled
		}
		file.AddVEvent(e.event(c.Host, c.Stamp))
	}
	return file.SerializeTo(w, ics.WithNewLine("\r\n"), ics.WithLineLength(75))
}

func (e Event) event(host string, stamp time.Time) *ics.VEvent {
	v := ics.NewEvent(token(e.ID) + "@" + token(host))
	v.SetProperty(ics.ComponentPropertyDtstamp, stamp.UTC().Format(utc))
	if !e.ModifiedAt.IsZero() {
		v.SetProperty(ics.ComponentPropertyLastModified, e.ModifiedAt.UTC().Format(utc))
	}
	v.SetSequence(e.Sequence)
	v.SetStatus(map[Status]ics.ObjectStatus{
		Confirmed: ics.ObjectStatusConfirmed,
		Tentative: ics.ObjectStatusTentative,
		Cancelled: ics.ObjectStatusCancelled,
	}[e.Status])
	setTime(v, ics.ComponentPropertyDtStart, e.Start)
	if e.End.After(e.Start) {
		setTime(v, ics.ComponentPropertyDtEnd, e.End)
	}
	set(v, ics.ComponentPropertySummary, app.Tidy(e.Title))
	set(v, ics.ComponentPropertyLocation, app.Tidy(e.Place))
	set(v, ics.ComponentPropertyDescription, app.TidyText(e.Description))
	set(v, ics.ComponentPropertyUrl, address(e.URL))
	e.organiser(v)
	return v
}

func set(v *ics.VEvent, property ics.ComponentProperty, value string) {
	if value != "" {
		v.SetProperty(property, value)
	}
}

// setTime writes t as it reads in Paris. The hour that October lives twice means
// its first time (RFC 5545, 3.3.5); its second can only be told in UTC.
func setTime(v *ics.VEvent, property ics.ComponentProperty, t time.Time) {
	here := t.In(app.Paris)
	if t.Add(-time.Hour).In(app.Paris).Format(local) == here.Format(local) {
		v.SetProperty(property, t.UTC().Format(utc))
		return
	}
	v.SetProperty(property, here.Format(local), ics.WithTZID(zone))
}

// organiser names who calls the meeting. Signs with a meaning in a parameter are
// left out of the name: the library escapes them in a way that diaries misread.
func (e Event) organiser(v *ics.VEvent) {
	to, err := mail.ParseAddress(app.Tidy(e.OrganiserEmail))
	if err != nil || strings.ContainsAny(to.Address, "\" \r\n") {
		return
	}
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`,;:"\`, r) {
			return -1
		}
		if r == '\'' {
			return '’'
		}
		return r
	}, app.Tidy(e.OrganiserName))
	if name == "" {
		v.SetProperty(ics.ComponentPropertyOrganizer, "mailto:"+to.Address)
		return
	}
	v.SetProperty(ics.ComponentPropertyOrganizer, "mailto:"+to.Address, ics.WithCN(name))
}

// address returns s if it is an absolute address of the web, or nothing.
func address(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return u.String()
}

// token keeps of s what an identifier may be made of.
func token(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("-._", r) {
			return r
		}
		return '-'
	}, s)
}

// timezone tells when clocks change in Paris since 1996, when the dates became
// what they are.
func timezone() *ics.VTimezone {
	change := func(start, from, to, name, rule string) ics.ComponentBase {
		var c ics.ComponentBase
		c.SetProperty(ics.ComponentPropertyDtStart, start)
		c.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), from)
		c.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), to)
		c.SetProperty(ics.ComponentProperty(ics.PropertyTzname), name)
		c.SetProperty(ics.ComponentPropertyRrule, rule)
		return c
	}
	tz := ics.NewTimezone(zone)
	tz.Components = append(tz.Components,
		&ics.Daylight{ComponentBase: change("19960331T020000", "+0100", "+0200", "CEST", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU")},
		&ics.Standard{ComponentBase: change("19961027T030000", "+0200", "+0100", "CET", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU")},
	)
	return tz
}
