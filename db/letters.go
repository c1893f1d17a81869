package db

import (
	"context"
	"time"

	"maillage/app"
)

// A Letter words the e-mail that tells a notice; its recipient is filled in here.
type Letter func(app.Notice) app.Mail

// referentsOf counts, in a query where o is an organisation, those who may sign in and
// answer for it.
const referentsOf = `(SELECT COUNT(*)
			FROM account_organisations ao
			JOIN accounts a ON a.id = ao.account_id AND a.disabled_at IS NULL
			WHERE ao.organisation_id = o.id AND ao.role = 'referent')`

// heard is, in a query where p is a référent·e of the organisation of ao, that they did not
// object to what is written to them.
const heard = `p.objected_at IS NULL`

// reached is that they did not, or that nobody else would hear of it for the organisation:
// its invitations must find somebody.
const reached = `(` + heard + ` OR NOT EXISTS (
			SELECT 1
			FROM account_organisations io
			JOIN accounts i ON i.id = io.account_id AND i.disabled_at IS NULL
			JOIN people q ON q.id = i.person_id
			WHERE io.organisation_id = ao.organisation_id AND io.role = 'referent' AND q.objected_at IS NULL))`

// writeTo queues a letter to the référent·e·s of organisations about n, of which the
// workshop and the person are filled in: what they must know to answer. Who objected gets
// it only if nobody else would (app.StillWritten). It returns how many were written.
func writeTo(ctx context.Context, c conn, organisations []app.OrganisationID, n app.Notice, letter Letter, now time.Time) (int, error) {
	return writeToThose(ctx, c, reached, organisations, n, letter, now)
}

// remindThose is writeTo for what they know already: who objected gets none.
func remindThose(ctx context.Context, c conn, organisations []app.OrganisationID, n app.Notice, letter Letter, now time.Time) (int, error) {
	return writeToThose(ctx, c, heard, organisations, n, letter, now)
}

func writeToThose(ctx context.Context, c conn, condition string, organisations []app.OrganisationID, n app.Notice, letter Letter, now time.Time) (int, error) {
	var w where
	referents, err := list(ctx, c, func(s scanner) (addressed, error) {
		a := addressed{notice: n}
		var first, last string
		err := s.Scan(&a.notice.Organisation, &a.notice.Name, &a.email, &first, &last)
		a.notice.To = app.Tidy(first + " " + last)
		return a, err
	}, `
		SELECT o.id, o.name, a.email, p.first_name, p.last_name
		FROM account_organisations ao
		JOIN organisations o ON o.id = ao.organisation_id
		JOIN accounts a ON a.id = ao.account_id AND a.disabled_at IS NULL
		JOIN people p ON p.id = a.person_id
		WHERE ao.role = 'referent' AND `+condition+` AND ao.organisation_id IN `+in(&w, organisations)+`
		ORDER BY o.sort_key, a.email`, w.args...)
	if err != nil {
		return 0, err
	}
	return len(referents), post(ctx, c, referents, letter, now)
}

// post queues a letter to each of readers.
func post(ctx context.Context, c conn, readers []addressed, letter Letter, now time.Time) error {
	for _, r := range readers {
		m := letter(r.notice)
		m.Recipient, m.Name = r.email, r.notice.To
		m.Names = append(m.Names, r.notice.Who)
		if err := queueMail(ctx, c, m, now); err != nil {
			return err
		}
	}
	return nil
}

type addressed struct {
	notice app.Notice
	email  string
}
