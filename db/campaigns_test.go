package db_test

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
	"maillage/db/fill"
)

var rentree = app.Campaign{Subject: "Avant la rentrée", Body: "Nous imprimons le guide en septembre.", Chosen: "Toutes les structures"}

func sent(t *testing.T, d *db.DB, f db.OrganisationFilter, now time.Time) (app.CampaignID, int) {
	t.Helper()
	id, n, err := d.SendCampaign(t.Context(), dbtest.Coordinator, rentree, f, now)
	if err != nil {
		t.Fatal(err)
	}
	return id, n
}

func tallyOf(t *testing.T, d *db.DB, id app.CampaignID) app.Tally {
	t.Helper()
	g, err := d.Campaign(t.Context(), dbtest.Coordinator, id)
	if err != nil {
		t.Fatal(err)
	}
	return g.Tally
}

func TestACampaignAsksThoseItsFilterLetsThroughAndNobodyTwice(t *testing.T) {
	d := dbtest.New(t)
	school := seen(t, d, dbtest.School)
	school.Email = "ecole@essai.test"
	if err := d.EditOrganisation(t.Context(), dbtest.Coordinator, school, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	askedOf(t, d, dbtest.School)
	choice, err := d.CampaignChoice(t.Context(), dbtest.Coordinator, db.OrganisationFilter{}, dbtest.Now)
	if err != nil || choice.Found != 4 || choice.Asked != 1 || choice.Sample.ID == dbtest.School || choice.Sample.ID == "" {
		t.Fatalf("to be written to: %d found, %d asked already, the first %q, %v; want 4, 1", choice.Found, choice.Asked, choice.Sample.ID, err)
	}
	if _, n := sent(t, d, db.OrganisationFilter{Category: "emploi"}, dbtest.Now); n != 1 {
		t.Errorf("%d of the category are asked, want the Mission locale", n)
	}
	id, n := sent(t, d, db.OrganisationFilter{}, dbtest.Now.Add(time.Minute))
	if n != 2 {
		t.Errorf("%d are asked, want the two that were not; the archived one is left alone", n)
	}
	p := &pen{}
	p.round(t, d, dbtest.Now.Add(time.Minute))
	if got := tallyOf(t, d, id); got.Total() != 2 || got[app.InquiryUnreachable] != 2 {
		t.Errorf("it came to %v, want nowhere to write to the two", got)
	}
	_, _, err = d.SendCampaign(t.Context(), dbtest.Coordinator, rentree, db.OrganisationFilter{Category: "emploi"}, dbtest.Now.Add(time.Hour))
	if app.KindOf(err) != app.Conflict {
		t.Errorf("sent again the same day: %v, want nobody to write to", err)
	}
	if _, n := sent(t, d, db.OrganisationFilter{Archived: true}, dbtest.Now.Add(time.Hour)); n != 2 {
		t.Errorf("%d are asked again, want the two that could not be written to", n)
	}
}

func TestTheLettersOfACampaignAreInItsWords(t *testing.T) {
	d := dbtest.New(t)
	sent(t, d, db.OrganisationFilter{Category: "emploi"}, dbtest.Now)
	var of []db.InquiryLetter
	p := (&pen{}).pen()
	write := p.Letter
	p.Letter = func(l db.InquiryLetter) app.Mail { of = append(of, l); return write(l) }
	if _, err := d.AskNext(t.Context(), p, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if len(of) != 1 || of[0].Subject != rentree.Subject || of[0].Body != rentree.Body || of[0].Reminder {
		t.Errorf("the letters are %+v", of)
	}
}

func TestACampaignIsRemindedOnlyBySomebodyAfterAWeekOfThoseWhoAreSilent(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	for _, id := range []app.OrganisationID{dbtest.School, dbtest.CC} {
		o := seen(t, d, id)
		o.Email = string(id) + "@essai.test"
		if err := d.EditOrganisation(ctx, dbtest.Coordinator, o, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	id, _ := sent(t, d, db.OrganisationFilter{}, dbtest.Now)
	p := &pen{}
	p.round(t, d, dbtest.Now)
	if err := d.ConfirmByLink(ctx, p.link(t, "bruno@maillage.test"), seen(t, d, dbtest.Mission).Version, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	p.round(t, d, dbtest.Now.AddDate(0, 0, 12))
	if got := mailsTo(t, d, "ecole@essai.test"); got != 1 {
		t.Errorf("%d letters to the school twelve days later, though nobody reminded it", got)
	}
	if _, err := d.RemindCampaign(ctx, dbtest.Coordinator, id, dbtest.Now.AddDate(0, 0, 6)); app.KindOf(err) != app.Conflict {
		t.Errorf("reminded within a week: %v", err)
	}
	if _, err := d.RemindCampaign(ctx, dbtest.Stranger, id, dbtest.Now.AddDate(0, 0, 12)); app.KindOf(err) != app.NotFound {
		t.Errorf("reminded from another territory: %v", err)
	}
	if _, err := d.RemindCampaign(ctx, dbtest.Referent, id, dbtest.Now.AddDate(0, 0, 12)); app.KindOf(err) != app.Forbidden {
		t.Errorf("reminded by a référent·e: %v", err)
	}
	n, err := d.RemindCampaign(ctx, dbtest.Coordinator, id, dbtest.Now.AddDate(0, 0, 12))
	if err != nil || n != 2 {
		t.Fatalf("%d reminded, %v; want the two that are silent", n, err)
	}
	p.round(t, d, dbtest.Now.AddDate(0, 0, 12))
	if a, b := mailsTo(t, d, "ecole@essai.test"), mailsTo(t, d, "bruno@maillage.test"); a != 2 || b != 1 {
		t.Errorf("%d letters to the school, %d to Bruno who had answered; want 2 and 1", a, b)
	}
	rows, err := d.CampaignInquiries(ctx, dbtest.Coordinator, id, "", "", 2)
	if err != nil || len(rows) != 2 {
		t.Fatalf("the first page is %v, %v", rows, err)
	}
	next, err := d.CampaignInquiries(ctx, dbtest.Coordinator, id, "", rows[1].ID, 2)
	names := []string{rows[0].Name, rows[1].Name}
	for _, r := range next {
		names = append(names, r.Name)
	}
	if want := []string{"Caisse d’allocations familiales du Lot", "Communauté de communes Cauvaldor", "École élémentaire Clément-Brouqui", "Mission locale du Lot"}; err != nil || !slices.Equal(names, want) {
		t.Errorf("the pages list %q, %v; want %q", names, err, want)
	}
	o, err := d.FreshnessOverview(ctx, dbtest.Coordinator, dbtest.Now)
	if err != nil || o.Records[app.NeverSaid] != 3 || o.Records[app.Fresh] != 1 || o.Asked[app.InquirySent] != 2 || o.Asked[app.InquiryUnreachable] != 1 || o.AsksAlone {
		t.Errorf("the directory stands at %+v, %v", o, err)
	}
	list, err := d.Organisations(ctx, dbtest.Coordinator, db.OrganisationFilter{Asked: app.InquirySent}, dbtest.Now)
	if err != nil || list.Count != 2 || len(list.Rows) != 2 {
		t.Errorf("the directory shows %d whose answer is awaited, %v; want 2", list.Count, err)
	}
}

// Whoever clicks twice, or two coordinators at once, write to each structure once.
func TestCampaignsSentAtOnceWriteToNobodyTwice(t *testing.T) {
	d := dbtest.New(t)
	var all sync.WaitGroup
	var total atomic.Int64
	for range 6 {
		all.Go(func() {
			_, n, err := d.SendCampaign(context.Background(), dbtest.Coordinator, rentree, db.OrganisationFilter{}, dbtest.Now)
			if err != nil && app.KindOf(err) != app.Conflict {
				t.Error(err)
			}
			total.Add(int64(n))
		})
	}
	all.Wait()
	if total.Load() != 4 {
		t.Errorf("%d structures are asked, want each of the four once", total.Load())
	}
	campaigns, err := d.Campaigns(t.Context(), dbtest.Coordinator, "", 10)
	if err != nil || len(campaigns) != 1 || campaigns[0].Author != "Claire Bonnet" {
		t.Errorf("there are campaigns %+v, %v; want one", campaigns, err)
	}
}

func TestACampaignHasWordsAndALimit(t *testing.T) {
	d := dbtest.Empty(t)
	opened, err := fill.Load(t.Context(), d, fill.Size{Structures: app.MaxCampaign * 11 / 10, Territories: 1}, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	by := app.Viewer{Account: "a", Coordinates: opened, Territory: opened[0]}
	if _, _, err := d.SendCampaign(t.Context(), by, rentree, db.OrganisationFilter{}, dbtest.Now); app.KindOf(err) != app.Invalid {
		t.Errorf("to more than %d structures: %v", app.MaxCampaign, err)
	}
	_, _, err = d.SendCampaign(t.Context(), by, app.Campaign{Subject: " \n", Body: ""}, db.OrganisationFilter{}, dbtest.Now)
	if fields := app.FieldsOf(err); fields["objet"] == "" || fields["texte"] == "" {
		t.Errorf("without words: %v", err)
	}
	for f, want := range map[db.OrganisationFilter]bool{{}: false, {Theme: "autonomie"}: true} {
		choice, err := d.CampaignChoice(t.Context(), by, f, dbtest.Now)
		if fits := choice.Found <= app.MaxCampaign; err != nil || fits != want {
			t.Errorf("%d structures of theme %q are found, %v; want them to fit: %v", choice.Found, f.Theme, err, want)
		}
	}
}
