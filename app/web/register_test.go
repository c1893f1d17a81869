package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"maillage/app"
	"maillage/db/dbtest"
)

// registerForm is the register as its form sends it, with one text changed.
func registerForm(version, key, text string) url.Values {
	form := url.Values{"version": {version}}
	for _, part := range app.RegisterParts {
		for _, e := range part.Entries {
			form.Set(e.Key, e.Default)
		}
	}
	form.Set(key, text)
	return form
}

func TestTheRegisterComesFilledInAndIsWrittenOver(t *testing.T) {
	s := newSite(t).as(dbtest.Admin)
	const at = "/administration/registre"
	wantPage(t, s.get(at), http.StatusOK, "article 6, paragraphe 1, point e", "À compléter", "Comptes inactifs : 24 mois depuis la dernière connexion")
	wantPage(t, s.get(at+"/modifier"), http.StatusOK, `name="responsable"`, `name="version" value="0"`)
	wantRedirect(t, s.do(http.MethodPost, at, registerForm("0", "contact", "dpo@cauvaldor.test\nPlace du Foirail")), at)
	wantPage(t, s.get(at), http.StatusOK, "dpo@cauvaldor.test", "a modifié le registre des traitements")
	w := s.do(http.MethodPost, at, registerForm("0", "contact", "autre@cauvaldor.test"))
	wantPage(t, w, http.StatusConflict, "Quelqu’un d’autre a modifié le registre", `data-label="La vôtre">autre@cauvaldor.test<`, `data-label="L’autre version">dpo@cauvaldor.test`, `value="1"`)
	wantPage(t, s.do(http.MethodPost, at, registerForm("1", "contact", strings.Repeat("x", app.MaxRegisterText+1))), http.StatusUnprocessableEntity, "C’est trop long")
	file := s.get(at + ".csv")
	wantPage(t, file, http.StatusOK, "Tenir l’annuaire des partenaires", "dpo@cauvaldor.test", "24 mois")
	for _, path := range []string{at, at + ".csv", at + "/modifier"} {
		if w := newSiteOn(s).as(dbtest.Coordinator).get(path); w.Code != http.StatusForbidden {
			t.Errorf("%s answers %d to who coordinates, want 403", path, w.Code)
		}
	}
}

func TestTheNoticeTellsAnybodyTheTimesThatAreSet(t *testing.T) {
	s := newSite(t)
	admin := s.as(dbtest.Admin)
	wantPage(t, s.get("/connexion"), http.StatusOK, `href="/donnees-personnelles"`)
	wantPage(t, s.get("/donnees-personnelles"), http.StatusOK, "la coordination de la convention", "CNIL", "Comptes inactifs : 24 mois", "Journal des actes : 12 mois", "Traces de consultation : 12 mois")
	admin.post("/administration/conservation", "version", "0", "comptes", "18", "contacts", "12", "fiches", "36", "presences", "12", "journal", "6", "courriels", "6")
	admin.do(http.MethodPost, "/administration/registre", registerForm("0", "contact", "<b>dpo@cauvaldor.test</b>"))
	wantPage(t, s.get("/donnees-personnelles"), http.StatusOK, "Comptes inactifs : 18 mois", "Journal des actes : 6 mois", "&lt;b&gt;dpo@cauvaldor.test")
}
