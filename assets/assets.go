// Package assets serves the files the browser needs, under names that change with
// their content, so that a browser keeps them for ever.
package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"
	"sync"
)

//go:embed css js fonts images vendor
var files embed.FS

// layers gives the stylesheets their order, whatever the order of their files.
const layers = "@layer reset, tokens, base, layout, components, pages;\n"

// alone are the scripts that only some pages load; every other one of js/ is in "app.js".
var alone = map[string]bool{"js/map.js": true, "js/graph.js": true, "js/passkey.js": true}

type asset struct {
	content []byte
	mime    string
	gzipped func() []byte // nil when it would gain nothing
}

var (
	paths  = map[string]string{} // "app.css" → "/assets/app.1f3a….css"
	assets = map[string]*asset{} // the latter → what is served
)

func init() {
	var styles, scripts bytes.Buffer
	styles.WriteString(layers)
	each(func(name string, content []byte) {
		switch {
		case strings.HasPrefix(name, "css/"):
			styles.Write(content)
		case strings.HasPrefix(name, "js/") && !alone[name]:
			fmt.Fprintf(&scripts, "{\n%s}\n", content)
		case path.Ext(name) == ".md" || path.Base(name) == "LICENSE":
		default:
			add(name, content)
		}
	})
	add("app.css", fingerprinted(styles.Bytes()))
	add("app.js", scripts.Bytes())
}

func each(do func(name string, content []byte)) {
	err := fs.WalkDir(files, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := files.ReadFile(name)
		if err == nil {
			do(name, content)
		}
		return err
	})
	if err != nil {
		panic(err)
	}
}

func add(name string, content []byte) {
	ext := path.Ext(name)
	kind := mime.TypeByExtension(ext)
	switch ext {
	case ".woff2":
		kind = "font/woff2"
	case ".js", ".mjs":
		kind = "text/javascript; charset=utf-8"
	}
	served := &asset{content: content, mime: kind}
	if ext != ".woff2" && ext != ".png" && ext != ".webp" {
		served.gzipped = sync.OnceValue(func() []byte { return squeeze(content) })
	}
	at := fmt.Sprintf("/assets/%s.%.8x%s", strings.TrimSuffix(name, ext), sha256.Sum256(content), ext)
	paths[name], assets[at] = at, served
}

var reference = regexp.MustCompile(`url\("([^"#:]+)"\)`)

// fingerprinted gives the files that a stylesheet names the names they are served under.
func fingerprinted(css []byte) []byte {
	return reference.ReplaceAllFunc(css, func(url []byte) []byte {
		return []byte(`url("` + Path(string(reference.FindSubmatch(url)[1])) + `")`)
	})
}

func squeeze(content []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // a level that exists
	_, _ = w.Write(content)
	_ = w.Close()
	return b.Bytes()
}

// Path returns the address of a file by its name here ("fonts/x.woff2"), of all
// stylesheets in one ("app.css") or all scripts that every page loads ("app.js").
// It panics if there is none by that name.
func Path(name string) string {
	if p, ok := paths[name]; ok {
		return p
	}
	panic("assets: no file " + name)
}

// Handler serves what Path names, which may be kept for ever.
func Handler(w http.ResponseWriter, r *http.Request) {
	a, ok := assets[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", a.mime)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	content := a.content
	if a.gzipped != nil {
		h.Set("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			content = a.gzipped()
		}
	}
	h.Set("Content-Length", fmt.Sprint(len(content)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(content)
	}
}
