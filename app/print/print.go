// Package print makes the papers of the partnership: PDF files in French, tagged
// so that they can be read aloud, in a font that they carry with them.
package print

import (
	"bytes"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
)

const family = "Liberation"

// Millimetres, on A4 in landscape.
const (
	pageWidth  = 297.0
	pageHeight = 210.0
	margin     = 12.0
	inner      = pageWidth - 2*margin
	bottom     = pageHeight - 17 // nothing but the footer stands below
)

type colour [3]int

var (
	ink  = colour{0x1f, 0x24, 0x33}
	grey = colour{0x5a, 0x60, 0x70}
	rule = colour{0xb9, 0xbc, 0xc6}
	tint = colour{0xf3, 0xf1, 0xec}
)

// A paper is a document being drawn.
type paper struct {
	pdf  *fpdf.Fpdf
	tags *tagger
}

// newPaper starts a document named title, made at the time given: the same calls
// at the same time write the same bytes.
func newPaper(title string, made time.Time, compress bool) *paper {
	pdf := fpdf.New("L", "mm", "A4", "")
	pdf.SetCompression(compress)
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(made.UTC())
	pdf.SetModificationDate(made.UTC())
	pdf.SetTitle(title, true)
	pdf.SetProducer("Maillage", true)
	pdf.SetLang("fr-FR")
	pdf.SetMargins(margin, margin, margin)
	pdf.SetCellMargin(0)
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddUTF8FontFromBytes(family, "", liberationsansregular.TTF)
	pdf.AddUTF8FontFromBytes(family, "B", liberationsansbold.TTF)
	pdf.SetLineWidth(0.2)
	return &paper{pdf: pdf, tags: newTagger(pdf)}
}

// writeTo closes the document and writes it, tagged.
func (p *paper) writeTo(w io.Writer) error {
	var file bytes.Buffer
	if err := p.pdf.Output(&file); err != nil {
		return err
	}
	tagged, err := p.tags.tag(file.Bytes())
	if err != nil {
		return err
	}
	_, err = w.Write(tagged)
	return err
}

// text draws one line whose letters stand in a strip of the given height.
func (p *paper) text(x, y, width, height float64, align, style string, size float64, c colour, s string) {
	p.pdf.SetFont(family, style, size)
	p.pdf.SetTextColor(c[0], c[1], c[2])
	p.pdf.SetXY(x, y)
	p.pdf.CellFormat(width, height, s, "", 0, align, false, 0, "")
}

// block draws b with its first line at y and returns where the next thing may stand.
func (p *paper) block(x, y, width float64, style string, c colour, b block) float64 {
	for _, line := range b.lines {
		p.text(x, y, width, leading(b.size), "L", style, b.size, c, line)
		y += leading(b.size)
	}
	return y
}

// middle draws b in the middle of a height.
func (p *paper) middle(x, y, width, height float64, style string, c colour, b block) {
	p.block(x, y+(height-float64(len(b.lines))*leading(b.size))/2, width, style, c, b)
}

func (p *paper) draw(c colour)  { p.pdf.SetDrawColor(c[0], c[1], c[2]) }
func (p *paper) paint(c colour) { p.pdf.SetFillColor(c[0], c[1], c[2]) }

// line draws a thin rule.
func (p *paper) line(x1, y1, x2, y2 float64, c colour) {
	p.tags.artifact(func() {
		p.draw(c)
		p.pdf.Line(x1, y1, x2, y2)
	})
}

// footers writes, at the foot of every page, note and the page's number.
func (p *paper) footers(note, legal string) {
	pages := p.pdf.PageCount()
	for n := 1; n <= pages; n++ {
		p.pdf.SetPage(n)
		p.tags.artifact(func() {
			y := pageHeight - 13.0
			p.text(margin, y, 220, 3.4, "L", "", 7.5, grey, note)
			p.text(margin, y+3.4, 240, 3.4, "L", "", 7, grey, legal)
			p.text(margin, y, inner, 3.4, "R", "", 8.5, ink, pageOf(n, pages))
		})
	}
}
