package post

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

var now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

func invitation() Message {
	return Message{
		ID: "m1", To: "referente@mission-locale.test", ToName: "Élise Cœuret", Subject: "Invitation à l’atelier « Accès aux droits »",
		Text: "Bonjour,\n\nVous êtes invitée :\nhttps://maillage.test/r/abc?x=1&y=2.\n\nÀ bientôt <3",
	}
}

func sender(t *testing.T, smtpURL string) *Sender {
	t.Helper()
	s, err := Open(smtpURL, "CTG Cauvaldor <ne-pas-repondre@cauvaldor.test>")
	if err != nil {
		t.Fatalf("%s was refused: %v", smtpURL, err)
	}
	return s
}

// parts reads a letter into its headers and its bodies by media type.
func parts(t *testing.T, letter string) (mail.Header, map[string]string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(letter))
	if err != nil {
		t.Fatalf("the letter cannot be read: %v\n%s", err, letter)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	bodies := map[string]string{}
	r := multipart.NewReader(m.Body, params["boundary"])
	for {
		part, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return m.Header, bodies
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		bodies[kind] = strings.ReplaceAll(string(body), "\r\n", "\n")
	}
}

func TestMessageArrivesAsTextAndHTML(t *testing.T) {
	o := new(office).open(t, false, false)
	if err := sender(t, "smtp://"+o.address).Send(t.Context(), invitation(), now); err != nil {
		t.Fatal(err)
	}
	letter := o.received()
	header, bodies := parts(t, letter)
	for name, want := range map[string]string{
		"Subject": "Invitation à l’atelier « Accès aux droits »", "Message-Id": "<m1@cauvaldor.test>", "Date": "Tue, 24 Nov 2026 09:00:00 +0000", "Auto-Submitted": "auto-generated",
	} {
		if got, _ := new(mime.WordDecoder).DecodeHeader(header.Get(name)); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if to, err := mail.ParseAddress(header.Get("To")); err != nil || to.Name != "Élise Cœuret" || to.Address != "referente@mission-locale.test" {
		t.Errorf("To is %v, %v", to, err)
	}
	if want := invitation().Text + "\n"; strings.TrimSpace(bodies["text/plain"]) != strings.TrimSpace(want) {
		t.Errorf("the text is %q, want %q", bodies["text/plain"], want)
	}
	for _, want := range []string{
		`<a href="https://maillage.test/r/abc?x=1&amp;y=2" `, `&lt;3</p>`, "Vous êtes invitée :<br>", "CTG Cauvaldor</p>",
	} {
		if !strings.Contains(bodies["text/html"], want) {
			t.Errorf("the HTML has no %q:\n%s", want, bodies["text/html"])
		}
	}
	if host, _ := os.Hostname(); host != "" && strings.Contains(letter, host) || o.hello != "cauvaldor.test" {
		t.Errorf("the machine gave its name away; it said hello as %q", o.hello)
	}
	if o.from != "ne-pas-repondre@cauvaldor.test" || o.to != "referente@mission-locale.test" {
		t.Errorf("it went from %q to %q", o.from, o.to)
	}
}

func TestNoTextBecomesAHeader(t *testing.T) {
	const evil = "a\r\nBcc: victime@x.test\nX-Evil: 1\r\n\r\nbody"
	o := new(office).open(t, false, false)
	m := Message{ID: evil, To: "a@b.test", ToName: evil, Subject: evil + strings.Repeat(" œuvre", 2000), Text: "x\r\n.\r\nQUIT\r\n"}
	if err := sender(t, "smtp://"+o.address).Send(t.Context(), m, now); err != nil {
		t.Fatal(err)
	}
	header, bodies := parts(t, o.received())
	for _, name := range []string{"Bcc", "X-Evil"} {
		if header.Get(name) != "" {
			t.Errorf("the letter has a header %s: %q", name, header.Get(name))
		}
	}
	if got := strings.TrimSpace(bodies["text/plain"]); got != "x\n.\nQUIT" {
		t.Errorf("the text came as %q", got)
	}
}

func TestMalformedAddressIsPermanent(t *testing.T) {
	o := new(office).open(t, false, false)
	for _, address := range []string{
		"", "a", "a@", "@b.test", "a b@c.test", "a@b.test, c@d.test", "Nom <a@b.test>", "<a@b.test>",
		"a@b.test\r\nRCPT TO:<x@y.test>", "a@b.test\nBcc: x@y.test", strings.Repeat("a", 300) + "@b.test",
	} {
		m := invitation()
		m.To = address
		if err := sender(t, "smtp://"+o.address).Send(t.Context(), m, now); !Permanent(err) {
			t.Errorf("sending to %q: %v, want a permanent error", address, err)
		}
	}
	if o.hello != "" {
		t.Error("the server was bothered")
	}
}

func TestRefusalTellsWhetherToTryAgain(t *testing.T) {
	answer := func(code int) error { return &smtp.SMTPError{Code: code, Message: "non"} }
	tests := map[string]struct {
		office    *office
		user      string
		permanent bool
		code      int
	}{
		"unknown person":   {&office{refuse: answer(550)}, "", true, 550},
		"full mailbox":     {&office{refuse: answer(452)}, "", false, 452},
		"greylisting":      {&office{refuse: answer(450)}, "", false, 450},
		"spam":             {&office{reading: func(r io.Reader) error { io.Copy(io.Discard, r); return answer(554) }}, "", true, 554},
		"busy":             {&office{reading: func(r io.Reader) error { io.Copy(io.Discard, r); return answer(451) }}, "", false, 451},
		"password missing": {&office{password: "secret"}, "", false, 530},
		"password wrong":   {&office{password: "secret"}, "ctg:faux@", false, 535},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			o := tt.office.open(t, false, false)
			err := sender(t, "smtp://"+tt.user+o.address).Send(t.Context(), invitation(), now)
			e, ok := errors.AsType[*Error](err)
			if !ok || e.Permanent != tt.permanent || e.Code != tt.code {
				t.Errorf("got %v (%+v), want permanent %t, code %d", err, e, tt.permanent, tt.code)
			}
			if strings.Contains(err.Error(), "faux") {
				t.Errorf("the error tells the password: %v", err)
			}
		})
	}
}

