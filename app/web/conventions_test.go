package web_test

import (
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/web"
	"maillage/db/dbtest"
	"maillage/db/demo"
)

const ctg = "/convention/ctg/modifier"

// conventionForm is the form of the small world's convention as its page shows it.
func conventionForm(s *site, changed ...string) url.Values {
	s.t.Helper()
	form := url.Values{}
	body := s.get(ctg).Body.String()
	for _, input := range regexp.MustCompile(`<input[^>]*\sname="([^"]+)"[^>]*\svalue="([^"]*)"|<textarea[^>]*\sname="([^"]+)"[^>]*>\n([^<]*)<`).FindAllStringSubmatch(body, -1) {
		if name := input[1] + input[3]; !strings.HasSuffix(name, "-retirer") && name != "q" {
			form.Add(name, input[2]+input[4])
		}
	}
	for _, input := range regexp.MustCompile(`<input[^>]*\sname="([^"]+)"[^>]*\stype="(?:date|text)"[^>]*\svalue="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		form.Set(input[1], input[2])
	}
	for i := 0; i < len(changed); i += 2 {
		form.Set(changed[i], changed[i+1])
	}
	return form
}

func TestTheConventionSaysWhatItGathered(t *testing.T) {
	s := newSite(t)
	for name, v := range dbtest.Viewers {
		w := s.as(v).get("/convention")
		if name == "ailleurs" {
			wantPage(t, w, http.StatusOK, "Aucune convention n’est enregistrée", `href="/convention/nouvelle"`)
			continue
		}
		wantPage(t, w, http.StatusOK, "CTG 2026–2029", "1\u00a0atelier a réuni 2\u00a0participants de 2\u00a0structures.", "Aller vers les jeunes",
			`aria-current="step"`, "Comment c’est compté", "Structurer l’offre d’accueil", "Aucun atelier ne s’y rattache encore.")
		if may := strings.Contains(w.Body.String(), ctg); may != (name == "coordination" || name == "admin") {
			t.Errorf("%s is offered to edit: %v", name, may)
		}
		if sees := strings.Contains(w.Body.String(), "où en sommes-nous"); sees != (name == "coordination" || name == "admin") {
			t.Errorf("%s sees the draft: %v", name, sees)
		}
	}
	wantPage(t, s.as(dbtest.Stranger).get("/convention?convention=ctg"), http.StatusNotFound, "n’existe pas")
	wantPage(t, s.as(dbtest.Reader).get("/convention?convention=inconnue"), http.StatusNotFound, "n’existe pas")
}

func TestTheFiguresOfAConventionAreDownloaded(t *testing.T) {
	s := newSite(t).as(dbtest.Reader)
	w := s.get("/convention.csv?convention=ctg")
	wantPage(t, w, http.StatusOK,
		"\ufeffPortée;Intitulé;Début;Fin;Ateliers tenus;Participants;Structures;Plus grande rencontre;Collectivité et intercommunalité;",
		"\r\nConvention;CTG 2026–2029;2026-01-01;2029-12-31;1;2;2;2;1;1\r\n",
		"\r\nPhase;Diagnostic partagé;2026-01-01;2026-06-30;1;2;2;2;1;1\r\n",
		"\r\nAxe;Structurer l’offre d’accueil;;;0;0;0;0;0;0\r\n")
	if got := w.Header().Get("Content-Disposition"); got != `attachment; filename="convention.csv"` {
		t.Errorf("not downloaded: %q", got)
	}
	wantPage(t, s.as(dbtest.Stranger).get("/convention.csv"), http.StatusNotFound)
}

func TestTheSentenceOfTheArticleComesOutOfTheDemonstration(t *testing.T) {
	now := time.Date(2026, 11, 24, 8, 15, 0, 0, time.UTC)
	s := &site{t: t, db: dbtest.Empty(t), now: now, cookies: map[string]string{}}
	if err := demo.Load(t.Context(), s.db, "Maillage-demo-2026!", now); err != nil {
		t.Fatal(err)
	}
	handler, err := web.Handler(web.Config{DB: s.db, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }, BaseURL: "http://maillage.test"})
	if err != nil {
		t.Fatal(err)
	}
	s.handler = handler
	wantRedirect(t, s.post("/connexion", "courriel", "lecture@demo.test", "mot_de_passe", "Maillage-demo-2026!"), "/")
	running := s.get("/convention")
	wantPage(t, running, http.StatusOK, "CTG 2024–2027", "Convention territoriale globale 2018–2021")
	first := regexp.MustCompile(`<a class="tabs__link" href="([^"]+)">Convention territoriale globale 2018–2021`).FindStringSubmatch(running.Body.String())
	if first == nil {
		t.Fatal("the first convention is not offered")
	}
	wantPage(t, s.get(first[1]), http.StatusOK,
		"15\u00a0ateliers ont réuni 52\u00a0participants de ", "1\u00a0atelier a réuni 43\u00a0participants de ", "16\u00a0ateliers ont réuni ",
		"Jusqu’à 43\u00a0personnes réunies le même jour, le 12 octobre 2017", "Journée sur le plan d’actions", "Terminée", "Sans axe")
}

