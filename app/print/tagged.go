package print

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"

	"codeberg.org/go-pdf/fpdf"
)

// An element is a node of the structure tree that makes a PDF readable aloud
// (ISO 32000-1, 14.7): either it has children, or it is a piece of one page.
type element struct {
	role     string // H1, P, Table, TR, TH, TD
	scope    string // of a TH: Row or Column
	text     string // what is read aloud, in full, whatever was cut on paper
	page, id int    // of a leaf: its page from 1, and its number on that page
	children []*element
	object   int
}

// A tagger draws through fpdf, which knows nothing of tags, and remembers what
// each piece was, so that tag can append the tree to the finished file.
type tagger struct {
	pdf     *fpdf.Fpdf
	root    *element
	current *element
	leaves  map[int][]*element // by page
}

func newTagger(pdf *fpdf.Fpdf) *tagger {
	root := &element{role: "Document", id: -1}
	return &tagger{pdf: pdf, root: root, current: root, leaves: map[int][]*element{}}
}

// group runs draw with every piece it draws placed under a new element.
func (t *tagger) group(role string, draw func()) {
	e := &element{role: role, id: -1}
	t.current.children = append(t.current.children, e)
	parent := t.current
	t.current = e
	draw()
	t.current = parent
}

// leaf runs draw as one piece that is read as text.
func (t *tagger) leaf(role, scope, text string, draw func()) {
	page := t.pdf.PageNo()
	e := &element{role: role, scope: scope, text: text, page: page, id: len(t.leaves[page])}
	t.current.children = append(t.current.children, e)
	t.leaves[page] = append(t.leaves[page], e)
	t.pdf.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC\n", role, e.id))
	draw()
	t.pdf.RawWriteStr("EMC\n")
}

// artifact runs draw as decoration, which is not read.
func (t *tagger) artifact(draw func()) {
	t.pdf.RawWriteStr("/Artifact BMC\n")
	draw()
	t.pdf.RawWriteStr("EMC\n")
}

// tag returns file, as fpdf wrote it, followed by an incremental update
// (ISO 32000-1, 7.5.6) that holds the structure tree.
func (t *tagger) tag(file []byte) ([]byte, error) {
	old, err := readObjects(file)
	if err != nil {
		return nil, err
	}
	u := &update{next: len(old.offsets), offsets: map[int]int{}}
	u.out.Write(file)

	tree, parents := u.allocate(), u.allocate()
	t.root.allocate(u)
	t.root.write(u, tree, old.pages)
	u.write(tree, "<</Type /StructTreeRoot /K [%d 0 R] /ParentTree %d 0 R /ParentTreeNextKey %d>>",
		t.root.object, parents, len(old.pages))
	u.write(parents, "<</Nums [%s]>>", t.numbers(len(old.pages)))
	for i, page := range old.pages {
		u.write(page, "%s", strings.Replace(old.body(page), "<</Type /Page\n",
			fmt.Sprintf("<</Type /Page\n/StructParents %d /Tabs /S\n", i), 1))
	}
	u.write(old.root, "%s", strings.Replace(old.body(old.root), "/Type /Catalog\n", fmt.Sprintf(
		"/Type /Catalog\n/MarkInfo <</Marked true>>\n/StructTreeRoot %d 0 R\n/ViewerPreferences <</DisplayDocTitle true>>\n", tree), 1))
	u.finish(old)
	return u.out.Bytes(), nil
}

// numbers lists, page by page, the objects of the leaves in their order.
func (t *tagger) numbers(pages int) string {
	var b strings.Builder
	for i := range pages {
		fmt.Fprintf(&b, "%d [", i)
		for _, e := range t.leaves[i+1] {
			fmt.Fprintf(&b, "%d 0 R ", e.object)
		}
		b.WriteString("] ")
	}
	return b.String()
}

func (e *element) allocate(u *update) {
	e.object = u.allocate()
	for _, child := range e.children {
		child.allocate(u)
	}
}

