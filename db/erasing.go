package db

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"maillage/app"
)

// erase does it, whoever asked: a is locked.
func erase(ctx context.Context, c conn, by app.Viewer, a erased, letter Letter, now time.Time) error {
	places, err := placesOf(ctx, c, a)
	if err != nil {
		return err
	}
	withdrawn, err := withdrawAll(ctx, c, by, a.person.ID, letter, now)
	if err != nil {
		return err
	}
	traces, err := tracesOf(ctx, c, a)
	if err != nil {
		return err
	}
	since := a.person.CreatedAt // what was written to the address before is another's
	if by.Person == a.person.ID {
		since = time.Time{} // they showed that it is theirs
	}
	for _, forget := range []func() error{
		func() error { return blankAudit(ctx, c, a.person.ID, places, traces) },
		func() error { return forgetMails(ctx, c, a, traces, since) },
		func() error { return forgetAccount(ctx, c, a.account.ID, now) },
		func() error { return forgetPerson(ctx, c, a.person.ID, now) },
	} {
		if err := forget(); err != nil {
			return err
		}
	}
	kept, err := one[int](c.row(ctx, `SELECT COUNT(*) FROM registrations WHERE person_id = $1 AND state <> 'desinscrit'`, a.person.ID))
	if err != nil {
		return err
	}
	var changes app.Changes
	changes.Note("Inscriptions à venir retirées", "", count(withdrawn))
	changes.Note("Présences gardées sans nom", "", count(kept))
	return note(ctx, c, by, now, app.OfPerson, string(a.person.ID), "a effacé une fiche : le nom, les coordonnées et le compte", changes)
}

// count writes a number, "" for none.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return app.Number(n)
}

// placesOf returns the ids of the things in whose history a person may be named.
func placesOf(ctx context.Context, c conn, a erased) ([]string, error) {
	places, err := list(ctx, c, one[string], `
		SELECT organisation_id FROM positions WHERE person_id = $1
		UNION SELECT organisation_id FROM registrations WHERE person_id = $1 AND organisation_id IS NOT NULL
		UNION SELECT organisation_id FROM account_organisations WHERE account_id = $2
		UNION SELECT workshop_id FROM registrations WHERE person_id = $1
		UNION SELECT workshop_id FROM workshop_animators WHERE person_id = $1
		ORDER BY 1`, a.person.ID, a.account.ID)
	return append(places, string(a.person.ID), string(a.account.ID)), err
}

