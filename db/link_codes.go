package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"maillage/app"
)

// AttemptLinkCode counts an attempt at the code of a link in the browser that asked for
// it, before the code is looked at. After too many it refuses with Throttled; a browser
// that asked for nothing, or too long ago, with NotFound.
func (d *DB) AttemptLinkCode(ctx context.Context, browser string, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		var asked int
		err := c.row(ctx, `
			SELECT COUNT(*) FROM links
			WHERE browser = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3`, browser, linkToSignIn, stored(now)).Scan(&asked)
		if err != nil {
			return err
		}
		if asked == 0 {
			return app.Errorf(app.NotFound, "Ce navigateur n’attend plus de code : il a servi, ou il a expiré. Demandez un nouveau lien.")
		}
		return countFailure(ctx, c, failuresOfLink(browser), "Trop d’essais. Réessayez dans %s, ou ouvrez le lien du courriel.", now)
	})
}

func failuresOfLink(browser string) string { return "lien " + browser }

// SignInByCode uses up the link that a browser asked for, by its code, and begins the
// session of its account. A wrong code, or one whose link has served, is Invalid.
func (d *DB) SignInByCode(ctx context.Context, browser, code, session, device string, now time.Time) (app.Viewer, error) {
	return d.signedIn(ctx, session, now, func(c conn) error {
		var account app.AccountID
		err := c.row(ctx, `
			UPDATE links SET used_at = $4
			WHERE browser = $1 AND code = $2 AND purpose = $3 AND account_id IS NOT NULL AND used_at IS NULL AND expires_at > $4
			RETURNING account_id`, browser, code, linkToSignIn, stored(now)).Scan(&account)
		if errors.Is(err, sql.ErrNoRows) {
			return app.InvalidField("code", "Ce code n’est pas le bon. Recopiez celui du dernier courriel reçu, ou ouvrez son lien.")
		}
		if err != nil {
			return err
		}
		if err := c.exec(ctx, `DELETE FROM sign_in_failures WHERE email = $1`, failuresOfLink(browser)); err != nil {
			return err
		}
		if err := answered(ctx, c, account); err != nil {
			return err
		}
		return beginSession(ctx, c, account, session, device, now)
	})
}
