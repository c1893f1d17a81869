package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"maillage/app"
	"maillage/db/dbtest"
)

const aTheme = "territoire:" + string(dbtest.Cauvaldor)

func TestThemesAreGivenWithTheRoleAndShownWithIt(t *testing.T) {
	s := newSite(t)
	claire, zoe := s.as(dbtest.Coordinator), s.as(dbtest.Limited)
	at := account(dbtest.Reader, "")
	w := claire.post(at+"/roles", aTheme, "coordination-themes")
	wantPage(t, w, 422, "Cochez au moins un thème", `<option value="coordination-themes" selected`)
	wantPage(t, claire.post(at+"/roles", aTheme, "coordination-themes", "themes:"+string(dbtest.Cauvaldor), "alchimie"), 422)
	wantPage(t, claire.get(at), 200, `<option value="lecture" selected`)
	wantRedirect(t, claire.post(at+"/roles", aTheme, "coordination-themes", "themes:"+string(dbtest.Cauvaldor), "sante", "themes:"+string(dbtest.Cauvaldor), "jeunesse"), at)
	wantPage(t, claire.get(at), 200, `value="jeunesse" checked`, `value="sante" checked`, "Coordination de certains thèmes : Jeunesse, Santé et prévention")
	wantPage(t, claire.get("/administration"), 200, "Jeunesse, Santé et prévention")
	wantPage(t, claire.get("/administration/comptes.csv?q=paul"), 200, "Coordination de thèmes : CC Causses et Vallée de la Dordogne (Jeunesse, Santé et prévention)")
	wantPage(t, claire.get("/administration/journal"), 200, "Coordination de certains thèmes : Jeunesse, Santé et prévention")
	wantRedirect(t, claire.post(at+"/roles", aTheme, "coordination", "themes:"+string(dbtest.Cauvaldor), "sante"), at)
	wantPage(t, claire.get(at), 200, `<option value="coordination" selected`)
	for _, page := range []string{"/compte", "/compte/donnees", "/"} {
		wantPage(t, zoe.get(page), 200, "Coordination de certains thèmes", "Petite enfance, Enfance")
	}
	wantPage(t, claire.post("/administration/comptes", "personne", "ines", "courriel", "ines@ecole.test", aTheme, "coordination-themes"), 422, "Cochez au moins un thème")
	wantPage(t, claire.post("/administration/comptes", "personne", "ines", "courriel", "ines@ecole.test", aTheme, "coordination-themes", "themes:"+string(dbtest.Cauvaldor), "enfance"), 200, "Lien à transmettre")
}

func TestWhatIsAddedOnSomeThemesBearsOneOfThem(t *testing.T) {
	zoe := newSite(t).as(dbtest.Limited)
	const mine = "Cochez au moins un des thèmes que vous coordonnez : Petite enfance, Enfance."
	for _, themes := range [][]string{nil, {"themes", "emploi"}} {
		wantPage(t, zoe.post("/structures", append([]string{"nom", "La Halte", "categorie", "petite-enfance"}, themes...)...), 422, mine)
		wantPage(t, zoe.do("POST", "/ateliers", plan(themes...)), 422, mine)
	}
	wantPage(t, zoe.post("/structures", "nom", "La Halte", "categorie", "petite-enfance", "themes", "emploi", "themes", "petite-enfance"), http.StatusSeeOther)
	wantPage(t, zoe.do("POST", "/ateliers", plan("themes", "enfance")), http.StatusSeeOther)
	for _, v := range []app.Viewer{dbtest.Limited, dbtest.Coordinator} {
		wantPage(t, newSite(t).as(v).do("POST", "/ateliers", plan("themes", "alchimie")), 422, "Choisissez parmi les thèmes proposés.")
	}
}

func TestAStructureIsNotLedOutOfTheThemesOfWhoEditsIt(t *testing.T) {
	s := newSite(t)
	zoe, school := s.as(dbtest.Limited), "/structures/"+string(dbtest.School)
	record := []string{"nom", "École Clément-Brouqui", "categorie", "education", "version", "1", "themes", "jeunesse"}
	wantPage(t, zoe.post(school, record...), 422, "Gardez au moins un des thèmes que vous coordonnez : Petite enfance, Enfance.", `value="jeunesse" checked`)
	wantPage(t, zoe.get(school), 200, "École élémentaire", "Modifier", "Archiver", "Ajouter une personne", "Membres et accès", "ines@ecole.test")
	wantRedirect(t, zoe.post(school, append(record, "themes", "petite-enfance")...), school)
	wantRedirect(t, s.as(dbtest.Coordinator).post(school, "nom", "École", "categorie", "education", "version", "2", "themes", "jeunesse"), school)
	wantPage(t, zoe.get(school+"/modifier"), 403)
	other := zoe.get("/structures/" + string(dbtest.Mission))
	wantPage(t, other, 200)
	for _, offered := range []string{"Modifier", "Archiver", "Ajouter une personne", "Membres et accès", "bruno@maillage.test", "Historique"} {
		if strings.Contains(mainOf(other.Body.String()), offered) {
			t.Errorf("the page of a structure on other themes offers %q", offered)
		}
	}
}

