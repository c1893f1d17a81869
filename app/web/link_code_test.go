package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"maillage/db"
	"maillage/db/dbtest"
)

var (
	mailedCode = regexp.MustCompile(`\n    ([A-Z2-9]{4}-[A-Z2-9]{4})\n`)
	mailedLink = regexp.MustCompile(`(/connexion/lien/\S+)`)
)

// mailed reads the link and the code of the last mail.
func (s *site) mailed() (link, code string) {
	s.t.Helper()
	mails, err := s.db.Outbox(s.t.Context(), dbtest.Admin, db.MailFilter{}, 1)
	if err != nil || len(mails) == 0 {
		s.t.Fatalf("no mail: %v", err)
	}
	found := mailedCode.FindStringSubmatch(mails[0].Body)
	if found == nil {
		s.t.Fatalf("no code in %q", mails[0].Body)
	}
	return mailedLink.FindString(mails[0].Body), found[1]
}

func TestALinkOpensOnTheDeviceThatAskedByItsCode(t *testing.T) {
	s := newSite(t)
	wantRedirect(t, s.get("/connexion/code"), "/connexion?suite=%2F")
	wantPage(t, s.get("/connexion"), 200, "le code du courriel se tape dans le navigateur où il a été demandé")
	wantPage(t, s.post("/connexion/lien", "courriel", dbtest.Colleague.Email, "suite", "/structures"), 200, "Code du courriel", `value="/structures"`)
	link, code := s.mailed()
	wantPage(t, s.get("/connexion/code"), 200, "Code du courriel")
	wantPage(t, s.post("/connexion/code", "code", ""), 422, "Recopiez le code")
	wantPage(t, s.post("/connexion/code", "code", "AAAA-AAAA"), 422, "pas le bon")
	wantPage(t, newSiteOn(s).post("/connexion/code", "code", code), 404, "n’attend plus de code") // another browser
	other := newSiteOn(s)
	other.post("/connexion/lien", "courriel", "inconnu@maillage.test")
	wantPage(t, other.post("/connexion/code", "code", code), 422, "pas le bon") // another that asked
	wantRedirect(t, s.post("/connexion/code", "code", strings.ToLower(code), "suite", "/structures"), "/structures")
	wantPage(t, s.get("/"), 200, "Bonjour Léa")
	wantPage(t, newSiteOn(s).post(link), 404) // spent with its code
}

func TestALinkOpenedSpendsItsCode(t *testing.T) {
	s := newSite(t)
	s.post("/connexion/lien", "courriel", dbtest.Colleague.Email)
	link, code := s.mailed()
	wantRedirect(t, newSiteOn(s).post(link), "/")
	wantPage(t, s.post("/connexion/code", "code", code), 404, "n’attend plus de code", "Recevoir un lien")
}

func TestACodeOfALinkExpiresAndGuessesSlowDown(t *testing.T) {
	s := newSite(t)
	s.post("/connexion/lien", "courriel", dbtest.Colleague.Email)
	_, code := s.mailed()
	for range 5 {
		wantPage(t, s.post("/connexion/code", "code", "AAAA-AAAA"), 422)
	}
	wantPage(t, s.post("/connexion/code", "code", code), http.StatusTooManyRequests, "Trop d’essais")
	s.now = s.now.Add(time.Minute)
	wantRedirect(t, s.post("/connexion/code", "code", code), "/")

	s.post("/connexion/lien", "courriel", dbtest.Colleague.Email)
	_, code = s.mailed()
	s.now = s.now.Add(31 * time.Minute)
	wantPage(t, s.post("/connexion/code", "code", code), 404, "n’attend plus de code")
}

func TestAskingForALinkAnswersAlikeForAnUnknownAddress(t *testing.T) {
	s := newSite(t)
	known := newSiteOn(s).post("/connexion/lien", "courriel", dbtest.Referent.Email)
	unknown := newSiteOn(s).post("/connexion/lien", "courriel", "bruno@maillage.text")
	if strings.ReplaceAll(unknown.Body.String(), "bruno@maillage.text", dbtest.Referent.Email) != known.Body.String() || len(known.Result().Cookies()) != len(unknown.Result().Cookies()) {
		t.Error("the answer tells a known address from an unknown one")
	}
}
