package identity_test

import (
	"strings"
	"testing"

	"maillage/app"
	"maillage/app/identity"
	"maillage/app/identity/identitytest"
)

func TestAnAddressIsBelievedOnlyOfWhoVerifiesThem(t *testing.T) {
	for name, tt := range map[string]struct {
		claim any
		trust bool
		want  bool
	}{
		"nothing said":          {nil, false, false},
		"nothing said, trusted": {nil, true, true},
		"verified":              {true, false, true},
		"verified, as a word":   {"true", false, true},
		"not verified, trusted": {false, true, false},
		"nonsense, trusted":     {"peut-être", true, false},
	} {
		t.Run(name, func(t *testing.T) {
			provider := identitytest.New(t, at(now), back)
			provider.Who = identitytest.Elodie.With("email_verified", tt.claim)
			s := settings(provider)
			s.TrustEmails = tt.trust
			p := open(t, s)
			i, _, err := p.Arrival(t.Context(), visit(t, p, now), secret, now)
			if err != nil || i.Vouched != tt.want {
				t.Errorf("believed %v, %v; want %v", i.Vouched, err, tt.want)
			}
		})
	}
	for issuer, want := range map[string]bool{
		"https://auth.agentconnect.gouv.fr/api/v2": true, "https://fca.integ01.dev-agentconnect.fr/api/v2": true, "https://auth.agentconnect.rie.gouv.fr/api/v2": true,
		"http://auth.agentconnect.gouv.fr": false, "https://agentconnect.gouv.fr.ailleurs.test": false, "https://notagentconnect.gouv.fr": false, "https://keycloak.test": false,
	} {
		if identity.Vouches(issuer) != want {
			t.Errorf("%s vouches for addresses: %v, want %v", issuer, !want, want)
		}
	}
}

func TestStrangeClaimsAreLeftOut(t *testing.T) {
	provider := identitytest.New(t, at(now), back)
	provider.Who = identitytest.Claims{
		"sub": "s", "email": "pas une adresse", "email_verified": true, "siret": "12345678901234", "family_name": "Le\u202eMoine\n" + strings.Repeat("x", 500),
		"roles": map[string]any{"a": 1}, "organization_label": "<b>",
	}
	p := open(t, settings(provider))
	i, _, err := p.Arrival(t.Context(), visit(t, p, now), secret, now)
	if err != nil || i.Email != "" || i.Vouched || i.SIRET != "" || len(i.Roles) != 0 || !strings.HasPrefix(i.LastName, "LeMoine x") || len([]rune(i.LastName)) > app.MaxPersonName {
		t.Errorf("identity = %+v, %v", i, err)
	}
}
