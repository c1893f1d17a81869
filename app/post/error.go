package post

import (
	"context"
	"errors"
	"fmt"
	"net/textproto"

	gomail "github.com/wneessen/go-mail"
)

// Error tells why a message was not taken.
type Error struct {
	// Permanent means that sending the same message again would fail again: the
	// address is malformed or the server refused it for good (5xx). What is wrong
	// with the server or with our password is not the message's fault, and temporary.
	Permanent bool
	Code      int // the server's answer, 550 for instance; 0 when there was none
	err       error
}

func (e *Error) Error() string {
	kind := "for now"
	if e.Permanent {
		kind = "for good"
	}
	return fmt.Sprintf("sending an e-mail (%s): %v", kind, e.err)
}

// Unwrap returns what happened.
func (e *Error) Unwrap() error { return e.err }

// Permanent reports whether err says that trying again is useless.
func Permanent(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Permanent
}

var (
	errDisabled = errors.New("no SMTP server is configured")
	errNotBare  = errors.New("it is not a bare address of 254 characters at most")
)

func errMalformed(what string, err error) error {
	return fmt.Errorf("%s is malformed: %w", what, err)
}

// Answers that are about us, not about the message: authentication required,
// too weak, or failed (RFC 4954).
var aboutUs = map[int]bool{530: true, 534: true, 535: true, 538: true}

// failure judges an error of the library.
func failure(ctx context.Context, err error) error {
	if err == nil {
		err = errors.New("the server did not say that it took the message")
	}
	if cause := context.Cause(ctx); cause != nil {
		return &Error{err: errors.Join(cause, err)}
	}
	e := &Error{err: err}
	if answer, ok := errors.AsType[*textproto.Error](err); ok {
		e.Code = answer.Code
	}
	if sending, ok := errors.AsType[*gomail.SendError](err); ok {
		e.Code = sending.ErrorCode()
		e.Permanent = e.Code >= 500 && !aboutUs[e.Code]
	}
	return e
}
