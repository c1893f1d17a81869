package web_test

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

var (
	shownKey  = regexp.MustCompile(`<p class="spelled">([A-Z2-7 ]+)</p>`)
	sealedKey = regexp.MustCompile(`name="cle" value="([^"]+)"`)
	shownCode = regexp.MustCompile(`<li class="spelled">([A-Z2-9-]+)</li>`)
)

// keyShown reads the key that a page of enrolment shows, and how its form carries it.
func keyShown(t *testing.T, page string) (key, sealed string) {
	t.Helper()
	k, s := shownKey.FindStringSubmatch(plain(page)), sealedKey.FindStringSubmatch(page)
	if k == nil || s == nil {
		t.Fatalf("no key is shown: %.800s", mainOf(page))
	}
	return strings.ReplaceAll(k[1], " ", ""), html.UnescapeString(s[1])
}

func (s *site) codeNow(key string) string {
	s.t.Helper()
	code, err := secret.CodeAt(key, s.now)
	if err != nil {
		s.t.Fatal(err)
	}
	return code
}

// enrol gives v's account the codes of an application, and returns its key and recovery codes.
func enrol(t *testing.T, s *site, v app.Viewer) (key string, recovery []string) {
	t.Helper()
	desk := s.as(v)
	key, sealed := keyShown(t, desk.get("/compte/second-facteur").Body.String())
	w := desk.post("/compte/second-facteur", "cle", sealed, "code", s.codeNow(key))
	wantPage(t, w, 200, "Vos dix codes")
	for _, code := range shownCode.FindAllStringSubmatch(w.Body.String(), -1) {
		recovery = append(recovery, code[1])
	}
	if len(recovery) != app.RecoveryCodes {
		t.Fatalf("%d recovery codes are shown, want %d", len(recovery), app.RecoveryCodes)
	}
	return key, recovery
}

func signIn(s *site, v app.Viewer) *site {
	other := newSiteOn(s)
	other.post("/connexion", "courriel", v.Email, "mot_de_passe", dbtest.Password, "suite", "/structures")
	return other
}

func TestASecondFactorStandsBetweenThePasswordAndThePages(t *testing.T) {
	s := newSite(t)
	key, _ := enrol(t, s, dbtest.Coordinator)
	s.now = s.now.Add(time.Minute)
	b := newSiteOn(s)
	wantRedirect(t, b.post("/connexion", "courriel", dbtest.Coordinator.Email, "mot_de_passe", dbtest.Password, "suite", "/structures"), "/connexion/verification?suite=%2Fstructures")
	if b.cookies["maillage"] != "" {
		t.Error("a session is given before the second factor")
	}
	wantRedirect(t, b.get("/compte"), "/connexion/verification?suite=%2Fcompte")
	wantPage(t, b.post("/compte/connexions/fin"), 401)
	wantPage(t, b.get("/connexion/verification?suite=/structures"), 200, "Bonjour Claire Bonnet", `value="/structures"`, `autocomplete="one-time-code"`)
	wantPage(t, b.post("/connexion/verification", "code", ""), 422, "Recopiez le code")
	wantPage(t, b.post("/connexion/verification", "code", "000000"), 422, "pas le bon")
	code := s.codeNow(key)
	wantRedirect(t, b.post("/connexion/verification", "code", code[:3]+" "+code[3:], "suite", "/structures"), "/structures")
	wantPage(t, b.get("/structures"), 200, "Claire Bonnet")

	again := signIn(s, dbtest.Coordinator)
	wantPage(t, again.post("/connexion/verification", "code", code), 422, "a déjà servi")
}

func TestARecoveryCodeOpensOnce(t *testing.T) {
	s := newSite(t)
	_, codes := enrol(t, s, dbtest.Coordinator)
	b := signIn(s, dbtest.Coordinator)
	wantRedirect(t, b.post("/connexion/verification", "secours", strings.ToLower(codes[3]), "suite", "/"), "/")
	wantPage(t, b.get("/"), 200, "code de secours", "Bonjour Claire")
	wantPage(t, b.get("/compte"), 200, "9 codes restent")
	wantPage(t, signIn(s, dbtest.Coordinator).post("/connexion/verification", "secours", codes[3]), 422, "a déjà servi")
	wantPage(t, signIn(s, dbtest.Coordinator).post("/connexion/verification", "secours", codes[4]), http.StatusSeeOther)
}

