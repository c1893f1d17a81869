package print

import (
	"strings"
	"unicode"

	"maillage/app"
)

// drawable holds what Liberation Sans can draw without shaping: the alphabets of
// Europe and the signs of French typography.
var drawable = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x0020, 0x007e, 1},
		{0x00a0, 0x02ff, 1},
		{0x0391, 0x03a1, 1},
		{0x03a3, 0x03ce, 1},
		{0x0400, 0x0513, 1},
		{0x1e00, 0x1e9b, 1},
		{0x1ea0, 0x1ef9, 1},
		{0x2010, 0x2010, 1},
		{0x2012, 0x2022, 1},
		{0x2026, 0x2026, 1},
		{0x202f, 0x2030, 1},
		{0x2032, 0x2033, 1},
		{0x2039, 0x203a, 1},
		{0x20ac, 0x20ac, 1},
		{0x2116, 0x2116, 1},
		{0x2122, 0x2122, 1},
		{0x2190, 0x2195, 1},
		{0x2212, 0x2212, 1},
		{0x25a1, 0x25a1, 1},
	},
}

// longest is how much of a text is ever laid out: more fits in no box of ours.
const longest = 900

// printable returns s on one line, with what the font cannot draw left out when
// it is a picture or invisible, and shown as □ when it is a letter.
func printable(s string) string {
	n := 0
	return strings.Map(func(r rune) rune {
		if n > longest {
			return -1
		}
		n++
		switch {
		case unicode.Is(drawable, r):
			return r
		case r == '\u2011': // no-break hyphen, absent from the font
			return '-'
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return '□'
		}
		return -1
	}, app.Tidy(s))
}

// A block is a text fitted into a box.
type block struct {
	lines []string
	size  float64 // in points
}

// fit sets text at the largest of sizes at which it fits in width × height
// millimetres without a word being cut; at the smallest, words are cut if they
// must and what is left over gives way to an ellipsis.
func (p *paper) fit(text, style string, width, height float64, sizes ...float64) block {
	for i, size := range sizes {
		p.pdf.SetFont(family, style, size)
		lines, whole := p.wrap(text, width)
		last := i == len(sizes)-1
		room := int((height + 0.01) / leading(size))
		if len(lines) <= room && (whole || last) {
			return block{lines, size}
		}
		if last {
			return block{p.cut(lines, max(1, room), width), size}
		}
	}
	return block{}
}

// leading is the distance between two lines of size points, in millimetres.
func leading(size float64) float64 { return size * 0.415 }

// cut keeps room lines and ends the last with an ellipsis.
func (p *paper) cut(lines []string, room int, width float64) []string {
	lines = lines[:room]
	end := []rune(lines[room-1])
	for len(end) > 0 && p.pdf.GetStringWidth(string(end)+"…") > width {
		end = end[:len(end)-1]
	}
	lines[room-1] = strings.TrimRight(string(end), " ,;:-") + "…"
	return lines
}

// wrap breaks text into lines of at most width: at spaces, which stay at the end
// of their line; after hyphens in what is too long for a line; elsewhere if there
// is no choice, and then whole is false.
func (p *paper) wrap(text string, width float64) (lines []string, whole bool) {
	w := wrapping{measure: p.pdf.GetStringWidth, width: width, whole: true}
	for _, piece := range pieces(text) {
		if w.room(piece) {
			w.line += piece
			continue
		}
		w.end()
		for part := range strings.SplitAfterSeq(piece, "-") {
			w.add(part)
		}
	}
	w.end()
	return w.lines, w.whole
}

type wrapping struct {
	measure func(string) float64
	width   float64
	lines   []string
	line    string
	whole   bool
}

// room reports whether the line at hand can take s besides what it has.
func (w *wrapping) room(s string) bool {
	return w.measure(strings.TrimRight(w.line+s, " ")) <= w.width
}

// add puts s on the line at hand, or on the next, or on as many as it takes.
func (w *wrapping) add(s string) {
	if !w.room(s) {
		w.end()
	}
	if w.room(s) {
		w.line += s
		return
	}
	w.whole = false
	for _, r := range s {
		if !w.room(string(r)) {
			w.end()
		}
		w.line += string(r)
	}
}

func (w *wrapping) end() {
	if w.line != "" {
		w.lines = append(w.lines, w.line)
	}
	w.line = ""
}

// pieces cuts text after each space, unless French keeps what stands on both
// sides of it together.
func pieces(text string) []string {
	var all []string
	runes := []rune(text)
	start := 0
	for i, r := range runes {
		next := ' '
		if i+1 < len(runes) {
			next = runes[i+1]
		}
		if r == ' ' && !strings.ContainsRune(":;!?»%", next) && (i == 0 || runes[i-1] != '«') {
			all = append(all, string(runes[start:i+1]))
			start = i + 1
		}
	}
	return append(all, string(runes[start:]))
}
