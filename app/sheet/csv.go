// Package sheet writes lists as files that a spreadsheet opens as they are meant.
package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

// MediaType is what a CSV file of ours is served as (RFC 4180).
const MediaType = "text/csv; charset=utf-8; header=present"

// A Writer writes a list as CSV for French spreadsheets: UTF-8 with its mark,
// cells separated by semicolons, lines ended by CR LF. No cell can start a
// formula: an apostrophe stands before those that would (OWASP, CSV injection).
// Rows are passed on as they come.
type Writer struct {
	out    io.Writer
	csv    *csv.Writer
	header []string
	err    error
}

// NewWriter starts a list whose columns are named by header. What goes wrong at
// the start is returned by the first Row or by Close.
func NewWriter(w io.Writer, header ...string) *Writer {
	out := &Writer{out: w, csv: csv.NewWriter(w), header: header}
	out.csv.Comma = ';'
	out.csv.UseCRLF = true
	if len(header) == 0 {
		out.err = fmt.Errorf("writing a list: it has no column")
		return out
	}
	if _, out.err = io.WriteString(w, "\ufeff"); out.err == nil {
		out.err = out.Row(header...)
	}
	return out
}

// Row writes one line, which must have a cell for each column. After an error,
// nothing more is written and the same error comes back.
func (w *Writer) Row(cells ...string) error {
	if w.err != nil {
		return w.err
	}
	if len(cells) != len(w.header) {
		return fmt.Errorf("writing a list: %d cells for %d columns", len(cells), len(w.header))
	}
	line := make([]string, len(cells))
	for i, cell := range cells {
		line[i] = inert(cell)
	}
	if len(line) == 1 && line[0] == "" {
		return w.blank()
	}
	w.err = w.csv.Write(line)
	return w.err
}

// blank writes the only line that encoding/csv would write as nothing.
func (w *Writer) blank() error {
	if w.err = w.flush(); w.err == nil {
		_, w.err = io.WriteString(w.out, "\"\"\r\n")
	}
	return w.err
}

// Close writes what is still held back. It does not close the underlying writer.
func (w *Writer) Close() error {
	if w.err == nil {
		w.err = w.flush()
	}
	return w.err
}

func (w *Writer) flush() error {
	w.csv.Flush()
	return w.csv.Error()
}

// inert returns cell as a spreadsheet shows it without computing anything.
func inert(cell string) string {
	cell = strings.ReplaceAll(strings.ToValidUTF8(cell, "\ufffd"), "\x00", "")
	if phone, ok := frenchPhone(cell); ok {
		return phone
	}
	dangerous := cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(cell)[0])
	cell = strings.ReplaceAll(strings.ReplaceAll(cell, "\r\n", "\n"), "\r", "\n")
	if dangerous {
		return "'" + cell
	}
	return cell
}

// frenchPhone writes "+33 5 65 00 00 00" as "05 65 00 00 00", which says the same
// and needs no apostrophe. It reports false for anything else.
func frenchPhone(cell string) (string, bool) {
	rest, ok := strings.CutPrefix(cell, "+33")
	if !ok || len(cell) > 40 {
		return "", false
	}
	rest = strings.TrimPrefix(strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", ".", "", "-", "", "(0)", "").Replace(rest), "0")
	if len(rest) != 9 || rest[0] == '0' {
		return "", false
	}
	for _, digit := range []byte(rest) {
		if digit < '0' || digit > '9' {
			return "", false
		}
	}
	return fmt.Sprintf("0%s %s %s %s %s", rest[:1], rest[1:3], rest[3:5], rest[5:7], rest[7:]), true
}
