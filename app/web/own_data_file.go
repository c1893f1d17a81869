package web

import (
	"bytes"
	"encoding/json"
	"net/http"

	"github.com/gin-gonic/gin"

	"maillage/views"
)

// ownDataFile gives a person their data for another application.
func (s *server) ownDataFile(c *gin.Context, u subject) error {
	p, err := s.ownDataOf(c, u)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	e := json.NewEncoder(&file)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(views.OwnDataFileOf(p)); err != nil {
		return err
	}
	c.Header("Content-Disposition", `attachment; filename="mes-donnees.json"`)
	c.Data(http.StatusOK, "application/json; charset=utf-8", file.Bytes())
	return nil
}

// ownDataText gives a person their data to read and to keep.
func (s *server) ownDataText(c *gin.Context, u subject) error {
	p, err := s.ownDataOf(c, u)
	if err != nil {
		return err
	}
	c.Header("Content-Disposition", `attachment; filename="mes-donnees.txt"`)
	c.Data(http.StatusOK, "text/plain; charset=utf-8", []byte(views.OwnDataText(p)))
	return nil
}
