package web_test

import (
	"regexp"
	"strings"
	"testing"

	"maillage/app"
	"maillage/db/dbtest"
)

var bigCode = regexp.MustCompile(`<p class="spelled spelled--big">([A-Z2-9 ]+)</p>`)

// helpCode asks for a code of help in a browser and returns it as it is shown.
func helpCode(t *testing.T, s *site) string {
	t.Helper()
	w := s.post("/compte/aide")
	wantPage(t, w, 200, "Votre code d’aide", "sert une fois, jusqu’à")
	code := bigCode.FindStringSubmatch(plain(w.Body.String()))
	if code == nil {
		t.Fatalf("no code is shown: %.800s", mainOf(w.Body.String()))
	}
	return code[1]
}

func helpOf(v app.Viewer) string { return "/administration/comptes/" + string(v.Account) + "/aide" }

// helping returns Bruno's browser, and Claire's in which she acts in his place.
func helping(t *testing.T, s *site) (bruno, claire *site) {
	t.Helper()
	bruno, claire = s.as(dbtest.Referent), s.as(dbtest.Coordinator)
	wantRedirect(t, claire.post(helpOf(dbtest.Referent), "code", helpCode(t, bruno)), "/")
	return bruno, claire
}

func TestWhoIsToldTheCodeActsInThePlaceOfItsPersonInTheirOwnName(t *testing.T) {
	s := newSite(t)
	bruno, claire := s.as(dbtest.Referent), s.as(dbtest.Coordinator)
	wantPage(t, bruno.get("/compte"), 200, "Me faire aider", "Obtenir un code d’aide")
	code := helpCode(t, bruno)
	wantPage(t, bruno.get("/compte"), 200, "Un code attend", "Annuler le code")
	if again := bruno.get("/compte").Body.String(); strings.Contains(plain(again), code) {
		t.Error("the code is shown twice")
	}
	wantPage(t, claire.get("/administration/comptes/a-bruno"), 200, "Aider en agissant à sa place")
	wantPage(t, claire.post(helpOf(dbtest.Referent), "code", "abc"), 422, "huit signes")
	wantPage(t, claire.post(helpOf(dbtest.Referent), "code", "22222222"), 422, "pas le code de cette personne")
	before := claire.cookies["maillage"]
	wantRedirect(t, claire.post(helpOf(dbtest.Referent), "code", strings.ToLower(code)), "/")
	if claire.cookies["maillage"] == before {
		t.Error("the session goes on under the same cookie")
	}
	for path, status := range map[string]int{"/": 200, "/structures": 200, "/structures/mission": 200, "/ateliers/bientot": 200, "/nulle-part": 404, "/compte": 403} {
		wantPage(t, claire.get(path), status, "Claire Bonnet, vous agissez à la place de Bruno Delmas", "Cesser d’aider")
	}
	wantPage(t, claire.get("/"), 200, "Bonjour Bruno")
	if mail := lastMail(t, s); mail.Recipient != dbtest.Referent.Email || !strings.Contains(mail.Body, "Claire Bonnet agit à votre place") || strings.Contains(mail.Body, code) {
		t.Errorf("Bruno is told %+v", mail)
	}
	wantPage(t, claire.post("/ateliers/bientot/inscriptions/reponse", "structure", "mission", "reponse", "non"), 303)
	acts, err := s.db.History(t.Context(), app.OfWorkshop, string(dbtest.Soon), 1)
	if err != nil || len(acts) != 1 || acts[0].Actor != "Claire Bonnet" || acts[0].For != "Bruno Delmas" {
		t.Errorf("the act is %+v, %v; want Claire's in Bruno's place", acts, err)
	}
	wantPage(t, s.as(dbtest.Coordinator).get("/administration/journal"), 200, "Claire Bonnet, à la place de Bruno Delmas,")
	wantPage(t, bruno.get("/structures"), 200, "Quelqu’un agit à votre place", "/compte/aide/fin")
	wantPage(t, bruno.get("/compte"), 200, "Claire Bonnet agit à votre place depuis", "Ce qui a été fait à votre place")
	wantPage(t, s.as(dbtest.Admin).get("/administration/instance"), 200, "Agit à la place de Bruno Delmas")

	before = claire.cookies["maillage"]
	wantRedirect(t, claire.post("/aide/fin"), "/administration/comptes/a-bruno")
	if claire.cookies["maillage"] == before {
		t.Error("the session goes on under the same cookie")
	}
	wantPage(t, claire.get("/"), 200, "Bonjour Claire")
	wantPage(t, claire.get("/compte"), 200)
	wantPage(t, claire.post(helpOf(dbtest.Referent), "code", code), 422, "pas de code en attente")
}

func TestTheContactsOfWhomOneHelpsAreReadInOnesOwnName(t *testing.T) {
	s := newSite(t)
	_, claire := helping(t, s)
	wantPage(t, claire.get("/personnes/bruno"), 200, dbtest.Referent.Email)
	wantPage(t, s.as(dbtest.Referent).get("/personnes/bruno/consultations"), 200, "Claire Bonnet")
}

