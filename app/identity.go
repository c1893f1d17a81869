package app

import (
	"fmt"
	"slices"
	"strings"
)

// Identity is who a provider of identities, such as ProConnect, says somebody is. Issuer
// and Subject together name the person there, for ever; the rest may change.
type Identity struct {
	Issuer    string
	Subject   string
	Email     string // as FoldEmail leaves it, "" when it was not told
	Vouched   bool   // the provider is believed that the address is theirs
	FirstName string
	LastName  string
	Employer  string // name of the establishment they work for
	SIRET     SIRET  // of that establishment; "" when it was not told, or cannot be one
	Roles     []string
}

// Name returns first and last name, or the address of who has none.
func (i Identity) Name() string {
	if name := Tidy(i.FirstName + " " + i.LastName); name != "" {
		return name
	}
	return i.Email
}

// Work says who employs i, in words, as far as it is known.
func (i Identity) Work() string {
	switch {
	case i.SIRET == "" && i.Employer == "":
		return "structure inconnue"
	case i.SIRET == "":
		return i.Employer
	case i.Employer == "":
		return "SIRET " + i.SIRET.Spaced()
	}
	return fmt.Sprintf("%s (SIRET %s)", i.Employer, i.SIRET.Spaced())
}

// Told is what provider vouches for of i, in one line, for who decides of a request of theirs.
func (i Identity) Told(provider string) string {
	words := []string{Tidy(i.FirstName + " " + i.LastName)}
	if i.Vouched {
		words = append(words, i.Email)
	}
	if i.SIRET != "" || i.Employer != "" {
		words = append(words, i.Work())
	}
	if len(i.Roles) > 0 {
		words = append(words, "rôles "+strings.Join(i.Roles, ", "))
	}
	words = slices.DeleteFunc(words, func(s string) bool { return s == "" })
	if len(words) == 0 {
		return "Confirmée par " + provider
	}
	return cutRunes("Confirmée par "+provider+" — "+strings.Join(words, " · "), MaxWord)
}

// Doorway is whom of a provider an instance lets in; empty lists let everybody.
type Doorway struct {
	Domains []string // of their addresses, "cauvaldor.fr"
	Roles   []string // at least one of these, "agent_public"
}

// Check refuses, with Forbidden, an identity that d does not let in. It tells the rule,
// the roles, the SIRET and the employer, as ProConnect asks of who turns people away.
func (d Doorway) Check(i Identity) error {
	_, domain, _ := strings.Cut(i.Email, "@")
	if len(d.Domains) > 0 && !slices.ContainsFunc(d.Domains, func(one string) bool { return strings.EqualFold(one, domain) }) {
		return Errorf(Forbidden, "Ici n’entrent ainsi que les adresses de %s ; la vôtre est %s, pour l’organisation %s.",
			strings.Join(d.Domains, ", "), orNone(i.Email), i.Work())
	}
	if len(d.Roles) > 0 && !slices.ContainsFunc(d.Roles, func(r string) bool { return slices.Contains(i.Roles, r) }) {
		return Errorf(Forbidden, "Ici n’entrent ainsi que les personnes qui ont l’un de ces rôles : %s. Les vôtres : %s, pour l’organisation %s.",
			strings.Join(d.Roles, ", "), orNone(strings.Join(i.Roles, ", ")), i.Work())
	}
	return nil
}

func orNone(s string) string {
	if s == "" {
		return "aucun"
	}
	return s
}
