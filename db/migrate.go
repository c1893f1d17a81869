package db

import (
	"context"
	"embed"
	"io/fs"
	"path"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate applies, in order, the migrations not yet applied. A migration is one
// file, or one per engine where the two must differ (0007_name.postgres.sql).
func (d *DB) migrate(ctx context.Context) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	others, err := fs.Glob(migrations, "migrations/*."+d.other+".sql")
	if err != nil {
		return err
	}
	for i := range others {
		others[i] = path.Base(others[i])
	}
	provider, err := goose.NewProvider(d.dialect, d.write, dir, goose.WithExcludeNames(others))
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}
