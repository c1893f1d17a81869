package views

import (
	"strings"
	"time"

	"maillage/app"
)

// InvitationsPage is who is invited to a workshop, what they answered, and whom else to invite.
type InvitationsPage struct {
	Frame      Frame
	Workshop   app.Workshop
	Invited    []InvitedStructure
	Closed     string // why nobody may be invited, "" when they may
	Candidates CandidateList
	Now        time.Time
}

// InvitedStructure is an organisation invited to a workshop.
type InvitedStructure struct {
	Invitation app.Invitation
	Name       string
	Category   app.Category
	Commune    string
	Referents  int
	Seated     int
	Waiting    int
}

// CandidateList is the organisations that a choice finds, with that choice.
type CandidateList struct {
	Workshop   app.Workshop
	Query      string
	Categories []Option
	Themes     []Option
	Communes   []Option
	Found      []CandidateRow
	Recruits   bool   // the viewer may find référent·e·s for those who have none
	Problem    string // what is wrong with what was sent
}

// CandidateRow is an organisation that may be invited.
type CandidateRow struct {
	ID        app.OrganisationID
	Name      string
	Category  app.Category
	Commune   string
	Referents int
	Invited   bool
	Ticked    bool
}

func (l CandidateList) path() string { return workshopPath(l.Workshop) + invitationsPage }

// fresh counts those found that are not invited yet.
func (l CandidateList) fresh() (n int) {
	for _, c := range l.Found {
		if !c.Invited {
			n++
		}
	}
	return n
}

// mute counts those found that are not invited yet and that no mail would reach.
func (l CandidateList) mute() (n int) {
	for _, c := range l.Found {
		if !c.Invited && c.Referents == 0 {
			n++
		}
	}
	return n
}

// muteWords says what inviting those does.
func (l CandidateList) muteWords() string {
	if n := l.mute(); n > 1 {
		return app.Number(n) + " de ces structures n’ont pas de référent·e : vous pouvez les inviter, mais aucun courriel ne leur parviendra. Appelez-les, puis répondez pour elles ici."
	}
	return "Une de ces structures n’a pas de référent·e : vous pouvez l’inviter, mais aucun courriel ne lui parviendra. Appelez-la, puis répondez pour elle ici."
}

// ids names those found that are not invited yet, for the button that invites them all:
// a button's value is sent only by that button, never in the address of a filter.
func (l CandidateList) ids() string {
	var ids strings.Builder
	for _, c := range l.Found {
		if !c.Invited {
			ids.WriteString(string(c.ID) + " ")
		}
	}
	return ids.String()
}

// sentence says how many were found and how many of those are invited.
func (l CandidateList) sentence() string {
	s := app.Count(len(l.Found), "structure trouvée", "structures trouvées")
	if invited := len(l.Found) - l.fresh(); invited > 0 {
		s += ", dont " + app.Count(invited, "déjà invitée", "déjà invitées")
	}
	return s + "."
}

func (l CandidateList) everything() string {
	if n := l.fresh(); n > 1 {
		return "Inviter les " + app.Number(n) + " structures trouvées"
	}
	return "Inviter la structure trouvée"
}

// tally says how the invited organisations answered, as a sentence.
func (p InvitationsPage) tally() string {
	var coming, people, waiting, declined int
	for _, i := range p.Invited {
		switch i.Invitation.Answer {
		case app.Coming:
			coming++
		case app.Declined:
			declined++
		}
		people += i.Seated
		waiting += i.Waiting
	}
	var parts []string
	if coming > 0 {
		parts = append(parts, app.Count(coming, "vient", "viennent")+comingPeople(people, waiting))
	}
	if declined > 0 {
		parts = append(parts, app.Count(declined, "ne vient pas", "ne viennent pas"))
	}
	if n := p.silent(); n == len(p.Invited) {
		parts = []string{"aucune réponse pour l’instant"}
	} else if n > 0 {
		parts = append(parts, app.Count(n, "n’a pas répondu", "n’ont pas répondu"))
	}
	return app.Count(len(p.Invited), "structure invitée", "structures invitées") + "\u00a0: " + strings.Join(parts, ", ") + "."
}

// comingPeople says, between brackets, how many people the organisations that come have named.
func comingPeople(seated, waiting int) string {
	switch {
	case seated+waiting == 0:
		return " (personnes à nommer)"
	case waiting == 0:
		return " (" + app.Count(seated, "personne", "personnes") + ")"
	case seated == 0:
		return " (" + app.Count(waiting, "personne", "personnes") + " en attente)"
	}
	return " (" + app.Count(seated, "personne", "personnes") + ", " + app.Number(waiting) + " en attente)"
}

func (p InvitationsPage) silent() (n int) {
	for _, i := range p.Invited {
		if i.Invitation.Answer == app.Unanswered {
			n++
		}
	}
	return n
}

// reachable counts those who did not answer and have somebody to remind.
func (p InvitationsPage) reachable() int { return p.silent() - p.mute() }

// chase says whom the button reminds.
func (p InvitationsPage) chase() string {
	n, all := p.reachable(), p.mute() == 0
	switch {
	case n > 1 && all:
		return "Relancer les " + app.Number(n) + " structures sans réponse"
	case n > 1:
		return "Relancer les " + app.Number(n) + " qui ont un·e référent·e"
	case all:
		return "Relancer la structure sans réponse"
	}
	return "Relancer celle qui a un·e référent·e"
}

// chased says when the last reminder left, "" if none did.
func (p InvitationsPage) chased() string {
	var last time.Time
	for _, i := range p.Invited {
		if i.Invitation.RemindedAt.After(last) {
			last = i.Invitation.RemindedAt
		}
	}
	if last.IsZero() {
		return ""
	}
	return "Dernière relance " + Ago(last, p.Now) + "."
}

// answer says what an organisation answered, and the tone of that.
func (i InvitedStructure) answer() (words, tone string) {
	switch {
	case i.Invitation.Answer == app.Declined:
		return "Ne vient pas", ""
	case i.Invitation.Answer == app.Coming && i.Seated+i.Waiting == 0:
		return "Vient, personnes à nommer", "warn"
	case i.Invitation.Answer == app.Coming && i.Seated == 0:
		return "En attente\u00a0: " + app.Count(i.Waiting, "personne", "personnes"), "warn"
	case i.Invitation.Answer == app.Coming && i.Waiting > 0:
		return "Vient : " + app.Number(i.Seated) + ", et " + app.Number(i.Waiting) + " en attente", "good"
	case i.Invitation.Answer == app.Coming:
		return "Vient : " + app.Count(i.Seated, "personne", "personnes"), "good"
	}
	return "Sans réponse", "warn"
}

func (i InvitedStructure) path(w app.Workshop) string {
	return workshopPath(w) + invitationsPage + "/" + pathEscape(string(i.Invitation.Organisation))
}

func answerPath(w app.Workshop, o app.OrganisationID) string {
	return workshopPath(w) + registrationsPage + "?structure=" + pathEscape(string(o))
}

func structurePath(o app.OrganisationID) string { return "/structures/" + pathEscape(string(o)) }

// mute counts the invited organisations that nobody can answer for.
func (p InvitationsPage) mute() (n int) {
	for _, i := range p.Invited {
		if i.Referents == 0 && i.Invitation.Answer == app.Unanswered {
			n++
		}
	}
	return n
}

func onesOrOne(n int) string {
	if n > 1 {
		return "elles"
	}
	return "elle"
}
