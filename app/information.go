package app

import (
	"strings"
	"time"
)

// InformAfter is how long after a person was added they are told; the law gives a month
// (RGPD, art. 14). It leaves time to correct a record just typed.
const InformAfter = 3 * 24 * time.Hour

// The words of the notice that are replaced for each person.
const (
	PlaceName      = "{nom}"
	PlaceTerritory = "{territoire}"
	PlaceAdded     = "{ajout}"
	PlaceTimes     = "{durees}"
	PlaceLink      = "{lien}"
)

// InformationNotice is what a person is written who was added by somebody else, until the
// administration writes another.
const InformationNotice = `Bonjour {nom},

Vous êtes dans l’annuaire des partenaires de {territoire} depuis le {ajout}. Une personne de votre structure ou de la coordination vous y a inscrit·e.

À quoi cela sert : préparer et tenir les rencontres de la convention territoriale globale (invitations, présences, comptes rendus). C’est une mission d’intérêt public (RGPD, article 6-1-e) : votre accord n’est pas demandé, mais vous avez des droits.

Qui voit quoi : vos coordonnées ne sont vues que par votre structure et par la coordination, sauf si vous les rendez visibles. Elles ne servent jamais de liste de diffusion et ne sont pas transmises à d’autres.

Pendant combien de temps : {durees}

Voir ce que nous savons de vous, le corriger, l’emporter, vous y opposer ou en demander l’effacement, et savoir qui l’a consulté :
{lien}

Ce lien est personnel : ne le transmettez pas. Si nous ne répondons pas à vos demandes, vous pouvez saisir la CNIL (www.cnil.fr).

La coordination de la convention territoriale globale
`

// MaxNotice is the most that the notice may be, in characters.
const MaxNotice = 5000

// CheckedNotice returns the text of a notice as it is kept, or an Invalid error: the link
// must be in it, and nothing else between braces than the five words that are replaced.
func CheckedNotice(text string) (string, error) {
	wrong := Fields{}
	text = TidyText(text)
	wrong.Limit("texte", text, MaxNotice)
	if !strings.Contains(text, PlaceLink) {
		wrong.Add("texte", "Gardez {lien} : sans lui, la personne ne peut ni voir ni corriger ses données.")
	}
	rest := strings.NewReplacer(PlaceName, "", PlaceTerritory, "", PlaceAdded, "", PlaceTimes, "", PlaceLink, "").Replace(text)
	if i := strings.IndexAny(rest, "{}"); i >= 0 {
		wrong.Add("texte", "Seuls {nom}, {territoire}, {ajout}, {durees} et {lien} sont remplacés : retirez les autres accolades.")
	}
	return text, wrong.Err()
}

// FilledNotice is a notice with its words replaced, each once: what a name holds is never
// replaced again. How long data is kept is said as it is now.
func FilledNotice(text, name, territory, added string, kept Retention, link string) string {
	return strings.NewReplacer(PlaceName, name, PlaceTerritory, territory, PlaceAdded, added, PlaceTimes, kept.Promise(), PlaceLink, link).Replace(text)
}
