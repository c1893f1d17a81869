package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
	"maillage/views"
)

func TestSignInByPassword(t *testing.T) {
	s := newSite(t)
	wantRedirect(t, s.get("/compte"), "/connexion?suite=%2Fcompte")
	wantPage(t, s.get("/connexion?suite=/compte"), 200, `name="courriel"`, `name="mot_de_passe"`, `value="/compte"`)
	wantPage(t, s.post("/connexion", "courriel", dbtest.Referent.Email, "mot_de_passe", "faux"), 422, "n’est pas le bon", dbtest.Referent.Email)
	wantRedirect(t, s.post("/connexion", "courriel", " Bruno@Maillage.TEST ", "mot_de_passe", dbtest.Password, "suite", "/compte"), "/compte")
	wantPage(t, s.get("/compte"), 200, "Bruno Delmas", "Cet appareil")
	wantPage(t, s.get("/"), 200, "Bonjour Bruno", "Répondre : Accueillir les 0–3 ans")
	wantRedirect(t, s.post("/deconnexion"), "/connexion")
	wantRedirect(t, s.get("/"), "/connexion?suite=%2F")
}

func TestSignInAnswersAlikeForAnUnknownAddress(t *testing.T) {
	s := newSite(t)
	known := s.post("/connexion", "courriel", dbtest.Referent.Email, "mot_de_passe", "faux").Body.String()
	unknown := s.post("/connexion", "courriel", "bruno@maillage.text", "mot_de_passe", "faux").Body.String()
	if strings.ReplaceAll(unknown, "bruno@maillage.text", "bruno@maillage.test") != known {
		t.Error("the page tells a known address from an unknown one")
	}
}

func TestSignInSlowsDownAndNeverLocksOut(t *testing.T) {
	s := newSite(t)
	for range 5 {
		s.post("/connexion", "courriel", dbtest.Referent.Email, "mot_de_passe", "faux")
	}
	wantPage(t, s.post("/connexion", "courriel", dbtest.Referent.Email, "mot_de_passe", dbtest.Password), http.StatusTooManyRequests, "Trop d’essais")
	wantPage(t, s.post("/connexion", "courriel", dbtest.Reader.Email, "mot_de_passe", dbtest.Password), http.StatusSeeOther)
	s.now = s.now.Add(time.Hour)
	wantRedirect(t, s.post("/connexion", "courriel", dbtest.Referent.Email, "mot_de_passe", dbtest.Password), "/")
}

func TestSignInNeverLeadsElsewhere(t *testing.T) {
	for _, next := range []string{"//evil.test", "https://evil.test/", `/\evil.test`, "javascript:alert(1)", "/\t/evil.test"} {
		s := newSite(t)
		wantRedirect(t, s.post("/connexion", "courriel", dbtest.Referent.Email, "mot_de_passe", dbtest.Password, "suite", next), "/")
	}
}

func TestSignInByLink(t *testing.T) {
	s := newSite(t)
	wantPage(t, s.post("/connexion/lien", "courriel", "pas une adresse"), 422, "n’est pas complète")
	wantPage(t, s.post("/connexion/lien", "courriel", "inconnu@maillage.test"), 200, "Si un compte existe")
	wantPage(t, s.post("/connexion/lien", "courriel", dbtest.Colleague.Email), 200, "Si un compte existe")
	mails, err := s.db.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 10)
	if err != nil || len(mails) != 1 || mails[0].Recipient != dbtest.Colleague.Email {
		t.Fatalf("Mails = %+v, %v; want one, to the colleague", mails, err)
	}
	link := regexp.MustCompile(`http://maillage\.test(/connexion/lien/\S+)`).FindStringSubmatch(mails[0].Body)
	if link == nil {
		t.Fatalf("no link in %q", mails[0].Body)
	}
	wantPage(t, s.get(link[1]), 200, "Me connecter")
	wantPage(t, s.get(link[1]), 200, "Me connecter") // reading it does not use it up
	wantRedirect(t, s.post(link[1]), "/")
	wantPage(t, s.get("/"), 200, "Bonjour Léa")

	other := newSite(t)
	other.db, other.handler = s.db, s.handler
	wantPage(t, other.get(link[1]), 404, "a déjà servi", "Recevoir un lien")
	wantPage(t, other.post(link[1]), 404, "a déjà servi", "Recevoir un lien")
	wantPage(t, other.post("/connexion/lien/inconnu"), 404, "a déjà servi")
}

