package network

// Pairs returns how many pairs of organisations could meet.
func (g *Graph) Pairs() int { return len(g.Organisations) * (len(g.Organisations) - 1) / 2 }

// Density returns the share of possible pairs that met, from 0 to 1; 0 for fewer than
// two organisations.
func (g *Graph) Density() float64 { return share(len(g.Ties), g.Pairs()) }

// Crossing returns how many ties join organisations of different categories.
func (g *Graph) Crossing() int {
	n := 0
	for _, t := range g.Ties {
		if g.Organisations[t.A].Category != g.Organisations[t.B].Category {
			n++
		}
	}
	return n
}

// CrossShare returns the share of ties that join different categories, from 0 to 1
// (« décloisonnement »); 0 when there is no tie.
func (g *Graph) CrossShare() float64 { return share(g.Crossing(), len(g.Ties)) }

// ExpectedCrossShare returns what CrossShare would be if the same organisations met
// without regard to their category: the share of possible pairs of different ones.
// Above it the workshops mix; below it people stay among their own.
func (g *Graph) ExpectedCrossShare() float64 {
	sizes := map[string]int{}
	for _, o := range g.Organisations {
		sizes[string(o.Category)]++
	}
	same := 0
	for _, n := range sizes {
		same += n * (n - 1) / 2
	}
	return share(g.Pairs()-same, g.Pairs())
}

// Connected returns the organisations that met at least one other.
func (g *Graph) Connected() []int { return g.where(func(i int) bool { return g.Degree(i) > 0 }) }

// Isolated returns the organisations that met no other: they never came, or came alone.
func (g *Graph) Isolated() []int { return g.where(func(i int) bool { return g.Degree(i) == 0 }) }

func (g *Graph) where(keep func(i int) bool) []int {
	var kept []int
	for i := range g.Organisations {
		if keep(i) {
			kept = append(kept, i)
		}
	}
	return kept
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
