package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/network"
	"maillage/app/network/atlas"
	"maillage/views"
)

const networkSection = "/reseau/carte"

func (s *server) mapPage(c *gin.Context, v app.Viewer) error {
	p, err := s.placesOf(c, v)
	if err != nil {
		return err
	}
	p.Frame = s.frame(c, v, "Carte du réseau", networkSection)
	p.Frame.Styles = []string{"vendor/leaflet/leaflet.css", "vendor/leaflet.markercluster/MarkerCluster.css"}
	p.Frame.Scripts = []string{"vendor/leaflet/leaflet.js", "vendor/leaflet.markercluster/leaflet.markercluster.js", "js/map.js"}
	return page(c, views.Map(p))
}

func (s *server) mapFile(c *gin.Context, v app.Viewer) error {
	p, err := s.placesOf(c, v)
	if err != nil {
		return err
	}
	return table(c, "carte", views.MapRows(p))
}

func (s *server) placesOf(c *gin.Context, v app.Viewer) (p views.MapPage, err error) {
	ctx := c.Request.Context()
	p = views.MapPage{Tiles: s.Tiles, Credit: s.TilesCredit}
	p.Filter.Category, p.Filter.Theme = among(c.Query("categorie"), app.Categories), among(c.Query("theme"), app.Themes)
	if p.Atlas, err = s.networks.atlas(ctx, v.Territory); err != nil {
		return p, err
	}
	p.Places, err = s.DB.Places(ctx, v.Territory, atlas.Filter{Category: p.Filter.Category, Theme: p.Filter.Theme})
	p.Sort, p.Reversed = sortOf(c, string(atlas.ByCommune), string(atlas.ByName), string(atlas.ByCategory), string(atlas.ByWhere))
	p.Atlas.Sort(p.Places, atlas.Column(p.Sort), p.Reversed)
	return p, err
}

func (s *server) graphPage(c *gin.Context, v app.Viewer) error {
	p, _, err := s.graphOf(c, v)
	if err != nil {
		return err
	}
	p.Frame = s.frame(c, v, "Qui rencontre qui", networkSection)
	p.Frame.Scripts = []string{"js/graph.js"}
	return page(c, views.Graph(p))
}

func (s *server) graphData(c *gin.Context, v app.Viewer) error {
	p, _, err := s.graphOf(c, v)
	if err != nil {
		return err
	}
	c.JSON(http.StatusOK, p.Data())
	return nil
}

func (s *server) graphFile(c *gin.Context, v app.Viewer) error {
	p, _, err := s.graphOf(c, v)
	if err != nil {
		return err
	}
	return table(c, "rencontres", views.GraphRows(p))
}

func (s *server) graphOf(c *gin.Context, v app.Viewer) (p views.GraphPage, w *woven, err error) {
	p = views.GraphPage{Focus: -1, Steps: between(c.Query("pas"), 1, 1, 3)}
	if p.Filter, err = s.networkFilter(c, v); err != nil {
		return p, nil, err
	}
	if w, err = s.networks.of(c.Request.Context(), v.Territory, s.Now()); err != nil {
		return p, nil, err
	}
	p.Portrait = w.portrait(p.Filter.Selection)
	if i, found := p.Portrait.Find(app.OrganisationID(c.Query("structure"))); found {
		p.Focus = i
	}
	by, reversed := sortOf(c, string(network.ByPartners), string(network.ByName), string(network.ByCategory), string(network.ByMeetings),
		string(network.ByWorkshops), string(network.ByBetweenness), string(network.ByGroup))
	p.Sort, p.Reversed = network.Column(by), reversed
	return p, w, nil
}

func (s *server) indicatorsPage(c *gin.Context, v app.Viewer) error {
	p, err := s.indicatorsOf(c, v)
	if err != nil {
		return err
	}
	p.Frame = s.frame(c, v, "Le réseau en chiffres", networkSection)
	return page(c, views.Indicators(p))
}

func (s *server) indicatorsFile(c *gin.Context, v app.Viewer) error {
	p, err := s.indicatorsOf(c, v)
	if err != nil {
		return err
	}
	return table(c, "indicateurs", views.IndicatorRows(p))
}

func (s *server) indicatorsOf(c *gin.Context, v app.Viewer) (views.IndicatorsPage, error) {
	graph, w, err := s.graphOf(c, v)
	if err != nil {
		return views.IndicatorsPage{}, err
	}
	return views.IndicatorsPage{
		Filter: graph.Filter, Portrait: graph.Portrait, Engagements: w.engagements, Now: s.Now(),
		Months: between(c.Query("mois"), 12, 1, 120), Invitations: between(c.Query("invitations"), 3, 1, 50),
	}, nil
}

// networkFilter reads the filters of an address; what is of no list is as if not there.
func (s *server) networkFilter(c *gin.Context, v app.Viewer) (f views.NetworkFilter, err error) {
	conventions, err := s.DB.Conventions(c.Request.Context(), v.Territory)
	if err != nil {
		return f, err
	}
	f.Phases, f.Axes = views.PhaseOptions(conventions), views.AxisOptions(conventions)
	f.Category, f.Theme = among(c.Query("categorie"), app.Categories), among(c.Query("theme"), app.Themes)
	f.Phase, f.Axis = app.PhaseID(offered(c, "phase", f.Phases)), app.AxisID(offered(c, "axe", f.Axes))
	f.From, f.To = dayOf(c, "du"), dayOf(c, "au")
	f.Meetings = between(c.Query("rencontres"), 1, 1, 50)
	return f, nil
}

// offered reads one of options from an address, "" for anything else.
func offered(c *gin.Context, name string, options []views.Option) string {
	value := c.Query(name)
	for _, o := range options {
		if o.Value == value {
			return value
		}
	}
	return ""
}

// dayOf reads a day from an address, "" when it is not one.
func dayOf(c *gin.Context, name string) app.Date {
	day, err := app.ParseDate(c.Query(name))
	if err != nil {
		return ""
	}
	return day
}

// between reads a whole number from least to most, usual when it is not one.
func between(value string, usual, least, most int) int {
	n, err := strconv.Atoi(value)
	if err != nil || n < least || n > most {
		return usual
	}
	return n
}

// sortOf reads by which column a table is sorted, "-" before it for the other way round;
// by usual when it is none of columns.
func sortOf(c *gin.Context, usual string, columns ...string) (by string, reversed bool) {
	by, reversed = strings.CutPrefix(c.Query("tri"), "-")
	for _, column := range append(columns, usual) {
		if by == column {
			return by, reversed
		}
	}
	return usual, false
}
