package sheet

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"maillage/app"
)

// What a file that is read may hold, so that the memory it takes is bounded whatever it is.
const (
	MaxFile    = 10 << 20 // bytes
	MaxLines   = 20_000   // that hold something, in all its sheets
	LastLine   = MaxFile  // what numbers a line at most: the empty ones count, of a byte each
	MaxColumns = 200
	MaxCell    = 32_767   // characters, as in a spreadsheet
	maxText    = 24 << 20 // bytes of all the cells
	maxSheets  = 50
)

// Book is what was read of a file: its sheets, without the lines that hold nothing.
type Book struct{ Sheets []Sheet }

// Sheet is one table of a file; a CSV file has one, without name.
type Sheet struct {
	Name  string
	Lines []Line
}

// Line is one line that holds something.
type Line struct {
	Number int      // as the spreadsheet counts, from 1
	Cells  []string // as one reads them, up to the last that holds something
}

// Read returns what is in a file of that size: a workbook of Excel or LibreOffice (.xlsx), or
// text in columns (CSV) in UTF-8, UTF-16 or Windows-1252. What it is shows in the file and not
// in its name. A formula counts for the value it had; dates are written 31/12/2026, numbers
// with the zeros that their format shows. The error, in French, says why it is none of these,
// or what is too big.
func Read(r io.ReaderAt, size int64) (Book, error) {
	if size == 0 {
		return Book{}, app.Errorf(app.Invalid, "Ce fichier est vide.")
	}
	if size > MaxFile {
		return Book{}, app.Errorf(app.Invalid, "Ce fichier dépasse 10 Mo : n’en gardez que les colonnes utiles, ou coupez-le en plusieurs.")
	}
	start := make([]byte, min(size, 4096))
	if _, err := r.ReadAt(start, 0); err != nil && err != io.EOF {
		return Book{}, err
	}
	in := &intake{}
	var err error
	switch {
	case bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("PK\x05\x06")):
		err = readWorkbook(r, size, in)
	default:
		if err = refused(start, r, size); err == nil {
			err = readText(r, size, in)
		}
	}
	if err != nil {
		return Book{}, err
	}
	in.book.Sheets = slices.DeleteFunc(in.book.Sheets, func(s Sheet) bool { return len(s.Lines) == 0 })
	if len(in.book.Sheets) == 0 {
		return Book{}, app.Errorf(app.Invalid, "Ce fichier ne contient aucune ligne remplie.")
	}
	return in.book, nil
}

// strangers are files that are often sent for a spreadsheet, by how they begin.
var strangers = []struct{ start, message string }{
	{"%PDF", "C’est un PDF, pas un tableau. Demandez le tableau d’origine, en .xlsx ou en .csv."},
	{"{\\rtf", "C’est un texte (RTF), pas un tableau. Enregistrez le tableau en .xlsx ou en .csv."},
	{"\x89PNG", "C’est une image, pas un tableau. Demandez le tableau d’origine, en .xlsx ou en .csv."},
	{"\xff\xd8\xff", "C’est une image, pas un tableau. Demandez le tableau d’origine, en .xlsx ou en .csv."},
	{"\x1f\x8b", "C’est une archive compressée : ouvrez-la, puis déposez le tableau qu’elle contient."},
	{"7z\xbc\xaf", "C’est une archive compressée : ouvrez-la, puis déposez le tableau qu’elle contient."},
	{"Rar!", "C’est une archive compressée : ouvrez-la, puis déposez le tableau qu’elle contient."},
}

const (
	webPage    = "C’est une page web, même si son nom dit le contraire. Ouvrez-la dans votre tableur, puis enregistrez-la en .xlsx."
	oldExcel   = "C’est un classeur d’une ancienne version d’Excel (.xls). Ouvrez-le, puis enregistrez-le en .xlsx."
	locked     = "Ce classeur est protégé par un mot de passe : il ne peut pas être lu. Enregistrez-le sans mot de passe."
	unreadable = "Ce fichier n’est pas un tableau lisible. Enregistrez-le en .xlsx ou en .csv (séparateur : point-virgule)."
)

// refused says of a file that is no workbook, by how it begins, why it is no text in columns either.
func refused(start []byte, r io.ReaderAt, size int64) error {
	for _, s := range strangers {
		if bytes.HasPrefix(start, []byte(s.start)) {
			return app.Errorf(app.Invalid, "%s", s.message)
		}
	}
	if bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) { // OLE: an old workbook, or a new one that is encrypted
		whole := make([]byte, size)
		if _, err := r.ReadAt(whole, 0); err != nil && err != io.EOF {
			return err
		}
		if bytes.Contains(whole, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k")) {
			return app.Errorf(app.Invalid, locked)
		}
		return app.Errorf(app.Invalid, oldExcel)
	}
	head := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\ufeff")), " \t\r\n"))
	for _, tag := range []string{"<!doctype html", "<html", "<table", "<head", "<body", "<?xml", "<script", "<div"} {
		if bytes.HasPrefix(head, []byte(tag)) {
			return app.Errorf(app.Invalid, webPage)
		}
	}
	return nil
}

// intake gathers what is read, and stops at its limits.
type intake struct {
	book  Book
	lines int
	text  int
}

func (in *intake) sheet(name string) error {
	if len(in.book.Sheets) == maxSheets {
		return app.Errorf(app.Invalid, "Ce classeur a plus de %d feuilles : gardez celles qui servent.", maxSheets)
	}
	in.book.Sheets = append(in.book.Sheets, Sheet{Name: app.Tidy(name)})
	return nil
}

// line takes a line of the sheet begun last; one that holds nothing is left out.
func (in *intake) line(number int, cells []string) error {
	last := 0
	for i, cell := range cells {
		cells[i] = tidyCell(cell)
		if cells[i] != "" {
			last = i + 1
		}
		if utf8.RuneCountInString(cells[i]) > MaxCell {
			return app.Errorf(app.Invalid, "Ligne %d : une cellule est plus longue que ce qu’un tableur accepte. Un guillemet ouvert n’a sans doute jamais été refermé.", number)
		}
	}
	if last == 0 {
		return nil
	}
	if last > MaxColumns {
		return app.Errorf(app.Invalid, "Ligne %d : plus de %d colonnes. N’en gardez que les colonnes utiles.", number, MaxColumns)
	}
	in.lines++
	for _, cell := range cells[:last] {
		in.text += len(cell)
	}
	if in.lines > MaxLines || in.text > maxText {
		return app.Errorf(app.Invalid, "Ce fichier a trop de lignes : %s au plus à la fois. Coupez-le en plusieurs.", app.Number(MaxLines))
	}
	s := &in.book.Sheets[len(in.book.Sheets)-1]
	s.Lines = append(s.Lines, Line{number, slices.Clone(cells[:last])})
	return nil
}

// tidyCell is what a cell says; U+0080–U+009F stand for the signs that Windows-1252 has there.
func tidyCell(cell string) string {
	if plainCell(cell) {
		return strings.TrimSpace(cell)
	}
	return app.TidyText(strings.Map(func(r rune) rune {
		if 0x80 <= r && r <= 0x9f {
			return windows[r-0x80]
		}
		return r
	}, cell))
}

// plainCell reports whether TidyText would change only the blanks around a cell.
func plainCell(cell string) bool {
	for i := range len(cell) {
		if c := cell[i]; c < ' ' || c > '~' || c == ' ' && i > 0 && cell[i-1] == ' ' {
			return false
		}
	}
	return true
}
