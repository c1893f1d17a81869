package network

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"maillage/app"
)

// Davis, Gardner and Gardner, Deep South (1941): 18 women, 14 events, 89 attendances;
// the centralities are those of Borgatti and Halgin, as networkx tests them.

func davis(t *testing.T) (women, events []string, presences [][2]string) {
	t.Helper()
	file, err := os.Open("testdata/davis_presences.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		women, events = append(women, line[0]), append(events, line[1])
		presences = append(presences, [2]string{line[0], line[1]})
	}
	slices.Sort(women)
	slices.Sort(events)
	return slices.Compact(women), slices.Compact(events), presences
}

func named(names ...string) []Organisation {
	var all []Organisation
	for _, name := range names {
		all = append(all, Organisation{ID: app.OrganisationID(name), Name: name})
	}
	return all
}

// On the graph of women and events, where a tie is an attendance, degree, betweenness and
// closeness are the published ones, normalised for two kinds of nodes.
func TestDavisWomenAndEventsHaveThePublishedCentralities(t *testing.T) {
	women, events, attendances := davis(t)
	var published struct {
		Presences int                `json:"presences"`
		Density   float64            `json:"densite_bimodale"`
		Values    map[string]measure `json:"publie_2_decimales"`
	}
	content, err := os.ReadFile("testdata/davis_valeurs_publiees.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &published); err != nil {
		t.Fatal(err)
	}
	var presences []Presence
	for _, a := range attendances { // each attendance is a meeting of two
		id := Workshop{ID: app.WorkshopID(a[0] + a[1])}
		presences = append(presences, Presence{Workshop: id, Organisation: app.OrganisationID(a[0])}, Presence{Workshop: id, Organisation: app.OrganisationID(a[1])})
	}
	g := Weave(named(append(slices.Clone(women), events...)...), presences)
	w, e := float64(len(women)), float64(len(events))

	if len(g.Ties) != published.Presences {
		t.Fatalf("%d attendances, want %d", len(g.Ties), published.Presences)
	}
	if got := float64(len(g.Ties)) / (w * e); got != published.Density {
		t.Errorf("density = %v, want %v", got, published.Density)
	}
	raw := g.brandes()
	got := map[string]measure{"degre": {}, "intermediarite": {}, "proximite": {}}
	for i, o := range g.Organisations {
		own, other := w, e
		if i >= len(women) {
			own, other = e, w
		}
		far := 0
		for _, steps := range g.Steps(i) {
			far += steps
		}
		got["degre"][o.Name] = float64(g.Degree(i)) / other
		got["intermediarite"][o.Name] = raw[i] / mostBetween(own, other)
		got["proximite"][o.Name] = (other + 2*(own-1)) / float64(far)
	}
	for name, values := range published.Values {
		for who, want := range values {
			if math.Abs(got[name][who]-want) > 0.005+1e-9 {
				t.Errorf("%s of %s = %.4f, published %.2f", name, who, got[name][who], want)
			}
		}
	}
}

// measure gives a value to each name.
type measure map[string]float64

// mostBetween is the greatest possible betweenness of a node of own kind in a graph of two
// kinds: Borgatti and Halgin, "Analyzing Affiliation Networks" (2011).
func mostBetween(own, other float64) float64 {
	s, t := math.Floor((own-1)/other), math.Mod(own-1, other)
	return (other*other*(s+1)*(s+1) + other*(s+1)*(2*t-s-1) - t*(2*s-t+3)) / 2
}

// On the graph of who met whom, the figures are those of the matrix that every textbook
// prints: the women shared 139 of the 153 possible acquaintances.
func TestDavisWomenMetAsTheTextbooksSay(t *testing.T) {
	women, _, attendances := davis(t)
	var presences []Presence
	for _, a := range attendances {
		presences = append(presences, Presence{Workshop: Workshop{ID: app.WorkshopID(a[1])}, Organisation: app.OrganisationID(a[0])})
	}
	g := Weave(named(women...), presences)
	if len(g.Ties) != 139 || g.Pairs() != 153 || g.Workshops != 14 {
		t.Errorf("%d ties of %d pairs in %d workshops, want 139, 153 and 14", len(g.Ties), g.Pairs(), g.Workshops)
	}
	for _, tt := range []struct {
		a, b     string
		meetings int
	}{
		{"Evelyn Jefferson", "Theresa Anderson", 7},
		{"Evelyn Jefferson", "Laura Mandeville", 6},
		{"Sylvia Avondale", "Katherina Rogers", 6},
		{"Olivia Carleton", "Flora Price", 2},
		{"Evelyn Jefferson", "Flora Price", 1},
		{"Laura Mandeville", "Flora Price", 0},
	} {
		a, _ := g.Find(app.OrganisationID(tt.a))
		b, _ := g.Find(app.OrganisationID(tt.b))
		if tie, _ := g.Tie(a, b); tie.Meetings != tt.meetings {
			t.Errorf("%s and %s met %d times, want %d", tt.a, tt.b, tie.Meetings, tt.meetings)
		}
	}
	if got := len(g.Components()); got != 1 {
		t.Errorf("%d components, want 1", got)
	}
}
