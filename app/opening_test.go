package app

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestAConventionBeginsInItsUsualPhases(t *testing.T) {
	v, err := NewConvention("200066371", "CTG", "2026-01-01", "2029-12-31")
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Phases) != 6 || v.Phases[0].StartsOn != "2026-01-01" || v.Phases[5].EndsOn != "2029-12-31" || len(v.Axes) != 0 {
		t.Errorf("NewConvention = %+v, want six phases between its bounds and no axis", v)
	}
	for _, p := range v.Phases[1:5] {
		if p.StartsOn != "" || p.EndsOn != "" || p.ID == "" {
			t.Errorf("phase %+v, want an id and no date", p)
		}
	}
}

func TestAConventionNeedsANameAndDatesInOrder(t *testing.T) {
	for _, tt := range []struct {
		name         string
		called       string
		from, to     Date
		wantedFields string
	}{
		{"one day", "CTG", "2026-01-01", "2026-01-01", ""},
		{"no name", "", "2026-01-01", "2029-12-31", "convention"},
		{"no dates", "CTG", "", "", "debut fin"},
		{"backwards", "CTG", "2026-01-01", "2025-12-31", "fin"},
		{"no beginning", "CTG", "", "2025-12-31", "debut"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := NewConvention("200066371", tt.called, tt.from, tt.to)
			got := strings.Join(slices.Sorted(maps.Keys(FieldsOf(err))), " ")
			if got != tt.wantedFields {
				t.Errorf("fields %q are wrong, want %q", got, tt.wantedFields)
			}
		})
	}
}
