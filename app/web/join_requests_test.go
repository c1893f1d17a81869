package web_test

import (
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/db/dbtest"
)

var julesTyped = []string{"organisation", "mission", "prenom", "Jules", "nom", "Roux", "fonction", "Conseiller", "courriel", "jules@mission.test", "mot", "Je remplace <b>Léa</b>."}

func TestAnybodyFindsTheirStructureAndNothingElse(t *testing.T) {
	s := newSite(t)
	wantPage(t, s.get("/connexion"), 200, `href="/acces"`)
	wantPage(t, s.get("/acces"), 200, "Votre structure", "même si vous pensez qu’elle n’y est pas", `href="/acces?autre=oui"`)
	for query, want := range map[string]string{
		"paio": "Mission locale du Lot", "MISSION local": "Mission locale du Lot", "souillac": "Mission locale du Lot", "missions locales": "Mission locale du Lot",
		"xyz": "Aucune structure trouvée", "mi": "Aucune structure trouvée", "oeuf": "Aucune structure trouvée",
	} {
		w := s.get("/acces?q=" + strings.ReplaceAll(query, " ", "+"))
		wantPage(t, w, 200, want)
		for _, absent := range []string{"Bruno", "Léa", "référent·e :", "Œuf", "contact@mission.test"} {
			if strings.Contains(mainOf(w.Body.String()), absent) {
				t.Errorf("%q shows %q to anybody", query, absent)
			}
		}
	}
	wantPage(t, s.get("/acces?organisation=mission"), 200, "Mission locale du Lot", "Votre prénom")
	wantPage(t, s.get("/acces?organisation=fermee"), 404)
	wantPage(t, s.get("/acces?organisation=nulle"), 404)
	wantPage(t, s.get("/acces?autre=oui&structure=Les+Lutins"), 200, `value="Les Lutins"`, "Son territoire", "Grand-Figeac")
}

func TestSearchingStructuresIsThrottled(t *testing.T) {
	s := newSite(t)
	for range 80 {
		if w := s.get("/acces?q=mission"); w.Code == 429 {
			return
		}
	}
	t.Error("80 searches in one second are all answered")
}

func TestSomebodyUnknownAsksConfirmsAndIsAccepted(t *testing.T) {
	s := newSite(t)
	anybody := newSiteOn(s)
	wantPage(t, anybody.post("/acces", "organisation", "mission", "courriel", "jules"), 422, "votre prénom", "Indiquez le nom", "pas complète")
	wantPage(t, anybody.post("/acces", julesTyped...), 200, "Regardez vos courriels", "jules@mission.test")
	mail := lastMail(t, s)
	if mail.Recipient != "jules@mission.test" || strings.Contains(mail.Body, "Jules") || strings.Contains(mail.Body, "remplace") {
		t.Errorf("the mail to confirm is %+v, want nothing of what was typed", mail)
	}
	bruno := withMails(s.as(dbtest.Referent))
	if strings.Contains(bruno.get("/").Body.String(), "Jules Roux") {
		t.Error("the référent is bothered before the address is confirmed")
	}
	wantPage(t, anybody.get(linkIn(t, mail)), 200, "Jules Roux", "Mission locale du Lot", "Confirmer ma demande")
	wantPage(t, anybody.post(linkIn(t, mail)), 200, "Votre demande est envoyée")
	wantPage(t, anybody.post(linkIn(t, mail)), 409, "déjà confirmée")
	told := lastMail(t, s)
	if told.Recipient != dbtest.Referent.Email || !strings.Contains(told.Body, "Jules Roux demande un accès") {
		t.Errorf("the mail to the référent is %+v", told)
	}
	w := bruno.get("/")
	wantPage(t, w, 200, "Répondre à Jules Roux", "/demandes/")
	at := hrefIn(t, w.Body.String(), "/demandes/")
	wantPage(t, bruno.get(missionTeam), 200, "1 demande d’accès", at)
	wantPage(t, bruno.get(at), 200, "Jules Roux", "Conseiller", "&lt;b&gt;Léa&lt;/b&gt;", "Accepter et inviter", "Refuser")
	wantPage(t, s.as(dbtest.Colleague).get(at), 404)
	wantPage(t, s.as(dbtest.Stranger).post(at+"/acceptation", "role", "referent"), 404)
	wantPage(t, bruno.post(at+"/acceptation"), 422, "Choisissez un rôle")
	wantRedirect(t, bruno.post(at+"/acceptation", "role", "collegue"), missionTeam)
	wantPage(t, bruno.get(missionTeam), 200, "Jules Roux est invité·e", "Invité·e, pas encore venu·e")
	wantPage(t, bruno.post(at+"/acceptation", "role", "collegue"), 404, "déjà reçu une réponse")
	wantPage(t, bruno.post(at+"/refus"), 404, "déjà reçu une réponse")
	jules := newSiteOn(s)
	wantRedirect(t, jules.post(linkIn(t, lastMail(t, s))), "/")
	wantPage(t, jules.get("/"), 200, "Bonjour Jules")
}

