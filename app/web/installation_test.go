package web_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db/dbtest"
)

// newEmptySite returns a site whose database holds nothing, and the address of its set-up.
func newEmptySite(t *testing.T) (s *site, address string) {
	t.Helper()
	s = newSiteWith(t, dbtest.Empty(t))
	return s, offered(t, s)
}

func offered(t *testing.T, s *site) string {
	t.Helper()
	token := secret.Token()
	if err := s.db.OfferSetUp(t.Context(), secret.Digest(token), s.now); err != nil {
		t.Fatal(err)
	}
	return "/installation/" + token
}

// installing is a set-up form filled as it should be.
func installing() []string {
	return []string{
		"epci", string(dbtest.Cauvaldor), "convention", "CTG <b>2026</b>", "debut", "2026-01-01", "fin", "2029-12-31",
		"prenom", "Zoé", "nom", "L’Œuvre", "fonction", "Chargée de coopération CTG", "courriel", " Zoe@Exemple.FR ", "mot_de_passe", "Causse-et-vallee-46!",
	}
}

func TestAnEmptyInstanceSendsToTheLogAndNowhereElse(t *testing.T) {
	s, _ := newEmptySite(t)
	for _, path := range []string{"/", "/connexion", "/structures", "/administration", "/nulle-part"} {
		wantPage(t, s.get(path), http.StatusServiceUnavailable, "Installation à terminer", "journal de démarrage")
	}
	wantPage(t, s.post("/connexion", "courriel", "x@y.fr"), http.StatusServiceUnavailable)
	wantPage(t, s.get("/healthz"), 200, "ok")
	wantPage(t, s.get("/aide"), 200, "<h1>")
	wantPage(t, s.get("/installation/inconnu"), 404, "Redémarrez Maillage")
}

func TestSetUpFindsAnIntercommunalityByTypingOrByItsButton(t *testing.T) {
	s, address := newEmptySite(t)
	wantPage(t, s.get(address), 200, "Installer Maillage", `name="cherche"`)
	wantPage(t, s.get(address+"?cherche=saint+cere"), 200, "<h1>", "Causses et Vallée de la Dordogne (Cauvaldor)", "avec Saint-Céré")
	fragment := s.get(address+"?cherche=46500", "HX-Request-Type", "partial")
	wantPage(t, fragment, 200, `value="200066371"`, "avec Gramat")
	if strings.Contains(fragment.Body.String(), "<h1>") {
		t.Error("typing gets a whole page, want the choices alone")
	}
	wantPage(t, s.get(address+"?cherche=zzzz"), 200, "Rien ne répond à « zzzz »")
	wantPage(t, s.post(address, "etape", "chercher", "cherche", "Gramat", "convention", "Ma CTG", "nom", "d’Huart"), 200,
		"Cauvaldor", `value="Ma CTG"`, `value="d’Huart"`)
	wantPage(t, s.get(address+"?cherche="+strings.Repeat("x", 10_000)), 200)
}

func TestSetUpSaysWhatIsWrongAndKeepsWhatWasTyped(t *testing.T) {
	s, address := newEmptySite(t)
	wantPage(t, s.post(address), 422, "choisissez-la", "Donnez un nom à la convention", "premier jour", "dernier jour", "votre prénom", "votre fonction", "12 caractères")
	typed := installing()
	typed[5], typed[7], typed[15], typed[17] = "2030-01-01", "2029-12-31", "zoe", "azerty"
	w := s.post(address, typed...)
	wantPage(t, w, 422, "finirait avant", "n’est pas complète", "12 caractères", `value="CTG &lt;b&gt;2026&lt;/b&gt;"`, `value="L’Œuvre"`, `value="200066371" checked`)
	if strings.Contains(w.Body.String(), "azerty") {
		t.Error("the password is shown again")
	}
	wantPage(t, s.get("/connexion"), http.StatusServiceUnavailable)
}

func TestSetUpMakesTheInstanceAndSignsIn(t *testing.T) {
	s, address := newEmptySite(t)
	other := offered(t, s)
	wantRedirect(t, s.post(address, installing()...), "/")
	wantPage(t, s.get("/"), 200, "Bonjour Zoé", "Maillage est installé", "CC Causses et Vallée de la Dordogne", "Administration et coordination",
		"Ajouter les structures partenaires", "Écrire les axes", "Ouvrir les comptes")
	wantPage(t, newSiteOn(s).post(address, installing()...), 404, "déjà servi")
	wantPage(t, newSiteOn(s).get(address), 404, "déjà servi")
	if w := newSiteOn(s).post(other, installing()...); w.Code != http.StatusConflict && w.Code != 404 {
		t.Errorf("another link of an earlier start answers %d, want a refusal", w.Code)
	}
	wantRedirect(t, newSiteOn(s).post("/connexion", "courriel", "zoe@exemple.fr", "mot_de_passe", "Causse-et-vallee-46!"), "/")
	communes, err := s.db.Communes(t.Context(), dbtest.Cauvaldor)
	if err != nil || len(communes) < 300 || communes[0].Territory != dbtest.Cauvaldor {
		t.Errorf("%d communes, %v; want the 77 and the rest of the Lot", len(communes), err)
	}
	conventions, err := s.db.Conventions(t.Context(), dbtest.Cauvaldor)
	if err != nil || len(conventions) != 1 || len(conventions[0].Phases) != 6 || len(conventions[0].Axes) != 0 {
		t.Fatalf("Conventions = %+v, %v; want one, in six phases, without axes", conventions, err)
	}
	history, err := s.db.History(t.Context(), app.OfConvention, string(conventions[0].ID), 10)
	if err != nil || len(history) != 1 || history[0].Actor != "Zoé L’Œuvre" {
		t.Errorf("History = %+v, %v; want that Zoé made the convention", history, err)
	}
}

func TestASetUpLinkExpires(t *testing.T) {
	s, address := newEmptySite(t)
	s.now = s.now.Add(25 * time.Hour)
	wantPage(t, s.post(address, installing()...), 404, "Redémarrez Maillage")
}

func TestOfManySetUpsAtOnceOneIsMade(t *testing.T) {
	s, address := newEmptySite(t)
	addresses := []string{address, address, address, offered(t, s), offered(t, s)}
	codes := make([]int, len(addresses))
	var all sync.WaitGroup
	for i, at := range addresses {
		all.Go(func() { codes[i] = newSiteOn(s).post(at, installing()...).Code })
	}
	all.Wait()
	made := 0
	for _, code := range codes {
		switch code {
		case http.StatusSeeOther:
			made++
		case http.StatusNotFound, http.StatusConflict:
		default:
			t.Errorf("a set-up answers %d, want 303, 404 or 409", code)
		}
	}
	territories, err := s.db.Territories(t.Context())
	if made != 1 || err != nil || len(territories) != 1 {
		t.Errorf("%d were made, %d territories, %v; want one", made, len(territories), err)
	}
}

func TestAnInstanceInUseOffersNoSetUp(t *testing.T) {
	s := newSite(t)
	if err := s.db.OfferSetUp(t.Context(), "x", s.now); app.KindOf(err) != app.Conflict {
		t.Errorf("OfferSetUp = %v, want a conflict", err)
	}
}
