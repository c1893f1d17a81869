package views

import (
	"slices"
	"strings"
	"time"

	"maillage/app"
)

// Device is one place where a person is signed in.
type Device struct {
	ID       string
	Name     string
	Place    string // network it was last used from, "" when not known
	Opened   time.Time
	LastSeen time.Time
	Current  bool
}

// opened says when a device signed in, which tells apart two of the same name.
func (d Device) opened() string { return "ouverte le " + DateTime(d.Opened) }

func (d Device) words(now time.Time) string {
	words := "Dernière utilisation : " + Ago(d.LastSeen, now)
	if d.Place != "" {
		words += ", depuis le réseau " + d.Place
	}
	return words
}

// PasswordForm is what is wrong with a change of password; what was typed is never shown again.
type PasswordForm struct{ CurrentProblem, ChosenProblem string }

// AccountPage is what a person sees of their own account.
type AccountPage struct {
	Frame      Frame
	Devices    []Device
	Identities Identities
	Help       OwnHelp
	Form       PasswordForm
	Address    NewAddress
	Password   bool // one was chosen
	Factors    app.Factors
	CodesSince time.Time // zero without an application of codes
	Recovery   int       // recovery codes left
	Passkeys   []app.Passkey
	Proof      ProofAsked
	Wrong      string // name of the form of factors that is wrong
	Problem    string // what is wrong with it
	Now        time.Time

	PasskeysPossible bool // from the address of the site
}

// NewAddress is what was typed to sign in with, and what is wrong with it.
type NewAddress struct{ Typed, Wrong string }

func (p AccountPage) address() Field {
	return Field{
		ID: "champ-adresse", Name: "courriel", Label: "Nouvelle adresse électronique", Type: "email", Complete: "email", Required: true, Max: app.MaxEmail,
		Value: p.Address.Typed, Error: p.Address.Wrong,
	}
}

// placed reports whether the place of some device is known.
func (p AccountPage) placed() bool {
	return slices.ContainsFunc(p.Devices, func(d Device) bool { return d.Place != "" })
}

// proof asks, in the form of that name, to prove again who one is.
func (p AccountPage) proof(name string) Field {
	f := p.Proof.field(name, "")
	if p.Wrong == name {
		f.Error = p.Problem
	}
	return f
}

func (p AccountPage) passwordFields() (fields []Field) {
	if p.Password {
		fields = append(fields, Field{Name: "actuel", Label: "Mot de passe actuel", Type: "password", Complete: "current-password", Required: true, Error: p.Form.CurrentProblem})
	}
	return append(fields, Field{
		Name: "nouveau", Label: "Nouveau mot de passe", Type: "password", Complete: "new-password", Required: true, Error: p.Form.ChosenProblem,
		Hint: "12 caractères avec majuscules, minuscules, chiffres et signes ; ou 14 sans signe ; ou une phrase de 7 mots.",
	})
}

func (p AccountPage) passwordTitle() string {
	if p.Password {
		return "Changer de mot de passe"
	}
	return "Choisir un mot de passe"
}

func passkeyWords(k app.Passkey, now time.Time) string {
	words := "ajoutée le " + DateTime(k.CreatedAt)
	if k.UsedAt.IsZero() {
		return words + ", jamais utilisée"
	}
	return words + ", utilisée " + Ago(k.UsedAt, now)
}

// codesLeft says how many recovery codes are left.
func codesLeft(n int) string {
	if n == 0 {
		return "aucun ne reste : renouvelez-les"
	}
	return strings.TrimSpace(app.Count(n, "code reste", "codes restent")) + " sur " + app.Number(app.RecoveryCodes)
}
