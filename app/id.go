package app

import (
	"crypto/rand"
	"strings"
)

// Ids are made by the application and mean nothing, except a territory's (the
// SIREN of its EPCI) and a commune's (its INSEE code). Each has a type, so that
// two of them cannot be swapped by mistake.
type (
	AccountID      string
	AuditID        string
	AxisID         string
	CommuneCode    string
	ConventionID   string
	InvitationID   string
	MailID         string
	OrganisationID string
	PersonID       string
	PhaseID        string
	PositionID     string
	RegistrationID string
	TerritoryID    string
	WorkshopID     string
)

// NewID returns a fresh identifier: sixteen characters of base 32, 80 random bits,
// lower case so that it can be read aloud from a URL.
func NewID[T ~string]() T { return T(strings.ToLower(rand.Text()[:16])) }
