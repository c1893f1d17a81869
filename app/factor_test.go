package app_test

import (
	"testing"

	"maillage/app"
)

func TestASecondStepFollowsWhatTheAccountHasAndMustHave(t *testing.T) {
	for _, tt := range []struct {
		name    string
		factors app.Factors
		step    app.SecondStep
		mayLose bool
	}{
		{"nothing, nothing required", app.Factors{}, app.NoStep, true},
		{"nothing, required", app.Factors{Required: true}, app.EnrolStep, false},
		{"codes", app.Factors{Codes: true}, app.ProveStep, true},
		{"a passkey, required", app.Factors{Passkeys: 1, Required: true}, app.ProveStep, false},
		{"codes and a passkey, required", app.Factors{Codes: true, Passkeys: 1, Required: true}, app.ProveStep, true},
		{"two passkeys, required", app.Factors{Passkeys: 2, Required: true}, app.ProveStep, true},
	} {
		if got := tt.factors.Step(); got != tt.step {
			t.Errorf("%s: the step is %v, want %v", tt.name, got, tt.step)
		}
		if got := tt.factors.MayLose(); got != tt.mayLose {
			t.Errorf("%s: one may be removed: %v, want %v", tt.name, got, tt.mayLose)
		}
	}
}

func TestAFactorIsRequiredOfWhoAdministersOrCoordinates(t *testing.T) {
	here := func(r app.Role) map[app.TerritoryID]app.Role { return map[app.TerritoryID]app.Role{"t": r} }
	for _, tt := range []struct {
		administrator bool
		territories   map[app.TerritoryID]app.Role
		want          bool
	}{{true, nil, true}, {false, here(app.Coordination), true}, {false, here(app.ThemedCoordination), true}, {false, here(app.ReadOnly), false}, {false, nil, false}} {
		if got := app.RequiresFactor(tt.administrator, tt.territories); got != tt.want {
			t.Errorf("required of %v, %v: %v, want %v", tt.administrator, tt.territories, got, tt.want)
		}
	}
}

func TestACodeIsReadHoweverItWasTyped(t *testing.T) {
	for typed, want := range map[string]string{" abcde-fghjk ": "ABCDEFGHJK", "123 456": "123456", "ab.cd\u202f2": "ABCD2", "é": ""} {
		if got := app.FoldCode(typed); got != want {
			t.Errorf("FoldCode(%q) = %q, want %q", typed, got, want)
		}
	}
	if got := app.SpellCode("ABCDEFGHJK", "-", 5); got != "ABCDE-FGHJK" {
		t.Errorf("SpellCode = %q", got)
	}
}

func TestAPlaceNamesANetworkAndNoMachine(t *testing.T) {
	for address, want := range map[string]string{
		"203.0.113.77": "203.0.113.0/24", "::ffff:203.0.113.77": "203.0.113.0/24",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1::/48", "fe80::1%eth0": "fe80::/48", "": "", "ici": "", "127.0.0.1": "", "::1": "",
	} {
		if got := app.Place(address); got != want {
			t.Errorf("Place(%q) = %q, want %q", address, got, want)
		}
	}
}
