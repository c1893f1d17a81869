package db

import (
	"context"
	"slices"
	"strings"

	"maillage/app"
)

// indexWords makes a thing findable by the words of texts and by nothing else.
func indexWords(ctx context.Context, c conn, thing app.Thing, id string, texts ...string) error {
	if err := c.exec(ctx, `DELETE FROM search_words WHERE thing_id = $1 AND thing = $2`, id, thing); err != nil {
		return err
	}
	return addWords(ctx, c, thing, id, texts...)
}

// addWords is indexWords for a thing that has no words yet.
func addWords(ctx context.Context, c conn, thing app.Thing, id string, texts ...string) error {
	return insertAll(ctx, c, wordTable, wordValues(thing, id, texts...))
}

const wordTable = `search_words (thing, word, thing_id)`

// wordValues are a row of wordTable for each word of texts.
func wordValues(thing app.Thing, id string, texts ...string) [][]any {
	words := strings.Fields(app.Fold(strings.Join(texts, " ")))
	slices.Sort(words)
	words = slices.Compact(words)
	rows := make([][]any, len(words))
	for i, word := range words {
		rows[i] = []any{thing, word, id}
	}
	return rows
}

// lastRune ends the range of the words that begin with a prefix.
const lastRune = "\U0010FFFF"

// bearing is what the things are read from of which a word begins with prefix.
func (w *where) bearing(thing app.Thing, prefix string) string {
	return `FROM search_words s WHERE s.thing = ` + w.arg(thing) + ` AND s.word >= ` + w.arg(prefix) + ` AND s.word < ` + w.arg(prefix+lastRune)
}

// matching adds to w that column is the id of a thing of which every word of query
// begins a word.
func (w *where) matching(thing app.Thing, column, query string) {
	for _, word := range app.SearchWords(query) {
		w.and(`EXISTS (
			SELECT 1 FROM search_words s
			WHERE s.thing = ? AND s.thing_id = `+column+` AND s.word >= ? AND s.word < ?)`,
			thing, word, word+lastRune)
	}
}
