package views

import (
	"strings"

	"maillage/app"
)

// PersonLinkLetter carries the personal links of names, in that order; more people than
// those have the address.
func PersonLinkLetter(names, links []string, more bool) app.Mail {
	const ending = "Si vous n’avez rien demandé, ne faites rien.\n\nMaillage\n"
	if len(names) == 1 && !more {
		return app.Mail{
			Subject: "Votre lien personnel vers vos données",
			Body: "Bonjour,\n\nOuvrez ce lien pour voir ce que Maillage sait de vous, le corriger, l’emporter, vous y opposer ou savoir qui l’a consulté :\n\n" + links[0] + "\n\n" +
				"Il sert pendant 30 jours. Il est personnel : ne le transmettez pas. " + ending,
		}
	}
	var body strings.Builder
	body.WriteString("Bonjour,\n\nPlusieurs personnes ont cette adresse. Ouvrez le lien qui suit votre nom pour voir ce que Maillage sait de vous, le corriger, l’emporter, vous y opposer ou savoir qui l’a consulté :\n\n")
	for i, name := range names {
		body.WriteString(name + " :\n" + links[i] + "\n\n")
	}
	if more {
		body.WriteString("Il y en a d’autres : si votre nom n’est pas dans cette liste, redemandez un lien dans une heure ; le courriel suivant porte d’autres noms.\n\n")
	}
	return app.Mail{
		Subject: "Vos liens personnels vers vos données",
		Body:    body.String() + "Chaque lien sert pendant 30 jours, à la personne dont il suit le nom : ne les transmettez à personne d’autre. " + ending,
	}
}

// ConfirmSignInAddressLetter asks a new address to confirm that one signs in with it.
func ConfirmSignInAddressLetter(link string) app.Mail {
	return app.Mail{
		Subject: "Confirmez votre nouvelle adresse de connexion",
		Body:    "Bonjour,\n\nQuelqu’un, sans doute vous, veut se connecter à Maillage avec cette adresse. Pour qu’elle remplace la précédente, suivez ce lien :\n\n" + link + "\n\nIl sert une fois, pendant trois jours. Si vous n’avez rien demandé, ne faites rien.\n\nMaillage\n",
	}
}

// ConfirmAddressLetter asks a new address to confirm that it is the person's.
func ConfirmAddressLetter(link string) app.Mail {
	return app.Mail{
		Subject: "Confirmez votre nouvelle adresse",
		Body:    "Bonjour,\n\nVous avez indiqué cette adresse sur votre fiche dans Maillage. Pour qu’elle remplace l’ancienne, suivez ce lien :\n\n" + link + "\n\nIl sert une fois, pendant trois jours. Si vous n’avez rien demandé, ne faites rien.\n\nMaillage\n",
	}
}