func TestTheCoordinationEditsAConvention(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	form := conventionForm(s, "nom", "CTG <b>d’Ici</b>", "axe-axe1", "Familles", "phase-phase1-debut", "2025-11-01", "axe-axe2-retirer", "oui")
	form.Add("axe", "neuf")
	form.Set("axe-neuf", "Mobilité")
	form.Add("phase", "vide")
	form.Set("phase-vide", "")
	wantRedirect(t, s.do(http.MethodPost, ctg, form), "/convention?convention=ctg")
	w := s.get("/convention?convention=ctg")
	wantPage(t, w, http.StatusOK, "CTG &lt;b&gt;d’Ici&lt;/b&gt;", "Familles", "Mobilité", "La convention est enregistrée. La phase «\u00a0Diagnostic partagé\u00a0» sort de ses dates",
		"a modifié la convention", "<del>CTG 2026–2029</del>", "<del>2. Structurer l’offre d’accueil</del>")
	if strings.Contains(w.Body.String(), "<b>") || strings.Contains(w.Body.String(), `id="axe-axe2"`) {
		t.Error("the page holds raw HTML, or the axis that was removed")
	}
	wantPage(t, s.get(ctg), http.StatusOK, "Cette phase sort des dates de la convention", "3\u00a0ateliers s’y rattachent", `value="2025-11-01"`)
}

func TestWhatIsWrongWithAConventionIsSaidBesideIt(t *testing.T) {
	for _, tt := range []struct {
		name    string
		changed []string
		status  int
		words   []string
	}{
		{"without name", []string{"nom", " "}, 422, []string{"Donnez un nom à la convention.", `id="champ-nom-erreur"`}},
		{"a day that is none", []string{"debut", "31/02/2026"}, 422, []string{`value="31/02/2026"`, "Cette date n’existe pas"}},
		{"ending before it begins", []string{"fin", "2025-01-01", "presentation", "À garder"}, 422, []string{"avant d’avoir commencé", "À garder"}},
		{"a phase ending before it begins", []string{"phase-phase1-fin", "2025-01-01"}, 422, []string{`id="champ-phase-phase1-fin-erreur"`}},
		{"an axis emptied", []string{"axe-axe1", ""}, 422, []string{"Donnez un titre à cet axe"}},
		{"10 000 characters", []string{"nom", strings.Repeat("œ", 10000)}, 422, []string{"C’est trop long"}},
		{"an axis with workshops ticked to go", []string{"axe-axe1-retirer", "oui", "nom", "À garder"}, 409, []string{"cet axe ne peut pas être retiré", `id="champ-axe-axe1-erreur"`, "À garder"}},
		{"a phase with workshops ticked to go", []string{"phase-phase1-retirer", "oui"}, 409, []string{"cette phase ne peut pas être retirée"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSite(t).as(dbtest.Coordinator)
			wantPage(t, s.do(http.MethodPost, ctg, conventionForm(s, tt.changed...)), tt.status, tt.words...)
			wantPage(t, s.get("/convention"), http.StatusOK, "CTG 2026–2029", "Rien n’a encore été changé ici.")
		})
	}
}

