package web_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/db/dbtest"
)

func TestWhoHelpsAReferentChangesNothingOfTheirTeam(t *testing.T) {
	s := newSite(t)
	_, claire := helping(t, s)
	for path, form := range map[string][]string{
		"/structures/mission/membres":                 {"prenom", "Eve", "nom", "Mal", "courriel", "eve@ailleurs.test", "role", "referent", "fonction", "x"},
		"/structures/mission/membres/a-lea/role":      {"role", "referent"},
		"/structures/mission/membres/a-lea/retrait":   {"fonction", "finir"},
		"/structures/mission/membres/a-bruno/retrait": {"fonction", "finir"},
	} {
		wantPage(t, claire.post(path, form...), 403, "ne se fait à la place de personne")
	}
	wantPage(t, claire.get("/structures/mission/membres/a-bruno/retrait"), 403, "ne se fait à la place de personne")
	if acts, err := s.db.History(t.Context(), app.OfOrganisation, string(dbtest.Mission), 5); err != nil || len(acts) > 0 {
		t.Errorf("the team was changed: %+v, %v", acts, err)
	}
}

func TestTheRecordOfWhomOneHelpsIsTheirsAlone(t *testing.T) {
	s := newSite(t)
	_, claire := helping(t, s)
	before, err := s.db.Person(t.Context(), dbtest.Coordinator, dbtest.Referent.Person, s.now)
	if err != nil {
		t.Fatal(err)
	}
	if page := claire.get("/personnes/bruno").Body.String(); strings.Contains(page, "/personnes/bruno/modifier") || strings.Contains(plain(page), "C’est votre fiche") {
		t.Error("who helps is offered to change the record as if it were theirs")
	}
	wantPage(t, claire.post("/personnes/bruno", "version", "1", "prenom", "Bruno", "nom", "Delmas", "courriel", "x@ailleurs.test", "telephone", "", "visible", "oui"), 403)
	after, err := s.db.Person(t.Context(), dbtest.Coordinator, dbtest.Referent.Person, s.now)
	if err != nil || after.Email != before.Email || after.Visible != before.Visible || after.Version != before.Version {
		t.Errorf("the record is %+v, %v; want it as it was, %+v", after.Person, err, before.Person)
	}
	wantPage(t, claire.get("/personnes/lea/modifier"), 200) // a colleague's, as Bruno may
}

// elsewhere returns Nina's browser, in which she acts in the place of somebody known in
// Cauvaldor, whose account opens Figeac only, as hers does.
func elsewhere(t *testing.T, s *site, of app.Viewer) *site {
	t.Helper()
	if err := s.db.GiveRoles(t.Context(), dbtest.Admin, of.Account, []app.Grant{{Role: app.ReadOnly, Territory: dbtest.Figeac}}, s.now); err != nil {
		t.Fatal(err)
	}
	nina := s.as(dbtest.Stranger)
	wantPage(t, nina.get("/personnes/"+string(of.Person)), 404)
	wantRedirect(t, nina.post(helpOf(of), "code", helpCode(t, s.as(of))), "/")
	return nina
}

func TestWhoHelpsSeesNothingBeyondWhatTheAccountOpens(t *testing.T) {
	s := newSite(t)
	nina := elsewhere(t, s, dbtest.Referent)
	wantPage(t, nina.get("/personnes/bruno"), 404)
	wantPage(t, nina.post("/personnes/bruno", "version", "1", "prenom", "Bruno", "nom", "Volé", "courriel", "x@ailleurs.test"), 404)
}

func TestAFormOpenedInAnothersNameIsNotWrittenInOnesOwn(t *testing.T) {
	for name, end := range map[string]func(s, claire *site){
		"once another tab stopped the help": func(_, claire *site) { claire.post("/aide/fin") },
		"after a fragment": func(s, claire *site) {
			s.now = s.now.Add(app.HelpLife)
			claire.get("/recherche?q=a", "HX-Request-Type", "partial")
		},
		"after a file":                  func(s, claire *site) { s.now = s.now.Add(app.HelpLife); claire.get("/ateliers.ics") },
		"after an address that is none": func(s, claire *site) { s.now = s.now.Add(app.HelpLife); claire.get("/nulle-part") },
		"after another such form": func(s, claire *site) {
			s.now = s.now.Add(app.HelpLife)
			claire.post("/territoire", "territoire", string(dbtest.Cauvaldor))
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			_, claire := helping(t, s)
			end(s, claire)
			answer := func() int {
				return claire.post("/ateliers/bientot/inscriptions/reponse", "structure", "mission", "reponse", "non").Code
			}
			if got := answer(); got != 409 {
				t.Errorf("the form is answered %d, want 409", got)
			}
			wantPage(t, claire.get("/structures"), 200, "L’aide est terminée : vous êtes de nouveau sous votre nom")
			if again := claire.get("/structures").Body.String(); strings.Contains(again, "L’aide est terminée") {
				t.Error("it is told twice")
			}
			if got := answer(); got != 303 {
				t.Errorf("told, she answers in her own name and gets %d, want 303", got)
			}
		})
	}
}

