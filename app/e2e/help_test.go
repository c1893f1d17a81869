package e2e

import "testing"

// A référente on the telephone tells the coordination a code, sees that somebody acts in her
// place, and ends it.
func TestACoordinatorHelpsAReferentWithHerCode(t *testing.T) {
	s := newSite(t)
	phone := s.tab(t, referent)
	phone.resize(390)
	phone.open("/compte")
	phone.click("Obtenir un code d’aide")
	phone.see("À dire à la personne qui vous aide")
	phone.accessible("the code")
	phone.fits("the code", 390)
	code := eval[string](phone, `document.querySelector(".spelled--big").textContent`)

	desk := s.tab(t, coordination)
	desk.open("/administration?q=Nadège")
	desk.click("Nadège Bouyssou")
	desk.click("Aider en agissant à sa place")
	desk.fill("Son code d’aide", code)
	desk.click("Agir à sa place")
	desk.at("/")
	desk.see("Bonjour Nadège")
	desk.see("vous agissez à la place de Nadège Bouyssou")
	for _, width := range []int64{390, 1440} {
		desk.resize(width)
		desk.accessible("the home page, while helping")
		desk.fits("the home page, while helping", width)
	}
	phone.open("/compte")
	phone.see("agit à votre place depuis")
	phone.accessible("/compte, while helped")
	phone.fits("/compte, while helped", 390)
	phone.click("Mettre fin à l’aide")
	phone.see("Personne n’agit plus à votre place")
	if !eval[bool](desk, `fetch("/structures").then(r => r.text()).then(page => page.includes("L’aide est terminée"))`) {
		t.Error("another page does not tell that the help is over")
	}
	// The page that stayed open, whose form would be sent in the coordinator's own name.
	eval[bool](desk, `(form => { form.method = "post"; form.action = "/territoire"; document.body.append(form); form.requestSubmit(); return true })(document.createElement("form"))`)
	desk.see("une aide a commencé ou pris fin")
	desk.see("Rien n’a été enregistré")
}
