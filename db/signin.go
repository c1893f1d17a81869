package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"maillage/app"
)

// freeAttempts is how many wrong passwords in a row are answered without waiting;
// after them each one makes the next wait twice as long, up to longestWait. A link by
// e-mail always works, so that nobody can lock a person out for ever.
const (
	freeAttempts = 5
	longestWait  = 15 * time.Minute
)

// Attempt counts a sign-in by password to the account of an address, known or not,
// before the password is looked at, and returns what it is compared with: "" when
// there is none. After too many failures it refuses with Throttled. A digest stands
// for the address, so that addresses of people without account are not kept.
func (d *DB) Attempt(ctx context.Context, email, digest string, now time.Time) (account app.AccountID, hash string, err error) {
	err = d.update(ctx, func(c conn) error {
		if err := countFailure(ctx, c, digest, "Trop d’essais pour cette adresse. Réessayez dans %s, ou demandez un lien de connexion par courriel.", now); err != nil {
			return err
		}
		err := c.row(ctx, `SELECT id, password_hash FROM accounts WHERE email = $1 AND disabled_at IS NULL`, email).Scan(&account, &hash)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return account, hash, err
}

// countFailure counts one more failure under a name, or refuses with Throttled in the
// words of refusal, of which "%s" is how long to wait.
func countFailure(ctx context.Context, c conn, digest, refusal string, now time.Time) error {
	if err := c.exec(ctx, `
		INSERT INTO sign_in_failures (email, failures, last_at) VALUES ($1, 0, $2)
		ON CONFLICT (email) DO UPDATE SET failures = sign_in_failures.failures`, digest, stored(now)); err != nil {
		return err
	}
	var failures int
	var last time.Time
	if err := c.row(ctx, `SELECT failures, last_at FROM sign_in_failures WHERE email = $1`, digest).Scan(&failures, &last); err != nil {
		return err
	}
	if wait := last.Add(waitAfter(failures)).Sub(now); wait > 0 && failures >= freeAttempts {
		return app.Errorf(app.Throttled, refusal, inWords(wait))
	}
	return c.exec(ctx, `UPDATE sign_in_failures SET failures = failures + 1, last_at = $2 WHERE email = $1`, digest, stored(now))
}

func waitAfter(failures int) time.Duration {
	if failures < freeAttempts {
		return 0
	}
	return min(longestWait, time.Second<<min(failures-freeAttempts+1, 20))
}

func inWords(wait time.Duration) string {
	if seconds := int((wait + time.Second - 1) / time.Second); seconds < 60 {
		return app.Count(seconds, "seconde", "secondes")
	}
	return app.Count(int((wait+time.Minute-1)/time.Minute), "minute", "minutes")
}

// SignIn begins the session of an account whose password was right and forgets the
// failures counted against its address.
func (d *DB) SignIn(ctx context.Context, account app.AccountID, digest, session, device string, now time.Time) (app.Viewer, error) {
	return d.signedIn(ctx, session, now, func(c conn) error {
		if err := c.exec(ctx, `DELETE FROM sign_in_failures WHERE email = $1`, digest); err != nil {
			return err
		}
		return beginSession(ctx, c, account, session, device, now)
	})
}

// Forgive forgets the failures counted against by's address, who proved who they are.
func (d *DB) Forgive(ctx context.Context, by app.Viewer, digest string) error {
	return d.update(ctx, func(c conn) error {
		return c.exec(ctx, `DELETE FROM sign_in_failures WHERE email = $1`, digest)
	})
}

// The purposes of a link.
const (
	linkToSignIn = "connexion"
	linkToSetUp  = "installation"
)

// A LinkKey is by what a sign-in link is used, as digests: what its address holds, or the
// code that the same e-mail carries, in the browser that asked for it. Either spends both.
type LinkKey struct {
	Link    string
	Browser string // of what the cookie of that browser holds
	Code    string // of that and of the code, so that the code alone cannot be guessed from it
}

// SendLink writes a sign-in link for an address and, if an account has that address,
// the e-mail that carries it: mail is that e-mail without its recipient. What is done is
// the same for an unknown address. How many leave is said at app.AskedMail.
func (d *DB) SendLink(ctx context.Context, email string, k LinkKey, mail app.Mail, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		var account app.AccountID
		var first, last string
		err := c.row(ctx, `
			SELECT a.id, p.first_name, p.last_name
			FROM accounts a JOIN people p ON p.id = a.person_id
			WHERE a.email = $1 AND a.disabled_at IS NULL`, email).Scan(&account, &first, &last)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		may, err := mayAsk(ctx, c, app.MailToSignIn, email, now)
		if err != nil {
			return err
		}
		if err := insertLink(ctx, c, k.Link, account, linkToSignIn, now, app.LinkLife); err != nil {
			return err
		}
		if err := c.exec(ctx, `UPDATE links SET browser = $2, code = $3 WHERE id = $1`, k.Link, k.Browser, k.Code); err != nil {
			return err
		}
		mail.Recipient, mail.Name = email, app.Tidy(first+" "+last)
		return queueIf(ctx, c, may && account != "", mail, now)
	})
}

