package app_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"maillage/app"
)

func TestAPersonIsKeptTidyOrRefusedByField(t *testing.T) {
	kept, err := app.Person{FirstName: " Léa", LastName: "d’Ormesson  Cœur", Phone: "0600000000"}.Checked()
	if err != nil || kept.Name() != "Léa d’Ormesson Cœur" || kept.Phone != "06 00 00 00 00" {
		t.Fatalf("Checked = %+v, %v", kept, err)
	}
	_, err = app.Person{FirstName: strings.Repeat("x", 10_000), LastName: "?", Email: "léa", Phone: strings.Repeat("0", 61)}.Checked()
	if got, want := slices.Sorted(maps.Keys(app.FieldsOf(err))), []string{"courriel", "nom", "prenom", "telephone"}; !slices.Equal(got, want) {
		t.Errorf("Checked refuses %v, want %v", got, want)
	}
}

func TestAPositionEndsAfterItBegins(t *testing.T) {
	for _, tt := range []struct {
		name         string
		since, until app.Date
		wrong        string // field
	}{
		{"not known", "", "", ""},
		{"as the French write", "01/09/2024", "31/08/2025", ""},
		{"one day", "2025-01-01", "2025-01-01", ""},
		{"ends before", "2025-01-02", "2025-01-01", "jusqu_au"},
		{"no such day", "2025-02-30", "", "depuis"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := app.Position{Since: tt.since, Until: tt.until}.Checked()
			if got := strings.Join(slices.Collect(maps.Keys(app.FieldsOf(err))), " "); got != tt.wrong {
				t.Errorf("Checked refuses %q, want %q", got, tt.wrong)
			}
		})
	}
	if _, err := (app.Position{Function: strings.Repeat("x", 10_000)}).Checked(); app.FieldsOf(err)["fonction"] == "" {
		t.Error("a function of 10 000 characters is kept")
	}
}

func TestAPositionIsOverTheDayAfter(t *testing.T) {
	p := app.Position{Until: "2026-03-02"}
	evening := time.Date(2026, 3, 2, 22, 0, 0, 0, time.UTC) // 23 h in Paris
	if p.Ended(evening) || !p.Ended(evening.Add(2*time.Hour)) || (app.Position{}).Ended(evening) {
		t.Error("a position ends with its last day, in Paris")
	}
}

func TestWhoLeavesWasThereUntilYesterday(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		p    app.Position
		want app.Date
	}{
		"for years":        {app.Position{Since: "2020-01-01"}, "2026-03-01"},
		"since this day":   {app.Position{Since: "2026-03-02"}, "2026-03-02"},
		"gone already":     {app.Position{Until: "2025-12-31"}, "2025-12-31"},
		"until next month": {app.Position{Until: "2026-04-01"}, "2026-03-01"},
	} {
		if got := tt.p.Left(now).Until; got != tt.want {
			t.Errorf("%s: the last day is %q, want %q", name, got, tt.want)
		}
	}
}
