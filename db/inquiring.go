package db

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"maillage/app"
)

// An InquiryLetter is what is written to somebody so that they say whether a record is right.
type InquiryLetter struct {
	Organisation app.Organisation
	Recipient    app.Recipient
	Territory    string // its name
	Subject      string // of the campaign, "" for the usual one
	Body         string // of the campaign
	Reminder     bool
	Link         string
}

// An InquiryPen words such letters and makes the links in them.
type InquiryPen struct {
	Letter func(InquiryLetter) app.Mail // without its recipient
	Link   func() (address, digest string)
}

// AskNext does what is to be done about one inquiry whose moment has come: it writes to who
// answers for the structure, or gives up. It reports false when there is none. Two workers
// never write twice.
func (d *DB) AskNext(ctx context.Context, pen InquiryPen, now time.Time) (did bool, err error) {
	err = d.update(ctx, func(c conn) error {
		i, err := scanInquiry(c.row(ctx, `
			SELECT `+inquiryColumns+` FROM inquiries i
			WHERE i.next_at <= $1
			ORDER BY i.next_at, i.id
			LIMIT 1`, stored(now)))
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		did = true
		locked, err := lockAll(ctx, c, []app.OrganisationID{i.Organisation})
		if err != nil {
			return err
		}
		// Read again behind the lock: another worker, or an answer, may have been first.
		i, err = scanInquiry(c.row(ctx, `SELECT `+inquiryColumns+` FROM inquiries i WHERE i.id = $1 AND i.next_at <= $2`, i.ID, stored(now)))
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		a := asking{c: c, pen: pen, now: now, i: i, o: locked[i.Organisation]}
		return a.ask(ctx)
	})
	return did, err
}

// asking is one structure being written to.
type asking struct {
	c   conn
	pen InquiryPen
	now time.Time
	i   app.Inquiry
	o   app.Organisation
}

func (a asking) ask(ctx context.Context) error {
	switch {
	case a.o.Archived():
		return a.end(ctx, app.InquiryDropped)
	case !a.i.Writes():
		return a.end(ctx, app.InquirySilent)
	}
	to, none, err := recipients(ctx, a.c, a.i, a.o)
	if err != nil {
		return err
	}
	if len(to) == 0 {
		return a.end(ctx, none)
	}
	written, err := a.write(ctx, to)
	if err != nil {
		return err
	}
	if !written { // those addresses were sent enough for now
		return a.c.change(ctx, `UPDATE inquiries SET next_at = $2 WHERE id = $1`, a.i.ID, stored(a.now.Add(app.InquiryLater)))
	}
	if err := a.c.change(ctx, `
		UPDATE inquiries SET state = $2, rounds = rounds + 1, asked_at = $3, next_at = $4
		WHERE id = $1`, a.i.ID, app.InquirySent, stored(a.now), stored(a.i.Next(a.now))); err != nil {
		return err
	}
	return a.c.exec(ctx, `UPDATE organisation_territories SET asked = $2 WHERE organisation_id = $1`, a.o.ID, app.InquirySent)
}

func (a asking) end(ctx context.Context, state app.InquiryState) error {
	return endInquiries(ctx, a.c, a.o.ID, "", state, a.now)
}