func TestAnOldLinkIsRefused(t *testing.T) {
	s := newSite(t)
	s.post("/connexion/lien", "courriel", dbtest.Colleague.Email)
	mails, _ := s.db.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 1)
	link := regexp.MustCompile(`(/connexion/lien/\S+)`).FindString(mails[0].Body)
	s.now = s.now.Add(31 * time.Minute)
	wantPage(t, s.post(link), 404, "expiré")
}

func TestAChangedPasswordEndsTheOtherSessions(t *testing.T) {
	s := newSite(t)
	phone, desk := s.as(dbtest.Referent), s.as(dbtest.Referent)
	wantPage(t, desk.post("/compte/mot-de-passe", "actuel", dbtest.Password, "nouveau", "court"), 422, "12 caractères")
	wantPage(t, desk.post("/compte/mot-de-passe", "actuel", "faux", "nouveau", "Un-autre-mot-2026!"), 422, "pas votre mot de passe actuel")
	wantRedirect(t, desk.post("/compte/mot-de-passe", "actuel", dbtest.Password, "nouveau", "Un-autre-mot-2026!"), "/compte")
	wantPage(t, desk.get("/compte"), 200, "est changé")
	wantRedirect(t, phone.get("/compte"), "/connexion?suite=%2Fcompte")
	wantRedirect(t, newSiteOn(s).post("/connexion", "courriel", dbtest.Referent.Email, "mot_de_passe", "Un-autre-mot-2026!"), "/")
}

func TestAnotherDeviceIsEndedByItsOwnerOnly(t *testing.T) {
	s := newSite(t)
	phone, desk, stranger := s.as(dbtest.Referent), s.as(dbtest.Referent), s.as(dbtest.Reader)
	id := regexp.MustCompile(`/compte/connexions/(\w+)/fin`).FindStringSubmatch(desk.get("/compte").Body.String())
	if id == nil {
		t.Fatal("the other device is not offered to be ended")
	}
	wantPage(t, stranger.post("/compte/connexions/"+id[1]+"/fin"), 404)
	wantPage(t, phone.get("/compte"), 200)
	wantRedirect(t, desk.post("/compte/connexions/"+id[1]+"/fin"), "/compte")
	wantRedirect(t, phone.get("/compte"), "/connexion?suite=%2Fcompte")
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	s := newSite(t)
	w := s.get("/connexion")
	if policy := w.Header().Get("Content-Security-Policy"); policy == "" || strings.Contains(policy, "unsafe") {
		t.Errorf("Content-Security-Policy = %q", policy)
	}
	wantPage(t, s.do("POST", "/connexion", fields("courriel", "x"), "Sec-Fetch-Site", "cross-site"), 403, "autre site")
	wantPage(t, s.do("POST", "/connexion", fields("courriel", strings.Repeat("x", 2<<20))), http.StatusRequestEntityTooLarge, "trop volumineux")
	wantPage(t, s.get("/nulle-part"), 404, "existe pas")
	wantPage(t, s.do("DELETE", "/connexion", nil), http.StatusMethodNotAllowed, "ne s’utilise pas ainsi")
	wantPage(t, s.get("/healthz"), 200, "ok")
	if cookie := s.post("/connexion", "courriel", dbtest.Admin.Email, "mot_de_passe", dbtest.Password).Header().Get("Set-Cookie"); !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") {
		t.Errorf("Set-Cookie = %q", cookie)
	}
}

