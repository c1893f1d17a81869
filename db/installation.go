package db

import (
	"context"
	"time"

	"maillage/app"
)

// SetUpLife is how long a set-up link may wait in the log.
const SetUpLife = 24 * time.Hour

var errSetUpGone = app.Errorf(app.NotFound, "Ce lien d’installation a déjà servi, ou il a expiré. Redémarrez Maillage : tant que la base est vide, un nouveau lien s’affiche dans le journal.")

// Vacant reports whether nothing was ever set up here: no territory and no account.
func (d *DB) Vacant(ctx context.Context) (bool, error) { return vacant(ctx, d.reader()) }

func vacant(ctx context.Context, c conn) (bool, error) {
	var n int
	err := c.row(ctx, `SELECT (SELECT COUNT(*) FROM territories) + (SELECT COUNT(*) FROM accounts)`).Scan(&n)
	return n == 0, err
}

// OfferSetUp writes a link to the set-up page, of which digest is the digest, for as
// long as SetUpLife; it refuses with Conflict once the database holds something.
func (d *DB) OfferSetUp(ctx context.Context, digest string, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		empty, err := vacant(ctx, c)
		if err != nil {
			return err
		}
		if !empty {
			return app.Errorf(app.Conflict, "L’installation est déjà faite.")
		}
		return insertLink(ctx, c, digest, "", linkToSetUp, now, SetUpLife)
	})
}

// SetUpOffered reports, as NotFound, that a set-up link was used, expired or never was.
func (d *DB) SetUpOffered(ctx context.Context, digest string, now time.Time) error {
	var n int
	err := d.reader().row(ctx, `
		SELECT COUNT(*) FROM links
		WHERE id = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3`, digest, linkToSetUp, stored(now)).Scan(&n)
	if err == nil && n == 0 {
		return errSetUpGone
	}
	return err
}

// A Founder is who sets an instance up: its first coordinator and administrator.
type Founder struct {
	Person       app.Person // names and e-mail
	Function     string
	PasswordHash string
}

// SetUp uses a set-up link up and makes the instance of it: the territory opened, the
// founder at its EPCI with an account, signed in on a device. Of several at once, one does.
func (d *DB) SetUp(ctx context.Context, link string, o app.Opening, f Founder, session, device string, now time.Time) (app.Viewer, error) {
	return d.signedIn(ctx, session, now, func(c conn) error {
		_, err := useLink(ctx, c, link, linkToSetUp, now)
		if app.KindOf(err) == app.NotFound {
			return errSetUpGone
		}
		if err != nil {
			return err
		}
		if err := claim(ctx, c, now); err != nil {
			return err
		}
		account, err := establish(ctx, c, o, f, now)
		if err != nil {
			return err
		}
		return beginSession(ctx, c, account, session, device, now)
	})
}

// claim makes of two set-ups at once, by two links, one: the second waits for the
// first on the row, then finds it.
func claim(ctx context.Context, c conn, now time.Time) error {
	err := c.exec(ctx, `INSERT INTO settings (name, value) VALUES ('installation', $1)`, stored(now).Format(time.RFC3339))
	if err != nil && !c.unique(err) {
		return err
	}
	if err == nil {
		empty, err := vacant(ctx, c)
		if err != nil || empty {
			return err
		}
	}
	return app.Errorf(app.Conflict, "L’installation vient d’être faite par quelqu’un d’autre. Ouvrez la page de connexion.")
}

// establish opens the first territory and makes the account of its founder.
func establish(ctx context.Context, c conn, o app.Opening, f Founder, now time.Time) (app.AccountID, error) {
	institution, err := openTerritory(ctx, c, o, now)
	if err != nil {
		return "", err
	}
	p := f.Person
	p.ID, p.CreatedAt, p.UpdatedAt = app.NewID[app.PersonID](), now, now
	if err := insertPerson(ctx, c, p); err != nil {
		return "", err
	}
	position := app.Position{ID: app.NewID[app.PositionID](), Person: p.ID, Organisation: institution, Function: f.Function, Since: app.DateOf(now)}
	if err := insertPosition(ctx, c, position, p); err != nil {
		return "", err
	}
	a := app.Account{
		ID: app.NewID[app.AccountID](), Person: p.ID, Email: p.Email, Administrator: true, CreatedAt: now,
		Territories: map[app.TerritoryID]app.Role{o.Territory.ID: app.Coordination},
	}
	if err := insertAccount(ctx, c, a, f.PasswordHash); err != nil {
		return "", err
	}
	by := app.Viewer{Account: a.ID, Territory: o.Territory.ID}
	if err := noteOpening(ctx, c, by, o, institution, now); err != nil {
		return "", err
	}
	if err := note(ctx, c, by, now, app.OfPerson, string(p.ID), "a ajouté la personne", nil); err != nil {
		return "", err
	}
	return a.ID, note(ctx, c, by, now, app.OfAccount, string(a.ID), "a créé le compte à l’installation", nil)
}