func TestTheThemesOneCoordinatesComeFirst(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/structures/nouvelle", "/ateliers/nouveau"} {
		w := s.as(dbtest.Limited).get(path)
		wantPage(t, w, 200, "Au moins un des vôtres : Petite enfance, Enfance.")
		boxes := themeBoxes.FindAllStringSubmatch(w.Body.String(), -1)
		if len(boxes) != len(app.Themes) || boxes[0][1] != "petite-enfance" || boxes[1][1] != "enfance" {
			t.Errorf("%s shows %v, want one's own first and the others after", path, boxes)
		}
		wrong := s.as(dbtest.Limited).do("POST", strings.TrimSuffix(strings.TrimSuffix(path, "/nouvelle"), "/nouveau"), plan("nom", "La Halte", "categorie", "petite-enfance", "themes", "sante"))
		wantPage(t, wrong, 422, `href="#champ-themes"`, `id="champ-themes"`, `aria-describedby="champ-themes-erreur champ-themes-aide"`)
	}
}

var themeBoxes = regexp.MustCompile(`name="themes" value="([^"]+)"`)

func TestAWorkshopOnOnesThemesIsKeptAndGathersEveryAnswer(t *testing.T) {
	s := newSite(t)
	zoe, bruno := s.as(dbtest.Limited), s.as(dbtest.Referent)
	w := zoe.do("POST", "/ateliers", plan("themes", "enfance"))
	at := w.Header().Get("Location")
	wantPage(t, bruno.get(at), 404)
	wantPage(t, zoe.get("/ateliers?theme=enfance"), 200, "1\u00a0atelier", "Brouillon")
	wantPage(t, zoe.get("/ateliers?statut=brouillon"), 200, "1\u00a0atelier")
	wantPage(t, zoe.post(at+"/publication"), http.StatusSeeOther)
	wantRedirect(t, zoe.post(at+"/invitations", "structures", "mission", "structures", "caf"), at+"/invitations")
	wantPage(t, zoe.post(at+"/inscriptions", "structure", "mission", "personnes", "lea"), http.StatusSeeOther)
	wantPage(t, zoe.get(at+"/inscriptions"), 200, "Léa Cœur")
	wantPage(t, zoe.get(at), 200, "Thèmes", "Enfance", "Présences", "Historique")
	wantPage(t, zoe.get("/ateliers.csv"), 200, ";Enfance;")
	copied := zoe.post(at + "/copies").Header().Get("Location")
	wantPage(t, zoe.get(copied), 200, `value="enfance" checked`)
	edited := strings.TrimSuffix(copied, "/modifier")
	wantPage(t, zoe.do("POST", edited, plan("themes", "sante", "version", "1")), 422, "Cochez au moins un des thèmes")
	wantRedirect(t, zoe.do("POST", edited, plan("themes", "petite-enfance", "version", "1")), edited)
	wantPage(t, zoe.get(edited), 200, "<dd>Petite enfance</dd>", "a modifié")
}

func TestAStructureOfOnesThemesIsAnsweredForWhereItIsInvited(t *testing.T) {
	zoe := newSite(t).as(dbtest.Limited)
	wantPage(t, zoe.get("/structures/"+string(dbtest.School)), 200, soon+"/inscriptions?structure=ecole")
	wantPage(t, zoe.get(soon+"/inscriptions?structure=ecole"), 200, "Inès Faure")
	wantPage(t, zoe.post(soon+"/inscriptions", "structure", "ecole", "personnes", "ines"), http.StatusSeeOther)
	wantPage(t, zoe.post(soon+"/inscriptions", "structure", "mission", "personnes", "lea"), 403)
	wantPage(t, zoe.get(soon+"/inscriptions?structure=mission"), 403)
	past := workshopPath(dbtest.Past, "")
	page := zoe.get(soon)
	for _, offered := range []string{">Modifier<", ">Invitations<", ">Présences<", "Feuille d’émargement"} {
		if strings.Contains(page.Body.String(), offered) {
			t.Errorf("a workshop on other themes offers %q", offered)
		}
	}
	wantPage(t, zoe.get(past+"/presences"), 403)
}

func TestTheHomeOfSomeThemesHoldsWhatBearsThem(t *testing.T) {
	s := newSite(t)
	zoe := s.as(dbtest.Limited)
	wantPage(t, s.as(dbtest.Coordinator).post("/structures", "nom", "La Halte", "categorie", "petite-enfance", "themes", "petite-enfance", "a_completer", "oui"), http.StatusSeeOther)
	w := zoe.get("/")
	wantPage(t, w, 200, "Compléter l’annuaire : Petite enfance", "Trouver des référent·e·s : Enfance", "/structures?a-completer=oui&amp;theme=petite-enfance")
	for _, others := range []string{"Relancer", "Publier", ">Administration<", "Parentalité"} {
		if strings.Contains(w.Body.String(), others) {
			t.Errorf("the home of who coordinates childhood says %q", others)
		}
	}
	wantPage(t, zoe.get("/structures?sans-referent=oui&theme=enfance"), 200, "1\u00a0structure", "École élémentaire")
	wantPage(t, zoe.get("/structures?a-completer=oui&theme=petite-enfance"), 200, "1\u00a0structure", "La Halte")
}
