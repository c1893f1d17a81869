package jobs

import (
	"context"
	"log/slog"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/views"
)

// retainEvery is how often Retain looks whether a day has passed.
const retainEvery = time.Hour

// Retain applies the rules of retention once a day, until ctx ends: somebody is told, then
// what has been kept long enough goes. site is the address that its letters lead to.
func Retain(ctx context.Context, d *db.DB, site string, log *slog.Logger, now func() time.Time) {
	every(ctx, retainEvery, func() {
		if _, _, err := d.Retain(ctx, retentionLetters(site), now()); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "retention", "error", err)
		}
	})
}

func retentionLetters(site string) db.RetentionLetters {
	return db.RetentionLetters{
		Person:  func(i app.DueItem, link string) app.Mail { return views.RetentionLetter(i, link, site) },
		Keepers: func(items []app.DueItem) app.Mail { return views.RetentionWarning(items, site) },
		Link: func() (address, digest string) {
			token := secret.Token()
			return site + "/mes-donnees/" + token, secret.Digest(token)
		},
		Seat: func(n app.Notice) app.Mail { return views.SeatLetter(n, site) },
	}
}
