package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"maillage/app"
)

// A CampaignChoice is whom a campaign would be written to.
type CampaignChoice struct {
	Found  int              // structures that the filter lets through, MaxCampaign + 1 when there are more
	Asked  int              // of them, those left out: an answer is awaited, or they were asked this week
	Sample app.Organisation // the first that would be written to; zero when there is none
}

// CampaignChoice returns whom a campaign to the structures that f lets through would be
// written to at now.
func (d *DB) CampaignChoice(ctx context.Context, by app.Viewer, f OrganisationFilter, now time.Time) (choice CampaignChoice, err error) {
	if !by.MayHere(app.AskPartners) {
		return choice, errMayNotAsk
	}
	c := d.reader()
	found, err := chosenFor(ctx, c, by, f, now)
	if err != nil {
		return choice, err
	}
	asked, err := askedLately(ctx, c, idsOf(found), now)
	if err != nil {
		return choice, err
	}
	choice.Found, choice.Asked = len(found), len(asked)
	for _, o := range found {
		if !asked[o.ID] {
			choice.Sample = o
			break
		}
	}
	return choice, nil
}

// chosenFor returns the structures that f lets through, by name: at most one more than a
// campaign may have. Nobody writes to one that is archived.
func chosenFor(ctx context.Context, c conn, by app.Viewer, f OrganisationFilter, now time.Time) ([]app.Organisation, error) {
	f.Archived, f.After, f.Sort = false, "", ByName
	way, err := findWay(ctx, c, by.Territory, f.Query)
	if err != nil {
		return nil, err
	}
	return readDirectory(ctx, c, by.Territory, f, way, now, app.MaxCampaign+1, organisationColumns, scanOrganisation)
}

func idsOf(all []app.Organisation) []app.OrganisationID {
	ids := make([]app.OrganisationID, len(all))
	for i, o := range all {
		ids[i] = o.ID
	}
	return ids
}

// lately is, of an inquiry i, that an answer is awaited or that it is too late a one for its
// structure to be asked anew: app.Inquiry.Askable, for many at once.
const lately = `(i.ended_at IS NULL OR i.asked_at > ? AND i.state NOT IN ('echec', 'sans-adresse', 'autre-personne'))`

// askedLately returns, of ids, those of which an answer is awaited or that were asked too
// lately to be asked again by somebody.
func askedLately(ctx context.Context, c conn, ids []app.OrganisationID, now time.Time) (map[app.OrganisationID]bool, error) {
	found, err := listIn(ctx, c, one[app.OrganisationID], `
		SELECT i.organisation_id
		FROM inquiries i
		WHERE `+lately+` AND i.organisation_id IN ?`, ids, stored(now.Add(-app.InquiryApart)))
	asked := make(map[app.OrganisationID]bool, len(found))
	for _, id := range found {
		asked[id] = true
	}
	return asked, err
}

// SendCampaign has each structure that f lets through written to, at the next rounds of
// letters, but those asked already; it returns how many. None to write to is a Conflict.
func (d *DB) SendCampaign(ctx context.Context, by app.Viewer, g app.Campaign, f OrganisationFilter, now time.Time) (id app.CampaignID, n int, err error) {
	if !by.MayHere(app.AskPartners) {
		return "", 0, errMayNotAsk
	}
	g, err = g.Checked()
	if err != nil {
		return "", 0, err
	}
	g.ID, g.Territory = app.NewOrderedID[app.CampaignID](now), by.Territory
	err = d.update(ctx, func(c conn) error {
		found, err := chosenFor(ctx, c, by, f, now)
		if err != nil {
			return err
		}
		if len(found) > app.MaxCampaign {
			return app.Errorf(app.Invalid, "Une campagne va à %s structures au plus : ajoutez un filtre.", app.Number(app.MaxCampaign))
		}
		ids := idsOf(found)
		locked, err := lockAll(ctx, c, ids)
		if err != nil {
			return err
		}
		asked, err := askedLately(ctx, c, ids, now)
		if err != nil {
			return err
		}
		var inquiries []app.Inquiry
		for _, o := range ids {
			if !asked[o] && !locked[o].Archived() {
				inquiries = append(inquiries, inquiryOf(o, g.Territory, g.ID, now))
			}
		}
		if n = len(inquiries); n == 0 {
			return app.Errorf(app.Conflict, "Aucune structure à qui écrire : toutes celles qui répondent à ces filtres ont été sollicitées cette semaine, ou leur réponse est attendue.")
		}
		if err := c.exec(ctx, `
			INSERT INTO campaigns (id, territory_id, account_id, subject, body, chosen, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`, g.ID, g.Territory, orNull(by.Actor()), g.Subject, g.Body, g.Chosen, stored(now)); err != nil {
			return err
		}
		if err := openInquiries(ctx, c, inquiries); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfTerritory, string(g.Territory), "a demandé à "+app.Count(n, "structure", "structures")+" si leur fiche est juste", nil)
	})
	return g.ID, n, err
}

