package db_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

const office = "secretariat@mairie.test"

// linksTo asks for the links of an address, as the site does, and returns the names in the mail.
func linksTo(t *testing.T, d *db.DB, email string, at time.Time) (named []string, others bool) {
	t.Helper()
	digests := make([]string, 30)
	for i := range digests {
		digests[i] = fmt.Sprint(at, i)
	}
	err := d.SendPersonLinks(t.Context(), email, digests, func(names []string, more bool) app.Mail {
		named, others = names, more
		return app.Mail{Subject: "Liens"}
	}, at)
	if err != nil {
		t.Fatal(err)
	}
	for i := range named {
		if id, err := d.LinkedPerson(t.Context(), digests[i], at); named[i] != email && (err != nil || id == "") {
			t.Fatalf("the link of %s opens %q, %v", named[i], id, err)
		}
	}
	return named, others
}

func TestEachOfThoseWhoShareAnAddressGetsTheirLinkInOneMail(t *testing.T) {
	for _, people := range []int{1, 2, 4, 30} {
		d := dbtest.New(t)
		for i := range people {
			add(t, d, fmt.Sprintf("Agent %02d", i), office, dbtest.Now.Add(time.Duration(i)*time.Minute))
		}
		named, others := linksTo(t, d, office, dbtest.Now)
		if len(named) != people || len(slices.Compact(named)) != people || others {
			t.Errorf("of %d people at one address %d get their link, others told: %v", people, len(named), others)
		}
	}
}

func TestOfACrowdAtOneAddressTheFirstKeepTheirPlaceAndTheOthersComeByTurns(t *testing.T) {
	d := dbtest.New(t)
	for i := range 75 {
		add(t, d, fmt.Sprintf("Agent %02d", i), office, dbtest.Now.Add(time.Duration(i)*time.Minute))
	}
	reached := map[string]bool{}
	for hour := range 6 { // twenty first, then ten of fifty-five each time
		named, others := linksTo(t, d, office, dbtest.Now.Add(time.Duration(hour)*time.Hour))
		if len(named) != 30 || !others || named[0] != "Zoé Agent 00" || named[19] != "Zoé Agent 19" {
			t.Fatalf("at hour %d the mail names %d: %q", hour, len(named), named)
		}
		for _, name := range named {
			reached[name] = true
		}
	}
	if len(reached) != 75 {
		t.Errorf("%d of 75 got a link in six hours", len(reached))
	}
}

func TestASharedAddressTakesTheWorkOfAnUnknownOne(t *testing.T) {
	d := dbtest.New(t)
	for i := range 30 {
		add(t, d, fmt.Sprintf("Agent %02d", i), office, dbtest.Now)
	}
	work := func(email, round string) (ran []string) {
		digests := make([]string, 30)
		for i := range digests {
			digests[i] = fmt.Sprint(round, i)
		}
		db.Watch(d, func(query string) { ran = append(ran, query) })
		if err := d.SendPersonLinks(t.Context(), email, digests, func([]string, bool) app.Mail { return app.Mail{Subject: "Liens"} }, dbtest.Now); err != nil {
			t.Fatal(err)
		}
		return ran
	}
	if known, unknown := work(office, "a"), work("nul@mairie.test", "b"); len(known) == 0 || !slices.Equal(known, unknown) {
		t.Errorf("thirty people take %d statements, nobody %d", len(known), len(unknown))
	}
}
