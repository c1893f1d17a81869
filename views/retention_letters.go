package views

import (
	"strings"

	"maillage/app"
)

// RetentionLetter words the e-mail that tells a person what goes of what is kept of them,
// or asks whether it is still right; link is the address of their data, which asks for no
// account; site is the address of the application.
func RetentionLetter(i app.DueItem, link, site string) app.Mail {
	hello, bye := "Bonjour "+i.Name+",\n\n", "\n\nCe lien est personnel et sert pendant 30 jours : ne le transmettez pas.\n"+
		"Vos droits et le contact de la personne déléguée à la protection des données : "+site+"/donnees-personnelles\n\nMaillage\n"
	day, since := LongDate(app.DateOf(i.Due)), LongDate(app.DateOf(i.Since))
	switch i.Keeping {
	case app.KeepIdleAccounts:
		return app.Mail{
			Subject: "Votre compte Maillage sera supprimé le " + day,
			Body: hello + "Vous ne vous êtes pas connecté·e à Maillage depuis le " + since + ". " +
				"Sans nouvelle connexion, votre compte sera supprimé le " + day + ".\n\n" +
				"Pour le garder, il suffit de vous connecter :\n" + site + "/connexion\n\n" +
				"Pour le laisser partir, vous n’avez rien à faire. Voir ce que nous savons de vous, ou l’emporter avant :\n" + link + bye,
		}
	case app.KeepRecords:
		return app.Mail{
			Subject: "Votre fiche dans Maillage sera effacée le " + day,
			Body: hello + "Nous n’avons pas de nouvelles de vous depuis le " + since + ". " +
				"Votre fiche (nom, coordonnées, fonction) sera effacée de l’annuaire des partenaires le " + day + ".\n\n" +
				"Pour la garder, ouvrez ce lien, corrigez-la s’il le faut et enregistrez-la. Aucun compte n’est nécessaire :\n" + link + "\n\nSinon, vous n’avez rien à faire." + bye,
		}
	}
	return app.Mail{
		Subject: "Vos coordonnées dans Maillage sont-elles toujours exactes ?",
		Body: hello + "Votre fiche dans l’annuaire des partenaires n’a pas changé depuis le " + since + ".\n\n" +
			"Ouvrez ce lien pour la voir, la corriger, vous y opposer ou en demander l’effacement. Aucun compte n’est nécessaire :\n" + link + "\n\n" +
			"Si tout est exact, vous n’avez rien à faire." + bye,
	}
}

// RetentionWarning words the e-mail that tells who keeps the data what goes next, so that a
// date or a time changed by mistake is put right before.
func RetentionWarning(items []app.DueItem, site string) app.Mail {
	var lines []string
	for _, rule := range app.Rules {
		var these []app.DueItem
		for _, i := range items {
			if i.Keeping == rule.Keeping {
				these = append(these, i)
			}
		}
		lines = append(lines, warningLines(rule, these)...)
	}
	return app.Mail{
		Subject: "Conservation des données : ce qui part bientôt",
		Body: "Bonjour,\n\nDes données arrivent au bout du temps pendant lequel elles sont gardées. Rien n’est encore retiré :\n\n" +
			strings.Join(lines, "\n") + "\n\n" +
			"Si cela vous surprend, une date de convention ou une durée a peut-être été changée par mégarde : corrigez-la avant cette date, et rien ne part. " +
			"Les personnes sans adresse électronique sont à prévenir de vive voix ou par courrier :\n" + site + "/administration/information\n\nMaillage\n",
	}
}

// warningLines says how many items of a rule go and when; conventions one by one.
func warningLines(rule app.Rule, items []app.DueItem) (lines []string) {
	if len(items) == 0 {
		return nil
	}
	if rule.Keeping == app.KeepPresences {
		for _, i := range items {
			lines = append(lines, "– « "+i.Name+" » : "+app.Count(i.Count, "présence ou inscription perd son nom", "présences ou inscriptions perdent leur nom")+" à partir du "+LongDate(app.DateOf(i.Due)))
		}
		return lines
	}
	first, written := items[0].Due, 0
	for _, i := range items {
		if i.Due.Before(first) {
			first = i.Due
		}
		if i.ByLetter() {
			written++
		}
	}
	line := "– " + rule.Label + " : " + app.Number(things(items)) + ", à partir du " + LongDate(app.DateOf(first))
	if rule.Told {
		line += " (" + app.Count(written, "personne prévenue", "personnes prévenues") + " par courriel, " + app.Number(len(items)-written) + " sans adresse)"
	}
	return append(lines, line)
}
