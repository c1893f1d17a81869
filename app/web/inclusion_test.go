package web_test

import (
	"encoding/json"
	"strings"
	"testing"

	"maillage/app"
	"maillage/db/dbtest"
)

func TestTheDirectoryIsTakenAwayAsDataInclusionHasIt(t *testing.T) {
	s := newSite(t).as(dbtest.Reader)
	wantPage(t, s.get("/structures?q=mission"), 200, "/structures/data-inclusion.json?q=mission", "/structures/data-inclusion.csv?q=mission")
	read := func(query string) (ids []string) {
		w := s.get("/structures/data-inclusion.json" + query)
		wantPage(t, w, 200)
		var all []struct{ ID, Nom string }
		if err := json.Unmarshal(w.Body.Bytes(), &all); err != nil {
			t.Fatalf("%s: %v: %.300s", query, err, w.Body.String())
		}
		for _, o := range all {
			ids = append(ids, o.ID)
		}
		return ids
	}
	if ids := read(""); len(ids) != 4 || strings.Contains(strings.Join(ids, " "), string(dbtest.Foreign)) || strings.Contains(strings.Join(ids, " "), string(dbtest.Closed)) {
		t.Errorf("%v, want the four structures of the territory that are not put aside", ids)
	}
	if ids := read("?q=mission"); len(ids) != 1 || ids[0] != "maillage--mission" {
		t.Errorf("%v, want the one of the filter", ids)
	}
	if ids := read("?archivees=oui"); len(ids) != 0 {
		t.Errorf("%v, want none that is put aside", ids)
	}
	w := s.get("/structures/data-inclusion.csv")
	wantPage(t, w, 200, "source,id,nom", "Mission locale du Lot")
	for _, v := range []app.Viewer{dbtest.Admin, dbtest.Coordinator, dbtest.Referent} {
		if strings.Contains(w.Body.String(), v.Email) || strings.Contains(w.Body.String(), v.Name) {
			t.Errorf("the file holds %s", v.Name)
		}
	}
	if got := w.Header().Get("Content-Disposition"); !strings.Contains(got, "structures-data-inclusion.csv") {
		t.Errorf("Content-Disposition is %q", got)
	}
}
