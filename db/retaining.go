package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"maillage/app"
)

// RetentionLetters are what the job writes; recipients are filled in here.
type RetentionLetters struct {
	// Person words what tells a person what goes of what is kept of them and when, or asks
	// whether it is right; link is the address of their data.
	Person func(i app.DueItem, link string) app.Mail
	// Keepers words what tells who keeps the data what goes next.
	Keepers func([]app.DueItem) app.Mail
	// Link makes an address for a personal link, and the digest that stands for it.
	Link func() (address, digest string)
	Seat Letter
}

// retentionLease is how long a run has before another machine may take over.
const retentionLease = time.Hour

// Retain applies the rules of retention once a day, whatever the number of machines and
// starts: it tells people 30 days before what is kept of them goes, or who keeps the data
// when it is of nobody in particular or they cannot be written to; asks for contact details
// that have aged; then removes or anonymises, item by item, each in its own transaction and
// only if its time has still come and somebody was told 30 days before. A run that was cut
// off is taken up an hour later. In a demonstration nothing that shows people goes. done is
// false, nothing having been done, when the last run was less than a day ago.
func (d *DB) Retain(ctx context.Context, letters RetentionLetters, now time.Time) (run RetentionRun, done bool, err error) {
	if done, err = d.claimRetention(ctx, now, retentionLease); err != nil || !done {
		return run, false, err
	}
	r := retaining{letters: letters, now: now, run: RetentionRun{At: stored(now), Gone: map[app.Keeping]int{}}}
	invented, err := d.Invented(ctx)
	if err != nil {
		return run, false, err
	}
	if !invented {
		if err := d.retainAll(ctx, &r); err != nil {
			return run, false, err
		}
	}
	return r.run, true, d.update(ctx, func(c conn) error {
		report, err := json.Marshal(r.run)
		if err != nil {
			return err
		}
		if err := setSetting(ctx, c, "conservation:bilan", string(report)); err != nil {
			return err
		}
		if err := setSetting(ctx, c, "conservation:suite", stored(now.Add(tidyAfter)).Format(time.RFC3339)); err != nil {
			return err
		}
		return noteRun(ctx, c, r.run, now)
	})
}

// retaining is one run.
type retaining struct {
	letters RetentionLetters
	kept    app.Retention
	now     time.Time
	run     RetentionRun
	pending []app.DueItem // that who keeps the data is told of
}

