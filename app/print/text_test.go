package print

import (
	"strings"
	"testing"
	"time"
)

func TestFittedTextStaysInItsBox(t *testing.T) {
	p := newPaper("", time.Time{}, false)
	p.pdf.AddPage()
	words := []string{"Œuvre", "de", "Saint-Céré–Biars-sur-Cère", "«", "L’Été", "»", "Intercommunautairement", ":", strings.Repeat("W", 80), strings.Repeat("Jean-", 40)}
	for n := range 60 {
		var text string
		for i := range n {
			text += words[(i*7+n)%len(words)] + " "
		}
		text = printable(text)
		for _, width := range []float64{20, 33, 70} {
			for _, height := range []float64{3.9, 8.2, 10.3} {
				b := p.fit(text, "B", width, height, 10, 9, 8, 7)
				if got := float64(len(b.lines)) * leading(b.size); got > height+0.02 {
					t.Errorf("%q takes %.1f mm of height, want %.1f at most", text, got, height)
				}
				p.pdf.SetFont(family, "B", b.size)
				for _, line := range b.lines {
					if got := p.pdf.GetStringWidth(strings.TrimRight(line, " ")); got > width+0.01 {
						t.Errorf("the line %q is %.1f mm wide, want %.1f at most", line, got, width)
					}
				}
				said := strings.TrimSuffix(strings.ReplaceAll(strings.Join(b.lines, ""), " ", ""), "…")
				if !strings.HasPrefix(strings.ReplaceAll(text, " ", ""), said) {
					t.Errorf("the lines say %q, want the beginning of %q", said, text)
				}
			}
		}
	}
}

func TestPiecesKeepFrenchSignsWithTheirWords(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"words":      {"un deux", "un |deux"},
		"colon":      {"Lieu : ici", "Lieu : |ici"},
		"quotes":     {"dit « oui »", "dit |« oui »"},
		"percentage": {"10 % de", "10 % |de"},
		"nothing":    {"", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(pieces(tt.text), "|"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
