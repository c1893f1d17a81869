package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"maillage/app/jobs"
	"maillage/db"
	"maillage/db/dbtest"
)

var inquiryPath = regexp.MustCompile(`/fiche/[^\s/]+`)

// askedLink has the Mission locale asked and returns where the link of its letter leads.
func askedLink(t *testing.T, s *site) string {
	t.Helper()
	wantRedirect(t, s.as(dbtest.Coordinator).post("/structures/mission/demande"), "/structures/mission")
	if _, err := jobs.InquireDue(t.Context(), s.db, s.address, s.now); err != nil {
		t.Fatal(err)
	}
	mails, err := s.db.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 1)
	if err != nil || len(mails) != 1 {
		t.Fatalf("no letter left: %v, %v", mails, err)
	}
	return inquiryPath.FindString(mails[0].Body)
}

func TestTheLinkOfALetterConfirmsInOneTapWithoutAccount(t *testing.T) {
	s := newSite(t)
	link := askedLink(t, s)
	anybody := newSiteOn(s)
	before := dbtest.Trace(t, s.db)
	for range 3 { // a mailbox looks before its owner does
		for _, path := range []string{link, link + "/correction"} {
			wantPage(t, anybody.get(path), http.StatusOK, "Mission locale du Lot")
			wantPage(t, anybody.do(http.MethodHead, path, nil), http.StatusOK)
		}
	}
	if changed := dbtest.Changed(before, dbtest.Trace(t, s.db)); len(changed) > 0 {
		t.Errorf("looking wrote in %v", changed)
	}
	w := anybody.get(link)
	wantPage(t, w, http.StatusOK, "Est-elle toujours juste ?", "05 65 00 00 00", "C’est juste", "Corriger")
	for _, name := range []string{"Bruno", "Léa", "bruno@maillage.test", "Historique"} {
		if strings.Contains(mainOf(w.Body.String()), name) {
			t.Errorf("the link shows %q", name)
		}
	}
	if got := w.Header().Get("Referrer-Policy"); got != "no-referrer" {
		t.Errorf("the address is told to others: %q", got)
	}
	wantRedirect(t, anybody.post(link, "version", "1"), link)
	wantPage(t, anybody.get(link), http.StatusOK, "Merci : votre fiche est notée comme juste.", "Dernière confirmation : 2 mars 2026")
	wantPage(t, s.as(dbtest.Coordinator).get("/structures/mission"), http.StatusOK, "Confirmée le 2 mars 2026 par Bruno Delmas, par le lien reçu.", "A confirmé", "sans se connecter")
	if len(anybody.cookies) > 0 {
		t.Errorf("it gives %v", anybody.cookies)
	}
	wantPage(t, anybody.get("/structures/mission"), http.StatusSeeOther) // and opens nothing else
}

func TestTheLinkCorrectsTheRecordOfTheStructureAlone(t *testing.T) {
	s := newSite(t)
	link := askedLink(t, s)
	form := []string{"description", "Accueil des jeunes", "telephone", "0565333333", "site", "", "adresse", "1 rue de la Halle", "code_postal", "46200", "commune", "46309", "horaires", "", "message", ""}
	wantPage(t, s.post(link+"/correction", append(form, "version", "1", "code_postal", "x")...), http.StatusSeeOther) // the first value counts
	wantPage(t, s.get(link), http.StatusOK, "05 65 33 33 33", "Merci")
	wantPage(t, s.post(link+"/correction", append(form, "version", "2", "nom", "Prise", "courriel", "voleur@x.test", "categorie", "etat")...), http.StatusSeeOther)
	wantPage(t, s.get(link), http.StatusOK, "Mission locale du Lot", "contact@mission.test")
	form[7] = "une adresse"
	form[9] = "pas un code"
	wantPage(t, s.post(link+"/correction", append(form, "version", "2")...), http.StatusUnprocessableEntity, "Un champ est à corriger", "pas un code", "une adresse")
}

func TestTwoHandsOnOneRecordByALink(t *testing.T) {
	s := newSite(t)
	link := askedLink(t, s)
	s.as(dbtest.Coordinator).post("/structures/mission", "nom", "Mission locale du Lot", "categorie", "emploi", "telephone", "0565111111", "courriel", "contact@mission.test", "version", "1")
	wantPage(t, s.post(link, "version", "1"), http.StatusConflict, "relisez-la avant de confirmer", "05 65 11 11 11")
	form := []string{"telephone", "0565333333", "horaires", "Le lundi"}
	wantPage(t, s.post(link+"/correction", append(form, "version", "1")...), http.StatusConflict, "Ce qui diffère", "05 65 11 11 11", "05 65 33 33 33", `name="version" value="2"`)
	wantPage(t, s.post(link+"/correction", append(form, "version", "2", "garder", "telephone")...), http.StatusSeeOther)
	wantPage(t, s.get(link), http.StatusOK, "05 65 11 11 11", "Le lundi")
}

func TestWhoIsNoLongerTheOneToAskSaysSo(t *testing.T) {
	s := newSite(t)
	link := askedLink(t, s)
	wantPage(t, s.post(link+"/arret", "message", strings.Repeat("a", 501)), http.StatusUnprocessableEntity, "500 caractères au plus")
	wantPage(t, s.post(link+"/arret", "message", "Voyez <b>Léa</b>."), http.StatusOK, "nous ne vous écrirons plus")
	wantPage(t, s.get(link), http.StatusNotFound, "Ce lien ne sert plus")
	wantPage(t, s.as(dbtest.Coordinator).get("/structures/mission"), http.StatusOK, "Plus la bonne personne", "Voyez &lt;b&gt;Léa&lt;/b&gt;.")
	wantPage(t, s.as(dbtest.Coordinator).post("/structures/mission/demande"), http.StatusSeeOther)
	wantPage(t, s.as(dbtest.Coordinator).post("/structures/mission/demande"), http.StatusConflict, "déjà sollicitée")
}

func TestALinkThatIsNobodysOpensNothing(t *testing.T) {
	s := newSite(t)
	askedLink(t, s)
	for _, path := range []string{"/fiche/x", "/fiche/" + strings.Repeat("a", 43), "/fiche/x/correction"} {
		wantPage(t, s.get(path), http.StatusNotFound, "Ce lien ne sert plus", "La coordination de votre territoire")
	}
	wantPage(t, s.post("/fiche/x", "version", "1"), http.StatusNotFound)
	wantPage(t, s.post("/fiche/x/arret"), http.StatusNotFound)
}
