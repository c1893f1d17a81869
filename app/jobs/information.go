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

const (
	informEvery  = time.Hour
	informedOnce = 200 // people told at each round, so that a large import does not flood a mail server
)

// Inform writes, within a month, to each person whom somebody else added, that they are
// known here and how to see, correct and object (RGPD, art. 14); until ctx ends. site is
// the address of the application.
func Inform(ctx context.Context, d *db.DB, site string, log *slog.Logger, now func() time.Time) {
	every(ctx, informEvery, func() {
		if _, err := InformDue(ctx, d, site, now()); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "inform", "error", err)
		}
	})
}

// InformDue writes to those whose turn it is, at most 200, and returns to how many.
func InformDue(ctx context.Context, d *db.DB, site string, now time.Time) (n int, err error) {
	for ; n < informedOnce && ctx.Err() == nil; n++ {
		token := secret.Token()
		told, err := d.InformNext(ctx, secret.Digest(token), func(t db.Told) app.Mail {
			return views.InformationLetter(t.Text, t.Person, t.Territory, t.Kept, site+"/mes-donnees/"+token)
		}, now)
		if err != nil || !told {
			return n, err
		}
	}
	return n, ctx.Err()
}
