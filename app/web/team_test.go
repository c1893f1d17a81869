package web_test

import (
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

const missionTeam = "/structures/mission/membres"

func mateAct(v app.Viewer, act string) string { return missionTeam + "/" + string(v.Account) + act }

func TestTheTeamIsSeenByItsMembersAndTheCoordination(t *testing.T) {
	s := newSite(t)
	w := s.as(dbtest.Referent).get(missionTeam)
	wantPage(t, w, 200, "2 personnes agissent", "Bruno Delmas", "Léa Cœur", "lea@maillage.test", "Inviter un·e collègue", "Passer la main", "Nommer référent·e", "Seule personne référente", "dernière connexion")
	w = s.as(dbtest.Colleague).get(missionTeam)
	wantPage(t, w, 200, "Bruno Delmas", "Quitter")
	for _, absent := range []string{"Inviter un·e collègue", "ernière connexion", "Nommer"} {
		if strings.Contains(w.Body.String(), absent) {
			t.Errorf("a colleague is shown %q", absent)
		}
	}
	wantPage(t, s.as(dbtest.Coordinator).get(missionTeam), 200, "Inviter un·e collègue", "Rendre collègue")
	wantPage(t, s.as(dbtest.Reader).get(missionTeam), 403)
	wantPage(t, s.as(dbtest.Stranger).get(missionTeam), 404)
	wantPage(t, s.as(dbtest.Coordinator).get("/structures/ecole/membres"), 200, "n’a pas de personne référente", "Inviter un·e référent·e", "Inès Faure", "Directrice")
}

func TestAReferentInvitesAColleagueWhoEntersByTheLink(t *testing.T) {
	s := newSite(t)
	bruno := withMails(s.as(dbtest.Referent))
	wantPage(t, bruno.get(missionTeam+"/invitation"), 200, "Prénom", "Référent·e")
	wantPage(t, bruno.post(missionTeam, "prenom", "Zoé", "courriel", "zoe", "role", "collegue"), 422, "Indiquez le nom", "pas complète", `value="Zoé"`)
	wantPage(t, bruno.post(missionTeam, "prenom", "Zoé", "nom", "Neuve", "courriel", "zoe@mission.test", "role", "roi"), 422, "Choisissez un rôle")
	typed := []string{"prenom", "Zoé", "nom", "Neuve", "fonction", "Conseillère", "courriel", "zoe@mission.test", "role", "collegue"}
	wantRedirect(t, bruno.post(missionTeam, typed...), missionTeam)
	wantPage(t, bruno.get(missionTeam), 200, "Zoé Neuve est invité·e", "Invité·e, pas encore venu·e", "Conseillère", "Renvoyer l’invitation")
	wantPage(t, bruno.post(missionTeam, typed...), 409, "a déjà un accès")
	mail := lastMail(t, s)
	if mail.Recipient != "zoe@mission.test" || !strings.Contains(mail.Body, "Bruno Delmas vous donne accès") || !strings.Contains(mail.Body, "« Mission locale du Lot »") {
		t.Errorf("the mail is %+v", mail)
	}
	zoe := newSiteOn(s)
	wantRedirect(t, zoe.post(linkIn(t, mail)), "/")
	wantPage(t, zoe.get("/"), 200, "Bonjour Zoé", "Accueillir les 0–3 ans")
	wantPage(t, newSiteOn(s).post(linkIn(t, mail)), 404, "déjà servi")
}

func TestWithoutAMailServerTheLinkIsShownOnceToWhoInvites(t *testing.T) {
	s := newSite(t)
	bruno := s.as(dbtest.Referent)
	w := bruno.post(missionTeam, "prenom", "Zoé", "nom", "Neuve", "courriel", "zoe@mission.test", "role", "collegue")
	link := linkIn(t, lastMail(t, s))
	wantPage(t, w, 200, "Lien à transmettre", "http://maillage.test"+link)
	if body := bruno.get(missionTeam).Body.String(); strings.Contains(body, link) {
		t.Error("the link is shown a second time")
	}
	claire := s.as(dbtest.Coordinator)
	accounts, _, err := s.db.Accounts(t.Context(), dbtest.Coordinator, dbFilter("neuve"), 2)
	if err != nil || len(accounts) != 1 {
		t.Fatalf("%d accounts, %v", len(accounts), err)
	}
	zoe := "/administration/comptes/" + string(accounts[0].ID)
	wantPage(t, claire.get(zoe), 200, "a lu le lien d’invitation de Zoé Neuve")
	wantPage(t, claire.post(zoe+"/lien"), 200, "Lien à transmettre", linkIn(t, lastMail(t, s)))
	wantPage(t, newSiteOn(s).post(link), 404)
	wantRedirect(t, newSiteOn(s).post(linkIn(t, lastMail(t, s))), "/")
	wantRedirect(t, claire.post(zoe+"/lien"), zoe) // she came: nobody else is shown her link
}

func TestALinkThatOpensMoreThanOnesOwnIsNotShown(t *testing.T) {
	s := newSite(t)
	both := []app.Grant{{Role: app.Colleague, Organisation: dbtest.Mission}, {Role: app.Coordination, Territory: dbtest.Cauvaldor}}
	invitee := db.Invitee{Person: app.Person{ID: dbtest.Ines}, Email: "ines@ecole.test", Grants: both}
	id, err := s.db.OpenAccount(t.Context(), dbtest.Coordinator, invitee, "x", app.Mail{}, s.now)
	if err != nil {
		t.Fatal(err)
	}
	bruno := s.as(dbtest.Referent)
	wantRedirect(t, bruno.post(missionTeam+"/"+string(id)+"/lien"), missionTeam)
}

func TestARemovedColleaguesOpenPageIsAnsweredClearlyAndWritesNothing(t *testing.T) {
	s := newSite(t)
	bruno, claire := s.as(dbtest.Referent), s.as(dbtest.Coordinator)
	const answer = "/ateliers/bientot/inscriptions"
	wantPage(t, bruno.get(answer), 200, "Mission locale du Lot")
	wantPage(t, claire.get(mateAct(dbtest.Referent, "/retrait")), 200, "n’aura plus accès", "Elle prend fin")
	wantRedirect(t, claire.post(mateAct(dbtest.Referent, "/retrait"), "fonction", "garder"), missionTeam)
	w := bruno.post(answer+"/reponse", "structure", "mission", "reponse", "vient", "commentaire", "Nous venons")
	if w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
		t.Errorf("the answer of who was removed: %d", w.Code)
	}
	wantPage(t, w, w.Code, "Vos accès ont peut-être changé", "rien n’a été enregistré")
	for _, path := range []string{"/structures/mission", missionTeam} {
		if w := bruno.post(path, "nom", "Autre"); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
			t.Errorf("%s answers %d to who was removed", path, w.Code)
		}
	}
	if body := claire.get("/ateliers/bientot/invitations").Body.String(); strings.Contains(body, "Nous venons") {
		t.Error("the answer of who was removed is written")
	}
	wantPage(t, bruno.get("/"), 200)
}

