package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/db/dbtest"
)

func thirdTold(string) app.Mail { return app.Mail{Subject: "A"} }

// Who coordinates elsewhere reads the former details of somebody who shows theirs.
func TestTheHistoryOfWhoShowsTheirDetailsDoesNotTellTheFormerOnes(t *testing.T) {
	s := newSite(t)
	ctx := t.Context()
	if err := s.db.AddPosition(ctx, dbtest.Admin, app.Position{Person: "bruno", Organisation: dbtest.Foreign, Function: "Stage", Since: "2020-01-01", Until: "2020-02-01"}, func(app.Person, app.Organisation) app.Mail { return app.Mail{} }, s.now); err != nil {
		t.Fatal(err)
	}
	for i, p := range []app.Person{
		{ID: "bruno", FirstName: "Bruno", LastName: "Delmas", Email: dbtest.Referent.Email, Phone: "06 11 22 33 44", Version: 1},
		{ID: "bruno", FirstName: "Bruno", LastName: "Delmas", Email: dbtest.Referent.Email, Phone: "05 65 00 00 01", Visible: true, Version: 2},
	} {
		if err := s.db.EditPerson(ctx, dbtest.Referent, p, thirdTold, s.now.Add(time.Duration(i)*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	nina := s.as(dbtest.Stranger)
	w := nina.get("/personnes/bruno")
	if strings.Contains(plain(w.Body.String()), "06 11 22 33 44") {
		t.Error("Nina of Figeac reads the private number that Bruno took away before he showed his details")
	}
}

// The address of one's own account is changed from a session left open, without proof.
func TestAnOldSessionDoesNotMoveItsOwnAccount(t *testing.T) {
	s := newSite(t)
	claire := s.as(dbtest.Coordinator)
	s.now = s.now.Add(20 * 24 * time.Hour)
	claire.now = s.now
	wantPage(t, claire.post("/compte/adresse", "courriel", "pirate@evil.test"), 422, "Écrivez votre mot de passe ou un code")
	if got := s.letters("pirate@evil.test"); len(got) != 0 {
		t.Errorf("a link to confirm left for %q", got[0].Recipient)
	}
	r, err := s.db.Account(t.Context(), dbtest.Admin, "a-claire", s.now)
	if err != nil {
		t.Fatal(err)
	}
	if r.Email == "pirate@evil.test" {
		t.Error("a session of twenty days moved the account of its holder to another address: the next link goes there")
	}
}

// An IPv6 customer has 2^64 addresses: the limit by place is none.
func TestTheLimitByPlaceHoldsForAWholeIPv6Network(t *testing.T) {
	s := newSite(t)
	refused := 0
	for i := range 200 {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/connexion/code", strings.NewReader(url.Values{"code": {"AAAA2222"}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.RemoteAddr = fmt.Sprintf("[2001:db8:1:2::%x]:4000", i+1)
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		if w.Code == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused == 0 {
		t.Error("200 attempts in one second from one /64: none was slowed down")
	}
}

// Two tabs: what is written on a form opened in one territory lands in the other.
func TestAFormOpenedInOneTerritoryIsNotWrittenInTheOther(t *testing.T) {
	s := newSite(t)
	ctx := t.Context()
	if err := s.db.GiveRoles(ctx, dbtest.Admin, dbtest.Coordinator.Account, []app.Grant{{Role: app.Coordination, Territory: dbtest.Cauvaldor}, {Role: app.Coordination, Territory: dbtest.Figeac}}, s.now); err != nil {
		t.Fatal(err)
	}
	claire := s.as(dbtest.Coordinator)
	claire.post("/territoire", "territoire", string(dbtest.Cauvaldor))
	wantPage(t, claire.get("/structures/nouvelle"), 200, `data-territory="`+string(dbtest.Cauvaldor)+`"`)
	claire.post("/territoire", "territoire", string(dbtest.Figeac), "ouvert-sur", string(dbtest.Cauvaldor)) // in another tab
	write := func(opened app.TerritoryID) int {
		return claire.post("/structures", "nom", "Crèche de Gramat", "categorie", "petite-enfance", "themes", "petite-enfance", "commune", string(dbtest.Gramat), "ouvert-sur", string(opened)).Code
	}
	if got := write(dbtest.Cauvaldor); got != 409 {
		t.Errorf("on Figeac, a form of Cauvaldor is answered %d, want 409", got)
	}
	if got := write(dbtest.Figeac); got != 303 {
		t.Errorf("and a form of Figeac %d, want 303", got)
	}
}