func TestServerOutOfReachIsTemporary(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	if err := sender(t, "smtp://"+address).Send(t.Context(), invitation(), now); err == nil || Permanent(err) {
		t.Errorf("got %v, want a temporary error", err)
	}
}

func TestServerThatHangsIsLeftWhenTheContextEnds(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0") // accepts and never greets
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	err = sender(t, "smtp://"+silent.Addr().String()).Send(ctx, invitation(), now)
	if !errors.Is(err, context.DeadlineExceeded) || Permanent(err) {
		t.Errorf("got %v, want the deadline, temporary", err)
	}

	ctx, cancel = context.WithCancel(t.Context())
	o := (&office{reading: func(r io.Reader) error {
		cancel() // while the server has the letter and does not answer
		_, err := io.Copy(io.Discard, r)
		<-t.Context().Done()
		return err
	}}).open(t, false, false)
	if err := sender(t, "smtp://"+o.address).Send(ctx, invitation(), now); !errors.Is(err, context.Canceled) || Permanent(err) {
		t.Errorf("got %v, want the cancellation, temporary", err)
	}
}

func TestServerThatHangsIsLeftAfterTheTimeout(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	s := sender(t, "smtp://"+silent.Addr().String())
	s.timeout = 50 * time.Millisecond
	if err := s.Send(t.Context(), invitation(), now); err == nil || Permanent(err) {
		t.Errorf("got %v, want a temporary error", err)
	}
}

func TestPasswordTravelsUnderTLS(t *testing.T) {
	tests := map[string]struct {
		scheme, query   string
		secure, tlsToo  bool
		trusted, arrive bool
	}{
		"TLS first":                   {"smtps", "", true, false, true, true},
		"STARTTLS":                    {"smtp", "?starttls=always", false, true, true, true},
		"STARTTLS if offered":         {"smtp", "?starttls=auto", false, true, true, true},
		"STARTTLS wanted, not there":  {"smtp", "?starttls=always", false, false, true, false},
		"TLS first, not trusted":      {"smtps", "", true, false, false, false},
		"STARTTLS, not trusted":       {"smtp", "?starttls=always", false, true, false, false},
		"in clear, on this machine":   {"smtp", "?starttls=never", false, false, true, true},
		"TLS first, server in clear":  {"smtps", "", false, false, true, false},
		"in clear, server asking TLS": {"smtp", "", true, false, true, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			o := (&office{password: "p@ss:mot/é"}).open(t, tt.secure, tt.tlsToo)
			s := sender(t, tt.scheme+"://ctg:p%40ss%3Amot%2F%C3%A9@"+o.address+tt.query)
			s.timeout = time.Second
			if tt.trusted {
				s.roots = o.roots
			}
			err := s.Send(t.Context(), invitation(), now)
			if (err == nil) != tt.arrive || Permanent(err) {
				t.Fatalf("got %v, want it to arrive: %t, and no permanent error", err, tt.arrive)
			}
			if tt.arrive {
				o.received()
			}
		})
	}
}

func TestDisabledSenderSaysSo(t *testing.T) {
	s, err := Open("", "")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Send(t.Context(), invitation(), now); !errors.Is(err, errDisabled) || Permanent(err) {
		t.Errorf("got %v, want that no server is configured, temporary", err)
	}
}
