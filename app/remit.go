package app

import "slices"

// A Remit is what somebody coordinates of a territory: what bears one of some themes there.
type Remit struct {
	Territory TerritoryID
	Themes    []Theme
}

// covers reports whether on is of the territory of r and bears one of its themes.
func (r Remit) covers(on On) bool {
	return slices.Contains(on.Territories, r.Territory) && overlap(r.Themes, on.Themes)
}

// ThemesAt returns the themes that v coordinates in t, in the order of Themes; none for who
// coordinates the whole of it, or nothing there.
func (v Viewer) ThemesAt(t TerritoryID) []Theme {
	for _, r := range v.Themed {
		if r.Territory == t {
			return OrderThemes(r.Themes)
		}
	}
	return nil
}

func (v Viewer) themedTerritories() []TerritoryID {
	all := make([]TerritoryID, len(v.Themed))
	for i, r := range v.Themed {
		all[i] = r.Territory
	}
	return all
}

// OrderThemes returns themes in the order of Themes, each once; those of no list last.
func OrderThemes(themes []Theme) (ordered []Theme) {
	for _, t := range Themes {
		if slices.Contains(themes, t.Key) {
			ordered = append(ordered, t.Key)
		}
	}
	for _, t := range themes {
		if !slices.Contains(ordered, t) {
			ordered = append(ordered, t)
		}
	}
	return ordered
}

// A workshop is of the territory it is held in and of the themes it bears. What an
// organisation answers to it is of the themes of both: who coordinates one of those of the
// workshop gathers every answer to it, and who coordinates one of the organisation's
// answers for it wherever it is invited.

func (w Workshop) on() On { return On{Territories: []TerritoryID{w.Territory}, Themes: w.Themes} }

func (w Workshop) answerOf(o Membership) On {
	return On{Organisations: []OrganisationID{o.Organisation}, Territories: []TerritoryID{w.Territory}, Themes: slices.Concat(w.Themes, o.Themes)}
}

// MayOn reports whether v may do a on w, whoever animates it and whoever comes.
func (v Viewer) MayOn(a Act, w Workshop) bool { return v.May(a, w.on()) }

// MayKeep reports whether v may prepare w, publish it, move it, call it off and copy it.
func (v Viewer) MayKeep(w Workshop) bool { return v.MayOn(KeepWorkshops, w) }

// MayInviteTo reports whether v may invite organisations to w, whatever themes those bear:
// to call a workshop is to choose who of the territory should come.
func (v Viewer) MayInviteTo(w Workshop) bool { return v.MayOn(Invite, w) }

// MayCheckIn reports whether v may note who is present at w, animated by animators.
func (v Viewer) MayCheckIn(w Workshop, animators []PersonID) bool {
	on := w.on()
	on.Animators = animators
	return v.May(CheckIn, on)
}

// MayAnswerFor reports whether v may say who of o comes to w; where o takes part does not count.
func (v Viewer) MayAnswerFor(o Membership, w Workshop) bool { return v.May(AnswerFor, w.answerOf(o)) }

// MaySeeAnswersOf reports whether v may see what o answered to the invitation to w.
func (v Viewer) MaySeeAnswersOf(o Membership, w Workshop) bool {
	return v.May(SeeAnswers, w.answerOf(o))
}

// MaySeeAttendanceOf reports whether v may see whether p, of the organisations that are named,
// was there at w; animates is whether v animates it.
func (v Viewer) MaySeeAttendanceOf(p PersonID, of []OrganisationID, w Workshop, animates bool) bool {
	on := w.on()
	on.Person, on.Organisations = p, of
	if animates {
		on.Animators = []PersonID{v.Person}
	}
	return v.May(SeeAttendance, on)
}

// KeepsHold refuses, on the field "themes", that v changes o so that it would be v's to edit
// no more.
func (v Viewer) KeepsHold(o Organisation) error {
	if v.MayEditOrganisation(o) {
		return nil
	}
	var mine []Theme
	for _, t := range o.Territories {
		mine = append(mine, v.ThemesAt(t)...)
	}
	return InvalidField("themes", "Gardez au moins un des thèmes que vous coordonnez : "+ThemeLabels(OrderThemes(mine))+". Pour que cette structure n’en ait plus, demandez à la coordination du territoire.")
}

// InRemit refuses, on the field "themes", that v does a on something of t which would bear
// themes, none of which v coordinates there; nil for who coordinates more, or one of them.
func (v Viewer) InRemit(a Act, t TerritoryID, themes []Theme) error {
	mine := v.ThemesAt(t)
	if len(mine) == 0 || v.May(a, On{Territories: []TerritoryID{t}, Themes: themes}) {
		return nil
	}
	return InvalidField("themes", "Cochez au moins un des thèmes que vous coordonnez : "+ThemeLabels(mine)+".")
}
