package web

import "maillage/app"

// acts says which act of app.Rights each address is. A new address takes its line here;
// tests refuse one without (rights_test.go), and play each against the table.
var acts = map[app.Act][]string{
	app.ReadLeaflets: {"GET /aide", "GET /aide/droits", "GET /sources", "GET /accessibilite", "GET /donnees-personnelles", "GET /healthz"},
	app.SignIn: {
		"GET /connexion", "POST /connexion", "POST /connexion/lien", "GET /connexion/code", "POST /connexion/code",
		"POST /connexion/cle/defi", "POST /connexion/cle", "POST /connexion/verification/cle/defi", "POST /connexion/verification/cle",
		"POST /connexion/verification/nouvelle-cle/defi", "POST /connexion/verification/nouvelle-cle",
		"GET /connexion/verification", "POST /connexion/verification",
		"POST /connexion/verification/application", "POST /connexion/fournisseur", "GET /connexion/retour", "GET /connexion/demande", "POST /connexion/demande",
		"POST /deconnexion", "POST /aide/fin",
	},
	app.FollowLink: {
		"GET /mes-donnees", "POST /mes-donnees", "GET /mes-donnees/:jeton", "POST /mes-donnees/:jeton", "GET /mes-donnees/:jeton/mes-donnees.json",
		"GET /mes-donnees/:jeton/mes-donnees.txt", "POST /mes-donnees/:jeton/demandes", "POST /mes-donnees/:jeton/fin", "POST /mes-donnees/:jeton/reprise",
		"GET /mes-donnees/:jeton/adresse", "POST /mes-donnees/:jeton/adresse",
		"GET /fiche/:jeton", "POST /fiche/:jeton", "GET /fiche/:jeton/correction", "POST /fiche/:jeton/correction", "POST /fiche/:jeton/arret",
		"GET /connexion/lien/:token", "POST /connexion/lien/:token", "GET /installation/:token", "POST /installation/:token",
	},
	app.ComeHome: {"GET /", "POST /territoire"},
	app.KeepOwnAccount: {
		"GET /compte/donnees", "POST /compte/donnees", "GET /compte/donnees/mes-donnees.json", "GET /compte/donnees/mes-donnees.txt",
		"POST /compte/donnees/demandes", "POST /compte/donnees/reprise",
		"GET /compte", "POST /compte/aide", "POST /compte/aide/fin", "POST /compte/mot-de-passe", "POST /compte/adresse", "GET /compte/second-facteur", "POST /compte/second-facteur",
		"POST /compte/second-facteur/retrait", "POST /compte/codes-de-secours", "POST /compte/cles/defi", "POST /compte/cles", "POST /compte/cles/:id/retrait",
		"POST /compte/connexions/fin", "POST /compte/connexions/:id/fin",
		"POST /compte/identites", "POST /compte/identites/:id/retrait",
	},
	app.SeeTerritory: {
		"GET /recherche", "GET /structures", "GET /structures.csv", "GET /structures/data-inclusion.json", "GET /structures/data-inclusion.csv", "GET /structures/:id", "GET /personnes/:id",
		"GET /services", "GET /services.csv", "GET /services/:id",
		"GET /ateliers", "GET /ateliers.csv", "GET /ateliers.ics", "GET /ateliers/:id",
		"GET /convention", "GET /convention.csv",
		"GET /reseau/carte", "GET /reseau/carte.csv", "GET /reseau/graphe", "GET /reseau/graphe.json", "GET /reseau/graphe.csv",
		"GET /reseau/indicateurs", "GET /reseau/indicateurs.csv",
	},
	app.EditOrganisation: {
		"GET /structures/:id/modifier", "POST /structures/:id", "POST /structures/:id/confirmation",
		"GET /structures/:id/personnes/nouvelle", "POST /structures/:id/personnes",
		"GET /structures/:id/services/nouveau", "POST /structures/:id/services",
		"POST /services/:id", "GET /services/:id/modifier", "POST /services/:id/arret", "POST /services/:id/reprise",
		"GET /fonctions/:id/modifier", "POST /fonctions/:id", "POST /fonctions/:id/fin", "POST /fonctions/:id/reprise",
	},
	app.EditPerson:  {"GET /personnes/:id/modifier", "POST /personnes/:id"},
	app.ErasePerson: {"GET /personnes/:id/effacement", "POST /personnes/:id/effacement"},
	app.KeepDirectory: {
		"GET /structures/nouvelle", "POST /structures", "POST /structures/:id/archivage", "POST /structures/:id/restauration",
		"POST /structures/:id/rythme",
	},
	app.ImportDirectory: {
		"GET /structures/imports", "POST /structures/imports", "GET /structures/imports/:id",
		"GET /structures/imports/:id/feuille", "POST /structures/imports/:id/feuille", "GET /structures/imports/:id/colonnes", "POST /structures/imports/:id/colonnes",
		"GET /structures/imports/:id/apercu", "POST /structures/imports/:id/decisions", "POST /structures/imports/:id/ecriture",
		"POST /structures/imports/:id/annulation", "POST /structures/imports/:id/abandon", "GET /structures/imports/:id/lignes-laissees.csv",
	},
	app.AskPartners: {
		"POST /structures/:id/demande", "GET /structures/fraicheur", "POST /structures/fraicheur",
		"GET /structures/campagnes/nouvelle", "POST /structures/campagnes", "GET /structures/campagnes/:id", "POST /structures/campagnes/:id/rappel",
	},
	app.MergeDoubles: {
		"GET /structures/doublons", "GET /structures/doublons/ecartes", "GET /structures/:id/doublons",
		"GET /structures/:id/doublons/:autre", "POST /structures/:id/doublons/:autre",
		"POST /structures/:id/doublons/:autre/distinction", "POST /structures/:id/doublons/:autre/reprise",
		"GET /structures/fusions", "GET /structures/fusions/:id", "POST /structures/fusions/:id/annulation",
	},
	app.KeepWorkshops: {
		"GET /ateliers/nouveau", "POST /ateliers", "GET /ateliers/:id/modifier", "POST /ateliers/:id", "POST /ateliers/:id/publication",
		"GET /ateliers/:id/report", "POST /ateliers/:id/report", "GET /ateliers/:id/annulation", "POST /ateliers/:id/annulation",
		"POST /ateliers/:id/reprise", "POST /ateliers/:id/copies",
	},
	app.Invite: {
		"GET /ateliers/:id/invitations", "POST /ateliers/:id/invitations", "POST /ateliers/:id/invitations/relance",
		"POST /ateliers/:id/invitations/:structure/retrait",
	},
	app.AskToJoin: {"GET /acces", "POST /acces", "GET /acces/:token", "POST /acces/:token"},
	app.SeeTeam:   {"GET /structures/:id/membres"},
	app.LeaveTeam: {"GET /structures/:id/membres/:compte/retrait", "POST /structures/:id/membres/:compte/retrait"},
	app.HandOver:  {"GET /structures/:id/membres/relais", "POST /structures/:id/membres/relais"},
	app.KeepTeam: {
		"POST /structures/:id/membres", "GET /structures/:id/membres/invitation",
		"POST /structures/:id/membres/:compte/role", "POST /structures/:id/membres/:compte/lien",
		"GET /demandes/:id", "POST /demandes/:id/acceptation", "POST /demandes/:id/refus",
	},
	app.SeeAnswers: {"GET /ateliers/:id/inscriptions"},
	app.AnswerFor: {
		"POST /ateliers/:id/inscriptions", "POST /ateliers/:id/inscriptions/reponse",
		"POST /ateliers/:id/inscriptions/:inscription/retrait", "POST /ateliers/:id/inscriptions/:inscription/remplacement",
	},
	app.CheckIn: {
		"GET /ateliers/:id/presences", "POST /ateliers/:id/presences", "GET /ateliers/:id/presences/recherche",
		"GET /ateliers/:id/presences/direct", "POST /ateliers/:id/presences/absents",
		"GET /ateliers/:id/presences/:inscription", "POST /ateliers/:id/presences/:inscription", "GET /ateliers/:id/emargement.pdf",
	},
	app.KeepConvention: {
		"GET /convention/nouvelle", "POST /convention/nouvelle", "GET /convention/:id/modifier", "POST /convention/:id/modifier",
	},
	app.KeepAccounts: {
		"GET /administration", "GET /administration/sans-referent", "GET /administration/comptes.csv", "GET /administration/comptes/nouveau", "POST /administration/comptes",
		"GET /administration/comptes/:id", "POST /administration/comptes/:id/roles", "POST /administration/comptes/:id/desactivation",
		"POST /administration/comptes/:id/activation", "POST /administration/comptes/:id/deconnexion",
		"POST /administration/comptes/:id/aide", "POST /administration/comptes/:id/lien", "POST /administration/comptes/:id/adresse",
	},
	app.ReadJournal: {
		"GET /administration/journal", "GET /administration/journal.csv", "GET /administration/consultations", "GET /administration/consultations.csv",
	},
	app.AnswerObjections: {
		"GET /administration/demandes", "POST /administration/demandes/:id", "GET /administration/information", "POST /administration/information/:id",
	},
	app.SeeReads: {
		"GET /personnes/:id/consultations",
	},
	app.Administer: {
		"POST /administration/information",
		"GET /administration/courriels", "GET /administration/courriels/:id", "POST /administration/courriels/:id/renvoi",
		"POST /administration/comptes/:id/second-facteur", "GET /administration/connexion", "POST /administration/connexion",
		"GET /administration/territoires", "POST /administration/territoires",
		"GET /administration/instance", "POST /administration/instance/connexions/:id/fin", "POST /administration/instance/attentes/:id/fin",
		"GET /administration/conservation", "POST /administration/conservation",
		"GET /administration/registre", "GET /administration/registre.csv", "GET /administration/registre/modifier", "POST /administration/registre",
	},
}
