package web_test

import (
	"net/http"
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
