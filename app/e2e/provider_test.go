package e2e

import (
	"testing"
	"time"

	"maillage/app/identity"
	"maillage/app/identity/identitytest"
	"maillage/app/web"
	"maillage/db/dbtest"
	"maillage/db/demo"
)

// newSiteBy is newSite with a provider of identities on another site, which says what
// ProConnect does.
func newSiteBy(t testing.TB) (*site, *identitytest.Provider) {
	t.Helper()
	d := dbtest.Empty(t)
	if err := demo.Load(t.Context(), d, password, time.Now()); err != nil {
		t.Fatalf("loading the demonstration: %v", err)
	}
	var p *identitytest.Provider
	s := serve(t, d, "", true, func(c *web.Config) {
		p = identitytest.New(t, c.Now, c.BaseURL+web.ReturnPath, c.BaseURL+"/connexion")
		provider, err := identity.Open(identity.Settings{
			Issuer: p.URL, ClientID: identitytest.ClientID, ClientSecret: identitytest.ClientSecret, Name: "ProConnect",
			Scopes: []string{"openid", "email", "siret"}, TrustEmails: true, Return: c.BaseURL + web.ReturnPath,
		})
		if err != nil {
			t.Fatal(err)
		}
		c.Provider = provider
	})
	return s, p
}

func TestOneComesAndGoesByTheProvider(t *testing.T) {
	s, p := newSiteBy(t)
	p.Who = identitytest.Elodie.With("email", referent)
	b := s.tab(t, "")
	b.next = p.URL
	b.open("/connexion")
	b.accessible("/connexion")
	b.click("S’identifier avec ProConnect")
	b.at("/")
	b.open("/compte")
	b.see("Identités reliées")
	b.accessible("/compte")
	b.click("Mon compte")
	b.click("Se déconnecter")
	b.at("/connexion")
	b.see("S’identifier avec ProConnect")
	if len(p.Left) != 1 {
		t.Errorf("left the provider %d times, want once", len(p.Left))
	}
}

func TestSomebodyUnknownAsksTheCoordination(t *testing.T) {
	s, p := newSiteBy(t)
	p.Who = identitytest.Elodie
	b := s.tab(t, "")
	b.next = p.URL
	b.open("/connexion")
	b.resize(390)
	b.click("S’identifier avec ProConnect")
	b.at("/connexion/demande")
	b.accessible("/connexion/demande")
	b.fits("/connexion/demande", 390)
	b.screenshot("demande-inconnue", 390)
	b.click("Envoyer ma demande")
	b.see("Votre demande est envoyée")
	b.screenshot("demande-envoyee", 390)
}
