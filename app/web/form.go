package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/views"
)

// How many people or structures a search offers to choose from, and how many acts the
// page of a thing shows of its history.
const (
	choicesShown = 12
	historyShown = 50
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

// formOf is the form that was posted.
func formOf(c *gin.Context) *form { return &form{typed: c.Request.PostForm, fields: app.Fields{}} }

// queryOf is the form whose values stand in the address.
func queryOf(c *gin.Context) *form {
	return &form{typed: c.Request.URL.Query(), fields: app.Fields{}}
}

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

// names says what is no name in those of p.
func (f *form) names(p app.Person) {
	f.fields.Name(app.FieldFirstName, p.FirstName)
	f.fields.Name(app.FieldLastName, p.LastName)
}

// text reads a value of several lines, tidied, of at most limit characters.
func (f *form) text(name string, limit int) string {
	return f.limited(name, app.TidyText(f.typed.Get(name)), limit)
}

func (f *form) limited(name, value string, limit int) string {
	f.fields.Limit(name, value, limit)
	return value
}

// email reads an e-mail address, or "".
func (f *form) email(name string) string {
	value := f.line(name, app.MaxEmail)
	f.fields.Email(name, value)
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

// version reads the version that a form was opened on; one that is not readable is no version
// of anything, so that what is sent with it is stale.
func (f *form) version() int {
	n, err := strconv.Atoi(f.typed.Get("version"))
	if err != nil {
		return -1
	}
	return n
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

// among is the term of a closed list that value is the key of, "" for any other.
func among[T ~string](value string, terms []app.Term[T]) T {
	if slices.ContainsFunc(terms, func(t app.Term[T]) bool { return string(t.Key) == value }) {
		return T(value)
	}
	return ""
}

// err is what is wrong with the form, or nil.
func (f *form) err() error { return f.fields.Err() }
