// Package post sends e-mail out through an SMTP server.
package post

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"maillage/app"
)

// A Message is what is said to one person. It goes out as plain text, with an
// HTML alternative that says the same.
type Message struct {
	ID      string // stays the same when the message is sent again; empty for one at random
	To      string // a bare address
	ToName  string
	Subject string
	Text    string // paragraphs separated by empty lines; addresses of the web become links
}

// A Sender hands messages to an SMTP server, one connection each. It is safe for
// concurrent use.
type Sender struct {
	settings
	from    mail.Address
	timeout time.Duration  // for each step of the conversation
	roots   *x509.CertPool // nil for those of the system
}

// Open reads where to send and in whose name. smtpURL is smtp://host:port, with
// user:password@ before the host if it asks for them, or smtps:// where TLS comes
// first. smtp:// needs STARTTLS unless ?starttls=auto (used if offered, the default
// on this very machine) or ?starttls=never says otherwise; no password travels in
// clear, save to this very machine. from is an address, with a name if wanted.
// With an empty smtpURL the Sender is not Enabled, and from may be empty too.
// Nothing is contacted yet.
func Open(smtpURL, from string) (*Sender, error) {
	if smtpURL == "" {
		return &Sender{}, nil
	}
	settings, err := parse(smtpURL)
	if err != nil {
		return nil, err
	}
	sender, err := mail.ParseAddress(app.Tidy(from))
	if err != nil {
		return nil, &Error{Permanent: true, err: errMalformed("the sender’s address", err)}
	}
	return &Sender{settings: settings, from: *sender, timeout: 30 * time.Second}, nil
}

// Enabled reports whether there is a server to send through.
func (s *Sender) Enabled() bool { return s.host != "" }

// Send hands m to the server, dated now. It returns once the server has taken it
// or an *Error otherwise; it gives up when ctx ends.
func (s *Sender) Send(ctx context.Context, m Message, now time.Time) error {
	if !s.Enabled() {
		return &Error{err: errDisabled}
	}
	letter, err := s.letter(m, now)
	if err != nil {
		return err
	}
	// The library neither listens to a context once connected nor hangs up after
	// every error: the connection lives as long as this one.
	talking, hangUp := context.WithCancel(ctx)
	defer hangUp()
	client, err := s.client(talking)
	if err != nil {
		return &Error{err: err}
	}
	err = client.DialAndSendWithContext(talking, letter)
	if letter.IsDelivered() { // what went wrong afterwards must not have it sent twice
		return nil
	}
	return failure(ctx, err)
}

// letter makes the message that travels, or says what in m cannot.
func (s *Sender) letter(m Message, now time.Time) (*gomail.Msg, error) {
	to, err := recipient(m.To)
	if err != nil {
		return nil, &Error{Permanent: true, err: err}
	}
	to.Name = app.Tidy(m.ToName)
	letter := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	letter.FromMailAddress(&s.from)
	letter.ToMailAddress(to)
	letter.Subject(app.Tidy(m.Subject))
	letter.SetDateWithValue(now)
	letter.SetMessageIDWithValue(messageID(m.ID) + "@" + s.domain())
	letter.SetGenHeader("Auto-Submitted", "auto-generated") // no holiday reply to a machine (RFC 3834)
	letter.SetGenHeader("Content-Language", "fr")
	text := plain(m.Text)
	letter.SetBodyString(gomail.TypeTextPlain, text)
	letter.AddAlternativeString(gomail.TypeTextHTML, page(app.Tidy(m.Subject), text, s.name()))
	return letter, nil
}

// recipient reads a bare address, as a server takes it (RFC 5321, 4.5.3.1).
func recipient(address string) (*mail.Address, error) {
	address = strings.TrimSpace(address)
	to, err := mail.ParseAddress(address)
	if err == nil && (to.Address != address || len(address) > 254) {
		err = errNotBare
	}
	if err != nil {
		return nil, errMalformed("the address", err)
	}
	return to, nil
}

func messageID(id string) string {
	id = strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("-._", r) {
			return r
		}
		return -1
	}, id)
	if id == "" {
		return rand.Text()
	}
	return id
}

// domain is what the sender's address is of; it names us to the server and in
// Message-ID, where the machine's own name is nobody's business.
func (s *Sender) domain() string {
	return s.from.Address[strings.LastIndexByte(s.from.Address, '@')+1:]
}

func (s *Sender) name() string {
	if s.from.Name != "" {
		return s.from.Name
	}
	return "Maillage"
}

// client prepares one conversation, which ends with ctx.
func (s *Sender) client(ctx context.Context) (*gomail.Client, error) {
	secret := &tls.Config{ServerName: s.host, RootCAs: s.roots, MinVersion: tls.VersionTLS12}
	options := []gomail.Option{
		gomail.WithPort(s.port),
		gomail.WithTimeout(s.timeout),
		gomail.WithHELO(s.domain()),
		gomail.WithTLSConfig(secret),
		gomail.WithTLSPolicy(s.policy),
		gomail.WithoutNoop(),
		gomail.WithDialContextFunc(func(dialing context.Context, network, address string) (net.Conn, error) {
			dial := new(net.Dialer).DialContext
			if s.secure {
				dial = (&tls.Dialer{Config: secret}).DialContext
			}
			conn, err := dial(dialing, network, address)
			if err == nil {
				context.AfterFunc(ctx, func() { _ = conn.Close() })
			}
			return conn, err
		}),
	}
	if s.user != "" {
		auth := gomail.SMTPAuthAutoDiscover
		if s.local && !s.secure {
			auth = gomail.SMTPAuthPlain
		}
		options = append(options, gomail.WithSMTPAuth(auth), gomail.WithUsername(s.user), gomail.WithPassword(s.password))
	}
	return gomail.NewClient(s.host, options...)
}
