package jobs_test

import (
	"io"
	"net"
	"regexp"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"

	"maillage/app/post"
)

// An office is a real SMTP server, on this machine, for one test. Its fields are set
// before it is opened; answers are taken one by one, then it takes everything.
type office struct {
	answers []error    // what it says to the next recipients
	taking  func()     // runs once a letter has begun to come
	address string     // where it is
	mu      sync.Mutex // of what follows
	letters []string   // what came, whole
}

// opened opens o and returns a sender to it.
func (o *office) opened(t *testing.T) *post.Sender {
	t.Helper()
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return counter{o}, nil }))
	server.Domain = "127.0.0.1"
	server.ErrorLog = quiet{}
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o.address = listener.Addr().String()
	go server.Serve(listener) //nolint:errcheck // ends with the test
	t.Cleanup(func() { server.Close() })
	sender, err := post.Open("smtp://"+o.address, "Maillage <maillage@maillage.test>")
	if err != nil {
		t.Fatal(err)
	}
	return sender
}

// subjects returns the subjects of the letters that came, in order.
func (o *office) subjects() (all []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, letter := range o.letters {
		all = append(all, subject.FindStringSubmatch(letter)[1])
	}
	return all
}

var subject = regexp.MustCompile(`(?m)^Subject: (.*)\r$`)

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// A counter is where one client is served.
type counter struct{ *office }

func (c counter) Mail(string, *smtp.MailOptions) error { return nil }

func (c counter) Rcpt(string, *smtp.RcptOptions) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.answers) == 0 {
		return nil
	}
	answer := c.answers[0]
	c.answers = c.answers[1:]
	return answer
}

func (c counter) Data(r io.Reader) error {
	if c.taking != nil {
		c.taking()
	}
	letter, err := io.ReadAll(r)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.letters = append(c.letters, string(letter))
	return err
}

func (c counter) Reset()        {}
func (c counter) Logout() error { return nil }
