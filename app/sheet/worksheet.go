package sheet

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"maillage/app"
)

// maxMerged is over how many lines merged cells count, each line for each of them.
const maxMerged = 100_000

// A merge is a cell spread over several lines of one column.
type merge struct{ column, first, last int }

// read takes the lines of a sheet. A cell that is merged downwards counts on each of its lines.
func (w *workbook) read(part string, in *intake) error {
	merges, err := w.merges(part)
	if err != nil {
		return err
	}
	s := &rows{w: w, in: in, merges: merges, spread: map[merge]string{}}
	return w.each(part, maxPart, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "row" {
			return nil
		}
		if at, err := strconv.Atoi(attribute(e, "r")); err == nil && at > s.number && at <= 1<<20 {
			s.number = at
		} else {
			s.number++
		}
		return s.row(d)
	})
}

// rows reads the lines of one sheet.
type rows struct {
	w      *workbook
	in     *intake
	number int
	cells  []string
	merges map[int][]merge // by line
	spread map[merge]string
}

func (s *rows) row(d *xml.Decoder) error {
	s.cells = s.cells[:0]
	for {
		token, err := d.RawToken()
		if err != nil {
			return unexpected(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local == "c" {
				if err := s.cell(d, e); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if e.Name.Local == "row" {
				s.fill()
				return s.in.line(s.number, s.cells)
			}
		}
	}
}

// fill gives each line of a merged cell what its first one says.
func (s *rows) fill() {
	for _, m := range s.merges[s.number] {
		switch {
		case m.first == s.number:
			if m.column < len(s.cells) {
				s.spread[m] = s.cells[m.column]
			}
		case s.spread[m] != "":
			s.put(m.column, s.spread[m])
		}
	}
}

func (s *rows) put(column int, value string) {
	for len(s.cells) <= column {
		s.cells = append(s.cells, "")
	}
	s.cells[column] = value
}

// cell reads one cell that was begun, up to its end.
func (s *rows) cell(d *xml.Decoder, e xml.StartElement) error {
	column, kind, style := len(s.cells), attribute(e, "t"), 0
	if at, ok := columnOf(attribute(e, "r")); ok {
		column = at
	}
	if n, err := strconv.Atoi(attribute(e, "s")); err == nil {
		style = n
	}
	value, err := s.valueOf(d, kind)
	if err != nil || value == "" || s.number > 1<<20 {
		return err
	}
	if column >= MaxColumns {
		return app.Errorf(app.Invalid, "Ligne %d : plus de %d colonnes. N’en gardez que les colonnes utiles.", s.number, MaxColumns)
	}
	s.put(column, s.w.shown(value, kind, style))
	return nil
}

// valueOf gathers the value of a cell, and leaves out its formula.
func (s *rows) valueOf(d *xml.Decoder, kind string) (string, error) {
	var value strings.Builder
	inside := false
	for {
		token, err := d.RawToken()
		if err != nil {
			return "", unexpected(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local == "is" && kind == "inlineStr" {
				text, err := textIn(d, "is")
				if err != nil {
					return "", err
				}
				value.WriteString(text)
				continue
			}
			inside = e.Name.Local == "v"
		case xml.EndElement:
			if e.Name.Local == "c" {
				return value.String(), nil
			}
			inside = false
		case xml.CharData:
			if inside && value.Len() < 4*MaxCell {
				value.Write(e)
			}
		}
	}
}

// shown is how a spreadsheet shows the value of a cell.
func (w *workbook) shown(value, kind string, style int) string {
	switch kind {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && i >= 0 && i < len(w.texts) {
			return w.texts[i]
		}
		return ""
	case "str", "inlineStr":
		return unescaped(value)
	case "e": // "#N/A": a formula that found nothing
		return ""
	case "b":
		if strings.TrimSpace(value) == "1" {
			return "oui"
		}
		return "non"
	case "d":
		return isoDate(value)
	}
	if style < 0 || style >= len(w.formats) {
		style = 0
	}
	if len(w.formats) == 0 {
		return format{}.shown(value, w.from)
	}
	return w.formats[style].shown(value, w.from)
}

// columnOf returns the column of a cell, from 0: "AB12" is of the column 27.
func columnOf(reference string) (int, bool) {
	n := 0
	for i, c := range []byte(reference) {
		switch {
		case 'A' <= c && c <= 'Z' && i < 3:
			n = n*26 + int(c-'A') + 1
		case '0' <= c && c <= '9' && n > 0:
			return n - 1, true
		default:
			return 0, false
		}
	}
	return 0, false
}

// merges returns the cells of a sheet merged downwards, by each of their lines. They are
// written after the lines: a first look finds where, without reading them.
func (w *workbook) merges(part string) (map[int][]merge, error) {
	r, err := w.open(part, maxPart)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	found, spread := map[int][]merge{}, 0
	text := bufio.NewReaderSize(r, 256<<10)
	for {
		tag, err := text.ReadSlice('>')
		if err == io.EOF {
			return found, nil
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return nil, err
		}
		at := bytes.LastIndex(tag, []byte("mergeCell "))
		if at < 0 {
			continue
		}
		_, reference, _ := bytes.Cut(tag[at:], []byte(`ref="`))
		from, to, _ := strings.Cut(string(bytes.TrimRight(reference, `"/> `)), ":")
		if spread += addMerge(found, from, to); spread > maxMerged {
			return found, nil
		}
	}
}

// addMerge notes a merged cell, and returns over how many lines it spreads.
func addMerge(found map[int][]merge, from, to string) int {
	column, ok := columnOf(from)
	lastColumn, fine := columnOf(to)
	first, err := strconv.Atoi(strings.TrimLeft(from, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	last, wrong := strconv.Atoi(strings.TrimLeft(to, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	if !ok || !fine || err != nil || wrong != nil || first == last || column != lastColumn || column >= MaxColumns || last < first || last-first > MaxLines {
		return 1
	}
	for number := first; number <= last; number++ {
		found[number] = append(found[number], merge{column, first, last})
	}
	return last - first + 1
}
