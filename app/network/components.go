package network

import (
	"cmp"
	"slices"
)

// Steps returns how many ties away each organisation is from i: 0 for itself, 1 for its
// partners, -1 where no way leads.
func (g *Graph) Steps(i int) []int {
	steps := make([]int, len(g.Organisations))
	for j := range steps {
		steps[j] = -1
	}
	steps[i] = 0
	queue := []int{i}
	for at := 0; at < len(queue); at++ {
		v := queue[at]
		for _, w := range g.Partners(v) {
			if steps[w] < 0 {
				steps[w] = steps[v] + 1
				queue = append(queue, w)
			}
		}
	}
	return steps
}

// Components returns the groups of organisations that some chain of meetings joins, the
// largest first; those that met nobody are in none.
func (g *Graph) Components() [][]int {
	return g.parts(func(i int) bool { return g.Degree(i) > 0 })
}

// parts returns the connected parts of what keep lets through, the largest first.
func (g *Graph) parts(keep func(i int) bool) [][]int {
	seen := make([]bool, len(g.Organisations))
	var parts [][]int
	for i := range g.Organisations {
		if seen[i] || !keep(i) {
			continue
		}
		seen[i] = true
		part := []int{i}
		for at := 0; at < len(part); at++ {
			for _, w := range g.Partners(part[at]) {
				if !seen[w] && keep(w) {
					seen[w] = true
					part = append(part, w)
				}
			}
		}
		slices.Sort(part)
		parts = append(parts, part)
	}
	slices.SortStableFunc(parts, func(a, b []int) int { return cmp.Compare(len(b), len(a)) })
	return parts
}

// Gateway is an organisation without which its partners fall apart: Sides are the groups
// that only it joins, the largest first.
type Gateway struct {
	Organisation int
	Sides        [][]int
}

// Cut returns how many organisations would be cut from the largest side.
func (w Gateway) Cut() int {
	n := 0
	for _, side := range w.Sides[1:] {
		n += len(side)
	}
	return n
}

// Gateways returns the organisations that alone join parts of the network, first those
// that would cut off the most others (the articulation points: Hopcroft and Tarjan 1973).
func (g *Graph) Gateways() []Gateway {
	var gateways []Gateway
	for _, i := range g.articulations() {
		home := g.Steps(i)
		sides := g.parts(func(j int) bool { return j != i && home[j] > 0 })
		gateways = append(gateways, Gateway{i, sides})
	}
	slices.SortStableFunc(gateways, func(a, b Gateway) int { return cmp.Compare(b.Cut(), a.Cut()) })
	return gateways
}

// articulations returns the organisations whose removal splits their component: in a
// depth-first walk, those with a child from which nothing leads above them.
func (g *Graph) articulations() []int {
	n := len(g.Organisations)
	var (
		entered = make([]int, n) // when the walk met it, from 1
		highest = make([]int, n) // the earliest met that it or what is below it leads to
		parent  = make([]int, n)
		next    = make([]int, n) // which partner to look at next
		cut     = make([]bool, n)
		clock   = 0
	)
	for root := range n {
		if entered[root] > 0 || g.Degree(root) == 0 {
			continue
		}
		clock++
		entered[root], highest[root], parent[root] = clock, clock, -1
		children := 0
		for v := root; v >= 0; {
			partners := g.Partners(v)
			if next[v] == len(partners) { // done with v: tell its parent
				p := parent[v]
				if p >= 0 {
					highest[p] = min(highest[p], highest[v])
					cut[p] = cut[p] || p != root && highest[v] >= entered[p]
				}
				v = p
				continue
			}
			w := partners[next[v]]
			next[v]++
			switch {
			case entered[w] == 0:
				clock++
				entered[w], highest[w], parent[w] = clock, clock, v
				if v == root {
					children++
				}
				v = w
			case w != parent[v]:
				highest[v] = min(highest[v], entered[w])
			}
		}
		cut[root] = children > 1
	}
	return g.where(func(i int) bool { return cut[i] })
}
