package sheet

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"time"
)

// A format is how a style shows a number.
type format struct {
	day    bool
	hour   bool
	digits int // at least, leading zeros among them
}

// An epoch is whether days are counted from 1904 rather than 1900.
type epoch bool

// builtIn are the formats that every workbook has without writing them (ECMA-376, 18.8.30).
func builtIn(id int) format {
	switch {
	case 14 <= id && id <= 17, 27 <= id && id <= 31, id == 36, 50 <= id && id <= 58:
		return format{day: true}
	case 18 <= id && id <= 21, 32 <= id && id <= 35, 45 <= id && id <= 47:
		return format{hour: true}
	case id == 22:
		return format{day: true, hour: true}
	}
	return format{}
}

// readFormats reads how each style of the workbook shows numbers.
func (w *workbook) readFormats() error {
	own, inStyles := map[int]format{}, false
	return w.each("xl/styles.xml", maxStrings, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attribute(e, "numFmtId")); err == nil && len(own) < 10_000 {
				own[id] = formatOf(attribute(e, "formatCode"))
			}
		case "cellXfs":
			inStyles = true
		case "cellStyles", "dxfs", "cellStyleXfs":
			inStyles = false
		case "xf":
			if !inStyles || len(w.formats) > 100_000 {
				return nil
			}
			id, _ := strconv.Atoi(attribute(e, "numFmtId"))
			f, known := own[id]
			if !known {
				f = builtIn(id)
			}
			w.formats = append(w.formats, f)
		}
		return nil
	})
}

// formatOf reads the code of a format, of which the first section counts.
func formatOf(code string) (f format) {
	quoted, zero := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\', c == '_', c == '*':
			i++
		case c == '[':
			i += max(0, strings.IndexByte(code[i:], ']'))
		case c == ';', c == '.', c == 'E', c == '%':
			return f
		case strings.ContainsRune("dDyY", rune(c)):
			f.day = true
		case strings.ContainsRune("hHsS", rune(c)):
			f.hour = true
		case c == '0', c == '#', c == '?':
			zero = zero || c == '0'
			if zero {
				f.digits++
			}
		}
	}
	if f.day || f.hour {
		f.digits = 0
	}
	return f
}

// shown writes a number as the format does, in so far as it changes what it says.
func (f format) shown(value string, from epoch) string {
	value = strings.TrimSpace(value)
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return value
	}
	if (f.day || f.hour) && n >= 0 && n < 2_958_466 { // the year 10000
		return f.moment(n, from)
	}
	if n == math.Trunc(n) && math.Abs(n) < 1e15 {
		whole := strconv.FormatFloat(n, 'f', -1, 64)
		if n >= 0 && f.digits <= 20 && len(whole) < f.digits {
			return strings.Repeat("0", f.digits-len(whole)) + whole
		}
		return whole
	}
	return strconv.FormatFloat(n, 'g', 15, 64) // as a spreadsheet: fifteen digits
}

func (f format) moment(n float64, from epoch) string {
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case bool(from):
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case n < 60: // before 29 February 1900, a day that workbooks have and calendars have not
		first = first.AddDate(0, 0, 1)
	}
	days := math.Floor(n)
	at := first.AddDate(0, 0, int(days)).Add(time.Duration(math.Round((n-days)*86400)) * time.Second)
	switch {
	case f.day && f.hour && n != days:
		return at.Format("02/01/2006 15:04")
	case f.day:
		return at.Format("02/01/2006")
	}
	return at.Format("15:04")
}

// isoDate writes a date kept as ISO 8601 as the other dates.
func isoDate(value string) string {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02"} {
		if at, err := time.Parse(layout, value); err == nil {
			if at.Hour()+at.Minute() == 0 {
				return at.Format("02/01/2006")
			}
			return at.Format("02/01/2006 15:04")
		}
	}
	return value
}