// write queues a letter to each of those whose address was not sent enough, and reports
// whether there was one.
func (a asking) write(ctx context.Context, to []app.Recipient) (written bool, err error) {
	var author app.Named
	l := InquiryLetter{Organisation: a.o, Reminder: a.i.Rounds > 0}
	err = a.c.row(ctx, `
		SELECT t.name, COALESCE(g.subject, ''), COALESCE(g.body, ''), COALESCE(p.id, ''), COALESCE(TRIM(p.first_name || ' ' || p.last_name), '')
		FROM territories t
		LEFT JOIN campaigns g ON g.id = $2
		LEFT JOIN accounts a ON a.id = g.account_id
		LEFT JOIN people p ON p.id = a.person_id
		WHERE t.id = $1`, a.i.Territory, orNull(a.i.Campaign)).Scan(&l.Territory, &l.Subject, &l.Body, &author.Person, &author.Name)
	if err != nil {
		return false, err
	}
	for _, r := range to {
		may, err := a.mayWrite(ctx, r.Email)
		if err != nil {
			return written, err
		}
		if !may {
			continue
		}
		var digest string
		l.Recipient = r
		l.Link, digest = a.pen.Link()
		m := a.pen.Letter(l)
		m.ID, m.Recipient, m.Name, m.Names = app.NewOrderedID[app.MailID](a.now), r.Email, r.Name, []app.Named{author}
		if err := insertMail(ctx, a.c, m, a.now); err != nil {
			return written, err
		}
		if err := a.c.exec(ctx, `
			INSERT INTO inquiry_letters (id, inquiry_id, organisation_id, account_id, email, mail_id, created_at, expires_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			digest, a.i.ID, a.o.ID, orNull(r.Account), r.Email, m.ID, stored(a.now), stored(a.now.Add(app.InquiryLinkLife))); err != nil {
			return written, err
		}
		written = true
	}
	return written, nil
}

// mayWrite counts one more letter to an address and reports whether it may leave: one a day,
// however many structures are asked there, and no more mails of all kinds than others.
func (a asking) mayWrite(ctx context.Context, email string) (bool, error) {
	if _, err := lockAddress(ctx, a.c, email, a.now); err != nil {
		return false, err
	}
	today, err := one[bool](a.c.row(ctx, `SELECT EXISTS (SELECT 1 FROM inquiry_letters WHERE email = $1 AND created_at > $2)`,
		email, stored(a.now.Add(-app.InquiryDaily))))
	if err != nil || today {
		return false, err
	}
	return mayAsk(ctx, a.c, app.MailToVerify, email, a.now)
}

// OpenDue opens, where the coordination chose that structures are asked by themselves, the
// inquiries of those whose day has come and who were not asked since they were last
// confirmed: at most limit. It returns how many.
func (d *DB) OpenDue(ctx context.Context, limit int, now time.Time) (n int, err error) {
	err = d.update(ctx, func(c conn) error {
		if err := c.exec(ctx, `UPDATE territories SET asks_alone = asks_alone WHERE asks_alone`); err != nil { // one at a time
			return err
		}
		due, err := list(ctx, c, func(s scanner) (i app.Inquiry, err error) {
			var o app.OrganisationID
			var t app.TerritoryID
			err = s.Scan(&o, &t)
			return inquiryOf(o, t, "", now), err
		}, `
			SELECT ot.organisation_id, ot.territory_id
			FROM territories t
			JOIN organisation_territories ot ON ot.territory_id = t.id
			WHERE t.asks_alone AND ot.archived = $1 AND ot.asked = '' AND ot.due_on <= $2
				AND NOT EXISTS (SELECT 1 FROM inquiries i WHERE i.organisation_id = ot.organisation_id AND `+strings.Replace(lately, "?", "$3", 1)+`)
			ORDER BY ot.due_on, ot.organisation_id
			LIMIT $4`, false, app.DateOf(now), stored(now.Add(-app.InquiryApart)), limit)
		if err != nil {
			return err
		}
		opened, err := stillToAsk(ctx, c, due, now)
		if n = len(opened); err != nil || n == 0 {
			return err
		}
		return openInquiries(ctx, c, opened)
	})
	return n, err
}

// stillToAsk returns which of due are to be opened once their structures are locked: somebody
// may have asked, or archived, since they were found. Of two territories, the first one asks.
func stillToAsk(ctx context.Context, c conn, due []app.Inquiry, now time.Time) ([]app.Inquiry, error) {
	ids := make([]app.OrganisationID, len(due))
	for n, i := range due {
		ids[n] = i.Organisation
	}
	locked, err := lockAll(ctx, c, ids)
	if err != nil {
		return nil, err
	}
	of, err := askedLately(ctx, c, ids, now)
	opened := due[:0]
	for _, i := range due {
		if o, there := locked[i.Organisation]; there && !o.Archived() && !of[i.Organisation] {
			opened, of[i.Organisation] = append(opened, i), true
		}
	}
	return opened, err
}

// SetAsksAlone keeps whether the structures of the territory on screen are asked by
// themselves when their day comes.
func (d *DB) SetAsksAlone(ctx context.Context, by app.Viewer, alone bool, now time.Time) error {
	if !by.MayHere(app.AskPartners) {
		return errMayNotAsk
	}
	act := "a arrêté les demandes automatiques de vérification"
	if alone {
		act = "a mis en route les demandes automatiques de vérification"
	}
	return d.update(ctx, func(c conn) error {
		err := c.change(ctx, `UPDATE territories SET asks_alone = $2 WHERE id = $1 AND asks_alone <> $2`, by.Territory, alone)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfTerritory, string(by.Territory), act, nil)
	})
}

var errMayNotAsk = app.Errorf(app.Forbidden, "Seule la coordination du territoire écrit aux structures.")
