package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"maillage/app"
	"maillage/db/dbtest"
)

func TestAddingAPersonToAStructure(t *testing.T) {
	s := newSite(t)
	bruno := s.as(dbtest.Referent)
	wantPage(t, bruno.get("/structures/mission/personnes/nouvelle"), 200, "Elle est nouvelle")
	wantPage(t, bruno.post("/structures/mission/personnes", "prenom", "Zoé", "courriel", "zoe", "depuis", "2026-02-30", "fonction", "Écoute"), 422,
		`id="champ-nom-erreur"`, `id="champ-courriel-erreur"`, `id="champ-depuis-erreur"`, `value="Zoé"`, `value="Écoute"`)
	wantRedirect(t, bruno.post("/structures/mission/personnes", "prenom", "Zoé", "nom", "d’Œuvre", "courriel", "zoe@mission.test", "telephone", "0600000000", "fonction", "Conseillère", "depuis", "2026-02-01"), "/structures/mission")
	wantPage(t, bruno.get("/structures/mission"), 200, "Zoé d’Œuvre est dans cette structure", "Conseillère, depuis le 1er février 2026", "zoe@mission.test")
	wantPage(t, bruno.post("/structures/mission/personnes", "prenom", "zoe", "nom", "D'OEUVRE"), 409, "Est-ce la même personne", `name="confirmer"`, "C’est cette personne")
	for who, tt := range map[string]struct {
		by     app.Viewer
		status int
	}{"collègue": {dbtest.Colleague, 403}, "lecture": {dbtest.Reader, 403}, "ailleurs": {dbtest.Stranger, 404}} {
		wantPage(t, s.as(tt.by).get("/structures/mission/personnes/nouvelle"), tt.status)
		wantPage(t, s.as(tt.by).post("/structures/mission/personnes", "nom", who), tt.status)
	}
}

func TestSomebodyOfTheDirectoryIsAddedByChoosing(t *testing.T) {
	bruno := newSite(t).as(dbtest.Referent)
	wantPage(t, bruno.get("/structures/mission/personnes/nouvelle?q=faure", "HX-Request-Type", "partial"), 200, `id="connues"`, "Inès Faure", "Directrice", "personne=ines")
	wantPage(t, bruno.get("/structures/mission/personnes/nouvelle?q=inconnue"), 200, "Personne de ce nom")
	wantPage(t, bruno.get("/structures/mission/personnes/nouvelle?personne=ines"), 200, `name="personne" value="ines"`)
	wantPage(t, bruno.get("/structures/mission/personnes/nouvelle?personne=nina"), 404)
	wantRedirect(t, bruno.post("/structures/mission/personnes", "personne", "ines", "fonction", "Présidente"), "/structures/mission")
	wantPage(t, bruno.post("/structures/mission/personnes", "personne", "ines"), 409, "Inès Faure est déjà dans cette structure")
}

func TestAPositionEndsAndIsUndone(t *testing.T) {
	s := newSite(t)
	bruno := s.as(dbtest.Referent)
	wantPage(t, bruno.get("/structures/mission"), 200, `action="/fonctions/p-lea/fin"`)
	wantRedirect(t, bruno.post("/fonctions/p-lea/fin"), "/structures/mission")
	page := bruno.get("/structures/mission")
	wantPage(t, page, 200, "Léa Cœur a quitté la structure", `action="/fonctions/p-lea/reprise"`, "1\u00a0personne en est partie")
	wantRedirect(t, bruno.post("/fonctions/p-lea/reprise"), "/structures/mission")
	wantPage(t, bruno.get("/fonctions/p-lea/modifier"), 200, `value="Conseillère"`, `value="2025-01-01"`)
	wantPage(t, bruno.post("/fonctions/p-lea", "version", "3", "fonction", "Conseillère", "depuis", "2025-01-01", "jusqu_au", "2024-01-01"), 422, "La fin est avant le début", `value="2024-01-01"`)
	wantRedirect(t, bruno.post("/fonctions/p-lea", "version", "3", "fonction", "Référente numérique", "depuis", "2025-01-01"), "/structures/mission")
	wantPage(t, bruno.post("/fonctions/p-lea", "version", "3", "fonction", "Accueil", "depuis", "2025-01-01"), 409,
		"Rien n’est perdu", `value="Accueil"`, `name="version" value="4"`, `data-label="L’autre version">Référente numérique<`, `data-label="La vôtre">Accueil<`)
	wantPage(t, bruno.get("/structures/mission"), 200, "Référente numérique, depuis le 1er janvier 2025")
	for _, act := range []string{"/fonctions/p-lea", "/fonctions/p-lea/fin", "/fonctions/p-lea/reprise"} {
		wantPage(t, s.as(dbtest.Colleague).post(act), 403)
		wantPage(t, s.as(dbtest.Stranger).post(act), 404)
	}
	wantPage(t, bruno.get("/fonctions/p-ines/modifier"), 403)
	wantPage(t, bruno.get("/fonctions/inconnue/modifier"), 404)
}