func insertLink(ctx context.Context, c conn, digest string, account app.AccountID, purpose string, now time.Time, life time.Duration) error {
	if err := c.exec(ctx, `DELETE FROM links WHERE expires_at <= $1`, stored(now.Add(-24*time.Hour))); err != nil {
		return err
	}
	return c.exec(ctx, `
		INSERT INTO links (id, account_id, purpose, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5)`, digest, orNull(account), purpose, stored(now), stored(now.Add(life)))
}

// SignInByLink uses a link up and begins the session of its account.
func (d *DB) SignInByLink(ctx context.Context, digest, session, device string, now time.Time) (app.Viewer, error) {
	return d.signedIn(ctx, session, now, func(c conn) error {
		account, err := useLink(ctx, c, digest, linkToSignIn, now)
		if err != nil {
			return err
		}
		if err := answered(ctx, c, account); err != nil {
			return err
		}
		return beginSession(ctx, c, account, session, device, now)
	})
}

func linkGone() error {
	return app.Errorf(app.NotFound, "Ce lien a déjà servi, ou il a expiré. Demandez-en un nouveau : il arrive en une minute.")
}

// LinkStands refuses with NotFound, as SignInByLink would, a link that can no longer sign
// anybody in, without using up one that can.
func (d *DB) LinkStands(ctx context.Context, digest string, now time.Time) error {
	var n int
	err := d.reader().row(ctx, `
		SELECT COUNT(*) FROM links
		WHERE id = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3`, digest, linkToSignIn, stored(now)).Scan(&n)
	if err == nil && n == 0 {
		return linkGone()
	}
	return err
}

// useLink uses a link up: whoever comes second, or late, is refused with NotFound.
func useLink(ctx context.Context, c conn, digest, purpose string, now time.Time) (account app.AccountID, err error) {
	gone := linkGone()
	err = c.change(ctx, `
		UPDATE links SET used_at = $3
		WHERE id = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3`, digest, purpose, stored(now))
	if errors.Is(err, sql.ErrNoRows) {
		return "", gone
	}
	if err != nil {
		return "", err
	}
	err = c.row(ctx, `SELECT account_id FROM links WHERE id = $1`, digest).Scan(text(&account))
	if err == nil && account == "" && purpose == linkToSignIn {
		return "", gone
	}
	return account, err
}

// ChangePassword keeps the hash of a new password of by and ends their other sessions,
// also those half-way; mail, without its recipient, tells them.
func (d *DB) ChangePassword(ctx context.Context, by app.Viewer, hash, session, digest string, mail app.Mail, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		if err := c.change(ctx, `UPDATE accounts SET password_hash = $2 WHERE id = $1`, by.Account, hash); err != nil {
			return found(err, "Ce compte")
		}
		if err := endOthers(ctx, c, by.Account, session); err != nil {
			return err
		}
		if err := c.exec(ctx, `DELETE FROM sign_in_failures WHERE email = $1`, digest); err != nil {
			return err
		}
		return factorChanged(ctx, c, by, by.Account, "a changé son mot de passe", mail, now)
	})
}