// CampaignPage is how many campaigns a page has.
const CampaignPage = 20

// Campaigns returns those of the territory on screen, the last first, at most limit, from the
// one that follows after.
func (d *DB) Campaigns(ctx context.Context, by app.Viewer, after app.CampaignID, limit int) ([]app.Campaign, error) {
	return campaigns(ctx, d.reader(), by, func(w *where) {
		if after != "" {
			w.and("(g.created_at, g.id) < (SELECT x.created_at, x.id FROM campaigns x WHERE x.id = ?)", after)
		}
	}, limit)
}

// Campaign returns one campaign of the territory on screen, with when it may be reminded.
func (d *DB) Campaign(ctx context.Context, by app.Viewer, id app.CampaignID) (app.Campaign, error) {
	found, err := campaigns(ctx, d.reader(), by, func(w *where) { w.and("g.id = ?", id) }, 1)
	if err == nil && len(found) == 0 {
		return app.Campaign{}, gone("Cette campagne")
	}
	if err != nil {
		return app.Campaign{}, err
	}
	g := found[0]
	first, err := scanInquiry(d.reader().row(ctx, `
		SELECT `+inquiryColumns+` FROM inquiries i
		WHERE i.campaign_id = $1 AND i.state = $2 AND i.rounds < $3
		ORDER BY i.asked_at
		LIMIT 1`, id, app.InquirySent, app.InquiryRounds))
	if errors.Is(err, sql.ErrNoRows) {
		return g, nil
	}
	g.RemindFrom = first.MayRemindFrom()
	return g, err
}

func campaigns(ctx context.Context, c conn, by app.Viewer, narrow func(*where), limit int) ([]app.Campaign, error) {
	if !by.MayHere(app.AskPartners) {
		return nil, errMayNotAsk
	}
	var w where
	w.and("g.territory_id = ?", by.Territory)
	narrow(&w)
	all, err := list(ctx, c, func(s scanner) (g app.Campaign, err error) {
		return g, s.Scan(&g.ID, &g.Territory, &g.Author, &g.Subject, &g.Body, &g.Chosen, &g.CreatedAt)
	}, `
		SELECT g.id, g.territory_id, TRIM(COALESCE(p.first_name || ' ' || p.last_name, '')), g.subject, g.body, g.chosen, g.created_at
		FROM campaigns g
		LEFT JOIN accounts a ON a.id = g.account_id
		LEFT JOIN people p ON p.id = a.person_id
		`+w.String()+`
		ORDER BY g.created_at DESC, g.id DESC
		LIMIT `+w.arg(limit), w.args...)
	if err != nil || len(all) == 0 {
		return all, err
	}
	return all, tally(ctx, c, all)
}

