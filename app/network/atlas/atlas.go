// Package atlas draws a territory: the outlines of its communes and the places in them,
// projected as web maps project them, so that a drawing can be laid over one exactly.
package atlas

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"maillage/app"
)

// Width is how wide an atlas is drawn; its height follows from the territory.
const Width = 2000

// Commune is a commune to draw; Outline is a GeoJSON geometry (RFC 7946), or "".
type Commune struct {
	app.Commune
	Outline string
}

// Atlas is a territory drawn.
type Atlas struct {
	Height               int
	Communes             []Drawn
	NorthWest, SouthEast app.Point // the corners of the drawing

	points             map[app.CommuneCode]app.Point // of Communes
	west, north, scale float64                       // of the projected world
}

// Drawn is a commune with its outline as the path of an SVG, "" when it is not known.
type Drawn struct {
	app.Commune
	Path string
}

// position is a longitude and a latitude, or the two once projected.
type position [2]float64

// Draw returns the atlas of communes. Those without outline count by their point. With
// nothing to draw it returns an atlas of no height. The error tells which outline is not
// a polygon.
func Draw(communes []Commune) (*Atlas, error) {
	shapes := make([][][]position, len(communes))
	low, high := position{math.Inf(1), math.Inf(1)}, position{math.Inf(-1), math.Inf(-1)}
	reach := func(p position) {
		low = position{min(low[0], p[0]), min(low[1], p[1])}
		high = position{max(high[0], p[0]), max(high[1], p[1])}
	}
	for i, m := range communes {
		rings, err := rings(m.Outline)
		if err != nil {
			return nil, fmt.Errorf("outline of %s: %w", m.Code, err)
		}
		shapes[i] = rings
		for _, ring := range rings {
			for k, p := range ring {
				ring[k] = project(p)
				reach(ring[k])
			}
		}
		if m.Point.Known() {
			reach(project(position{m.Point.Longitude, m.Point.Latitude}))
		}
	}
	if low[0] > high[0] {
		return &Atlas{}, nil
	}
	a := frame(low, high)
	for i, m := range communes {
		a.Communes = append(a.Communes, Drawn{m.Commune, a.path(shapes[i])})
		a.points[m.Code] = m.Point
	}
	return a, nil
}

// frame returns an empty atlas that shows what lies between two corners, with a margin.
func frame(low, high position) *Atlas {
	margin := 0.015*max(high[0]-low[0], high[1]-low[1]) + 1e-5
	a := &Atlas{points: map[app.CommuneCode]app.Point{}, west: low[0] - margin, north: low[1] - margin}
	a.scale = Width / (high[0] + margin - a.west)
	a.Height = int(math.Ceil((high[1] + margin - a.north) * a.scale))
	a.NorthWest, a.SouthEast = a.point(0, 0), a.point(Width, float64(a.Height))
	return a
}

// Locate returns where a point is in the drawing, and whether it is inside.
func (a *Atlas) Locate(p app.Point) (x, y float64, inside bool) {
	if a.scale == 0 || !p.Known() {
		return 0, 0, false
	}
	at := project(position{p.Longitude, p.Latitude})
	x, y = (at[0]-a.west)*a.scale, (at[1]-a.north)*a.scale
	return x, y, x >= 0 && y >= 0 && x <= Width && y <= float64(a.Height)
}

// project is the spherical Mercator projection of web maps (EPSG:3857), in radians, y down.
func project(p position) position {
	return position{p[0] * math.Pi / 180, -math.Asinh(math.Tan(p[1] * math.Pi / 180))}
}

// point is the inverse of Locate.
func (a *Atlas) point(x, y float64) app.Point {
	return app.Point{
		Latitude:  -math.Atan(math.Sinh(y/a.scale+a.north)) * 180 / math.Pi,
		Longitude: (x/a.scale + a.west) * 180 / math.Pi,
	}
}

// rings returns the rings of a Polygon or a MultiPolygon.
func rings(geometry string) ([][]position, error) {
	if geometry == "" {
		return nil, nil
	}
	var g struct {
		Type        string
		Coordinates json.RawMessage
	}
	if err := json.Unmarshal([]byte(geometry), &g); err != nil {
		return nil, err
	}
	switch g.Type {
	case "Polygon":
		var polygon [][]position
		err := json.Unmarshal(g.Coordinates, &polygon)
		return polygon, err
	case "MultiPolygon":
		var polygons [][][]position
		err := json.Unmarshal(g.Coordinates, &polygons)
		var all [][]position
		for _, polygon := range polygons {
			all = append(all, polygon...)
		}
		return all, err
	}
	return nil, fmt.Errorf("%q is not a polygon", g.Type)
}

// path writes rings on the whole units of the drawing. Neighbours share their points, so
// they round alike and no gap opens between two communes.
func (a *Atlas) path(rings [][]position) string {
	var b []byte
	for _, ring := range rings {
		var x, y int
		drawn := 0
		for _, p := range ring {
			nx, ny := int(math.Round((p[0]-a.west)*a.scale)), int(math.Round((p[1]-a.north)*a.scale))
			switch {
			case drawn == 0:
				b = pair(append(b, 'M'), nx, ny)
				b = append(b, 'l')
			case nx == x && ny == y:
				continue
			default:
				if drawn > 1 && nx >= x {
					b = append(b, ' ')
				}
				b = pair(b, nx-x, ny-y)
			}
			x, y = nx, ny
			drawn++
		}
		if drawn > 0 {
			if drawn == 1 {
				b = pair(b, 0, 0)
			}
			b = append(b, 'z')
		}
	}
	return string(b)
}

// pair writes two numbers with the least between them: a minus sign parts them too.
func pair(b []byte, x, y int) []byte {
	b = strconv.AppendInt(b, int64(x), 10)
	if y >= 0 {
		b = append(b, ' ')
	}
	return strconv.AppendInt(b, int64(y), 10)
}
