package db

import (
	"context"
	"database/sql"
	"sync"
)

// statements runs each query through a statement prepared once and kept: SQLite
// spends more on reading the text of a small query than on answering it.
type statements struct {
	pool *sql.DB
	mu   sync.RWMutex
	kept map[string]*sql.Stmt
}

// keptStatements bounds what is kept; lists with free filters make many queries.
const keptStatements = 400

func newStatements(pool *sql.DB) *statements {
	return &statements{pool: pool, kept: map[string]*sql.Stmt{}}
}

func (s *statements) prepared(ctx context.Context, query string) *sql.Stmt {
	s.mu.RLock()
	statement := s.kept[query]
	s.mu.RUnlock()
	if statement != nil {
		return statement
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if statement := s.kept[query]; statement != nil || len(s.kept) >= keptStatements {
		return statement
	}
	statement, err := s.pool.PrepareContext(ctx, query)
	if err != nil {
		return nil // running it as it is will say why
	}
	s.kept[query] = statement
	return statement
}

// ExecContext is for the pool to write through.
func (s *statements) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return s.pool.ExecContext(ctx, query, args...)
}

// QueryContext runs query with its kept statement.
func (s *statements) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if statement := s.prepared(ctx, query); statement != nil {
		return statement.QueryContext(ctx, args...)
	}
	return s.pool.QueryContext(ctx, query, args...)
}

// QueryRowContext runs query with its kept statement.
func (s *statements) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if statement := s.prepared(ctx, query); statement != nil {
		return statement.QueryRowContext(ctx, args...)
	}
	return s.pool.QueryRowContext(ctx, query, args...)
}

func (s *statements) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for query, statement := range s.kept {
		statement.Close()
		delete(s.kept, query)
	}
}
