package app

import "strings"

// synonyms gathers the names that mean the same body or the same kind of place: today's
// first, then those it bore before and its initials. People go on saying the old one for
// years (the reforms: France Travail 2024, France services 2020, DREETS and DDETSPP 2021,
// RPE 2021, Département 2015), and registers published before them go on printing it.
var synonyms = [][]string{
	{"France Travail", "Pôle emploi", "ANPE"},
	{"Relais petite enfance", "RPE", "Relais assistantes maternelles", "Relais d’assistantes maternelles", "RAM"},
	{"France services", "Maison de services au public", "MSAP", "Relais de services publics", "RSP"},
	{"Conseil départemental", "Département", "Conseil général"},
	{"DREETS", "DIRECCTE"},
	{"DDETS", "DIRECCTE", "DREETS"},
	{"DDETSPP", "DDCSPP", "DIRECCTE", "DREETS", "DDETS"},
	{"CAF", "Caisse d’allocations familiales", "Allocations familiales"},
	{"MSA", "Mutualité sociale agricole"},
	{"CPAM", "Caisse primaire d’assurance maladie", "Assurance maladie"},
	{"CARSAT", "Caisse d’assurance retraite et de la santé au travail", "CRAM"},
	{"UDAF", "Union départementale des associations familiales", "Point info famille"},
	{"CIDFF", "Centre d’information sur les droits des femmes et des familles"},
	{"ADIL", "Agence départementale d’information sur le logement"},
	{"MDPH", "Maison départementale des personnes handicapées", "COTOREP"},
	{"MDS", "Maison des solidarités", "Maison des solidarités départementales", "Centre médico-social"},
	{"PMI", "Protection maternelle et infantile"},
	{"ASE", "Aide sociale à l’enfance", "DDASS"},
	{"Multi-accueil", "Crèche", "EAJE", "Halte-garderie"},
	{"MAM", "Maison d’assistantes maternelles", "Maison d’assistants maternels"},
	{"LAEP", "Lieu d’accueil enfants-parents"},
	{"Accueil de loisirs", "ALSH", "CLSH", "Centre de loisirs", "Centre aéré"},
	{"Point information jeunesse", "PIJ"},
	{"Centre social", "Espace de vie sociale", "EVS"},
	{"SIAE", "Structure d’insertion par l’activité économique", "Chantier d’insertion"},
	{"CIO", "Centre d’information et d’orientation"},
	{"GRETA", "Groupement d’établissements"},
	{"EHPAD", "Maison de retraite"},
	{"ESAT", "Établissement de service d’aide par le travail", "CAT"},
	{"Centre de santé sexuelle", "Centre de planification et d’éducation familiale", "Planning familial"},
	{"CCAS", "Centre communal d’action sociale", "Bureau d’aide sociale"},
	{"CIAS", "Centre intercommunal d’action sociale"},
	{"FJT", "Foyer de jeunes travailleurs", "Habitat jeunes"},
	{"SMR", "Soins médicaux et de réadaptation", "SSR", "CSSR"},
	{"Trésorerie", "Perception", "Centre des finances publiques"},
}

// folded is synonyms as Fold makes them, each between spaces.
var folded = foldSynonyms()

func foldSynonyms() [][]string {
	all := make([][]string, len(synonyms))
	for i, names := range synonyms {
		for _, name := range names {
			all[i] = append(all[i], " "+Fold(name)+" ")
		}
	}
	return all
}

// OtherNames returns the other names, present and former, of what a text names: for
// "Pôle emploi - Souillac", "France Travail" and "ANPE". They are searched with the
// text and never shown in its place; none twice, none that the text holds already.
func OtherNames(text string) []string {
	text = " " + Fold(text) + " "
	var others []string
	said := map[string]bool{}
	for i, names := range folded {
		if !holdsAny(text, names) {
			continue
		}
		for j, name := range names {
			if !said[name] && !strings.Contains(text, name) {
				said[name] = true
				others = append(others, synonyms[i][j])
			}
		}
	}
	return others
}

func holdsAny(text string, names []string) bool {
	for _, name := range names {
		if strings.Contains(text, name) {
			return true
		}
	}
	return false
}
