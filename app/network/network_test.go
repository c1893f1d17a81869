package network

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"maillage/app"
)

// rooms returns the graph of workshops written as the names of who was there.
func rooms(t testing.TB, organisations string, workshops ...string) *Graph {
	t.Helper()
	var all []Organisation
	for _, name := range strings.Fields(organisations) {
		all = append(all, Organisation{ID: app.OrganisationID(name), Name: name, Category: app.Category(name[:1])})
	}
	var presences []Presence
	for k, workshop := range workshops {
		for _, name := range strings.Fields(workshop) {
			presences = append(presences, Presence{
				Workshop:     held(k),
				Organisation: app.OrganisationID(name),
			})
		}
	}
	return Weave(all, presences)
}

// held is the workshop of day k.
func held(k int) Workshop { return Workshop{ID: app.WorkshopID(fmt.Sprint(k)), On: day(k)} }

func day(k int) time.Time { return time.Date(2026, 1, 1+k, 9, 0, 0, 0, time.UTC) }

func TestATieCountsTheWorkshopsWhereBothWere(t *testing.T) {
	g := rooms(t, "a1 a2 b1 b2 c1", "a1 a2 a1 a1", "a2 a1 b1", "a1 unknown", "b2")
	want := []Tie{
		{A: 0, B: 1, Meetings: 2, First: day(0), Last: day(1)},
		{A: 0, B: 2, Meetings: 1, First: day(1), Last: day(1)},
		{A: 1, B: 2, Meetings: 1, First: day(1), Last: day(1)},
	}
	if !reflect.DeepEqual(g.Ties, want) {
		t.Errorf("ties = %v\nwant %v", g.Ties, want)
	}
	if got, want := g.Came, []int{3, 2, 1, 1, 0}; !slices.Equal(got, want) {
		t.Errorf("workshops by organisation = %v, want %v", got, want)
	}
	if g.Workshops != 4 {
		t.Errorf("workshops = %d, want 4", g.Workshops)
	}
	if got, want := g.Isolated(), []int{3, 4}; !slices.Equal(got, want) {
		t.Errorf("isolated = %v, want %v: coming alone meets nobody", got, want)
	}
	if g.Degree(0) != 2 || g.Strength(0) != 3 || !slices.Equal(g.Partners(1), []int{0, 2}) {
		t.Errorf("degree %d, strength %d, partners %v; want 2, 3, [0 2]", g.Degree(0), g.Strength(0), g.Partners(1))
	}
	if tie, met := g.Tie(1, 0); !met || tie.Meetings != 2 {
		t.Errorf("tie of 1 and 0 = %v, %v; want 2 meetings", tie, met)
	}
	if _, met := g.Tie(0, 4); met {
		t.Error("organisations that never met have a tie")
	}
	if kept := g.AtLeast(2); len(kept.Ties) != 1 || kept.Degree(2) != 0 || g.Degree(2) != 2 {
		t.Errorf("ties of two meetings = %v, degree %d, or the graph it came from changed", kept.Ties, kept.Degree(2))
	}
}

func TestSharesOfSmallGraphs(t *testing.T) {
	for _, tt := range []struct {
		name                     string
		graph                    *Graph
		density, cross, expected float64
	}{
		{"nobody", rooms(t, ""), 0, 0, 0},
		{"one", rooms(t, "a1", "a1"), 0, 0, 0},
		{"two strangers", rooms(t, "a1 b1", "a1", "b1"), 0, 0, 1},
		{"everyone in one room", rooms(t, "a1 a2 b1", "a1 a2 b1"), 1, 2. / 3, 2. / 3},
		{"each among their own", rooms(t, "a1 a2 b1 b2", "a1 a2", "b1 b2"), 1. / 3, 0, 2. / 3},
		{"only across", rooms(t, "a1 a2 b1 b2", "a1 b1", "a2 b2"), 1. / 3, 1, 2. / 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := tt.graph
			if got := [3]float64{g.Density(), g.CrossShare(), g.ExpectedCrossShare()}; got != [3]float64{tt.density, tt.cross, tt.expected} {
				t.Errorf("density, cross share, expected = %v, want %v %v %v", got, tt.density, tt.cross, tt.expected)
			}
			g.Measure() // no measure fails on it
		})
	}
}

