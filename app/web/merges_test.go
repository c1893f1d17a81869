package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

const twin app.OrganisationID = "double"

// twins is the small world with the Mission locale once more, as another file has it.
var twins = dbtest.With(func(l *db.Loader) error {
	ago := dbtest.Now.AddDate(0, -6, 0)
	err := l.Organisation(app.Organisation{
		ID: twin, Name: "PAIO du Lot", Category: "emploi", Themes: []app.Theme{"emploi"}, Commune: dbtest.Souillac, CommuneName: "Souillac",
		Phone: "05 65 00 00 00", Website: "https://paio.test", CreatedAt: ago, UpdatedAt: ago, Territories: []app.TerritoryID{dbtest.Cauvaldor},
	})
	if err != nil {
		return err
	}
	if err := l.Person(app.Person{ID: "noe", FirstName: "Noé", LastName: "Tout", CreatedAt: ago, UpdatedAt: ago}, app.Position{ID: "d-noe", Person: "noe", Organisation: twin, Function: "Accueil"}); err != nil {
		return err
	}
	return l.Invitation(app.Invitation{ID: "d-bientot", Workshop: dbtest.Soon, Organisation: twin, Answer: app.Coming, InvitedAt: ago, AnsweredAt: ago})
})

const pair = "/structures/mission/doublons/double"

// choice is what the comparison sends as it stands, but for pairs.
func choice(pairs ...string) []string {
	form := map[string]string{"garder": "une", "version-une": "1", "version-autre": "1", "valeur-nom": "une", "valeur-site": "autre"}
	for i := 0; i < len(pairs); i += 2 {
		form[pairs[i]] = pairs[i+1]
	}
	var sent []string
	for name, value := range form {
		sent = append(sent, name, value)
	}
	return sent
}

func TestTwoDoublesBecomeOneAndTwoAgain(t *testing.T) {
	base := newSiteWith(t, twins(t))
	s := base.as(dbtest.Coordinator)
	wantPage(t, s.get("/structures"), http.StatusOK, `href="/structures/doublons"`)
	wantPage(t, s.get("/structures/doublons"), http.StatusOK, "1 paire de structures", "même téléphone", `href="`+pair+`"`)
	wantPage(t, s.get("/structures/mission"), http.StatusOK, `href="/structures/mission/doublons"`)
	wantPage(t, s.get("/structures/mission/doublons"), http.StatusOK, "PAIO du Lot", `href="`+pair+`"`)
	wantPage(t, s.get("/structures/mission/doublons?q=clement"), http.StatusOK, "École élémentaire", `href="/structures/mission/doublons/ecole"`)
	compared := s.get(pair)
	wantPage(t, compared, http.StatusOK, "Quelle fiche reste", "Si elle reste, elle reçoit fonctions : 1", "Noé Tout", "https://paio.test", "Bruno Delmas")

	wantRedirect(t, s.post(pair, choice()...), "/structures/mission")
	kept := s.get("/structures/mission")
	wantPage(t, kept, http.StatusOK, "Les deux fiches n’en font plus qu’une", "« PAIO du Lot » a été réunie à cette fiche", "Noé Tout", "paio.test", "a réuni « PAIO du Lot » à cette structure", "Défaire")
	wantPage(t, s.get("/structures?q=paio"), http.StatusOK, "1 structure")
	wantRedirect(t, s.get("/structures/double"), "/structures/mission")
	wantPage(t, s.get("/structures/mission"), http.StatusOK, "La fiche que vous cherchiez a été réunie à celle-ci")
	wantRedirect(t, s.get("/structures/double/modifier?x=1"), "/structures/mission/modifier?x=1")
	wantRedirect(t, s.get(pair), "/structures/mission")
	wantPage(t, s.post("/structures/double", organisationFields("version", "1")...), http.StatusConflict, "a été réunie à « Mission locale du Lot » entre-temps", "Rien n’a été enregistré")
	wantRedirect(t, s.get("/ateliers/bientot/inscriptions?structure=double"), "/ateliers/bientot/inscriptions?structure=mission")

	merge := regexp.MustCompile(`/structures/fusions/[\w-]+`).FindString(kept.Body.String())
	wantPage(t, s.get("/structures/fusions"), http.StatusOK, merge, "Se défait jusqu’au")
	wantPage(t, s.get(merge), http.StatusOK, "Ce qui a été réuni", "Rien n’a changé depuis qui empêche de tout rendre", "Défaire la fusion")
	base.now = base.now.Add(time.Hour)
	wantPage(t, s.get("/structures/doublons"), http.StatusOK, "Aucun doublon trouvé")
	wantRedirect(t, s.post("/structures/mission/personnes", "prenom", "Ève", "nom", "Depuis"), "/structures/mission")
	wantPage(t, s.get(merge), http.StatusOK, "Fonctions ajoutées depuis, gardées par la structure gardée : 1")
	wantRedirect(t, s.post(merge+"/annulation"), merge)
	wantPage(t, s.get(merge), http.StatusOK, "ce sont de nouveau deux structures", "Défaite le", "Fonctions ajoutées depuis")
	wantPage(t, s.post(merge+"/annulation"), http.StatusConflict, "déjà défaite")
	wantPage(t, s.get("/structures/double"), http.StatusOK, "PAIO du Lot", "Noé Tout")
	wantPage(t, s.get("/structures/doublons"), http.StatusOK, "1 paire de structures")
	wantRedirect(t, s.post("/structures/double/archivage"), "/structures/double")
	wantPage(t, s.get("/structures/doublons"), http.StatusOK, "Aucun doublon trouvé")
	if page := s.get("/structures/mission").Body.String(); strings.Contains(page, "/personnes/noe") || strings.Contains(page, `href="https://paio.test"`) || !strings.Contains(page, "Ève Depuis") {
		t.Error("the kept record is not as it was, with what came since")
	}
}

