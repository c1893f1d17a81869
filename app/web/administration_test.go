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
)

func account(v app.Viewer, act string) string {
	return "/administration/comptes/" + string(v.Account) + act
}

func TestAccountsAreListedAsFarAsOneMaySee(t *testing.T) {
	s := newSite(t)
	wantPage(t, s.as(dbtest.Admin).get("/administration"), 200, "7\u00a0comptes", "Nina Loin", "Paul d’Huart", "Courriels", "Territoires", "Administration de l’instance")
	w := s.as(dbtest.Coordinator).get("/administration")
	wantPage(t, w, 200, "5\u00a0comptes", "Bruno Delmas", "Référent·e", "Mission locale du Lot", "Léa Cœur")
	for _, absent := range []string{"Nina Loin", "Adèle Admin", "/administration/courriels", "/administration/territoires"} {
		if strings.Contains(w.Body.String(), absent) {
			t.Errorf("a coordinator sees %q", absent)
		}
	}
	wantPage(t, s.as(dbtest.Stranger).get("/administration"), 200, "1\u00a0compte")
	for _, v := range []app.Viewer{dbtest.Referent, dbtest.Colleague, dbtest.Reader} {
		wantPage(t, s.as(v).get("/administration"), 403)
	}
}

func TestAccountsAreFoundByNameRoleAndState(t *testing.T) {
	s := newSite(t).as(dbtest.Admin)
	for _, tt := range []struct{ query, want, not string }{
		{"?q=coeur", "Léa Cœur", "Bruno"},
		{"?q=BRUNO%40maillage.test", "Bruno Delmas", "Léa"},
		{"?role=coordination", "Claire Bonnet", "Bruno"},
		{"?role=coordination-themes", "Petite enfance, Enfance", "Claire"},
		{"?role=collegue", "Léa Cœur", "Bruno"},
		{"?role=lecture", "Paul", "Bruno"},
		{"?etat=jamais&q=bruno", "Bruno Delmas", "Léa"},
		{"?etat=desactives", "Aucun compte ne correspond", "Bruno"},
		{"?role=roi&etat=x", "7\u00a0comptes", "Aucun"},
	} {
		w := s.get("/administration"+tt.query, "HX-Request-Type", "partial")
		wantPage(t, w, 200, tt.want)
		if strings.Contains(w.Body.String(), tt.not) || strings.Contains(w.Body.String(), "<h1>") {
			t.Errorf("%s also says %q, or is a whole page", tt.query, tt.not)
		}
	}
}

func TestTheAccountsFileIsAuditedAndComputesNothing(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	w := s.get("/administration/comptes.csv?q=bruno")
	wantPage(t, w, 200, "Bruno Delmas;bruno@maillage.test;Référent·e : Mission locale du Lot")
	if strings.Contains(w.Body.String(), "Léa") || !strings.Contains(w.Header().Get("Content-Disposition"), "comptes.csv") {
		t.Errorf("the file is not that of the list shown: %s", w.Body)
	}
	wantPage(t, s.get("/administration/journal"), 200, "a exporté la liste des comptes")
}

