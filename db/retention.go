package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"maillage/app"
)

const retentionSetting = "conservation."

var errRetentionClosed = app.Errorf(app.Forbidden, "La conservation des données est réglée par l’administration de l’instance.")

// Retention returns how long each kind of data is kept.
func (d *DB) Retention(ctx context.Context) (app.Retention, error) { return retention(ctx, d.reader()) }

func retention(ctx context.Context, c conn) (app.Retention, error) {
	kept := app.Retention{}
	_, err := list(ctx, c, func(s scanner) (none struct{}, err error) {
		var name, value string
		if err = s.Scan(&name, &value); err != nil {
			return none, err
		}
		if months, wrong := strconv.Atoi(value); wrong == nil {
			kept[app.Keeping(strings.TrimPrefix(name, retentionSetting))] = months
		}
		return none, nil
	}, `SELECT name, value FROM settings WHERE name LIKE $1`, retentionSetting+"%")
	return kept, err
}

// RetentionVersion returns how many times the rules were changed.
func (d *DB) RetentionVersion(ctx context.Context) (int, error) {
	return retentionVersion(ctx, d.reader())
}

func retentionVersion(ctx context.Context, c conn) (int, error) {
	value, err := setting(ctx, c, "conservation:version")
	if err != nil || value == "" {
		return 0, err
	}
	return strconv.Atoi(value)
}

// SetRetention keeps each kind of data as long as chosen says, which must be within the
// legal limits: Invalid, by kind, when it is not. Version is that of the rules it was
// chosen over; if somebody changed them since, it is a Conflict and nothing changes.
func (d *DB) SetRetention(ctx context.Context, by app.Viewer, chosen app.Retention, version int, now time.Time) error {
	if !by.MayAdminister() {
		return errRetentionClosed
	}
	if err := chosen.Check(); err != nil {
		return err
	}
	return d.update(ctx, func(c conn) error {
		if err := lockAdministration(ctx, c); err != nil {
			return err
		}
		current, err := retentionVersion(ctx, c)
		if err != nil {
			return err
		}
		if current != version {
			return app.Errorf(app.Conflict, "Quelqu’un d’autre a modifié les durées pendant que vous les changiez. Rien n’est perdu : comparez, puis enregistrez à nouveau.")
		}
		before, err := retention(ctx, c)
		if err != nil {
			return err
		}
		changes := chosen.ChangesFrom(before)
		if len(changes) == 0 {
			return nil
		}
		for k, months := range chosen {
			if err := setSetting(ctx, c, retentionSetting+string(k), strconv.Itoa(months)); err != nil {
				return err
			}
		}
		if err := setSetting(ctx, c, "conservation:version", strconv.Itoa(version+1)); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfRetention, theRules, "a changé les durées de conservation", changes)
	})
}

// theRules stands for the rules of retention where a thing has an id.
const theRules = "regles"

