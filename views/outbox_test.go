package views

import (
	"strings"
	"testing"
)

func TestALetterShowsItsLinksAndHidesThoseThatSignIn(t *testing.T) {
	body := "Ouvrez http://x.test/connexion/lien/abc-DEF_1 ou http://x.test/aide."
	for _, tt := range []struct {
		masked      bool
		text, hrefs string
	}{
		{false, body, "http://x.test/connexion/lien/abc-DEF_1 http://x.test/aide"},
		{true, "Ouvrez http://x.test/connexion/lien/••• ou http://x.test/aide.", "http://x.test/aide"},
	} {
		var text string
		var hrefs []string
		for _, part := range letterParts(body, tt.masked) {
			text += part.Text
			if part.Href != "" {
				hrefs = append(hrefs, part.Href)
			}
		}
		if text != tt.text || strings.Join(hrefs, " ") != tt.hrefs {
			t.Errorf("letterParts(masked %v) = %q, links %q; want %q, %q", tt.masked, text, hrefs, tt.text, tt.hrefs)
		}
	}
}
