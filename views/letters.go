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
	if place := app.Tidy(strings.Trim(w.Place+", "+w.Address, ", ")); place != "" {
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
