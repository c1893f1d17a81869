package app

import (
	"slices"
	"testing"
	"time"
)

func TestTheCurrentConventionRunsOrIsTheNearest(t *testing.T) {
	old := Convention{Name: "ancienne", StartsOn: "2016-10-03", EndsOn: "2021-12-31"}
	running := Convention{Name: "en cours", StartsOn: "2024-01-01", EndsOn: "2027-12-31"}
	amended := Convention{Name: "avenant", StartsOn: "2026-01-01", EndsOn: "2027-12-31"}
	for _, tt := range []struct {
		name        string
		conventions []Convention
		day         Date
		want        string
	}{
		{"none", nil, "2026-01-01", ""},
		{"the one that runs", []Convention{running, old}, "2025-06-01", "en cours"},
		{"its first day", []Convention{old, running}, "2024-01-01", "en cours"},
		{"its last day", []Convention{running, old}, "2021-12-31", "ancienne"},
		{"the latest begun of two that run", []Convention{running, amended}, "2026-06-01", "avenant"},
		{"between two, the nearest before", []Convention{running, old}, "2022-03-01", "ancienne"},
		{"between two, the nearest after", []Convention{running, old}, "2023-11-01", "en cours"},
		{"before all", []Convention{running, old}, "2010-01-01", "ancienne"},
		{"after all", []Convention{running, old}, "2030-01-01", "en cours"},
	} {
		got := ""
		if i := CurrentConvention(tt.conventions, tt.day); i >= 0 {
			got = tt.conventions[i].Name
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestAConventionIsNamedDatedAndInOrder(t *testing.T) {
	whole := Convention{
		Name: "CTG", StartsOn: "2026-01-01", EndsOn: "2029-12-31",
		Phases: []Phase{{ID: "p", Name: "Diagnostic", StartsOn: "2026-01-01", EndsOn: "2026-01-01"}}, Axes: []Axis{{ID: "a", Title: "Familles"}},
	}
	for _, tt := range []struct {
		name  string
		spoil func(*Convention)
		field string
	}{
		{"whole", func(*Convention) {}, ""},
		{"one day long", func(v *Convention) { v.EndsOn = v.StartsOn }, ""},
		{"a phase without dates", func(v *Convention) { v.Phases = []Phase{{Name: "Évaluation"}} }, ""},
		{"a phase outside", func(v *Convention) { v.Phases = []Phase{{Name: "Préparation", StartsOn: "2025-01-01"}} }, ""},
		{"without name", func(v *Convention) { v.Name = "" }, "nom"},
		{"without beginning", func(v *Convention) { v.StartsOn = "" }, "debut"},
		{"without end", func(v *Convention) { v.EndsOn = "" }, "fin"},
		{"ending before it begins", func(v *Convention) { v.EndsOn = "2025-12-31" }, "fin"},
		{"an axis without title", func(v *Convention) { v.Axes = []Axis{{ID: "a"}} }, "axe-a"},
		{"a phase without name", func(v *Convention) { v.Phases = []Phase{{ID: "p"}} }, "phase-p"},
		{"a phase ending before it begins", func(v *Convention) {
			v.Phases = []Phase{{ID: "p", Name: "x", StartsOn: "2026-02-01", EndsOn: "2026-01-31"}}
		}, "phase-p-fin"},
	} {
		v := whole
		tt.spoil(&v)
		wrong := v.Check()
		if _, said := wrong[tt.field]; len(wrong) > 1 || said != (tt.field != "") || tt.field == "" && len(wrong) > 0 {
			t.Errorf("%s: %v, want something said of %q alone", tt.name, wrong, tt.field)
		}
	}
}

func TestPhasesOutsideTheConventionAreKnown(t *testing.T) {
	v := Convention{StartsOn: "2026-01-01", EndsOn: "2027-12-31", Phases: []Phase{
		{Name: "avant", StartsOn: "2025-12-31"},
		{Name: "dedans", StartsOn: "2026-01-01", EndsOn: "2027-12-31"},
		{Name: "sans dates"},
		{Name: "après", EndsOn: "2028-01-01"},
	}}
	var got []string
	for _, p := range v.Outside() {
		got = append(got, p.Name)
	}
	if !slices.Equal(got, []string{"avant", "après"}) {
		t.Errorf("outside = %v, want avant and après", got)
	}
}

func TestPhasesAreArrangedByTheirDaysAndAxesAsTheyStand(t *testing.T) {
	v := Convention{
		Phases: []Phase{{Name: "sans"}, {Name: "deux", StartsOn: "2026-02-01"}, {Name: "un", EndsOn: "2026-01-31"}, {Name: "sans non plus"}},
		Axes:   []Axis{{Title: "b", Number: 7}, {Title: "a", Number: 1}},
	}
	w := v.Arranged()
	var got []string
	for _, p := range w.Phases {
		got = append(got, p.Name)
	}
	if want := []string{"un", "deux", "sans", "sans non plus"}; !slices.Equal(got, want) {
		t.Errorf("phases = %v, want %v", got, want)
	}
	if w.Axes[0].Number != 1 || w.Axes[1].Number != 2 || v.Axes[0].Number != 7 {
		t.Errorf("axes = %v after %v, want them numbered and the first left alone", w.Axes, v.Axes)
	}
}

func TestChangesToAConventionTellEachPart(t *testing.T) {
	before := Convention{
		Name: "CTG", StartsOn: "2026-01-01", EndsOn: "2027-12-31",
		Axes:   []Axis{{"a", 1, "Familles"}, {"b", 2, "Logement"}},
		Phases: []Phase{{"p", "Diagnostic", "2026-01-01", "2026-06-30"}},
	}
	after := before
	after.EndsOn = "2028-12-31"
	after.Axes = []Axis{{"c", 1, "Mobilité"}, {"a", 2, "Familles"}}
	after.Phases = []Phase{{"p", "Diagnostic", "2026-02-01", ""}}
	want := Changes{
		{"Fin", "31/12/2027", "31/12/2028"},
		{"Axe", "1. Familles", "2. Familles"},
		{"Axe", "2. Logement", ""},
		{"Axe", "", "1. Mobilité"},
		{"Phase", "Diagnostic, du 01/01/2026 au 30/06/2026", "Diagnostic, à partir du 01/02/2026"},
	}
	if got := after.ChangesFrom(before); !slices.Equal(got, want) {
		t.Errorf("changes = %v\nwant %v", got, want)
	}
	if got := before.ChangesFrom(before); len(got) != 0 {
		t.Errorf("changes to itself = %v, want none", got)
	}
}

func TestTheNextConventionBeginsTheDayAfterWithTheSameAxes(t *testing.T) {
	v := Convention{Name: "CTG", Territory: "t", EndsOn: "2027-12-31", Axes: []Axis{{"a", 1, "Familles"}}}
	next := v.Next()
	if next.Name != "" || next.StartsOn != "2028-01-01" || next.Territory != "t" || len(next.Phases) != len(PhaseNames) {
		t.Errorf("next = %+v", next)
	}
	if len(next.Axes) != 1 || next.Axes[0].Title != "Familles" || next.Axes[0].ID == "a" {
		t.Errorf("axes = %v, want the same with ids of their own", next.Axes)
	}
}

func TestAMeetingCountsOnceItIsOver(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	meetings := []Meeting{
		{Title: "petit", Status: Published, EndsAt: now, Present: 4},
		{Title: "grand", Status: Published, EndsAt: now.Add(-time.Hour), Present: 9},
		{Title: "autant", Status: Published, EndsAt: now.Add(-time.Hour), Present: 9},
		{Title: "vide", Status: Published, EndsAt: now.Add(-time.Hour)},
		{Title: "en cours", Status: Published, EndsAt: now.Add(time.Minute), Present: 50},
		{Title: "annulé", Status: Cancelled, EndsAt: now.Add(-time.Hour), Present: 50},
		{Title: "brouillon", Status: Draft, EndsAt: now.Add(-time.Hour)},
	}
	if m, found := Largest(meetings, now); !found || m.Title != "grand" {
		t.Errorf("largest = %q, %v; want grand", m.Title, found)
	}
	if n := Unrecorded(meetings, now); n != 1 {
		t.Errorf("unrecorded = %d, want 1", n)
	}
	if _, found := Largest(meetings[3:4], now); found {
		t.Error("a workshop where nobody came is called the largest")
	}
}

func TestGatherCountsEachOnceInEachPart(t *testing.T) {
	g := Gather([]Presence{
		{"w1", "p", "a", "ines", "ecole", "education"},
		{"w1", "p", "a", "bruno", "mission", "emploi"},
		{"w2", "p", "", "ines", "ecole", "education"}, // again
		{"w2", "p", "", "ines", "caf", "securite-sociale"},
		{"w3", "", "a", "", "", ""},    // nobody was noted
		{"w4", "", "", "nina", "", ""}, // for nobody
	})
	for name, tt := range map[string]struct {
		got  Figures
		want Figures
	}{
		"in all":        {g.All, Figures{4, 3, 3, []CategoryCount{{"securite-sociale", 1}, {"emploi", 1}, {"education", 1}}}},
		"in a phase":    {g.Phases["p"], Figures{2, 2, 3, []CategoryCount{{"securite-sociale", 1}, {"emploi", 1}, {"education", 1}}}},
		"in no phase":   {g.Phases[""], Figures{2, 1, 0, nil}},
		"along an axis": {g.Axes["a"], Figures{2, 2, 2, []CategoryCount{{"emploi", 1}, {"education", 1}}}},
		"along no axis": {g.Axes[""], Figures{2, 2, 2, []CategoryCount{{"securite-sociale", 1}, {"education", 1}}}},
	} {
		if tt.got.Workshops != tt.want.Workshops || tt.got.Participants != tt.want.Participants ||
			tt.got.Organisations != tt.want.Organisations || !slices.Equal(tt.got.Categories, tt.want.Categories) {
			t.Errorf("%s: %+v, want %+v", name, tt.got, tt.want)
		}
	}
}

func TestAPhaseWithoutAFirstDayDoesNotRun(t *testing.T) {
	for p, want := range map[Phase]Progress{
		{}:                       Undated,
		{StartsOn: "2026-03-01"}: Running,
		{StartsOn: "2026-03-03"}: Ahead,
		{EndsOn: "2029-12-31"}:   Undated,
		{EndsOn: "2026-03-01"}:   Over,
	} {
		if got := p.On("2026-03-02"); got != want {
			t.Errorf("%+v stands at %v, want %v", p, got, want)
		}
	}
}
