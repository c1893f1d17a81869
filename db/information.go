package db

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"

	"maillage/app"
)

// informationText is the name of the setting that holds the notice the administration wrote.
const informationText = "information"

// InformationNotice returns what people added by somebody else are written, and whether the
// administration wrote it.
func (d *DB) InformationNotice(ctx context.Context) (text string, own bool, err error) {
	return informationNotice(ctx, d.reader())
}

func informationNotice(ctx context.Context, c conn) (text string, own bool, err error) {
	text, err = one[string](c.row(ctx, `SELECT value FROM settings WHERE name = $1`, informationText))
	if errors.Is(err, sql.ErrNoRows) {
		return app.InformationNotice, false, nil
	}
	return text, true, err
}

// WriteInformationNotice keeps what people are written; "" goes back to the text the
// application came with.
func (d *DB) WriteInformationNotice(ctx context.Context, by app.Viewer, text string, now time.Time) error {
	if !by.MayAdminister() {
		return app.Errorf(app.Forbidden, "Ce texte est écrit par l’administration de l’instance.")
	}
	if strings.TrimSpace(text) == "" {
		text = app.InformationNotice
	}
	text, err := app.CheckedNotice(text)
	if err != nil {
		return err
	}
	return d.update(ctx, func(c conn) error {
		before, _, err := informationNotice(ctx, c)
		if err != nil || before == text {
			return err
		}
		if text == app.TidyText(app.InformationNotice) {
			err = c.exec(ctx, `DELETE FROM settings WHERE name = $1`, informationText)
		} else {
			err = c.exec(ctx, `
				INSERT INTO settings (name, value) VALUES ($1, $2)
				ON CONFLICT (name) DO UPDATE SET value = excluded.value`, informationText, text)
		}
		if err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfTerritory, string(by.Territory), "a modifié le texte d’information des personnes", nil)
	})
}

// toInform is, for a query where p is a person, that they were added by somebody else and
// not told yet. Invented people are never told, nor who signed in and so knows.
const toInform = `p.informed_at IS NULL AND NOT p.invented AND p.erased_at IS NULL AND p.objected_at IS NULL
			AND NOT EXISTS (SELECT 1 FROM accounts k WHERE k.person_id = p.id AND (k.administrator OR k.last_signed_in_at IS NOT NULL))`

// A Told is somebody to be told that they are known here.
type Told struct {
	app.Person
	Territory string // name of the first one they are known in, "" for none
	Text      string // of the notice, its words not replaced yet
	Kept      app.Retention
}

// InformNext tells, once, one person added by somebody else at least app.InformAfter ago
// and who has an e-mail address: it writes the personal link whose digest is given and the
// e-mail that letter words. An address is told once an hour, however many records bear it,
// and the others wait. It reports false when there is nobody left to tell now. Two workers
// never tell the same person.
func (d *DB) InformNext(ctx context.Context, digest string, letter func(Told) app.Mail, now time.Time) (told bool, err error) {
	err = d.update(ctx, func(c conn) error {
		var t Told
		if t.Person, told, err = claimToInform(ctx, c, now); err != nil || !told {
			return err
		}
		id := t.ID
		by := app.Viewer{Person: id}
		if err := homeOf(ctx, c, id, now, &by.Territory, &t.Territory); err != nil {
			return err
		}
		if t.Text, _, err = informationNotice(ctx, c); err != nil {
			return err
		}
		if t.Kept, err = retention(ctx, c); err != nil {
			return err
		}
		if err := insertPersonLink(ctx, c, digest, id, "", now, PersonLinkLife); err != nil {
			return err
		}
		m := letter(t)
		m.Recipient, m.Name, m.Person = t.Email, t.Name(), id
		if err := queueMail(ctx, c, m, now); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfPerson, string(id), "a écrit à la personne pour l’informer qu’elle est dans l’annuaire", nil)
	})
	return told, err
}

// claimToInform takes who is told next, and reports false when there is nobody. Those whose
// address was sent enough are left for later, and do not hold back the others: they are
// passed over without a lock, so that no edit of their record waits for this one, nor it for
// that edit (PostgreSQL would end either).
func claimToInform(ctx context.Context, c conn, now time.Time) (p app.Person, found bool, err error) {
	waiting, err := waitingToBeInformed(ctx, c, now)
	if err != nil {
		return p, false, err
	}
	for _, id := range waiting {
		err := c.change(ctx, `UPDATE people SET informed_at = $2 WHERE id = $1 AND informed_at IS NULL`, id, stored(now))
		if errors.Is(err, sql.ErrNoRows) { // another worker was first
			continue
		}
		if err != nil {
			return p, false, err
		}
		if p, err = scanPerson(c.row(ctx, `SELECT `+personColumns+` FROM people p WHERE p.id = $1`, id)); err != nil {
			return p, false, err
		}
		if found, err = mayAsk(ctx, c, app.MailToInform, p.Email, now); err != nil || found {
			return p, found, err
		}
		return p, false, c.exec(ctx, `UPDATE people SET informed_at = NULL WHERE id = $1`, id) // their address was sent the last of enough meanwhile
	}
	return p, false, nil
}

