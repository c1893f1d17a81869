package views

import "maillage/app"

// ReplacedAddressLetter tells an address that somebody else put another in its place on a
// record: somebody of structure, or who coordinates when that is "".
func ReplacedAddressLetter(structure, site string) app.Mail {
	return app.Mail{
		Subject: "Votre adresse a été changée sur votre fiche",
		Body: "Bonjour,\n\n" + keptBy(structure) + " vient de changer l’adresse de votre fiche dans l’annuaire des partenaires : celle-ci n’y est plus, et les liens personnels envoyés ici ne servent plus.\n\n" +
			unexpected(structure, site),
	}
}

// OpenedElsewhereLetter tells the address of a record that an account was opened for its
// person at another one.
func OpenedElsewhereLetter(structure, site string) app.Mail {
	return app.Mail{
		Subject: "Un compte est ouvert à votre nom, avec une autre adresse",
		Body: "Bonjour,\n\n" + keptBy(structure) + " vient d’ouvrir un compte Maillage à votre nom, avec une autre adresse que celle-ci. Les liens personnels envoyés ici ne servent plus.\n\n" +
			unexpected(structure, site),
	}
}

// LeftAddressLetter tells an address that its person put another in its place.
func LeftAddressLetter(site string) app.Mail {
	return app.Mail{
		Subject: "Votre nouvelle adresse est enregistrée",
		Body: "Bonjour,\n\nVotre fiche dans l’annuaire des partenaires porte maintenant une autre adresse, que vous avez confirmée. Les liens personnels envoyés ici ne servent plus.\n\n" +
			unexpected("", site),
	}
}

// LeftSignInLetter tells an address that one no longer signs in with it.
func LeftSignInLetter() app.Mail {
	return app.Mail{
		Subject: "Votre adresse de connexion à Maillage a changé",
		Body: "Bonjour,\n\nVous vous connectez maintenant à Maillage avec une autre adresse, que vous avez demandée dans Mon compte et confirmée par le lien qui y était envoyé. Les liens envoyés ici ne servent plus.\n\n" +
			"Si ce changement vous surprend, prévenez tout de suite l’administration ou la coordination de la convention.\n\nMaillage\n",
	}
}

func keptBy(structure string) string {
	if structure == "" {
		return "La coordination de la convention"
	}
	return "Une personne de « " + structure + " »"
}

func unexpected(structure, site string) string {
	to := "à la coordination de votre territoire"
	if structure != "" {
		to = "à cette structure, ou " + to
	}
	return "Si vous vous y attendiez, il n’y a rien à faire. Sinon, dites-le " + to + ", qui corrigera ; vos droits sont rappelés ici :\n" + site + "/donnees-personnelles\n\nMaillage\n"
}
