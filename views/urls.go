package views

import "net/url"

// pathEscape makes s safe as one segment of an address; templ does not do it.
func pathEscape(s string) string { return url.PathEscape(s) }

// queryEscape makes s safe as a value in the query of an address.
func queryEscape(s string) string { return url.QueryEscape(s) }

// Address returns path with those parameters that have a value; pairs are name, value.
func Address(path string, pairs ...string) string { return address(path, url.Values{}, pairs...) }

// address returns path with a query in which pairs, name and value, are set; a value ""
// takes its name out. It may change v.
func address(path string, v url.Values, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			v.Del(pairs[i])
		} else {
			v.Set(pairs[i], pairs[i+1])
		}
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}
