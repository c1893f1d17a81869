// Package app holds what the partnership is and the rules it lives by: values
// and pure functions, without I/O. Who asks and what time it is are arguments.
package app

import (
	"errors"
	"fmt"
)

// Kind says what an error means to the person who made the request.
type Kind uint8

// The kinds of error, from ours to theirs.
const (
	Internal  Kind = iota // our fault; never shown, always logged
	Invalid               // what was typed cannot be kept as it is
	NotFound              // it does not exist, or this person may not know that it does
	Forbidden             // it can be seen, but this may not be done to it
	Conflict              // it was possible a moment ago, or will be later; not now
	Unsigned              // nobody is signed in
	Throttled             // too many attempts
)

// Error is a failure the person may be told about.
type Error struct {
	Kind    Kind
	Message string // in French, shown as is
	Fields  Fields // form field → what is wrong with it, in French
}

// Fields tells, for each field of a form by its name, what is wrong with it.
type Fields map[string]string

// Add notes that a field is wrong, unless something was already said of it.
func (f Fields) Add(field, message string) {
	if _, said := f[field]; !said {
		f[field] = message
	}
}

// Join adds what others say, of the fields of which nothing was said yet.
func (f Fields) Join(others Fields) {
	for field, message := range others {
		f.Add(field, message)
	}
}

// Err returns an Invalid error that carries f, or nil when f is empty.
func (f Fields) Err() error {
	switch len(f) {
	case 0:
		return nil
	case 1:
		return &Error{Kind: Invalid, Message: "Un champ est à corriger.", Fields: f}
	}
	return &Error{Kind: Invalid, Message: fmt.Sprintf("%d champs sont à corriger.", len(f)), Fields: f}
}

// AllOf returns what several checks of one form refuse, of all their fields together; the
// first that is about no field, alone; nil when they refuse nothing.
func AllOf(checks ...error) error {
	all := Fields{}
	for _, err := range checks {
		if err != nil && len(FieldsOf(err)) == 0 {
			return err
		}
		all.Join(FieldsOf(err))
	}
	return all.Err()
}

// Error returns the message for the person.
func (e *Error) Error() string { return e.Message }

// KindOf returns the kind of err, or Internal if nobody gave it one.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// FieldsOf returns what err says of the fields of a form, or nil.
func FieldsOf(err error) Fields {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Fields
	}
	return nil
}

// Errorf returns an error the person may read.
func Errorf(k Kind, format string, args ...any) error {
	return &Error{Kind: k, Message: fmt.Sprintf(format, args...)}
}

// InvalidField returns an Invalid error about one field of a form.
func InvalidField(field, message string) error {
	return Fields{field: message}.Err()
}
