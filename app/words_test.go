package app_test

import (
	"testing"

	"maillage/app"
)

func TestANameIsElidedAsItIsSaid(t *testing.T) {
	for name, want := range map[string]string{
		"Claire Bonnet": "de Claire Bonnet", "Inès Roux": "d’Inès Roux", "Élodie Sol": "d’Élodie Sol", "Œdipe": "d’Œdipe",
		"Hugo Lac": "d’Hugo Lac", "Yves Lot": "d’Yves Lot", "Yann Lot": "de Yann Lot", "une personne effacée": "d’une personne effacée", "Y": "de Y",
	} {
		if got := app.Of(name); got != want {
			t.Errorf("of %s is %q, want %q", name, got, want)
		}
	}
}
