package post

import (
	"fmt"
	"net"
	"net/url"
	"strconv"

	gomail "github.com/wneessen/go-mail"
)

// settings are what the address of the server says.
type settings struct {
	host           string
	port           int
	user, password string
	secure         bool // TLS from the first octet
	local          bool // the server is this very machine
	policy         gomail.TLSPolicy
}

// parse reads smtp:// and smtps:// addresses. Its errors never repeat the
// address, which may hold a password.
func parse(smtpURL string) (settings, error) {
	u, err := url.Parse(smtpURL)
	if err != nil || u.Hostname() == "" {
		return settings{}, fmt.Errorf("SMTP_URL is not like smtp://user:password@host:587")
	}
	s := settings{host: u.Hostname(), port: 587, user: u.User.Username(), policy: gomail.TLSMandatory}
	s.password, _ = u.User.Password()
	ip := net.ParseIP(s.host)
	s.local = s.host == "localhost" || ip != nil && ip.IsLoopback()
	switch u.Scheme {
	case "smtp":
	case "smtps":
		s.secure, s.port = true, 465
		s.policy = gomail.TLSOpportunistic // so that the library looks, and sees TLS already there
	default:
		return settings{}, fmt.Errorf("SMTP_URL begins with %q: want smtp or smtps", u.Scheme)
	}
	if u.Port() != "" {
		if s.port, err = strconv.Atoi(u.Port()); err != nil || s.port < 1 || s.port > 65535 {
			return settings{}, fmt.Errorf("SMTP_URL has port %q: want a number from 1 to 65535", u.Port())
		}
	}
	if s.secure {
		return s, nil
	}
	switch choice := u.Query().Get("starttls"); choice {
	case "always":
	case "auto":
		s.policy = gomail.TLSOpportunistic
	case "never":
		s.policy = gomail.NoTLS
	case "":
		if s.local {
			s.policy = gomail.TLSOpportunistic
		}
	default:
		return settings{}, fmt.Errorf("SMTP_URL has starttls=%q: want always, auto or never", choice)
	}
	return s, nil
}
