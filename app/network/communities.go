package network

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/simple"
)

// Communities returns the groups of organisations that meet more among themselves than
// with the rest, the largest first; those that met nobody are in none. Ties weigh their
// meetings. Blondel, Guillaume, Lambiotte and Lefebvre, "Fast unfolding of communities in
// large networks" (2008), walked in an order that a fixed seed decides.
func (g *Graph) Communities() [][]int {
	if len(g.Ties) == 0 {
		return nil
	}
	weighted := simple.NewWeightedUndirectedGraph(0, 0)
	for _, t := range g.Ties {
		weighted.SetWeightedEdge(weighted.NewWeightedEdge(simple.Node(t.A), simple.Node(t.B), float64(t.Meetings)))
	}
	var groups [][]int
	for _, nodes := range community.Modularize(weighted, 1, rand.NewPCG(seed, seed)).Communities() {
		groups = append(groups, indexes(nodes))
	}
	slices.SortFunc(groups, func(a, b []int) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a[0], b[0])) })
	return groups
}

func indexes(nodes []graph.Node) []int {
	group := make([]int, len(nodes))
	for i, n := range nodes {
		group[i] = int(n.ID())
	}
	slices.Sort(group)
	return group
}

// seed makes what is drawn by lot come out the same each time.
const seed = 2016
