package app_test

import (
	"reflect"
	"testing"

	"maillage/app"
)

func TestTracesTakeAPersonOutOfWhatWasWritten(t *testing.T) {
	traces := app.TracesOf(
		app.Person{ID: "p", FirstName: "Zoé", LastName: "Li", Email: "zoe@li.test", Phone: "05 65 00 00 01"},
		[]string{"z.li@compte.test"},
		[]app.Entry{{Changes: app.Changes{{Field: "Nom", Before: "Martin", After: "Li"}, {Field: "Courriel", Before: "zoe@martin.test"}}}},
	)
	for said, want := range map[string]string{
		"a ajouté Zoé Li":                            "a ajouté une personne effacée",
		"a mis fin à la fonction de Zoé Li":          "a mis fin à la fonction d’une personne effacée",
		"a remplacé Zoé Martin par Zoé Lièvre":       "a remplacé une personne effacée par Zoé Lièvre",
		"écrire à zoe@martin.test, z.li@compte.test": "écrire à …, …",
		"a appelé le 05 65 00 00 01.":                "a appelé le ….",
		"Liste d’attente":                            "Liste d’attente",
		"Zoé Limousin, Azoé Li":                      "Zoé Limousin, Azoé Li",
		"":                                           "",
	} {
		if got := traces.Out(said); got != want {
			t.Errorf("Out(%q) = %q, want %q", said, got, want)
		}
	}
}

func TestAnEntryKeepsTheActAndLosesThePerson(t *testing.T) {
	p := app.Person{ID: "p", FirstName: "Zoé", LastName: "Li"}
	traces := app.TracesOf(p, nil, nil)
	for name, c := range map[string]struct{ entry, want app.Entry }{
		"about the person": {
			app.Entry{Thing: app.OfPerson, ThingID: "p", Act: "a modifié la fiche", Changes: app.Changes{{Field: "Téléphone", Before: "05", After: "06"}}},
			app.Entry{Thing: app.OfPerson, ThingID: "p", Act: "a modifié la fiche", Changes: app.Changes{{Field: "Téléphone", After: "…"}}},
		},
		"about their function": {
			app.Entry{Thing: app.OfOrganisation, ThingID: "o", Act: "a modifié la fonction de Zoé Li", Changes: app.Changes{{Field: "Fonction", Before: "Maire"}}},
			app.Entry{Thing: app.OfOrganisation, ThingID: "o", Act: "a modifié la fonction d’une personne effacée", Changes: app.Changes{{Field: "Fonction", After: "…"}}},
		},
		"about their structure": {
			app.Entry{Thing: app.OfOrganisation, ThingID: "o", Act: "a modifié la fiche", Changes: app.Changes{{Field: "Téléphone", Before: "05"}}},
			app.Entry{Thing: app.OfOrganisation, ThingID: "o", Act: "a modifié la fiche", Changes: app.Changes{{Field: "Téléphone", Before: "05"}}},
		},
		"about a workshop": {
			app.Entry{Thing: app.OfWorkshop, ThingID: "w", Act: "a inscrit 2 personnes", Changes: app.Changes{{Field: "Zoé Li", After: "Inscrit·e"}, {Field: "Bo Ro", After: "Inscrit·e"}}},
			app.Entry{Thing: app.OfWorkshop, ThingID: "w", Act: "a inscrit 2 personnes", Changes: app.Changes{{Field: "une personne effacée", After: "Inscrit·e"}, {Field: "Bo Ro", After: "Inscrit·e"}}},
		},
	} {
		if got := traces.Blanked(c.entry, p.ID); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestWhoMayEraseAPerson(t *testing.T) {
	here, there := app.TerritoryID("ici"), app.TerritoryID("ailleurs")
	coordinator := app.Viewer{Account: "a", Person: "c", Coordinates: []app.TerritoryID{here}}
	for name, c := range map[string]struct {
		v           app.Viewer
		territories []app.TerritoryID
		want        bool
	}{
		"nobody":                               {app.Viewer{}, []app.TerritoryID{here}, false},
		"oneself":                              {app.Viewer{Account: "a", Person: "p"}, []app.TerritoryID{here}, true},
		"the administration":                   {app.Viewer{Account: "a", Administrator: true}, nil, true},
		"who coordinates their only territory": {coordinator, []app.TerritoryID{here}, true},
		"who coordinates one of two":           {coordinator, []app.TerritoryID{here, there}, false},
		"who coordinates, of somebody nowhere": {coordinator, nil, false},
		"who reads":                            {app.Viewer{Account: "a", Person: "r", Reads: []app.TerritoryID{here}}, []app.TerritoryID{here}, false},
		"a référent·e":                         {app.Viewer{Account: "a", Person: "r", Refers: []app.OrganisationID{"o"}}, []app.TerritoryID{here}, false},
	} {
		if got := c.v.MayErase("p", c.territories); got != c.want {
			t.Errorf("%s: MayErase = %v, want %v", name, got, c.want)
		}
	}
}
