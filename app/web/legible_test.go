package web

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"maillage/app/secret"
	"maillage/db/dbtest"
)

// asking returns the addresses of a site, and how its coordinator asks for one.
func asking(t *testing.T) (gin.RoutesInfo, func(method, address, form string) *httptest.ResponseRecorder) {
	t.Helper()
	d := dbtest.New(t)
	r, err := engine(Config{DB: d, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Now: func() time.Time { return dbtest.Now }, BaseURL: "http://maillage.test"})
	if err != nil {
		t.Fatal(err)
	}
	token := secret.Token()
	if _, err := d.BeginSession(t.Context(), dbtest.Coordinator.Account, secret.Digest(token), "Essai", dbtest.Now); err != nil {
		t.Fatal(err)
	}
	return r.Routes(), func(method, address, form string) *httptest.ResponseRecorder {
		request := httptest.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form))
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.AddCookie(&http.Cookie{Name: "maillage", Value: token})
		w := httptest.NewRecorder()
		r.ServeHTTP(w, request)
		return w
	}
}

func TestAddressThatIsNoTextNamesNothing(t *testing.T) {
	routes, ask := asking(t)
	for _, route := range routes {
		for _, bad := range []string{"%00", "a%00b", "%ff%fe"} {
			address := placeholder.ReplaceAllString(route.Path, bad)
			if address == route.Path {
				continue
			}
			if w := ask(route.Method, address, ""); w.Code != http.StatusNotFound {
				t.Errorf("%s %s answers %d, want 404", route.Method, address, w.Code)
			}
		}
	}
}

func TestWhatIsNoTextIsTakenOutOfQueriesAndForms(t *testing.T) {
	_, ask := asking(t)
	soon := "/ateliers/" + string(dbtest.Soon)
	for _, address := range []string{"/ateliers?convention=%00", "/ateliers?commune=a%00b&q=%ff", soon + "/inscriptions?structure=%ff%fe"} {
		if w := ask(http.MethodGet, address, ""); w.Code >= 500 {
			t.Errorf("%s answers %d", address, w.Code)
		}
	}
	form := "titre=Vivre%00%ff+ici&genre=atelier&convention=%00" + url.QueryEscape(string(dbtest.CTG)) + "&date=2030-01-08&debut=14:00&fin=16:00&enregistrer=1"
	if w := ask(http.MethodPost, "/ateliers", form); w.Code != http.StatusSeeOther {
		t.Errorf("a form with a zero byte answers %d, want it kept without", w.Code)
	}
}

func TestReadableKeepsAllThatIsText(t *testing.T) {
	for typed, want := range map[string]string{"L’œuvre 🙂\r\n": "L’œuvre 🙂\r\n", "a\x00b\xff": "ab", "": "", "\u202e": "\u202e"} {
		if got := readable(typed); got != want {
			t.Errorf("readable(%q) = %q, want %q", typed, got, want)
		}
	}
}
