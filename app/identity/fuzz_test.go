package identity

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"maillage/app"
)

// told is a provider that answers whatever it was given, in the process.
type told struct {
	answers map[string]string
	kind    string // Content-Type of what it tells of somebody
}

// RoundTrip answers by the last part of the address.
func (p told) RoundTrip(r *http.Request) (*http.Response, error) {
	name := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	kind := "application/json"
	if name == "userinfo" {
		kind = p.kind
	}
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {kind}}, Body: io.NopCloser(strings.NewReader(p.answers[name])), Request: r}, nil
}

// FuzzArrivals has a provider tell anything, in an ID token that it signed and in what it
// says of somebody, signed or not: whoever comes of it is fit to be kept.
func FuzzArrivals(f *testing.F) {
	const issuer = "https://fournisseur.test"
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	sign := func(payload string) string {
		signed := encode([]byte(`{"alg":"ES256","kid":"k"}`)) + "." + encode([]byte(payload))
		sum := sha256.Sum256([]byte(signed))
		r, s, _ := ecdsa.Sign(rand.Reader, key, sum[:])
		return signed + "." + encode(append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...))
	}
	p, err := Open(Settings{Issuer: issuer, ClientID: "nous", ClientSecret: "s", Scopes: []string{"openid"}, TrustEmails: true, Return: "http://maillage.test/connexion/retour"})
	if err != nil {
		f.Fatal(err)
	}
	point, err := key.PublicKey.Bytes()
	if err != nil {
		f.Fatal(err)
	}
	keys, _ := json.Marshal(map[string]any{"keys": []map[string]string{{
		"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "k", "x": encode(point[1:33]), "y": encode(point[33:]),
	}}})
	published := `{"issuer":"` + issuer + `","authorization_endpoint":"` + issuer + `/authorize","token_endpoint":"` + issuer + `/token","userinfo_endpoint":"` + issuer + `/userinfo","jwks_uri":"` + issuer + `/jwks","id_token_signing_alg_values_supported":["ES256"]}`
	good := `{"iss":"` + issuer + `","aud":"nous","sub":"1","exp":1893456000,"iat":1772442000,"nonce":"` + nonceOf("secret") + `"}`
	known := `{"iss":"` + issuer + `","aud":"nous","sub":"1","email":"Elodie@Mission.test","given_name":"Élodie","usual_name":"Martin","siret":"26460017200011","roles":["agent_public"]}`
	f.Add(good, known, byte(0))
	f.Add(good, known, byte(1))
	f.Add(good, `{"sub":"1","email":["a@b.fr"],"email_verified":"true","roles":"un"}`, byte(0))
	f.Add(good, `{"sub":"1","email":"a@b.fr\r\nBcc: c@d.fr","exp":-1e300,"roles":[1,null]}`, byte(1))
	f.Add(strings.Replace(good, `"1"`, `""`, 1), `{}`, byte(0))
	f.Add(strings.Replace(good, "1893456000", "1e400", 1), known, byte(2))
	f.Add(`null`, `null`, byte(1))
	arrive := func(ctx context.Context, idToken, info, kind string) (app.Identity, error) {
		answer, _ := json.Marshal(map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": idToken})
		p.client.Transport = told{map[string]string{"openid-configuration": published, "jwks": string(keys), "token": string(answer), "userinfo": info}, kind}
		i, _, err := p.Arrival(ctx, "code", "secret", now)
		return i, err
	}
	if i, err := arrive(f.Context(), sign(good), sign(known), "application/jwt"); err != nil || i.Name() != "Élodie Martin" {
		f.Fatalf("what a provider really tells: %+v, %v", i, err)
	}
	f.Fuzz(func(t *testing.T, claims, info string, how byte) {
		idToken, kind := sign(claims), "application/json"
		switch how % 4 {
		case 1:
			info, kind = sign(info), "application/jwt"
		case 2:
			kind = "application/jwt" // and not signed
		case 3:
			idToken = claims // nor this
		}
		i, err := arrive(t.Context(), idToken, info, kind)
		if err != nil {
			return
		}
		fit := i.Subject != "" && i.Issuer == issuer && (i.Email == "" || app.CheckEmail(i.Email) == nil) && (i.SIRET == "" || i.SIRET.Check() == nil) && len(i.Roles) <= 20
		for _, word := range append([]string{i.FirstName, i.LastName, i.Employer}, i.Roles...) {
			fit = fit && utf8.ValidString(word) && !strings.ContainsAny(word, "\r\n\x00") && utf8.RuneCountInString(word) <= max(app.MaxName, app.MaxPersonName)
		}
		if !fit {
			t.Errorf("%s and %s tell of %+v", claims, info, i)
		}
	})
}
