package db

import (
	"context"
	"time"

	"maillage/app"
)

const objectionColumns = `b.id, b.person_id, p.first_name || ' ' || p.last_name, b.kind, b.reason, b.created_at, b.closed_at, b.granted, b.answer, ` + knownNowhere

func scanObjection(s scanner) (o app.Objection, err error) {
	err = s.Scan(&o.ID, &o.Person, &o.Name, &o.Kind, &o.Reason, &o.At, moment(&o.Closed), &o.Granted, &o.Answer, &o.Nowhere)
	o.Name = app.Tidy(o.Name)
	return o, err
}

func objectionsOf(ctx context.Context, c conn, id app.PersonID) ([]app.Objection, error) {
	return list(ctx, c, scanObjection, `
		SELECT `+objectionColumns+`
		FROM objections b JOIN people p ON p.id = b.person_id
		WHERE b.person_id = $1
		ORDER BY b.created_at DESC, b.id`, id)
}

// Object writes down what a person asks about their data and tells who coordinates where
// they are known, or else the administration, by letter. From then on they are not invited
// by e-mail. The same request twice, while the first waits, is a Conflict.
func (d *DB) Object(ctx context.Context, by app.Viewer, o app.Objection, letter func(app.Objection) app.Mail, now time.Time) error {
	o, invalid := o.Checked()
	o.ID, o.Person, o.At = app.NewID[app.ObjectionID](), by.Person, now
	return d.update(ctx, func(c conn) error {
		if err := c.change(ctx, `UPDATE people SET objected_at = COALESCE(objected_at, $2) WHERE id = $1 AND erased_at IS NULL`, o.Person, stored(now)); err != nil {
			return found(err, thisPerson)
		}
		if invalid != nil {
			return invalid
		}
		waiting, err := one[int](c.row(ctx, `SELECT COUNT(*) FROM objections WHERE person_id = $1 AND kind = $2 AND closed_at IS NULL`, o.Person, o.Kind))
		if err != nil {
			return err
		}
		if waiting > 0 {
			return app.Errorf(app.Conflict, "Cette demande est déjà enregistrée : la coordination vous répond sous un mois.")
		}
		if err := c.exec(ctx, `
			INSERT INTO objections (id, person_id, kind, reason, created_at)
			VALUES ($1, $2, $3, $4, $5)`, o.ID, o.Person, o.Kind, o.Reason, stored(now)); err != nil {
			return err
		}
		if err := tellKeepers(ctx, c, o, letter, now); err != nil {
			return err
		}
		act := "s’oppose à l’utilisation de ses données"
		if o.Kind == app.ToErase {
			act = "demande l’effacement de ses données"
		}
		return noteOwn(ctx, c, by, now, app.OfPerson, string(o.Person), act, nil)
	})
}

// WithdrawObjection makes a person invited by e-mail again, at their own demand; what they asked and
// waits for an answer stays.
func (d *DB) WithdrawObjection(ctx context.Context, by app.Viewer, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		if err := c.change(ctx, `UPDATE people SET objected_at = NULL WHERE id = $1 AND objected_at IS NOT NULL`, by.Person); err != nil {
			return found(err, "Cette opposition")
		}
		return noteOwn(ctx, c, by, now, app.OfPerson, string(by.Person), "accepte de nouveau les invitations par courriel", nil)
	})
}

// tellKeepers writes to who coordinates where the person of o is known; to the
// administrators when nobody does.
func tellKeepers(ctx context.Context, c conn, o app.Objection, letter func(app.Objection) app.Mail, now time.Time) error {
	territories, err := territoriesOf(ctx, c, o.Person, now)
	if err != nil {
		return err
	}
	keepers, err := coordinationOf(ctx, c, territories)
	if err == nil && len(keepers) == 0 {
		keepers, err = administrationOf(ctx, c)
	}
	if err != nil {
		return err
	}
	if o.Name, err = one[string](c.row(ctx, `SELECT first_name || ' ' || last_name FROM people WHERE id = $1`, o.Person)); err != nil {
		return err
	}
	o.Name = app.Tidy(o.Name)
	for _, k := range keepers {
		m := letter(o)
		m.Recipient, m.Name, m.Names = k.email, app.Tidy(k.notice.To), []app.Named{{Person: o.Person, Name: o.Name}}
		if err := queueMail(ctx, c, m, now); err != nil {
			return err
		}
	}
	return nil
}

// coordinationOf returns who coordinates one of territories and may sign in.
func coordinationOf(ctx context.Context, c conn, territories []app.TerritoryID) ([]addressed, error) {
	var w where
	return list(ctx, c, scanAddressed, `
		SELECT DISTINCT a.email, p.first_name || ' ' || p.last_name
		FROM accounts a
		JOIN people p ON p.id = a.person_id
		JOIN account_territories t ON t.account_id = a.id AND t.role = 'coordination'
		WHERE a.disabled_at IS NULL AND t.territory_id IN `+in(&w, territories)+`
		ORDER BY 1`, w.args...)
}

// administrationOf returns who administers the instance and may sign in.
func administrationOf(ctx context.Context, c conn) ([]addressed, error) {
	return list(ctx, c, scanAddressed, `
		SELECT a.email, p.first_name || ' ' || p.last_name
		FROM accounts a JOIN people p ON p.id = a.person_id
		WHERE a.administrator AND a.disabled_at IS NULL
		ORDER BY 1`)
}

