package views_test

import (
	"testing"

	"maillage/views"
)

func TestTypesetKeepsMarksWithTheirWords(t *testing.T) {
	for page, want := range map[string]string{
		"<p>Qui vient ?</p>":                                "<p>Qui vient\u00a0?</p>",
		"<p>Un lieu : la mairie ; à 9 h !</p>":              "<p>Un lieu\u00a0: la mairie\u00a0; à 9 h\u00a0!</p>",
		"<p>« Grandir ici » : le forum</p>":                 "<p>«\u00a0Grandir ici\u00a0»\u00a0: le forum</p>",
		"<p>Vraiment ?</p>\n":                               "<p>Vraiment\u00a0?</p>\n",
		"<a title=\"a > b : c\">d : e</a>":                  "<a title=\"a > b : c\">d\u00a0: e</a>",
		"<textarea>\nà écrire : ici</textarea><p>a : b</p>": "<textarea>\nà écrire : ici</textarea><p>a\u00a0: b</p>",
		"<script>a ? b : c</script>":                        "<script>a ? b : c</script>",
		"<p>rien à changer, 10:30</p>":                      "<p>rien à changer, 10:30</p>",
		"<p>:-) ou :)</p>":                                  "<p>:-) ou :)</p>",
		"a :":                                               "a\u00a0:",
		"<p":                                                "<p",
	} {
		if got := string(views.Typeset([]byte(page))); got != want {
			t.Errorf("Typeset(%q) = %q, want %q", page, got, want)
		}
	}
}
