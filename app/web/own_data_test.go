package web_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"maillage/app/jobs"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

var personalLink = regexp.MustCompile(`/mes-donnees/[\w-]{43}(/adresse)?`)

// letters are the e-mails written to an address, the last first.
func (s *site) letters(to string) []app.Mail {
	s.t.Helper()
	all, err := s.db.Outbox(s.t.Context(), dbtest.Admin, db.MailFilter{}, 100)
	if err != nil {
		s.t.Fatal(err)
	}
	var theirs []app.Mail
	for _, m := range all {
		if m.Recipient == to {
			theirs = append(theirs, m)
		}
	}
	return theirs
}

// linked asks for the personal link of Inès, who has no account, and returns its address.
func (s *site) linked() string {
	s.t.Helper()
	wantPage(s.t, s.post("/mes-donnees", "courriel", "Ines@ecole.test"), http.StatusOK, "Regardez vos courriels")
	mails := s.letters("ines@ecole.test")
	if len(mails) == 0 {
		s.t.Fatal("no mail to Inès")
	}
	return personalLink.FindString(mails[0].Body)
}

func TestAPersonWithoutAccountSeesWhatIsKnownOfThemAndWhy(t *testing.T) {
	s := newSite(t)
	s.as(dbtest.Coordinator).get("/personnes/ines")
	link := s.linked()
	w := s.get(link)
	wantPage(t, w, http.StatusOK, "Inès Faure", "ines@ecole.test", "article 6, paragraphe 1, e", "Aller vers les jeunes", "Absent", "Claire Bonnet", "a consulté la fiche", "École élémentaire Clément-Brouqui")
	if w.Header().Get("Referrer-Policy") != "no-referrer" || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("the headers are %v, want no referrer and no storing", w.Header())
	}
	var file struct {
		Format  string `json:"format"`
		Person  struct{ Courriel string }
		Reads   []struct{ Par string }  `json:"consultations"`
		Meeting []struct{ Etat string } `json:"rencontres"`
	}
	if err := json.Unmarshal(s.get(link+"/mes-donnees.json").Body.Bytes(), &file); err != nil {
		t.Fatal(err)
	}
	if file.Format != "maillage/mes-donnees/1" || len(file.Reads) != 1 || file.Reads[0].Par != "Claire Bonnet" || len(file.Meeting) != 1 || file.Meeting[0].Etat != "absent" {
		t.Errorf("the file is %+v", file)
	}
	wantPage(t, s.get(link+"/mes-donnees.txt"), http.StatusOK, "Inès Faure", "Claire Bonnet a consulté la fiche")
	wantRedirect(t, s.post(link+"/fin"), "/mes-donnees")
	wantPage(t, s.get(link), http.StatusNotFound, "Demandez-en un nouveau")
}

func TestAPersonalLinkExpiresAndKnownAndUnknownAddressesAnswerAlike(t *testing.T) {
	s := newSite(t)
	link := s.linked()
	known, unknown := s.post("/mes-donnees", "courriel", "ines@ecole.test"), s.post("/mes-donnees", "courriel", "nul@ecole.test")
	if a, b := strings.ReplaceAll(known.Body.String(), "ines@", "nul@"), unknown.Body.String(); a != b || known.Code != unknown.Code {
		t.Errorf("an unknown address answers otherwise: %s", mainOf(b))
	}
	for range 5 {
		s.post("/mes-donnees", "courriel", "ines@ecole.test")
	}
	if n := len(s.letters("ines@ecole.test")); n != 3 {
		t.Errorf("%d links were sent in an hour, want 3", n)
	}
	if n := len(s.letters("nul@ecole.test")); n != 0 {
		t.Errorf("%d links were sent to nobody", n)
	}
	s.now = s.now.Add(db.PersonLinkLife)
	wantPage(t, s.get(link), http.StatusNotFound, "Demandez-en un nouveau")
	wantPage(t, s.get("/mes-donnees/inconnu"), http.StatusNotFound, "Demandez-en un nouveau")
}

func TestAPersonCorrectsTheirRecordAndConfirmsANewAddress(t *testing.T) {
	s := newSite(t)
	link := s.linked()
	wantRedirect(t, s.post(link, "version", "1", "prenom", "Inès", "nom", "Faure-Petit", "courriel", "nouvelle@ecole.test", "telephone", "0565112233", "fonction-p-ines", "Professeure", "visible", "oui"), link)
	record, err := s.db.Person(t.Context(), dbtest.Coordinator, dbtest.Ines, s.now)
	if err != nil || record.LastName != "Faure-Petit" || record.Email != "ines@ecole.test" || record.Phone != "05 65 11 22 33" || !record.Visible || record.Positions[0].Function != "Professeure" {
		t.Errorf("the record is %+v, %v; want it corrected but for the address", record, err)
	}
	wantPage(t, s.as(dbtest.Coordinator).get("/personnes/ines"), http.StatusOK, "La personne", "a corrigé sa fiche, par elle-même")
	wantPage(t, s.post(link, "version", "1", "nom", "Autre"), http.StatusConflict, "modifié votre fiche")
	wantPage(t, s.post(link, "version", "9", "nom", ""), http.StatusUnprocessableEntity, "Indiquez le nom")
	confirm := personalLink.FindString(s.letters("nouvelle@ecole.test")[0].Body)
	wantPage(t, s.get(confirm), http.StatusOK, "Confirmer mon adresse")
	wantPage(t, s.get(strings.TrimSuffix(confirm, "/adresse")), http.StatusNotFound) // it opens nothing
	wantRedirect(t, s.post(confirm), "/mes-donnees")
	wantPage(t, s.post(confirm), http.StatusNotFound)
	if record, _ = s.db.Person(t.Context(), dbtest.Coordinator, dbtest.Ines, s.now); record.Email != "nouvelle@ecole.test" {
		t.Errorf("the address is %q, want the confirmed one", record.Email)
	}
	wantPage(t, s.get(link), http.StatusNotFound, "Demandez-en un nouveau") // it was sent to the address she left
}