func TestAnAccountIsOpenedForSomebodyOfTheDirectory(t *testing.T) {
	s := newSite(t)
	claire := withMails(s.as(dbtest.Coordinator))
	wantPage(t, claire.get("/administration/comptes/nouveau?q=faure"), 200, "Inès Faure", "personne=ines")
	wantPage(t, claire.get("/administration/comptes/nouveau?q=bruno"), 200, "A déjà un compte")
	wantRedirect(t, claire.get("/administration/comptes/nouveau?personne=bruno"), account(dbtest.Referent, ""))
	wantPage(t, claire.get("/administration/comptes/nouveau?personne=admin"), 409, "que tient l’administration")
	wantPage(t, claire.get("/administration/comptes/nouveau?personne=nina"), 404)
	wantPage(t, claire.get("/personnes/ines"), 200, `href="/administration/comptes/nouveau?personne=ines"`)
	if page := claire.get("/personnes/admin"); page.Code != 200 || strings.Contains(page.Body.String(), "/administration/comptes/") {
		t.Error("the record of who keeps the installation leads to an account that claire is refused")
	}
	wantPage(t, claire.get("/administration/comptes/nouveau?personne=ines"), 200, "Inès Faure", "Directrice", `value="ines@ecole.test"`, `name="structure:ecole"`)
	wantPage(t, claire.post("/administration/comptes", "personne", "ines", "courriel", "bruno@maillage.test", "structure:ecole", "referent"), 422, "a déjà cette adresse", "bruno@maillage.test")
	wantPage(t, claire.post("/administration/comptes", "personne", "ines", "courriel", "ines@ecole.test"), 422, "au moins un rôle")
	w := claire.post("/administration/comptes", "personne", "ines", "courriel", " Ines@Ecole.TEST ", "structure:ecole", "referent")
	wantPage(t, w, http.StatusSeeOther)
	at := w.Header().Get("Location")
	wantPage(t, claire.get(at), 200, "Inès Faure", "ines@ecole.test", "valable jusqu’au", "Le compte est ouvert", "a ouvert le compte d’Inès Faure")
	mail := lastMail(t, s)
	if mail.Recipient != "ines@ecole.test" || mail.Subject != "Invitation à rejoindre Maillage" || !strings.Contains(mail.Body, "Claire Bonnet vous ouvre un accès") {
		t.Errorf("the mail is %+v", mail)
	}
	ines := newSiteOn(s)
	s.now = s.now.Add(6 * 24 * time.Hour)
	wantRedirect(t, ines.post(linkIn(t, mail)), "/")
	wantPage(t, ines.get("/"), 200, "Bonjour Inès", "Répondre : Accueillir les 0–3 ans")
	wantPage(t, newSiteOn(s).post(linkIn(t, mail)), 404, "déjà servi")
	wantPage(t, claire.post("/administration/comptes", "personne", "ines", "courriel", "autre@ecole.test", "structure:ecole", "referent"), 409, "déjà un compte")
}

func TestAnAccountIsOpenedForSomebodyNew(t *testing.T) {
	s := newSite(t)
	claire := withMails(s.as(dbtest.Coordinator))
	const opening = "/administration/comptes/nouveau?personne=nouvelle"
	wantPage(t, claire.get(opening+"&cherche=paio"), 200, "Mission locale du Lot", `value="mission"`)
	wantPage(t, claire.get(opening+"&cherche=figeac"), 200, "Rien ne répond")
	wantPage(t, claire.post("/administration/comptes", "personne", "nouvelle", "etape", "chercher", "cherche", "paio", "nom", "O’Hara"), 200, `value="O’Hara"`, "Mission locale")
	fields := []string{"personne", "nouvelle", "prenom", "Zoé", "nom", "<b>O’Hara<b>\r\nBcc: x at y", "structure", "mission", "fonction", "Conseillère", "courriel", "zoe@mission.test", "structure:", "referent"}
	w := claire.post("/administration/comptes", fields...)
	wantPage(t, w, http.StatusSeeOther)
	wantPage(t, claire.get(w.Header().Get("Location")), 200, "&lt;b&gt;O’Hara&lt;b&gt; Bcc: x at y", "Conseillère, Mission locale du Lot")
	if mail := lastMail(t, s); strings.ContainsAny(mail.Name+mail.Subject+mail.Recipient, "\r\n") {
		t.Errorf("a name breaks the lines of a header: %q", mail.Name)
	}
	fields[7] = string(dbtest.Foreign)
	fields[11] = "autre@mission.test"
	if w := claire.post("/administration/comptes", fields...); w.Code != 403 && w.Code != 422 {
		t.Errorf("a structure of elsewhere answers %d, want a refusal", w.Code)
	}
	wantPage(t, claire.post("/administration/comptes", "personne", "nouvelle"), 422, "Écrivez le prénom", "Écrivez le nom", "choisissez-la", "Écrivez l’adresse", "au moins un rôle")
}