// waitingToBeInformed returns whose notice may leave, those who wait longest first and one of
// each address.
func waitingToBeInformed(ctx context.Context, c conn, now time.Time) (ids []app.PersonID, err error) {
	type waiting struct {
		id     app.PersonID
		digest string
	}
	all, err := list(ctx, c, func(s scanner) (w waiting, err error) {
		var email string
		err = s.Scan(&w.id, &email)
		w.digest = addressDigest(email)
		return w, err
	}, `
		SELECT id, email
		FROM (
			SELECT p.id, p.email, p.created_at, ROW_NUMBER() OVER (PARTITION BY LOWER(p.email) ORDER BY p.created_at, p.id) AS turn
			FROM people p
			WHERE `+toInform+` AND p.email <> '' AND p.created_at <= $1
				AND NOT EXISTS (SELECT 1 FROM people q WHERE LOWER(q.email) = LOWER(p.email) AND q.informed_at > $2)) AS x
		WHERE turn = 1
		ORDER BY created_at, id
		LIMIT 1000`, stored(now.Add(-app.InformAfter)), stored(now.Add(-app.MailToInform.Again())))
	if err != nil {
		return nil, err
	}
	digests := make([]string, len(all))
	for i, w := range all {
		digests[i] = w.digest
	}
	sent, err := sentTo(ctx, c, digests)
	for _, w := range all {
		if app.MailToInform.MayLeave(sent[w.digest], now) {
			ids = append(ids, w.id)
		}
	}
	return ids, err
}

// ToldOtherwise returns the people of the territory on screen who were added by somebody
// else, have no e-mail address and were not told yet, those added first before the others,
// at most 500: they are to be told by voice or by letter.
func (d *DB) ToldOtherwise(ctx context.Context, by app.Viewer, now time.Time) ([]app.Person, error) {
	if !by.MayCoordinate(by.Territory) {
		return nil, app.Errorf(app.Forbidden, "Cette liste est celle de la coordination.")
	}
	var w where
	w.and(toInform)
	w.and(`p.email = ''`)
	w.knownHere(by.Territory, now)
	return list(ctx, d.reader(), scanPerson, `
		SELECT `+personColumns+` FROM people p `+w.String()+`
		ORDER BY p.created_at, p.id
		LIMIT 500`, w.args...)
}

// NoteInformed writes down that somebody was told otherwise than by e-mail.
func (d *DB) NoteInformed(ctx context.Context, by app.Viewer, id app.PersonID, now time.Time) error {
	if !by.MayCoordinate(by.Territory) {
		return app.Errorf(app.Forbidden, "Cette liste est celle de la coordination.")
	}
	return d.update(ctx, func(c conn) error {
		territories, err := territoriesOf(ctx, c, id, now)
		if err != nil {
			return err
		}
		if !by.MayAdminister() && !slices.ContainsFunc(territories, by.MayCoordinate) {
			return gone(thisPerson)
		}
		if err := c.change(ctx, `UPDATE people SET informed_at = $2 WHERE id = $1 AND informed_at IS NULL`, id, stored(now)); err != nil {
			return found(err, thisPerson)
		}
		return note(ctx, c, by, now, app.OfPerson, string(id), "a noté que la personne est informée", nil)
	})
}

// DueOtherwise returns the people of the territory on screen whose record goes within 30
// days, or once the coordination has been told long enough, and who have no e-mail address:
// they are to be told by voice or by letter. Those who go first come first, at most 500.
func (d *DB) DueOtherwise(ctx context.Context, by app.Viewer, now time.Time) ([]app.DueItem, error) {
	if !by.MayCoordinate(by.Territory) {
		return nil, app.Errorf(app.Forbidden, "Cette liste est celle de la coordination.")
	}
	c := d.reader()
	kept, err := retention(ctx, c)
	if err != nil {
		return nil, err
	}
	due, err := dueOf(ctx, c, kept, app.KeepRecords, now, now.Add(app.NoticeBefore), "")
	if err != nil {
		return nil, err
	}
	var w where
	w.and(`p.email = '' AND p.erased_at IS NULL`)
	w.knownHere(by.Territory, now)
	here, err := list(ctx, c, one[string], `SELECT p.id FROM people p `+w.String(), w.args...)
	if err != nil {
		return nil, err
	}
	due = slices.DeleteFunc(due, func(i app.DueItem) bool { return i.ByLetter() || !slices.Contains(here, i.ID) })
	return due[:min(len(due), 500)], nil
}