// tally counts what came of each of all.
func tally(ctx context.Context, c conn, all []app.Campaign) error {
	ids, of := make([]app.CampaignID, len(all)), make(map[app.CampaignID]app.Tally, len(all))
	for i := range all {
		all[i].Tally = app.Tally{}
		ids[i], of[all[i].ID] = all[i].ID, all[i].Tally
	}
	_, err := listIn(ctx, c, func(s scanner) (_ struct{}, err error) {
		var id app.CampaignID
		var state app.InquiryState
		var n int
		if err = s.Scan(&id, &state, &n); err == nil {
			of[id][state] = n
		}
		return struct{}{}, err
	}, `
		SELECT i.campaign_id, i.state, COUNT(*)
		FROM inquiries i
		WHERE i.campaign_id IN ?
		GROUP BY i.campaign_id, i.state`, ids)
	return err
}

// CampaignInquiry is one structure of a campaign, and what came of asking it.
type CampaignInquiry struct {
	app.Inquiry
	Name    string // of the structure
	Commune string
}

// CampaignInquiries returns the structures of a campaign, by name; of one state, unless it is
// "". At most limit, from the one that follows after.
func (d *DB) CampaignInquiries(ctx context.Context, by app.Viewer, g app.CampaignID, state app.InquiryState, after app.InquiryID, limit int) ([]CampaignInquiry, error) {
	if !by.MayHere(app.AskPartners) {
		return nil, errMayNotAsk
	}
	var w where
	w.and("i.campaign_id = ? AND i.territory_id = ?", g, by.Territory)
	if state != "" {
		w.and("i.state = ?", state)
	}
	if after != "" {
		w.and("(o.sort_key, i.id) > (SELECT x.sort_key, y.id FROM inquiries y JOIN organisations x ON x.id = y.organisation_id WHERE y.id = ?)", after)
	}
	return list(ctx, d.reader(), func(s scanner) (i CampaignInquiry, err error) {
		return i, s.Scan(append(inquiryFields(&i.Inquiry), &i.Name, &i.Commune)...)
	}, `
		SELECT `+inquiryColumns+`, o.name, COALESCE(m.name, '')
		FROM inquiries i
		JOIN organisations o ON o.id = i.organisation_id
		LEFT JOIN communes m ON m.code = o.commune_code
		`+w.String()+`
		ORDER BY o.sort_key, i.id
		LIMIT `+w.arg(limit), w.args...)
}

// RemindCampaign has the structures of a campaign that did not answer written to once more,
// those that were long enough ago; it returns how many. None is a Conflict.
func (d *DB) RemindCampaign(ctx context.Context, by app.Viewer, id app.CampaignID, now time.Time) (n int, err error) {
	if !by.MayHere(app.AskPartners) {
		return 0, errMayNotAsk
	}
	err = d.update(ctx, func(c conn) error {
		if err := c.change(ctx, `UPDATE campaigns SET chosen = chosen WHERE id = $1 AND territory_id = $2`, id, by.Territory); err != nil { // one at a time
			if errors.Is(err, sql.ErrNoRows) {
				err = gone("Cette campagne")
			}
			return err
		}
		var silent []app.InquiryID
		var of []app.OrganisationID
		all, err := list(ctx, c, scanInquiry, `SELECT `+inquiryColumns+` FROM inquiries i WHERE i.campaign_id = $1 AND i.state = $2`, id, app.InquirySent)
		if err != nil {
			return err
		}
		for _, i := range all {
			if i.MayRemind(now) {
				silent, of = append(silent, i.ID), append(of, i.Organisation)
			}
		}
		if n = len(silent); n == 0 {
			return app.Errorf(app.Conflict, "Personne à relancer : une structure se relance une semaine après le dernier courriel, deux fois au plus.")
		}
		err = execIn(ctx, c, `UPDATE inquiries SET state = ?, next_at = ? WHERE state = ? AND id IN ?`, silent, app.InquiryWaits, stored(now), app.InquirySent)
		if err == nil {
			err = execIn(ctx, c, `UPDATE organisation_territories SET asked = ? WHERE asked = ? AND organisation_id IN ?`, of, app.InquiryWaits, app.InquirySent)
		}
		if err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfTerritory, string(by.Territory), "a relancé "+app.Count(n, "structure", "structures")+" au sujet de leur fiche", nil)
	})
	return n, err
}
