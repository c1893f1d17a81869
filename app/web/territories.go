package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/views"
)

func (s *server) territoriesPage(c *gin.Context, v app.Viewer) error {
	return s.territoriesWith(c, v, http.StatusOK, queryOf(c))
}

func (s *server) territoriesWith(c *gin.Context, v app.Viewer, status int, f *form) error {
	served, err := s.DB.Served(c.Request.Context(), v)
	if err != nil {
		return err
	}
	p := views.TerritoriesPage{Frame: s.frame(c, v, "Territoires", ""), Form: filled(f)}
	open := map[app.TerritoryID]bool{}
	for _, h := range served {
		open[h.ID] = true
		p.Rows = append(p.Rows, views.TerritoryRow{Territory: h.Territory, Structures: h.Organisations, Conventions: h.Conventions, Accounts: h.Accounts})
	}
	p.Picker = epciPicker(f, "/administration/territoires", open)
	if wantsFragment(c) {
		return render(c, status, views.PickerChoices(p.Picker))
	}
	return render(c, status, views.Territories(p))
}

func (s *server) openTerritory(c *gin.Context, v app.Viewer) error {
	f := formOf(c)
	if f.typed.Get("etape") == "chercher" {
		return s.territoriesWith(c, v, http.StatusOK, f)
	}
	opening := openingOf(f)
	if f.err() != nil {
		return s.territoriesWith(c, v, statuses[app.Invalid], f)
	}
	err := s.DB.OpenTerritory(c.Request.Context(), v, opening, s.Now())
	if app.KindOf(err) == app.Conflict {
		f.fields.Add("epci", err.Error())
		return s.territoriesWith(c, v, statuses[app.Conflict], f)
	}
	if err != nil {
		return err
	}
	return s.done(c, "/administration/territoires", opening.Territory.Name+" est ouvert. Ouvrez maintenant le compte de sa coordination.", "")
}
