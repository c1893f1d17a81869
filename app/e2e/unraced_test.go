//go:build !race

package e2e

// raced tells that the race detector watches.
const raced = false
