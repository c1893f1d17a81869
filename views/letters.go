package views

import (
	"strings"

	"maillage/app"
)

// InvitationLetter words the e-mail that invites an organisation to a workshop; site is
// the address of the application.
func InvitationLetter(n app.Notice, site string) app.Mail {
	return app.Mail{
		Subject: "Vous êtes invité·e·s à « " + n.Workshop.Title + " »",
		Body: letterBody(n, "« "+n.Name+" » est invitée à participer :",
			"Dites en une minute si votre structure vient, et qui :\n"+answerAddress(n, site)),
	}
}

// ReminderLetter words the e-mail to an organisation that has not answered yet.
func ReminderLetter(n app.Notice, site string) app.Mail {
	return app.Mail{
		Subject: "Votre réponse pour « " + n.Workshop.Title + " »",
		Body: letterBody(n, "Nous n’avons pas encore de réponse de « "+n.Name+" » pour :",
			"Même si personne ne peut venir, une réponse nous aide à préparer :\n"+answerAddress(n, site)),
	}
}

// SeatLetter words the e-mail that tells of a seat given to somebody who waited.
func SeatLetter(n app.Notice, site string) app.Mail {
	return app.Mail{
		Subject: "Une place s’est libérée pour " + n.Person,
		Body: letterBody(n, n.Person+" était sur la liste d’attente et a maintenant une place :",
			"Si cette personne ne peut plus venir, dites-le ici, ou envoyez quelqu’un d’autre à sa place :\n"+answerAddress(n, site)),
	}
}

func letterBody(n app.Notice, opening, closing string) string {
	w := n.Workshop
	lines := []string{"Bonjour " + n.To + ",", "", opening, "", w.Kind.Label() + " : " + w.Title, Capital(Span(w.StartsAt, w.EndsAt))}
	if place := w.Where(""); place != "" {
		lines = append(lines, place)
	}
	if w.Link != "" {
		lines = append(lines, "Visioconférence : "+w.Link)
	}
	return strings.Join(append(lines, "", closing, "", "La coordination de la convention territoriale globale", ""), "\n")
}

func answerAddress(n app.Notice, site string) string {
	return site + workshopPath(n.Workshop) + registrationsPage + "?structure=" + pathEscape(string(n.Organisation))
}

// PostponedLetter words the e-mail that tells of a new date, to who answers for an
// organisation or to a person who is registered.
func PostponedLetter(n app.Notice, site string) app.Mail {
	closing := "Les personnes déjà inscrites le restent. Dites ici si elles ne peuvent plus venir :\n" + answerAddress(n, site)
	if n.Person != "" {
		closing = "Votre place est gardée. Si vous ne pouvez plus venir, dites-le à la personne référente de votre structure ou à la coordination."
	}
	return app.Mail{
		Subject: "Reporté : « " + n.Workshop.Title + " »",
		Body:    letterBody(n, "La rencontre prévue le "+Day(n.Workshop.PostponedFrom)+" est reportée. Nouvelle date :", closing),
	}
}

// CancelledLetter words the e-mail that tells that a meeting is called off, and why.
func CancelledLetter(n app.Notice, site string) app.Mail {
	closing := "Prévenez les personnes de votre structure qui devaient venir.\n" + site + workshopPath(n.Workshop)
	if n.Person != "" {
		closing = "Vous y étiez inscrit·e : notez que cette rencontre n’aura pas lieu."
	}
	return app.Mail{
		Subject: "Annulé : « " + n.Workshop.Title + " »",
		Body:    letterBody(n, "Cette rencontre est annulée :", "Motif : "+n.Workshop.CancelReason+"\n\n"+closing),
	}
}
