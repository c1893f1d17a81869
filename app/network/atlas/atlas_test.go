package atlas

import (
	"math"
	"strings"
	"testing"

	"maillage/app"
)

const (
	west = `{"type":"Polygon","coordinates":[[[1.4,44.7],[1.6,44.7],[1.6,45],[1.4,45],[1.4,44.7]]]}`
	east = `{"type":"MultiPolygon","coordinates":[[[[1.6,44.7],[1.8,44.7],[1.8,45],[1.6,45],[1.6,44.7]]],[[[1.9,44.7],[1.95,44.7],[1.9,44.8],[1.9,44.7]]]]}`
)

func commune(code app.CommuneCode, outline string) Commune {
	return Commune{app.Commune{Code: code, Name: string(code)}, outline}
}

func TestCommunesAreDrawnInsideTheFrame(t *testing.T) {
	a, err := Draw([]Commune{commune("west", west), commune("east", east), commune("unknown", "")})
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Communes) != 3 || a.Communes[2].Path != "" {
		t.Fatalf("communes = %v, want three, the last without path", a.Communes)
	}
	if got := strings.Count(a.Communes[1].Path, "z"); got != 2 {
		t.Errorf("path %q has %d rings, want 2", a.Communes[1].Path, got)
	}
	if a.Height < 1000 || a.Height > 2200 {
		t.Errorf("height = %d: 0.55° by 0.3° at 45° north is about three wide for two high", a.Height)
	}
}

func TestAPlaceIsWhereAWebMapShowsIt(t *testing.T) {
	a, err := Draw([]Commune{commune("west", west)})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name   string
		p      app.Point
		inside bool
	}{
		{"the north-west corner", a.NorthWest, true},
		{"the middle", app.Point{Latitude: 44.85, Longitude: 1.5}, true},
		{"Paris", app.Point{Latitude: 48.85, Longitude: 2.35}, false},
		{"nowhere", app.Point{}, false},
	} {
		x, y, inside := a.Locate(tt.p)
		if inside != tt.inside {
			t.Errorf("%s is at %.1f, %.1f: inside = %v, want %v", tt.name, x, y, inside, tt.inside)
		}
		if back := a.point(x, y); inside && math.Hypot(back.Latitude-tt.p.Latitude, back.Longitude-tt.p.Longitude) > 1e-9 {
			t.Errorf("%s comes back as %v, want %v", tt.name, back, tt.p)
		}
	}
	if x, _, _ := a.Locate(app.Point{Latitude: 44.85, Longitude: 1.5}); math.Abs(x-Width/2) > 1 {
		t.Errorf("the middle of the longitudes is drawn at %.1f of %d", x, Width)
	}
}

func TestNothingToDrawGivesAnEmptyAtlas(t *testing.T) {
	a, err := Draw(nil)
	if err != nil || a.Height != 0 || len(a.Communes) != 0 {
		t.Errorf("Draw(nil) = %v, %v; want an empty atlas", a, err)
	}
	if _, _, inside := a.Locate(app.Point{Latitude: 44, Longitude: 1}); inside {
		t.Error("a place is inside an empty atlas")
	}
}

func TestWhatIsNotAPolygonIsRefusedWithItsCommune(t *testing.T) {
	for _, outline := range []string{`{"type":"Point","coordinates":[1,2]}`, `{`, `{"type":"Polygon","coordinates":[1]}`} {
		if _, err := Draw([]Commune{commune("46128", outline)}); err == nil || !strings.Contains(err.Error(), "46128") {
			t.Errorf("Draw of %s: error %v, want one that names 46128", outline, err)
		}
	}
}