func TestTheLastReferentIsToldToHandOverFirst(t *testing.T) {
	s := newSite(t)
	bruno := s.as(dbtest.Referent)
	wantPage(t, bruno.post(mateAct(dbtest.Referent, "/role"), "role", "collegue"), 409, "passez d’abord la main")
	wantPage(t, bruno.post(mateAct(dbtest.Referent, "/retrait"), "fonction", "finir"), 409, "passez d’abord la main")
	wantPage(t, bruno.get(missionTeam+"/relais"), 200, "Léa Cœur", "Je quitte cette structure")
	wantPage(t, bruno.post(missionTeam+"/relais", "ensuite", "partir"), 422, "Choisissez à qui")
	wantRedirect(t, bruno.post(missionTeam+"/relais", "relais", string(dbtest.Colleague.Account), "ensuite", "partir"), "/")
	wantPage(t, bruno.get("/"), 200, "vous avez quitté")
	lea := s.as(dbtest.Colleague)
	wantPage(t, lea.get(missionTeam), 200, "1 personne agit", "Inviter un·e collègue")
	if mail := lastMail(t, s); mail.Recipient != dbtest.Colleague.Email || !strings.Contains(mail.Body, "vous passe la main") {
		t.Errorf("the mail is %+v", mail)
	}
}

