package db

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"maillage/app"
)

const inquiryColumns = `i.id, i.organisation_id, i.territory_id, i.campaign_id, i.state, i.created_at, i.rounds, i.asked_at, i.next_at, i.ended_at, i.message`

func inquiryFields(i *app.Inquiry) []any {
	return []any{
		&i.ID, &i.Organisation, &i.Territory, text(&i.Campaign), &i.State, &i.CreatedAt, &i.Rounds,
		moment(&i.AskedAt), moment(&i.NextAt), moment(&i.EndedAt), &i.Message,
	}
}

func scanInquiry(s scanner) (i app.Inquiry, err error) { return i, s.Scan(inquiryFields(&i)...) }

// AskStructure has a structure written to, at the next round of letters, to ask whether its record is
// right; one that is being asked already is reminded. It is a Conflict when it was written to
// too lately (Inquiry.Askable).
func (d *DB) AskStructure(ctx context.Context, by app.Viewer, id app.OrganisationID, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		o, err := lockOrganisation(ctx, c, by, id)
		if err != nil {
			return err
		}
		if !by.MayAsk(o) {
			return app.Errorf(app.Forbidden, "Seule la coordination du territoire écrit aux structures.")
		}
		if o.Archived() {
			return app.Errorf(app.Conflict, "Cette structure est archivée : on ne lui écrit plus.")
		}
		i, err := lastInquiry(ctx, c, id)
		if err != nil {
			return err
		}
		if err := i.Askable(now); err != nil {
			return err
		}
		if i.ID != "" && i.Open() {
			err = askAgain(ctx, c, i.ID, now)
		} else {
			err = openInquiries(ctx, c, []app.Inquiry{inquiryOf(o.ID, asker(by, o), "", now)})
		}
		if err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfOrganisation, string(id), "a demandé à la structure si sa fiche est juste", nil)
	})
}

// asker returns the territory of o that by asks for: the one on screen, when it is of it.
func asker(by app.Viewer, o app.Organisation) app.TerritoryID {
	if slices.Contains(o.Territories, by.Territory) || len(o.Territories) == 0 {
		return by.Territory
	}
	return o.Territories[0]
}

func inquiryOf(o app.OrganisationID, t app.TerritoryID, campaign app.CampaignID, now time.Time) app.Inquiry {
	return app.Inquiry{ID: app.NewOrderedID[app.InquiryID](now), Organisation: o, Territory: t, Campaign: campaign, State: app.InquiryWaits, CreatedAt: now, NextAt: now}
}

// openInquiries writes inquiries of structures that have none open.
func openInquiries(ctx context.Context, c conn, all []app.Inquiry) error {
	rows, ids := make([][]any, len(all)), make([]app.OrganisationID, len(all))
	for n, i := range all {
		rows[n] = []any{i.ID, i.Organisation, i.Territory, orNull(i.Campaign), i.State, stored(i.CreatedAt), stored(i.NextAt)}
		ids[n] = i.Organisation
	}
	if err := insertAll(ctx, c, `inquiries (id, organisation_id, territory_id, campaign_id, state, created_at, next_at)`, rows); err != nil {
		return err
	}
	return execIn(ctx, c, `UPDATE organisation_territories SET asked = ? WHERE organisation_id IN ?`, ids, app.InquiryWaits)
}

// askAgain has an inquiry written to at the next round.
func askAgain(ctx context.Context, c conn, id app.InquiryID, now time.Time) error {
	return c.change(ctx, `UPDATE inquiries SET state = $2, next_at = $3 WHERE id = $1 AND ended_at IS NULL`, id, app.InquiryWaits, stored(now))
}

// endInquiries ends what a structure, which is locked, was asked and has not answered; with
// also, that one too, were it given up before.
func endInquiries(ctx context.Context, c conn, o app.OrganisationID, also app.InquiryID, state app.InquiryState, now time.Time) error {
	err := c.exec(ctx, `
		UPDATE inquiries SET state = $3, ended_at = CASE WHEN state IN ('confirmee', 'corrigee') THEN ended_at ELSE $4 END, next_at = NULL
		WHERE organisation_id = $1 AND (ended_at IS NULL OR id = $2)`, o, also, state, stored(now))
	if err != nil {
		return err
	}
	asked := state
	if state == app.InquiryConfirmed || state == app.InquiryCorrected || state == app.InquiryDropped {
		asked = ""
	}
	return c.exec(ctx, `UPDATE organisation_territories SET asked = $2 WHERE organisation_id = $1`, o, asked)
}

// lettersFailed notes, in the transaction of that failure, that a mail could not be
// delivered: of the structure that it asked, when no other letter of that round may arrive.
func lettersFailed(ctx context.Context, c conn, mail app.MailID, now time.Time) error {
	o, err := one[app.OrganisationID](c.row(ctx, `SELECT organisation_id FROM inquiry_letters WHERE mail_id = $1`, mail))
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil {
		err = c.change(ctx, `UPDATE organisations SET version = version WHERE id = $1`, o)
	}
	if err != nil {
		return err
	}
	hopeless, err := one[bool](c.row(ctx, `
		SELECT EXISTS (
			SELECT 1 FROM inquiries i JOIN inquiry_letters f ON f.inquiry_id = i.id AND f.mail_id = $2
			WHERE i.ended_at IS NULL AND NOT EXISTS (
				SELECT 1 FROM inquiry_letters l
				LEFT JOIN mails m ON m.id = l.mail_id
				WHERE l.inquiry_id = i.id AND l.organisation_id = $1 AND m.failed_at IS NULL))`, o, mail))
	if err != nil || !hopeless {
		return err
	}
	return endInquiries(ctx, c, o, "", app.InquiryFailed, now)
}

// LastInquiry returns the last time a structure was asked whether its record is right; zero
// when it never was.
func (d *DB) LastInquiry(ctx context.Context, id app.OrganisationID) (app.Inquiry, error) {
	return lastInquiry(ctx, d.reader(), id)
}

// lastInquiry returns the open one, or else the last that ended.
func lastInquiry(ctx context.Context, c conn, id app.OrganisationID) (app.Inquiry, error) {
	i, err := scanInquiry(c.row(ctx, `
		SELECT `+inquiryColumns+` FROM inquiries i
		WHERE i.organisation_id = $1
		ORDER BY CASE WHEN i.ended_at IS NULL THEN 0 ELSE 1 END, i.created_at DESC, i.id DESC
		LIMIT 1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return app.Inquiry{}, nil
	}
	return i, err
}