func TestRolesBeyondOnesOwnAreRefused(t *testing.T) {
	s := newSite(t)
	claire := s.as(dbtest.Coordinator)
	for name, fields := range map[string][]string{
		"administration":                     {"administrateur", "oui"},
		"administration by a structure":      {"structure:", "administrateur"},
		"another territory":                  {"territoire:" + string(dbtest.Figeac), "lecture"},
		"a structure of elsewhere":           {"structure:" + string(dbtest.Foreign), "referent"},
		"a structure that is not":            {"structure:nulle", "referent"},
		"a territory that is not":            {"territoire:000000000", "coordination"},
		"for somebody of another territory":  {"personne", "nina", "structure:" + string(dbtest.Mission), "referent"},
		"administration beside another role": {"structure:" + string(dbtest.School), "referent", "administrateur", "oui"},
	} {
		w := claire.post("/administration/comptes", append([]string{"personne", "ines", "courriel", "ines@ecole.test"}, fields...)...)
		if name == "for somebody of another territory" {
			w = claire.post("/administration/comptes", append(fields, "courriel", "x@ecole.test")...)
		}
		if w.Code != 403 && w.Code != 404 {
			t.Errorf("opening with %s answers %d, want 403 or 404", name, w.Code)
		}
		if name == "for somebody of another territory" {
			continue
		}
		if w := claire.post(account(dbtest.Referent, "/roles"), fields...); w.Code != 403 && w.Code != 404 {
			t.Errorf("giving %s answers %d, want 403 or 404", name, w.Code)
		}
	}
	wantPage(t, claire.post(account(dbtest.Referent, "/roles"), "structure:mission", "roi"), 422, "ne va pas")
	wantPage(t, claire.get(account(dbtest.Referent, "")), 200, "Rien n’a encore été changé ici")
	wantPage(t, s.as(dbtest.Admin).post(account(dbtest.Referent, "/roles"), "structure:nulle", "referent"), 404)
}

func TestRolesAreChangedAndSeenInTheHistory(t *testing.T) {
	s := newSite(t)
	claire, bruno := s.as(dbtest.Coordinator), s.as(dbtest.Referent)
	wantRedirect(t, claire.post(account(dbtest.Referent, "/roles"), "structure:mission", "collegue", "territoire:"+string(dbtest.Cauvaldor), "lecture"), account(dbtest.Referent, ""))
	wantPage(t, claire.get(account(dbtest.Referent, "")), 200, "a changé les rôles du compte de Bruno Delmas", "<del>Référent·e d’une structure</del>", "<ins>Collègue d’une structure</ins>", "Lecture seule")
	wantPage(t, bruno.get("/administration"), 403)
	wantRedirect(t, claire.post(account(dbtest.Referent, "/roles")), "/administration")
	wantPage(t, claire.get(account(dbtest.Referent, "")), 404)
}

func TestAccountsOfElsewhereAreNotThere(t *testing.T) {
	claire := newSite(t).as(dbtest.Coordinator)
	for _, v := range []app.Viewer{dbtest.Stranger, dbtest.Admin, {Account: "inconnu"}} {
		wantPage(t, claire.get(account(v, "")), 404)
		for _, act := range []string{"/roles", "/desactivation", "/activation", "/deconnexion", "/lien", "/adresse"} {
			wantPage(t, claire.post(account(v, act)), 404)
		}
	}
}

func TestDisablingEndsSessionsAndCanBeUndone(t *testing.T) {
	s := newSite(t)
	claire, bruno := s.as(dbtest.Coordinator), s.as(dbtest.Referent)
	wantRedirect(t, claire.post(account(dbtest.Referent, "/desactivation")), account(dbtest.Referent, ""))
	wantRedirect(t, bruno.get("/compte"), "/connexion?suite=%2Fcompte")
	wantPage(t, newSiteOn(s).post("/connexion", "courriel", dbtest.Referent.Email, "mot_de_passe", dbtest.Password), 422)
	wantPage(t, claire.post(account(dbtest.Referent, "/desactivation")), 409, "déjà désactivé")
	wantPage(t, claire.post(account(dbtest.Referent, "/lien")), 409, "réactivez-le")
	wantRedirect(t, claire.post(account(dbtest.Referent, "/activation")), account(dbtest.Referent, ""))
	wantRedirect(t, newSiteOn(s).post("/connexion", "courriel", dbtest.Referent.Email, "mot_de_passe", dbtest.Password), "/")
	wantRedirect(t, claire.post(account(dbtest.Referent, "/deconnexion")), account(dbtest.Referent, ""))
	wantPage(t, claire.post(account(dbtest.Coordinator, "/desactivation")), 409, "votre propre compte")
}

