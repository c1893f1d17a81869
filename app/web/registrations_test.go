package web_test

import (
	"regexp"
	"strings"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

func TestAReferentAnswersOnAPhone(t *testing.T) {
	s := newSite(t).as(dbtest.Referent)
	wantPage(t, s.get(soon+"/inscriptions"), 200, "Nous venons", "Nous ne venons pas", "0 / 3\u00a0inscrits", "il reste 3\u00a0places", "Bruno Delmas", "Léa Cœur")

	wantRedirect(t, s.post(soon+"/inscriptions/reponse", "structure", "mission", "reponse", "oui", "commentaire", "Avec <b>plaisir</b>"), soon+"/inscriptions?structure=mission")
	wantPage(t, s.get(soon+"/inscriptions?structure=mission"), 200, "votre structure vient", `aria-pressed="true">Nous venons`, "Avec &lt;b&gt;plaisir&lt;/b&gt;")

	named := s.do("POST", soon+"/inscriptions", fields("structure", "mission", "personnes", "lea", "personnes", "bruno"), "HX-Request-Type", "partial")
	wantPage(t, named, 200, `id="answer"`, "2\u00a0personnes sont inscrites", "Qui vient (2)", "il reste 1\u00a0place")
	again := s.do("POST", soon+"/inscriptions", fields("structure", "mission", "personnes", "lea"), "HX-Request-Type", "partial")
	wantPage(t, again, 200, "rien n’a changé", "Qui vient (2)")

	added := s.do("POST", soon+"/inscriptions", fields("structure", "mission", "nouvelle", "oui", "prenom", "Zoé", "nom", "D’<i>Huart<i>", "fonction", "Animatrice"), "HX-Request-Type", "partial")
	wantPage(t, added, 200, "Qui vient (3)", "D’&lt;i&gt;Huart&lt;i&gt;", "liste d’attente")
	full := s.do("POST", soon+"/inscriptions", fields("structure", "mission", "nouvelle", "oui", "nom", "Quatre"), "HX-Request-Type", "partial")
	wantPage(t, full, 200, "L’atelier est complet", "1er sur la liste d’attente", "3 / 3\u00a0inscrits, 1 en attente")
}

func TestWhatIsWrongIsSaidAndNothingIsLost(t *testing.T) {
	s := newSite(t).as(dbtest.Referent)
	wantPage(t, s.post(soon+"/inscriptions", "structure", "mission", "nouvelle", "oui", "prenom", "Zoé", "fonction", "Animatrice"), 422, "Indiquez le nom", `value="Zoé"`, `value="Animatrice"`)
	wantPage(t, s.post(soon+"/inscriptions", "structure", "mission"), 422, "Choisissez au moins une personne")
	wantPage(t, s.post(soon+"/inscriptions", "structure", "mission", "personnes", "ines"), 422, "n’est plus dans la structure")
	wantPage(t, s.post(soon+"/inscriptions/reponse", "structure", "mission", "reponse", "oui", "commentaire", strings.Repeat("é", 10_000)), 422, "trop long", "éééé")
	wantPage(t, s.post(soon+"/inscriptions/reponse", "structure", "mission", "reponse", "peut-être"), 422, "vient ou ne vient pas")
	wantPage(t, s.post(soon+"/inscriptions", "structure", "caf", "personnes", "paul"), 403, "référent·e de la structure")
	wantPage(t, s.do("POST", soon+"/inscriptions", fields("structure", "mission", "personnes", "lea"), "Sec-Fetch-Site", "cross-site"), 403, "autre site")
	wantPage(t, s.get(soon+"/inscriptions?structure=caf"), 403)
	wantPage(t, s.get("/ateliers/nulle-part/inscriptions"), 404)
}

func TestAColleagueSeesButDoesNotAnswer(t *testing.T) {
	s := newSite(t).as(dbtest.Colleague)
	page := s.get(soon + "/inscriptions")
	wantPage(t, page, 200, "Seul·e un·e référent·e", "Mission locale du Lot")
	if strings.Contains(page.Body.String(), "Nous venons") {
		t.Error("a colleague is offered to answer, want only to see")
	}
	for _, path := range []string{"/inscriptions", "/inscriptions/reponse"} {
		wantPage(t, s.post(soon+path, "structure", "mission", "personnes", "lea", "reponse", "oui"), 403, "référent·e")
	}
	wantPage(t, newSiteOn(s).as(dbtest.Reader).get(soon+"/inscriptions"), 403, "structures invitées")
	wantPage(t, newSiteOn(s).as(dbtest.Stranger).get(soon+"/inscriptions"), 404)
}

func TestOnceItHasBegunOneGoesToTheDoor(t *testing.T) {
	site := newSite(t)
	site.now = dbtest.Now.AddDate(0, 0, 7)
	late := site.as(dbtest.Referent)
	wantPage(t, late.get(soon+"/inscriptions"), 200, "L’atelier a commencé ; voyez à l’accueil")
	wantPage(t, late.post(soon+"/inscriptions", "structure", "mission", "personnes", "lea"), 409, "L’atelier a commencé ; voyez à l’accueil")
}

var registrationID = regexp.MustCompile(`id="inscription-([a-z0-9]+)"`)

// comingIDs returns the registrations that a page of answers shows, in its order.
func comingIDs(t *testing.T, page string) []string {
	t.Helper()
	var ids []string
	for _, m := range registrationID.FindAllStringSubmatch(page, -1) {
		ids = append(ids, m[1])
	}
	return ids
}

func TestAColleagueInTheirPlaceThenOneLess(t *testing.T) {
	s := newSite(t).as(dbtest.Referent)
	page := s.do("POST", soon+"/inscriptions", fields("structure", "mission", "personnes", "bruno"), "HX-Request-Type", "partial")
	ids := comingIDs(t, page.Body.String())
	if len(ids) != 1 {
		t.Fatalf("registrations on the page: %v, want one", ids)
	}
	bruno := soon + "/inscriptions/" + ids[0]
	wantPage(t, s.post(bruno+"/remplacement", "structure", "mission"), 422, "Indiquez le nom")
	wantRedirect(t, s.post(bruno+"/remplacement", "structure", "mission", "collegue", "lea"), soon+"/inscriptions?structure=mission")
	page = s.get(soon + "/inscriptions")
	wantPage(t, page, 200, "La place est donnée", "Qui vient (1)", "1 / 3\u00a0inscrit")
	lea := soon + "/inscriptions/" + comingIDs(t, page.Body.String())[0]
	for range 2 {
		wantRedirect(t, s.post(lea+"/retrait", "structure", "mission"), soon+"/inscriptions?structure=mission")
	}
	wantPage(t, s.get(soon+"/inscriptions"), 200, "Personne n’est encore inscrit")
	wantPage(t, s.post(soon+"/inscriptions/inconnue/retrait", "structure", "mission"), 404, "inscription")
}

func TestTheCoordinationSeesAllAndAnswersForAny(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	wantPage(t, s.get(soon+"/inscriptions"), 200, "Personne n’est encore inscrit", "Communauté de communes Cauvaldor (non invitée)", "Inviter des structures")
	wantRedirect(t, s.post(soon+"/inscriptions", "structure", "cauvaldor", "personnes", "claire"), soon+"/inscriptions?structure=cauvaldor")
	all := s.get(soon + "/inscriptions")
	wantPage(t, all, 200, "Claire Bonnet", "Chargée de coopération CTG", "Inscrit·e")
	if strings.Contains(all.Body.String(), "claire@maillage.test</") || strings.Contains(all.Body.String(), "ines@") {
		t.Error("the list shows an e-mail address")
	}
}

func TestAPersonOfSeveralStructuresChoosesWhich(t *testing.T) {
	s := newSite(t)
	both := app.Viewer{Account: "a-ines", Person: dbtest.Ines}
	err := s.db.Load(t.Context(), func(l *db.Loader) error {
		return l.Account(app.Account{
			ID: both.Account, Person: both.Person, Email: "ines@ecole.test", CreatedAt: dbtest.Now,
			Organisations: map[app.OrganisationID]app.Role{dbtest.School: app.Referent, dbtest.Mission: app.Colleague},
		}, "")
	})
	if err != nil {
		t.Fatal(err)
	}
	page := s.as(both).get(soon + "/inscriptions?structure=ecole")
	wantPage(t, page, 200, "Structure pour laquelle répondre", `aria-current="true">École élémentaire Clément-Brouqui`, "Inès Faure")
	wantRedirect(t, s.as(both).post(soon+"/inscriptions", "structure", "ecole", "personnes", string(dbtest.Ines)), soon+"/inscriptions?structure=ecole")
}

func TestASeatThatIsFreedIsToldByMail(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	for _, name := range []string{"Un", "Deux", "Trois"} {
		s.post(soon+"/inscriptions", "structure", "caf", "nouvelle", "oui", "nom", name)
	}
	s.post(soon+"/inscriptions", "structure", "mission", "personnes", "lea")
	wantRedirect(t, s.post(soon+"/inscriptions/reponse", "structure", "caf", "reponse", "non"), soon+"/inscriptions?structure=caf")
	mails := s.mailsOf()
	if len(mails) != 1 || mails[0].Subject != "Une place s’est libérée pour Léa Cœur" || mails[0].Recipient != "bruno@maillage.test" {
		t.Errorf("mails = %+v, want one to Bruno about Léa", mails)
	}
	wantPage(t, newSiteOn(s).as(dbtest.Referent).get(soon+"/inscriptions"), 200, "Qui vient (1)")
}
