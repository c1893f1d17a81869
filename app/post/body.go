package post

import (
	"html"
	"regexp"
	"strings"
	"unicode"
)

// plain returns text as it travels: valid UTF-8, lines ended by "\n", without
// control characters.
func plain(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(text, "\ufffd"))
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text)) + "\n"
}

var link = regexp.MustCompile(`https?://[^\s<>"«»]*[^\s<>"«».,;:!?)’']`)

// page says text in HTML that any reader of mail shows. Mail has no style sheet:
// what style there is stands on the elements.
func page(title, text, name string) string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>`)
	b.WriteString(html.EscapeString(title))
	b.WriteString(`</title></head><body style="margin:0;padding:24px 16px;background:#f6f4ef;color:#1f2433;font:16px/1.5 sans-serif">` +
		`<div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px">` +
		`<p style="margin:0 0 20px;font-weight:bold">`)
	b.WriteString(html.EscapeString(name))
	b.WriteString("</p>\n")
	for paragraph := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		if paragraph = strings.TrimSpace(paragraph); paragraph != "" {
			b.WriteString(`<p style="margin:0 0 16px">` + strings.ReplaceAll(linked(paragraph), "\n", "<br>\n") + "</p>\n")
		}
	}
	b.WriteString("</div></body></html>\n")
	return b.String()
}

// linked escapes text and makes links of the addresses in it.
func linked(text string) string {
	var b strings.Builder
	end := 0
	for _, at := range link.FindAllStringIndex(text, -1) {
		address := html.EscapeString(text[at[0]:at[1]])
		b.WriteString(html.EscapeString(text[end:at[0]]))
		b.WriteString(`<a href="` + address + `" style="color:#1f2433;overflow-wrap:anywhere">` + address + `</a>`)
		end = at[1]
	}
	b.WriteString(html.EscapeString(text[end:]))
	return b.String()
}
