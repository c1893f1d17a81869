// Package dbtest gives each test its own migrated database, holding one small world
// that tests know by heart (world.go).
package dbtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"maillage/db"
)

// New returns a database of the small world that goes away with the test: SQLite in a
// temporary folder, or a schema of its own in the PostgreSQL that TEST_DATABASE_URL names.
func New(t testing.TB) *db.DB {
	t.Helper()
	return small(t)
}

var small = With()

// With returns what makes databases of the small world and of what more writes into it.
// The first is written once, for all tests; the others are copies of its file.
func With(more ...func(*db.Loader) error) func(testing.TB) *db.DB {
	loads := append([]func(*db.Loader) error{World}, more...)
	written := sync.OnceValue(func() []byte { return written(loads...) })
	return func(t testing.TB) *db.DB {
		t.Helper()
		if server := os.Getenv("TEST_DATABASE_URL"); server == "" {
			return open(t, inFile(t, written()))
		}
		d := Empty(t)
		for _, load := range loads {
			if err := d.Load(t.Context(), load); err != nil {
				t.Fatal(err)
			}
		}
		return d
	}
}

// Empty is New without the small world.
func Empty(t testing.TB) *db.DB {
	t.Helper()
	return open(t, Address(t))
}

func open(t testing.TB, address string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	addresses.Store(d, address)
	t.Cleanup(func() {
		if _, tested := t.(*testing.T); tested {
			everyNameIsSomebodys(t, address)
		}
		addresses.Delete(d)
		d.Close()
	})
	return d
}

// Address returns where a database for this test alone may be opened, several times if need be.
func Address(t testing.TB) string {
	t.Helper()
	if server := os.Getenv("TEST_DATABASE_URL"); server != "" {
		return newSchema(t, server)
	}
	return inFile(t, migrated())
}

func inFile(t testing.TB, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path
}

// migrated is the file of an empty migrated database, made once for all tests.
var migrated = sync.OnceValue(func() []byte { return written() })

// written is the file of a migrated database once loads have written into it.
func written(loads ...func(*db.Loader) error) []byte {
	dir, err := os.MkdirTemp("", "maillage")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "migrated.db")
	d, err := db.Open(context.Background(), "sqlite:"+path)
	for _, load := range loads {
		if err == nil {
			err = d.Load(context.Background(), load)
		}
	}
	if err == nil {
		err = d.Close()
	}
	if err != nil {
		panic(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return file
}

func newSchema(t testing.TB, server string) string {
	t.Helper()
	admin, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	schema := "test_" + strings.ToLower(rand.Text()[:12])
	if _, err := admin.ExecContext(t.Context(), "CREATE SCHEMA "+schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.ExecContext(context.Background(), "DROP SCHEMA "+schema+" CASCADE"); err != nil {
			t.Error(err)
		}
		admin.Close()
	})
	address, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	query := address.Query()
	query.Set("search_path", schema)
	address.RawQuery = query.Encode()
	return address.String()
}
