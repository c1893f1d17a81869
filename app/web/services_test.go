package web_test

import (
	"net/http"
	"strings"
	"testing"

	"maillage/db/dbtest"
)

// added writes a service of the Mission locale as its référent and returns its address.
func (s *site) added(t *testing.T, pairs ...string) string {
	t.Helper()
	w := s.as(dbtest.Referent).post("/structures/mission/services", pairs...)
	wantPage(t, w, http.StatusSeeOther)
	return w.Header().Get("Location")
}

func TestAStructurePresentsWhatItOffersAndAFamilyIsSentThere(t *testing.T) {
	s := newSite(t)
	bruno, paul := s.as(dbtest.Referent), s.as(dbtest.Reader)
	wantPage(t, paul.get("/services"), http.StatusOK, "Aucun service n’est encore écrit")
	wantPage(t, bruno.get("/structures/mission"), http.StatusOK, "/structures/mission/services/nouveau")
	w := bruno.post("/structures/mission/services", "nom", "", "genre", "", "description", "Un <b>mot</b>", "publics", "parents", "publics", "chats")
	wantPage(t, w, http.StatusUnprocessableEntity, "Indiquez le nom du service.", "Choisissez ce que c’est.", "Choisissez parmi les publics proposés.", "Un &lt;b&gt;mot&lt;/b&gt;", `value="parents" checked`)
	at := s.added(t, "nom", "Café des <i>parents</i>", "genre", "activite", "themes", "parentalite", "publics", "parents", "acces", "libre", "cout", "gratuit", "commune", "46128")
	wantPage(t, paul.get(at), http.StatusOK, "Café des &lt;i&gt;parents&lt;/i&gt;", "Parents, familles", "Sans rendez-vous", "Gratuit", "Gramat", "05 65 00 00 00")
	for _, address := range []string{"/services?q=parentalit%C3%A9+%C3%A0+Gramat", "/services?theme=parentalite&public=parents&genre=activite&commune=46128", "/services?q=cafe"} {
		wantPage(t, paul.get(address), http.StatusOK, "1\u00a0service", at)
	}
	wantPage(t, paul.get("/services?q=parentalit%C3%A9+%C3%A0+Gramat"), http.StatusOK, "à Gramat ou sur tout le territoire")
	wantPage(t, paul.get("/services?q=parentalit%C3%A9+%C3%A0+Souillac"), http.StatusOK, at) // by the commune of its structure, once no service is there
	wantPage(t, paul.get("/services?q=piscine"), http.StatusOK, "Aucun service ne correspond", "/structures?q=piscine")
	file := paul.get("/services.csv?q=parentalit%C3%A9+%C3%A0+Gramat").Body.String()
	if !strings.Contains(file, "Café des <i>parents</i>") || strings.Count(file, "\n") != 2 {
		t.Errorf("the file says %q", file)
	}
	if page := paul.get(at).Body.String(); strings.Contains(page, "/modifier") {
		t.Error("a reader is offered to change it")
	}
	wantPage(t, s.as(dbtest.Stranger).get(at), http.StatusNotFound)
	wantPage(t, bruno.post(at+"/arret"), http.StatusSeeOther)
	wantPage(t, paul.get("/services?q=cafe"), http.StatusOK, "Aucun service")
	wantPage(t, bruno.get(at), http.StatusOK, "Ce service n’est plus proposé", "Le proposer de nouveau")
	wantPage(t, bruno.get("/structures/mission"), http.StatusOK, "1\u00a0service n’est plus proposé")
	wantPage(t, bruno.post(at+"/reprise"), http.StatusSeeOther)
	wantPage(t, paul.get("/services?q=cafe"), http.StatusOK, "1\u00a0service")
	wantPage(t, s.as(dbtest.Coordinator).get("/structures/mission"), http.StatusOK, "a ajouté le service « Café des &lt;i&gt;parents&lt;/i&gt; »")
}

func TestTheOtherHandOnAServiceIsShownAndNothingTypedIsLost(t *testing.T) {
	s := newSite(t)
	at := s.added(t, "nom", "Atelier CV", "genre", "activite")
	bruno, claire := s.as(dbtest.Referent), s.as(dbtest.Coordinator)
	wantPage(t, bruno.get(at+"/modifier"), http.StatusOK, `name="version" value="1"`, "Atelier CV")
	wantPage(t, claire.post(at, "nom", "Atelier CV", "genre", "activite", "description", "Le lundi.", "version", "1"), http.StatusSeeOther)
	mine := []string{"nom", "Atelier lettre", "genre", "activite", "commune", "46128"}
	wantPage(t, bruno.post(at, append(mine, "version", "1")...), http.StatusConflict, "Voici ce qui diffère", "Le lundi.", "Atelier lettre", "Gramat", `name="version" value="2"`)
	wantPage(t, bruno.post(at, append(mine, "version", "2")...), http.StatusSeeOther)
	wantPage(t, bruno.get(at), http.StatusOK, "Atelier lettre", "Gramat")
	wantPage(t, bruno.post(at, "nom", "Atelier", "genre", "activite", "version", "x"), http.StatusConflict)
}