func TestARecoveryCodeIsTakenInTheFieldOfTheOtherCodesToo(t *testing.T) {
	s := newSite(t)
	_, codes := enrol(t, s, dbtest.Coordinator)
	b := signIn(s, dbtest.Coordinator)
	wantRedirect(t, b.post("/connexion/verification", "code", " "+strings.ToLower(codes[3])+" ", "suite", "/structures"), "/structures")
	wantPage(t, b.get("/structures"), 200, "entré·e avec un code de secours")
	wantPage(t, b.get("/compte"), 200, "9 codes restent")
	wantPage(t, signIn(s, dbtest.Coordinator).post("/connexion/verification", "code", codes[3]), 422, "a déjà servi")
	for range 4 {
		signIn(s, dbtest.Coordinator).post("/connexion/verification", "code", "ABCDE-FGHJK")
	}
	wantPage(t, signIn(s, dbtest.Coordinator).post("/connexion/verification", "code", codes[4]), http.StatusTooManyRequests, "Trop d’essais")
}

func TestTheSecondStepComesAfterALinkToo(t *testing.T) {
	s := newSite(t)
	key, _ := enrol(t, s, dbtest.Coordinator)
	s.now = s.now.Add(time.Minute)
	b := newSiteOn(s)
	b.post("/connexion/lien", "courriel", dbtest.Coordinator.Email)
	mails, err := s.db.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 10)
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`(/connexion/lien/\S+)`).FindString(mails[0].Body)
	wantRedirect(t, b.post(link), "/connexion/verification?suite=%2F")
	wantRedirect(t, b.post("/connexion/verification", "code", s.codeNow(key), "suite", "https://evil.test/"), "/")
	wantPage(t, b.get("/"), 200, "Bonjour Claire")
}

func TestAWrongPasswordNeverShowsTheSecondStep(t *testing.T) {
	s := newSite(t)
	enrol(t, s, dbtest.Coordinator)
	b := newSiteOn(s)
	wantPage(t, b.post("/connexion", "courriel", dbtest.Coordinator.Email, "mot_de_passe", "faux"), 422, "n’est pas le bon")
	if b.cookies["maillage-etape"] != "" {
		t.Error("a wrong password leads half-way")
	}
	wantRedirect(t, b.get("/connexion/verification"), "/connexion?suite=%2F")
	wantRedirect(t, b.post("/connexion/verification", "code", "123456"), "/connexion?suite=%2F")
}

func TestTheSecondStepForgetsAfterTenMinutes(t *testing.T) {
	s := newSite(t)
	key, _ := enrol(t, s, dbtest.Coordinator)
	b := signIn(s, dbtest.Coordinator)
	s.now = s.now.Add(11 * time.Minute)
	wantRedirect(t, b.post("/connexion/verification", "code", s.codeNow(key)), "/connexion?suite=%2F")
	wantPage(t, b.get("/connexion"), 200, "Il faut recommencer")
}

func TestGuessesOfACodeSlowDown(t *testing.T) {
	s := newSite(t)
	enrol(t, s, dbtest.Coordinator)
	b := signIn(s, dbtest.Coordinator)
	for range 5 {
		wantPage(t, b.post("/connexion/verification", "code", "000000"), 422)
	}
	wantPage(t, b.post("/connexion/verification", "code", "000000"), http.StatusTooManyRequests, "Trop d’essais", "Réessayez dans")
	wantPage(t, signIn(s, dbtest.Coordinator).post("/connexion/verification", "code", "000000"), http.StatusTooManyRequests)
}

func TestARequiredFactorIsSetUpAtTheNextSignIn(t *testing.T) {
	s := newSite(t)
	wantPage(t, s.as(dbtest.Coordinator).get("/administration/connexion"), 403)
	wantRedirect(t, s.as(dbtest.Admin).post("/administration/connexion", "exige", "oui"), "/administration/connexion")
	wantPage(t, s.as(dbtest.Referent).get("/"), 200)

	b := newSiteOn(s)
	wantRedirect(t, b.post("/connexion", "courriel", dbtest.Coordinator.Email, "mot_de_passe", dbtest.Password), "/connexion/verification?suite=%2F")
	page := b.get("/connexion/verification").Body.String()
	key, sealed := keyShown(t, page)
	wantRedirect(t, b.get("/structures"), "/connexion/verification?suite=%2Fstructures")
	again := b.post("/connexion/verification/application", "cle", sealed, "code", "000000")
	wantPage(t, again, 422, "pas le code attendu")
	if same, _ := keyShown(t, again.Body.String()); same != key {
		t.Error("a wrong code changes the key that is shown")
	}
	other := newSiteOn(s)
	other.post("/connexion", "courriel", dbtest.Stranger.Email, "mot_de_passe", dbtest.Password)
	wantPage(t, other.post("/connexion/verification/application", "cle", sealed, "code", s.codeNow(key)), 422, "trop attendu") // the key of another

	wantPage(t, b.post("/connexion/verification/application", "cle", sealed, "code", s.codeNow(key), "suite", "/structures"), 200, "Vos dix codes", `href="/structures"`)
	wantPage(t, b.get("/structures"), 200, "Claire Bonnet")
	wantPage(t, b.get("/compte"), 200, "Codes d’une application", "Actif")
	wantPage(t, b.post("/compte/second-facteur/retrait"), 409, "Votre rôle demande un second facteur")
}

