package views

import "net/url"

// pathEscape makes s safe as one segment of an address; templ does not do it.
func pathEscape(s string) string { return url.PathEscape(s) }
