package e2e

import (
	"testing"

	"maillage/app/jobs"
)

// The coordination writes to structures; one answers from its mail on a phone, in one tap
// and without account, another corrects its record; the coordination reads when and by whom.
func TestAStructureAnswersFromItsMailInOneTap(t *testing.T) {
	s := newSite(t)
	desk := s.tab(t, coordination)
	desk.open("/structures/fraicheur")
	desk.accessible("/structures/fraicheur")
	desk.open("/structures?q=mission+locale+souillac")
	desk.click("Leur écrire")
	desk.see("1 structure recevra le courriel")
	desk.accessible("the campaign to write")
	desk.fill("Objet", "Avant l’impression du guide")
	desk.click("Envoyer à 1 structure")
	desk.see("À envoyer")
	if _, err := jobs.InquireDue(t.Context(), s.db, s.url, s.now()); err != nil {
		t.Fatal(err)
	}

	mails := s.tab(t, admin)
	mails.open("/administration/courriels")
	mails.click("Avant l’impression du guide")
	mails.see("Ce lien sert 30 jours")
	link := eval[string](mails, `document.querySelector("main").innerText.match(/\/fiche\/[\w-]+/)[0]`)

	phone := s.tab(t, "")
	phone.resize(390)
	phone.open(link)
	phone.see("Est-elle toujours juste ?")
	phone.accessible("/fiche/…")
	phone.fits("/fiche/…", 390)
	phone.click("C’est juste")
	phone.see("Merci : votre fiche est notée comme juste.")
	phone.accessible("/fiche/…, answered")

	desk.open("/structures/fraicheur")
	desk.click("Avant l’impression du guide")
	desk.see("1 structure a répondu sur 1")
	desk.accessible("the campaign")
	desk.fits("the campaign", 1440)
	desk.click(mission)
	desk.see("par le lien reçu")

	phone.click("Corriger")
	phone.see("En enregistrant, vous confirmez")
	phone.accessible("/fiche/…/correction")
	phone.fits("/fiche/…/correction", 390)
	phone.fill("Téléphone", "05 65 11 22 33")
	phone.click("Enregistrer et confirmer la fiche")
	phone.see("05 65 11 22 33")
	desk.open(desk.path())
	desk.see("05 65 11 22 33")
}
