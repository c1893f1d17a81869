package web

import (
	"strings"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/views"
)

// How many of each kind a search shows: on its page, below the box in the header, and
// when all of one kind are asked for.
const (
	foundOnPage  = 8
	foundQuickly = 4
	foundInAll   = 200
)

func (s *server) searchPage(c *gin.Context, v app.Viewer) error {
	p := views.SearchPage{Query: app.Tidy(c.Query("q")), Only: c.Query("voir"), Limit: foundOnPage, Now: s.Now()}
	if p.Quick = strings.HasSuffix(c.GetHeader("HX-Target"), "trouvailles"); p.Quick {
		p.Limit = foundQuickly
	}
	if p.Only == "personnes" || p.Only == "ateliers" {
		p.Limit = foundInAll
	}
	found, err := s.DB.Search(c.Request.Context(), v, p.Query, p.Limit, p.Now)
	if err != nil {
		return err
	}
	if p.Only != "ateliers" {
		p.People = acquaintances(found.People)
	}
	if p.Only != "personnes" {
		for _, w := range found.Workshops {
			p.Workshops = append(p.Workshops, views.WorkshopRow(w))
		}
	}
	if p.Only != "personnes" && p.Only != "ateliers" {
		p.Rows = organisationRows(found.Organisations)
	}
	if wantsFragment(c) {
		p.Frame = views.Frame{Viewer: v}
		if !p.Quick {
			c.Header("HX-Replace-Url", "/recherche?q="+queryEscape(p.Query))
		}
		return page(c, views.SearchResults(p))
	}
	p.Frame = s.frame(c, v, "Recherche", "")
	return page(c, views.Search(p))
}
