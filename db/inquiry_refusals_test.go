package db_test

import (
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// « Nous ne vous écrirons plus au sujet de cette fiche » holds, whoever asks.
func TestWhoSaidNotToBeTheOneIsNotWrittenToAgain(t *testing.T) {
	for name, again := range map[string]func(*db.DB, time.Time) error{
		"in a campaign": func(d *db.DB, now time.Time) error {
			_, _, err := d.SendCampaign(t.Context(), dbtest.Coordinator, rentree, db.OrganisationFilter{}, now)
			return err
		},
		"by hand": func(d *db.DB, now time.Time) error {
			return d.AskStructure(t.Context(), dbtest.Coordinator, dbtest.Mission, now)
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.New(t)
			p := askedOf(t, d, dbtest.Mission)
			if err := d.DeclineByLink(t.Context(), p.link(t, "bruno@maillage.test"), "", dbtest.Now); err != nil {
				t.Fatal(err)
			}
			for n, letters := range []int{1, 2} { // failing Bruno, the structure's own address, until it says so too
				now := dbtest.Now.AddDate(0, 0, 8*(n+1))
				if err := again(d, now); err != nil {
					t.Fatal(err)
				}
				p.round(t, d, now)
				if a, b := len(p.links["bruno@maillage.test"]), len(p.links["contact@mission.test"]); a != 1 || b != 1 {
					t.Errorf("asked anew %d times, Bruno was written to %d times and his structure %d; want 1 and 1", letters, a, b)
				}
				if n == 0 {
					if err := d.DeclineByLink(t.Context(), p.link(t, "contact@mission.test"), "", now); err != nil {
						t.Fatal(err)
					}
				}
			}
			if got := askedState(t, d, dbtest.Mission); got != app.InquiryWrong {
				t.Errorf("with nobody left to ask it comes to %q", got)
			}
		})
	}
}

// What was said of a structure holds of the one that it is made one with.
func TestARefusalHoldsThroughAMerge(t *testing.T) {
	d := withTwins(t)
	p := askedOf(t, d, twin)
	if len(p.links) == 0 {
		t.Fatal("nobody is asked about the twin")
	}
	var refused []string
	for address := range p.links {
		refused = append(refused, address)
		if err := d.DeclineByLink(t.Context(), p.link(t, address), "", dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	mergedTwins(t, d)
	now := dbtest.Now.AddDate(0, 0, 8)
	if err := d.AskStructure(t.Context(), dbtest.Coordinator, dbtest.Mission, now); err != nil {
		t.Fatal(err)
	}
	p.round(t, d, now)
	for _, address := range refused {
		if n := len(p.links[address]); n != 1 {
			t.Errorf("%s, who refused for what was merged, was written to %d times, want once", address, n)
		}
	}
}

// What a person wrote by a link, and that they are not the one to ask, go with them.
func TestWhatWasWrittenByTheLinkGoesWithItsAuthor(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	link := askedOf(t, d, dbtest.Mission).link(t, "bruno@maillage.test")
	if err := d.DeclineByLink(ctx, link, "Bruno a quitté la mission : 06 11 22 33 44", dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.RemoveTeammate(ctx, dbtest.Coordinator, dbtest.Mission, dbtest.Referent.Account, db.Departure{}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if got := value(t, d, `SELECT COUNT(*) FROM inquiry_refusals`); got != "1" {
		t.Fatalf("%s refusals are kept, want one", got)
	}
	if err := d.ErasePerson(ctx, dbtest.Admin, dbtest.Referent.Person, noSeat, dbtest.Now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	i, err := d.LastInquiry(ctx, dbtest.Mission)
	if err != nil || i.State != app.InquiryWrong || strings.Contains(i.Message, "Bruno") {
		t.Errorf("erased, Bruno is still told on the record of the structure: %q, %q, %v", i.State, i.Message, err)
	}
	if got := value(t, d, `SELECT COUNT(*) FROM inquiry_refusals`); got != "0" {
		t.Errorf("erased, the digest of his address is still kept")
	}
}

// Structures that the machine asked by itself, and that answered nothing, were used by nobody.
func TestAnImportIsUndoneThoughItsStructuresWereAskedAndDidNotAnswer(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	if err := d.SetAsksAlone(ctx, dbtest.Coordinator, true, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	i := dropped(t, d, dbtest.Coordinator, "Nom;Commune;Courriel", "Association erronée;Gramat;erreur@exemple.test", "Association juste;Gramat;juste@exemple.test")
	i = brought(t, d, previewed(t, d, i, nil))
	if _, err := d.OpenDue(ctx, 50, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	p := &pen{}
	p.round(t, d, dbtest.Now)
	if err := d.DeclineByLink(ctx, p.link(t, "juste@exemple.test"), "", dbtest.Now); err != nil {
		t.Fatal(err)
	}
	wrong := p.link(t, "erreur@exemple.test")
	if err := d.UndoImport(ctx, dbtest.Coordinator, i.ID, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if u := theImport(t, d, dbtest.Coordinator, i.ID); u.Counts.Removed != 1 || u.Counts.Kept != 1 {
		t.Errorf("removed %d, kept %d: want the silent one out of the directory and the one that answered kept", u.Counts.Removed, u.Counts.Kept)
	}
	if _, _, err := d.OpenInquiry(ctx, wrong, dbtest.Now); app.KindOf(err) != app.NotFound {
		t.Errorf("the link of what is no more opens: %v", err)
	}
	if n := mailsTo(t, d, "erreur@exemple.test"); n != 0 {
		t.Errorf("%d letters about what is no more are still to leave", n)
	}
}