// withdrawAll takes a person off all that has not begun, and gives their seats.
func withdrawAll(ctx context.Context, c conn, by app.Viewer, id app.PersonID, letter Letter, now time.Time) (n int, err error) {
	workshops, err := list(ctx, c, one[app.WorkshopID], `
		SELECT w.id
		FROM registrations r
		JOIN workshops w ON w.id = r.workshop_id
		WHERE r.person_id = $1 AND r.state IN ('inscrit', 'attente') AND w.starts_at > $2
		ORDER BY w.id`, id, stored(now))
	if err != nil {
		return 0, err
	}
	for _, workshop := range workshops {
		w, err := lockWorkshop(ctx, c, workshop, now)
		if err != nil {
			return n, err
		}
		var state app.Attendance
		if err := c.row(ctx, `SELECT state FROM registrations WHERE workshop_id = $1 AND person_id = $2`, workshop, id).Scan(&state); err != nil {
			return n, err
		}
		if err := c.change(ctx, `
			UPDATE registrations SET state = 'desinscrit', updated_at = $3
			WHERE workshop_id = $1 AND person_id = $2`, workshop, id, stored(now)); err != nil {
			return n, err
		}
		w.Release(state)
		if err := note(ctx, c, by, now, app.OfWorkshop, string(workshop), "a désinscrit une personne dont la fiche est effacée", nil); err != nil {
			return n, err
		}
		if err := promote(ctx, c, &w, letter, now); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func tracesOf(ctx context.Context, c conn, a erased) (app.Traces, error) {
	history, err := list(ctx, c, scanEntry, `
		SELECT `+entryColumns+`
		FROM `+entryTables+`
		WHERE e.thing = 'personne' AND e.thing_id = $1 OR e.thing = 'compte' AND e.thing_id = $2`, a.person.ID, a.account.ID)
	if err != nil {
		return app.Traces{}, err
	}
	asked, err := list(ctx, c, one[string], `SELECT DISTINCT email FROM person_links WHERE person_id = $1 AND email <> ''`, a.person.ID)
	return app.TracesOf(a.person, append(asked, a.account.Email), history), err
}

// blankAudit takes a person out of the history of those things: an act stays, with who did
// it and when.
func blankAudit(ctx context.Context, c conn, person app.PersonID, things []string, traces app.Traces) error {
	for chunk := range slices.Chunk(things, 500) {
		var w where
		entries, err := list(ctx, c, scanEntry, `
			SELECT `+entryColumns+`
			FROM `+entryTables+`
			WHERE e.thing IN ('personne', 'compte', 'structure', 'atelier') AND e.thing_id IN `+in(&w, chunk), w.args...)
		if err != nil {
			return err
		}
		err = unsealed(ctx, c, func() error {
			for _, e := range entries {
				if err := rewrite(ctx, c, e, traces.Blanked(e, person)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// unsealed runs what the law asks of the audit trail, which is otherwise only added to: to
// blank what names a person who is erased, and to drop what has been kept long enough.
func unsealed(ctx context.Context, c conn, act func() error) error {
	if err := c.exec(ctx, `
		INSERT INTO settings (name, value) VALUES ('effacement', '')
		ON CONFLICT (name) DO UPDATE SET value = settings.value`); err != nil {
		return err
	}
	if err := act(); err != nil {
		return err
	}
	return c.exec(ctx, `DELETE FROM settings WHERE name = 'effacement'`)
}

// rewrite is the only thing that ever changes a line of the audit trail: it takes the
// words out by which somebody is told, who asked for it or whose time has come (RGPD, art.
// 17). Who did it, when and to what stay.
func rewrite(ctx context.Context, c conn, before, after app.Entry) error {
	if before.Act == after.Act && slices.Equal(before.Changes, after.Changes) {
		return nil
	}
	changes, err := json.Marshal(after.Changes)
	if err != nil {
		return err
	}
	return c.change(ctx, `UPDATE audit SET act = $2, changes = $3 WHERE id = $1`, before.ID, after.Act, string(changes))
}

// forgetMails removes what was written to a person since a time, and their name in what was
// sent to others, where it is a first and a last name: a single word may be any.
func forgetMails(ctx context.Context, c conn, a erased, traces app.Traces, since time.Time) error {
	var w where
	w.and(`recipient IN ` + in(&w, traces.Contacts()) + ` AND name IN ` + in(&w, append(traces.Names(), ""))) // an address may be shared
	w.and(`created_at >= ?`, stored(since))
	w.and(`NOT EXISTS (SELECT 1 FROM accounts k WHERE k.email = mails.recipient AND k.person_id <> ?)`, a.person.ID)
	if err := c.exec(ctx, `DELETE FROM mails `+w.String(), w.args...); err != nil {
		return err
	}
	var q where
	q.and(`email IN ` + in(&q, traces.Contacts()))
	q.and(`asked_at >= ?`, stored(since))
	q.and(`NOT EXISTS (SELECT 1 FROM accounts k WHERE k.email = join_requests.email AND k.person_id <> ?)`, a.person.ID)
	if err := c.exec(ctx, `DELETE FROM join_requests `+q.String(), q.args...); err != nil {
		return err
	}
	for _, name := range traces.Names() {
		if !strings.Contains(name, " ") {
			continue
		}
		if err := forgetName(ctx, c, traces, name); err != nil {
			return err
		}
	}
	return nil
}

// forgetName takes a name out of what was sent to others.
func forgetName(ctx context.Context, c conn, traces app.Traces, name string) error {
	named, err := list(ctx, c, func(s scanner) (m app.Mail, err error) {
		return m, s.Scan(&m.ID, &m.Subject, &m.Body)
	}, `SELECT id, subject, body FROM mails WHERE subject LIKE $1 OR body LIKE $1`, "%"+name+"%")
	if err != nil {
		return err
	}
	for _, m := range named {
		if err := c.exec(ctx, `UPDATE mails SET subject = $2, body = $3 WHERE id = $1`, m.ID, traces.Unnamed(m.Subject), traces.Unnamed(m.Body)); err != nil {
			return err
		}
	}
	return nil
}

// ofAccounts are the tables whose rows go with an account, by its account_id.
var ofAccounts = []string{
	"sessions", "half_sessions", "links", "identities", "departures", "code_factors", "recovery_codes", "passkeys", "challenges", "help_codes", "account_territories", "account_organisations",
}

// forgetAccount empties an account: what is left of it is what the audit trail refers to.
func forgetAccount(ctx context.Context, c conn, id app.AccountID, now time.Time) error {
	if id == "" {
		return nil
	}
	for _, table := range ofAccounts {
		if err := c.exec(ctx, `DELETE FROM `+table+` WHERE account_id = $1`, id); err != nil {
			return err
		}
	}
	if err := c.exec(ctx, `UPDATE sessions SET helped_until = $2 WHERE helped_id = $1 AND helped_until > $2`, id, stored(now)); err != nil {
		return err
	}
	return c.change(ctx, `
		UPDATE accounts
		SET email = $2, password_hash = '', administrator = FALSE, last_signed_in_at = NULL, disabled_at = $3
		WHERE id = $1`, id, "effacé "+string(id), stored(now)) // no address has a blank
}

// ofPeople are the tables whose rows go with a person, by its person_id.
var ofPeople = []string{"positions", "workshop_animators", "person_links", "objections", "retention_notices"}

// forgetPerson empties a record: what is left of it is what presences refer to.
func forgetPerson(ctx context.Context, c conn, id app.PersonID, now time.Time) error {
	for _, table := range ofPeople {
		if err := c.exec(ctx, `DELETE FROM `+table+` WHERE person_id = $1`, id); err != nil {
			return err
		}
	}
	if err := c.exec(ctx, `UPDATE registrations SET function = '' WHERE person_id = $1`, id); err != nil {
		return err
	}
	if err := c.exec(ctx, `DELETE FROM search_words WHERE thing = $1 AND thing_id = $2`, app.OfPerson, id); err != nil {
		return err
	}
	return c.change(ctx, `
		UPDATE people
		SET first_name = '', last_name = $2, sort_key = '~', email = '', phone = '', visible = FALSE,
			updated_at = $3, erased_at = $3, version = version + 1
		WHERE id = $1`, id, app.ErasedName, stored(now))
}
