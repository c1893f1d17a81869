package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// plan is a form that can be kept, with some of its values changed.
func plan(changed ...string) url.Values {
	form := fields("titre", "L’œuvre commune", "genre", "groupe", "convention", "ctg", "phase", "phase1", "axe", "axe2", "date", "2026-03-17",
		"debut", "14:00", "fin", "16:30", "lieu", "Mairie", "commune", string(dbtest.Souillac), "jauge", "12", "animation", "claire", "enregistrer", "oui")
	for i := 0; i < len(changed); i += 2 {
		form.Set(changed[i], changed[i+1])
	}
	return form
}

func workshopPath(id app.WorkshopID, rest string) string { return "/ateliers/" + string(id) + rest }

func TestAWorkshopWrittenDownAfterwardsLeadsToItsAttendance(t *testing.T) {
	claire := newSite(t).as(dbtest.Coordinator)
	path := claire.do(http.MethodPost, "/ateliers", plan("date", "2026-02-17")).Header().Get("Location")
	wantRedirect(t, claire.post(path+"/publication"), path+"/presences")
	wantPage(t, claire.get(path+"/presences"), 200, "Notez maintenant qui est venu")
	wantPage(t, claire.get(path+"/invitations"), 200, "il n’y a plus à y inviter", "Aucune structure n’est invitée.")
}

func TestAWorkshopFromItsDraftToItsCancelling(t *testing.T) {
	s := newSite(t)
	claire, bruno := s.as(dbtest.Coordinator), s.as(dbtest.Referent)
	w := claire.do(http.MethodPost, "/ateliers", plan())
	path := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(path, "/ateliers/") {
		t.Fatalf("status %d to %q, want 303 to the draft", w.Code, path)
	}
	wantPage(t, claire.get(path), 200, "brouillon", "Mardi 17 mars 2026, 14\u00a0h – 16\u00a0h\u00a030", "Structurer l’offre d’accueil", "Publier")
	wantPage(t, bruno.get(path), 404)
	wantPage(t, bruno.get("/ateliers?quand=tous"), 200, "2\u00a0ateliers")

	wantRedirect(t, claire.post(path+"/publication"), path+"/invitations")
	wantPage(t, bruno.get(path), 200, "Mairie, Souillac", "0 / 12\u00a0inscrit")
	wantPage(t, bruno.post(path+"/publication"), 403)
	wantPage(t, claire.post(path+"/publication"), 409, "déjà publiée")

	wantPage(t, claire.do(http.MethodPost, path+"/report", fields("date", "2026-03-17", "debut", "14:00", "fin", "16:30")), 422, "C’est déjà la date annoncée.")
	wantPage(t, claire.do(http.MethodPost, path+"/report", fields("date", "2026-03-29", "debut", "02:30", "fin", "04:00")), 422, "n’existe pas ce jour-là", `value="02:30"`)
	wantRedirect(t, claire.do(http.MethodPost, path+"/report", fields("date", "2026-04-02", "debut", "14:00", "fin", "16:30")), path)
	wantPage(t, bruno.get(path), 200, "Reporté", "mardi 17 mars 2026", "Jeudi 2 avril 2026")

	wantPage(t, claire.post(path+"/annulation", "motif", " "), 422, "Dites pourquoi")
	wantRedirect(t, claire.post(path+"/annulation", "motif", "Verglas <b>annoncé</b>"), path)
	wantPage(t, bruno.get(path), 200, "annulée", "Verglas &lt;b&gt;annoncé&lt;/b&gt;")
	wantPage(t, claire.get(path), 200, "a annulé le groupe de travail", "a reporté", "a publié")
	if strings.Contains(bruno.get(path).Body.String(), "a annulé le groupe") {
		t.Error("a référent reads the history, which is for the coordination")
	}
	copied := claire.post(path + "/copies").Header().Get("Location")
	wantPage(t, claire.get(copied), 200, "L’œuvre commune", "Modifier")
}

func TestWhatCannotBeKeptIsSaidBesideIt(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	long := strings.Repeat("é", 10_000)
	for name, tt := range map[string]struct {
		changed []string
		words   []string
	}{
		"nothing typed":             {[]string{"titre", "", "date", ""}, []string{"Donnez un titre", "Indiquez la date.", "2 champs sont à corriger."}},
		"the missing hour of March": {[]string{"date", "2026-03-29", "debut", "02:30", "fin", "05:00"}, []string{"à 2 h on passe à 3 h", `value="02:30"`}},
		"a day that is not":         {[]string{"date", "30/02/2026"}, []string{"Cette date n’existe pas", `value="30/02/2026"`}},
		"an hour that is not":       {[]string{"fin", "25:00"}, []string{"Cette heure n’est pas lisible"}},
		"an end before the start":   {[]string{"fin", "13:00"}, []string{"La fin doit venir après le début."}},
		"more than half a day":      {[]string{"debut", "08:00", "fin", "20:30"}, []string{"12 heures au plus"}},
		"seats in words":            {[]string{"jauge", "douze"}, []string{"Écrivez un nombre entier", `value="douze"`}},
		"a link that runs a script": {[]string{"lien", "javascript:alert(1)"}, []string{"commence par https://"}},
		"an axis of nowhere":        {[]string{"axe", "ailleurs"}, []string{"Cet axe n’est pas de la convention"}},
		"10 000 characters":         {[]string{"titre", long}, []string{"200\u00a0caractères au plus"}},
		"HTML and apostrophes":      {[]string{"titre", `<script>alert("œ")</script> l'été`, "fin", ""}, []string{`&lt;script&gt;alert(&#34;œ&#34;)&lt;/script&gt; l&#39;été`, "Cette heure n’est pas lisible"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := s.do(http.MethodPost, "/ateliers", plan(tt.changed...))
			wantPage(t, w, 422, append(tt.words, `aria-invalid="true"`, `<option value="groupe" selected`)...)
		})
	}
	n, err := s.db.CountWorkshops(t.Context(), dbtest.Coordinator, db.Agenda{}, s.now)
	if err != nil || n != 3 {
		t.Errorf("%d workshops after forms that were refused, %v; want the 3 there were", n, err)
	}
}

