package db

import (
	"context"
	"database/sql"
	"time"

	"maillage/app"
)

// Loader writes what is known already — the demonstration, a test's small world, a
// generated crowd — without asking anybody's rights and without audit of its own.
type Loader struct {
	ctx context.Context
	c   conn
}

// Load runs fn in one transaction: all that it writes, or nothing.
func (d *DB) Load(ctx context.Context, fn func(*Loader) error) error {
	return d.update(ctx, func(c conn) error {
		kept := &statementsOf{tx: c.querier.(*sql.Tx), kept: map[string]*sql.Stmt{}}
		// A context that can be cancelled costs a driver a goroutine for every row.
		return fn(&Loader{context.WithoutCancel(ctx), conn{d.engine, kept}})
	})
}

// Territory opens a territory.
func (l *Loader) Territory(t app.Territory, now time.Time) error {
	return insertTerritory(l.ctx, l.c, t, now)
}

// Commune writes a commune; outline is a GeoJSON geometry, or "".
func (l *Loader) Commune(m app.Commune, outline string) error {
	return insertCommune(l.ctx, l.c, m, outline)
}

// Organisation writes o in its territories.
func (l *Loader) Organisation(o app.Organisation) error { return insertOrganisation(l.ctx, l.c, o) }

// Service writes what an organisation written before offers.
func (l *Loader) Service(s app.Service) error { return insertService(l.ctx, l.c, s) }

// Person writes p with its positions.
func (l *Loader) Person(p app.Person, positions ...app.Position) error {
	if err := insertPerson(l.ctx, l.c, p); err != nil {
		return err
	}
	for _, position := range positions {
		if err := insertPosition(l.ctx, l.c, position, p); err != nil {
			return err
		}
	}
	return nil
}

// Account writes the account of a person written before.
func (l *Loader) Account(a app.Account, passwordHash string) error {
	return insertAccount(l.ctx, l.c, a, passwordHash)
}

// Convention writes v with its phases and axes.
func (l *Loader) Convention(v app.Convention, now time.Time) error {
	return insertConvention(l.ctx, l.c, v, now)
}

// Workshop writes w with who animates it.
func (l *Loader) Workshop(w app.Workshop, animators ...app.PersonID) error {
	return insertWorkshop(l.ctx, l.c, w, animators)
}

// Invitation writes i.
func (l *Loader) Invitation(i app.Invitation) error { return insertInvitation(l.ctx, l.c, i) }

// Registration writes r; those of one workshop in the order in which they came.
func (l *Loader) Registration(r app.Registration) error { return insertRegistration(l.ctx, l.c, r) }

// Import writes a file to import, with the lines of each of its sheets.
func (l *Loader) Import(i app.Import, lines ...[]app.ImportLine) error {
	return insertImport(l.ctx, l.c, i, lines)
}

// Entry writes a line of the audit trail.
func (l *Loader) Entry(t app.TerritoryID, e app.Entry) error { return insertEntry(l.ctx, l.c, t, e) }

// statementsOf keeps the statements of one transaction.
type statementsOf struct {
	tx   *sql.Tx
	kept map[string]*sql.Stmt
}

func (s *statementsOf) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if statement := s.kept[query]; statement != nil {
		return statement, nil
	}
	statement, err := s.tx.PrepareContext(ctx, query)
	if err == nil && len(s.kept) < keptStatements {
		s.kept[query] = statement
	}
	return statement, err
}

func (s *statementsOf) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	statement, err := s.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return statement.ExecContext(ctx, args...)
}

func (s *statementsOf) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return s.tx.QueryContext(ctx, query, args...)
}

func (s *statementsOf) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return s.tx.QueryRowContext(ctx, query, args...)
}
