package web

import "maillage/db/dbtest"

// forms are what is sent to the addresses that do something, so that a refusal is one for
// want of a right. An address without is sent nothing.
var forms = map[string]string{
	"POST /compte/mot-de-passe":                                 "actuel=" + dbtest.Password + "&nouveau=Un-autre-mot-2026!",
	"POST /compte/adresse":                                      "courriel=neuve@essai.test",
	"POST /territoire":                                          "territoire={territoire}",
	"POST /administration/comptes":                              "personne=nouvelle&prenom=Ivan&nom=Neuf&structure=caf&structure:caf=collegue&courriel=neuf@essai.test",
	"POST /administration/comptes/:id/roles":                    "structure:{structure}=collegue",
	"POST /administration/comptes/:id/adresse":                  "courriel=neuve@essai.test",
	"POST /administration/territoires":                          "epci=200023737&convention=CTG&debut=2026-01-01&fin=2026-12-31",
	"POST /structures":                                          "nom=Toute nouvelle&categorie=etat&themes=enfance",
	"POST /structures/:id":                                      "nom=Prise&categorie=etat&themes=enfance&version=1",
	"POST /structures/:id/confirmation":                         "version=1",
	"POST /structures/:id/services":                             "nom=Accueil&genre=information",
	"POST /services/:id":                                        "nom=Pris&genre=information&version=1",
	"POST /structures/campagnes":                                "objet=Vos fiches&texte=Avant la rentrée.",
	"POST /structures/:id/rythme":                               "rythme=3",
	"POST /structures/:id/doublons/:autre":                      "garder=une&version-une=1&version-autre=1",
	"POST /structures/:id/personnes":                            "prenom=Ivan&nom=Neuf&fonction=Aide",
	"POST /personnes/:id":                                       "prenom=Prise&nom=Prise&courriel={courriel}&version=1",
	"POST /fonctions/:id":                                       "fonction=Prise&depuis=2025-01-01&version=1",
	"POST /ateliers":                                            "titre=Neuf&convention={convention}&genre=groupe&date=2026-03-17&debut=14:00&fin=16:30&lieu=Mairie&themes=enfance&enregistrer=oui",
	"POST /ateliers/:id":                                        "titre=Pris&convention={convention}&genre=groupe&date=2026-03-17&debut=14:00&fin=16:30&lieu=Mairie&themes=enfance&version=1&enregistrer=oui",
	"POST /ateliers/:id/report":                                 "date=2026-04-02&debut=14:00&fin=16:30",
	"POST /ateliers/:id/annulation":                             "motif=Verglas",
	"POST /ateliers/:id/invitations":                            "structures=caf",
	"POST /ateliers/:id/inscriptions":                           "structure={structure}&personnes={personne}",
	"POST /ateliers/:id/inscriptions/reponse":                   "structure={structure}&reponse=oui",
	"POST /ateliers/:id/inscriptions/:inscription/retrait":      "structure={structure}",
	"POST /ateliers/:id/inscriptions/:inscription/remplacement": "structure={structure}&prenom=Ivan&nom=Neuf",
	"POST /ateliers/:id/presences":                              "prenom=Ivan&nom=Venu",
	"POST /ateliers/:id/presences/:inscription":                 "etat=present",
	"POST /structures/:id/membres":                              "prenom=Ivan&nom=Neuf&courriel=neuf@essai.test&role=collegue",
	"POST /structures/:id/membres/:compte/role":                 "role=referent",
	"POST /structures/:id/membres/:compte/retrait":              "fonction=garder",
	"POST /demandes/:id/acceptation":                            "role=collegue&structure={structure}",
	"POST /demandes/:id/refus":                                  "mot=Non",
	"POST /administration/demandes/:id":                         "decision=refuser&reponse=Voici pourquoi",
	"POST /convention/nouvelle":                                 "territoire={territoire}&convention=suite&nom=Suite&debut=2030-01-01&fin=2033-12-31&axe=a&axe-a=Vivre",
	"POST /convention/:id/modifier":                             "nom=Prise&debut=2026-01-01&fin=2029-12-31&version=1",
	"GET /ateliers/:id/inscriptions":                            "structure={structure}",
}

// fragments are the addresses that answer HTMX, and lead everyone else to the page around.
var fragments = []string{"GET /ateliers/:id/presences/recherche"}
