package network

import "math"

// box is the part of the square where connected organisations go.
type box struct{ left, top, right, bottom float64 }

// fit stretches places to fill the box, each direction by itself.
func (b box) fit(places []Point) {
	low, high := places[0], places[0]
	for _, p := range places {
		low = Point{min(low.X, p.X), min(low.Y, p.Y)}
		high = Point{max(high.X, p.X), max(high.Y, p.Y)}
	}
	for i, p := range places {
		places[i] = Point{
			X: stretch(p.X, low.X, high.X, b.left, b.right),
			Y: stretch(p.Y, low.Y, high.Y, b.top, b.bottom),
		}
	}
}

func stretch(v, low, high, from, to float64) float64 {
	if high == low {
		return (from + to) / 2
	}
	return from + (v-low)/(high-low)*(to-from)
}

func (b box) clamp(p Point) Point {
	return Point{min(max(p.X, b.left), b.right), min(max(p.Y, b.top), b.bottom)}
}

// spread pushes apart places nearer than gap, round after round until none is or it has
// tried enough. Only places in the same or a neighbouring square of a grid are compared.
func (b box) spread(places []Point, gap float64) {
	across := int(math.Ceil(Side/gap)) + 1
	cells := make([][]int, across*across)
	for range 120 {
		for c := range cells {
			cells[c] = cells[c][:0]
		}
		for i, p := range places {
			c := int(p.Y/gap)*across + int(p.X/gap)
			cells[c] = append(cells[c], i)
		}
		moved := false
		for c := range cells {
			moved = b.spreadCell(places, cells, c, across, gap) || moved
		}
		if !moved {
			return
		}
	}
}

// spreadCell parts the places of one square from each other and from those of the four
// squares after it, which the other four see from their side.
func (b box) spreadCell(places []Point, cells [][]int, c, across int, gap float64) bool {
	moved := false
	for k, i := range cells[c] {
		for _, j := range cells[c][k+1:] {
			moved = b.part(places, i, j, gap) || moved
		}
		for _, next := range [4]int{c + 1, c + across - 1, c + across, c + across + 1} {
			if next >= len(cells) {
				continue
			}
			for _, j := range cells[next] {
				moved = b.part(places, i, j, gap) || moved
			}
		}
	}
	return moved
}

// part moves two places nearer than gap half of what is missing each, and reports whether
// it had to. Two at the very same place leave it in a direction that their order decides.
func (b box) part(places []Point, i, j int, gap float64) bool {
	dx, dy := places[j].X-places[i].X, places[j].Y-places[i].Y
	far := math.Hypot(dx, dy)
	if far >= 0.99*gap {
		return false
	}
	if far < 1e-9 {
		dx, dy = math.Cos(float64(i+j)), math.Sin(float64(i+j))
		far = 1
	}
	push := (gap - min(far, gap)) / 2 / far
	if far == 1 {
		push = gap / 2
	}
	places[i] = b.clamp(Point{places[i].X - push*dx, places[i].Y - push*dy})
	places[j] = b.clamp(Point{places[j].X + push*dx, places[j].Y + push*dy})
	return true
}
