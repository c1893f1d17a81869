package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"
)

func write(t *testing.T, header []string, rows ...[]string) string {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b, header...)
	for _, row := range rows {
		if err := w.Row(row...); err != nil {
			t.Fatalf("row %q was refused: %v", row, err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatalf("the list could not be closed: %v", err)
	}
	return b.String()
}

func TestListOpensInAFrenchSpreadsheet(t *testing.T) {
	got := write(t, []string{"Structure", "Commune"}, []string{"L’Été ; « œuvre »", "Saint-Céré"}, []string{`dit "le Lot"`, "deux\r\nlignes"})
	want := "\ufeffStructure;Commune\r\n\"L’Été ; « œuvre »\";Saint-Céré\r\n\"dit \"\"le Lot\"\"\";\"deux\r\nlignes\"\r\n"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNoCellStartsAFormula(t *testing.T) {
	tests := map[string]struct{ cell, want string }{
		"text":                 {"Mission locale", "Mission locale"},
		"empty":                {"", ""},
		"equals":               {"=1+1", "'=1+1"},
		"plus":                 {"+1", "'+1"},
		"minus":                {"-1+1", "'-1+1"},
		"at":                   {"@SUM(A1)", "'@SUM(A1)"},
		"tab":                  {"\t=1", "'\t=1"},
		"carriage return":      {"\r=1", "'\n=1"},
		"line feed":            {"\n=1", "'\n=1"},
		"wide equals":          {"＝1", "'＝1"},
		"hidden by NUL":        {"\x00=1", "'=1"},
		"inside":               {"1=1", "1=1"},
		"not UTF-8":            {"\xe9t\xe9", "\ufffdt\ufffd"},
		"French phone":         {"+33 5 65 38 00 00", "05 65 38 00 00"},
		"French phone, tight":  {"+33565380000", "05 65 38 00 00"},
		"French phone, (0)":    {"+33 (0)5.65.38.00.00", "05 65 38 00 00"},
		"French phone, spaces": {"+33\u00a06\u202f12\u202f34\u202f56\u202f78", "06 12 34 56 78"},
		"phone at home":        {"05 65 38 00 00", "05 65 38 00 00"},
		"foreign phone":        {"+32 2 123 45 67", "'+32 2 123 45 67"},
		"too short":            {"+33 5 65", "'+33 5 65"},
		"too long":             {"+33 5 65 38 00 000", "'+33 5 65 38 00 000"},
		"formula like a phone": {"+33*565380000", "'+33*565380000"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := inert(tt.cell); got != tt.want {
				t.Errorf("%q is written %q, want %q", tt.cell, got, tt.want)
			}
		})
	}
}

func TestRowHasACellForEachColumn(t *testing.T) {
	w := NewWriter(&bytes.Buffer{}, "a", "b")
	if err := w.Row("1"); err == nil {
		t.Error("a row of one cell was written under two columns")
	}
	if err := w.Row("1", "2"); err != nil {
		t.Errorf("a good row was refused after a bad one: %v", err)
	}
	if err := NewWriter(&bytes.Buffer{}).Close(); err == nil {
		t.Error("a list without columns was written")
	}
}

var errFull = errors.New("disk full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestErrorOfTheFileComesBack(t *testing.T) {
	w := NewWriter(full{}, "a")
	if err := w.Row("1"); !errors.Is(err, errFull) {
		t.Errorf("Row = %v, want %v", err, errFull)
	}
	if err := w.Close(); !errors.Is(err, errFull) {
		t.Errorf("Close = %v, want %v", err, errFull)
	}
}

func TestRowsPassOnBeforeTheListEnds(t *testing.T) {
	var b bytes.Buffer
	w := NewWriter(&b, "a")
	for range 1000 {
		if err := w.Row("twenty characters long"); err != nil {
			t.Fatal(err)
		}
	}
	if b.Len() < 10_000 {
		t.Errorf("%d octets came out of 24 000 before Close", b.Len())
	}
}

func FuzzWhatIsWrittenReadsBack(f *testing.F) {
	f.Add("a", "b", "c", "d")
	f.Add("", "", "=1", "\r")
	f.Add("a;b", "\"", "x\r\ny\rz\n", "+33 5 65 38 00 00")
	f.Add("\ufeff", "\xff", `\.`, " ' ")
	f.Fuzz(func(t *testing.T, a, b, c, d string) {
		for _, rows := range [][][]string{{{"h", "i"}, {a, b}, {c, d}}, {{"h"}, {a}, {b}, {c}, {d}}} {
			file := write(t, rows[0], rows[1:]...)
			r := csv.NewReader(strings.NewReader(strings.TrimPrefix(file, "\ufeff")))
			r.Comma = ';'
			back, err := r.ReadAll()
			if err != nil || len(back) != len(rows) {
				t.Fatalf("%d rows came back, want %d: %v\n%q", len(back), len(rows), err, file)
			}
			for i, row := range rows {
				want := make([]string, len(row))
				for j, cell := range row {
					want[j] = inert(cell)
				}
				if !slices.Equal(back[i], want) {
					t.Errorf("row %d came back as %q, want %q", i, back[i], want)
				}
				for _, cell := range back[i] {
					if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
						t.Errorf("the cell %q starts a formula", cell)
					}
				}
			}
		}
	})
}