func TestAnOppositionReachesTheCoordinationAndStopsInvitations(t *testing.T) {
	s := newSite(t)
	bruno, claire := s.as(dbtest.Referent), s.as(dbtest.Coordinator)
	wantPage(t, bruno.post("/compte/donnees/demandes", "demande", "opposition"), http.StatusUnprocessableEntity, "Dites en quelques mots pourquoi")
	wantRedirect(t, bruno.post("/compte/donnees/demandes", "demande", "opposition", "motif", "Trop de courriels"), "/compte/donnees")
	wantPage(t, bruno.post("/compte/donnees/demandes", "demande", "opposition", "motif", "Encore"), http.StatusConflict)
	if mails := s.letters(dbtest.Coordinator.Email); len(mails) != 1 || !strings.Contains(mails[0].Body, "Bruno Delmas") {
		t.Errorf("the coordination got %+v, want one letter", mails)
	}
	wantPage(t, claire.get("/"), http.StatusOK, "1 demande attend")
	claire.post("/ateliers/bientot/invitations/relance")
	wantPage(t, bruno.get("/compte/donnees"), http.StatusOK, "plus invité·e par courriel", "Votre nom et vos fonctions restent dans l’annuaire", app.StillWritten)
	if mails := s.letters(dbtest.Referent.Email); len(mails) > 0 {
		t.Errorf("who objected is reminded by %+v", mails)
	}
	wantPage(t, claire.get("/personnes/bruno"), http.StatusOK, "Ne plus inviter par courriel")
	if body := s.as(dbtest.Colleague).get("/personnes/bruno").Body.String(); strings.Contains(body, "Ne plus inviter") {
		t.Error("a colleague is told of the opposition")
	}
	wantRedirect(t, bruno.post("/compte/donnees/reprise"), "/compte/donnees")
	wantPage(t, bruno.post("/compte/donnees/reprise"), http.StatusNotFound)
	page := claire.get("/administration/demandes").Body.String()
	at := regexp.MustCompile(`/administration/demandes/\w+`).FindString(page)
	wantPage(t, s.as(dbtest.Stranger).post(at, "decision", "accepter"), http.StatusNotFound)
	wantPage(t, claire.post(at, "decision", "refuser"), http.StatusUnprocessableEntity, "Dites pourquoi")
	wantRedirect(t, claire.post(at, "decision", "refuser", "reponse", "Votre structure a besoin de vous."), "/administration/demandes")
	if mails := s.letters(dbtest.Referent.Email); len(mails) != 1 || !strings.Contains(mails[0].Body, "besoin de vous") || !strings.Contains(mails[0].Body, "cnil") {
		t.Errorf("the answer is %+v", mails)
	}
	wantPage(t, claire.post(at, "decision", "accepter"), http.StatusNotFound)
}

func TestAnErasureAskedForErases(t *testing.T) {
	s := newSite(t)
	link, claire := s.linked(), s.as(dbtest.Coordinator)
	wantRedirect(t, s.post(link+"/demandes", "demande", "effacement"), link)
	at := regexp.MustCompile(`/administration/demandes/\w+`).FindString(claire.get("/administration/demandes").Body.String())
	for _, decision := range []string{"effacer", "accepter"} {
		wantPage(t, claire.post(at, "decision", decision), http.StatusUnprocessableEntity, "Cochez cette case")
	}
	wantPage(t, claire.get("/personnes/ines"), http.StatusOK)
	wantRedirect(t, claire.post(at, "decision", "effacer", "sur", "oui"), "/administration/demandes")
	wantPage(t, claire.get("/administration/demandes"), http.StatusOK, "La fiche est effacée")
	wantPage(t, claire.get("/personnes/ines"), http.StatusNotFound)
	wantPage(t, s.get(link), http.StatusNotFound)
	if mails := s.letters("ines@ecole.test"); len(mails) != 1 || !strings.Contains(mails[0].Body, "votre fiche est effacée") {
		t.Errorf("what is left of the mails to the erased person is %+v, want the answer alone", mails)
	}
}

