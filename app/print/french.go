package print

import (
	"fmt"
	"strings"
)

// count writes n and the noun, which takes an s from two on, as in French.
func count(n int, noun string) string {
	if n >= 2 {
		noun = strings.ReplaceAll(noun, " ", "s ") + "s"
	}
	return fmt.Sprintf("%d\u00a0%s", n, noun)
}

func pageOf(n, pages int) string { return fmt.Sprintf("Page\u00a0%d/%d", n, pages) }

// capital writes the first letter of s as a capital.
func capital(s string) string {
	for i, r := range s {
		if i == 0 {
			return strings.ToUpper(string(r)) + s[len(string(r)):]
		}
	}
	return s
}
