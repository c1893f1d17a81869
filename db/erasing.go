package db

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"maillage/app"
)

// erase does it, whoever asked: a is locked.
func erase(ctx context.Context, c conn, by app.Viewer, a erased, letter Letter, now time.Time) error {
	withdrawn, err := withdrawAll(ctx, c, by, a.person.ID, letter, now)
	if err != nil {
		return err
	}
	names, err := namesHeld(ctx, c, a)
	if err != nil {
		return err
	}
	for _, forget := range []func() error{
		func() error { return blankAudit(ctx, c, a) },
		func() error { return forgetWords(ctx, c, a, names) },
		func() error { return forgetMails(ctx, c, a, by.Person == a.person.ID) },
		func() error { return forgetInquired(ctx, c, a.person.ID, a.account.Email, a.person.Email) },
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

// namesHeld returns the full names that a person has and had.
func namesHeld(ctx context.Context, c conn, a erased) ([]string, error) {
	history, err := list(ctx, c, scanEntry, `
		SELECT `+entryColumns+`
		FROM `+entryTables+`
		WHERE e.thing = 'personne' AND e.thing_id = $1`, a.person.ID)
	return app.FullNames(a.person, history), err
}

// blankAudit takes a person out of what is theirs in the journal and of what names them, and
// of nothing else: an act stays, with who did it and when. Whom an entry names was written
// with it, so that somebody called as another is, or as the journal speaks, changes no entry
// but their own.
func blankAudit(ctx context.Context, c conn, a erased) error {
	type named struct {
		app.Entry
		name  string
		own   bool
		twice bool // the entry gives that name to another too
	}
	entries, err := list(ctx, c, func(s scanner) (n named, err error) {
		n.Entry, err = scanEntry(wider{s, []any{&n.name, &n.own, &n.twice}})
		return n, err
	}, `
		SELECT `+entryColumns+`, COALESCE(n.name, ''), e.thing = 'personne' AND e.thing_id = $1 OR e.thing = 'compte' AND e.thing_id = $2,
			EXISTS (SELECT 1 FROM audit_names x WHERE x.entry_id = e.id AND x.name = n.name AND x.person_id <> $1)
		FROM `+entryTables+`
		LEFT JOIN audit_names n ON n.entry_id = e.id AND n.person_id = $1
		WHERE e.id IN (
			SELECT id FROM audit WHERE thing = 'personne' AND thing_id = $1
			UNION SELECT id FROM audit WHERE thing = 'compte' AND thing_id = $2
			UNION SELECT entry_id FROM audit_names WHERE person_id = $1)
		ORDER BY e.id`, a.person.ID, a.account.ID)
	if err != nil {
		return err
	}
	err = unsealed(ctx, c, func() error {
		for len(entries) > 0 {
			e, names, homonyms := entries[0], []string{}, []string{}
			for len(entries) > 0 && entries[0].ID == e.ID {
				if entries[0].name != "" {
					names = append(names, entries[0].name)
				}
				if entries[0].twice {
					homonyms = append(homonyms, entries[0].name)
				}
				entries = entries[1:]
			}
			if err := rewrite(ctx, c, e.Entry, e.Unnamed(names, e.own, homonyms...)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.exec(ctx, `DELETE FROM audit_names WHERE person_id = $1`, a.person.ID)
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

// ofAccounts are the tables whose rows go with an account, by its account_id.
var ofAccounts = []string{
	"sessions", "half_sessions", "links", "identities", "departures", "code_factors", "recovery_codes", "passkeys", "challenges", "help_codes", "account_territories", "account_organisations", "inquiry_letters",
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
var ofPeople = []string{"positions", "workshop_animators", "person_links", "objections", "retention_notices", "merge_moves", "inquiry_refusals"}

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
