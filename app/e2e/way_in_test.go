package e2e

import (
	"testing"

	cdp "github.com/chromedp/chromedp"
)

// keys presses keys one after the other, as kb of chromedp writes them: "\t" is Tab, "\r" Enter.
func (b *tab) keys(keys string) {
	b.t.Helper()
	b.do(cdp.KeyEvent(keys))
}

// focused waits until the focus is on what a CSS selector matches.
func (b *tab) focused(selector string) {
	b.t.Helper()
	b.wait("the focus on "+selector, `!!document.activeElement && document.activeElement.matches(`+quote(selector)+`)`)
}

func TestTheKeyboardAloneIsEnough(t *testing.T) {
	b := newSite(t).tab(t, "")
	b.open("/connexion")
	b.keys("\t")
	b.focused("[name=courriel]")
	b.keys(coordination + "\t")
	b.focused("[name=mot_de_passe]")
	b.keys(password + "\r")
	b.at("/")
	b.keys("\t")
	b.see("Aller au contenu")
	b.keys("\r")
	b.focused("main")
	b.keys("/")
	b.focused("#recherche")
	b.open("/aide")
	b.keys("?")
	b.seeIn("dialog[open]", "Raccourcis du clavier")
	b.keys("\x1b")
	b.wait("the dialog closed", `!document.querySelector("dialog[open]")`)
	b.keys("gh")
	b.at("/")
}

func TestOneSignsInAndOutWithoutJavaScript(t *testing.T) {
	s := newSite(t)
	b := s.tab(t, "")
	b.withoutScripts()
	b.open("/connexion")
	b.fill("Votre adresse électronique", referent)
	b.fill("Mot de passe", "pas celui-ci")
	b.click("Se connecter")
	b.see("Connexion")
	b.seeIn("[role=alert], .alert", "mot de passe")
	b.fill("Mot de passe", password)
	b.click("Se connecter")
	b.at("/")
	b.click("Mon compte")
	b.click("Se déconnecter")
	b.at("/connexion")
}
