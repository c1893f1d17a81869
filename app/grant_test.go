package app

import (
	"slices"
	"testing"
)

var (
	here, there  = TerritoryID("200066371"), TerritoryID("200067361")
	caf, mission = OrganisationID("caf"), OrganisationID("mission")
	parts        = PartOf{caf: {caf, []TerritoryID{here, there}, []Theme{"parentalite"}}, mission: {mission, []TerritoryID{there}, []Theme{"emploi"}}}
	administers  = Viewer{Account: "a", Administrator: true}
	coordinates  = Viewer{Account: "c", Coordinates: []TerritoryID{here}}
	limited      = Viewer{Account: "t", Themed: []Remit{{here, []Theme{"parentalite", "emploi"}}}}
	refers       = Viewer{Account: "r", Refers: []OrganisationID{caf}, Partners: []TerritoryID{here}}
)

func TestNobodyGivesMoreThanTheyHave(t *testing.T) {
	for _, tt := range []struct {
		name   string
		viewer Viewer
		grant  Grant
		want   bool
	}{
		{"administrator, administrator", administers, Grant{Role: Administrator}, true},
		{"administrator, any territory", administers, Grant{Role: Coordination, Territory: there}, true},
		{"coordinator, administrator", coordinates, Grant{Role: Administrator}, false},
		{"coordinator, own territory", coordinates, Grant{Role: Coordination, Territory: here}, true},
		{"coordinator, reader of own territory", coordinates, Grant{Role: ReadOnly, Territory: here}, true},
		{"coordinator, other territory", coordinates, Grant{Role: ReadOnly, Territory: there}, false},
		{"coordinator, structure that is here too", coordinates, Grant{Role: Referent, Organisation: caf}, true},
		{"coordinator, structure of elsewhere", coordinates, Grant{Role: Colleague, Organisation: mission}, false},
		{"coordinator, some themes of own territory", coordinates, Grant{Role: ThemedCoordination, Territory: here, Themes: []Theme{"sante"}}, true},
		{"coordinator of themes, own territory", limited, Grant{Role: ReadOnly, Territory: here}, false},
		{"coordinator of themes, the themes they have", limited, Grant{Role: ThemedCoordination, Territory: here, Themes: []Theme{"emploi"}}, false},
		{"coordinator of themes, structure of one of them", limited, Grant{Role: Referent, Organisation: caf}, true},
		{"coordinator of themes, structure of one of them elsewhere", limited, Grant{Role: Referent, Organisation: mission}, false},
		{"coordinator of other themes, structure of here", Viewer{Account: "u", Themed: []Remit{{here, []Theme{"emploi"}}}}, Grant{Role: Colleague, Organisation: caf}, false},
		{"référent, own structure", refers, Grant{Role: Referent, Organisation: caf}, true},
		{"référent, structure of others", refers, Grant{Role: Colleague, Organisation: mission}, false},
		{"référent, a territory of their structure", refers, Grant{Role: ReadOnly, Territory: here}, false},
		{"colleague, own structure", Viewer{Account: "k", Belongs: []OrganisationID{caf}}, Grant{Role: Colleague, Organisation: caf}, false},
		{"nobody", Viewer{}, Grant{Role: Colleague, Organisation: caf}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.viewer.MayGrant(tt.grant, parts); got != tt.want {
				t.Errorf("MayGrant(%+v) = %v, want %v", tt.grant, got, tt.want)
			}
		})
	}
}

