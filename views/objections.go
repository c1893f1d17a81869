package views

import (
	"time"

	"maillage/app"
)

// ObjectionsPage is what people ask about their data.
type ObjectionsPage struct {
	Frame Frame
	All   []app.Objection
	At    app.ObjectionID // the one that Form answers
	Form  Filled
	Now   time.Time
}

func (p ObjectionsPage) answer(o app.Objection) Field {
	f := Field{ID: "reponse-" + string(o.ID), Name: "reponse", Label: "Votre réponse à la personne", Hint: "Envoyée par courriel. Nécessaire pour un refus : il se motive.", Max: app.MaxReason}
	if o.ID == p.At {
		f.Value, f.Error = p.Form.Typed.Get("reponse"), p.Form.Wrong["reponse"]
	}
	return f
}

// sure is ticked before a record is erased.
func (p ObjectionsPage) sure(o app.Objection) Field {
	f := Field{ID: "sur-" + string(o.ID), Name: "sur", Label: "J’ai vérifié qui demande ; la fiche sera effacée sans retour possible", Hint: "À cocher pour accepter, non pour refuser."}
	if o.ID == p.At {
		f.Error = p.Form.Wrong["sur"]
	}
	return f
}

func objectionState(o app.Objection) string {
	switch {
	case o.Closed.IsZero():
		return "En attente, réponse avant le " + LongDate(app.DateOf(o.Due()))
	case o.Granted:
		return "Acceptée le " + LongDate(app.DateOf(o.Closed))
	}
	return "Refusée le " + LongDate(app.DateOf(o.Closed))
}

// ObjectionLetter tells who coordinates what a person asks.
func ObjectionLetter(o app.Objection, site string) app.Mail {
	return app.Mail{
		Subject: "Demande sur des données personnelles : " + o.Kind.Short(),
		Body: "Bonjour,\n\n" + o.Name + " a fait une demande sur ses données : " + o.Kind.Label() + ".\n\nElle attend une réponse avant le " + LongDate(app.DateOf(o.Due())) +
			" (un mois, RGPD, article 12) :\n" + site + "/administration/demandes\n\nD’ici là, elle n’est plus invitée par courriel, sauf si elle est seule à répondre pour une structure.\n\nMaillage\n",
	}
}

// ObjectionAnswerLetter tells a person what was answered.
func ObjectionAnswerLetter(o app.Objection) app.Mail {
	said := "Votre demande est acceptée : vous n’êtes plus invité·e par courriel. " + app.StillWritten
	switch {
	case !o.Granted:
		said = "Votre demande n’a pas été acceptée."
	case o.Kind == app.ToErase:
		said = "Votre demande est acceptée : votre fiche est effacée. Vos présences restent comptées, sans votre nom."
	}
	if o.Answer != "" {
		said += "\n\nLa coordination vous écrit :\n" + o.Answer
	}
	if !o.Granted {
		said += "\n\nSi cette réponse ne vous convient pas, vous pouvez saisir la CNIL : www.cnil.fr/plaintes."
	}
	return app.Mail{Subject: "Réponse à votre demande sur vos données", Body: "Bonjour,\n\n" + said + "\n\nLa coordination de la convention territoriale globale\n"}
}