func TestFewerSeatsThanPeopleIsRefusedBesideTheField(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	if _, _, err := s.db.Register(t.Context(), dbtest.Coordinator, dbtest.Soon, dbtest.Mission, []app.PersonID{"bruno", "lea"}, s.now); err != nil {
		t.Fatal(err)
	}
	form := plan("version", versionIn(t, s.get(workshopPath(dbtest.Soon, "/modifier")).Body.String()), "jauge", "1")
	wantPage(t, s.do(http.MethodPost, workshopPath(dbtest.Soon, ""), form), 422, "2\u00a0personnes sont inscrites déjà", `value="1"`)
}

func versionIn(t testing.TB, page string) string {
	t.Helper()
	found := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(page)
	if found == nil {
		t.Fatalf("no version in the form: %.800s", mainOf(page))
	}
	return found[1]
}

func TestTwoEditorsLoseNothing(t *testing.T) {
	s := newSite(t)
	claire, adele := s.as(dbtest.Coordinator), s.as(dbtest.Admin)
	path := workshopPath(dbtest.Soon, "")
	version := versionIn(t, claire.get(path+"/modifier").Body.String())
	wantRedirect(t, adele.do(http.MethodPost, path, plan("version", version, "titre", "Le titre d’Adèle")), path)
	w := claire.do(http.MethodPost, path, plan("version", version, "titre", "Le titre de Claire", "commune", string(dbtest.Gramat)))
	wantPage(t, w, 409, "Le titre d’Adèle", "Le titre de Claire", "Souillac", "Gramat", "enregistrer de nouveau le garde")
	again := plan("version", versionIn(t, w.Body.String()), "titre", "Le titre de Claire")
	wantRedirect(t, claire.do(http.MethodPost, path, again), path)
	wantPage(t, claire.get(path), 200, "Le titre de Claire")
}

func TestEnterInTheSearchLooksForSomebodyAndSavesNothing(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	form := plan("chercher", "fau ine")
	form.Del("enregistrer")
	wantPage(t, s.do(http.MethodPost, "/ateliers", form), 200, "Inès Faure", "L’œuvre commune", "1\u00a0personne trouvée")
	fragment := s.do(http.MethodPost, "/ateliers", plan("chercher", "personne", "trouver", "oui"), "HX-Request", "true", "HX-Request-Type", "partial")
	wantPage(t, fragment, 200, `id="animateurs"`, "Claire Bonnet", "Personne de ce nom")
	if strings.Contains(fragment.Body.String(), "<main") {
		t.Error("HTMX received the whole page for a fragment")
	}
	if n, err := s.db.CountWorkshops(t.Context(), dbtest.Coordinator, db.Agenda{}, s.now); err != nil || n != 3 {
		t.Errorf("%d workshops after a search, %v; want the 3 there were", n, err)
	}
	form = plan("chercher", "un reste de recherche") // the button that saves, saves
	if w := s.do(http.MethodPost, "/ateliers", form); w.Code != http.StatusSeeOther {
		t.Errorf("saved with words left in the search: %d, want 303", w.Code)
	}
}

func TestAnAbandonedDraftIsTakenUpAgain(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	path := workshopPath(dbtest.Unwritten, "")
	wantPage(t, s.get(path+"/annulation"), 200, "Abandonner le brouillon", "Personne n’a été prévenu")
	wantRedirect(t, s.post(path+"/annulation", "motif", "Doublon"), path)
	wantPage(t, s.get(path), 200, "Ce brouillon est abandonné", "Doublon", "Reprendre le brouillon", `action="`+path+`/reprise"`)
	wantRedirect(t, s.post(path+"/reprise"), path)
	wantPage(t, s.get(path), 200, "Publier")
	wantPage(t, s.post(path+"/reprise"), 409)
}

func TestANewWorkshopIsOfTheConventionAndThePhaseThatRun(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	wantPage(t, s.get("/ateliers/nouveau?date=2026-03-17"), 200, `<option value="ctg" selected`, `<option value="phase1" selected`, `value="2026-03-17"`, `value="claire" checked`)
}

func TestTheVideoLinkAndTheContactsStayInside(t *testing.T) {
	s := newSite(t)
	claire := s.as(dbtest.Coordinator)
	if _, _, err := s.db.Register(t.Context(), dbtest.Coordinator, dbtest.Soon, dbtest.School, []app.PersonID{dbtest.Ines}, s.now); err != nil {
		t.Fatal(err)
	}
	path := workshopPath(dbtest.Soon, "")
	form := plan("version", versionIn(t, claire.get(path+"/modifier").Body.String()), "lien", "https://visio.test/salle")
	wantRedirect(t, claire.do(http.MethodPost, path, form), path)
	reader := s.as(dbtest.Reader).get(path)
	wantPage(t, reader, 200, "https://visio.test/salle", "Inès Faure", "Directrice")
	if strings.Contains(reader.Body.String(), "ines@ecole.test") {
		t.Error("the page gives the address of who comes")
	}
	if w := newSiteOn(s).get(path); w.Code != http.StatusSeeOther {
		t.Errorf("status %d to who is not signed in, want 303", w.Code)
	}
}