func (e *element) write(u *update, parent int, pages []int) {
	var b strings.Builder
	fmt.Fprintf(&b, "<</Type /StructElem /S /%s /P %d 0 R", e.role, parent)
	if e.scope != "" {
		fmt.Fprintf(&b, " /A <</O /Table /Scope /%s>>", e.scope)
	}
	if e.text != "" {
		fmt.Fprintf(&b, " /ActualText %s", textString(e.text))
	}
	if e.id >= 0 {
		fmt.Fprintf(&b, " /Pg %d 0 R /K %d", pages[e.page-1], e.id)
	} else {
		b.WriteString(" /K [")
		for _, child := range e.children {
			fmt.Fprintf(&b, "%d 0 R ", child.object)
		}
		b.WriteByte(']')
	}
	b.WriteString(">>")
	u.write(e.object, "%s", b.String())
	for _, child := range e.children {
		child.write(u, e.object, pages)
	}
}

// textString writes s as a PDF string: UTF-16 in hexadecimal, so that nothing in
// it can be taken for syntax.
func textString(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	b.WriteByte('>')
	return b.String()
}

// An update is what is appended to a finished file: objects and a table of them.
type update struct {
	out     bytes.Buffer
	next    int
	offsets map[int]int
}

func (u *update) allocate() int {
	u.next++
	return u.next - 1
}

func (u *update) write(object int, format string, args ...any) {
	u.offsets[object] = u.out.Len()
	fmt.Fprintf(&u.out, "%d 0 obj\n", object)
	fmt.Fprintf(&u.out, format, args...)
	u.out.WriteString("\nendobj\n")
}

func (u *update) finish(old *objects) {
	at := u.out.Len()
	u.out.WriteString("xref\n")
	for object := range u.next {
		if offset, ok := u.offsets[object]; ok {
			fmt.Fprintf(&u.out, "%d 1\n%010d 00000 n \n", object, offset)
		}
	}
	fmt.Fprintf(&u.out, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /Prev %d>>\nstartxref\n%d\n%%%%EOF\n",
		u.next, old.root, old.info, old.xref, at)
}

// objects is where things are in a file that fpdf wrote.
type objects struct {
	file       []byte
	xref       int
	offsets    []int // by object number; 0 for the free one
	root, info int
	pages      []int // objects of the pages, in order
}

var errNotOurs = errors.New("print: the PDF is not laid out as fpdf lays it out")

// readObjects follows the table at the end of the file, never its content, so
// that no text on a page can be taken for an object.
func readObjects(file []byte) (*objects, error) {
	o := &objects{file: file}
	end := bytes.LastIndex(file, []byte("startxref\n"))
	if end < 0 {
		return nil, errNotOurs
	}
	if _, err := fmt.Sscanf(string(file[end:]), "startxref\n%d", &o.xref); err != nil || o.xref > end {
		return nil, errNotOurs
	}
	lines := strings.Split(string(file[o.xref:end]), "\n")
	for _, line := range lines[1:] {
		switch fields := strings.Fields(line); {
		case len(fields) == 3 && fields[2] == "n":
			offset, _ := strconv.Atoi(fields[0])
			o.offsets = append(o.offsets, offset)
		case len(fields) == 3 && fields[2] == "f":
			o.offsets = append(o.offsets, 0)
		case len(fields) == 4 && fields[0] == "/Root":
			o.root, _ = strconv.Atoi(fields[1])
		case len(fields) == 4 && fields[0] == "/Info":
			o.info, _ = strconv.Atoi(fields[1])
		}
	}
	for object, offset := range o.offsets {
		if offset > 0 && strings.HasPrefix(o.body(object), "<</Type /Page\n") {
			o.pages = append(o.pages, object)
		}
	}
	if o.root == 0 || o.info == 0 || len(o.pages) == 0 {
		return nil, errNotOurs
	}
	return o, nil
}

// body returns what stands between "obj" and "endobj", for objects that are not streams.
func (o *objects) body(object int) string {
	_, body, _ := bytes.Cut(o.file[o.offsets[object]:], []byte(" obj\n"))
	body, _, _ = bytes.Cut(body, []byte("\nendobj"))
	return string(body)
}
