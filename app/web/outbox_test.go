package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/db/dbtest"
)

func TestTheOutboxIsReadByTheAdministrationAlone(t *testing.T) {
	s := newSite(t)
	s.post("/connexion/lien", "courriel", dbtest.Colleague.Email)
	admin := s.as(dbtest.Admin)
	mail := lastMail(t, s)
	at := "/administration/courriels/" + string(mail.ID)
	wantPage(t, admin.get("/administration/courriels"), 200, "À envoyer", "Votre lien de connexion", "Léa Cœur", at, "Aucun serveur de courriel")
	wantPage(t, admin.get(at), 200, `href="http://maillage.test`+linkIn(t, mail)+`"`)
	for _, v := range []app.Viewer{dbtest.Coordinator, dbtest.Referent, dbtest.Reader} {
		wantPage(t, s.as(v).get(at), 403)
		wantPage(t, s.as(v).get("/administration/courriels"), 403)
	}
	wantPage(t, admin.get("/administration/courriels/inconnu"), 404)
	wantPage(t, admin.post("/administration/courriels/inconnu/renvoi"), 404)
}

func TestAMailGivenUpIsSeenAndSentAgain(t *testing.T) {
	s := newSite(t)
	s.post("/connexion/lien", "courriel", dbtest.Colleague.Email)
	mail := lastMail(t, s)
	if err := s.db.MailFailed(t.Context(), mail.ID, "sending an e-mail (for good): 550 no <such> user", time.Time{}, s.now); err != nil {
		t.Fatal(err)
	}
	admin := s.as(dbtest.Admin)
	wantPage(t, admin.get("/administration/courriels?etat=echec"), 200, "Échec", "550 no &lt;such&gt; user")
	wantPage(t, admin.get("/administration/courriels?etat=a-envoyer"), 200, "Aucun courriel ici")
	at := "/administration/courriels/" + string(mail.ID)
	wantRedirect(t, admin.post(at+"/renvoi"), at)
	wantPage(t, admin.get("/administration/courriels?etat=a-envoyer"), 200, "Votre lien de connexion")
	wantPage(t, admin.get("/administration/journal?objet=courriel"), 200, "a fait renvoyer un courriel")
}

func TestTheOutboxAndTheJournalGoOnPageByPage(t *testing.T) {
	s := newSite(t)
	admin := withMails(s.as(dbtest.Admin))
	for range 30 {
		s.now = s.now.Add(app.MailToInvite.Again())
		for _, v := range []app.Viewer{dbtest.Colleague, dbtest.Reader} { // in the same second
			wantPage(t, admin.post(account(v, "/lien")), http.StatusSeeOther)
		}
	}
	for _, path := range []string{"/administration/courriels", "/administration/journal"} {
		first := admin.get(path).Body.String()
		_, after, found := strings.Cut(first, `<p class="more"><a class="button" href="`)
		if !found {
			t.Fatalf("%s does not lead to what follows", path)
		}
		next, _, _ := strings.Cut(after, `"`)
		second := admin.get(strings.ReplaceAll(next, "&amp;", "&")).Body.String()
		for name, page := range map[string]string{"first": first, "second": second} {
			want := map[string]int{"first": 50, "second": 10}[name]
			if got := strings.Count(page, `<li class="item">`) + strings.Count(page, `<li class="history__entry">`); got != want {
				t.Errorf("%s: the %s page has %d lines, want %d", path, name, got, want)
			}
		}
	}
}

func TestTheJournalIsFiltered(t *testing.T) {
	s := newSite(t)
	claire := s.as(dbtest.Coordinator)
	claire.post(account(dbtest.Colleague, "/lien"))
	today := string(app.DateOf(s.now))
	for _, tt := range []struct{ query, want string }{
		{"", "a renvoyé un lien de connexion à Léa Cœur"},
		{"?objet=compte", "a renvoyé un lien"},
		{"?objet=structure", "Rien à cet endroit"},
		{"?qui=bonnet", "a renvoyé un lien"},
		{"?qui=delmas", "Rien à cet endroit"},
		{"?du=" + today + "&au=" + today, "a renvoyé un lien"},
		{"?au=2020-01-01", "Rien à cet endroit"},
		{"?du=2030-01-01", "Rien à cet endroit"},
		{"?du=31/02/2026", "a renvoyé un lien"},
		{"?avant=n’importe+quoi", "Rien à cet endroit"}, // nothing follows what is not there
	} {
		wantPage(t, claire.get("/administration/journal"+tt.query), 200, tt.want)
	}
	wantPage(t, claire.get("/administration/journal?du=31/02/2026"), 200, "n’existe pas")
	wantPage(t, claire.get("/administration/journal.csv?objet=compte"), 200, fmt.Sprintf("%s;10:00:00;Claire Bonnet;a renvoyé un lien de connexion à Léa Cœur;Compte;Léa Cœur;", today))
	wantPage(t, s.as(dbtest.Stranger).get("/administration/journal"), 200, "Rien à cet endroit")
	wantPage(t, s.as(dbtest.Referent).get("/administration/journal"), 403)
}

func TestAnotherTerritoryIsOpened(t *testing.T) {
	s := newSite(t)
	admin := s.as(dbtest.Admin)
	const at = "/administration/territoires"
	wantPage(t, admin.get(at), 200, "2\u00a0territoires ouverts", "CC Grand-Figeac")
	wantPage(t, admin.get(at+"?cherche=figeac"), 200, "déjà ouverte ici", "disabled")
	wantPage(t, admin.post(at), 422, "choisissez-la", "Donnez un nom")
	wantPage(t, admin.post(at, "epci", string(dbtest.Figeac), "convention", "CTG", "debut", "2026-01-01", "fin", "2026-12-31"), 409, "déjà ouvert", `value="CTG"`)
	wantRedirect(t, admin.post(at, "epci", "200023737", "convention", "CTG du Grand Cahors", "debut", "2026-01-01", "fin", "2026-12-31"), at)
	wantPage(t, admin.get(at), 200, "3\u00a0territoires ouverts", "Grand Cahors", "1\u00a0structure", "est ouvert")
	wantRedirect(t, admin.post("/territoire", "territoire", "200023737"), "/")
	wantPage(t, admin.get("/administration/journal"), 200, "a ouvert le territoire", "a créé la convention CTG du Grand Cahors")
	for _, v := range []app.Viewer{dbtest.Coordinator, dbtest.Referent} {
		wantPage(t, s.as(v).get(at), 403)
		wantPage(t, s.as(v).post(at, "epci", "200023737"), 403)
	}
}
