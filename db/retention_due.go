package db

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"time"

	"maillage/app"
)

// dueOf returns what of a kind has its time come before until, the oldest first; only
// person's when it is not "".
func dueOf(ctx context.Context, c conn, kept app.Retention, k app.Keeping, now, until time.Time, person app.PersonID) ([]app.DueItem, error) {
	var items []app.DueItem
	var err error
	switch k {
	case app.KeepIdleAccounts:
		items, err = dueAccounts(ctx, c, kept, until, person)
	case app.KeepContacts, app.KeepRecords:
		items, err = duePeople(ctx, c, kept, k, until, person)
	case app.KeepPresences:
		items, err = dueConventions(ctx, c, kept)
	case app.KeepJournal, app.KeepMails:
		return dueRows(ctx, c, kept, k, now, until)
	}
	items = slices.DeleteFunc(items, func(i app.DueItem) bool { return i.Due.After(until) })
	slices.SortStableFunc(items, func(a, b app.DueItem) int { return a.Due.Compare(b.Due) })
	return items, err
}

// latest returns the last of moments.
func latest(moments ...time.Time) (last time.Time) {
	for _, t := range moments {
		if t.After(last) {
			last = t
		}
	}
	return last
}

func dueAccounts(ctx context.Context, c conn, kept app.Retention, until time.Time, person app.PersonID) ([]app.DueItem, error) {
	return list(ctx, c, func(s scanner) (i app.DueItem, err error) {
		i.Keeping, i.Count = app.KeepIdleAccounts, 1
		var first, last string
		var created, signed, told time.Time
		err = s.Scan(&i.ID, &first, &last, &i.Email, &created, moment(&signed), moment(&told))
		i.Name, i.Since = app.Tidy(first+" "+last), latest(created, signed)
		i.Due, i.Told = kept.Due(i.Keeping, i.Since), since(told, i.Since)
		return i, err
	}, `
		SELECT p.id, p.first_name, p.last_name, a.email, a.created_at, a.last_signed_in_at, n.told_at
		FROM accounts a
		JOIN people p ON p.id = a.person_id
		LEFT JOIN retention_notices n ON n.keeping = 'comptes' AND n.person_id = p.id
		WHERE p.erased_at IS NULL AND a.created_at <= $1 AND (a.last_signed_in_at IS NULL OR a.last_signed_in_at <= $1)
			AND ($2 = '' OR p.id = $2)`, stored(kept.Before(app.KeepIdleAccounts, until)), person)
}

// since returns told, or the zero time when it was before something that counts for news.
func since(told, news time.Time) time.Time {
	if told.Before(news) {
		return time.Time{}
	}
	return told
}

// duePeople returns the people of whom nothing was heard for long: records of those who
// have no account, contact details of all who have an address and were not asked in the
// meantime. They are written to where they sign in, if they do: others keep the record.
func duePeople(ctx context.Context, c conn, kept app.Retention, k app.Keeping, until time.Time, person app.PersonID) ([]app.DueItem, error) {
	condition := `a.id IS NULL`
	if k == app.KeepContacts {
		condition = `p.email <> ''`
	}
	items, err := list(ctx, c, func(s scanner) (i app.DueItem, err error) {
		i.Keeping, i.Count = k, 1
		var first, last string
		var updated, signed, came, told time.Time
		err = s.Scan(&i.ID, &first, &last, &i.Email, &updated, moment(&signed), moment(&came), moment(&told))
		i.Name, i.Since = app.Tidy(first+" "+last), latest(updated, signed, came)
		i.Due, i.Told = kept.Due(k, i.Since), since(told, i.Since)
		return i, err
	}, `
		SELECT p.id, p.first_name, p.last_name, COALESCE(a.email, p.email), p.updated_at, a.last_signed_in_at, w.starts_at, n.told_at
		FROM people p
		LEFT JOIN accounts a ON a.person_id = p.id
		LEFT JOIN workshops w ON w.id = (
			SELECT x.id
			FROM workshops x
			WHERE x.id IN (
				SELECT r.workshop_id FROM registrations r WHERE r.person_id = p.id AND r.state NOT IN ('desinscrit', 'absent')
				UNION SELECT m.workshop_id FROM workshop_animators m WHERE m.person_id = p.id)
			ORDER BY x.starts_at DESC, x.id
			LIMIT 1)
		LEFT JOIN retention_notices n ON n.keeping = $2 AND n.person_id = p.id
		WHERE p.erased_at IS NULL AND p.updated_at <= $1 AND `+condition+` AND ($3 = '' OR p.id = $3)`,
		stored(kept.Before(k, until)), k, person)
	if k != app.KeepContacts {
		return items, err
	}
	return slices.DeleteFunc(items, func(i app.DueItem) bool {
		return !i.Told.IsZero() && kept.Due(k, i.Told).After(until)
	}), err
}

// dueConventions returns the conventions of which presences still have names, with how many.
func dueConventions(ctx context.Context, c conn, kept app.Retention) ([]app.DueItem, error) {
	return list(ctx, c, func(s scanner) (i app.DueItem, err error) {
		i.Keeping = app.KeepPresences
		var ends, phases app.Date
		err = s.Scan(&i.ID, &i.Name, &ends, &phases, &i.Count, moment(&i.Told))
		i.Since = max(ends, phases).Time().AddDate(0, 0, 1)
		i.Due = kept.Due(i.Keeping, i.Since)
		return i, err
	}, `
		SELECT v.id, v.name, v.ends_on, COALESCE((SELECT MAX(f.ends_on) FROM phases f WHERE f.convention_id = v.id), ''), COUNT(*), g.told_at
		FROM conventions v
		JOIN workshops w ON w.convention_id = v.id
		JOIN registrations r ON r.workshop_id = w.id
		JOIN people p ON p.id = r.person_id AND p.erased_at IS NULL
		LEFT JOIN retention_warnings g ON g.keeping = 'presences' AND g.thing_id = v.id
		GROUP BY v.id, v.name, v.ends_on, g.told_at
		ORDER BY v.id`)
}

// dueRows counts the lines of a log that are kept long enough at now, and those that will
// be at until.
func dueRows(ctx context.Context, c conn, kept app.Retention, k app.Keeping, now, until time.Time) (items []app.DueItem, err error) {
	var told time.Time
	err = c.row(ctx, `SELECT told_at FROM retention_warnings WHERE keeping = $1 AND thing_id = $2`, k, strconv.Itoa(kept.Months(k))).Scan(&told)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	past := 0
	for _, at := range []time.Time{now, until} {
		i := app.DueItem{Keeping: k, Due: at, Told: told}
		if err := c.row(ctx, `SELECT COUNT(*) FROM `+logs[k], stored(kept.Before(k, at))).Scan(&i.Count); err != nil {
			return nil, err
		}
		i.Count -= past
		past += i.Count
		if i.Count > 0 {
			items = append(items, i)
		}
	}
	return items, nil
}
