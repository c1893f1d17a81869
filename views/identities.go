package views

import (
	"time"

	"maillage/app"
)

// Door is the way in by a provider of identities; the zero Door is none.
type Door struct {
	Name   string // of the provider: "ProConnect"
	Silent bool   // it did not answer a moment ago
}

const proConnect = "ProConnect"

// words are those of the button; ProConnect's are asked for by it.
func (d Door) words() string {
	if d.Name == proConnect {
		return "S’identifier avec ProConnect"
	}
	return "Se connecter avec " + d.Name
}

// LinkedIdentity is an identity that opens one's account.
type LinkedIdentity struct {
	ID       app.IdentityID
	Provider string // its name, or its address when it is no longer ours
	LinkedAt time.Time
	UsedAt   time.Time
}

// Identities is what a person sees of the identities that open their account.
type Identities struct {
	Door   Door
	Linked []LinkedIdentity
}

// IdentityLinkedMail is the e-mail that tells that an identity opens an account from now
// on, without its recipient.
func IdentityLinkedMail(provider, account string) app.Mail {
	return app.Mail{
		Subject: "Votre compte Maillage s’ouvre aussi avec " + provider,
		Body: "Bonjour,\n\nVotre compte vient d’être relié à votre identité " + provider + " : elle suffit désormais pour entrer dans Maillage.\n\n" +
			"Si ce n’est pas vous, déliez-la tout de suite dans Mon compte, et prévenez la coordination de votre convention :\n\n" + account + "\n\nMaillage\n",
	}
}