func scanAddressed(s scanner) (a addressed, err error) {
	err = s.Scan(&a.email, &a.notice.To)
	return a, err
}

// answeredBy keeps the requests that by answers: those of the territory on screen and, for
// the administration, of who is known in none.
func (w *where) answeredBy(by app.Viewer, now time.Time) {
	if by.MayAdminister() {
		w.and(`(` + w.known(by.Territory, now) + ` OR ` + knownNowhere + `)`)
		return
	}
	w.knownHere(by.Territory, now)
}

// Objections returns what people of the territory on screen ask about their data, and for
// the administration those known in none, what waits first, at most 200.
func (d *DB) Objections(ctx context.Context, by app.Viewer, now time.Time) ([]app.Objection, error) {
	if !by.MayCoordinate(by.Territory) {
		return nil, app.Errorf(app.Forbidden, "Ces demandes sont traitées par la coordination.")
	}
	var w where
	w.answeredBy(by, now)
	return list(ctx, d.reader(), scanObjection, `
		SELECT `+objectionColumns+`
		FROM objections b JOIN people p ON p.id = b.person_id
		`+w.String()+`
		ORDER BY CASE WHEN b.closed_at IS NULL THEN 0 ELSE 1 END, b.created_at, b.id
		LIMIT 200`, w.args...)
}

// OpenObjections counts those of Objections that wait for an answer.
func (d *DB) OpenObjections(ctx context.Context, by app.Viewer, now time.Time) (int, error) {
	var w where
	w.and(`b.closed_at IS NULL`)
	w.answeredBy(by, now)
	return one[int](d.reader().row(ctx, `SELECT COUNT(*) FROM objections b JOIN people p ON p.id = b.person_id `+w.String(), w.args...))
}

// AnswerObjection closes a request with what is answered, which letter sends to the person.
// Granting an opposition leaves them out of invitations by e-mail; refusing the last one
// that waits puts them back. Granting an erasure, of which one must be sure, erases: then nothing of the request
// stays but its line in the journal.
func (d *DB) AnswerObjection(ctx context.Context, by app.Viewer, id app.ObjectionID, granted, sure bool, answer string, letter func(app.Objection) app.Mail, seats Letter, now time.Time) error {
	o, email, err := d.openObjection(ctx, by, id, now)
	if err != nil {
		return err
	}
	wrong := app.Fields{}
	o.Answer, o.Granted, o.Closed = app.TidyText(answer), granted, now
	wrong.Limit("reponse", o.Answer, app.MaxReason)
	if !granted && o.Answer == "" {
		wrong.Add("reponse", "Dites pourquoi : la personne doit pouvoir comprendre un refus, et le contester.")
	}
	if granted && o.Kind == app.ToErase && !sure {
		wrong.Add("sur", "Cochez cette case pour effacer la fiche.")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return d.update(ctx, func(c conn) error {
		if granted && o.Kind == app.ToErase {
			if err := erasePerson(ctx, c, by, o.Person, seats, now); err != nil {
				return err
			}
		}
		if !granted || o.Kind == app.ToObject {
			if err := c.change(ctx, `
				UPDATE objections SET closed_at = $2, granted = $3, answer = $4
				WHERE id = $1 AND closed_at IS NULL`, o.ID, stored(now), granted, o.Answer); err != nil {
				return found(err, "Cette demande")
			}
			if err := c.exec(ctx, `
				UPDATE people SET objected_at = NULL
				WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM objections b WHERE b.person_id = $1 AND (b.closed_at IS NULL OR b.granted))`, o.Person); err != nil {
				return err
			}
		}
		if email != "" {
			m := letter(o)
			m.Recipient, m.Name, m.Person = email, o.Name, o.Person
			if o.Granted && o.Kind == app.ToErase {
				m.Name = "" // they are gone, and so is this once it left
			}
			if err := queueMail(ctx, c, m, now); err != nil {
				return err
			}
		}
		act := "a refusé une demande : " + o.Kind.Short()
		if granted {
			act = "a accepté une demande : " + o.Kind.Short()
		}
		return note(ctx, c, by, now, app.OfPerson, string(o.Person), act, nil)
	})
}

// openObjection returns a request that waits and that by answers, with the address of its person.
func (d *DB) openObjection(ctx context.Context, by app.Viewer, id app.ObjectionID, now time.Time) (o app.Objection, email string, err error) {
	if !by.MayCoordinate(by.Territory) {
		return o, "", app.Errorf(app.Forbidden, "Ces demandes sont traitées par la coordination.")
	}
	var w where
	w.and(`b.id = ?`, id)
	w.and(`b.closed_at IS NULL`)
	w.answeredBy(by, now)
	o, err = scanObjection(wider{d.reader().row(ctx, `
		SELECT `+objectionColumns+`, COALESCE((SELECT k.email FROM accounts k WHERE k.person_id = p.id AND k.disabled_at IS NULL), p.email)
		FROM objections b JOIN people p ON p.id = b.person_id `+w.String(), w.args...), []any{&email}})
	return o, email, found(err, "Cette demande")
}
