package views

import (
	"strings"
	"testing"
)

func TestALetterShowsItsLinksAndHidesThoseThatCarryAToken(t *testing.T) {
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

func TestEveryTokenOfALetterIsHidden(t *testing.T) {
	for _, path := range TokenPaths {
		for _, part := range letterParts("Ouvrez http://x.test"+path+"jeton-1_Z/adresse ou répondez.", true) {
			if strings.Contains(part.Text, "jeton") || part.Href != "" {
				t.Errorf("under %s a letter shows %q, %q", path, part.Text, part.Href)
			}
		}
	}
}
