package db

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"maillage/app"
)

// mayAsk counts one more e-mail of a kind for an address that somebody typed, and reports
// whether it may leave; the count is by address, whether or not anybody here has it, and
// of the e-mails that left only.
func mayAsk(ctx context.Context, c conn, kind app.AskedMail, email string, now time.Time) (bool, error) {
	address, err := lockAddress(ctx, c, email, now)
	if err != nil {
		return false, err
	}
	if err := c.exec(ctx, `DELETE FROM asked_mails WHERE address = $1 AND at <= $2`, address, stored(now.Add(-time.Hour))); err != nil {
		return false, err
	}
	sent, err := list(ctx, c, func(s scanner) (m app.SentMail, err error) {
		return m, s.Scan(&m.Kind, &m.At)
	}, `SELECT kind, at FROM asked_mails WHERE address = $1 AND kind <> ''`, address)
	if err != nil || !kind.MayLeave(sent, now) {
		return false, err
	}
	return true, c.exec(ctx, `INSERT INTO asked_mails (id, address, kind, at) VALUES ($1, $2, $3, $4)`,
		app.NewOrderedID[app.MailID](now), address, kind, stored(now))
}

// lockAddress has whoever else counts for an address wait until the transaction ends, and
// returns its digest.
func lockAddress(ctx context.Context, c conn, email string, now time.Time) (string, error) {
	address := addressDigest(email)
	return address, c.exec(ctx, `
		INSERT INTO asked_mails (id, address, kind, at) VALUES ($1, $1, '', $2)
		ON CONFLICT (id) DO UPDATE SET at = excluded.at`, address, stored(now))
}

// sentTo reads what left for addresses, by their digests, without counting anything.
func sentTo(ctx context.Context, c conn, digests []string) (map[string][]app.SentMail, error) {
	sent := map[string][]app.SentMail{}
	_, err := listIn(ctx, c, func(s scanner) (none struct{}, err error) {
		var address string
		var m app.SentMail
		err = s.Scan(&address, &m.Kind, &m.At)
		sent[address] = append(sent[address], m)
		return none, err
	}, `SELECT address, kind, at FROM asked_mails WHERE kind <> '' AND address IN ?`, digests)
	return sent, err
}

// mustAsk is mayAsk for who may be told: it refuses on the field of the address.
func mustAsk(ctx context.Context, c conn, kind app.AskedMail, email string, now time.Time) error {
	may, err := mayAsk(ctx, c, kind, email, now)
	if err == nil && !may {
		err = app.InvalidField(app.FieldEmail, "Plusieurs courriels viennent d’être envoyés à cette adresse. Le dernier sert encore ; sinon, réessayez dans "+inWords(kind.Again())+".")
	}
	return err
}

// mustInvite counts one more invitation for an address, and of by, who has us write there;
// too many of either it refuses on the field of the address. Without an account, by is
// nobody who invites.
func mustInvite(ctx context.Context, c conn, by app.Viewer, email string, now time.Time) error {
	if by.Account == "" {
		return mustAsk(ctx, c, app.MailToInvite, email, now)
	}
	sender := addressDigest("compte:" + string(by.Account)) // is no address
	if err := c.exec(ctx, `
		INSERT INTO asked_mails (id, address, kind, at) VALUES ($1, $1, '', $2)
		ON CONFLICT (id) DO UPDATE SET at = excluded.at`, sender, stored(now)); err != nil {
		return err
	}
	sent, err := one[int](c.row(ctx, `
		SELECT COUNT(*) FROM asked_mails WHERE address = $1 AND kind <> '' AND at > $2`, sender, stored(now.Add(-time.Hour))))
	if err != nil {
		return err
	}
	if sent >= app.InvitationsAnHour {
		return app.InvalidField(app.FieldEmail, "Vous avez envoyé "+app.Number(sent)+" invitations en une heure, le plus qu’un compte envoie : réessayez dans une heure.")
	}
	if err := mustAsk(ctx, c, app.MailToInvite, email, now); err != nil {
		return err
	}
	return c.exec(ctx, `INSERT INTO asked_mails (id, address, kind, at) VALUES ($1, $2, $3, $4)`,
		app.NewOrderedID[app.MailID](now), sender, app.MailToInvite, stored(now))
}

// answered forgets what was asked for the address of an account, whose owner has just
// shown that they read what is sent there.
func answered(ctx context.Context, c conn, account app.AccountID) error {
	email, err := one[string](c.row(ctx, `SELECT email FROM accounts WHERE id = $1`, account))
	if err != nil {
		return err
	}
	return c.exec(ctx, `DELETE FROM asked_mails WHERE address = $1`, addressDigest(email))
}

func addressDigest(email string) string {
	sum := sha256.Sum256([]byte(app.FoldEmail(email)))
	return hex.EncodeToString(sum[:])
}