func TestTheOtherRecordMayStay(t *testing.T) {
	s := newSiteWith(t, twins(t)).as(dbtest.Coordinator)
	wantRedirect(t, s.post(pair, choice("garder", "autre", "valeur-nom", "une", "valeur-site", "autre", "valeur-courriel", "une")...), "/structures/double")
	wantPage(t, s.get("/structures/double"), http.StatusOK, "<h1>Mission locale du Lot</h1>", "paio.test", "contact@mission.test", "Noé Tout", "Léa Cœur")
	wantRedirect(t, s.get("/structures/mission/membres"), "/structures/double/membres")
}

func TestWhoComparedAnOlderRecordChoosesAgain(t *testing.T) {
	s := newSiteWith(t, twins(t)).as(dbtest.Coordinator)
	other := s.as(dbtest.Coordinator)
	other.post("/structures/double/rythme", "rythme", "3")
	other.post("/structures/double", "nom", "PAIO du Lot", "categorie", "emploi", "commune", string(dbtest.Souillac), "site", "https://neuf.test", "version", "1")
	w := s.post(pair, choice("garder", "autre", "valeur-telephone", "autre", "valeur-courriel", "autre")...)
	wantPage(t, w, http.StatusConflict, "Quelqu’un d’autre a modifié l’une des deux fiches", "https://neuf.test", `name="garder" value="autre" checked`, `name="valeur-courriel" value="autre" checked`)
	wantPage(t, s.get("/structures/double"), http.StatusOK, "neuf.test")

	first := s.as(dbtest.Coordinator)
	version := regexp.MustCompile(`name="version-autre" value="(\d+)"`).FindStringSubmatch(w.Body.String())
	wantRedirect(t, first.post(pair, choice("version-autre", version[1])...), "/structures/mission")
	wantPage(t, s.post(pair, choice("version-autre", version[1])...), http.StatusConflict, "a été réunie à « Mission locale du Lot » entre-temps")
}

func TestAPairSaidToBeTwoIsProposedNoMoreUntilThatIsTakenBack(t *testing.T) {
	s := newSiteWith(t, twins(t)).as(dbtest.Coordinator)
	wantPage(t, s.get("/structures/doublons/ecartes"), http.StatusOK, "Rien n’est écarté")
	wantRedirect(t, s.post(pair+"/distinction"), "/structures/doublons")
	wantPage(t, s.get("/structures/doublons"), http.StatusOK, "C’est noté", `action="`+pair+`/reprise"`, "Aucun doublon trouvé")
	wantPage(t, s.get("/structures/doublons/ecartes"), http.StatusOK, "PAIO du Lot", "par Claire Bonnet")
	wantPage(t, s.get(pair), http.StatusOK, "Quelqu’un a noté que ces deux fiches sont celles de deux structures")
	wantPage(t, s.get(pair), http.StatusOK, "Lignes d’historique : 1")
	wantRedirect(t, s.post(pair+"/reprise"), pair)
	wantPage(t, s.get("/structures/doublons"), http.StatusOK, "1 paire de structures")
}

func TestWhatReachesIntoAnotherTerritoryIsMergedByWhoKeepsBoth(t *testing.T) {
	s := newSiteWith(t, twins(t)).as(dbtest.Coordinator)
	w := s.get("/structures/caf/doublons/mission")
	wantPage(t, w, http.StatusOK, "agit aussi dans un territoire que vous ne coordonnez pas")
	if strings.Contains(w.Body.String(), "Réunir les deux fiches") {
		t.Error("the page offers what is refused")
	}
	wantPage(t, s.post("/structures/caf/doublons/mission", choice()...), http.StatusForbidden, "il faut coordonner tous les territoires des deux")
	wantPage(t, s.get("/structures/mission/doublons/mission"), http.StatusNotFound, "n’est pas son propre doublon")
	wantPage(t, s.as(dbtest.Referent).get("/structures/doublons"), http.StatusForbidden)
}

func TestOneWhoTypesIsToldWhatExistsAlready(t *testing.T) {
	s := newSiteWith(t, twins(t)).as(dbtest.Coordinator)
	typed := "/structures/nouvelle?nom=Mission+locale+Lot&telephone=0565000000&commune=" + string(dbtest.Souillac)
	w := s.get(typed, "HX-Request-Type", "partial")
	wantPage(t, w, http.StatusOK, `<div id="existe-deja"`, "Existe-t-elle déjà", "Mission locale du Lot", "même téléphone", `name="confirmer"`)
	if strings.Contains(w.Body.String(), "<form") {
		t.Error("more than the fragment is sent")
	}
	wantPage(t, s.get("/structures/nouvelle?nom=Cinéma", "HX-Request-Type", "partial"), http.StatusOK, `<div id="existe-deja" aria-live="polite"></div>`)
	wantPage(t, s.get("/structures/nouvelle?nom=PAIO+du+Lot"), http.StatusOK, `value="PAIO du Lot"`, "Existe-t-elle déjà")
}
