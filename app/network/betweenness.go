package network

// Betweenness returns, for each organisation, the share of the pairs of others whose
// shortest way to each other goes through it (« passerelle »), from 0 to 1. Ties count
// alike whatever their meetings. Ulrik Brandes, "A Faster Algorithm for Betweenness
// Centrality", Journal of Mathematical Sociology 25 (2001), in O(organisations × ties).
func (g *Graph) Betweenness() []float64 {
	raw := g.brandes()
	n := float64(len(g.Organisations))
	if n < 3 {
		return raw
	}
	for i := range raw {
		raw[i] /= (n - 1) * (n - 2) / 2
	}
	return raw
}

// brandes returns the betweenness in pairs: how many pairs go through each, a pair with
// several shortest ways counting for the share of them that does.
func (g *Graph) brandes() []float64 {
	n := len(g.Organisations)
	var (
		total   = make([]float64, n)
		passing = make([]float64, n) // pairs from the source that go through, per way
		ways    = make([]float64, n) // shortest ways from the source
		steps   = make([]int, n)
		queue   = make([]int, 0, n)
	)
	for source := range n {
		if g.Degree(source) == 0 {
			continue
		}
		for i := range n {
			passing[i], ways[i], steps[i] = 0, 0, -1
		}
		ways[source], steps[source] = 1, 0
		queue = append(queue[:0], source)
		for at := 0; at < len(queue); at++ {
			v := queue[at]
			for _, w := range g.Partners(v) {
				if steps[w] < 0 {
					steps[w] = steps[v] + 1
					queue = append(queue, w)
				}
				if steps[w] == steps[v]+1 {
					ways[w] += ways[v]
				}
			}
		}
		for at := len(queue) - 1; at > 0; at-- { // farthest first, source left out
			w := queue[at]
			share := (1 + passing[w]) / ways[w]
			for _, v := range g.Partners(w) {
				if steps[v] == steps[w]-1 {
					passing[v] += ways[v] * share
				}
			}
			total[w] += passing[w] / 2 // each pair is met from both ends
		}
	}
	return total
}
