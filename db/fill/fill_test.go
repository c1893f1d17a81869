package fill_test

import (
	"testing"
	"time"

	"maillage/app"
	"maillage/db/dbtest"
	"maillage/db/demo"
	"maillage/db/fill"
)

var now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

func TestAFilledDatabaseHoldsWhatWasAsked(t *testing.T) {
	d := dbtest.Empty(t)
	opened, err := fill.Load(t.Context(), d, fill.Size{Structures: 650, Workshops: 30, People: 900}, now)
	if err != nil {
		t.Fatal(err)
	}
	if len(opened) != 3 || opened[0] != demo.Territory {
		t.Fatalf("opened %v, want three territories, Cauvaldor first", opened)
	}
	structures, presences := 0, 0
	for _, id := range opened {
		a, err := d.Attendance(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		structures += len(a.Organisations)
		presences += len(a.Presences)
	}
	if structures < 600 || structures > 650 || presences < 100 {
		t.Errorf("%d structures not archived of 650 asked, %d presences of structures", structures, presences)
	}
}

func TestFillingAgainOpensOtherTerritories(t *testing.T) {
	d := dbtest.Empty(t)
	seen := map[app.TerritoryID]bool{}
	for range 2 {
		opened, err := fill.Load(t.Context(), d, fill.Size{Structures: 20, Workshops: 2, People: 30}, now)
		if err != nil {
			t.Fatal(err)
		}
		if seen[opened[0]] {
			t.Errorf("%s was opened twice", opened[0])
		}
		seen[opened[0]] = true
	}
}

func TestAFilledDemonstrationKeepsItsStory(t *testing.T) {
	d := dbtest.Empty(t)
	if err := demo.Load(t.Context(), d, "Maillage-demo-2026!", now); err != nil {
		t.Fatal(err)
	}
	opened, err := fill.Load(t.Context(), d, fill.Size{Structures: 10, Workshops: 1}, now)
	if err != nil {
		t.Fatal(err)
	}
	if len(opened) != 1 || opened[0] == demo.Territory {
		t.Errorf("opened %v, want one that is not the demonstration's", opened)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		d := dbtest.Empty(b)
		b.StartTimer()
		if _, err := fill.Load(b.Context(), d, fill.Size{Structures: 10_000, Workshops: 1_000, People: 15_000}, now); err != nil {
			b.Fatal(err)
		}
	}
}
