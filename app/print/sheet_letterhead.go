package print

import (
	"math"
	"strings"

	"maillage/app/french"
)

// letterhead draws the top of the first page: what meeting it is, and the box
// that the animators sign.
func (d *sheetDrawing) letterhead() {
	const box = 92.0 // wide enough for three to sign
	left := inner - box - 8
	d.y = margin
	kind := "Feuille d’émargement"
	if d.sheet.Instance != "" {
		kind += " · " + d.sheet.Instance
	}
	d.oneLine(left, &d.y, kind, "", 9, grey)
	d.y += 1
	if d.sheet.Title != "" {
		b := d.fit(d.sheet.Title, "B", left, 16, 18, 15, 12.5)
		d.tags.leaf("H1", "", d.sheet.Title, func() { d.y = d.block(margin, d.y, left, "B", ink, b) })
		d.y += 1.6
	}
	if when := capital(french.Span(d.sheet.Start, d.sheet.End)); when != "" {
		d.oneLine(left, &d.y, when, "B", 11.5, ink)
		d.y += 2.4
	}
	end := d.facts(left)
	d.animators(margin+left+8, margin, box, max(end-margin, 30))
	d.y = max(end, margin+30) + 4
	if d.sheet.Recorded {
		d.totals()
	}
}

// oneLine draws s as one paragraph on one line and moves y below it.
func (d *sheetDrawing) oneLine(width float64, y *float64, s, style string, size float64, c colour) {
	b := d.fit(s, style, width, leading(size), size, size*0.85)
	d.tags.leaf("P", "", s, func() { *y = d.block(margin, *y, width, style, c, b) })
}

// facts draws what else is known of the meeting in two columns and returns where they end.
func (d *sheetDrawing) facts(width float64) float64 {
	const gap, height = 6.0, 12.4
	each := (width - gap) / 2
	n := 0
	for _, fact := range [][2]string{
		{"Lieu", d.sheet.Place},
		{"Organisateur", d.sheet.Organiser},
		{"Convention", d.sheet.Convention},
		{"Territoire", d.sheet.Territory},
	} {
		if fact[1] == "" {
			continue
		}
		x, y := margin+float64(n%2)*(each+gap), d.y+float64(n/2)*height
		b := d.fit(fact[1], "", each, 8.2, 9.5, 8, 7)
		d.tags.leaf("P", "", fact[0]+" : "+fact[1], func() {
			d.text(x, y, each, 3.4, "L", "", 7.5, grey, fact[0]+" ")
			d.block(x, y+3.6, each, "", ink, b)
		})
		n++
	}
	return d.y + math.Ceil(float64(n)/2)*height
}

// animators draws the box where each animator signs, or one for all of them when
// they are many, with a line to write a name on when none is known.
func (d *sheetDrawing) animators(x, y, width, height float64) {
	names := d.sheet.Animators
	if len(names) > 3 {
		names = []string{strings.Join(names, ", ")}
	}
	if len(names) == 0 {
		names = []string{""}
	}
	d.tags.artifact(func() {
		d.draw(rule)
		d.paint(tint)
		d.pdf.Rect(x, y, width, 6, "F")
		d.pdf.Rect(x, y, width, height, "D")
	})
	d.tags.leaf("P", "", "Animation et signature", func() {
		d.text(x+padding, y, width-2*padding, 6, "L", "B", 8.5, ink, "Animation")
	})
	each := width / float64(len(names))
	for i, name := range names {
		left := x + float64(i)*each
		if i > 0 {
			d.line(left, y+6, left, y+height, rule)
		}
		if name == "" {
			d.line(left+padding+10, y+13, left+each-padding, y+13, rule)
			d.tags.artifact(func() { d.text(left+padding, y+9.6, 10, 3.4, "L", "", 7.5, grey, "Nom") })
		} else {
			b := d.fit(name, "", each-2*padding, 8, 9.5, 8, 7)
			d.tags.leaf("P", "", name, func() { d.block(left+padding, y+7.4, each-2*padding, "", ink, b) })
		}
		d.tags.artifact(func() { d.text(left+padding, y+height-4.6, each, 3.4, "L", "", 7, grey, "Signature") })
	}
}

// totals draws the sentence that says who came.
func (d *sheetDrawing) totals() {
	sentence, rest := d.sheet.totals()
	d.tags.leaf("P", "", strings.TrimRight(sentence+". "+rest, " "), func() {
		d.text(margin, d.y, inner, 6, "L", "B", 12, ink, sentence)
		width := d.pdf.GetStringWidth(sentence)
		d.text(margin+width+5, d.y+0.3, inner-width-5, 6, "L", "", 9.5, grey, rest)
	})
	d.y += 8.5
}

// turn starts a page that says what sheet it continues.
func (d *sheetDrawing) turn() {
	d.pdf.AddPage()
	d.tags.artifact(func() {
		when := capital(french.Span(d.sheet.Start, d.sheet.End))
		d.pdf.SetFont(family, "", 8.5)
		right := d.pdf.GetStringWidth(when)
		d.text(margin, margin, inner, 5, "R", "", 8.5, grey, when)
		b := d.fit(d.sheet.Title, "B", inner-right-8, leading(10), 10)
		d.middle(margin, margin, inner-right-8, 5, "B", ink, b)
	})
	d.y = margin + 7.5
}
