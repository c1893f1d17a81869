package views

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"maillage/app"
)

func firstName(name string) string {
	first, _, _ := strings.Cut(name, " ")
	return first
}

var spaces = strings.NewReplacer(" :", "\u00a0:", " ?", "\u00a0?", " !", "\u00a0!", " ;", "\u00a0;", "« ", "«\u00a0", " »", "\u00a0»")

// Spaced returns a text that somebody typed with no-break spaces where French puts them,
// so that no line begins with a colon.
func Spaced(s string) string { return spaces.Replace(s) }

// Capital returns s with its first letter as a capital.
func Capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// howMany is app.Count with words of its own for none.
func howMany(n int, none, singular, plural string) string {
	if n == 0 {
		return none
	}
	return app.Count(n, singular, plural)
}

// Seats says how full a workshop is: "3 / 15 inscrits".
func Seats(w app.Workshop) string {
	switch {
	case w.Capacity == 0:
		return howMany(w.Taken, "aucun inscrit", "inscrit", "inscrits")
	case w.Waiting > 0:
		return app.Number(w.Taken) + " / " + app.Count(w.Capacity, "inscrit", "inscrits") + ", " + app.Number(w.Waiting) + " en attente"
	case w.Full():
		return app.Number(w.Taken) + " / " + app.Count(w.Capacity, "inscrit", "inscrits") + ", complet"
	}
	return app.Number(w.Taken) + " / " + app.Count(w.Capacity, "inscrit", "inscrits")
}

// whereShort says where a workshop is held in a few words.
func whereShort(w app.Workshop, commune string) string {
	switch {
	case w.Online():
		return "en visioconférence"
	case w.Place != "" && commune != "":
		return w.Place + ", " + commune
	case commune != "":
		return commune
	case w.Place != "":
		return w.Place
	}
	return "lieu à préciser"
}

// unattached reports whether the account opens nothing.
func (p HomePage) unattached() bool {
	v := p.Frame.Viewer
	return !v.Administrator && len(v.Territories()) == 0 && len(v.Organisations()) == 0
}

func nothingNext(v app.Viewer) string {
	if v.MayHere(app.KeepWorkshops) {
		return "Préparez un atelier et publiez l’annonce : vous pourrez ensuite inviter les structures."
	}
	return "Les ateliers que la coordination publie apparaîtront ici."
}

func taskHref(t app.Task) string {
	workshop := workshopPath(t.Workshop)
	switch t.Kind {
	case app.OpenDoor, app.FillAttendance:
		return workshop + doorPage
	case app.AnswerInvitation:
		return workshop + registrationsPage
	case app.ChaseAnswers:
		return workshop + invitationsPage
	case app.AnswerRequest:
		return requestPath(t.Request)
	case app.FindReferents:
		if t.Theme != "" {
			return Address("/structures", "sans-referent", "oui", "theme", string(t.Theme))
		}
		return mutePage
	case app.CompleteRecord:
		return Address("/structures", "a-completer", "oui", "theme", string(t.Theme))
	case app.AddOrganisation:
		return "/structures/nouvelle"
	case app.WriteAxes:
		return "/convention"
	case app.OpenAccounts:
		return "/administration"
	case app.AnswerRequests:
		return "/administration/demandes"
	}
	return workshop
}

func taskTitle(t app.Task, v app.Viewer) string {
	switch t.Kind {
	case app.OpenDoor:
		return "Accueillir : " + t.Workshop.Title
	case app.AnswerInvitation:
		if !v.MayAnswerFor(t.Part(), t.Workshop) {
			return t.Workshop.Title
		}
		return "Répondre : " + t.Workshop.Title
	case app.FillAttendance:
		return "Noter les présences : " + t.Workshop.Title
	case app.ChaseAnswers:
		return "Relancer : " + t.Workshop.Title
	case app.PublishDraft:
		return "Publier : " + t.Workshop.Title
	case app.AnswerRequest:
		return "Répondre à " + t.Person + ", qui demande un accès"
	case app.FindReferents:
		return onTheme("Trouver des référent·e·s", t)
	case app.AddOrganisation:
		return "Ajouter les structures partenaires"
	case app.WriteAxes:
		return "Écrire les axes de la convention"
	case app.OpenAccounts:
		return "Ouvrir les comptes des référent·e·s"
	case app.AnswerRequests:
		return "Répondre aux personnes sur leurs données"
	}
	return onTheme("Compléter l’annuaire", t)
}

// onTheme adds to a title the theme that a task is limited to.
func onTheme(title string, t app.Task) string {
	if t.Theme == "" {
		return title
	}
	return title + " : " + t.Theme.Label()
}

func taskDetail(t app.Task, now time.Time) string {
	day := Capital(DayNear(t.Workshop.StartsAt, now)) + ", " + Hour(t.Workshop.StartsAt)
	switch t.Kind {
	case app.OpenDoor:
		return day + " · " + app.Count(t.Count, "personne attendue", "personnes attendues")
	case app.AnswerInvitation:
		return day + " · " + t.Name + " n’a pas encore répondu"
	case app.FillAttendance:
		return day + " · " + app.Count(t.Count, "personne sans présence notée", "personnes sans présence notée")
	case app.ChaseAnswers:
		return day + " · " + app.Count(t.Count, "structure n’a pas répondu", "structures n’ont pas répondu")
	case app.PublishDraft:
		return day + " · ce brouillon n’est vu que par la coordination"
	case app.AnswerRequest:
		return t.Name
	case app.FindReferents:
		return app.Count(t.Count, "structure n’a personne pour répondre aux invitations", "structures n’ont personne pour répondre aux invitations")
	case app.AddOrganisation:
		return "Caf, MSA, écoles, crèches, centres sociaux… : l’annuaire ne connaît encore que l’intercommunalité"
	case app.WriteAxes:
		return "Les ateliers se rangent sous ces axes, et les phases se datent au même endroit"
	case app.AnswerRequests:
		return app.Count(t.Count, "demande attend, à traiter sous un mois", "demandes attendent, à traiter sous un mois")
	case app.OpenAccounts:
		return "Chaque structure répond elle-même aux invitations, par la personne qui la représente"
	}
	return app.Count(t.Count, "fiche est à compléter", "fiches sont à compléter")
}

// pressing says that a task is v's to do, and soon.
func pressing(t app.Task, v app.Viewer) bool {
	return t.Kind < app.AnswerInvitation || t.Kind == app.AnswerRequest || t.Kind == app.AnswerInvitation && v.MayAnswerFor(t.Part(), t.Workshop)
}

func taskAct(t app.Task, v app.Viewer) string {
	switch t.Kind {
	case app.OpenDoor:
		return "Accueillir"
	case app.AnswerInvitation:
		if !v.MayAnswerFor(t.Part(), t.Workshop) {
			return "Voir"
		}
		return "Répondre"
	case app.FillAttendance:
		return "Noter"
	case app.ChaseAnswers:
		return "Relancer"
	case app.PublishDraft:
		return "Relire"
	case app.AnswerRequest:
		return "Répondre"
	case app.FindReferents:
		return "Voir lesquelles"
	case app.AddOrganisation:
		return "Ajouter"
	case app.WriteAxes:
		return "Écrire"
	case app.OpenAccounts:
		return "Ouvrir"
	case app.AnswerRequests:
		return "Répondre"
	}
	return "Voir les fiches"
}