func TestAPageIsWrittenUnderTheAccountThatOpenedItOnly(t *testing.T) {
	s := newSite(t)
	claire := s.as(dbtest.Coordinator)
	wantPage(t, claire.get("/structures"), 200, `data-account="a-claire"`)
	answer := func(opened string) int {
		return claire.post("/ateliers/bientot/inscriptions/reponse", "structure", "mission", "reponse", "non", "ouvert-par", opened).Code
	}
	want := func(when string, statuses map[string]int) {
		t.Helper()
		for opened, status := range statuses {
			if got := answer(opened); got != status {
				t.Errorf("%s, from a page of %q: %d, want %d", when, opened, got, status)
			}
		}
	}
	want("before", map[string]int{"a-claire": 303, "a-bruno": 409})
	_, claire = helping(t, s)
	wantPage(t, claire.get("/structures"), 200, `data-account="a-bruno"`)
	want("while she helps", map[string]int{"a-bruno": 303, "a-claire": 409, "a-lea": 409})
	claire.post("/aide/fin", "ouvert-par", "a-bruno")
	claire.get("/administration/comptes/a-bruno")
	want("once she was told", map[string]int{"a-bruno": 409, "a-claire": 303, "": 303})
	wantRedirect(t, claire.post("/deconnexion", "ouvert-par", "a-bruno"), "/connexion")
	want("signed out", map[string]int{"a-bruno": 401, "a-claire": 401})
}

// A page that says why something is refused says too that the help is over, and the same form
// is not refused again and again; what a browser asks for by itself tells nobody anything.
func TestAPageOfRefusalTellsTheEndOfAHelp(t *testing.T) {
	s := newSite(t)
	_, claire := helping(t, s)
	s.now = s.now.Add(app.HelpLife)
	claire.get("/nulle-part", "Sec-Fetch-Mode", "no-cors")
	wantPage(t, claire.do("POST", "/territoire", url.Values{"territoire": {string(dbtest.Cauvaldor)}}, "Sec-Fetch-Mode", "navigate"), 409, "L’aide est terminée")
	wantPage(t, claire.post("/territoire", "territoire", string(dbtest.Cauvaldor)), 303)

	s.now = s.now.Add(time.Minute)
	_, claire = helping(t, s)
	s.now = s.now.Add(app.HelpLife)
	wantPage(t, claire.get("/nulle-part", "Sec-Fetch-Mode", "navigate"), 404, "L’aide est terminée")
	if again := claire.get("/structures").Body.String(); strings.Contains(again, "L’aide est terminée") {
		t.Error("it is told twice")
	}
}

func TestAFormOfAHelpSentOnceSignedOutAsksToSignIn(t *testing.T) {
	s := newSite(t)
	_, claire := helping(t, s)
	claire.post("/deconnexion")
	wantPage(t, claire.post("/ateliers/bientot/inscriptions/reponse", "structure", "mission", "reponse", "non", "ouvert-par", "a-bruno"), 401, "Vous n’êtes plus connecté·e")
}

func TestOneSignsOutBeforeOneIsToldThatTheHelpIsOver(t *testing.T) {
	s := newSite(t)
	_, claire := helping(t, s)
	s.now = s.now.Add(app.HelpLife)
	wantRedirect(t, claire.post("/aide/fin"), "/")
	wantRedirect(t, claire.post("/deconnexion"), "/connexion")
}

func TestNobodyGivesThemselvesAnAccessThatOpensATerritory(t *testing.T) {
	s := newSite(t)
	claire := s.as(dbtest.Coordinator)
	wantPage(t, claire.post("/structures/caf/membres", "prenom", "Claire", "nom", "Bonnet", "courriel", dbtest.Coordinator.Email, "role", "referent", "fonction", "x"), 403, "Vous ne pouvez pas vous donner vous-même cet accès")
	wantPage(t, claire.post("/structures/mission/membres", "prenom", "Claire", "nom", "Bonnet", "courriel", dbtest.Coordinator.Email, "role", "referent", "fonction", "x"), 303)
}

// hiddens are the hidden fields of a page, as a browser without JavaScript sends them.
var hiddens = regexp.MustCompile(`<input type="hidden" name="(ouvert-[a-z]+)" value="([^"]*)"/>`)

func TestTheFormsOfAPageSayWhoOpenedItWithoutJavaScript(t *testing.T) {
	s := newSite(t)
	claire := s.as(dbtest.Coordinator)
	page := claire.get("/personnes/ines/modifier").Body.String()
	sent := []string{"prenom", "Inès", "nom", "Changée", "version", "1"}
	for _, field := range hiddens.FindAllStringSubmatch(mainOf(page), -1) {
		sent = append(sent, field[1], field[2])
	}
	if len(sent) != 10 {
		t.Fatalf("the form carries %q", sent)
	}
	_, claire = helping(t, s)
	wantPage(t, claire.post("/personnes/ines", sent...), 409, "ouverte sous un autre nom")
	wantRedirect(t, s.as(dbtest.Coordinator).post("/personnes/ines", sent...), "/personnes/ines")
}
