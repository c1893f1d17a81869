package network

import (
	"math"
	"math/rand/v2"
)

// Side is the length of the square that Layout draws in.
const Side = 1000.0

// Point is a place in the square of Side, y going down.
type Point struct{ X, Y float64 }

// Drawing is where each organisation is drawn.
type Drawing struct {
	Places []Point // by organisation
	Gap    float64 // discs of this width hardly overlap: those of organisations that met
	Small  float64 // the same for those that met nobody
	Shelf  float64 // those that met nobody are all below this height, the others above
}

// Layout returns where to draw each organisation: partners near each other, groups apart,
// those that met nobody in rows along the bottom. The same graph is always drawn the same.
func (g *Graph) Layout() Drawing {
	connected, isolated := g.Connected(), g.Isolated()
	d := Drawing{
		Places: make([]Point, len(g.Organisations)),
		Gap:    spacing(len(connected), 60),
		Small:  spacing(len(g.Organisations), 24),
	}
	d.shelve(isolated)
	if len(connected) == 0 {
		return d
	}
	body := newBody(g, connected)
	body.settle()
	box := box{left: d.Gap, top: d.Gap, right: Side - d.Gap, bottom: d.Shelf - d.Gap}
	box.fit(body.at)
	box.spread(body.at, d.Gap)
	for k, i := range connected {
		d.Places[i] = body.at[k]
	}
	return d
}

// spacing returns how far apart n places are kept: the fewer, the farther.
func spacing(n int, most float64) float64 {
	return min(most, 0.62*Side/math.Sqrt(float64(max(n, 1))))
}

// shelve places the isolated in rows along the bottom, centred, and sets the shelf.
func (d *Drawing) shelve(isolated []int) {
	d.Shelf = Side
	if len(isolated) == 0 {
		return
	}
	across := int(Side/d.Small) - 1
	lines := (len(isolated) + across - 1) / across
	across = (len(isolated) + lines - 1) / lines
	top := Side - d.Small*(float64(lines)-0.5)
	for k, i := range isolated {
		inRow := min(across, len(isolated)-k/across*across)
		d.Places[i] = Point{
			X: Side/2 + d.Small*(float64(k%across)-float64(inRow-1)/2),
			Y: top + d.Small*float64(k/across),
		}
	}
	d.Shelf = top - 2*d.Small
}

// body is the connected organisations as charged particles joined by springs.
type body struct {
	at    []Point
	pull  []Point // the force on each, rewritten at every round
	mass  []float64
	links []link
}

type link struct {
	a, b   int
	weight float64
}

// newBody starts the groups around a circle, each member near its group.
func newBody(g *Graph, connected []int) *body {
	b := &body{
		at:   make([]Point, len(connected)),
		pull: make([]Point, len(connected)),
		mass: make([]float64, len(connected)),
	}
	local := make([]int, len(g.Organisations))
	for k, i := range connected {
		local[i] = k
		b.mass[k] = 1 + math.Sqrt(float64(g.Degree(i)))
	}
	for _, t := range g.Ties {
		b.links = append(b.links, link{local[t.A], local[t.B], math.Sqrt(float64(t.Meetings))})
	}
	random := rand.New(rand.NewPCG(seed, seed))
	for k := range b.at {
		angle, radius := 2*math.Pi*random.Float64(), math.Sqrt(random.Float64())
		b.at[k] = Point{radius * math.Cos(angle), radius * math.Sin(angle)}
	}
	return b
}

// settle moves the particles until they rest: all push each other away, ties pull, and a
// slight weight keeps separate parts together. The longest allowed move shrinks to nothing.
func (b *body) settle() {
	n := float64(len(b.at))
	rounds := int(min(260, max(110, 1.1e8/(n*n))))
	b.scale(math.Sqrt(n))
	for round := range rounds {
		b.repel()
		b.attract()
		b.move(0.12 * math.Sqrt(n) * math.Pow(1-float64(round)/float64(rounds), 1.5))
	}
}

func (b *body) scale(by float64) {
	for k := range b.at {
		b.at[k].X, b.at[k].Y = by*b.at[k].X, by*b.at[k].Y
	}
}

func (b *body) repel() {
	at, pull, mass := b.at, b.pull, b.mass
	clear(pull)
	for i := range at {
		x, y, m := at[i].X, at[i].Y, mass[i]
		var fx, fy float64
		for j := i + 1; j < len(at); j++ {
			dx, dy := x-at[j].X, y-at[j].Y
			f := m * mass[j] / (dx*dx + dy*dy + 0.01)
			fx, fy = fx+f*dx, fy+f*dy
			pull[j].X -= f * dx
			pull[j].Y -= f * dy
		}
		pull[i].X += fx
		pull[i].Y += fy
	}
}

func (b *body) attract() {
	for _, l := range b.links {
		dx, dy := b.at[l.a].X-b.at[l.b].X, b.at[l.a].Y-b.at[l.b].Y
		f := l.weight
		b.pull[l.a].X -= f * dx
		b.pull[l.a].Y -= f * dy
		b.pull[l.b].X += f * dx
		b.pull[l.b].Y += f * dy
	}
	for k := range b.at { // gravity
		b.pull[k].X -= 0.3 * b.mass[k] * b.at[k].X
		b.pull[k].Y -= 0.3 * b.mass[k] * b.at[k].Y
	}
}

func (b *body) move(most float64) {
	for k, p := range b.pull {
		force := math.Hypot(p.X, p.Y)
		if force == 0 {
			continue
		}
		step := min(most, force/b.mass[k]) / force
		b.at[k].X += step * p.X
		b.at[k].Y += step * p.Y
	}
}