func setSetting(ctx context.Context, c conn, name, value string) error {
	return c.exec(ctx, `
		INSERT INTO settings (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
}

// setting reads a setting, "" for one that was never set.
func setting(ctx context.Context, c conn, name string) (string, error) {
	value, err := one[string](c.row(ctx, `SELECT value FROM settings WHERE name = $1`, name))
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// Kept is what is kept of one kind, and what falls under its rule.
type Kept struct {
	Rule  app.Rule
	Words string        // how long
	Held  int           // how many there are
	Now   []app.DueItem // that the next run treats
	Soon  []app.DueItem // that it will within 30 days, or once the person has been told long enough
}

// RetentionState is what the page on retention shows.
type RetentionState struct {
	Kept     []Kept
	Set      app.Retention
	Version  int          // of Set
	Invented bool         // a demonstration: nothing that shows people is removed
	Last     RetentionRun // the last run, zero before the first
	History  []app.Entry
}

// RetentionRun is what one run of the job did.
type RetentionRun struct {
	At   time.Time           `json:"at"`
	Told int                 `json:"told"` // people who were told or asked
	Gone map[app.Keeping]int `json:"gone"` // what was removed or anonymised, by kind
}

// RetentionState returns what is kept, for how long, and what falls under the rules at now.
func (d *DB) RetentionState(ctx context.Context, by app.Viewer, now time.Time) (s RetentionState, err error) {
	if !by.MayAdminister() {
		return s, errRetentionClosed
	}
	c := d.reader()
	if s.Set, err = retention(ctx, c); err != nil {
		return s, err
	}
	if s.Version, err = retentionVersion(ctx, c); err != nil {
		return s, err
	}
	if s.Invented, err = d.Invented(ctx); err != nil {
		return s, err
	}
	for _, rule := range app.Rules {
		k := Kept{Rule: rule, Words: s.Set.Words(rule.Keeping)}
		if err := c.row(ctx, held[rule.Keeping]).Scan(&k.Held); err != nil {
			return s, err
		}
		if k.Now, k.Soon, err = dueSoon(ctx, c, s.Set, rule, now); err != nil {
			return s, err
		}
		s.Kept = append(s.Kept, k)
	}
	last, err := setting(ctx, c, "conservation:bilan")
	if err != nil {
		return s, err
	}
	if last != "" {
		if err := json.Unmarshal([]byte(last), &s.Last); err != nil {
			return s, err
		}
	}
	s.History, err = d.History(ctx, app.OfRetention, theRules, 20)
	return s, err
}

// held counts what there is of each kind.
var held = map[app.Keeping]string{
	app.KeepIdleAccounts: `SELECT COUNT(*) FROM accounts a JOIN people p ON p.id = a.person_id WHERE p.erased_at IS NULL`,
	app.KeepContacts:     `SELECT COUNT(*) FROM people WHERE erased_at IS NULL AND (email <> '' OR phone <> '')`,
	app.KeepRecords:      `SELECT COUNT(*) FROM people WHERE erased_at IS NULL`,
	app.KeepPresences:    `SELECT COUNT(*) FROM registrations r JOIN people p ON p.id = r.person_id WHERE p.erased_at IS NULL`,
	app.KeepJournal:      `SELECT COUNT(*) FROM audit`,
	app.KeepReads:        `SELECT COUNT(*) FROM reads`,
	app.KeepMails:        `SELECT COUNT(*) FROM mails WHERE sent_at IS NOT NULL OR failed_at IS NOT NULL`,
	app.KeepImports:      `SELECT COUNT(*) FROM imports WHERE state <> 'efface'`,
	app.KeepInquiries:    `SELECT COUNT(*) FROM inquiries`,
	app.KeepMerges:       `SELECT COUNT(DISTINCT merge_id) FROM merge_moves`,
	app.KeepRequests:     `SELECT COUNT(*) FROM join_requests`,
	app.KeepSessions:     `SELECT COUNT(*) FROM sessions`,
	app.KeepLinks:        `SELECT COUNT(*) FROM links`,
	app.KeepPersonLinks:  `SELECT COUNT(*) FROM person_links`,
	app.KeepSteps: `SELECT (SELECT COUNT(*) FROM half_sessions) + (SELECT COUNT(*) FROM challenges) + (SELECT COUNT(*) FROM departures)
		+ (SELECT COUNT(*) FROM arrivals) + (SELECT COUNT(*) FROM asked_mails) + (SELECT COUNT(*) FROM help_codes)`,
	app.KeepFailures: `SELECT COUNT(*) FROM sign_in_failures`,
}

// dueSoon parts what falls under a rule within 30 days in what the run at now treats and
// the rest.
func dueSoon(ctx context.Context, c conn, kept app.Retention, rule app.Rule, now time.Time) (at, soon []app.DueItem, err error) {
	items, err := dueOf(ctx, c, kept, rule.Keeping, now, now.Add(app.NoticeBefore), "")
	for _, i := range items {
		if i.Going(now) {
			at = append(at, i)
		} else {
			soon = append(soon, i)
		}
	}
	return at, soon, err
}
