package post

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// An office is a real SMTP server, on this machine, for one test.
type office struct {
	t       *testing.T
	address string
	roots   *x509.CertPool

	refuse   error                 // what it says to a recipient
	password string                // asked for when not empty
	reading  func(io.Reader) error // what it does with a message, if not keep it

	mu       sync.Mutex
	letters  []string
	from, to string
	hello    string
}

// open starts o; secure says that it speaks TLS from the first octet, otherwise
// it offers STARTTLS if tlsToo.
func (o *office) open(t *testing.T, secure, tlsToo bool) *office {
	t.Helper()
	o.t = t
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.hello = c.Hostname()
		return &counter{o, o.password == ""}, nil
	}))
	server.Domain = "127.0.0.1"
	server.AllowInsecureAuth = true
	server.ErrorLog = quiet{}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if secure || tlsToo {
		web := httptest.NewTLSServer(nil) // for its certificate
		defer web.Close()
		certificate := &tls.Config{Certificates: web.TLS.Certificates}
		o.roots = x509.NewCertPool()
		o.roots.AddCert(web.Certificate())
		if secure {
			listener = tls.NewListener(listener, certificate)
		} else {
			server.TLSConfig = certificate
		}
	}
	o.address = listener.Addr().String()
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	return o
}

// received returns the only letter that came.
func (o *office) received() string {
	o.t.Helper()
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.letters) != 1 {
		o.t.Fatalf("%d letters came, want 1", len(o.letters))
	}
	return o.letters[0]
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// A counter is where one client is served.
type counter struct {
	*office
	known bool
}

func (c *counter) AuthMechanisms() []string { return []string{sasl.Plain} }

func (c *counter) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "ctg" || password != c.password {
			return smtp.ErrAuthFailed
		}
		c.known = true
		return nil
	}), nil
}

func (c *counter) Mail(from string, _ *smtp.MailOptions) error {
	if !c.known {
		return &smtp.SMTPError{Code: 530, Message: "authenticate first"}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.from = from
	return nil
}

func (c *counter) Rcpt(to string, _ *smtp.RcptOptions) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.to = to
	return c.refuse
}

func (c *counter) Data(r io.Reader) error {
	if c.reading != nil {
		return c.reading(r)
	}
	letter, err := io.ReadAll(r)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.letters = append(c.letters, string(letter))
	return err
}

func (c *counter) Reset()        {}
func (c *counter) Logout() error { return nil }
