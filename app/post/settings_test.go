package post

import (
	"strings"
	"testing"
)

func TestOpenReadsTheAddressOfTheServer(t *testing.T) {
	const from = "a@b.test"
	tests := map[string]struct {
		url, from string
		ok        bool
	}{
		"plain":           {"smtp://mail.test", from, true},
		"port":            {"smtp://u:p@mail.test:2525?starttls=auto", from, true},
		"TLS":             {"smtps://u:p@mail.test", from, true},
		"nothing":         {"", "", true},
		"not a URL":       {"mail.test:25", from, false},
		"web":             {"https://mail.test", from, false},
		"no host":         {"smtp://", from, false},
		"bad port":        {"smtp://mail.test:99999", from, false},
		"bad choice":      {"smtp://mail.test?starttls=peut-etre", from, false},
		"bad sender":      {"smtp://mail.test", "personne", false},
		"bad with secret": {"smtp://u:secret@mail.test:x", from, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, err := Open(tt.url, tt.from)
			if (err == nil) != tt.ok {
				t.Fatalf("got %v, want it accepted: %t", err, tt.ok)
			}
			if err == nil && s.Enabled() != (tt.url != "") {
				t.Errorf("Enabled is %t for %q", s.Enabled(), tt.url)
			}
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("the error tells the password: %v", err)
			}
		})
	}
}
