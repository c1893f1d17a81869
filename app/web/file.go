package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"maillage/app/sheet"
)

// spreadsheet sends a list as a file named name that a spreadsheet opens: fill gives row
// its lines, one after the other. What goes wrong before the first line is answered as
// on any page; later the file breaks off.
func spreadsheet(c *gin.Context, name string, columns []string, fill func(row func(cells ...string) error) error) error {
	var file *sheet.Writer
	begin := func() {
		c.Header("Content-Type", sheet.MediaType)
		c.Header("Content-Disposition", `attachment; filename="`+name+`.csv"`)
		c.Status(http.StatusOK)
		file = sheet.NewWriter(c.Writer, columns...)
	}
	err := fill(func(cells ...string) error {
		if file == nil {
			begin()
		}
		return file.Row(cells...)
	})
	if err != nil {
		return err
	}
	if file == nil {
		begin()
	}
	return file.Close()
}

// table sends as a file a table that is made whole; its first row names the columns.
func table(c *gin.Context, name string, rows [][]string) error {
	return spreadsheet(c, name, rows[0], func(row func(...string) error) error {
		for _, cells := range rows[1:] {
			if err := row(cells...); err != nil {
				return err
			}
		}
		return nil
	})
}
