package fill

import (
	"fmt"

	"maillage/app"
)

// A kind of structure: how it is called, and filed.
type kind struct {
	name     string
	category app.Category
	themes   []app.Theme
	share    int // how many of a hundred
}

var kinds = []kind{
	{"Mairie", "collectivite", []app.Theme{"transversal"}, 22},
	{"École élémentaire", "education", []app.Theme{"enfance"}, 16},
	{"Collège", "education", []app.Theme{"jeunesse"}, 4},
	{"Multi-accueil", "petite-enfance", []app.Theme{"petite-enfance", "parentalite"}, 7},
	{"Relais petite enfance", "petite-enfance", []app.Theme{"petite-enfance"}, 2},
	{"Maison d’assistantes maternelles", "petite-enfance", []app.Theme{"petite-enfance"}, 3},
	{"Accueil de loisirs", "enfance-jeunesse", []app.Theme{"enfance", "jeunesse"}, 7},
	{"Espace jeunes", "enfance-jeunesse", []app.Theme{"jeunesse"}, 3},
	{"Centre social", "vie-sociale", []app.Theme{"vie-sociale", "lien-social"}, 3},
	{"Espace de vie sociale", "vie-sociale", []app.Theme{"vie-sociale"}, 3},
	{"France services", "acces-droits", []app.Theme{"acces-droits", "numerique"}, 4},
	{"Mission locale", "emploi", []app.Theme{"emploi", "jeunesse"}, 2},
	{"Chantier d’insertion", "emploi", []app.Theme{"emploi"}, 2},
	{"Maison des solidarités", "departement", []app.Theme{"parentalite", "logement"}, 3},
	{"Association familiale", "famille", []app.Theme{"parentalite"}, 4},
	{"Foyer de vie", "sante", []app.Theme{"handicap"}, 3},
	{"Maison de santé", "sante", []app.Theme{"sante"}, 3},
	{"Office de l’habitat", "logement", []app.Theme{"logement"}, 1},
	{"Épicerie solidaire", "solidarite", []app.Theme{"lien-social", "acces-droits"}, 2},
	{"Club sportif", "culture-sport", []app.Theme{"lien-social"}, 3},
	{"Résidence autonomie", "aines", []app.Theme{"autonomie"}, 2},
	{"Collectif d’habitants", "habitants", []app.Theme{"transversal"}, 1},
}

// patrons are names that places of this sort bear.
var patrons = []string{
	"Jean-Moulin", "Louise-Michel", "Les Coquelicots", "La Clé des Champs", "Simone-Veil", "Le Petit Prince", "Joséphine-Baker",
	"Les Sources", "L’Envol", "Marie-Curie", "Le Chêne", "Germaine-Tillion", "Les Hirondelles", "Le Pont", "Aimé-Césaire", "Cœur de Vie",
}

var firstNames = []string{
	"Aïcha", "Anaïs", "Benoît", "Camille", "Céline", "Chloé", "Didier", "Élise", "Fatou", "François", "Gaëlle", "Hugo", "Inès", "Jérôme",
	"Karim", "Laëtitia", "Léo", "Maëlle", "Malik", "Noémie", "Océane", "Pierre", "Quitterie", "Raphaël", "Théo", "Ugo", "Valérie", "Yann", "Zoé",
}

var lastNames = []string{
	"Alibert", "Bédos", "Cœurdevey", "Delbreil", "Estève", "Fabrègues", "Garrigou", "Henras", "Izard", "Jalabert", "Kerbrat", "Lacombe", "Marty", "N’Guyen",
	"d’Ormesson", "Pradel", "Quéré", "Rouzières", "Sahli", "Teyssèdre", "Ulrich", "Vayssié", "Wagner", "Ximénès", "Yvon", "Zerbib",
}

var functions = []string{"Directrice", "Directeur", "Animatrice", "Animateur", "Coordinateur", "Conseillère", "Élu", "Élue", "Éducatrice", "Bénévole", ""}

// structures writes n of them, in the order of how many a territory has of each kind.
func (f *filler) structures(t app.TerritoryID, communes []app.Commune, n int) ([]app.Organisation, error) {
	all := make([]app.Organisation, n)
	for i := range all {
		k, c := f.kind(), pick(f, communes)
		o := &all[i]
		*o = app.Organisation{
			ID: id[app.OrganisationID](f), Name: fmt.Sprintf("%s %s — %s", k.name, pick(f, patrons), c.Name),
			Category: k.category, Themes: k.themes, Commune: c.Code, CommuneName: c.Name,
			Point: f.around(c.Point, 0.01), Precision: app.AtAddress, Source: "Inventée", Vintage: "2026",
			CreatedAt: f.now.AddDate(-1, 0, 0), UpdatedAt: f.now.AddDate(0, 0, -f.random.IntN(365)), Territories: []app.TerritoryID{t},
		}
		if f.random.IntN(40) == 0 {
			o.ArchivedAt = f.now.AddDate(0, -1, 0)
		}
		if ago := f.random.IntN(30); ago < 20 { // months; the others were never confirmed
			o.Verified = app.Verification{At: f.now.AddDate(0, -ago, 0), Means: app.ByAddress}
		}
		if err := f.l.Organisation(*o); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (f *filler) kind() kind {
	at := f.random.IntN(100)
	for _, k := range kinds {
		if at -= k.share; at < 0 {
			return k
		}
	}
	return kinds[0]
}

// member is a person with the structure they belong to.
type member struct {
	person       app.PersonID
	organisation app.OrganisationID
	function     string
}

// people writes n of them, spread over the structures.
func (f *filler) people(structures []app.Organisation, n int) ([]member, error) {
	all := make([]member, n)
	for i := range all {
		m := &all[i]
		*m = member{id[app.PersonID](f), structures[i%len(structures)].ID, pick(f, functions)}
		created := f.now.AddDate(-1, 0, 0)
		p := app.Person{
			ID: m.person, FirstName: pick(f, firstNames), LastName: pick(f, lastNames),
			Email: string(m.person) + "@exemple.test", Invented: true, CreatedAt: created, UpdatedAt: created,
		}
		position := app.Position{ID: id[app.PositionID](f), Person: m.person, Organisation: m.organisation, Function: m.function, Since: app.DateOf(created)}
		if err := f.l.Person(p, position); err != nil {
			return nil, err
		}
	}
	return all, nil
}