func TestWhoIsAddedByAnotherIsToldOnce(t *testing.T) {
	s := newSite(t)
	claire, admin := s.as(dbtest.Coordinator), s.as(dbtest.Admin)
	wantRedirect(t, claire.post("/structures/ecole/personnes", "prenom", "Zoé", "nom", "Lac", "courriel", "zoe@ecole.test"), "/structures/ecole")
	wantRedirect(t, claire.post("/structures/ecole/personnes", "prenom", "Max", "nom", "Sans"), "/structures/ecole")
	wantPage(t, claire.post("/administration/information", "texte", "x"), http.StatusForbidden)
	wantPage(t, admin.post("/administration/information", "texte", "Sans adresse"), http.StatusUnprocessableEntity, "Gardez {lien}")
	wantPage(t, admin.post("/administration/information", "texte", "{lien} {prenom}"), http.StatusUnprocessableEntity, "Seuls {nom}")
	wantRedirect(t, admin.post("/administration/information", "texte", "À {nom} de {territoire} : {lien}"), "/administration/information")
	tell := func(want int) {
		t.Helper()
		if n, err := jobs.InformDue(t.Context(), s.db, "http://maillage.test", s.now); err != nil || n != want {
			t.Errorf("InformDue = %d, %v; want %d", n, err, want)
		}
	}
	tell(0)
	s.now = s.now.Add(app.InformAfter)
	tell(1)
	tell(0)
	mails := s.letters("zoe@ecole.test")
	if len(mails) != 1 || !strings.HasPrefix(mails[0].Body, "À Zoé Lac de CC Causses") {
		t.Fatalf("Zoé got %+v, want one notice", mails)
	}
	wantPage(t, s.get(personalLink.FindString(mails[0].Body)), http.StatusOK, "Zoé Lac", "Enregistrées le 2 mars 2026 par Claire Bonnet", "Vous en avez été informé·e")
	page := claire.get("/administration/information")
	wantPage(t, page, http.StatusOK, "Max Sans", "À prévenir autrement")
	at := regexp.MustCompile(`/administration/information/\w+`).FindString(page.Body.String())
	wantRedirect(t, claire.post(at), "/administration/information")
	if body := claire.get("/administration/information").Body.String(); strings.Contains(body, "Max Sans") {
		t.Error("who is informed is still to be told")
	}
	wantRedirect(t, admin.post("/administration/information", "retablir", "oui"), "/administration/information")
	wantPage(t, admin.get("/administration/information"), http.StatusOK, "RGPD, article 6-1-e")
}

func TestAnAddressThatOthersWroteOnARecordOpensNothingOfAnAccount(t *testing.T) {
	s := newSite(t)
	bruno := s.as(dbtest.Referent)
	wantRedirect(t, bruno.post("/personnes/lea", "version", "1", "prenom", "Léa", "nom", "Cœur", "courriel", "espion@ailleurs.test"), "/personnes/lea")
	s.post("/mes-donnees", "courriel", "espion@ailleurs.test")
	if n := len(s.letters("espion@ailleurs.test")); n != 0 {
		t.Errorf("%d links to Léa’s data were sent to an address that another wrote", n)
	}
	s.post("/mes-donnees", "courriel", dbtest.Colleague.Email)
	sent := s.letters(dbtest.Colleague.Email)
	if len(sent) != 2 {
		t.Fatalf("%d mails were sent to the address Léa signs in with, want her link, and that another address is on her record", len(sent))
	}
	for _, m := range sent {
		told, link := strings.Contains(m.Body, "Une personne de « Mission locale du Lot » vient de changer l’adresse"), personalLink.MatchString(m.Body)
		if told == link || strings.Contains(m.Body, dbtest.Referent.Name) || strings.Contains(m.Body, "espion") {
			t.Errorf("Léa is written %q", m.Body)
		}
	}
}

func TestMailsToAnAddressAreOnlyToldToWhomTheyName(t *testing.T) {
	s := newSite(t)
	s.post("/connexion/lien", "courriel", dbtest.Coordinator.Email)
	subject := s.letters(dbtest.Coordinator.Email)[0].Subject
	paul := s.as(dbtest.Reader)
	paul.post("/personnes/paul", "version", "1", "prenom", "Paul", "nom", "d’Huart", "courriel", dbtest.Coordinator.Email)
	if body := paul.get("/compte/donnees").Body.String(); !strings.Contains(body, "d’Huart") || strings.Contains(mainOf(body), subject) {
		t.Errorf("Paul reads what was written to Claire, or has no page: %s", mainOf(body))
	}
	wantPage(t, s.as(dbtest.Coordinator).get("/compte/donnees"), http.StatusOK, subject)
}

func TestAPersonalLinkWritesToFewAddresses(t *testing.T) {
	s := newSite(t)
	link := s.linked()
	for i := range 6 {
		s.post(link, "version", "1", "prenom", "Inès", "nom", "Faure", "courriel", string(rune('a'+i))+"@victime.test")
	}
	n := 0
	for i := range 6 {
		n += len(s.letters(string(rune('a'+i)) + "@victime.test"))
	}
	if n != 3 {
		t.Errorf("%d strangers were written to in an hour, want 3", n)
	}
}
