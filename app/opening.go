package app

// Opening is a territory that begins to be used here: its communes, those around it,
// and its first convention.
type Opening struct {
	Territory   Territory
	Institution string    // the EPCI's full name, as the first structure of the directory
	Communes    []Commune // its own, and those of the départements it touches
	Convention  Convention
}

// NewConvention returns a first convention of t, in the six usual phases, of which only
// the very beginning and the very end are dated, and without axes. Dates may be any,
// in their order. What is wrong is said of the fields "convention", "debut" and "fin".
func NewConvention(t TerritoryID, name string, from, to Date) (Convention, error) {
	wrong := Fields{}
	if name == "" {
		wrong.Add("convention", "Donnez un nom à la convention, par exemple CTG 2026–2029.")
	}
	if from == "" {
		wrong.Add("debut", "Indiquez le premier jour de la convention.")
	}
	switch {
	case to == "":
		wrong.Add("fin", "Indiquez le dernier jour de la convention.")
	case to < from:
		wrong.Add("fin", "La convention finirait avant d’avoir commencé : vérifiez les deux dates.")
	}
	v := Convention{ID: NewID[ConventionID](), Territory: t, Name: name, StartsOn: from, EndsOn: to, Phases: make([]Phase, len(PhaseNames))}
	for i, phase := range PhaseNames {
		v.Phases[i] = Phase{ID: NewID[PhaseID](), Name: phase}
	}
	v.Phases[0].StartsOn, v.Phases[len(v.Phases)-1].EndsOn = from, to
	return v, wrong.Err()
}
