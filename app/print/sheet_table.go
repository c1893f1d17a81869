package print

import "strconv"

// Millimetres.
const (
	headHeight   = 8.0
	signedRow    = 11.5 // room for a signature
	recordedRow  = 9.0
	bandHeight   = 6.5
	leastWalkIns = 6
	padding      = 2.0
)

// A column of the sheet's table.
type column struct {
	title string
	width float64
}

// columns shares the width of the page between what is known of a person and
// what is to be signed or was recorded.
func (s Sheet) columns() []column {
	known := []column{{"N°", 10}, {"Nom", 46}, {"Prénom", 36}, {"Structure", 72}, {"Fonction", 48}}
	if s.Recorded {
		return append(known, column{"Présence", inner - 212})
	}
	signatures := s.signatures()
	if len(signatures) > 1 {
		known = []column{{"N°", 10}, {"Nom", 42}, {"Prénom", 32}, {"Structure", 58}, {"Fonction", 39}}
	}
	if len(signatures) > 2 {
		known = []column{{"N°", 10}, {"Nom", 36}, {"Prénom", 28}, {"Structure", 48}, {"Fonction", 31}}
	}
	left := inner
	for _, c := range known {
		left -= c.width
	}
	for _, title := range signatures {
		known = append(known, column{title, left / float64(len(signatures))})
	}
	return known
}

type sheetDrawing struct {
	*paper
	sheet   Sheet
	columns []column
	y       float64 // where the next thing stands
}

// table draws the people, then, on a sheet to be signed, the lines left free.
func (d *sheetDrawing) table() {
	d.tags.group("Table", func() {
		d.head(false)
		for i, person := range d.sheet.People {
			if d.y+d.rowHeight() > bottom {
				d.turn()
				d.head(true)
			}
			d.row(i+1, person)
		}
		if d.sheet.Recorded && len(d.sheet.People) == 0 {
			d.nobody()
		}
	})
	if !d.sheet.Recorded {
		d.walkIns()
	}
}

func (d *sheetDrawing) rowHeight() float64 {
	if d.sheet.Recorded {
		return recordedRow
	}
	return signedRow
}

// head draws the titles of the columns; repeated, they are not read again.
func (d *sheetDrawing) head(again bool) {
	d.tags.artifact(func() {
		d.paint(tint)
		d.pdf.Rect(margin, d.y, inner, headHeight, "F")
	})
	titles := func(each func(c column, draw func())) {
		x := margin
		for _, c := range d.columns {
			each(c, func() {
				b := d.fit(c.title, "B", c.width-2*padding, headHeight, 9, 8, 7)
				d.middle(x+padding, d.y, c.width-2*padding, headHeight, "B", ink, b)
			})
			x += c.width
		}
	}
	if again {
		d.tags.artifact(func() { titles(func(_ column, draw func()) { draw() }) })
	} else {
		d.tags.group("TR", func() {
			titles(func(c column, draw func()) { d.tags.leaf("TH", "Column", c.title, draw) })
		})
	}
	d.line(margin, d.y, margin+inner, d.y, ink)
	d.y += headHeight
	d.line(margin, d.y, margin+inner, d.y, ink)
}

// row draws one person.
func (d *sheetDrawing) row(number int, a Attendee) {
	height := d.rowHeight()
	texts := []string{strconv.Itoa(number), a.LastName, a.FirstName, a.Organisation, a.Function}
	d.tags.group("TR", func() {
		x := margin
		for i, c := range d.columns {
			switch {
			case i >= len(texts) && d.sheet.Recorded:
				d.recorded(x, c.width, a)
			case i >= len(texts):
				d.tags.leaf("TD", "", "À signer par "+a.name(), func() {})
			case i == 1:
				d.cell("TH", "Row", x, c.width, texts[i], "B", ink)
			case i == 0:
				d.cell("TD", "", x, c.width, texts[i], "", grey)
			default:
				d.cell("TD", "", x, c.width, texts[i], "", ink)
			}
			x += c.width
		}
	})
	d.frame(height)
}

// cell draws text in the row at hand, smaller if it must.
func (d *sheetDrawing) cell(role, scope string, x, width float64, text, style string, c colour) {
	b := d.fit(text, style, width-2*padding, d.rowHeight()-1.2, 10, 9, 8, 7)
	d.tags.leaf(role, scope, text, func() {
		d.middle(x+padding, d.y, width-2*padding, d.rowHeight(), style, c, b)
	})
}

// recorded draws what happened with a.
func (d *sheetDrawing) recorded(x, width float64, a Attendee) {
	what, remark := a.recorded()
	c, style := grey, ""
	if a.Attendance == Present {
		c, style = ink, "B"
	}
	if remark == "" {
		d.cell("TD", "", x, width, what, style, c)
		return
	}
	b := d.fit(what, style, width-2*padding, 3.9, 9, 8, 7)
	d.tags.leaf("TD", "", what+", "+remark, func() {
		d.block(x+padding, d.y+0.9, width-2*padding, style, c, b)
		d.text(x+padding, d.y+4.9, width-2*padding, 3.2, "L", "", 7.5, grey, remark)
	})
}

// frame draws the rules around the row at hand and goes to the next.
func (d *sheetDrawing) frame(height float64) {
	d.tags.artifact(func() {
		d.draw(rule)
		x := margin
		for _, c := range d.columns {
			d.pdf.Line(x, d.y+0.1, x, d.y+height)
			x += c.width
		}
		d.pdf.Line(x, d.y+0.1, x, d.y+height)
		d.pdf.Line(margin, d.y+height, x, d.y+height)
	})
	d.y += height
}

// band draws a strip across the table.
func (d *sheetDrawing) band(words string) {
	d.tags.artifact(func() {
		d.draw(rule)
		d.paint(tint)
		d.pdf.Rect(margin, d.y+0.1, inner, bandHeight-0.1, "FD")
	})
	d.tags.leaf("P", "", words, func() {
		d.text(margin+padding, d.y, inner-2*padding, bandHeight, "L", "", 8.5, ink, words)
	})
	d.y += bandHeight
}

// nobody says that there is nothing to tell.
func (d *sheetDrawing) nobody() {
	const words = "Personne n’a été inscrit ni enregistré."
	d.tags.group("TR", func() {
		d.tags.leaf("TD", "", words, func() {
			d.text(margin+padding, d.y, inner, recordedRow, "L", "", 10, grey, words)
		})
	})
	d.line(margin, d.y+recordedRow, margin+inner, d.y+recordedRow, rule)
	d.y += recordedRow
}

// walkIns draws numbered free lines down to the foot of the last page, six at least.
func (d *sheetDrawing) walkIns() {
	number, drawn := len(d.sheet.People), 0
	for drawn == 0 || drawn < leastWalkIns || d.y+signedRow <= bottom {
		needed := signedRow
		if drawn == 0 {
			needed += bandHeight
		}
		if d.y+needed > bottom {
			d.turn()
			d.head(true)
		}
		if drawn == 0 {
			d.band("Venu·e sans inscription : merci d’écrire lisiblement nom, prénom, structure et fonction, puis de signer.")
		}
		number++
		drawn++
		d.tags.artifact(func() {
			d.middle(margin+padding, d.y, 8, signedRow, "", grey, block{[]string{strconv.Itoa(number)}, 10})
		})
		d.frame(signedRow)
	}
}
