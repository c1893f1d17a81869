package web

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"maillage/app"
)

// confirmOrganisation keeps that who is signed in says the record is right as they saw it.
func (s *server) confirmOrganisation(c *gin.Context, v app.Viewer) error {
	id := app.OrganisationID(c.Param("id"))
	err := s.DB.ConfirmOrganisation(c.Request.Context(), v, id, versionTyped(c), s.Now())
	if err != nil && app.KindOf(err) == app.Conflict {
		return s.organisationWith(c, v, http.StatusConflict, err.Error())
	}
	if err != nil {
		return err
	}
	return s.done(c, directorySection+"/"+string(id), "C’est noté : la fiche est confirmée aujourd’hui.", "")
}

// setRhythm keeps how often a record is to be confirmed.
func (s *server) setRhythm(c *gin.Context, v app.Viewer) error {
	id := app.OrganisationID(c.Param("id"))
	months, _ := strconv.Atoi(formOf(c).typed.Get("rythme")) // one that is not readable is of no list
	if err := s.DB.SetRhythm(c.Request.Context(), v, id, app.Rhythm(months), s.Now()); err != nil {
		return err
	}
	return s.done(c, directorySection+"/"+string(id), "Cette fiche sera à vérifier "+app.Rhythm(months).Words()+".", "")
}