func TestTheLastAdministratorStays(t *testing.T) {
	s := newSite(t)
	admin := s.as(dbtest.Admin)
	wantPage(t, admin.post(account(dbtest.Admin, "/roles")), 409, "seul compte d’administration")
	wantRedirect(t, admin.post(account(dbtest.Coordinator, "/roles"), "administrateur", "oui", "territoire:"+string(dbtest.Cauvaldor), "coordination"), account(dbtest.Coordinator, ""))
	claire := s.as(dbtest.Coordinator)
	wantRedirect(t, claire.post(account(dbtest.Admin, "/desactivation")), account(dbtest.Admin, ""))
	wantPage(t, claire.post(account(dbtest.Coordinator, "/roles"), "territoire:"+string(dbtest.Cauvaldor), "coordination"), 409, "seul compte d’administration")
	wantRedirect(t, admin.get("/administration"), "/connexion?suite=%2Fadministration")
}

func TestANewLinkTakesTheFormerOnesAway(t *testing.T) {
	s := newSite(t)
	claire := s.as(dbtest.Coordinator)
	claire.post(account(dbtest.Colleague, "/lien"))
	first := linkIn(t, lastMail(t, s))
	s.now = s.now.Add(time.Minute)
	claire.post(account(dbtest.Colleague, "/lien"))
	wantPage(t, newSiteOn(s).post(first), 404)
	wantRedirect(t, newSiteOn(s).post(linkIn(t, lastMail(t, s))), "/")
}

func TestTheAddressOfAnAccountIsChangedAndTheOldOneTold(t *testing.T) {
	s := newSite(t)
	adele, bruno := s.as(dbtest.Admin), s.as(dbtest.Referent)
	at := account(dbtest.Referent, "/adresse")
	wantPage(t, adele.post(at, "courriel", "pas une adresse"), 422, "n’est pas complète", `value="pas une adresse"`)
	wantPage(t, adele.post(at, "courriel", dbtest.Colleague.Email), 422, "a déjà cette adresse")
	wantPage(t, bruno.get("/compte"), 200)
	wantRedirect(t, adele.post(at, "courriel", "Bruno@Nouvelle.test"), account(dbtest.Referent, ""))
	wantRedirect(t, bruno.get("/compte"), "/connexion?suite=%2Fcompte")
	if mail := lastMail(t, s); mail.Recipient != dbtest.Referent.Email || !strings.Contains(mail.Body, "bruno@nouvelle.test") {
		t.Errorf("the mail is %+v, want one that tells the former address", mail)
	}
	wantRedirect(t, newSiteOn(s).post("/connexion", "courriel", "bruno@nouvelle.test", "mot_de_passe", dbtest.Password), "/")
	wantPage(t, s.as(dbtest.Coordinator).post(account(dbtest.Stranger, "/adresse"), "courriel", "x@y.fr"), 404)
}

func lastMail(t *testing.T, s *site) app.Mail {
	t.Helper()
	mails, err := s.db.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 1)
	if err != nil || len(mails) != 1 {
		t.Fatalf("Mails = %v, %v; want one", mails, err)
	}
	return mails[0]
}

var signInLink = regexp.MustCompile(`/(connexion/lien|acces)/[\w-]+`)

// hrefIn is the first address of a page that begins so.
func hrefIn(t *testing.T, page, beginning string) string {
	t.Helper()
	_, after, found := strings.Cut(page, `href="`+beginning)
	if !found {
		t.Fatalf("nothing leads to %q: %.2000s", beginning, mainOf(page))
	}
	end, _, _ := strings.Cut(after, `"`)
	return beginning + end
}

func linkIn(t *testing.T, m app.Mail) string {
	t.Helper()
	link := signInLink.FindString(m.Body)
	if link == "" {
		t.Fatalf("no link in %q", m.Body)
	}
	return link
}