func TestPagesForAllAreOpenToAll(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/aide", "/aide/droits", "/sources", "/accessibilite"} {
		wantPage(t, s.get(path), 200, "<h1>")
		wantPage(t, s.as(dbtest.Reader).get(path), 200, "<h1>", "Menu principal")
	}
}

func TestTheHelpShowsTheTableOfRights(t *testing.T) {
	s := newSite(t)
	wantPage(t, s.get("/aide"), 200, `href="/aide/droits"`)
	page := s.get("/aide/droits")
	for _, right := range app.Rights {
		wantPage(t, page, 200, `<th scope="row">`+views.Spaced(right.Words))
	}
	wantPage(t, page, 200, `<th scope="col">Coordination</th>`, `<td>ses structures</td>`, `<span class="hidden">non</span>`)
	wantPage(t, page, 200, `<summary>Référent·e d’une structure</summary>`, `<p class="rights__reach">Partout</p>`, `open><summary>Sans compte</summary>`)
	wantPage(t, s.as(dbtest.Referent).get("/aide/droits"), 200, `open><summary>Référent·e d’une structure</summary>`)
}

func TestHomeSaysWhatToDo(t *testing.T) {
	s := newSite(t)
	for _, tt := range []struct {
		name   string
		viewer app.Viewer
		words  []string
	}{
		{"coordination", dbtest.Coordinator, []string{"Relancer : Accueillir les 0–3 ans", "3\u00a0structures n’ont pas répondu", "Publier : Logement"}},
		{"référent", dbtest.Referent, []string{"Répondre : Accueillir les 0–3 ans", "Mission locale du Lot"}},
		{"lecture", dbtest.Reader, []string{"Rien ne vous attend", "Accueillir les 0–3 ans"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wantPage(t, s.as(tt.viewer).get("/"), 200, tt.words...)
		})
	}
	if page := s.as(dbtest.Reader).get("/").Body.String(); strings.Contains(page, "Logement : où") {
		t.Error("a draft is shown to a reader")
	}
}

func TestWithoutAPasswordOneIsSentALink(t *testing.T) {
	s := newSite(t)
	wantPage(t, s.get("/connexion"), 200, "Laissez-le vide pour recevoir un lien")
	wantPage(t, s.post("/connexion", "courriel", dbtest.Colleague.Email, "mot_de_passe", "", "suite", "/ateliers"), 200, "Regardez vos courriels")
	mail := lastMail(t, s)
	if mail.Recipient != dbtest.Colleague.Email {
		t.Fatalf("the mail goes to %q", mail.Recipient)
	}
	wantRedirect(t, newSiteOn(s).post(linkIn(t, mail)), "/")
	wantPage(t, s.post("/connexion", "courriel", "léa", "mot_de_passe", ""), 422, "léa")
}

func TestWhoSeesNoTerritoryIsOfferedNoPageOfIt(t *testing.T) {
	s := newSite(t)
	lea := s.as(dbtest.Colleague)
	if err := s.db.RemoveTeammate(t.Context(), dbtest.Referent, dbtest.Mission, dbtest.Colleague.Account, db.Departure{}, s.now); err != nil {
		t.Fatal(err)
	}
	w := lea.get("/")
	wantPage(t, w, 200, "/acces")
	for _, path := range []string{"/structures", "/ateliers", "/convention", "/recherche"} {
		if strings.Contains(w.Body.String(), `"`+path+`"`) {
			t.Errorf("%s is offered, and answers %d", path, lea.get(path).Code)
		}
	}
}

func TestAPasswordIsChangedForAnotherOne(t *testing.T) {
	bruno := newSite(t).as(dbtest.Referent)
	wantPage(t, bruno.post("/compte/mot-de-passe", "actuel", dbtest.Password, "nouveau", dbtest.Password), 422, "votre mot de passe actuel : choisissez-en un autre")
}
