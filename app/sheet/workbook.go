package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"maillage/app"
)

// What a part of a workbook may come to once unpacked, in bytes: a small file that unfolds
// into more is no spreadsheet.
const (
	maxPart    = 256 << 20 // of a sheet: a million empty lines take 70 MB
	maxStrings = 64 << 20  // of what is kept at hand: texts, formats
	maxShared  = 500_000   // texts
)

const bomb = "Ce classeur se déplie au-delà de toute taille raisonnable : il est refusé. Copiez ses cellules utiles dans un classeur neuf."

// A workbook is an open .xlsx file (ECMA-376, part 1).
type workbook struct {
	parts   map[string]*zip.File
	texts   []string
	formats []format // by style
	from    epoch
}

// readWorkbook reads an .xlsx file, sheet after sheet.
func readWorkbook(r io.ReaderAt, size int64, in *intake) error {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return app.Errorf(app.Invalid, unreadable)
	}
	w := &workbook{parts: map[string]*zip.File{}}
	for _, f := range archive.File {
		if f.Flags&1 != 0 {
			return app.Errorf(app.Invalid, locked)
		}
		w.parts[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))] = f
	}
	if err := w.known(); err != nil {
		return err
	}
	sheets, err := w.index()
	if err != nil {
		return broken(err)
	}
	for _, s := range sheets {
		if err := in.sheet(s.name); err != nil {
			return err
		}
		if err := w.read(s.part, in); err != nil {
			return broken(err)
		}
	}
	return nil
}

// known says why an archive is no workbook that can be read.
func (w *workbook) known() error {
	switch {
	case w.parts["xl/workbook.xml"] != nil:
		return nil
	case w.parts["xl/workbook.bin"] != nil:
		return app.Errorf(app.Invalid, "C’est un classeur binaire (.xlsb). Ouvrez-le, puis enregistrez-le en .xlsx.")
	case w.parts["content.xml"] != nil:
		return app.Errorf(app.Invalid, "C’est un classeur OpenDocument (.ods). Ouvrez-le, puis enregistrez-le en .xlsx ou en .csv.")
	case w.parts["word/document.xml"] != nil:
		return app.Errorf(app.Invalid, "C’est un texte (Word), pas un tableau. Copiez son tableau dans un tableur, puis enregistrez-le en .xlsx.")
	}
	return app.Errorf(app.Invalid, "C’est une archive compressée : ouvrez-la, puis déposez le tableau qu’elle contient.")
}

// broken is what the person is told of a workbook that does not hold together.
func broken(err error) error {
	if err == nil || app.KindOf(err) != app.Internal {
		return err
	}
	return app.Errorf(app.Invalid, "Ce classeur est abîmé. Ouvrez-le dans votre tableur, puis enregistrez-le à nouveau en .xlsx.")
}

type sheetPart struct{ name, part string }

// index reads what all the sheets share, and where each of them is; those that are hidden or
// hold a chart are left out.
func (w *workbook) index() (sheets []sheetPart, err error) {
	targets := map[string]string{}
	err = w.each("xl/_rels/workbook.xml.rels", maxStrings, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local == "Relationship" && strings.HasSuffix(attribute(e, "Type"), "/worksheet") {
			targets[attribute(e, "Id")] = partAt(attribute(e, "Target"))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = w.each("xl/workbook.xml", maxStrings, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			w.from = epoch(attribute(e, "date1904") == "1" || attribute(e, "date1904") == "true")
		case "sheet":
			if part := targets[attribute(e, "id")]; part != "" && w.parts[part] != nil && attribute(e, "state") != "veryHidden" && attribute(e, "state") != "hidden" {
				sheets = append(sheets, sheetPart{attribute(e, "name"), part})
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := w.readTexts(); err != nil {
		return nil, err
	}
	return sheets, w.readFormats()
}

func partAt(target string) string {
	if !strings.HasPrefix(target, "/") {
		target = "/xl/" + target
	}
	return strings.ToLower(strings.TrimPrefix(path.Clean(target), "/"))
}

func (w *workbook) readTexts() error {
	kept := 0
	return w.each("xl/sharedstrings.xml", maxStrings, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		text, err := textIn(d, "si")
		kept += len(text)
		if len(w.texts) >= maxShared || kept > maxText {
			return app.Errorf(app.Invalid, bomb)
		}
		w.texts = append(w.texts, text)
		return err
	})
}

// textIn gathers the text of an element that was begun, without its phonetic reading.
func textIn(d *xml.Decoder, end string) (string, error) {
	var text strings.Builder
	inside, phonetic := false, false
	for {
		token, err := d.RawToken()
		if err != nil {
			return "", unexpected(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			inside = e.Name.Local == "t"
			phonetic = phonetic || e.Name.Local == "rPh"
		case xml.EndElement:
			switch e.Name.Local {
			case end:
				return unescaped(text.String()), nil
			case "rPh":
				phonetic = false
			}
			inside = false
		case xml.CharData:
			if inside && !phonetic && text.Len() < 4*MaxCell {
				text.Write(e)
			}
		}
	}
}

// open opens a part, which unpacks into limit bytes at most.
func (w *workbook) open(part string, limit int64) (io.ReadCloser, error) {
	f := w.parts[part]
	if f == nil {
		return io.NopCloser(strings.NewReader("")), nil
	}
	if f.UncompressedSize64 > uint64(limit) {
		return nil, app.Errorf(app.Invalid, bomb)
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{&limited{r, limit}, r}, nil
}

// limited reads no more than left, whatever the archive said of its size.
type limited struct {
	r    io.Reader
	left int64
}

// Read implements io.Reader.
func (l *limited) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, app.Errorf(app.Invalid, bomb)
	}
	return n, err
}

// each visits the elements of a part as they begin.
func (w *workbook) each(part string, limit int64, visit func(*xml.Decoder, xml.StartElement) error) error {
	r, err := w.open(part, limit)
	if err != nil {
		return err
	}
	defer r.Close()
	d := decoder(r)
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := token.(xml.StartElement); ok {
			if err := visit(d, e); err != nil {
				return err
			}
		}
	}
}

func decoder(r io.Reader) *xml.Decoder {
	d := xml.NewDecoder(r)
	d.Strict = false
	d.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	return d
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// unescaped undoes "_x000D_", by which workbooks write signs that XML has not.
func unescaped(text string) string {
	if !strings.Contains(text, "_x00") {
		return text
	}
	return strings.NewReplacer("_x000D_", "", "_x000d_", "", "_x000A_", "\n", "_x000a_", "\n", "_x0009_", " ", "_x005F_", "_", "_x005f_", "_").Replace(text)
}
