package app

import (
	"slices"
	"testing"
)

func TestAnOldNameFindsThePresentOneAndBack(t *testing.T) {
	for _, c := range []struct{ text, other string }{
		{"France Travail — Souillac", "Pôle emploi"},
		{"Pôle emploi Figeac", "France Travail"},
		{"Relais petite enfance — à compléter (Gramat)", "RAM"},
		{"RPE de Vayrac", "RAM"},
		{"France services de Saint-Céré", "MSAP"},
		{"Maison de services au public - Martel", "France services"},
		{"Conseil départemental - Lot", "Conseil général"},
		{"DREETS Occitanie", "DIRECCTE"},
		{"DDETSPP du Lot", "DDCSPP"},
		{"DDETSPP du Lot", "DIRECCTE"},
		{"Direction départementale (DDCSPP) du Lot", "DDETSPP"},
		{"(DIRECCTE) - Unité départementale - Lot", "DREETS"},
		{"Caisse d'allocations familiales (Caf) du Lot", "Allocations familiales"},
		{"UDAF du Lot", "Point info famille"},
	} {
		if !slices.Contains(OtherNames(c.text), c.other) && !holdsAny(" "+Fold(c.text)+" ", []string{" " + Fold(c.other) + " "}) {
			t.Errorf("%q is not found by %q, only by %q", c.text, c.other, OtherNames(c.text))
		}
	}
}

func TestATextThatNamesNothingKnownHasNoOtherName(t *testing.T) {
	for _, text := range []string{"", "Mairie de Ramat", "Agence des rames", "Orlando", "Capsule", "École Jean Lurçat"} {
		if others := OtherNames(text); others != nil {
			t.Errorf("%q is also called %q, want nothing", text, others)
		}
	}
}

func TestOtherNamesAreSaidOnceAndNotRepeated(t *testing.T) {
	others := OtherNames("DDETSPP (ex-DDCSPP)")
	slices.Sort(others)
	if want := []string{"DDETS", "DIRECCTE", "DREETS"}; !slices.Equal(others, want) {
		t.Errorf("got %q, want %q", others, want)
	}
}
