package app

import "net/netip"

// Place returns a network address made coarse, as the CNIL recommends where a whole one
// is not needed: of IPv4 the first 24 bits, of IPv6 the first 48, enough to tell one's
// office from elsewhere and too little to name a machine. "" for what is no address
// or is the machine itself.
func Place(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil || a.IsLoopback() {
		return ""
	}
	bits := 48
	if a = a.Unmap().WithZone(""); a.Is4() {
		bits = 24
	}
	network, err := a.Prefix(bits)
	if err != nil {
		return ""
	}
	return network.String()
}
