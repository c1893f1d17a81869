package views

import "net/url"

// pathEscape makes s safe as one segment of an address; templ does not do it.
func pathEscape(s string) string { return url.PathEscape(s) }

// queryEscape makes s safe as a value in the query of an address.
func queryEscape(s string) string { return url.QueryEscape(s) }
