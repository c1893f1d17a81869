package web

import (
	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/secret"
	"maillage/views"
)

// moveOwnAccount sends to the address that v wants to sign in with the link that confirms it;
// until it is followed nothing changes, and the answer is the same when another has it.
func (s *server) moveOwnAccount(c *gin.Context, v app.Viewer) error {
	f, err := s.provedForm(c, v)
	if err != nil {
		return err
	}
	email := app.FoldEmail(f.email("courriel"))
	switch email {
	case "":
		f.fields.Add("courriel", "Écrivez la nouvelle adresse.")
	case app.FoldEmail(v.Email):
		f.fields.Add("courriel", "C’est déjà votre adresse de connexion.")
	}
	token := secret.Token()
	if err = f.err(); err == nil {
		confirm := views.ConfirmSignInAddressLetter(s.BaseURL + "/mes-donnees/" + token + "/adresse")
		err = s.DB.AskToMove(c.Request.Context(), v, email, secret.Digest(token), confirm, s.factorMail(c, views.MoveAsked), s.Now())
	}
	if wrong := app.FieldsOf(err); wrong != nil {
		return s.accountWith(c, v, statuses[app.Invalid], accountForms{wrong: "adresse", problem: wrong["preuve"], typed: f.typed.Get("courriel"), address: wrong["courriel"]})
	}
	if err != nil {
		return err
	}
	return s.done(c, "/compte", "Un lien vient d’être envoyé à "+email+". Vous vous connecterez avec cette adresse quand vous l’aurez suivi.", "")
}
