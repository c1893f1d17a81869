package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/views"
)

// A form reads what was typed, value by value, and gathers what is wrong with it. What
// was typed stays as it was, to be shown again.
type form struct {
	typed  url.Values
	fields app.Fields
}

// filled is the form as a page shows it again.
func filled(f *form) views.Filled {
	shown := views.Filled{Typed: f.typed, Wrong: f.fields}
	if err := f.err(); err != nil {
		shown.Problem = err.Error()
	}
	return shown
}

func formOf(c *gin.Context) *form { return &form{typed: c.Request.PostForm, fields: app.Fields{}} }

// line reads a value of one line, tidied, of at most limit characters.
func (f *form) line(name string, limit int) string {
	return f.limited(name, app.Tidy(f.typed.Get(name)), limit)
}

// needed is line for a value that must be there; missing says so in French.
func (f *form) needed(name string, limit int, missing string) string {
	value := f.line(name, limit)
	if value == "" {
		f.fields.Add(name, missing)
	}
	return value
}

// text reads a value of several lines, tidied, of at most limit characters.
func (f *form) text(name string, limit int) string {
	return f.limited(name, app.TidyText(f.typed.Get(name)), limit)
}

func (f *form) limited(name, value string, limit int) string {
	if n := utf8.RuneCountInString(value); n > limit {
		f.fields.Add(name, fmt.Sprintf("C’est trop long : %s au plus, vous en avez écrit %s.", app.Count(limit, "caractère", "caractères"), app.Number(n)))
	}
	return value
}

// email reads an e-mail address, or "".
func (f *form) email(name string) string {
	value := f.line(name, 254)
	if value != "" {
		if err := app.CheckEmail(value); err != nil {
			f.fields.Add(name, err.Error())
		}
	}
	return value
}

// number reads a whole number from least to most; nothing typed is 0.
func (f *form) number(name string, least, most int) int {
	value := strings.NewReplacer("\u202f", "", "\u00a0", "", " ", "").Replace(f.line(name, 20))
	if value == "" {
		return 0
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < least || n > most {
		f.fields.Add(name, fmt.Sprintf("Écrivez un nombre entier entre %s et %s.", app.Number(least), app.Number(most)))
		return 0
	}
	return n
}

// date reads a day, or "".
func (f *form) date(name string) app.Date {
	d, err := app.ParseDate(f.line(name, 20))
	if err != nil {
		f.fields.Add(name, err.Error())
	}
	return d
}

// ticked reports whether a box was ticked.
func (f *form) ticked(name string) bool { return f.typed.Get(name) != "" }

// all reads the several values of one name, each once.
func all[T ~string](f *form, name string) []T {
	var values []T
	for _, typed := range f.typed[name] {
		if v := T(app.Tidy(typed)); v != "" && !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	return values
}

// err is what is wrong with the form, or nil.
func (f *form) err() error { return f.fields.Err() }
