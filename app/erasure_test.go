package app_test

import (
	"reflect"
	"slices"
	"testing"

	"maillage/app"
)

func TestATextSentToOthersLosesTheNameAndKeepsItsAddresses(t *testing.T) {
	for said, want := range map[string]string{
		"Zoé Li vient":                          "une personne effacée vient",
		"la fonction de Zoé Li, maire":          "la fonction d’une personne effacée, maire",
		"Zoé Limousin, Azoé Li":                 "Zoé Limousin, Azoé Li",
		"Zoé Li.":                               "une personne effacée.",
		"Zoé Li : oui":                          "une personne effacée : oui",
		"https://Zoé Li/lien, Zoé Li@ici":       "https://Zoé Li/lien, Zoé Li@ici",
		"Zoé Li://ici et ?Zoé Li=1, ici/Zoé Li": "Zoé Li://ici et ?Zoé Li=1, ici/Zoé Li",
		"": "",
	} {
		if got := app.WithoutName(said, "Zoé Li"); got != want {
			t.Errorf("WithoutName(%q) = %q, want %q", said, got, want)
		}
	}
}

func TestTheNamesThatAPersonHad(t *testing.T) {
	renamed := func(field, before, after string) []app.Entry {
		return []app.Entry{{Changes: app.Changes{{Field: field, Before: before, After: after}}}}
	}
	for name, c := range map[string]struct {
		p       app.Person
		history []app.Entry
		want    []string
	}{
		"one":                        {app.Person{FirstName: "Zoé", LastName: "Li"}, nil, []string{"Zoé Li"}},
		"married":                    {app.Person{FirstName: "Zoé", LastName: "Li"}, renamed("Nom", "Martin", "Li"), []string{"Zoé Martin", "Zoé Li"}},
		"with a particle":            {app.Person{FirstName: "Zoé", LastName: "de La Tour"}, nil, []string{"Zoé de La Tour"}},
		"a single word":              {app.Person{LastName: "Convention"}, nil, nil},
		"without capitals":           {app.Person{FirstName: "maria", LastName: "l’hermite"}, nil, []string{"maria l’hermite"}},
		"something else was changed": {app.Person{FirstName: "Zoé", LastName: "Li"}, renamed("Téléphone", "Anne Martin", ""), []string{"Zoé Li"}},
	} {
		if got := app.FullNames(c.p, c.history); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestAnEntryKeepsTheActAndLosesThePerson(t *testing.T) {
	zoe := []string{"Zoé Li"}
	for name, c := range map[string]struct {
		names   []string
		own     bool
		e, want app.Entry
	}{
		"about the person": {
			nil, true,
			app.Entry{Thing: app.OfPerson, Act: "a modifié la fiche", Changes: app.Changes{{Field: "Téléphone", Before: "05", After: "06"}}},
			app.Entry{Thing: app.OfPerson, Act: "a modifié la fiche", Changes: app.Changes{{Field: "Téléphone", After: "…"}}},
		},
		"about their account": {
			zoe, true,
			app.Entry{Thing: app.OfAccount, Act: "a changé l’adresse du compte de Zoé Li", Changes: app.Changes{{Field: "Adresse", Before: "z@a", After: "z@b"}, {Field: "École", After: "Collègue"}}},
			app.Entry{Thing: app.OfAccount, Act: "a changé l’adresse du compte d’une personne effacée", Changes: app.Changes{{Field: "Adresse", After: "…"}, {Field: "École", After: "Collègue"}}},
		},
		"about their function": {
			zoe, false,
			app.Entry{Thing: app.OfOrganisation, Act: "a modifié la fonction de Zoé Li", Changes: app.Changes{{Field: "Fonction", Before: "Maire"}}},
			app.Entry{Thing: app.OfOrganisation, Act: "a modifié la fonction d’une personne effacée", Changes: app.Changes{{Field: "Fonction", After: "…"}}},
		},
		"about their structure": {
			nil, false,
			app.Entry{Thing: app.OfOrganisation, Act: "a ajouté Zoé Li", Changes: app.Changes{{Field: "Téléphone", Before: "05"}}},
			app.Entry{Thing: app.OfOrganisation, Act: "a ajouté Zoé Li", Changes: app.Changes{{Field: "Téléphone", Before: "05"}}},
		},
		"about a workshop": {
			zoe, false,
			app.Entry{Thing: app.OfWorkshop, Act: "a inscrit 2 personnes", Changes: app.Changes{{Field: "Zoé Li", After: "Inscrit·e"}, {Field: "Bo Ro", After: "Inscrit·e"}}},
			app.Entry{Thing: app.OfWorkshop, Act: "a inscrit 2 personnes", Changes: app.Changes{{Field: "une personne effacée", After: "Inscrit·e"}, {Field: "Bo Ro", After: "Inscrit·e"}}},
		},
		"who leads a workshop": {
			zoe, false,
			app.Entry{Thing: app.OfWorkshop, Act: "a modifié l’atelier", Changes: app.Changes{{Field: "Titre", Before: "Avec Zoé Li"}, {Field: "Animation", Before: "Bo Ro", After: "Bo Ro, Zoé Li"}}},
			app.Entry{Thing: app.OfWorkshop, Act: "a modifié l’atelier", Changes: app.Changes{{Field: "Titre", Before: "Avec Zoé Li"}, {Field: "Animation", Before: "Bo Ro", After: "Bo Ro, une personne effacée"}}},
		},
		"who stood in": {
			zoe, false,
			app.Entry{Thing: app.OfWorkshop, Act: "a noté la présence de Bo Ro", Changes: app.Changes{{Field: "Bo Ro", Before: "Inscrit·e", After: "Représenté·e par Zoé Li"}}},
			app.Entry{Thing: app.OfWorkshop, Act: "a noté la présence de Bo Ro", Changes: app.Changes{{Field: "Bo Ro", Before: "Inscrit·e", After: "Représenté·e par une personne effacée"}}},
		},
		"called as others are told": {
			[]string{"Inscrit·e"},
			false,
			app.Entry{Thing: app.OfWorkshop, Act: "a inscrit 2 personnes", Changes: app.Changes{{Field: "Inscrit·e", After: "Inscrit·e"}, {Field: "Bo Ro", After: "Inscrit·e"}}},
			app.Entry{Thing: app.OfWorkshop, Act: "a inscrit 2 personnes", Changes: app.Changes{{Field: "une personne effacée", After: "Inscrit·e"}, {Field: "Bo Ro", After: "Inscrit·e"}}},
		},
		"called as the verb": {
			[]string{"a"},
			false,
			app.Entry{Thing: app.OfWorkshop, Act: "a désinscrit a"},
			app.Entry{Thing: app.OfWorkshop, Act: "a désinscrit une personne effacée", Changes: app.Changes{}},
		},
	} {
		if got := c.e.Unnamed(c.names, c.own); !reflect.DeepEqual(got, c.want) {
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
