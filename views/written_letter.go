package views

import "maillage/app"

// WrittenLetter words the e-mail, without its recipient, that tells p that o wrote them down
// among its people; site is the address of the application.
func WrittenLetter(p app.Person, o app.Organisation, site string) app.Mail {
	return app.Mail{
		Subject: "« " + o.Name + " » vous compte parmi ses membres",
		Body: "Bonjour " + p.FirstName + ",\n\nSur Maillage, l’annuaire des partenaires de la convention territoriale globale, « " + o.Name + " » vient de vous inscrire parmi ses membres.\n\n" +
			"Vos coordonnées lui restent cachées tant que vous n’avez pas confirmé. Pour le faire, ou pour dire que c’est une erreur, ouvrez vos données et enregistrez-les :\n" +
			site + "/mes-donnees\n\nSans réponse de votre part, rien d’autre ne change.\n\nMaillage\n",
	}
}
