package france

import (
	"testing"

	"maillage/app"
)

func TestAroundHoldsTheWholeDepartmentOnceItsOwnFirst(t *testing.T) {
	communes := Around(cauvaldor)
	seen := map[app.CommuneCode]bool{}
	for i, c := range communes {
		if seen[c.Code] {
			t.Errorf("%s is there twice", c.Name)
		}
		seen[c.Code] = true
		if own := c.Territory == cauvaldor; own != (i < 77) {
			t.Errorf("commune %d, %s, is of %s; want the territory's 77 first", i, c.Name, c.Territory)
		}
		if c.Code[:2] != "46" && c.Territory != cauvaldor {
			t.Errorf("%s (%s) is of a département that Cauvaldor does not touch", c.Name, c.Code)
		}
	}
	if !seen["46042"] { // Cahors
		t.Error("Cahors is missing: want all of the Lot")
	}
	if got := Around("000000000"); got != nil {
		t.Errorf("an unknown SIREN has %d communes around", len(got))
	}
}
