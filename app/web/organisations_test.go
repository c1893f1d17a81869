package web_test

import (
	"encoding/csv"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"maillage/app"
	"maillage/db/dbtest"
	"maillage/views"
)

// namesIn returns the names of the structures that a list shows, in its order.
func namesIn(page string) (names []string) {
	for _, m := range regexp.MustCompile(`(?s)<th scope="row">.*?<a class="item__title" href="/structures/[^"]+">([^<]+)</a>`).FindAllStringSubmatch(page, -1) {
		names = append(names, html.UnescapeString(m[1]))
	}
	return names
}

func TestTheFileOfStructuresIsTheListShown(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	for _, query := range []string{"", "?q=ecol", "?q=paio", "?categorie=education", "?theme=emploi", "?commune=" + string(dbtest.Souillac), "?archivees=oui", "?a-completer=oui", "?tri=commune", "?tri=maj", "?tri=n-importe&categorie=inconnue", "?sans-personne=oui&archivees=oui"} {
		list := s.get("/structures" + query)
		file := s.get("/structures.csv" + query)
		wantPage(t, list, 200, `id="structures"`)
		if kind := file.Header().Get("Content-Type"); file.Code != 200 || !strings.HasPrefix(kind, "text/csv") {
			t.Errorf("%s: status %d, %s", query, file.Code, kind)
		}
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.Body.String(), "\ufeff")))
		r.Comma = ';'
		rows, err := r.ReadAll()
		if err != nil || len(rows) == 0 || len(rows[0]) != len(views.OrganisationColumns) {
			t.Fatalf("%s: %v, %v", query, rows, err)
		}
		var exported []string
		for _, row := range rows[1:] {
			exported = append(exported, row[0])
		}
		if shown := namesIn(list.Body.String()); strings.Join(shown, "|") != strings.Join(exported, "|") {
			t.Errorf("%s shows %q and exports %q", query, shown, exported)
		}
	}
}

