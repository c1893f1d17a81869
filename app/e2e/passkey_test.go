package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/webauthn"
	cdp "github.com/chromedp/chromedp"
)

// withAuthenticator gives the tab a passkey keeper of its own, which verifies its user.
func (b *tab) withAuthenticator() {
	b.t.Helper()
	if _, err := cdp.Call(b.ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
		b.fatalf("enabling virtual authenticators: %v", err)
	}
	_, err := cdp.Call(b.ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal, HasResidentKey: true,
		HasUserVerification: true, AutomaticPresenceSimulation: true, IsUserVerified: true,
	}})
	if err != nil {
		b.fatalf("adding a virtual authenticator: %v", err)
	}
}

func TestOneSignsInWithAPasskey(t *testing.T) {
	b := newSiteAt(t, "localhost").tab(t, coordination)
	b.withAuthenticator()
	b.open("/compte")
	b.fill("Nom de la nouvelle clé", "Ordinateur du bureau")
	b.click("Ajouter une clé d’accès")
	b.see("Vos dix codes")
	b.accessible("the recovery codes")
	b.click("Je les ai gardés")
	b.see("Ordinateur du bureau")
	b.click("Ajouter une clé d’accès")
	b.see("garde déjà une clé")
	b.accessible("/compte with a passkey")

	b.click("Mon compte")
	b.click("Se déconnecter")
	b.at("/connexion")
	b.click("Se connecter avec une clé d’accès")
	b.at("/")

	b.click("Mon compte")
	b.click("Se déconnecter")
	b.at("/connexion")
	b.fill("Votre adresse électronique", coordination)
	b.fill("Mot de passe", password)
	b.click("Se connecter")
	b.see("Il reste une étape")
	b.accessible("the second step")
	b.click("Utiliser ma clé d’accès")
	b.at("/")
}

func TestPasskeysAreAbsentWithoutJavaScript(t *testing.T) {
	s := newSiteAt(t, "localhost")
	b := s.tab(t, coordination)
	b.withoutScripts()
	b.open("/compte")
	b.see("il faut un navigateur avec JavaScript")
	if eval[bool](b, `document.querySelector("form[data-passkey]").checkVisibility()`) {
		t.Error("the form of a passkey shows without JavaScript")
	}
}
