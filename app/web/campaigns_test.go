package web_test

import (
	"net/http"
	"strings"
	"testing"

	"maillage/app/jobs"
	"maillage/db/dbtest"
)

func TestACampaignIsWrittenSentAndFollowed(t *testing.T) {
	s := newSite(t)
	claire := s.as(dbtest.Coordinator)
	wantPage(t, claire.get("/structures/fraicheur"), http.StatusOK, "jamais vérifiées", "Écrire à 4\u00a0structures à vérifier", "Aucune demande en cours.", "Aucune campagne n’a encore été envoyée.")
	wantPage(t, claire.get("/structures?verification=a-verifier"), http.StatusOK, "/structures/campagnes/nouvelle?verification=a-verifier", "Leur écrire")
	const to = "/structures/campagnes?verification=a-verifier&theme=jeunesse"
	wantPage(t, claire.get("/structures/campagnes/nouvelle?verification=a-verifier&theme=jeunesse"), http.StatusOK,
		"À vérifier, Thème Jeunesse", "1\u00a0structure recevra le courriel", "Votre fiche est-elle toujours juste ?", "Bonjour,", "05 65 00 00 00")
	w := claire.post(to, "objet", "", "texte", "Avant la <b>rentrée</b>.")
	wantPage(t, w, http.StatusUnprocessableEntity, "Écrivez l’objet du courriel.", "Avant la &lt;b&gt;rentrée&lt;/b&gt;.")
	w = claire.post(to, "objet", "Avant la rentrée", "texte", "Nous imprimons le guide.")
	wantPage(t, w, http.StatusSeeOther)
	campaign := w.Header().Get("Location")
	wantPage(t, claire.post(to, "objet", "Avant la rentrée", "texte", "Nous imprimons."), http.StatusConflict, "Aucune structure à qui écrire", "Nous imprimons.")
	if _, err := jobs.InquireDue(t.Context(), s.db, s.address, s.now); err != nil {
		t.Fatal(err)
	}
	letters := s.letters("bruno@maillage.test")
	if len(letters) != 1 || letters[0].Subject != "Avant la rentrée" {
		t.Fatalf("Bruno gets %v", letters)
	}
	wantPage(t, claire.get(campaign), http.StatusOK, "0\u00a0structure a répondu sur\u00a01", "Mission locale du Lot", "En attente", "Nous imprimons le guide.", "Possible à partir du 9 mars 2026")
	wantPage(t, claire.post(campaign+"/rappel"), http.StatusConflict, "une semaine après le dernier courriel")
	wantPage(t, newSiteOn(s).post(inquiryPath.FindString(letters[0].Body), "version", "1"), http.StatusSeeOther)
	wantPage(t, claire.get(campaign+"?etat=confirmee"), http.StatusOK, "1\u00a0structure a répondu sur\u00a01", "A confirmé")
	wantPage(t, claire.get(campaign+"?etat=envoyee"), http.StatusOK, "Aucune structure dans cet état.")
	wantPage(t, claire.get("/structures/fraicheur"), http.StatusOK, "Avant la rentrée", "À vérifier, Thème Jeunesse")
	wantPage(t, claire.post("/structures/fraicheur?automatique=oui"), http.StatusSeeOther)
	wantPage(t, claire.get("/structures/fraicheur"), http.StatusOK, "En route", "Arrêter les demandes automatiques")
}

// The page of a campaign and the record of a structure offer a reminder when it may be, and
// say from when until then.
func TestARemindIsOfferedFromTheDayThatItMayBe(t *testing.T) {
	s := newSite(t)
	claire := s.as(dbtest.Coordinator)
	campaign := claire.post("/structures/campagnes?theme=jeunesse", "objet", "Rentrée", "texte", "Nous imprimons.").Header().Get("Location")
	wantPage(t, claire.get("/structures/mission"), http.StatusOK, "le courriel part de lui-même")
	write := func() {
		t.Helper()
		if _, err := jobs.InquireDue(t.Context(), s.db, s.address, s.now); err != nil {
			t.Fatal(err)
		}
	}
	s.now = s.now.AddDate(0, 0, 2) // the letter leaves two days later
	write()
	left := s.now
	for day, may := range map[int]bool{6: false, 7: true} {
		s.now = left.AddDate(0, 0, day)
		for path, words := range map[string][2]string{
			campaign:              {"Relancer celles qui n’ont pas répondu", "Possible à partir du 11 mars 2026"},
			"/structures/mission": {"Relancer la structure", "Vous pourrez la relancer à partir du 11/03/2026"},
		} {
			want, not := words[0], words[1]
			if !may {
				want, not = not, want
			}
			w := s.as(dbtest.Coordinator).get(path)
			wantPage(t, w, http.StatusOK, want)
			if strings.Contains(w.Body.String(), not) {
				t.Errorf("%d days after the letter, %s says %q", day, path, not)
			}
		}
	}
}
