package app

import (
	"strings"
	"time"
)

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

// InformAfter is how long after a person was added they are told; the law gives a month
// (RGPD, art. 14). It leaves time to correct a record just typed.
const InformAfter = 3 * 24 * time.Hour

// The words of the notice that are replaced for each person.
const (
	PlaceName      = "{nom}"
	PlaceTerritory = "{territoire}"
	PlaceAdded     = "{ajout}"
	PlaceLink      = "{lien}"
)

// InformationNotice is what a person is written who was added by somebody else, until the
// administration writes another.
const InformationNotice = `Bonjour {nom},

Vous êtes dans l’annuaire des partenaires de {territoire} depuis le {ajout}. Une personne de votre structure ou de la coordination vous y a inscrit·e.

À quoi cela sert : préparer et tenir les rencontres de la convention territoriale globale (invitations, présences, comptes rendus). C’est une mission d’intérêt public (RGPD, article 6-1-e) : votre accord n’est pas demandé, mais vous avez des droits.

Qui voit quoi : vos coordonnées ne sont vues que par votre structure et par la coordination, sauf si vous les rendez visibles. Elles ne servent jamais de liste de diffusion et ne sont pas transmises à d’autres.

Pendant combien de temps : tant que vous participez, puis trois ans au plus sans nouvelles de vous.

Voir ce que nous savons de vous, le corriger, l’emporter, vous y opposer ou en demander l’effacement, et savoir qui l’a consulté :
{lien}

Ce lien est personnel : ne le transmettez pas. Si nous ne répondons pas à vos demandes, vous pouvez saisir la CNIL (www.cnil.fr).

La coordination de la convention territoriale globale
`

// MaxNotice is the most that the notice may be, in characters.
const MaxNotice = 5000

// CheckedNotice returns the text of a notice as it is kept, or an Invalid error: the link
// must be in it, and nothing else between braces than the four words that are replaced.
func CheckedNotice(text string) (string, error) {
	wrong := Fields{}
	text = TidyText(text)
	wrong.Limit("texte", text, MaxNotice)
	if !strings.Contains(text, PlaceLink) {
		wrong.Add("texte", "Gardez {lien} : sans lui, la personne ne peut ni voir ni corriger ses données.")
	}
	rest := strings.NewReplacer(PlaceName, "", PlaceTerritory, "", PlaceAdded, "", PlaceLink, "").Replace(text)
	if i := strings.IndexAny(rest, "{}"); i >= 0 {
		wrong.Add("texte", "Seuls {nom}, {territoire}, {ajout} et {lien} sont remplacés : retirez les autres accolades.")
	}
	return text, wrong.Err()
}

// FilledNotice is a notice with its words replaced, each once: what a name holds is never
// replaced again.
func FilledNotice(text, name, territory, added, link string) string {
	return strings.NewReplacer(PlaceName, name, PlaceTerritory, territory, PlaceAdded, added, PlaceLink, link).Replace(text)
}
