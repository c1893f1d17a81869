package web_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"maillage/db/dbtest"
)

// The export of data·inclusion lets formulas through.
func TestTheInclusionFileCarriesNoFormulas(t *testing.T) {
	s := newSite(t)
	bruno := s.as(dbtest.Referent)
	o, err := s.db.Organisation(t.Context(), dbtest.Referent, dbtest.Mission)
	if err != nil {
		t.Fatal(err)
	}
	o.Name, o.Address = `=HYPERLINK("evil.test","Cliquez")`, "@SUM(1+1)*cmd|' /C calc'!A0"
	if err := s.db.EditOrganisation(t.Context(), dbtest.Referent, o, s.now); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(bruno.get("/structures/data-inclusion.csv").Body.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "@") {
				t.Errorf("a cell is a formula: %s", cell)
			}
		}
	}
}