func TestAGatewayAloneJoinsItsSides(t *testing.T) {
	//  a1 a2 a3 ─ x ─ b1 b2 ─ y ─ c1, and d1 d2 apart
	g := rooms(t, "a1 a2 a3 x b1 b2 y c1 d1 d2 z", "a1 a2 a3 x", "x b1 b2", "b1 y", "b2 y", "y c1", "d1 d2", "z")
	want := []Gateway{
		{3, [][]int{{4, 5, 6, 7}, {0, 1, 2}}},
		{6, [][]int{{0, 1, 2, 3, 4, 5}, {7}}},
	}
	if got := g.Gateways(); !reflect.DeepEqual(got, want) {
		t.Errorf("gateways = %v\nwant %v", got, want)
	}
	if got, want := g.Components(), [][]int{{0, 1, 2, 3, 4, 5, 6, 7}, {8, 9}}; !reflect.DeepEqual(got, want) {
		t.Errorf("components = %v, want %v", got, want)
	}
	if got, want := g.Steps(0), []int{0, 1, 1, 1, 2, 2, 3, 4, -1, -1, -1}; !slices.Equal(got, want) {
		t.Errorf("steps from a1 = %v, want %v", got, want)
	}
}

func TestGatewaysAreExactlyWhatSplitsTheNetwork(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for range 200 {
		g := plausible(random, 4+random.IntN(14), 1+random.IntN(9), 3)
		var want []int
		for i := range g.Organisations {
			whole, without := len(g.Components()), len(g.parts(func(j int) bool { return j != i && g.Degree(j) > 0 }))
			if g.Degree(i) > 0 && without > whole {
				want = append(want, i)
			}
		}
		if got := g.articulations(); !slices.Equal(got, want) {
			t.Fatalf("gateways = %v, want %v, of %v", got, want, g.Ties)
		}
	}
}

func TestCommunitiesAreGroupsThatMeetAmongThemselves(t *testing.T) {
	g := rooms(t, "a1 b1 a2 b2 a3 b3 z", "a1 a2 a3", "a1 a2 a3", "b1 b2 b3", "b1 b2 b3", "a1 b1")
	want := [][]int{{0, 2, 4}, {1, 3, 5}}
	if got := g.Communities(); !reflect.DeepEqual(got, want) {
		t.Errorf("communities = %v, want %v", got, want)
	}
	if got, want := g.Measure().Community, []int{0, 1, 0, 1, 0, 1, -1}; !slices.Equal(got, want) {
		t.Errorf("community by organisation = %v, want %v", got, want)
	}
}

func TestTheTableIsSortedByAnyColumn(t *testing.T) {
	p := rooms(t, "c1 a1 b1 d1", "c1 a1 b1", "a1 b1", "a1").Measure()
	for _, tt := range []struct {
		by       Column
		reversed bool
		want     []int
	}{
		{ByName, false, []int{0, 1, 2, 3}},
		{ByName, true, []int{3, 2, 1, 0}},
		{ByCategory, false, []int{1, 2, 0, 3}},
		{ByPartners, false, []int{1, 2, 0, 3}},
		{ByMeetings, true, []int{3, 0, 1, 2}},
		{ByWorkshops, false, []int{1, 2, 0, 3}},
		{ByBetweenness, false, []int{0, 1, 2, 3}},
		{ByGroup, false, []int{0, 1, 2, 3}},
		{"anything", false, []int{1, 2, 0, 3}},
	} {
		if got := p.Order(tt.by, tt.reversed); !slices.Equal(got, tt.want) {
			t.Errorf("by %s, reversed %v: %v, want %v", tt.by, tt.reversed, got, tt.want)
		}
	}
}

