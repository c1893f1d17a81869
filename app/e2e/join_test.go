package e2e

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// aMinute is how long a partner may take from the mail to what is to be answered; the
// browser is much quicker than a person, so taps are counted too.
const aMinute = time.Minute

// A référente who is invited reads a mail on her phone, touches its link, then one button,
// and is before what her structure has to answer: no password to invent, nothing to type.
func TestAPartnerEntersFromAnEmailOnAPhone(t *testing.T) {
	s := newSite(t)
	link := s.tab(t, coordination).inviteReferent()

	phone := s.tab(t, "")
	phone.resize(390)
	began, taps := time.Now(), 1 // on the link
	tap := func(what string) { phone.click(what); taps++ }
	phone.open(link)
	phone.see("Vous y êtes presque")
	if typed := eval[int](phone, `document.querySelectorAll("main input:not([type=hidden])").length`); typed != 0 {
		t.Errorf("the page of the link has %d things to type, want none", typed)
	}
	phone.accessible("the link")
	phone.fits("the link", 390)
	tap("Me connecter")
	phone.at("/")
	phone.see("Répondre : ")
	phone.accessible("/")
	phone.fits("/", 390)
	entered := taps
	phone.press("the invitation", `[...document.querySelectorAll("main a")].find(a => /^Répondre\s:/.test(a.textContent.trim()))`)
	taps++
	phone.see("Nous venons")
	tap("Nous venons")
	phone.see("votre structure vient")
	took := time.Since(began)
	t.Logf("from the mail to the home page in %d taps, to an answer in %d taps and %s, nothing typed", entered, taps, took.Round(time.Millisecond))
	if entered > 2 || taps > 4 || took > aMinute {
		t.Errorf("%d taps to enter, %d to answer, %s; want 2, 4 and less than a minute", entered, taps, took)
	}

	other := s.tab(t, "")
	other.open(link)
	other.see("Ce lien a déjà servi")
	other.see("Recevoir un lien par courriel")
}

// inviteReferent invites somebody to answer for a structure that is invited somewhere and
// has nobody, and returns the link, which is shown because no mail leaves this site.
func (b *tab) inviteReferent() string {
	b.t.Helper()
	b.open("/administration/sans-referent")
	at := eval[string](b, `[...document.querySelectorAll("main .item")].find(i => i.innerText.includes("sans réponse")).querySelector("a").getAttribute("href")`)
	b.open(at)
	if !strings.Contains(at, "/invitation") { // some of its people are known
		b.click("Inviter un·e référent·e")
	}
	b.fill("Prénom", "Maïté")
	b.fill("Nom", "D’Arvor")
	b.fill("Fonction", "Directrice")
	b.fill("Adresse électronique", "maite@structure.test")
	b.click("Inviter")
	b.see("Ce lien ouvre son compte")
	u, err := url.Parse(eval[string](b, `document.querySelector("#champ-lien").value`))
	if err != nil {
		b.t.Fatal(err)
	}
	return u.Path
}

// Somebody without an account asks for one on a phone, and the référente accepts it.
func TestSomebodyAsksForAnAccessOnAPhone(t *testing.T) {
	s := newSite(t)
	phone := s.tab(t, "")
	phone.resize(390)
	phone.open("/connexion")
	phone.click("Demander un accès")
	phone.fill("Votre structure", "missions local souillac")
	phone.click("Chercher")
	phone.see("C’est laquelle ?")
	phone.accessible("/acces")
	phone.click(mission)
	phone.fill("Votre prénom", "Jules")
	phone.fill("Votre nom", "Roux")
	phone.fill("Votre adresse électronique", "jules@structure.test")
	phone.click("Envoyer ma demande")
	phone.see("Regardez vos courriels")

	mails := s.tab(t, admin)
	mails.open("/administration/courriels")
	mails.click("Confirmez votre demande d’accès à Maillage")
	mails.see("Ouvrez ce lien pour confirmer")
	link := eval[string](mails, `document.querySelector("main").innerText.match(/\/acces\/[\w-]+/)[0]`)
	phone.open(link)
	phone.accessible("/acces/…")
	phone.fits("/acces/…", 390)
	phone.click("Confirmer ma demande")
	phone.see("Votre demande est envoyée")

	nadege := s.tab(t, referent)
	nadege.resize(390)
	nadege.open("/")
	nadege.press("the request", `[...document.querySelectorAll("main a")].find(a => a.textContent.includes("Jules Roux"))`)
	nadege.see("jules@structure.test")
	nadege.accessible("/demandes/…")
	nadege.fits("/demandes/…", 390)
	nadege.click("Accepter et inviter")
	nadege.see("Ce lien ouvre son compte")
	nadege.accessible("the link to pass on")
	nadege.fits("the link to pass on", 390)
	nadege.click("C’est fait")
	nadege.see("Invité·e, pas encore venu·e")
	nadege.accessible("the team")
	nadege.fits("the team", 390)
}
