package app

import "time"

// An Objection is what a person asks about what is known of them, by right: that it no
// longer be used (RGPD, art. 21), or that it be erased (art. 17). It is answered within a
// month (art. 12).
type Objection struct {
	ID      ObjectionID
	Person  PersonID
	Name    string // of the person, read with it
	Kind    ObjectionKind
	Reason  string
	At      time.Time
	Closed  time.Time // zero until it is answered
	Granted bool
	Answer  string
	Nowhere bool // the person is known in no territory any more; read with it
}

// ObjectionKind says what is asked.
type ObjectionKind string

// What can be asked.
const (
	ToObject ObjectionKind = "opposition"
	ToErase  ObjectionKind = "effacement"
)

// ObjectionKinds lists what can be asked, with the words people read.
var ObjectionKinds = []Term[ObjectionKind]{
	{ToObject, "Je m’oppose à l’utilisation de mes données", "Opposition"},
	{ToErase, "Je demande l’effacement de mes données", "Effacement"},
}

// Label returns the words for k.
func (k ObjectionKind) Label() string { return term(ObjectionKinds, k).Label }

// Short returns the words for k in a narrow place.
func (k ObjectionKind) Short() string { return term(ObjectionKinds, k).Short }

// MaxReason is the most that a reason and an answer may be, in characters.
const MaxReason = 2000

// Due returns when o must be answered at the latest.
func (o Objection) Due() time.Time { return o.At.AddDate(0, 1, 0) }

// Checked returns o as it is kept, or an Invalid error by field of the form.
func (o Objection) Checked() (Objection, error) {
	wrong := Fields{}
	o.Reason = TidyText(o.Reason)
	if o.Kind != ToObject && o.Kind != ToErase {
		wrong.Add("demande", "Choisissez ce que vous demandez.")
	}
	if o.Kind == ToObject && o.Reason == "" {
		wrong.Add("motif", "Dites en quelques mots pourquoi : la coordination doit pouvoir vous répondre.")
	}
	wrong.Limit("motif", o.Reason, MaxReason)
	return o, wrong.Err()
}

// ByThemselves ends the act of a person who has no account, in a history.
const ByThemselves = ", par elle-même"

// StillWritten says which e-mails leave for who objected all the same: what they ask for,
// what protects them, and what they must know.
const StillWritten = "Vous recevez encore : ce que vous demandez (lien de connexion, lien personnel, réponse à une demande) ; ce qui touche à votre sécurité (nouvelle adresse, second facteur) ; l’avis qui précède un effacement ; le report ou l’annulation d’une rencontre où vous êtes inscrit·e ; et, si vous êtes seul·e à répondre pour une structure, ses invitations, sans rappel."
