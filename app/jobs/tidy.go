package jobs

import (
	"context"
	"log/slog"
	"time"

	"maillage/db"
)

// tidyEvery is how often Tidy looks whether a day has passed.
const tidyEvery = time.Hour

// Tidy removes, once a day, the sessions, links and counts of failed sign-ins that have
// served their time, until ctx ends.
func Tidy(ctx context.Context, d *db.DB, log *slog.Logger, now func() time.Time) {
	every(ctx, tidyEvery, func() {
		if _, err := d.Tidy(ctx, now()); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "tidy", "error", err)
		}
	})
}
