// Package network measures who meets whom: the graph of the organisations that had
// people in the same workshops, what can be said of it, and where to draw it. It is
// pure: no I/O, no clock, and the same input always gives the same answer.
package network

import (
	"cmp"
	"slices"
	"time"

	"maillage/app"
)

// Tie joins two organisations that met: A and B index Graph.Organisations, A < B.
type Tie struct {
	A, B        int
	Meetings    int // workshops where both had someone present
	First, Last time.Time
}

// Graph is who met whom. Organisations are those asked for, in the order given, also
// those that met nobody; wherever a method takes or returns an int it is an index in it.
type Graph struct {
	Organisations []Organisation
	Ties          []Tie // by A, then B
	Workshops     int   // workshops where at least one of Organisations was present
	Came          []int // by organisation: workshops where it had someone present

	index    map[app.OrganisationID]int
	first    []int // neighbours of i are ends[first[i]:first[i+1]], in rising order
	ends     []int
	meetings []int // along ends
}

// Weave returns the graph of organisations that presences make. Presences of any
// other organisation are left out, so that a filtered list gives the graph inside it.
func Weave(organisations []Organisation, presences []Presence) *Graph {
	g := &Graph{
		Organisations: organisations,
		Came:          make([]int, len(organisations)),
		index:         make(map[app.OrganisationID]int, len(organisations)),
	}
	for i, o := range organisations {
		g.index[o.ID] = i
	}
	ties := map[[2]int]*Tie{}
	for _, room := range g.rooms(presences) {
		g.Workshops++
		for i, a := range room.present {
			g.Came[a]++
			for _, b := range room.present[i+1:] {
				meet(ties, a, b, room.on)
			}
		}
	}
	g.Ties = make([]Tie, 0, len(ties))
	for _, t := range ties {
		g.Ties = append(g.Ties, *t)
	}
	slices.SortFunc(g.Ties, func(s, t Tie) int { return cmp.Or(cmp.Compare(s.A, t.A), cmp.Compare(s.B, t.B)) })
	g.link()
	return g
}

// room is who was present at one workshop: indexes, rising, each once.
type room struct {
	on      time.Time
	present []int
}

func (g *Graph) rooms(presences []Presence) map[app.WorkshopID]*room {
	rooms := map[app.WorkshopID]*room{}
	for _, p := range presences {
		i, asked := g.index[p.Organisation]
		if !asked {
			continue
		}
		r := rooms[p.Workshop.ID]
		if r == nil {
			r = &room{on: p.Workshop.On}
			rooms[p.Workshop.ID] = r
		}
		r.present = append(r.present, i)
	}
	for _, r := range rooms {
		slices.Sort(r.present)
		r.present = slices.Compact(r.present)
	}
	return rooms
}

func meet(ties map[[2]int]*Tie, a, b int, on time.Time) {
	t := ties[[2]int{a, b}]
	if t == nil {
		ties[[2]int{a, b}] = &Tie{A: a, B: b, Meetings: 1, First: on, Last: on}
		return
	}
	t.Meetings++
	if on.Before(t.First) {
		t.First = on
	}
	if on.After(t.Last) {
		t.Last = on
	}
}

// link lays the neighbours of each organisation side by side in memory. Ties are
// sorted, so each list of neighbours comes out in rising order.
func (g *Graph) link() {
	g.first = make([]int, len(g.Organisations)+1)
	for _, t := range g.Ties {
		g.first[t.A+1]++
		g.first[t.B+1]++
	}
	for i := range g.Organisations {
		g.first[i+1] += g.first[i]
	}
	next := slices.Clone(g.first)
	g.ends, g.meetings = make([]int, 2*len(g.Ties)), make([]int, 2*len(g.Ties))
	put := func(from, to, meetings int) {
		g.ends[next[from]], g.meetings[next[from]] = to, meetings
		next[from]++
	}
	for _, t := range g.Ties {
		put(t.B, t.A, t.Meetings)
	}
	for _, t := range g.Ties {
		put(t.A, t.B, t.Meetings)
	}
}

// Find returns the index of an organisation, and whether it is in the graph.
func (g *Graph) Find(id app.OrganisationID) (int, bool) {
	i, ok := g.index[id]
	return i, ok
}

// Partners returns the organisations that i met, in rising order. It may not be changed.
func (g *Graph) Partners(i int) []int { return g.ends[g.first[i]:g.first[i+1]] }

// Degree returns how many organisations i met.
func (g *Graph) Degree(i int) int { return g.first[i+1] - g.first[i] }

// Strength returns the meetings of i with all its partners, one per partner and workshop.
func (g *Graph) Strength(i int) int {
	sum := 0
	for _, m := range g.meetings[g.first[i]:g.first[i+1]] {
		sum += m
	}
	return sum
}

// Tie returns the tie between a and b, and whether they ever met.
func (g *Graph) Tie(a, b int) (Tie, bool) {
	a, b = min(a, b), max(a, b)
	at, found := slices.BinarySearchFunc(g.Ties, [2]int{a, b}, func(t Tie, to [2]int) int {
		return cmp.Or(cmp.Compare(t.A, to[0]), cmp.Compare(t.B, to[1]))
	})
	if !found {
		return Tie{}, false
	}
	return g.Ties[at], true
}

// AtLeast returns the graph of the same organisations that keeps only the ties made
// of at least meetings meetings.
func (g *Graph) AtLeast(meetings int) *Graph {
	if meetings <= 1 {
		return g
	}
	kept := *g
	kept.Ties = nil
	for _, t := range g.Ties {
		if t.Meetings >= meetings {
			kept.Ties = append(kept.Ties, t)
		}
	}
	kept.link()
	return &kept
}
