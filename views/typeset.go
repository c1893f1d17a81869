package views

import "bytes"

// Typeset returns a page with its spaces as French typography wants them: those before
// a colon, a semicolon, a question mark, an exclamation mark or a closing guillemet, and
// the one after an opening guillemet, never end a line. It changes the text that is read
// and leaves alone tags, scripts, and what stands in a field to be edited. A page in
// which nothing changes is returned as it is.
func Typeset(page []byte) []byte {
	var set []byte
	done := 0
	for at := 0; at < len(page); {
		if page[at] == '<' {
			at += tagEnd(page[at:])
			continue
		}
		end := at + textEnd(page[at:])
		for i := at; i < end; i++ {
			if page[i] == ' ' && (bytes.HasSuffix(page[at:i], opening) || closes(page[i+1:end])) {
				set = append(append(set, page[done:i]...), noBreak...)
				done = i + 1
			}
		}
		at = end
	}
	if done == 0 {
		return page
	}
	return append(set, page[done:]...)
}

var (
	noBreak = []byte("\u00a0")
	opening = []byte("«")
	closing = []byte("»")
	// raw are the elements whose content is not text to read.
	raw = [][]byte{[]byte("<script"), []byte("<style"), []byte("<textarea")}
)

// closes reports whether text begins with a mark that stays with the word before it.
func closes(text []byte) bool {
	if bytes.HasPrefix(text, closing) {
		return true
	}
	if len(text) == 0 || !bytes.ContainsRune([]byte(":;?!"), rune(text[0])) {
		return false
	}
	return len(text) == 1 || text[1] == ' ' || text[1] == '\n' || bytes.HasPrefix(text[1:], noBreak) || bytes.HasPrefix(text[1:], closing)
}

// textEnd is the length of the text that html begins with.
func textEnd(html []byte) int {
	if i := bytes.IndexByte(html, '<'); i >= 0 {
		return i
	}
	return len(html)
}

// tagEnd is the length of the tag that html begins with; that of an element whose
// content is no text to read includes the content.
func tagEnd(html []byte) int {
	for _, name := range raw {
		if bytes.HasPrefix(html, name) {
			if i := bytes.Index(html, append([]byte("</"), name[1:]...)); i >= 0 {
				return i + 1
			}
			return len(html)
		}
	}
	var quote byte
	for i, b := range html {
		switch {
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case b == '"' || b == '\'':
			quote = b
		case b == '>':
			return i + 1
		}
	}
	return len(html)
}