func TestThePageOfAPerson(t *testing.T) {
	s := newSite(t)
	wantPage(t, s.as(dbtest.Reader).get("/personnes/bruno"), 200, "Bruno Delmas", "Directeur, Mission locale du Lot", "Aller vers les jeunes", "Seules sa structure et la coordination")
	wantPage(t, s.as(dbtest.Colleague).get("/personnes/bruno"), 200, "bruno@maillage.test", "Présent·e")
	wantPage(t, s.as(dbtest.Colleague).get("/personnes/lea"), 200, "C’est votre fiche", "/personnes/lea/modifier")
	wantPage(t, s.as(dbtest.Stranger).get("/personnes/bruno"), 404)
	wantPage(t, s.as(dbtest.Reader).get("/personnes/inconnue"), 404)
}

func TestAPersonChoosesWhoSeesTheirDetails(t *testing.T) {
	s := newSite(t)
	lea := s.as(dbtest.Colleague)
	wantPage(t, lea.get("/personnes/lea/modifier"), 200, `name="visible"`)
	if page := s.as(dbtest.Referent).get("/personnes/lea/modifier").Body.String(); strings.Contains(page, `name="visible"`) {
		t.Error("somebody else is offered to show a person's details")
	}
	wantRedirect(t, lea.post("/personnes/lea", "version", "1", "prenom", "Léa", "nom", "Cœur", "courriel", "lea@maillage.test", "telephone", "0611111111", "visible", "oui"), "/personnes/lea")
	wantPage(t, s.as(dbtest.Reader).get("/personnes/lea"), 200, "lea@maillage.test", "06 11 11 11 11", "à sa demande")
	wantPage(t, s.as(dbtest.Referent).post("/personnes/lea", "version", "1", "prenom", "Léa", "nom", "Coeur-Martin"), 409, "Quelqu’un d’autre", `value="Coeur-Martin"`, `data-label="L’autre version">06 11 11 11 11<`, `name="version" value="2"`)
	if w := s.as(dbtest.Referent).post("/personnes/lea", "version", "1", "prenom", "  Léa ", "nom", "Coeur-Martin"); strings.Contains(w.Body.String(), `scope="row">Prénom`) || !strings.Contains(w.Body.String(), `scope="row">Nom`) {
		t.Errorf("spaces that are not kept are told as a difference: %.1500s", mainOf(w.Body.String()))
	}
	wantPage(t, lea.post("/personnes/lea", "version", "2", "nom", "", "courriel", "?"), 422, `id="champ-nom-erreur"`, `id="champ-courriel-erreur"`)
	wantPage(t, s.as(dbtest.Reader).post("/personnes/lea", "version", "2", "nom", "X"), 403)
	wantPage(t, s.as(dbtest.Reader).get("/personnes/lea/modifier"), 403)
	wantPage(t, s.as(dbtest.Stranger).post("/personnes/lea", "version", "2", "nom", "X"), 404)
}

func TestOneSearchOverAll(t *testing.T) {
	s := newSite(t)
	reader, claire := s.as(dbtest.Reader), s.as(dbtest.Coordinator)
	wantPage(t, reader.get("/recherche?q=miss"), 200, "Mission locale du Lot", "1\u00a0structure")
	wantPage(t, reader.get("/recherche?q=coeur"), 200, "Léa Cœur", "/personnes/lea")
	wantPage(t, reader.get("/recherche?q=aller+vers"), 200, "Aller vers les jeunes")
	wantPage(t, reader.get("/recherche?q=zzz"), 200, "Rien trouvé pour « zzz »", "Essayez un seul mot")
	wantPage(t, reader.get("/recherche"), 200, "Structure, personne ou atelier")
	if page := reader.get("/recherche?q=logement").Body.String(); strings.Contains(page, "Logement : où") {
		t.Error("a reader finds a draft")
	}
	wantPage(t, claire.get("/recherche?q=logement"), 200, "Logement : où")
	quick := reader.get("/recherche?q=miss", "HX-Request-Type", "partial", "HX-Target", "div#trouvailles")
	wantPage(t, quick, 200, `id="trouvailles"`, "Mission locale du Lot")
	page := reader.get("/recherche?q=miss", "HX-Request-Type", "partial", "HX-Target", "div#resultats")
	wantPage(t, page, 200, `id="resultats"`)
	if strings.Contains(quick.Body.String()+page.Body.String(), "<html") || page.Header().Get("HX-Replace-Url") != "/recherche?q=miss" {
		t.Error("a fragment is a whole page, or does not say its address")
	}
	wantPage(t, reader.get("/recherche?q=c&voir=personnes"), 200, "Claire Bonnet")
	if found := regexp.MustCompile(`href="/structures/caf"`).FindString(reader.get("/recherche?q=c&voir=personnes").Body.String()); found != "" {
		t.Error("all the people are not people alone")
	}
	if w := newSiteOn(s).get("/recherche?q=c"); w.Code != http.StatusSeeOther {
		t.Errorf("nobody is shown something: %d", w.Code)
	}
}
