package db

import (
	"database/sql"
	"strconv"
	"strings"
	"time"

	"maillage/app"
)

// orNull stores the zero value of a foreign key or a time as NULL.
func orNull[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	if t, ok := any(v).(time.Time); ok {
		return stored(t)
	}
	return v
}

// stored is t as both engines keep it: UTC, whole seconds.
func stored(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }

// text reads a column that may be NULL into a string, "" for NULL.
func text[T ~string](dest *T) sql.Scanner { return textColumn[T]{dest} }

type textColumn[T ~string] struct{ dest *T }

// Scan implements sql.Scanner.
func (c textColumn[T]) Scan(value any) error {
	var s sql.NullString
	err := s.Scan(value)
	*c.dest = T(s.String)
	return err
}

// moment reads a time that may be NULL, the zero time for NULL.
func moment(dest *time.Time) sql.Scanner { return timeColumn{dest} }

type timeColumn struct{ dest *time.Time }

// Scan implements sql.Scanner.
func (c timeColumn) Scan(value any) error {
	var t sql.NullTime
	err := t.Scan(value)
	*c.dest = t.Time.UTC()
	if !t.Valid {
		*c.dest = time.Time{}
	}
	return err
}

// degrees reads a coordinate that may be NULL, 0 for NULL.
func degrees(dest *float64) sql.Scanner { return degreesColumn{dest} }

type degreesColumn struct{ dest *float64 }

// Scan implements sql.Scanner.
func (c degreesColumn) Scan(value any) error {
	var f sql.NullFloat64
	err := f.Scan(value)
	*c.dest = f.Float64
	return err
}

// keysColumn keeps the keys of a list between commas, so that one is found by LIKE '%,key,%'.
func keysColumn[T ~string](keys []T) string {
	var b strings.Builder
	b.WriteByte(',')
	for _, k := range keys {
		b.WriteString(string(k) + ",")
	}
	return b.String()
}

func keysOf[T ~string](column string) (keys []T) {
	for key := range strings.SplitSeq(column, ",") {
		if key != "" {
			keys = append(keys, T(key))
		}
	}
	return keys
}

// keysIn reads such a column into keys.
func keysIn[T ~string](dest *[]T) sql.Scanner { return keysScanned[T]{dest} }

type keysScanned[T ~string] struct{ dest *[]T }

// Scan implements sql.Scanner.
func (c keysScanned[T]) Scan(value any) error {
	var s sql.NullString
	err := s.Scan(value)
	*c.dest = keysOf[T](s.String)
	return err
}

// bears is the condition that a column of themes holds one of themes; never, with none.
func bears(w *where, column string, themes []app.Theme) string {
	held := make([]string, len(themes))
	for i, t := range themes {
		held[i] = column + ` LIKE ` + w.arg("%,"+string(t)+",%")
	}
	if len(held) == 0 {
		return `1 = 0`
	}
	return `(` + strings.Join(held, ` OR `) + `)`
}

// where gathers conditions and their arguments: each "?" becomes the next $n.
type where struct {
	conditions []string
	args       []any
}

func (w *where) and(condition string, args ...any) {
	for _, arg := range args {
		condition = strings.Replace(condition, "?", w.arg(arg), 1)
	}
	w.conditions = append(w.conditions, condition)
}

// arg adds an argument and returns how the query names it.
func (w *where) arg(v any) string {
	w.args = append(w.args, v)
	return "$" + strconv.Itoa(len(w.args))
}

// in names each of values, for IN (…); with none, a list that nothing is in.
func in[T any](w *where, values []T) string {
	if len(values) == 0 {
		return "(NULL)"
	}
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = w.arg(v)
	}
	return "(" + strings.Join(names, ", ") + ")"
}

func (w *where) String() string {
	if len(w.conditions) == 0 {
		return ""
	}
	return "WHERE " + strings.Join(w.conditions, "\n\t\tAND ")
}
