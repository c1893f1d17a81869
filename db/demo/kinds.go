package demo

import "maillage/app"

// A kind is what the sources call a type, filed as coordinators file it.
type kind struct {
	category app.Category
	themes   []app.Theme
}

// kinds files every type of structures.csv and of incomplete.csv.
var kinds = map[string]kind{
	"accueil_loisirs":             {"enfance-jeunesse", []app.Theme{"enfance", "jeunesse"}},
	"adil":                        {"logement", []app.Theme{"logement", "acces-droits"}},
	"aidants":                     {"aines", []app.Theme{"autonomie", "sante"}},
	"benevolat":                   {"vie-sociale", []app.Theme{"lien-social"}},
	"caf":                         {"securite-sociale", []app.Theme{"petite-enfance", "parentalite", "vie-sociale", "acces-droits", "logement"}},
	"cci":                         {"etat", []app.Theme{"emploi"}},
	"centre_gestion":              {"collectivite", []app.Theme{"transversal"}},
	"centre_social":               {"vie-sociale", []app.Theme{"vie-sociale", "parentalite", "lien-social"}},
	"chambre_agriculture":         {"etat", []app.Theme{"emploi"}},
	"cidff":                       {"famille", []app.Theme{"acces-droits", "parentalite", "emploi"}},
	"cio":                         {"education", []app.Theme{"jeunesse", "emploi"}},
	"cma":                         {"etat", []app.Theme{"emploi"}},
	"cnfpt":                       {"collectivite", []app.Theme{"transversal"}},
	"college":                     {"education", []app.Theme{"jeunesse"}},
	"creche":                      {"petite-enfance", []app.Theme{"petite-enfance", "parentalite"}},
	"departement":                 {"departement", []app.Theme{"transversal", "enfance", "emploi"}},
	"ecole":                       {"education", []app.Theme{"enfance"}},
	"epci":                        {"collectivite", []app.Theme{"transversal"}},
	"etablissement_medico_social": {"sante", []app.Theme{"sante", "handicap"}},
	"etat_cohesion_sociale":       {"etat", []app.Theme{"logement", "lien-social", "acces-droits"}},
	"etat_emploi":                 {"etat", []app.Theme{"emploi"}},
	"france_services":             {"acces-droits", []app.Theme{"acces-droits", "numerique"}},
	"france_travail":              {"emploi", []app.Theme{"emploi", "mobilite"}},
	"greta":                       {"emploi", []app.Theme{"emploi"}},
	"hopital":                     {"sante", []app.Theme{"sante"}},
	"information_jeunesse":        {"enfance-jeunesse", []app.Theme{"jeunesse", "numerique"}},
	"laep":                        {"petite-enfance", []app.Theme{"petite-enfance", "parentalite"}},
	"mairie":                      {"collectivite", []app.Theme{"transversal"}},
	"maison_services_public":      {"acces-droits", []app.Theme{"acces-droits", "numerique"}},
	"mdph":                        {"departement", []app.Theme{"handicap", "acces-droits"}},
	"mission_locale":              {"emploi", []app.Theme{"emploi", "jeunesse", "mobilite"}},
	"msa":                         {"securite-sociale", []app.Theme{"petite-enfance", "parentalite", "autonomie", "sante"}},
	"pmi":                         {"departement", []app.Theme{"petite-enfance", "sante", "parentalite"}},
	"point_info_personnes_agees":  {"aines", []app.Theme{"autonomie", "acces-droits"}},
	"prefecture":                  {"etat", []app.Theme{"transversal"}},
	"relais_petite_enfance":       {"petite-enfance", []app.Theme{"petite-enfance", "parentalite"}},
	"siae":                        {"emploi", []app.Theme{"emploi", "mobilite"}},
	"solidarites_departementales": {"departement", []app.Theme{"parentalite", "logement", "acces-droits"}},
	"sous_prefecture":             {"etat", []app.Theme{"transversal"}},
	"tresorerie":                  {"etat", []app.Theme{"acces-droits"}},
	"udaf":                        {"famille", []app.Theme{"parentalite", "acces-droits", "logement"}},
}
