package app

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"strings"
	"sync/atomic"
	"time"
)

// Ids are made by the application and mean nothing, except a territory's (the
// SIREN of its EPCI) and a commune's (its INSEE code). Each has a type, so that
// two of them cannot be swapped by mistake.
type (
	AccountID      string
	AuditID        string
	AxisID         string
	CampaignID     string
	CommuneCode    string
	ConventionID   string
	IdentityID     string
	ImportID       string
	InquiryID      string
	InvitationID   string
	JoinRequestID  string
	MailID         string
	MergeID        string
	ObjectionID    string
	OrganisationID string
	PasskeyID      string
	PersonID       string
	PhaseID        string
	PositionID     string
	ReadID         string
	RegistrationID string
	ServiceID      string
	TerritoryID    string
	WorkshopID     string
)

// NewID returns a fresh identifier: sixteen characters of base 32, 80 random bits,
// lower case so that it can be read aloud from a URL.
func NewID[T ~string]() T { return T(strings.ToLower(rand.Text()[:16])) }

// NewOrderedID is NewID for what happened at now: those made one after the other by one
// process, in the same second too, sort in that order.
func NewOrderedID[T ~string](now time.Time) T {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:], uint64(now.Unix())<<24|made.Add(1)&0xFFFFFF)
	_, _ = rand.Read(b[8:]) // never fails (crypto/rand)
	return T(strings.ToLower(base32.HexEncoding.EncodeToString(b[:])[:20]))
}

var made atomic.Uint64
