package views

import (
	"strconv"
	"time"

	"maillage/app"
)

// verifier says who confirmed a record, "" when nobody did.
func verifier(v app.Verification) string {
	if v.Never() {
		return ""
	}
	return v.Who()
}

// verifiedWords says when and by whom a record was last confirmed.
func verifiedWords(v app.Verification) string {
	if v.Never() {
		return "Personne n’a encore confirmé cette fiche."
	}
	return "Confirmée le " + LongDate(app.DateOf(v.At)) + " par " + v.Who() + "."
}

// nextWords says when a record is to be confirmed again.
func nextWords(o app.Organisation, now time.Time) string {
	switch due := o.DueOn(); app.FreshnessOf(due, now) {
	case app.NeverSaid:
		return "À vérifier " + o.Pace().Words() + "."
	case app.Fresh:
		return "À vérifier de nouveau le " + LongDate(due) + " (" + o.Pace().Words() + ")."
	default:
		return "À vérifier depuis le " + LongDate(due) + " (" + o.Pace().Words() + ")."
	}
}

// freshnessTone is the tone of the words for f.
func freshnessTone(f app.Freshness) string {
	return map[app.Freshness]string{app.Fresh: "good", app.Due: "warn", app.Late: "bad", app.NeverSaid: "warn"}[f]
}

func rhythmOptions(chosen app.Rhythm) []Option {
	options := make([]Option, len(app.Rhythms))
	for i, r := range app.Rhythms {
		options[i] = Option{Value: strconv.Itoa(int(r)), Label: Capital(r.Words()), Chosen: r == chosen}
	}
	return options
}

// askWords is on the button by which a structure is written to, i being the last that it was
// asked.
func askWords(i app.Inquiry) string {
	if i.ID != "" && i.Open() {
		return "Relancer la structure"
	}
	return "Demander à la structure"
}

// inquiryTone is the tone of the words for s.
func inquiryTone(s app.InquiryState) string {
	switch {
	case s == app.InquiryConfirmed, s == app.InquiryCorrected:
		return "good"
	case s.Stuck():
		return "bad"
	}
	return "info"
}

// inquiryWhen says when a structure was asked, and when it answered.
func inquiryWhen(i app.Inquiry) string {
	asked := "Demandé le " + LongDate(app.DateOf(i.CreatedAt))
	switch {
	case i.Rounds > 1:
		asked += ", " + app.Count(i.Rounds-1, "rappel", "rappels")
	case i.Rounds == 0 && i.Open() && i.NextAt.After(i.CreatedAt):
		return asked + ", en attente : une même adresse reçoit un courriel par jour au plus."
	case i.Rounds == 0 && i.Open():
		return asked + ", part dans la minute."
	}
	if !i.Open() {
		asked += ", fin le " + LongDate(app.DateOf(i.EndedAt))
	}
	return asked + "."
}

// freshnessCount says what a number of records counts that stand at f.
func freshnessCount(f app.Freshness) string {
	return map[app.Freshness]string{app.Fresh: "à jour", app.Due: "à vérifier depuis peu", app.Late: "en retard de plus d’un mois", app.NeverSaid: "jamais vérifiées"}[f]
}

// automaticQuestion is asked before structures are asked by themselves, n of which are to be
// confirmed today.
func automaticQuestion(n int) string {
	if n == 0 {
		return ""
	}
	return app.Count(n, "structure est à vérifier : elle recevra un courriel", "structures sont à vérifier : elles recevront un courriel, cinquante par heure") + ". Mettre en route ?"
}
