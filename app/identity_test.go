package app_test

import (
	"strings"
	"testing"

	"maillage/app"
)

func TestTheDoorwayTellsItsRuleAndWhomItTurnsAway(t *testing.T) {
	elodie := app.Identity{Email: "elodie@cauvaldor.fr", Employer: "Mairie de Gramat", SIRET: "26460017200011", Roles: []string{"agent_public", "agent_public_territorial"}}
	for name, tt := range map[string]struct {
		doorway app.Doorway
		who     app.Identity
		says    []string // nil: let in
	}{
		"open to all":        {app.Doorway{}, app.Identity{}, nil},
		"by domain":          {app.Doorway{Domains: []string{"lot.fr", "Cauvaldor.fr"}}, elodie, nil},
		"another domain":     {app.Doorway{Domains: []string{"lot.fr"}}, elodie, []string{"lot.fr", "elodie@cauvaldor.fr", "Mairie de Gramat (SIRET 264 600 172 00011)"}},
		"a domain below":     {app.Doorway{Domains: []string{"fr"}}, elodie, []string{"elodie@cauvaldor.fr"}},
		"no address":         {app.Doorway{Domains: []string{"lot.fr"}}, app.Identity{}, []string{"aucun", "structure inconnue"}},
		"by role":            {app.Doorway{Roles: []string{"agent_public_territorial"}}, elodie, nil},
		"another role":       {app.Doorway{Roles: []string{"agent_public_etat"}}, elodie, []string{"agent_public_etat", "agent_public, agent_public_territorial", "SIRET 264 600 172 00011"}},
		"no role at all":     {app.Doorway{Roles: []string{"agent_public"}}, app.Identity{Employer: "Crèche"}, []string{"Les vôtres : aucun", "Crèche"}},
		"domain but no role": {app.Doorway{Domains: []string{"cauvaldor.fr"}, Roles: []string{"autre"}}, elodie, []string{"autre"}},
	} {
		t.Run(name, func(t *testing.T) {
			err := tt.doorway.Check(tt.who)
			if (err == nil) != (tt.says == nil) {
				t.Fatalf("Check: %v, want let in: %v", err, tt.says == nil)
			}
			if err != nil && app.KindOf(err) != app.Forbidden {
				t.Errorf("Check: kind %v, want Forbidden", app.KindOf(err))
			}
			for _, words := range tt.says {
				if !strings.Contains(err.Error(), words) {
					t.Errorf("%q does not say %q", err, words)
				}
			}
		})
	}
}