func TestTheHelpEndsWhenItsPersonSaysSoAndAfterItsTime(t *testing.T) {
	for name, end := range map[string]func(s, bruno *site){
		"its person": func(_, bruno *site) { bruno.post("/compte/aide/fin") },
		"its time":   func(s, _ *site) { s.now = s.now.Add(app.HelpLife) },
		"its helper has no right any more": func(s, _ *site) {
			if err := s.db.GiveRoles(t.Context(), dbtest.Admin, dbtest.Coordinator.Account, []app.Grant{{Role: app.ReadOnly, Territory: dbtest.Cauvaldor}}, s.now); err != nil {
				t.Error(err)
			}
		},
		"its person got more rights than its helper": func(s, _ *site) {
			if err := s.db.GiveRoles(t.Context(), dbtest.Admin, dbtest.Referent.Account, []app.Grant{{Role: app.Administrator}}, s.now); err != nil {
				t.Error(err)
			}
		},
		"the account is closed": func(s, _ *site) {
			if err := s.db.DisableAccount(t.Context(), dbtest.Admin, dbtest.Referent.Account, s.now); err != nil {
				t.Error(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			bruno, claire := helping(t, s)
			end(s, bruno)
			wantPage(t, claire.post("/ateliers/bientot/inscriptions/reponse", "structure", "mission", "reponse", "non"), 409, "L’aide est terminée", "Rien n’a été enregistré")
			w := claire.get("/")
			wantPage(t, w, 200, "Bonjour Claire")
			if strings.Contains(w.Body.String(), "Cesser d’aider") {
				t.Error("the page still says that she helps")
			}
		})
	}
}

func TestWhoComesBackToThemselvesOnAPageIsToldThere(t *testing.T) {
	s := newSite(t)
	_, claire := helping(t, s)
	s.now = s.now.Add(app.HelpLife)
	wantPage(t, claire.get("/structures"), 200, "L’aide est terminée : vous êtes de nouveau sous votre nom")
	wantPage(t, claire.post("/territoire", "territoire", string(dbtest.Cauvaldor)), 303)
}

func TestACodeOfHelpIsSpentByWrongTriesTimeAndAnotherOne(t *testing.T) {
	s := newSite(t)
	bruno, claire := s.as(dbtest.Referent), s.as(dbtest.Coordinator)
	code := helpCode(t, bruno)
	for range app.HelpCodeTries {
		wantPage(t, claire.post(helpOf(dbtest.Referent), "code", "ZZZZZZZZ"), 422, "pas le code")
	}
	wantPage(t, claire.post(helpOf(dbtest.Referent), "code", code), 422, "pas de code en attente")
	first, second := helpCode(t, bruno), helpCode(t, bruno)
	wantPage(t, claire.post(helpOf(dbtest.Referent), "code", first), 422, "pas le code")
	s.now = s.now.Add(app.HelpCodeLife)
	wantPage(t, claire.post(helpOf(dbtest.Referent), "code", second), 422, "pas de code en attente")
	third := helpCode(t, bruno)
	wantRedirect(t, bruno.post("/compte/aide/fin"), "/compte")
	wantPage(t, claire.post(helpOf(dbtest.Referent), "code", third), 422, "pas de code en attente")
}

func TestOnlyWhoHoldsAllThatAnAccountOpensActsInItsPlace(t *testing.T) {
	s := newSite(t)
	code := helpCode(t, s.as(dbtest.Coordinator))
	for _, tt := range []struct {
		by     app.Viewer
		status int
	}{{dbtest.Coordinator, 409}, {dbtest.Stranger, 404}, {dbtest.Referent, 403}, {dbtest.Reader, 403}, {dbtest.Admin, 303}} {
		if got := s.as(tt.by).post(helpOf(dbtest.Coordinator), "code", code); got.Code != tt.status {
			t.Errorf("%s is answered %d, want %d", tt.by.Name, got.Code, tt.status)
		}
	}
	theirs := helpCode(t, s.as(dbtest.Admin))
	wantPage(t, s.as(dbtest.Coordinator).post(helpOf(dbtest.Admin), "code", theirs), 404)
}

func TestSigningOutWhileHelpingEndsTheWholeSession(t *testing.T) {
	s := newSite(t)
	_, claire := helping(t, s)
	cookie := claire.cookies["maillage"]
	claire.post("/deconnexion")
	claire.cookies["maillage"] = cookie
	wantRedirect(t, claire.get("/"), "/connexion?suite=%2F")
}

var href = regexp.MustCompile(`href="(/[^"#]*)`)

func TestNothingThatIsRefusedToAHelperIsOfferedToThem(t *testing.T) {
	for _, tt := range []struct {
		by, of app.Viewer
		least  int
	}{{dbtest.Admin, dbtest.Coordinator, 40}, {dbtest.Coordinator, dbtest.Referent, 25}, {dbtest.Coordinator, dbtest.Colleague, 25}} {
		t.Run(tt.of.Name, func(t *testing.T) {
			s := newSite(t)
			helper := s.as(tt.by)
			wantRedirect(t, helper.post(helpOf(tt.of), "code", helpCode(t, s.as(tt.of))), "/")
			seen, next := map[string]bool{}, []string{"/", "/structures/mission/membres"}
			for len(next) > 0 && len(seen) < 400 {
				path := next[0]
				next = next[1:]
				w := helper.get(path)
				if w.Code == 403 || w.Code == 404 {
					t.Errorf("%s is offered and answers %d", path, w.Code)
				}
				for _, link := range href.FindAllStringSubmatch(w.Body.String(), -1) {
					address := strings.ReplaceAll(link[1], "&amp;", "&")
					base, _, _ := strings.Cut(address, "?")
					if !seen[base] && !strings.HasPrefix(base, "/assets/") {
						seen[base], next = true, append(next, address)
					}
				}
			}
			if len(seen) < tt.least {
				t.Errorf("only %d addresses were met", len(seen))
			}
		})
	}
}
