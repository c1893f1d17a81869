package web

import (
	"io"
	"net/http"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/inclusion"
)

// inclusionFile answers with the structures of the list as it is filtered, but those put
// aside, as data·inclusion has them, in the format that writer writes.
func (s *server) inclusionFile(name, mediaType string, writer func(io.Writer) inclusion.Writer) func(*gin.Context, app.Viewer) error {
	return func(c *gin.Context, v app.Viewer) error {
		f := directoryOf(c, v)
		f.After = ""
		var file inclusion.Writer
		begin := func() { // once there is something to send: what goes wrong before is a page
			if file == nil {
				c.Header("Content-Type", mediaType)
				c.Header("Content-Disposition", `attachment; filename="`+name+`"`)
				c.Status(http.StatusOK)
				file = writer(c.Writer)
			}
		}
		err := s.DB.ExportOrganisations(c.Request.Context(), v, asked(f), s.Now(), func(o app.Organisation) error {
			structure, ok := inclusion.Of(o)
			if !ok || o.Archived() {
				return nil
			}
			begin()
			return file.Structure(structure)
		})
		if err != nil {
			return err
		}
		begin()
		return file.Close()
	}
}
