package web

import (
	"github.com/a-h/templ"
	"github.com/gin-gonic/gin"

	"maillage/views"
)

func (s *server) helpPage(c *gin.Context) error { return s.leaflet(c, "Aide", views.Help) }
func (s *server) rightsPage(c *gin.Context) error {
	return s.leaflet(c, "Qui a le droit de quoi", views.Rights)
}
func (s *server) sourcesPage(c *gin.Context) error { return s.leaflet(c, "Sources", views.Sources) }

func (s *server) accessibilityPage(c *gin.Context) error {
	return s.leaflet(c, "Accessibilité", views.Accessibility)
}

// leaflet is a page that everybody may read.
func (s *server) leaflet(c *gin.Context, title string, view func(views.Frame) templ.Component) error {
	viewer, err := s.viewer(c)
	if err != nil {
		return err
	}
	return page(c, view(s.frame(c, viewer, title, "")))
}
