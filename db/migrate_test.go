package db

import (
	"io/fs"
	"slices"
	"strconv"
	"testing"
)

// A migration that slips in between two that were applied already stops the next start.
func TestMigrationsAreNumberedOneAfterAnother(t *testing.T) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	var numbers []int
	for _, file := range files {
		n, err := strconv.Atoi(file[len("migrations/") : len("migrations/")+4])
		if err != nil {
			t.Fatalf("%s has no number: %v", file, err)
		}
		numbers = append(numbers, n)
	}
	numbers = slices.Compact(numbers)
	for i, n := range numbers {
		if n != i+1 {
			t.Fatalf("migrations are numbered %v, want 1, 2, 3… without a gap", numbers)
		}
	}
}
