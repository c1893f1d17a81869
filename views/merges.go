package views

import (
	"strconv"
	"strings"
	"time"

	"maillage/app"
)

// MergesPage is the list of the merges that were made.
type MergesPage struct {
	Frame  Frame
	Merges []app.Merge
	Now    time.Time
	Shown  int // at most
}

// MergePage is what a merge did, and what undoing it would.
type MergePage struct {
	Frame   Frame
	Merge   app.Merge // not undone yet, its outcome is what undoing would leave as it became since
	Refusal string    // why it cannot be undone, "" when it can
	Problem string    // what went wrong
}

// MergePath is the address of a merge.
func MergePath(id app.MergeID) string { return "/structures/fusions/" + pathEscape(string(id)) }

// edits are what the merge changed of the record that stays.
func (p MergePage) edits() app.Changes { return p.Merge.KeptAfter.ChangesFrom(p.Merge.KeptBefore) }

// mergeState says where a merge is, and in which tone.
func mergeState(m app.Merge, now time.Time) (words, tone string) {
	switch {
	case !m.UndoneAt.IsZero():
		return "Défaite", ""
	case m.Undoable(now):
		return "Se défait jusqu’au " + ShortDate(m.KeptUntil()), "good"
	}
	return "Ne se défait plus", ""
}

// mergeOrigin says when and by whom a merge was made.
func mergeOrigin(m app.Merge) string {
	if m.Actor == "" {
		return "Faite le " + DateTime(m.MergedAt)
	}
	return "Faite le " + DateTime(m.MergedAt) + " par " + m.Actor
}

// mergedWords says on a record what was made one with it.
func mergedWords(m app.Merge) string {
	words := "« " + m.AbsorbedBefore.Name + " » a été réunie à cette fiche le " + ShortDate(m.MergedAt)
	if m.Actor != "" {
		words += " par " + m.Actor
	}
	return words + "."
}

// MergedLetter words the e-mail that tells a référent·e that their structure is one with
// another record.
func MergedLetter(m app.Merge, to, site string) app.Mail {
	return app.Mail{
		Subject: "« " + m.AbsorbedBefore.Name + " » et « " + m.KeptBefore.Name + " » : une seule fiche",
		Body: strings.Join([]string{
			"Bonjour " + to + ",", "",
			"« " + m.AbsorbedBefore.Name + " » et « " + m.KeptBefore.Name + " » étaient deux fiches de la même structure. La coordination les a réunies : personnes, invitations, inscriptions et accès sont désormais sur « " + m.KeptAfter.Name + " », que vous tenez avec les référent·e·s de l’autre fiche.",
			"", "Relisez la fiche :", site + structurePath(m.KeptBefore.ID),
			"", "Si ce sont deux structures, dites-le à la coordination : cela se défait pendant " + strconv.Itoa(app.MergeDays) + " jours.",
			"", "La coordination de la convention territoriale globale", "",
		}, "\n"),
	}
}

// PartedLetter words the e-mail that tells a référent·e that it is two structures again.
func PartedLetter(m app.Merge, to, site string) app.Mail {
	return app.Mail{
		Subject: "« " + m.AbsorbedBefore.Name + " » et « " + m.KeptBefore.Name + " » sont de nouveau deux fiches",
		Body: strings.Join([]string{
			"Bonjour " + to + ",", "",
			"Les fiches « " + m.AbsorbedBefore.Name + " » et « " + m.KeptBefore.Name + " » avaient été réunies ; la coordination a défait cette fusion. Chacune a retrouvé ses personnes, ses invitations et ses accès.",
			"", site + structurePath(m.KeptBefore.ID), site + structurePath(m.AbsorbedBefore.ID),
			"", "La coordination de la convention territoriale globale", "",
		}, "\n"),
	}
}
