package views

import "maillage/app"

// PersonLinkLetter carries the personal links of names, in that order.
func PersonLinkLetter(names, links []string) app.Mail {
	body := "Bonjour,\n\nOuvrez ce lien pour voir ce que Maillage sait de vous, le corriger, l’emporter, vous y opposer ou savoir qui l’a consulté :\n\n"
	for i, name := range names {
		if len(names) > 1 {
			body += name + " :\n"
		}
		body += links[i] + "\n\n"
	}
	return app.Mail{
		Subject: "Votre lien personnel vers vos données",
		Body:    body + "Il sert pendant 30 jours. Il est personnel : ne le transmettez pas. Si vous n’avez rien demandé, ne faites rien.\n\nMaillage\n",
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
