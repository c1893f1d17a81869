package views

import (
	"testing"

	"maillage/app"
	"maillage/app/network"
)

// met returns the graph of workshops written as who was there, a letter each; the
// letter's case is its category.
func met(organisations string, workshops ...string) *network.Graph {
	var all []network.Organisation
	for _, name := range organisations {
		category := app.Category("emploi")
		if name < 'a' {
			category = "sante"
		}
		all = append(all, network.Organisation{ID: app.OrganisationID(string(name)), Name: string(name), Category: category})
	}
	var presences []network.Presence
	for k, workshop := range workshops {
		for _, name := range workshop {
			at := network.Workshop{ID: app.WorkshopID(rune('0' + k))}
			presences = append(presences, network.Presence{Workshop: at, Organisation: app.OrganisationID(string(name))})
		}
	}
	return network.Weave(all, presences)
}

func TestTheNetworkIsSaidInPlainFrench(t *testing.T) {
	bridge := met("abxcdz", "abx", "xc", "xd", "cd")
	chain := met("abc", "ab", "bc")
	for _, tt := range []struct{ got, want string }{
		{densitySentence(0, 0), "Il faut au moins deux structures pour qu’elles se rencontrent."},
		{densitySentence(0, 10), "Aucune paire de structures ne s’est encore rencontrée."},
		{densitySentence(1, 1000), "Moins d’une paire de structures possible sur 100 s’est rencontrée."},
		{densitySentence(1, 100), "Sur 100 paires de structures possibles, 1 s’est rencontrée."},
		{densitySentence(12, 100), "Sur 100 paires de structures possibles, 12 se sont rencontrées."},
		{densitySentence(10, 10), "Toutes les structures se sont rencontrées deux à deux."},
		{amongComersSentence(1, 0), ""},
		{amongComersSentence(5, 5), "Entre les 5\u00a0structures venues au moins une fois, c’est 50 sur 100."},
		{partnersSentence("La Mission locale", 23), "La Mission locale a rencontré 23\u00a0partenaires."},
		{partnersSentence("La MSA", 1), "La MSA a rencontré 1\u00a0partenaire."},
		{partnersSentence("L’Udaf", 0), "L’Udaf n’a encore rencontré personne."},
		{averageSentence(chain), "Une structure qui vient aux ateliers y a rencontré en moyenne 1,3 partenaires."},
		{isolatedSentence(0), "Toutes les structures en ont rencontré au moins une autre."},
		{isolatedSentence(1), "1 structure n’a encore rencontré personne."},
		{isolatedSentence(14), "14\u00a0structures n’ont encore rencontré personne."},
		{crossingSentence(met("aB", "aB")), "Sur 100 liens, 100 réunissent des structures de catégories différentes."},
		{crossingSentence(met("aB")), "Aucun lien\u00a0: le décloisonnement ne se mesure pas encore."},
		{expectedSentence(met("abAB", "aA", "bB")), "Si l’on se rencontrait sans égard aux catégories, ce serait 67\u00a0: les ateliers mélangent plus que le hasard."},
		{expectedSentence(met("abAB", "ab", "AB")), "Si l’on se rencontrait sans égard aux catégories, ce serait 67\u00a0: on se rencontre encore surtout entre semblables."},
		{expectedSentence(met("abAB", "abAB")), "Si l’on se rencontrait sans égard aux catégories, ce serait 67\u00a0: les ateliers mélangent comme le ferait le hasard."},
		{dormantSentence(0, 0, 12, 3), "Aucune structure n’est à relancer."},
		{dormantSentence(1, 0, 1, 3), "1\u00a0structure est à relancer\u00a0: 1\u00a0déjà venue n’a pas été revue depuis 1\u00a0mois."},
		{dormantSentence(2, 1, 12, 3), "3\u00a0structures sont à relancer\u00a0: 2\u00a0déjà venues n’ont pas été revues depuis 12\u00a0mois\u00a0; 1\u00a0n’est pas venue à ses 3\u00a0dernières invitations."},
		{dormantSentence(0, 2, 12, 3), "2\u00a0structures sont à relancer\u00a0: 2\u00a0ne sont pas venues à leurs 3\u00a0dernières invitations."},
		{gatewaySentence(bridge, bridge.Gateways()[0]), "x est la seule passerelle entre c et d et le reste du réseau (2\u00a0structures)."},
		{gatewaySentence(chain, chain.Gateways()[0]), "b est la seule passerelle entre c et a."},
		{betweennessSentence("La CAF", 0.1234), "La CAF est sur 12,3\u00a0% des plus courts chemins entre deux autres structures."},
		{groupsSentence(1), "Le réseau forme un seul groupe\u00a0: tout le monde s’y croise."},
		{componentsSentence(2), "Le réseau est en 2 morceaux qui ne se sont jamais croisés."},
		{namesOf(bridge, []int{0}, 3), "a"},
		{namesOf(bridge, []int{0, 1, 2}, 3), "a, b et x"},
		{namesOf(bridge, []int{0, 1, 2, 3}, 3), "a, b, x et 1\u00a0autre"},
	} {
		if tt.got != tt.want {
			t.Errorf("got  %s\nwant %s", tt.got, tt.want)
		}
	}
}

func TestNoTwoCategoriesAreDrawnAlike(t *testing.T) {
	drawn := map[symbol]app.Category{}
	for _, c := range app.Categories {
		s := symbolOf(c.Key)
		if other, taken := drawn[s]; taken {
			t.Errorf("%s and %s are both drawn as %+v", c.Key, other, s)
		}
		if s.shape >= shapes || s.tone > 2 {
			t.Errorf("%s is drawn as %+v, which the style sheet does not know", c.Key, s)
		}
		drawn[s] = c.Key
	}
}

func TestATableIsSortedTheOtherWayRoundByASecondClick(t *testing.T) {
	s := sorting{path: "/reseau/graphe", values: NetworkFilter{}.values(true), by: "nom"}
	if got, want := s.href("nom"), "/reseau/graphe?tri=-nom#tableau"; got != want {
		t.Errorf("second click leads to %s, want %s", got, want)
	}
	if got, want := s.href("partenaires"), "/reseau/graphe?tri=partenaires#tableau"; got != want {
		t.Errorf("another column leads to %s, want %s", got, want)
	}
	for _, tt := range []struct {
		by, column       string
		reversed, number bool
		want             string
	}{
		{"nom", "nom", false, false, "ascending"},
		{"nom", "nom", true, false, "descending"},
		{"rencontres", "rencontres", false, true, "descending"},
		{"rencontres", "rencontres", true, true, "ascending"},
		{"nom", "rencontres", false, true, "none"},
	} {
		s := sorting{by: tt.by, reversed: tt.reversed}
		if got := s.state(tt.column, tt.number); got != tt.want {
			t.Errorf("sorted by %s, reversed %v: column %s is %s, want %s", tt.by, tt.reversed, tt.column, got, tt.want)
		}
	}
}
