package views

import "bytes"

// Stamp returns a page with, in each of its forms that writes something, under which account
// and on which territory the page was opened, as its body says: what is sent from a page that
// stayed open is written in nobody else's name. It does so without JavaScript; assets/js/opened.js
// does it again for the fragments that came into the page since. A page of nobody is
// returned as it is.
func Stamp(page []byte) []byte {
	account := attribute(page, "<body ", "data-account")
	if len(account) == 0 {
		return page
	}
	hidden := `<input type="hidden" name="ouvert-par" value="` + string(account) + `"/>` +
		`<input type="hidden" name="ouvert-sur" value="` + string(attribute(page, "<body ", "data-territory")) + `"/>`
	set, rest := make([]byte, 0, len(page)+len(hidden)*bytes.Count(page, []byte(writes))), page
	for {
		i := bytes.Index(rest, []byte("<form "))
		if i < 0 {
			return append(set, rest...)
		}
		end := i + bytes.IndexByte(rest[i:], '>') + 1 // in an attribute ">" is written &gt;
		set = append(set, rest[:end]...)
		if bytes.Contains(rest[i:end], []byte(writes)) {
			set = append(set, hidden...)
		}
		rest = rest[end:]
	}
}

const writes = ` method="post"`

// attribute is the value, as it is written, of an attribute of the first tag that begins so.
func attribute(page []byte, tag, name string) []byte {
	_, after, found := bytes.Cut(page, []byte(tag))
	if !found {
		return nil
	}
	inside, _, _ := bytes.Cut(after, []byte(">"))
	_, value, _ := bytes.Cut(inside, []byte(name+`="`))
	value, _, _ = bytes.Cut(value, []byte(`"`))
	return value
}
