package app

// Convention is a Convention Territoriale Globale: what the partners of a territory
// agreed to do together, in phases and along axes.
type Convention struct {
	ID        ConventionID
	Territory TerritoryID
	Name      string
	StartsOn  Date
	EndsOn    Date
	SignedOn  Date
	Summary   string
	Invented  bool // made up for the demonstration
	Phases    []Phase
	Axes      []Axis
	Version   int
}

// Phase is a stretch of a convention's life.
type Phase struct {
	ID       PhaseID
	Name     string
	StartsOn Date
	EndsOn   Date
}

// Axis is a strategic axis of a convention; Number counts from 1.
type Axis struct {
	ID     AxisID
	Number int
	Title  string
}

// PhaseNames lists the phases of a convention in their usual order.
var PhaseNames = []string{
	"Préparation", "Diagnostic partagé", "Plan d’actions", "Signature", "Mise en œuvre", "Évaluation",
}
