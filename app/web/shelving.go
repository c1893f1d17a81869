package web

import (
	"github.com/gin-gonic/gin"

	"maillage/app"
)

func (s *server) archiveOrganisation(c *gin.Context, v app.Viewer) error {
	id := app.OrganisationID(c.Param("id"))
	if err := s.DB.ArchiveOrganisation(c.Request.Context(), v, id, s.Now()); err != nil {
		return err
	}
	here := directorySection + "/" + string(id)
	return s.done(c, here, "La structure est archivée : elle a quitté les listes, la carte et les invitations. Son histoire reste.", here+"/restauration")
}

func (s *server) restoreOrganisation(c *gin.Context, v app.Viewer) error {
	id := app.OrganisationID(c.Param("id"))
	if err := s.DB.RestoreOrganisation(c.Request.Context(), v, id, s.Now()); err != nil {
		return err
	}
	return s.done(c, directorySection+"/"+string(id), "La structure est de retour dans l’annuaire.", "")
}