func TestAColleagueLeavesByThemselvesAndRemovesNobody(t *testing.T) {
	s := newSite(t)
	lea := s.as(dbtest.Colleague)
	wantPage(t, lea.get(mateAct(dbtest.Referent, "/retrait")), 403)
	wantPage(t, lea.post(mateAct(dbtest.Referent, "/retrait"), "fonction", "finir"), 403)
	wantPage(t, lea.post(mateAct(dbtest.Colleague, "/role"), "role", "referent"), 403)
	wantPage(t, lea.get(mateAct(dbtest.Colleague, "/retrait")), 200, "Vous n’aurez plus accès")
	wantRedirect(t, lea.post(mateAct(dbtest.Colleague, "/retrait"), "fonction", "finir"), "/")
	wantPage(t, lea.get("/"), 200, "Vous avez quitté", "rattaché à aucune structure", `href="/acces"`)
}

// Who was of a structure is told that it is closed to them, by its name; to an outsider it
// stays a page that does not exist, and a function that nobody confirmed tells nothing.
func TestWhoLeftAStructureIsToldSoAndNobodyElse(t *testing.T) {
	s := newSite(t)
	lea := s.as(dbtest.Colleague)
	wantRedirect(t, lea.post(mateAct(dbtest.Colleague, "/retrait")), "/")
	wantPage(t, lea.get(missionTeam), 404) // her function goes on: it may never have opened anything
	wantPage(t, s.as(dbtest.Coordinator).post("/fonctions/p-lea/fin"), http.StatusSeeOther)
	for _, path := range []string{missionTeam, "/structures/mission"} {
		wantPage(t, lea.get(path), 403, "Vous n’êtes plus membre de « Mission locale du Lot »")
	}
	wantPage(t, lea.get("/structures/ecole/membres"), 404)
	for _, path := range []string{missionTeam, "/structures/mission"} {
		if w := s.as(dbtest.Stranger).get(path); w.Code != 404 || strings.Contains(w.Body.String(), "Mission locale") {
			t.Errorf("%s answers %d to an outsider: %s", path, w.Code, mainOf(w.Body.String()))
		}
	}
}

func dbFilter(query string) db.AccountFilter { return db.AccountFilter{Query: query} }

// A référent·e of a structure that takes part in two territories finds the invitations of
// both on one page, and goes from one to the other without signing in again.
func TestOneAccountServesSeveralTerritoriesAndStructures(t *testing.T) {
	s := newSite(t)
	both := []app.Grant{{Role: app.Referent, Organisation: dbtest.CAF}, {Role: app.Referent, Organisation: dbtest.Mission}}
	if err := s.db.GiveRoles(t.Context(), dbtest.Admin, dbtest.Reader.Account, both, s.now); err != nil {
		t.Fatal(err)
	}
	err := s.db.Load(t.Context(), func(l *db.Loader) error {
		convention := app.Convention{ID: "ctg-figeac", Territory: dbtest.Figeac, Name: "CTG du Grand-Figeac", StartsOn: "2026-01-01", EndsOn: "2029-12-31"}
		w := app.Workshop{ID: "la-bas", Territory: dbtest.Figeac, Convention: convention.ID, Title: "Rencontre à Figeac", Kind: "atelier", StartsAt: s.now.AddDate(0, 0, 9), EndsAt: s.now.AddDate(0, 0, 9).Add(time.Hour), Status: app.Published, CreatedAt: s.now, UpdatedAt: s.now}
		return errors.Join(l.Convention(convention, s.now), l.Workshop(w), l.Invitation(app.Invitation{ID: "i-la-bas", Workshop: w.ID, Organisation: dbtest.CAF, InvitedAt: s.now}))
	})
	if err != nil {
		t.Fatal(err)
	}
	paul := s.as(dbtest.Reader)
	wantPage(t, paul.get("/"), 200, "Répondre : Accueillir les 0–3 ans", "Répondre : Rencontre à Figeac", "Passer à CC Grand-Figeac")
	wantPage(t, paul.get("/structures"), 200, "Mission locale du Lot", "Changer de territoire")
	wantPage(t, paul.get("/ateliers/bientot/inscriptions"), 200, "Caisse d’allocations familiales du Lot", "inscriptions?structure=mission", "inscriptions?structure=caf")
	wantPage(t, paul.get("/ateliers/la-bas/inscriptions"), 200, "Rencontre à Figeac")
	wantRedirect(t, paul.post("/territoire", "territoire", string(dbtest.Figeac)), "/")
	wantPage(t, paul.get("/structures"), 200, "Centre social de Figeac")
	wantPage(t, paul.get("/"), 200, "Répondre : Accueillir les 0–3 ans", "Répondre : Rencontre à Figeac", "Passer à CC Causses")
}

