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
	askEvery  = time.Minute
	askedOnce = 100 // structures written to at each round, so that a mail server is not flooded
	openEvery = time.Hour
	openAtOne = 50 // whose day has come that are asked by themselves at each hour
)

// Inquire asks structures whether their record is still right, reminds them and gives up,
// until ctx ends. site is the address of the application.
func Inquire(ctx context.Context, d *db.DB, site string, log *slog.Logger, now func() time.Time) {
	var opened time.Time
	every(ctx, askEvery, func() {
		var err error
		if now().Sub(opened) >= openEvery {
			opened = now()
			_, err = d.OpenDue(ctx, openAtOne, now())
		}
		if err == nil {
			_, err = InquireDue(ctx, d, site, now())
		}
		if err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "inquire", "error", err)
		}
	})
}

// InquireDue does what is to be done now about at most 100 structures that are asked, and
// returns for how many it did.
func InquireDue(ctx context.Context, d *db.DB, site string, now time.Time) (n int, err error) {
	pen := db.InquiryPen{
		Letter: func(l db.InquiryLetter) app.Mail { return views.InquiryLetter(views.Inquiry(l)) },
		Link: func() (address, digest string) {
			token := secret.Token()
			return site + views.InquiryPath + token, secret.Digest(token)
		},
	}
	for ; n < askedOnce && ctx.Err() == nil; n++ {
		did, err := d.AskNext(ctx, pen, now)
		if err != nil || !did {
			return n, err
		}
	}
	return n, ctx.Err()
}
