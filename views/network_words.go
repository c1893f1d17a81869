package views

import (
	"math"
	"strings"

	"maillage/app"
	"maillage/app/network"
)

// The network in sentences. Each takes the numbers and says them so that somebody who
// never heard of graphs understands; in French nought and one are singular.

// densitySentence says how many of the possible pairs met.
func densitySentence(met, pairs int) string {
	switch {
	case pairs == 0:
		return "Il faut au moins deux structures pour qu’elles se rencontrent."
	case met == 0:
		return "Aucune paire de structures ne s’est encore rencontrée."
	case met == pairs:
		return "Toutes les structures se sont rencontrées deux à deux."
	}
	switch n := perHundred(met, pairs); n {
	case 0:
		return "Moins d’une paire de structures possible sur 100 s’est rencontrée."
	case 1:
		return "Sur 100 paires de structures possibles, 1 s’est rencontrée."
	default:
		return "Sur 100 paires de structures possibles, " + app.Number(n) + " se sont rencontrées."
	}
}

// amongComersSentence says the same of the organisations that came at least once.
func amongComersSentence(came, met int) string {
	pairs := came * (came - 1) / 2
	if came < 2 || met == 0 {
		return ""
	}
	return "Entre les " + app.Count(came, "structure venue", "structures venues") + " au moins une fois, c’est " + app.Number(perHundred(met, pairs)) + " sur 100."
}

// partnersSentence says how many others an organisation met.
func partnersSentence(name string, partners int) string {
	if partners == 0 {
		return name + " n’a encore rencontré personne."
	}
	return name + " a rencontré " + app.Count(partners, "partenaire", "partenaires") + "."
}

// averageSentence says how many others an organisation met on average.
func averageSentence(g *network.Graph) string {
	n := len(g.Connected())
	if n == 0 {
		return "Personne ne s’est encore rencontré."
	}
	return "Une structure qui vient aux ateliers y a rencontré en moyenne " + decimal(float64(2*len(g.Ties))/float64(n), 1) + " partenaires."
}

// crossingSentence says how far meetings cross the categories (« décloisonnement »).
func crossingSentence(g *network.Graph) string {
	if len(g.Ties) == 0 {
		return "Aucun lien\u00a0: le décloisonnement ne se mesure pas encore."
	}
	return "Sur 100 liens, " + app.Number(perHundred(g.Crossing(), len(g.Ties))) + " réunissent des structures de catégories différentes."
}

// expectedSentence compares with meetings that would ignore categories.
func expectedSentence(g *network.Graph) string {
	expected, got := int(math.Round(100*g.ExpectedCrossShare())), int(math.Round(100*g.CrossShare()))
	s := "Si l’on se rencontrait sans égard aux catégories, ce serait " + app.Number(expected) + "\u00a0: "
	switch {
	case got > expected+2:
		return s + "les ateliers mélangent plus que le hasard."
	case got < expected-2:
		return s + "on se rencontre encore surtout entre semblables."
	}
	return s + "les ateliers mélangent comme le ferait le hasard."
}

// isolatedSentence says how many organisations met nobody.
func isolatedSentence(n int) string {
	switch n {
	case 0:
		return "Toutes les structures en ont rencontré au moins une autre."
	case 1:
		return "1 structure n’a encore rencontré personne."
	}
	return app.Count(n, "structure", "structures") + " n’ont encore rencontré personne."
}

// dormantSentence says how many organisations to call again.
func dormantSentence(unseen, unanswered, months, invitations int) string {
	if unseen+unanswered == 0 {
		return "Aucune structure n’est à relancer."
	}
	n := unseen + unanswered
	s := app.Count(n, "structure est à relancer", "structures sont à relancer") + "\u00a0: "
	var why []string
	if unseen > 0 {
		why = append(why, app.Count(unseen, "déjà venue n’a pas été revue", "déjà venues n’ont pas été revues")+" depuis "+app.Count(months, "mois", "mois"))
	}
	if unanswered > 0 {
		last := app.Count(invitations, "dernière invitation", "dernières invitations")
		why = append(why, app.Count(unanswered, "n’est pas venue à ses ", "ne sont pas venues à leurs ")+last)
	}
	return s + strings.Join(why, "\u00a0; ") + "."
}

// gatewaySentence says what only one organisation joins.
func gatewaySentence(g *network.Graph, w network.Gateway) string {
	var cut []int
	for _, side := range w.Sides[1:] {
		cut = append(cut, side...)
	}
	rest := "le reste du réseau (" + app.Count(len(w.Sides[0]), "structure", "structures") + ")"
	if len(w.Sides[0]) == 1 {
		rest = g.Organisations[w.Sides[0][0]].Name
	}
	return g.Organisations[w.Organisation].Name + " est la seule passerelle entre " + namesOf(g, cut, 3) + " et " + rest + "."
}

// betweennessSentence says how many of the shortest ways go through an organisation.
func betweennessSentence(name string, share float64) string {
	return name + " est sur " + decimal(100*share, 1) + "\u00a0% des plus courts chemins entre deux autres structures."
}

// groupsSentence says how many groups meet among themselves.
func groupsSentence(n int) string {
	switch n {
	case 0:
		return "Aucun groupe ne se dessine encore."
	case 1:
		return "Le réseau forme un seul groupe\u00a0: tout le monde s’y croise."
	}
	return "Le réseau compte " + app.Number(n) + " groupes de structures qui se rencontrent surtout entre elles."
}

// componentsSentence says whether chains of meetings lead from anyone to anyone.
func componentsSentence(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "De proche en proche, chaque structure venue peut atteindre toutes les autres."
	}
	return "Le réseau est en " + app.Number(n) + " morceaux qui ne se sont jamais croisés."
}

// namesOf names organisations, at most most of them, the others counted.
func namesOf(g *network.Graph, indexes []int, most int) string {
	var names []string
	for k, i := range indexes {
		if k == most {
			return strings.Join(names, ", ") + " et " + app.Count(len(indexes)-most, "autre", "autres")
		}
		names = append(names, g.Organisations[i].Name)
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " et " + names[n-1]
	}
	return strings.Join(names, "")
}

// perHundred is part of whole rounded to a whole number of hundredths.
func perHundred(part, whole int) int {
	if whole == 0 {
		return 0
	}
	return int(math.Round(100 * float64(part) / float64(whole)))
}

// gatewaysTitle says how many organisations alone join parts of the network.
func gatewaysTitle(p *network.Portrait) string {
	switch n := len(p.Gateways); n {
	case 0:
		return "Aucune structure n’est seule à en relier d’autres\u00a0: le réseau ne tient pas à un fil."
	case 1:
		return "1 structure est seule à en relier d’autres au réseau."
	default:
		return app.Count(n, "structure est seule", "structures sont seules") + " à en relier d’autres au réseau."
	}
}