func TestStructuresWithoutReferentAreFlaggedToTheCoordinationAlone(t *testing.T) {
	s := newSite(t)
	claire := s.as(dbtest.Coordinator)
	wantPage(t, claire.get("/"), 200, "Trouver des référent·e·s", "3 structures n’ont personne pour répondre")
	wantPage(t, claire.get("/administration/sans-referent"), 200, "3 structures sans référent·e", "École élémentaire", "1 invitation sans réponse", "/structures/ecole/membres")
	w := claire.get("/structures?sans-referent=oui")
	wantPage(t, w, 200, "3 structures", "École élémentaire", "Sans référent·e")
	if strings.Contains(mainOf(w.Body.String()), "Mission locale du Lot") {
		t.Error("the Mission locale has a référent")
	}
	wantPage(t, claire.get("/structures/ecole"), 200, "Sans référent·e : aucun courriel", "/structures/ecole/membres/invitation?role=referent")
	for name, page := range map[string]string{"Mission locale": "/structures/mission", "a reader": ""} {
		viewer := claire
		if page == "" {
			viewer, page = s.as(dbtest.Reader), "/structures/ecole"
		}
		if strings.Contains(viewer.get(page).Body.String(), "Sans référent·e") {
			t.Errorf("%s: the page says that nobody answers", name)
		}
	}
	w = s.as(dbtest.Reader).get("/structures?sans-referent=oui")
	wantPage(t, w, 200, "Mission locale")
	if strings.Contains(w.Body.String(), "Sans référent·e") {
		t.Error("a reader is told which structures nobody answers for")
	}
	wantPage(t, claire.get("/ateliers/bientot/invitations"), 200, "n’a pas de référent·e : vous pouvez l’inviter, mais aucun courriel")
	wantPage(t, s.as(dbtest.Referent).get("/administration/sans-referent"), 403)
}

func TestWhoInvitesAnAddressLearnsNothingOfWhoHasIt(t *testing.T) {
	s := withMails(newSite(t))
	bruno := s.as(dbtest.Referent)
	wantRedirect(t, bruno.post(missionTeam, "prenom", "Zoé", "nom", "Neuve", "courriel", dbtest.Stranger.Email, "role", "collegue"), missionTeam)
	page := bruno.get(missionTeam).Body.String()
	if !strings.Contains(plain(page), "Zoé Neuve est invité·e.") || strings.Contains(page, "Nina") {
		t.Errorf("who invites reads %.900s", mainOf(page))
	}
	for _, path := range []string{"/structures/mission", "/"} {
		if strings.Contains(bruno.get(path).Body.String(), "Nina") {
			t.Errorf("%s tells the name on the account of the address", path)
		}
	}
	mail := lastMail(t, s)
	link := regexp.MustCompile(`/acces/[\w-]+`).FindString(mail.Body)
	wantPage(t, newSiteOn(s).get(link), 200, "Mission locale du Lot")
	wantPage(t, newSiteOn(s).post(link), 200, "prévenue")
	wantPage(t, bruno.get(missionTeam), 200, "Zoé Neuve")
}
