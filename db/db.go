// Package db is the application's memory. Each exported method is one operation of
// the domain and one transaction; who asks and what time it is are its arguments.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"maillage/app"
)

// DB is an open database. Its methods may be called by many goroutines at once.
type DB struct {
	engine
	write, read *sql.DB
	statements  *statements // of the pool to read through
}

// Open connects to url, "sqlite:<path>" or "postgres://…", and brings its schema up to date.
func Open(ctx context.Context, url string) (*DB, error) {
	e, write, read, err := open(url)
	if err != nil {
		return nil, err
	}
	d := &DB{engine: e, write: write, read: read, statements: newStatements(read)}
	if err := d.migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("migrate: %w", err), d.Close())
	}
	return d, nil
}

// Close waits for running queries and closes every connection.
func (d *DB) Close() error {
	d.statements.close()
	if d.read == d.write {
		return d.write.Close()
	}
	return errors.Join(d.read.Close(), d.write.Close())
}

// Ping reports whether the database answers.
func (d *DB) Ping(ctx context.Context) error {
	var one int
	return d.reader().row(ctx, `SELECT 1`).Scan(&one)
}

// A conn runs queries, in a transaction or outside one.
type conn struct {
	engine
	querier
}

type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func (c conn) exec(ctx context.Context, query string, args ...any) error {
	_, err := c.ExecContext(ctx, c.bind(query), args...)
	return err
}

// change is exec for a statement that must touch a row: sql.ErrNoRows if it did not.
func (c conn) change(ctx context.Context, query string, args ...any) error {
	result, err := c.ExecContext(ctx, c.bind(query), args...)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return sql.ErrNoRows
}

func (c conn) row(ctx context.Context, query string, args ...any) *sql.Row {
	return c.QueryRowContext(ctx, c.bind(query), args...)
}

type scanner interface{ Scan(dest ...any) error }

// wider scans more columns after those it is asked for.
type wider struct {
	scanner
	more []any
}

func (w wider) Scan(dest ...any) error { return w.scanner.Scan(append(dest, w.more...)...) }

// list runs query and scans every row with scan.
func list[T any](ctx context.Context, c conn, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := c.QueryContext(ctx, c.bind(query), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// one scans a value that stands alone on its row.
func one[T any](s scanner) (v T, err error) {
	err = s.Scan(&v)
	return v, err
}

// update runs fn in a transaction, committed if fn returns nil.
func (d *DB) update(ctx context.Context, fn func(conn) error) error {
	tx, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // does nothing once committed
	if err := fn(conn{d.engine, tx}); err != nil {
		if d.whole(err) {
			return errMerged
		}
		return err
	}
	return tx.Commit()
}

// errMerged refuses to attach something to an organisation that was merged meanwhile.
var errMerged = app.Errorf(app.Conflict, "Cette structure vient d’être réunie à une autre : rechargez la page, tout ce qui était à elle est sur l’autre fiche. Rien n’a été enregistré.")

// reader reads outside a transaction.
func (d *DB) reader() conn {
	if d.keepsStatements {
		return conn{d.engine, d.statements}
	}
	return conn{d.engine, d.read}
}

// found turns "no rows" into an error fit for the person; what is a feminine or
// masculine noun with its article: "Cet atelier".
func found(err error, what string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return gone(what)
	}
	return err
}

// goneAs turns "no rows" into NotFound with message, whole.
func goneAs(err error, message string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return app.Errorf(app.NotFound, "%s", message)
	}
	return err
}

// gone tells that there is no such thing, or none that the person may know of.
func gone(what string) error {
	return app.Errorf(app.NotFound, "%s n’existe pas, ou n’existe plus.", what)
}
