package app_test

import (
	"encoding/csv"
	"os"
	"testing"

	"maillage/app"
)

// TestRealSIRETsAreAccepted reads SIRETs of establishments of the Lot, of post offices, and
// the ways they go wrong; one of La Poste's that Luhn accepts and the sum does not is
// accepted too, as either rule makes it.
func TestRealSIRETsAreAccepted(t *testing.T) {
	file, err := os.Open("testdata/siret.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		typed, right, why := line[1], line[2] != "non", line[3]
		if err := app.TidySIRET(typed).Check(); (err == nil) != right {
			t.Errorf("SIRET %q (%s): %v, want right: %v", typed, why, err, right)
		}
	}
}

func TestASIRETIsKeptAsDigitsAndReadInGroups(t *testing.T) {
	for _, tt := range []struct {
		typed, kept, read string
		right             bool
	}{
		{"", "", "", true},
		{" 264 600 032 00017 ", "26460003200017", "264 600 032 00017", true},
		{"264.600.032-00017", "26460003200017", "264 600 032 00017", true},
		{"264 600 032 00017", "26460003200017", "264 600 032 00017", true},
		{"264600032", "264600032", "264600032", false}, // a SIREN
		{"00000000000000", "00000000000000", "000 000 000 00000", false},
		{"00000000000018", "00000000000018", "000 000 000 00018", false},
		{"٢٦٤٦٠٠٠٣٢٠٠٠١٧", "٢٦٤٦٠٠٠٣٢٠٠٠١٧", "٢٦٤٦٠٠٠٣٢٠٠٠١٧", false},
	} {
		s := app.TidySIRET(tt.typed)
		if string(s) != tt.kept || s.Spaced() != tt.read || (s.Check() == nil) != tt.right {
			t.Errorf("%q is kept as %q, read as %q, %v; want %q, %q, right: %v", tt.typed, s, s.Spaced(), s.Check(), tt.kept, tt.read, tt.right)
		}
	}
}