func TestWhoIsToBeCalledAgain(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name string
		e    Engagement
		want Dormancy
	}{
		{"never invited", Engagement{}, Awake},
		{"came last month", Engagement{Invited: 3, Came: 2, Last: now.AddDate(0, -1, 0)}, Awake},
		{"came exactly six months ago", Engagement{Came: 1, Last: now.AddDate(0, -6, 0)}, Awake},
		{"not seen for longer", Engagement{Came: 1, Last: now.AddDate(0, -6, -1)}, Unseen},
		{"invited twice, never came", Engagement{Invited: 2, Missed: 2}, Awake},
		{"invited three times, never came", Engagement{Invited: 3, Missed: 3}, Unanswered},
		{"came lately, then missed three", Engagement{Invited: 9, Came: 1, Last: now.AddDate(0, -2, 0), Missed: 3}, Unanswered},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.e.Dormant(now, 6, 3); got != tt.want {
				t.Errorf("dormant = %v, want %v", got, tt.want)
			}
		})
	}
}

func TestOrganisationsAreDrawnApartInTheSquareAndAlwaysAlike(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	for _, g := range []*Graph{
		rooms(t, "a1", "a1"),
		rooms(t, "a1 b1", "a1 b1"),
		rooms(t, "a1 b1 c1 d1", "a1 b1", "c1 d1"),
		plausible(random, 60, 12, 9),
		plausible(random, 300, 60, 14),
	} {
		drawing := g.Layout()
		places := drawing.Places
		if !slices.Equal(places, g.Layout().Places) {
			t.Error("the same graph was drawn in two ways")
		}
		crowded := 0
		for i, p := range places {
			if p.X < 0 || p.X > Side || p.Y < 0 || p.Y > Side || math.IsNaN(p.X+p.Y) {
				t.Fatalf("organisation %d of %d is drawn at %v, out of the square", i, len(places), p)
			}
			apart := drawing.Gap
			if g.Degree(i) == 0 {
				apart = drawing.Small
			}
			if (g.Degree(i) == 0) != (p.Y > drawing.Shelf) {
				t.Errorf("organisation %d of degree %d is drawn on the wrong side of the shelf", i, g.Degree(i))
			}
			for _, q := range places[i+1:] {
				if math.Hypot(p.X-q.X, p.Y-q.Y) < 0.8*apart {
					crowded++
				}
			}
		}
		if most := len(places) / 50; crowded > most {
			t.Errorf("%d pairs of %d organisations overlap, want at most %d", crowded, len(places), most)
		}
	}
}

// plausible returns a graph of n organisations and some workshops of about size people:
// most of those who come are of one group, a few come everywhere, a third never.
func plausible(random *rand.Rand, n, workshops, size int) *Graph {
	all := make([]Organisation, n)
	for i := range all {
		all[i] = Organisation{ID: app.OrganisationID(fmt.Sprint("o", i)), Category: app.Categories[i%17].Key}
	}
	active, groups := 1+n*2/3, 2+n/40
	var presences []Presence
	for k := range workshops {
		for range size/2 + random.IntN(size) {
			i := random.IntN(active)
			if random.IntN(4) > 0 { // of the group that the workshop is for
				i = i/groups*groups + k%groups
			}
			if random.IntN(5) == 0 {
				i %= 1 + n/20
			}
			presences = append(presences, Presence{held(k), all[min(i, n-1)].ID})
		}
	}
	return Weave(all, presences)
}

func BenchmarkNetwork(b *testing.B) {
	for _, size := range []struct{ organisations, workshops, people int }{{300, 60, 25}, {1000, 200, 35}} {
		random := rand.New(rand.NewPCG(3, 3))
		g := plausible(random, size.organisations, size.workshops, size.people)
		for _, measure := range []struct {
			name string
			run  func()
		}{
			{"betweenness", func() { g.Betweenness() }},
			{"communities", func() { g.Communities() }},
			{"gateways", func() { g.Gateways() }},
			{"layout", func() { g.Layout() }},
			{"everything", func() { g.Measure() }},
		} {
			b.Run(fmt.Sprintf("%s/%d organisations %d ties", measure.name, size.organisations, len(g.Ties)), func(b *testing.B) {
				for b.Loop() {
					measure.run()
				}
			})
		}
	}
}
