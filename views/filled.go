package views

import (
	"net/url"

	"maillage/app"
)

// Filled is a form as it was typed, with what is wrong with it.
type Filled struct {
	Typed   url.Values
	Wrong   app.Fields
	Problem string // of the whole, "" when nothing is wrong
}

// field returns f with what was typed in it and what is wrong with that. A password
// is never shown again.
func (f Filled) field(of Field) Field {
	if of.Type != "password" {
		of.Value = f.Typed.Get(of.Name)
	}
	of.Error = f.Wrong[of.Name]
	return of
}

// of is a field with a value that is not read from Typed, and what is wrong with it.
func (f Filled) of(name, label, value, hint string) Field {
	return Field{Name: name, Label: label, Value: value, Hint: hint, Error: f.Wrong[name]}
}
