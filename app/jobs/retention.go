package jobs

import (
	"context"
	"log/slog"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/views"
)

// retainEvery is how often Retain looks whether a day has passed.
const retainEvery = time.Hour

// Retain applies the rules of retention once a day, until ctx ends: people are told, then
// what has been kept long enough goes. site is the address that its letters lead to.
func Retain(ctx context.Context, d *db.DB, site string, log *slog.Logger, now func() time.Time) {
	every(ctx, retainEvery, func() {
		letter := func(i app.DueItem) app.Mail { return views.RetentionLetter(i, site) }
		seats := func(n app.Notice) app.Mail { return views.SeatLetter(n, site) }
		if _, _, err := d.Retain(ctx, letter, seats, now()); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "retention", "error", err)
		}
	})
}
