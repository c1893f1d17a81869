package web

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"maillage/app"
)

// Sign-ins an address may try at once, and how many more a second afterwards. A whole
// town hall may share one address.
const (
	attemptsAtOnce   = 60
	attemptsASecond  = 1
	addressesTracked = 50_000
)

// limits slows down who tries many passwords or many addresses from one place.
type limits struct {
	mu      sync.Mutex
	buckets map[string]*rate.Limiter
}

func newLimits() *limits { return &limits{buckets: map[string]*rate.Limiter{}} }

// attempt takes one attempt of an address, or refuses with Throttled.
func (l *limits) attempt(address string, now time.Time) error {
	if ip, err := netip.ParseAddr(address); err == nil && ip.Is6() && !ip.Is4In6() { // a customer has a /64
		if prefix, err := ip.WithZone("").Prefix(64); err == nil {
			address = prefix.String()
		}
	}
	l.mu.Lock()
	bucket := l.buckets[address]
	if bucket == nil {
		l.forget(now)
		bucket = rate.NewLimiter(attemptsASecond, attemptsAtOnce)
		l.buckets[address] = bucket
	}
	l.mu.Unlock()
	if !bucket.AllowN(now, 1) {
		return app.Errorf(app.Throttled, "Trop d’essais depuis cet endroit. Attendez une minute, puis réessayez.")
	}
	return nil
}

// forget drops the addresses that have all their attempts again, once there are many.
func (l *limits) forget(now time.Time) {
	if len(l.buckets) < addressesTracked {
		return
	}
	for address, bucket := range l.buckets {
		if bucket.TokensAt(now) >= attemptsAtOnce {
			delete(l.buckets, address)
		}
	}
}
