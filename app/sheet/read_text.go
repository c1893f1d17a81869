package sheet

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"maillage/app"
)

// windows are the signs of the bytes 0x80 to 0x9F in Windows-1252.
var windows = func() (signs [32]rune) {
	for i := range signs {
		signs[i] = charmap.Windows1252.DecodeByte(byte(0x80 + i))
	}
	return signs
}()

// readText reads text in columns.
func readText(r io.ReaderAt, size int64, in *intake) error {
	if err := in.sheet(""); err != nil {
		return err
	}
	text, err := decoded(r, size)
	if err != nil {
		return err
	}
	sample := make([]byte, 64<<10)
	n, err := io.ReadFull(text, sample)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return err
	}
	begin, comma, skipped := separator(string(sample[:n]), err != nil)
	rows := csvReader(io.MultiReader(strings.NewReader(begin), text), comma)
	for {
		cells, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return app.Errorf(app.Invalid, unreadable)
		}
		number := 1
		if len(cells) > 0 {
			number, _ = rows.FieldPos(0)
		}
		if err := in.line(number+skipped, cells); err != nil {
			return err
		}
	}
}

func csvReader(r io.Reader, comma rune) *csv.Reader {
	rows := csv.NewReader(r)
	rows.Comma, rows.LazyQuotes, rows.FieldsPerRecord, rows.ReuseRecord = comma, true, -1, true
	return rows
}

// decoded returns the text of a file as UTF-8: by its mark if it has one, else as it stands
// when it is UTF-8, else from Windows-1252. Bytes that no text has are refused.
func decoded(r io.ReaderAt, size int64) (io.Reader, error) {
	whole := io.NewSectionReader(r, 0, size)
	start := make([]byte, min(size, 3))
	if _, err := io.ReadFull(whole, start); err != nil {
		return nil, err
	}
	if _, err := whole.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	switch {
	case string(start) == "\xef\xbb\xbf":
		return io.NewSectionReader(r, 3, size-3), nil
	case strings.HasPrefix(string(start), "\xff\xfe"), strings.HasPrefix(string(start), "\xfe\xff"):
		return transform.NewReader(whole, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()), nil
	}
	isUTF8, err := valid(bufio.NewReaderSize(whole, 64<<10))
	if err != nil {
		return nil, err
	}
	again := io.NewSectionReader(r, 0, size)
	if isUTF8 {
		return again, nil
	}
	return transform.NewReader(again, charmap.Windows1252.NewDecoder()), nil
}

// valid reports whether what r reads is UTF-8; a zero byte is of no text.
func valid(r *bufio.Reader) (bool, error) {
	fine := true
	for {
		c, size, err := r.ReadRune()
		if errors.Is(err, io.EOF) {
			return fine, nil
		}
		if err != nil {
			return false, err
		}
		if c == 0 {
			return false, app.Errorf(app.Invalid, unreadable)
		}
		fine = fine && (c != utf8.RuneError || size > 1)
	}
}

var separators = []rune{';', ',', '\t', '|'}

// separator finds what parts the columns: what the first line says ("sep=;"), else that by
// which most lines of the sample have the same number of columns. It returns the sample with
// what follows such a line, and how many lines were taken from it.
func separator(sample string, whole bool) (rest string, comma rune, skipped int) {
	line, after, _ := strings.Cut(sample, "\n")
	if said, ok := strings.CutPrefix(strings.ToLower(strings.Trim(line, "\r\"")), "sep="); ok && utf8.RuneCountInString(said) == 1 {
		if comma, _ = utf8.DecodeRuneInString(said); slices.Contains(separators, comma) {
			return after, comma, 1
		}
	}
	best := 0
	comma = separators[0]
	for _, candidate := range separators {
		if score := columnsBy(sample, candidate, whole); score > best {
			best, comma = score, candidate
		}
	}
	return sample, comma, 0
}

// columnsBy weighs a separator: the number of columns that most lines of the sample have by
// it, times how many do; 0 when that is one.
func columnsBy(sample string, comma rune, whole bool) int {
	rows, widths := csvReader(strings.NewReader(sample), comma), map[int]int{}
	last := 0
	for range 100 {
		cells, err := rows.Read()
		if err != nil {
			if !whole && last > 0 && len(widths) > 1 {
				widths[last]-- // the sample cut it
			}
			break
		}
		last = len(cells)
		widths[last]++
	}
	best := 0
	for width, lines := range widths {
		if width > 1 {
			best = max(best, lines*lines*min(width, 8))
		}
	}
	return best
}
