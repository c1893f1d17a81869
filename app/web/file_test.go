package web

import (
	"errors"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"

	"maillage/app/sheet"
)

func TestAFileBeginsWithItsFirstLineOrNotAtAll(t *testing.T) {
	broken := errors.New("broken")
	for name, tt := range map[string]struct {
		lines int
		fails error
		kind  string // of the answer, "" while it has not begun
		body  string
	}{
		"an empty list":           {0, nil, sheet.MediaType, "\ufeffNom\r\n"},
		"two lines":               {2, nil, sheet.MediaType, "\ufeffNom\r\nCAF\r\nCAF\r\n"},
		"a failure before a line": {0, broken, "", ""},
	} {
		w := httptest.NewRecorder()
		c, _ := gin.CreateTestContext(w)
		err := spreadsheet(c, "liste", []string{"Nom"}, func(row func(...string) error) error {
			for range tt.lines {
				if err := row("CAF"); err != nil {
					return err
				}
			}
			return tt.fails
		})
		if !errors.Is(err, tt.fails) || w.Header().Get("Content-Type") != tt.kind || w.Body.String() != tt.body {
			t.Errorf("%s: %v, %q, %q; want %v, %q, %q", name, err, w.Header().Get("Content-Type"), w.Body.String(), tt.fails, tt.kind, tt.body)
		}
		if begun := w.Header().Get("Content-Disposition") != ""; begun != (tt.kind != "") {
			t.Errorf("%s: served as a download is %t, want %t", name, begun, tt.kind != "")
		}
	}
}
