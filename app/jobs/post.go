// Package jobs does what happens by itself: e-mails that leave.
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
	mailsAtOnce = 20
	mailTimeout = 30 * time.Second
)

// retries are the delays after each failed attempt; after the last one a mail is given up.
var retries = []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 12 * time.Hour}

// Post sends the e-mails that wait, until ctx ends.
func Post(ctx context.Context, d *db.DB, sender *post.Sender, log *slog.Logger, now func() time.Time) {
	ticker := time.NewTicker(mailEvery)
	defer ticker.Stop()
	for {
		if err := SendDue(ctx, d, sender, now); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "mails", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// SendDue sends the e-mails that are due once, and notes what became of each.
func SendDue(ctx context.Context, d *db.DB, sender *post.Sender, now func() time.Time) error {
	for {
		mails, err := d.DueMails(ctx, now(), mailsAtOnce)
		if err != nil || len(mails) == 0 {
			return err
		}
		for _, m := range mails {
			if err := sendOne(ctx, d, sender, m, now()); err != nil {
				return err
			}
		}
	}
}

func sendOne(ctx context.Context, d *db.DB, sender *post.Sender, m app.Mail, now time.Time) error {
	sending, cancel := context.WithTimeout(ctx, mailTimeout)
	defer cancel()
	err := sender.Send(sending, post.Message{ID: string(m.ID), To: m.Recipient, ToName: m.Name, Subject: m.Subject, Text: m.Body}, now)
	if err == nil {
		return d.MailSent(ctx, m.ID, now)
	}
	if ctx.Err() != nil {
		return ctx.Err() // stopping: it stays due
	}
	return d.MailFailed(ctx, m.ID, err.Error(), nextTry(m.Attempts, post.Permanent(err), now), now)
}

func nextTry(attempts int, permanent bool, now time.Time) time.Time {
	if permanent || attempts > len(retries) {
		return time.Time{}
	}
	return now.Add(retries[attempts-1])
}