func TestARefusalIsWrittenToWhoAskedAndNothingStays(t *testing.T) {
	s := newSite(t)
	newSiteOn(s).post("/acces", julesTyped...)
	newSiteOn(s).post(linkIn(t, lastMail(t, s)))
	bruno := s.as(dbtest.Referent)
	at := hrefIn(t, bruno.get("/").Body.String(), "/demandes/")
	wantPage(t, bruno.post(at+"/refus", "mot", strings.Repeat("x", app.MaxWord+1)), 422, "trop long")
	wantRedirect(t, bruno.post(at+"/refus", "mot", "Appelez-nous d’abord."), "/")
	if mail := lastMail(t, s); mail.Recipient != "jules@mission.test" || !strings.Contains(mail.Body, "Appelez-nous d’abord.") {
		t.Errorf("the mail is %+v", mail)
	}
	wantPage(t, bruno.get(at), 404, "déjà reçu une réponse")
	w := s.as(dbtest.Coordinator).get("/structures/mission")
	wantPage(t, w, 200, "a refusé une demande d’accès")
	if strings.Contains(w.Body.String(), "Jules") {
		t.Error("the history names who was refused")
	}
}

func TestTheSameIsSaidToAKnownAndAnUnknownAddress(t *testing.T) {
	s := newSite(t)
	said := func(email string) string {
		w := newSiteOn(s).post("/acces", "organisation", "mission", "prenom", "A", "nom", "B", "courriel", email)
		return strings.ReplaceAll(mainOf(w.Body.String()), email, "…")
	}
	if known, unknown := said(dbtest.Colleague.Email), said("inconnu@maillage.test"); known != unknown {
		t.Errorf("known: %s\nunknown: %s", known, unknown)
	}
}

func TestALinkThatConfirmsNothingSaysSoAndOffersAnother(t *testing.T) {
	s := newSite(t)
	newSiteOn(s).post("/acces", julesTyped...)
	link := linkIn(t, lastMail(t, s))
	for _, path := range []string{link + "x", "/acces/mal-recopié"} {
		wantPage(t, newSiteOn(s).get(path), 404, "ne sert plus", "Faire une nouvelle demande")
		wantPage(t, newSiteOn(s).post(path), 404, "ne sert plus", "Faire une nouvelle demande")
	}
	s.now = s.now.Add(8 * 24 * time.Hour)
	wantPage(t, newSiteOn(s).get(link), 404, "ne sert plus", "Faire une nouvelle demande")
	wantPage(t, newSiteOn(s).post(link), 404, "ne sert plus", "Faire une nouvelle demande")
}

func TestAnInvitationThatNoLongerServesOffersANewLink(t *testing.T) {
	s := newSite(t)
	s.as(dbtest.Referent).post(missionTeam, "prenom", "Zoé", "nom", "Neuve", "courriel", "zoe@mission.test", "role", "collegue")
	link := linkIn(t, lastMail(t, s))
	mistyped := link[:len(link)-1] + "_"
	wantPage(t, newSiteOn(s).post(mistyped), 404, "déjà servi", "Recevoir un lien par courriel")
	late := newSiteOn(s)
	s.now = s.now.Add(8 * 24 * time.Hour)
	wantPage(t, late.post(link), 404, "expiré", "Recevoir un lien par courriel")
	wantPage(t, late.post("/connexion/lien", "courriel", "zoe@mission.test"), 200)
	fresh := linkIn(t, lastMail(t, s))
	wantRedirect(t, newSiteOn(s).post(fresh), "/")
	wantPage(t, newSiteOn(s).post(fresh), 404, "déjà servi", "Recevoir un lien par courriel")
}

func TestAStructureOnlyNamedIsChosenInTheDirectory(t *testing.T) {
	s := newSite(t)
	typed := []string{"autre", "oui", "structure", "Ecole Brouqui", "territoire", string(dbtest.Cauvaldor), "prenom", "Jules", "nom", "Roux", "courriel", "jules@ecole.test"}
	wantPage(t, newSiteOn(s).post("/acces", typed[:4]...), 422, "Choisissez le territoire")
	wantPage(t, newSiteOn(s).post("/acces", typed...), 200, "Regardez vos courriels")
	newSiteOn(s).post(linkIn(t, lastMail(t, s)))
	claire := withMails(s.as(dbtest.Coordinator))
	at := hrefIn(t, claire.get("/").Body.String(), "/demandes/")
	wantPage(t, claire.get(at), 200, "Ecole Brouqui", "École élémentaire Clément-Brouqui", "/structures/nouvelle")
	wantPage(t, claire.get(at+"?cherche=paio", "HX-Request-Type", "partial"), 200, "Mission locale du Lot")
	wantPage(t, claire.post(at+"/acceptation", "role", "referent"), 422, "choisissez-la dans la liste")
	wantRedirect(t, claire.post(at+"/acceptation", "role", "referent", "structure", "ecole"), "/structures/ecole/membres")
	if mail := lastMail(t, s); !strings.Contains(mail.Subject, "École élémentaire Clément-Brouqui") {
		t.Errorf("the mail is about %q", mail.Subject)
	}
}