func TestRegrantKeepsWhatIsNotOnesOwnToTakeBack(t *testing.T) {
	elsewhere := Grant{Role: Coordination, Territory: there}
	atCAF := Grant{Role: Referent, Organisation: caf}
	some, others := Grant{Role: ThemedCoordination, Territory: here, Themes: []Theme{"parentalite", "emploi"}}, Grant{Role: ThemedCoordination, Territory: here, Themes: []Theme{"sante"}}
	for _, tt := range []struct {
		name         string
		viewer       Viewer
		held, wanted []Grant
		want         []Grant
		kind         Kind
	}{
		{"a role given", coordinates, nil, []Grant{atCAF}, []Grant{atCAF}, 0},
		{"a role changed", coordinates, []Grant{atCAF}, []Grant{{Role: Colleague, Organisation: caf}}, []Grant{{Role: Colleague, Organisation: caf}}, 0},
		{"a role taken back", coordinates, []Grant{atCAF}, nil, nil, 0},
		{"a role of elsewhere stays", coordinates, []Grant{elsewhere, atCAF}, nil, []Grant{elsewhere}, 0},
		{"administration stays", coordinates, []Grant{{Role: Administrator}}, nil, []Grant{{Role: Administrator}}, 0},
		{"what is kept may be said again", coordinates, []Grant{elsewhere}, []Grant{elsewhere}, []Grant{elsewhere}, 0},
		{"administration asked for", coordinates, nil, []Grant{{Role: Administrator}}, nil, Forbidden},
		{"a territory of others asked for", coordinates, []Grant{atCAF}, []Grant{elsewhere}, nil, Forbidden},
		{"a role that does not fit", administers, nil, []Grant{{Role: Referent, Territory: here}}, nil, Invalid},
		{"some themes", coordinates, []Grant{{Role: Coordination, Territory: here}}, []Grant{some}, []Grant{some}, 0},
		{"other themes", coordinates, []Grant{some}, []Grant{others}, []Grant{others}, 0},
		{"themes of elsewhere stay", coordinates, []Grant{{Role: ThemedCoordination, Territory: there, Themes: some.Themes}}, nil, []Grant{{Role: ThemedCoordination, Territory: there, Themes: some.Themes}}, 0},
		{"no theme ticked", coordinates, nil, []Grant{{Role: ThemedCoordination, Territory: here}}, nil, Invalid},
		{"a theme of no list", coordinates, nil, []Grant{{Role: ThemedCoordination, Territory: here, Themes: []Theme{"alchimie"}}}, nil, Invalid},
		{"themes for the whole", coordinates, nil, []Grant{{Role: Coordination, Territory: here, Themes: some.Themes}}, nil, Invalid},
		{"themes of a structure", administers, nil, []Grant{{Role: Referent, Organisation: caf, Themes: some.Themes}}, nil, Invalid},
		{"themes asked for by who has them", limited, nil, []Grant{some}, nil, Forbidden},
		{"a role of no list", administers, nil, []Grant{{Role: "roi", Territory: here}}, nil, Invalid},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.viewer.Regrant(tt.held, tt.wanted, parts)
			if KindOf(err) != tt.kind || !slices.EqualFunc(got, tt.want, Grant.equal) {
				t.Errorf("Regrant = %+v, %v; want %+v, kind %d", got, err, tt.want, tt.kind)
			}
		})
	}
}

func TestWhoMayCloseAnAccount(t *testing.T) {
	account := func(grants ...Grant) Account { return Account{ID: "x"}.WithGrants(grants) }
	for _, tt := range []struct {
		name       string
		viewer     Viewer
		account    Account
		see, close bool
	}{
		{"administrator, anybody", administers, account(Grant{Role: Administrator}), true, true},
		{"administrator, oneself", Viewer{Account: "x", Administrator: true}, account(Grant{Role: Administrator}), true, false},
		{"coordinator, a référent", coordinates, account(Grant{Role: Referent, Organisation: caf}), true, true},
		{"coordinator, a référent who coordinates elsewhere", coordinates, account(Grant{Role: Referent, Organisation: caf}, Grant{Role: Coordination, Territory: there}), true, false},
		{"coordinator, an administrator of here", coordinates, account(Grant{Role: Administrator}, Grant{Role: Coordination, Territory: here}), true, false},
		{"coordinator, elsewhere", coordinates, account(Grant{Role: Colleague, Organisation: mission}), false, false},
		{"coordinator, without any role", coordinates, account(), false, false},
		{"coordinator, some themes of here", coordinates, account(Grant{Role: ThemedCoordination, Territory: here, Themes: []Theme{"sante"}}), true, true},
		{"coordinator of themes, a référent of one of them", limited, account(Grant{Role: Referent, Organisation: caf}), true, false},
		{"coordinator of themes, who coordinates there", limited, account(Grant{Role: Coordination, Territory: here}), false, false},
		{"référent, a colleague", refers, account(Grant{Role: Colleague, Organisation: caf}), true, false},
		{"référent, somebody of another structure", refers, account(Grant{Role: Colleague, Organisation: mission}), false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if see, may := tt.viewer.MaySeeAccount(tt.account, parts), tt.viewer.MayCloseAccount(tt.account, parts); see != tt.see || may != tt.close {
				t.Errorf("sees %v, may close %v; want %v, %v", see, may, tt.see, tt.close)
			}
		})
	}
}
