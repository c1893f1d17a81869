package web

import (
	"context"
	"sync"

	"maillage/app"
	"maillage/db"
)

// keptSearches is of how many sets of territories the pairs found are kept.
const keptSearches = 8

// searches keeps the doubles that were found, because finding them among thousands of
// structures takes longer than a page of them may. It asks the database whether they still
// hold. It may be used by many goroutines at once; one searches, the others wait for it.
type searches struct {
	db    *db.DB
	mu    sync.Mutex
	order []string // marks, the oldest first
	found map[string][]app.Pair
}

func newSearches(d *db.DB) *searches { return &searches{db: d, found: map[string][]app.Pair{}} }

// of returns the pairs that v may make one, which nobody changes.
func (s *searches) of(ctx context.Context, v app.Viewer) ([]app.Pair, error) {
	mark, err := s.db.DuplicatesMark(ctx, v)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if pairs, kept := s.found[mark]; kept {
		return pairs, nil
	}
	pairs, err := s.db.Duplicates(ctx, v)
	if err != nil {
		return nil, err
	}
	if s.order = append(s.order, mark); len(s.order) > keptSearches {
		delete(s.found, s.order[0])
		s.order = s.order[1:]
	}
	s.found[mark] = pairs
	return pairs, nil
}
