package views

import (
	"time"

	"maillage/app"
)

// GatheringSentence is the sentence of the article, from figures: "15 ateliers ont réuni
// 52 participants de 31 structures." Over says that nothing more is to come.
func GatheringSentence(f app.Figures, over bool) string {
	if f.Workshops == 0 {
		if over {
			return "Aucun atelier ne s’est tenu."
		}
		return "Aucun atelier ne s’est encore tenu."
	}
	if f.Participants == 0 {
		held := app.Count(f.Workshops, "atelier s’est tenu", "ateliers se sont tenus")
		return held + "\u00a0; aucune présence n’y est notée."
	}
	s := app.Count(f.Workshops, "atelier a réuni ", "ateliers ont réuni ") + app.Count(f.Participants, "participant", "participants")
	switch f.Organisations {
	case 0:
		return s + "."
	case 1:
		return s + " d’une seule structure."
	}
	return s + " de " + app.Count(f.Organisations, "structure", "structures") + "."
}

// largestSentence says which workshop gathered most people, after "Jusqu’à 43 personnes".
func largestSentence(m app.Meeting) string {
	return "Jusqu’à " + app.Count(m.Present, "personne", "personnes") + " réunies le même jour, le " + LongDate(app.DateOf(m.StartsAt)) + "\u00a0: "
}

// unrecordedSentence says how many workshops held have nobody noted present, "" when none.
func unrecordedSentence(n int) string {
	if n == 0 {
		return ""
	}
	return app.Count(n, "atelier tenu n’a", "ateliers tenus n’ont") + " aucune présence notée."
}

// conventionDates says when a convention begins and ends, and when it was signed.
func conventionDates(v app.Convention) string {
	s := "Du " + LongDate(v.StartsOn) + " au " + LongDate(v.EndsOn)
	if v.SignedOn != "" {
		s += ", signée le " + LongDate(v.SignedOn)
	}
	return s
}

// phaseDates says when a phase begins and ends, as far as it is known.
func phaseDates(p app.Phase) string {
	switch {
	case p.StartsOn == "" && p.EndsOn == "":
		return "Dates à préciser"
	case p.EndsOn == "":
		return "À partir du " + LongDate(p.StartsOn)
	case p.StartsOn == "":
		return "Jusqu’au " + LongDate(p.EndsOn)
	}
	return "Du " + LongDate(p.StartsOn) + " au " + LongDate(p.EndsOn)
}

// progressWords says in two words where a convention or a phase stands.
func progressWords(p app.Progress) string {
	switch p {
	case app.Ahead:
		return "À venir"
	case app.Running:
		return "En cours"
	case app.Over:
		return "Terminée"
	}
	return ""
}

func progressTone(p app.Progress) string {
	switch p {
	case app.Running:
		return "accent"
	case app.Ahead:
		return "info"
	}
	return ""
}

// meetingState says in a few words what became of a workshop, or that it is to come.
func meetingState(m app.Meeting, now time.Time) string {
	switch {
	case m.Status == app.Cancelled:
		return "Annulé"
	case m.Status == app.Draft:
		return "Brouillon"
	case !m.Held(now):
		return "À venir"
	case m.Present == 0:
		return "aucune présence notée"
	}
	return app.Count(m.Present, "présent", "présents")
}

// meetingsTitle sums up a list of workshops: "16 ateliers, dont 3 à venir".
func meetingsTitle(meetings []app.Meeting, now time.Time) string {
	ahead := 0
	for _, m := range meetings {
		if m.Status == app.Published && !m.Held(now) {
			ahead++
		}
	}
	s := app.Count(len(meetings), "atelier", "ateliers")
	switch {
	case ahead == 0:
		return s
	case ahead == len(meetings):
		return s + " à venir"
	}
	return s + ", dont " + app.Number(ahead) + " à venir"
}

// noMeetingsWords says that a part of a convention has no workshop.
func noMeetingsWords(part conventionPart) string {
	if part.over {
		return "Aucun atelier ne s’y rattache."
	}
	return "Aucun atelier ne s’y rattache encore."
}

// progressKey is how a style sheet knows where a phase stands.
func progressKey(p app.Progress) string {
	switch p {
	case app.Ahead:
		return "ahead"
	case app.Running:
		return "running"
	case app.Over:
		return "over"
	}
	return "undated"
}
