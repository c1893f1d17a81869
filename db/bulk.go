package db

import (
	"context"
	"slices"
	"strings"
)

// argumentsAtOnce keeps a statement under the engines' limits (SQLite 32 766).
const argumentsAtOnce = 20_000

// insertAll inserts rows into a table, named with its columns, in few statements.
func insertAll(ctx context.Context, c conn, into string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	for chunk := range slices.Chunk(rows, max(1, min(1000, argumentsAtOnce/len(rows[0])))) {
		var w where
		values := make([]string, len(chunk))
		for i, row := range chunk {
			values[i] = in(&w, row)
		}
		if err := c.exec(ctx, `INSERT INTO `+into+` VALUES `+strings.Join(values, ", "), w.args...); err != nil {
			return err
		}
	}
	return nil
}

// execIn runs a statement on values, so many at a time: its last "?" is the list of them.
func execIn[T any](ctx context.Context, c conn, statement string, values []T, before ...any) error {
	for chunk := range slices.Chunk(values, 1000) {
		query, args := listed(statement, chunk, before)
		if err := c.exec(ctx, query, args...); err != nil {
			return err
		}
	}
	return nil
}

// listIn is list for a query on values, so many at a time: its last "?" is the list of them.
func listIn[T, V any](ctx context.Context, c conn, scan func(scanner) (T, error), query string, values []V, before ...any) (all []T, err error) {
	for chunk := range slices.Chunk(values, 1000) {
		asked, args := listed(query, chunk, before)
		some, err := list(ctx, c, scan, asked, args...)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

func listed[V any](query string, values []V, before []any) (string, []any) {
	var w where
	for _, arg := range before {
		query = strings.Replace(query, "?", w.arg(arg), 1)
	}
	names := in(&w, values)
	return strings.ReplaceAll(query, "?", names), w.args
}
