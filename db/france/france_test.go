package france

import (
	"strings"
	"testing"

	"maillage/app"
)

const cauvaldor = app.TerritoryID("200066371")

func TestEveryEPCIAndCommuneIsThere(t *testing.T) {
	f := open()
	if got := len(f.epcis); got != 1255 {
		t.Errorf("%d EPCIs, want 1255", got)
	}
	if got := len(f.communes) + len(f.orphans); got != 34969 {
		t.Errorf("%d communes, want 34969", got)
	}
	for i, e := range EPCIs() {
		if i > 0 && e.SIREN <= f.epcis[i-1].SIREN {
			t.Errorf("%s is not after %s", e.SIREN, f.epcis[i-1].SIREN)
		}
		if e.Communes == 0 || e.Population == 0 || e.Kind == "" || e.Name == "" || e.Department == "" {
			t.Errorf("incomplete: %+v", e)
		}
	}
}

func TestCauvaldorHas77CommunesAnd45320Inhabitants(t *testing.T) {
	e, ok := EPCIByID(cauvaldor)
	if !ok || e.Communes != 77 || e.Population != 45320 || e.Kind != "CC" || e.Department != "46" {
		t.Fatalf("got %+v, %v", e, ok)
	}
	if want := "Communauté de communes Causses et Vallée de la Dordogne (Cauvaldor)"; e.FullName() != want {
		t.Errorf("got %q, want %q", e.FullName(), want)
	}
	inhabitants, names := 0, map[string]Commune{}
	for _, c := range Communes(cauvaldor) {
		inhabitants += c.Population
		names[c.Name] = c
	}
	if inhabitants*100 < e.Population*99 || inhabitants*99 > e.Population*100 {
		t.Errorf("its communes have %d inhabitants together, not within 1 %% of %d", inhabitants, e.Population)
	}
	if c := names["Saint-Céré"]; c.Code != "46251" || strings.Join(c.PostalCodes, " ") != "46400" {
		t.Errorf("Saint-Céré is %+v", c)
	}
	if c := names["Le Vignon-en-Quercy"]; len(c.PostalCodes) != 2 {
		t.Errorf("Le Vignon-en-Quercy has postal codes %v, want two", c.PostalCodes)
	}
}

func TestAnUnknownSIRENHasNothing(t *testing.T) {
	if e, ok := EPCIByID("000000000"); ok {
		t.Errorf("found %+v", e)
	}
	if c := Communes(""); c != nil {
		t.Errorf("found %d communes", len(c))
	}
}

func TestSearchFindsByNameCommuneAndPostalCode(t *testing.T) {
	for _, c := range []struct{ query, first, commune string }{
		{"Gramat", "200066371", "Gramat"},
		{"gram", "200066371", "Gramat"},
		{"SAINT CERE", "200066371", "Saint-Céré"},
		{"saint-céré", "200066371", "Saint-Céré"},
		{"Cauvaldor", "200066371", ""},
		{"causses dordogne", "200066371", ""},
		{"communauté de communes causses vallée", "200066371", ""},
		{"200066371", "200066371", ""},
		{"46110", "200066371", "Vayrac"},
		{"l’abergement-clémenciat", "200069193", "L’Abergement-Clémenciat"},
		{"l'abergement clemenciat", "200069193", "L’Abergement-Clémenciat"},
		{"grand figeac", "200067361", ""},
		{"Toulouse", "243100518", "Toulouse"},
		{"coeur de Sologne", "200000800", ""},
		{"cœur de Sologne", "200000800", ""},
	} {
		found := Search(c.query, 5)
		if len(found) == 0 || string(found[0].SIREN) != c.first || found[0].Commune != c.commune {
			t.Errorf("%q: got %+v, want %s by commune %q first", c.query, found, c.first, c.commune)
		}
	}
	for _, nothing := range []string{"", "  ", "’", "zzzz", "%", "gramat zzzz"} {
		if found := Search(nothing, 5); len(found) != 0 {
			t.Errorf("%q finds %+v, want nothing", nothing, found)
		}
	}
	if got := len(Search("saint", 7)); got != 7 {
		t.Errorf("got %d matches, want the limit of 7", got)
	}
}

func BenchmarkDecode(b *testing.B) {
	for b.Loop() {
		if _, err := decode(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	f := open()
	f.names()
	for b.Loop() {
		Search("saint-c", 20)
	}
}