func TestFiltersReplaceTheListAlone(t *testing.T) {
	s := newSite(t).as(dbtest.Reader)
	w := s.get("/structures?q=mission&categorie=&theme=&commune=", "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "section#structures")
	wantPage(t, w, 200, `id="structures"`, "Mission locale du Lot", "1\u00a0structure")
	if strings.Contains(w.Body.String(), "<html") || w.Header().Get("HX-Replace-Url") != "/structures?q=mission" || !slices.Contains(w.Header().Values("Vary"), "HX-Request-Type") {
		t.Errorf("headers %v, page %.200s", w.Header(), w.Body)
	}
	wantPage(t, s.get("/structures?q=introuvable"), 200, "Aucune structure ne correspond", "Effacer les filtres")
	if page := s.get("/structures?q=introuvable").Body.String(); strings.Contains(page, "/structures/nouvelle") {
		t.Error("a reader is offered to add a structure")
	}
	wantPage(t, s.as(dbtest.Coordinator).get("/structures?q=introuvable"), 200, "/structures/nouvelle?nom=introuvable")
}

func TestARecordSaysWhereItComesFromAndWhoIsThere(t *testing.T) {
	s := newSite(t)
	wantPage(t, s.as(dbtest.Reader).get("/structures/ecole"), 200, "École élémentaire Clément-Brouqui", "Source : Éducation nationale, données de 2022", "Inès Faure", "Directrice", "Aller vers les jeunes")
	wantPage(t, s.as(dbtest.Coordinator).get("/structures/ecole"), 200, "Aller vers les jeunes", "absent·e")
	for who, tt := range map[string]struct {
		by   app.Viewer
		mail bool
	}{"lecture": {dbtest.Reader, false}, "référent ailleurs": {dbtest.Referent, false}, "coordination": {dbtest.Coordinator, true}} {
		page := s.as(tt.by).get("/structures/ecole").Body.String()
		if strings.Contains(page, "ines@ecole.test") != tt.mail {
			t.Errorf("%s sees the e-mail of a person: %v, want %v", who, !tt.mail, tt.mail)
		}
		if strings.Contains(page, "Historique") != (who == "coordination") {
			t.Errorf("%s: the history is for the coordination", who)
		}
	}
	wantPage(t, s.as(dbtest.Referent).get("/structures/mission"), 200, "N’a pas encore répondu", "/structures/mission/modifier", "Répondre")
	if page := s.as(dbtest.Reader).get("/structures/mission").Body.String(); strings.Contains(page, "répondu") || strings.Contains(page, "Accueillir les 0–3 ans") || strings.Contains(page, "/modifier") {
		t.Error("a reader sees what the structure was invited to or may edit it")
	}
	if page := s.as(dbtest.Coordinator).get("/structures/cauvaldor").Body.String(); strings.Contains(page, "Logement") {
		t.Error("a draft is shown on its host's page")
	}
	wantPage(t, s.as(dbtest.Reader).get("/structures/ailleurs"), 404)
	wantPage(t, s.as(dbtest.Reader).get("/structures/inconnue"), 404)
}

// organisationFields is a form that can be kept.
func organisationFields(pairs ...string) []string {
	return append([]string{"nom", "Crèche L’Œil-de-bœuf", "categorie", "petite-enfance", "commune", string(dbtest.Gramat)}, pairs...)
}

func TestAddingAStructure(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	wantPage(t, s.get("/structures/nouvelle?nom=Crèche"), 200, `value="Crèche"`)
	w := s.post("/structures", organisationFields("telephone", "0565000001", "siret", "26460017200011", "themes", "petite-enfance", "themes", "parentalite")...)
	if w.Code != http.StatusSeeOther {
		t.Fatalf("status %d: %s", w.Code, mainOf(w.Body.String()))
	}
	wantPage(t, s.get(w.Header().Get("Location")), 200, "Crèche L’Œil-de-bœuf", "est dans l’annuaire", "05 65 00 00 01", "264 600 172 00011", "Placée au centre de la commune", "Petite enfance")
	wantPage(t, s.get("/structures?q=oeil+boeuf"), 200, "Crèche L’Œil-de-bœuf")
	again := s.post("/structures", organisationFields()...)
	wantPage(t, again, 409, "semble être déjà dans l’annuaire", "Existe-t-elle déjà", "Même nom, même commune")
	wantPage(t, s.post("/structures", organisationFields("confirmer", "oui")...), 409, "Existe-t-elle déjà")
	said := regexp.MustCompile(`name="confirmer" value="([^"]+)"`).FindStringSubmatch(again.Body.String())
	if said == nil {
		t.Fatal("nothing lets say that it is another")
	}
	if w := s.post("/structures", organisationFields("confirmer", said[1])...); w.Code != http.StatusSeeOther {
		t.Errorf("a namesake that was confirmed: %d", w.Code)
	}
	w = s.post("/structures", "nom", "Autre", "categorie", "etat", "telephone", "demander le matin")
	wantPage(t, s.get(w.Header().Get("Location")), 200, "Vérifiez le téléphone « demander le matin »")
}

func TestBadInputIsSaidBesideItsFieldAndNothingIsLost(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	long := strings.Repeat("é", 10_000)
	hostile := `"><script>alert(1)</script>`
	for field, value := range map[string]string{
		"nom": long, "anciens_noms": long, "description": long, "adresse": long, "telephone": long, "horaires": long, "site": "javascript:alert(1)",
		"courriel": "pas une adresse" + hostile, "code_postal": "4650" + hostile, "siret": "26460003200018" + hostile, "categorie": hostile, "themes": hostile, "commune": hostile,
	} {
		form := url.Values{"nom": {"Une structure"}, "categorie": {"etat"}, "description": {"Ce que j’avais écrit <b>ici</b>"}}
		form.Set(field, value)
		w := s.do("POST", "/structures", form)
		page := w.Body.String()
		wantPage(t, w, 422, `id="champ-`+field+`-erreur"`, `href="#champ-`+field+`"`)
		if field != "description" && !strings.Contains(page, "Ce que j’avais écrit &lt;b&gt;ici&lt;/b&gt;") {
			t.Errorf("%s: what was typed elsewhere is lost", field)
		}
		if strings.Contains(page, "<script>alert") || strings.Contains(page, "<b>ici") {
			t.Errorf("%s comes out as it was typed", field)
		}
		if value == long && !strings.Contains(page, long) {
			t.Errorf("%s: the 10 000 characters are lost", field)
		}
	}
	if page := s.get("/structures?q=une+structure").Body.String(); len(namesIn(page)) != 0 {
		t.Error("a refused form was half written")
	}
}

func TestHTMLInEveryFieldComesOutAsText(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	const hostile = `<img src=x onerror=alert(1)>`
	w := s.post("/structures", "nom", hostile+" nom", "categorie", "etat", "anciens_noms", hostile, "description", hostile, "adresse", hostile, "telephone", hostile, "horaires", hostile)
	here := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther {
		t.Fatalf("status %d", w.Code)
	}
	s.post(here+"/personnes", "prenom", hostile, "nom", hostile, "fonction", hostile, "telephone", hostile)
	for _, path := range []string{here, "/structures", "/structures?q=" + url.QueryEscape(hostile), here + "/modifier", "/recherche?q=img", here + "/personnes/nouvelle?q=" + url.QueryEscape(hostile)} {
		w := s.get(path)
		wantPage(t, w, 200, "&lt;img")
		if strings.Contains(w.Body.String(), "<img src=x") {
			t.Errorf("%s shows HTML as it was typed", path)
		}
	}
	if strings.Contains(s.get("/structures.csv").Body.String(), "\n=") {
		t.Error("a cell starts a formula")
	}
}

func TestEditingIsForWhoKeepsTheStructure(t *testing.T) {
	s := newSite(t)
	for _, tt := range []struct {
		by     app.Viewer
		id     string
		status int
	}{
		{dbtest.Referent, "mission", 200},
		{dbtest.Coordinator, "mission", 200},
		{dbtest.Admin, "mission", 200},
		{dbtest.Referent, "ecole", 403},
		{dbtest.Colleague, "mission", 403},
		{dbtest.Reader, "mission", 403},
		{dbtest.Stranger, "mission", 404},
		{dbtest.Coordinator, "inconnue", 404},
	} {
		wantPage(t, s.as(tt.by).get("/structures/"+tt.id+"/modifier"), tt.status)
		if tt.status != 200 {
			wantPage(t, s.as(tt.by).post("/structures/"+tt.id, "nom", "X", "categorie", "etat", "version", "1"), tt.status)
			wantPage(t, s.as(tt.by).post("/structures/"+tt.id+"/archivage"), tt.status)
		}
	}
	wantPage(t, s.as(dbtest.Referent).post("/structures/mission/archivage"), 403)
	for _, by := range []app.Viewer{dbtest.Referent, dbtest.Reader} {
		wantPage(t, s.as(by).get("/structures/nouvelle"), 403)
	}
}

func TestTwoEditorsAreShownWhatDiffers(t *testing.T) {
	s := newSite(t)
	claire, bruno := s.as(dbtest.Coordinator), s.as(dbtest.Referent)
	form := func(pairs ...string) []string {
		return append([]string{"version", "1", "categorie", "emploi", "themes", "jeunesse", "themes", "emploi", "commune", string(dbtest.Souillac), "adresse", "1 rue de la Halle", "code_postal", "46200", "courriel", "contact@mission.test", "anciens_noms", "PAIO"}, pairs...)
	}
	wantRedirect(t, claire.post("/structures/mission", form("nom", "Mission locale du Lot", "telephone", "05 65 11 11 11")...), "/structures/mission")
	w := bruno.post("/structures/mission", form("nom", "Mission locale", "telephone", "05 65 00 00 00", "description", "Écrit par Bruno")...)
	wantPage(t, w, 409, "Quelqu’un d’autre a modifié cette fiche", `value="Mission locale"`, "Écrit par Bruno", "05 65 11 11 11", "La leur", "La vôtre", `name="version" value="2"`, `name="garder" value="telephone"`)
	wantRedirect(t, bruno.post("/structures/mission", append(form("nom", "Mission locale", "telephone", "05 65 00 00 00", "description", "Écrit par Bruno", "garder", "telephone")[2:], "version", "2")...), "/structures/mission")
	wantPage(t, bruno.get("/structures/mission"), 200, "05 65 11 11 11", "Écrit par Bruno", "<h1>Mission locale</h1>")
	wantPage(t, claire.get("/structures/mission"), 200, "a modifié la fiche", "<del>Mission locale du Lot</del>")
}

func TestArchivingSaysWhatItDoesAndIsUndone(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	wantPage(t, s.get("/structures/mission"), 200, "data-confirm=\"Archiver « Mission locale du Lot » ?")
	wantRedirect(t, s.post("/structures/mission/archivage"), "/structures/mission")
	wantPage(t, s.get("/structures/mission"), 200, "elle a quitté les listes", `action="/structures/mission/restauration"`, "Archivée le")
	wantPage(t, s.post("/structures/mission/archivage"), 409, "déjà archivée")
	if names := namesIn(s.get("/structures").Body.String()); strings.Contains(strings.Join(names, "|"), "Mission") {
		t.Errorf("the list still shows it: %v", names)
	}
	wantRedirect(t, s.post("/structures/mission/restauration"), "/structures/mission")
	wantPage(t, s.get("/structures?q=mission"), 200, "Mission locale du Lot")
}
