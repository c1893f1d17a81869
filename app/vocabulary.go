package app

import "cmp"

// Theme is one of the domains that a convention covers; it is kept as its key.
type Theme string

// Category is what an organisation mainly is; it is kept as its key.
type Category string

// A Term is a word of a closed list: the key that is stored and travels in URLs,
// the label that people read, and the short one for narrow places.
type Term[T ~string] struct {
	Key   T
	Label string
	Short string
}

// Themes lists the themes of the CTG in the order people know them.
var Themes = []Term[Theme]{
	{"petite-enfance", "Petite enfance", "Petite enfance"},
	{"enfance", "Enfance", "Enfance"},
	{"jeunesse", "Jeunesse", "Jeunesse"},
	{"parentalite", "Parentalité", "Parentalité"},
	{"vie-sociale", "Animation de la vie sociale", "Vie sociale"},
	{"acces-droits", "Accès aux droits et aux services", "Accès aux droits"},
	{"numerique", "Inclusion numérique", "Numérique"},
	{"logement", "Logement et cadre de vie", "Logement"},
	{"handicap", "Handicap et inclusion", "Handicap"},
	{"emploi", "Insertion et emploi", "Emploi"},
	{"sante", "Santé et prévention", "Santé"},
	{"mobilite", "Mobilité", "Mobilité"},
	{"autonomie", "Personnes âgées et autonomie", "Autonomie"},
	{"lien-social", "Lien social et vie associative", "Lien social"},
	{"transversal", "Transversal", "Transversal"},
}

// Categories lists the categories of organisations, as the coordinators file them.
var Categories = []Term[Category]{
	{"collectivite", "Collectivité et intercommunalité", "Collectivité"},
	{"securite-sociale", "Sécurité sociale (CAF, MSA, CPAM, CARSAT)", "Sécurité sociale"},
	{"departement", "Département (MDS, PMI, ASE, MDPH)", "Département"},
	{"etat", "État et opérateurs", "État"},
	{"emploi", "Emploi et insertion (France Travail, Mission locale, Cap emploi, SIAE)", "Emploi et insertion"},
	{"petite-enfance", "Petite enfance (EAJE, RPE, MAM, LAEP)", "Petite enfance"},
	{"enfance-jeunesse", "Enfance-jeunesse (ALSH, espaces jeunes, PIJ)", "Enfance-jeunesse"},
	{"education", "Éducation (écoles, collèges, lycées, APE)", "Éducation"},
	{"vie-sociale", "Animation de la vie sociale (centre social, EVS, ludothèque)", "Vie sociale"},
	{"famille", "Famille et parentalité (UDAF, CIDFF, médiation familiale)", "Famille"},
	{"acces-droits", "Accès aux droits et numérique (France services, Point-justice, conseillers numériques)", "Accès aux droits"},
	{"sante", "Santé et handicap", "Santé et handicap"},
	{"logement", "Logement (bailleurs, ADIL, FJT)", "Logement"},
	{"solidarite", "Solidarité et aide alimentaire", "Solidarité"},
	{"culture-sport", "Culture, sport, loisirs", "Culture et sport"},
	{"aines", "Personnes âgées et aidants", "Aînés et aidants"},
	{"habitants", "Habitants et usagers", "Habitants"},
}

// Label returns the words for t, or its key if it is of no list.
func (t Theme) Label() string { return term(Themes, t).Label }

// Short returns the words for t in a narrow place.
func (t Theme) Short() string { return term(Themes, t).Short }

// Known reports whether t is one of Themes.
func (t Theme) Known() bool { return known(Themes, t) }

// Label returns the words for c, or its key if it is of no list.
func (c Category) Label() string { return term(Categories, c).Label }

// Short returns the words for c in a narrow place.
func (c Category) Short() string { return term(Categories, c).Short }

// Known reports whether c is one of Categories.
func (c Category) Known() bool { return known(Categories, c) }

// Compare orders categories as Categories does, those of no list last.
func (c Category) Compare(other Category) int {
	place := func(c Category) int {
		for i, t := range Categories {
			if t.Key == c {
				return i
			}
		}
		return len(Categories)
	}
	return cmp.Or(cmp.Compare(place(c), place(other)), cmp.Compare(c, other))
}

func term[T ~string](list []Term[T], key T) Term[T] {
	for _, t := range list {
		if t.Key == key {
			return t
		}
	}
	return Term[T]{key, string(key), string(key)}
}

func known[T ~string](list []Term[T], key T) bool {
	for _, t := range list {
		if t.Key == key {
			return true
		}
	}
	return false
}
