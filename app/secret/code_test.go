package secret_test

import (
	"encoding/base32"
	"net/url"
	"strings"
	"testing"
	"time"

	"maillage/app/secret"
)

// The key and the codes of RFC 6238, appendix B, cut to six digits.
func TestCodesAreThoseOfRFC6238(t *testing.T) {
	key := base32.StdEncoding.EncodeToString([]byte("12345678901234567890"))
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"} {
		if got, err := secret.CodeAt(key, time.Unix(at, 0)); err != nil || got != want {
			t.Errorf("the code at %d is %q (%v), want %q", at, got, err, want)
		}
		if step, ok := secret.StepOf(key, want, time.Unix(at, 0)); !ok || step != at/30 {
			t.Errorf("the step of %s at %d is %d, %v; want %d", want, at, step, ok, at/30)
		}
	}
}

func TestACodeIsRightOneStepAroundAndNoMore(t *testing.T) {
	key, now := secret.NewKey(), time.Unix(1_700_000_010, 0)
	code, err := secret.CodeAt(key, now)
	if err != nil {
		t.Fatal(err)
	}
	for late, want := range map[time.Duration]bool{-61 * time.Second: false, -30 * time.Second: true, 0: true, 30 * time.Second: true, 61 * time.Second: false} {
		step, ok := secret.StepOf(key, code, now.Add(late))
		if ok != want || ok && step != now.Unix()/30 {
			t.Errorf("%v later the code is right: %v (step %d), want %v", late, ok, step, want)
		}
	}
	for _, wrong := range []string{"", "12345", "1234567", "abcdef", "१२३४५६"} {
		if _, ok := secret.StepOf(key, wrong, now); ok {
			t.Errorf("%q is taken for a code", wrong)
		}
	}
}

func TestAKeyReachesTheApplicationByItsAddress(t *testing.T) {
	u, err := url.Parse(secret.KeyAddress("ABC", "Maillage (maillage.test)", "claire@maillage.test"))
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/Maillage (maillage.test):claire@maillage.test" || u.Query().Get("secret") != "ABC" || u.Query().Get("issuer") != "Maillage (maillage.test)" {
		t.Errorf("KeyAddress = %v, %v", u, err)
	}
	if strings.Contains(u.RawQuery, "+") {
		t.Errorf("%s has a plus, which applications read as such", u.RawQuery)
	}
}

func TestACodeToTypeHasNoSignReadForAnother(t *testing.T) {
	code := secret.Code(2000)
	if len(code) != 2000 || strings.ContainsAny(code, "IO01 ") || code == secret.Code(2000) {
		t.Errorf("Code = %.40s…", code)
	}
	if h := secret.HashCode("ABC", "sel"); h != secret.HashCode("ABC", "sel") || h == secret.HashCode("ABC", "autre") || h == secret.HashCode("ABD", "sel") {
		t.Error("a hash must follow its code and its salt, and nothing else")
	}
}
