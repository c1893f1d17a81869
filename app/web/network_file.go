package web

import (
	"bytes"
	"net/http"

	"github.com/gin-gonic/gin"

	"maillage/app/sheet"
)

// networkFile sends a table as a file that a spreadsheet opens; its first row names the columns.
func networkFile(c *gin.Context, name string, rows [][]string) error {
	var body bytes.Buffer
	w := sheet.NewWriter(&body, rows[0]...)
	for _, row := range rows[1:] {
		if err := w.Row(row...); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	c.Header("Content-Disposition", `attachment; filename="`+name+`.csv"`)
	c.Data(http.StatusOK, sheet.MediaType, body.Bytes())
	return nil
}