// claimRetention takes the run of the day, for as long as lease.
func (d *DB) claimRetention(ctx context.Context, now time.Time, lease time.Duration) (claimed bool, err error) {
	err = d.update(ctx, func(c conn) error {
		err := c.change(ctx, `
			INSERT INTO settings (name, value) VALUES ('conservation:suite', $1)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE settings.value <= $2`,
			stored(now.Add(lease)).Format(time.RFC3339), stored(now).Format(time.RFC3339))
		claimed = err == nil
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return claimed, err
}

// noteRun writes down what was done, without a name.
func noteRun(ctx context.Context, c conn, run RetentionRun, now time.Time) error {
	var changes app.Changes
	changes.Note("Personnes prévenues", "", count(run.Told))
	for _, rule := range app.Rules {
		changes.Note(rule.Label, "", count(run.Gone[rule.Keeping]))
	}
	if len(changes) == 0 {
		return nil
	}
	return insertEntry(ctx, c, "", app.Entry{
		ID: app.NewOrderedID[app.AuditID](now), At: now, Thing: app.OfRetention, ThingID: theRules,
		Act: "a appliqué les durées de conservation", Changes: changes,
	})
}

func (d *DB) retainAll(ctx context.Context, r *retaining) (err error) {
	if r.kept, err = d.Retention(ctx); err != nil {
		return err
	}
	for _, rule := range app.Rules {
		items, err := dueOf(ctx, d.reader(), r.kept, rule.Keeping, r.now, r.now.Add(app.NoticeBefore), "")
		if err != nil {
			return err
		}
		if err := d.update(ctx, func(c conn) error { return withdrawWarnings(ctx, c, r.kept, rule.Keeping, items) }); err != nil {
			return err
		}
		if ofRows(rule.Keeping) {
			if err := d.update(ctx, func(c conn) error { return r.dropOld(ctx, c, rule.Keeping) }); err != nil {
				return err
			}
		}
		for _, i := range items {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			err := d.update(ctx, func(c conn) error { return r.treat(ctx, c, i) })
			if kind := app.KindOf(err); err != nil && kind != app.Conflict && kind != app.NotFound { // the last administrator stays; who is erased meanwhile is
				return err
			}
		}
	}
	return d.update(ctx, func(c conn) error { return r.warn(ctx, c) })
}

// treat does what the rule of i asks.
func (r *retaining) treat(ctx context.Context, c conn, i app.DueItem) error {
	if i.Telling(r.now) && (!i.ByLetter() || i.Sudden(r.now)) {
		seen := i
		seen.Due = i.GoesOn(r.now)
		r.pending = append(r.pending, seen)
	}
	if ofRows(i.Keeping) || !i.Going(r.now) && !(i.ByLetter() && i.Telling(r.now)) {
		return nil
	}
	person := app.PersonID(i.ID)
	if i.Keeping == app.KeepPresences {
		person = ""
		if err := c.change(ctx, `UPDATE conventions SET version = version WHERE id = $1`, i.ID); err != nil { // nobody moves its end now
			return found(err, "Cette convention")
		}
	} else if err := lockErasure(ctx, c, person); err != nil {
		return err
	}
	items, err := dueOf(ctx, c, r.kept, i.Keeping, r.now, r.now.Add(app.NoticeBefore), person)
	again := slices.IndexFunc(items, func(o app.DueItem) bool { return o.ID == i.ID })
	if err != nil || again < 0 {
		return err
	}
	return r.act(ctx, c, items[again])
}

// act tells the person of i, who is locked, or lets i go.
func (r *retaining) act(ctx context.Context, c conn, i app.DueItem) error {
	going := i.Going(r.now)
	switch {
	case i.Keeping == app.KeepContacts && going, i.ByLetter() && i.Telling(r.now):
		r.run.Told++
		return r.tell(ctx, c, i)
	case !going:
		return nil
	case i.Keeping == app.KeepPresences:
		n, err := unname(ctx, c, app.ConventionID(i.ID), r.now)
		r.run.Gone[i.Keeping] += n
		return err
	}
	if err := letGo(ctx, c, i.Keeping, app.PersonID(i.ID), r.letters.Seat, r.now); err != nil {
		return err
	}
	r.run.Gone[i.Keeping]++
	return nil
}

// tell writes to a person once, with a personal link: they may have no account.
func (r *retaining) tell(ctx context.Context, c conn, i app.DueItem) error {
	i.Due = i.GoesOn(r.now)
	link, digest := r.letters.Link()
	if err := insertPersonLink(ctx, c, digest, app.PersonID(i.ID), "", r.now, PersonLinkLife); err != nil {
		return err
	}
	mail := r.letters.Person(i, link)
	mail.Recipient, mail.Name, mail.Person = i.Email, i.Name, app.PersonID(i.ID)
	if err := queueMail(ctx, c, mail, r.now); err != nil {
		return err
	}
	return noteTold(ctx, c, i, r.now)
}

func noteTold(ctx context.Context, c conn, i app.DueItem, now time.Time) error {
	return c.exec(ctx, `
		INSERT INTO retention_notices (keeping, person_id, told_at) VALUES ($1, $2, $3)
		ON CONFLICT (keeping, person_id) DO UPDATE SET told_at = excluded.told_at`, i.Keeping, i.ID, stored(now))
}

// letGo removes an idle account, or the record of somebody of whom nothing was heard.
func letGo(ctx context.Context, c conn, k app.Keeping, id app.PersonID, seats Letter, now time.Time) error {
	a, err := toErase(ctx, c, id)
	if err != nil {
		return err
	}
	if k == app.KeepRecords {
		return erase(ctx, c, app.Viewer{}, a, seats, now)
	}
	if a.account.Administrator {
		if err := notTheLast(ctx, c, a.account.ID); err != nil {
			return err
		}
	}
	return partWithAccount(ctx, c, a, now)
}

// partWithAccount empties an account and leaves its person without one.
func partWithAccount(ctx context.Context, c conn, a erased, now time.Time) error {
	if err := forgetAddresses(ctx, c, a.account.ID); err != nil {
		return err
	}
	if err := forgetAccount(ctx, c, a.account.ID, now); err != nil {
		return err
	}
	nobody, err := insertNobody(ctx, c, now)
	if err != nil {
		return err
	}
	if err := c.change(ctx, `UPDATE accounts SET person_id = $2 WHERE id = $1`, a.account.ID, nobody); err != nil {
		return err
	}
	if err := c.exec(ctx, `DELETE FROM retention_notices WHERE keeping = $1 AND person_id = $2`, app.KeepIdleAccounts, a.person.ID); err != nil {
		return err
	}
	return note(ctx, c, app.Viewer{}, now, app.OfPerson, string(a.person.ID), "a supprimé le compte, resté sans connexion", nil)
}

// insertNobody adds somebody who has no name and never had one.
func insertNobody(ctx context.Context, c conn, now time.Time) (app.PersonID, error) {
	id := app.NewID[app.PersonID]()
	return id, c.exec(ctx, `
		INSERT INTO people (id, last_name, sort_key, created_at, updated_at, erased_at)
		VALUES ($1, $2, '~', $3, $3, $3)`, id, app.ErasedName, stored(now))
}

// unname takes the names out of the presences of a convention. Who came to several
// workshops of it still counts once, and nothing links them to other conventions.
func unname(ctx context.Context, c conn, id app.ConventionID, now time.Time) (n int, err error) {
	people, err := list(ctx, c, one[app.PersonID], `
		SELECT DISTINCT r.person_id
		FROM registrations r
		JOIN workshops w ON w.id = r.workshop_id
		JOIN people p ON p.id = r.person_id AND p.erased_at IS NULL
		WHERE w.convention_id = $1
		ORDER BY r.person_id`, id)
	if err != nil || len(people) == 0 {
		return 0, err
	}
	const workshops = `workshop_id IN (SELECT id FROM workshops WHERE convention_id = $1)`
	for _, person := range people {
		nobody, err := insertNobody(ctx, c, now)
		if err != nil {
			return n, err
		}
		var moved []string
		moved, err = list(ctx, c, one[string], `
			UPDATE registrations SET person_id = $3, function = ''
			WHERE `+workshops+` AND person_id = $2
			RETURNING id`, id, person, nobody)
		if err != nil {
			return n, err
		}
		n += len(moved)
	}
	if err := c.exec(ctx, `DELETE FROM workshop_animators WHERE `+workshops, id); err != nil {
		return n, err
	}
	var territory app.TerritoryID
	if err := c.row(ctx, `SELECT territory_id FROM conventions WHERE id = $1`, id).Scan(&territory); err != nil {
		return n, err
	}
	return n, note(ctx, c, app.Viewer{Territory: territory}, now, app.OfConvention, string(id), "a retiré les noms des présences, dont la durée de conservation est passée",
		app.Changes{{Field: "Présences gardées sans nom", After: app.Number(n)}})
}
