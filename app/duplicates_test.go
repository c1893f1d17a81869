package app_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"maillage/app"
)

// partners reads an extract of a real directory; each structure is called by its identifier in
// its source.
func partners(t *testing.T) (all []app.Organisation) {
	t.Helper()
	file, err := os.Open("testdata/partenaires.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines[1:] {
		cell := func(name string) string { return l[slices.Index(lines[0], name)] }
		degrees := func(name string) float64 {
			d, err := strconv.ParseFloat(cell(name), 64)
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		o := app.Organisation{
			ID: app.OrganisationID(cell("id_source")), Source: cell("source"), SourceID: cell("id_source"), Vintage: cell("millesime"), Name: cell("nom"), Category: "acces-droits",
			Address: cell("adresse"), PostalCode: cell("code_postal"), Commune: app.CommuneCode(cell("code_insee")), CommuneName: cell("commune"), Phone: cell("telephone"), Email: cell("courriel"),
			Point: app.Point{Latitude: degrees("latitude"), Longitude: degrees("longitude")}, Precision: app.Precision(cell("precision")),
		}
		if o, err = o.Checked(); err != nil {
			t.Fatal(err)
		}
		all = append(all, o)
	}
	return all
}

func found(pairs []app.Pair) (all []string) {
	for _, p := range pairs {
		all = append(all, string(p.One.ID)+" = "+string(p.Other.ID)+" : "+p.Why)
	}
	return all
}

// A France services that was a MSAP is found; the Caf and the MSAP that share a house, the town
// hall and the MSAP that share a telephone, the services of one hospital are left alone.
func TestTheDoublesOfARealDirectoryAreFoundAndNoOthers(t *testing.T) {
	want := []string{
		"264 = msap-46029-01 : nom proche, même téléphone, même commune",
		"2416 = msap-46185-01 : mêmes mots dans le nom, même commune",
	}
	if got := found(app.Duplicates(partners(t), nil)); !slices.Equal(got, want) {
		t.Errorf("found:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	apart := app.Distinctions{app.Ordered("msap-46029-01", "264"): true}
	if got := found(app.Duplicates(partners(t), apart)); !slices.Equal(got, want[1:]) {
		t.Errorf("once it is said that two are two, found %q", got)
	}
}

func TestTwoBodiesAtOneAddressWithOneTelephoneAreTwo(t *testing.T) {
	at := app.Organisation{Address: "Place des Consuls", Commune: "46185", CommuneName: "Martel", Phone: "05 65 37 30 03", Point: app.Point{Latitude: 44.935, Longitude: 1.61}, Precision: app.AtAddress}
	var all []app.Organisation
	for id, name := range map[app.OrganisationID]string{"a": "Mairie de Martel", "b": "Agence postale communale", "c": "Bibliothèque municipale", "d": "CCAS de Martel"} {
		o := at
		o.ID, o.Name = id, name
		all = append(all, o)
	}
	if got := found(app.Duplicates(all, nil)); len(got) > 0 {
		t.Errorf("taken for one: %q", got)
	}
	once, again := at, at
	once.ID, once.Name, again.ID, again.Name = "a", "Mairie de Martel", "z", "Mairie - Martel"
	again.Point.Latitude += 0.00036
	if got := found(app.Duplicates([]app.Organisation{once, again}, nil)); !slices.Equal(got, []string{"a = z : mêmes mots dans le nom, même téléphone, même commune, à 40 m"}) {
		t.Errorf("one town hall twice: %q", got)
	}
}

func TestAStructureIsKnownByANameThatItBore(t *testing.T) {
	mission := app.Organisation{ID: "a", Name: "Mission locale du Lot", FormerNames: "PAIO", Commune: "46309", CommuneName: "Souillac", Phone: "05 65 00 00 00"}
	for name, want := range map[string]bool{"PAIO du Lot": true, "Cinéma L’Uxello": false} {
		other := app.Organisation{ID: "b", Name: name, Commune: "46309", CommuneName: "Souillac", Phone: "05 65 00 00 00"}
		if got := found(app.Duplicates([]app.Organisation{mission, other}, nil)); len(got) > 0 != want {
			t.Errorf("%s: %q, want it found: %v", name, got, want)
		}
		if got := found(app.Duplicates([]app.Organisation{other, mission}, nil)); len(got) > 0 != want {
			t.Errorf("%s, the other way round: %q, want it found: %v", name, got, want)
		}
	}
}

func TestANameAloneIsEnoughWhereItIsOfFew(t *testing.T) {
	d := app.Directory{Organisations: partners(t)}
	for name, want := range map[string][]string{
		"Maison de services au public Biars": {"msap-46029-01"}, "Mairie de Martel": {"mairie-46185-01"}, "France services Sousceyrac": nil, "": nil,
	} {
		var got []string
		for _, p := range d.Resembling(app.Organisation{Name: name}) {
			if p.Doubtful() {
				got = append(got, string(p.One.ID))
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%q may be %q, want %q", name, got, want)
		}
	}
	for _, commune := range []string{"Gramat", "Souillac", "Martel", "Bretenoux"} {
		d.Organisations = append(d.Organisations, app.Organisation{ID: app.OrganisationID(commune), Name: "Mairie de " + commune, CommuneName: commune, Commune: app.CommuneCode(commune)})
	}
	if got := found(d.Resembling(app.Organisation{Name: "Mairie"})); len(got) > 0 {
		t.Errorf("a name that every commune has is taken for one of %q", got)
	}
}

func TestAPageOfPairsBeginsAfterTheMarkOfTheLastOne(t *testing.T) {
	pairs := app.Duplicates(partners(t), nil)
	if got := app.PairsAfter(pairs, pairs[0].Mark()); !slices.Equal(found(got), found(pairs[1:])) {
		t.Errorf("after the first: %q", found(got))
	}
	if got := app.PairsAfter(pairs[1:], pairs[0].Mark()); len(got) != 1 { // the first was merged meanwhile
		t.Errorf("after one that is no more: %q", found(got))
	}
	if got := app.PairsAfter(pairs, pairs[1].Mark()); len(got) != 0 {
		t.Errorf("after the last: %q", found(got))
	}
	for _, mark := range []string{"", "x", "a~b~c~d", "9~~~"} {
		if got := app.PairsAfter(pairs, mark); len(got) != 2 {
			t.Errorf("after %q: %q, want all", mark, found(got))
		}
	}
}

func TestTheValuesToPreferAreThoseThatSaySomethingAndAreRecent(t *testing.T) {
	old := app.Organisation{Name: "MSAP", Phone: "05 65 38 03 79", Website: "https://msap.test", Vintage: "2019-08", Precision: app.AtCommune, Address: "94 avenue", Themes: []app.Theme{"numerique"}, FormerNames: "Relais"}
	recent := app.Organisation{Name: "France services", Phone: "05 65 38 03 79", Email: "fs@x.test", Vintage: "2024-08", Precision: app.AtAddress, Address: "94 av. de la République", Themes: []app.Theme{"acces-droits"}}
	preferred := map[string]bool{}
	for _, f := range app.MergeFields(old, recent) {
		preferred[f.Key] = f.Other
	}
	for key, want := range map[string]bool{"nom": true, "courriel": true, "site": false, "lieu": true} {
		if got, differs := preferred[key]; !differs || got != want {
			t.Errorf("%s: the other's is preferred: %v (%v), want %v", key, got, differs, want)
		}
	}
	if len(preferred) != 4 {
		t.Errorf("differ: %v", preferred)
	}
	if same := app.CommonFields(old, recent); len(same) != 1 || same[0].Key != "telephone" {
		t.Errorf("in common: %+v", same)
	}
	after := old.MergedWith(recent, []string{"nom", "courriel", "lieu"})
	if after.Name != "France services" || after.FormerNames != "MSAP, Relais" || after.Email != "fs@x.test" || after.Website != "https://msap.test" || after.Precision != app.AtAddress || len(after.Themes) != 2 {
		t.Errorf("they become %+v", after)
	}
}
