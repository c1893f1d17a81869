package db

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the "pgx" driver
	"github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"
)

// An engine is what SQLite and PostgreSQL disagree about. Nothing outside this
// file may ask which of the two is running.
type engine struct {
	dialect         goose.Dialect
	other           string                    // suffix of the migrations that are not for this engine
	bind            func(query string) string // rewrites PostgreSQL's $1 for the driver
	unique          func(error) bool          // a row like it exists already
	referenced      func(error) bool          // another row needs it
	whole           func(error) bool          // something would be attached to an organisation that is merged into another
	keepsStatements bool                      // prepared statements pay: the driver keeps none by itself
}

var sqliteEngine = engine{
	dialect: goose.DialectSQLite3,
	other:   "postgres",
	// SQLite takes $1 for a name and numbers names as it meets them, so that
	// "$2, $1" would silently swap its arguments. ?1 means what it says.
	bind: func(query string) string { return strings.ReplaceAll(query, "$", "?") },
	unique: func(err error) bool {
		e, ok := errors.AsType[sqlite3.Error](err)
		return ok && (e.ExtendedCode == sqlite3.ErrConstraintUnique || e.ExtendedCode == sqlite3.ErrConstraintPrimaryKey)
	},
	referenced: func(err error) bool {
		e, ok := errors.AsType[sqlite3.Error](err)
		return ok && e.ExtendedCode == sqlite3.ErrConstraintForeignKey
	},
	// The other triggers that refuse are of tables that are only added to.
	whole: func(err error) bool {
		e, ok := errors.AsType[sqlite3.Error](err)
		return ok && e.ExtendedCode == sqlite3.ErrConstraintTrigger
	},
	keepsStatements: true,
}

var postgresEngine = engine{
	dialect: goose.DialectPostgres,
	other:   "sqlite",
	bind:    func(query string) string { return query },
	unique: func(err error) bool {
		e, ok := errors.AsType[*pgconn.PgError](err)
		return ok && e.Code == "23505"
	},
	referenced: func(err error) bool {
		e, ok := errors.AsType[*pgconn.PgError](err)
		return ok && e.Code == "23503"
	},
	whole: func(err error) bool {
		e, ok := errors.AsType[*pgconn.PgError](err)
		return ok && e.Code == "MA001"
	},
}

// Options belong in the address: a PRAGMA run once reaches one connection of the pool.
// FULL, because what was ticked at the door must survive a power cut.
const sqliteOptions = "?_foreign_keys=on&_journal_mode=WAL&_busy_timeout=5000&_synchronous=FULL&_cache_size=-8000"

const (
	sqliteReaders       = 4
	postgresConnections = 16
)

// asInURI writes a path as SQLite's URIs do: as it stands, "#" or "?" in the name of a folder
// would end it there, and another file be opened (sqlite.org/uri.html).
var asInURI = strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23")

// open returns the pools to write and to read through. SQLite allows one writer
// at a time: a pool of one connection queues them in Go, where waiting is fair.
func open(url string) (e engine, write, read *sql.DB, err error) {
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
		path = asInURI.Replace(path)
		write, err = sql.Open("sqlite3", "file:"+path+sqliteOptions+"&_txlock=immediate")
		if err != nil {
			return e, nil, nil, err
		}
		write.SetMaxOpenConns(1)
		read, err = sql.Open("sqlite3", "file:"+path+sqliteOptions+"&mode=ro")
		if err != nil {
			return e, nil, nil, errors.Join(err, write.Close())
		}
		read.SetMaxOpenConns(sqliteReaders)
		read.SetMaxIdleConns(sqliteReaders)
		return sqliteEngine, write, read, nil
	}
	if strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://") {
		pool, err := sql.Open("pgx", url)
		if err != nil {
			return e, nil, nil, err
		}
		pool.SetMaxOpenConns(postgresConnections)
		pool.SetMaxIdleConns(postgresConnections)
		return postgresEngine, pool, pool, nil
	}
	return e, nil, nil, fmt.Errorf("no engine for the address %q", schemeOf(url))
}

// InFolder returns the address of the embedded database kept in a folder.
func InFolder(folder string) string { return "sqlite:" + filepath.Join(folder, "maillage.db") }

// ServerAddress is what the address of a database on a server looks like.
const ServerAddress = "postgres://utilisateur:mot-de-passe@hôte/base"

// schemeOf keeps the password of an address out of the logs.
func schemeOf(url string) string {
	scheme, _, _ := strings.Cut(url, ":")
	return scheme + ":…"
}