func TestAChangeOfFactorsIsProvedAgainAndToldByMail(t *testing.T) {
	s := newSite(t)
	key, codes := enrol(t, s, dbtest.Referent)
	desk := s.as(dbtest.Reader) // one without factors, signed in long ago
	s.now = s.now.Add(time.Hour)
	_, sealed := keyShown(t, desk.get("/compte/second-facteur").Body.String())
	wantPage(t, desk.post("/compte/second-facteur", "cle", sealed, "code", "123456"), 422, "Écrivez votre mot de passe")
	wantPage(t, desk.post("/compte/second-facteur", "cle", sealed, "code", "123456", "preuve", "faux"), 422, "pas votre mot de passe")

	b := signIn(s, dbtest.Referent)
	b.post("/connexion/verification", "code", s.codeNow(key))
	s.now = s.now.Add(time.Hour)
	wantPage(t, b.get("/compte"), 200, "Renouveler les codes de secours", `name="preuve"`)
	wantPage(t, b.post("/compte/codes-de-secours", "preuve", ""), 422, "Écrivez votre mot de passe")
	wantPage(t, b.post("/compte/codes-de-secours", "preuve", dbtest.Password), 200, "Vos dix codes")
	wantPage(t, b.post("/compte/second-facteur/retrait", "preuve", codes[0]), 422, "ni un code valable") // renewed since
	wantRedirect(t, b.post("/compte/second-facteur/retrait", "preuve", s.codeNow(key)), "/compte")
	wantPage(t, b.get("/compte"), 200, "ne donne plus de codes", "Ajouter les codes")
	mails, err := s.db.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 10)
	if err != nil || len(mails) != 3 || mails[0].Recipient != dbtest.Referent.Email || !strings.Contains(mails[0].Body, "ont été retirés") {
		t.Errorf("%d mails (%v), want three to the référent: %+v", len(mails), err, mails)
	}
	wantRedirect(t, newSiteOn(s).post("/connexion", "courriel", dbtest.Referent.Email, "mot_de_passe", dbtest.Password), "/")
}

func TestAnAdministratorResetsALostFactor(t *testing.T) {
	s := newSite(t)
	enrol(t, s, dbtest.Coordinator)
	at := "/administration/comptes/" + string(dbtest.Coordinator.Account)
	wantPage(t, s.as(dbtest.Admin).get(at), 200, "codes d’une application", "Retirer son second facteur")
	wantPage(t, s.as(dbtest.Stranger).post(at+"/second-facteur"), 403)
	wantRedirect(t, s.as(dbtest.Admin).post(at+"/second-facteur"), at)
	wantPage(t, s.as(dbtest.Admin).get(at), 200, "Second facteur", "aucun", "a retiré le second facteur de Claire Bonnet")
	wantRedirect(t, newSiteOn(s).post("/connexion", "courriel", dbtest.Coordinator.Email, "mot_de_passe", dbtest.Password), "/")
}

func TestOtherDevicesAreEndedAtOnce(t *testing.T) {
	s := newSite(t)
	phone, desk, stranger := s.as(dbtest.Referent), s.as(dbtest.Referent), s.as(dbtest.Reader)
	wantPage(t, desk.do("GET", "/compte", nil), 200, "Déconnecter tous les autres appareils", "Ouverte le ", `, connexion ouverte le `, "depuis le réseau 192.0.2.0/24")
	wantRedirect(t, desk.post("/compte/connexions/fin"), "/compte")
	wantPage(t, desk.get("/compte"), 200, "Tous vos autres appareils sont déconnectés")
	wantRedirect(t, phone.get("/compte"), "/connexion?suite=%2Fcompte")
	wantPage(t, stranger.get("/compte"), 200)
}
