// Package jobs does what happens by itself: e-mails that leave, and what has served its
// time that goes.
package jobs

import (
	"context"
	"log/slog"
	"time"

	"maillage/app"
	"maillage/app/post"
	"maillage/db"
)

const (
	mailEvery   = 5 * time.Second
	mailTimeout = 30 * time.Second
)

// retries are the delays after each failed attempt; after the last one a mail is given up.
var retries = []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 12 * time.Hour}

// Post sends the e-mails that wait, until ctx ends; one that is leaving then still leaves
// before Post returns.
func Post(ctx context.Context, d *db.DB, sender *post.Sender, log *slog.Logger, now func() time.Time) {
	every(ctx, mailEvery, func() {
		if err := SendDue(ctx, d, sender, now); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "mails", "error", err)
		}
	})
}

// every runs act at once and then at each interval, until ctx ends.
func every(ctx context.Context, interval time.Duration, act func()) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for ctx.Err() == nil {
		act()
		select {
		case <-ctx.Done():
		case <-ticker.C:
		}
	}
}

// SendDue sends the e-mails that are due once, oldest first, and notes what became of
// each. It takes them one by one, so that none is held longer than its lease.
func SendDue(ctx context.Context, d *db.DB, sender *post.Sender, now func() time.Time) error {
	for ctx.Err() == nil {
		mails, err := d.DueMails(ctx, now(), 1)
		if err != nil || len(mails) == 0 {
			return err
		}
		if err := sendOne(context.WithoutCancel(ctx), d, sender, mails[0], now()); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func sendOne(ctx context.Context, d *db.DB, sender *post.Sender, m app.Mail, now time.Time) error {
	sending, cancel := context.WithTimeout(ctx, mailTimeout)
	defer cancel()
	err := sender.Send(sending, post.Message{ID: string(m.ID), To: m.Recipient, ToName: m.Name, Subject: m.Subject, Text: m.Body}, now)
	if err == nil {
		return d.MailSent(ctx, m.ID, now)
	}
	return d.MailFailed(ctx, m.ID, err.Error(), nextTry(m.Attempts, post.Permanent(err), now), now)
}

func nextTry(attempts int, permanent bool, now time.Time) time.Time {
	if permanent || attempts > len(retries) {
		return time.Time{}
	}
	return now.Add(retries[attempts-1])
}