func TestAStaleSaveShowsBothAndLosesNothing(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	mine := conventionForm(s, "nom", "La mienne", "axe-axe1", "Mes familles")
	theirs := conventionForm(s, "nom", "La leur")
	theirs.Add("axe", "deux")
	theirs.Set("axe-deux", "Leur axe")
	wantRedirect(t, s.do(http.MethodPost, ctg, theirs), "/convention?convention=ctg")
	w := s.do(http.MethodPost, ctg, mine)
	wantPage(t, w, http.StatusConflict, "Quelqu’un a modifié cette convention", "La leur", "La mienne", "Mes familles", "Leur axe", `name="version" value="2"`)
	wantPage(t, s.get("/convention"), http.StatusOK, "La leur", "Leur axe")

	mine.Set("version", "2")
	wantRedirect(t, s.do(http.MethodPost, ctg, mine), "/convention?convention=ctg")
	wantPage(t, s.get("/convention"), http.StatusOK, "La mienne", "Mes familles", "Leur axe")
}

func TestTheFormOfAConventionIsRearrangedWithoutSaving(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	for act, order := range map[string]string{
		"monter:axe2":       `name="axe" value="axe2".*name="axe" value="axe1"`,
		"descendre:axe1":    `name="axe" value="axe2".*name="axe" value="axe1"`,
		"monter:axe1":       `name="axe" value="axe1".*name="axe" value="axe2"`,
		"ajouter-axe:abc":   `name="axe" value="axe2".*name="axe" value="abc"`,
		"ajouter-phase:abc": `name="phase" value="phase2".*name="phase" value="abc"`,
	} {
		w := s.do(http.MethodPost, ctg, conventionForm(s, "agir", act, "nom", "Pas encore"))
		wantPage(t, w, http.StatusOK, "Pas encore")
		if !regexp.MustCompile(`(?s)` + order).MatchString(w.Body.String()) {
			t.Errorf("%s: the rows are not in the order %s", act, order)
		}
	}
	wantPage(t, s.get("/convention"), http.StatusOK, "CTG 2026–2029")
}

func TestTheNextConventionIsPreparedFromTheLast(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	page := s.get("/convention/nouvelle")
	wantPage(t, page, http.StatusOK, `value="2030-01-01"`, "Structurer l’offre d’accueil", "Évaluation")
	fields := []string{
		"territoire", string(dbtest.Cauvaldor), "convention", "suivante", "nom", "CTG 2030–2034", "debut", "2030-01-01", "fin", "2034-12-31",
		"axe", "a", "axe-a", "Mobilité", "axe", "b", "axe-b", "", "phase", "p", "phase-p", "Préparation",
	}
	for range 2 { // the second one is the same form, sent twice
		wantRedirect(t, s.post("/convention/nouvelle", fields...), "/convention?convention=suivante")
	}
	wantPage(t, s.get("/convention?convention=suivante"), http.StatusOK, "CTG 2030–2034", "Mobilité", "Préparation", "Aucun atelier ne s’est encore tenu.", "a créé la convention")
	wantPage(t, s.get("/convention"), http.StatusOK, "CTG 2026–2029", "/convention?convention=suivante")
	wantPage(t, s.post("/convention/nouvelle", "territoire", string(dbtest.Cauvaldor), "nom", "Sans dates", "axe", "a", "axe-a", "À garder"), 422, "Indiquez le premier jour", "Sans dates", "À garder")
	wantPage(t, s.post("/convention/nouvelle", "territoire", string(dbtest.Figeac), "nom", "Ailleurs"), http.StatusNotFound)
}

func TestOnlyTheCoordinationWritesAConvention(t *testing.T) {
	s := newSite(t)
	for _, v := range []app.Viewer{dbtest.Reader, dbtest.Colleague, dbtest.Referent} {
		for _, path := range []string{ctg, "/convention/nouvelle"} {
			wantPage(t, s.as(v).get(path), http.StatusForbidden)
			wantPage(t, s.as(v).post(path, "nom", "Prise", "territoire", string(dbtest.Cauvaldor)), http.StatusForbidden)
		}
	}
	wantPage(t, s.as(dbtest.Stranger).get(ctg), http.StatusNotFound)
	wantPage(t, s.as(dbtest.Stranger).post(ctg, "nom", "Prise"), http.StatusNotFound)
}
