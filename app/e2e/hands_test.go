package e2e

import (
	"encoding/json"
	"fmt"

	"github.com/chromedp/cdproto/input"
	cdp "github.com/chromedp/chromedp"
)

// find is a JavaScript function that finds what a person would: the visible element with one of the roles
// whose accessible name is name, or else starts with it. Spaces of all widths are alike. Names are dear to
// ask of the browser: only the elements with these letters about them are asked.
const find = `((roles, name, within) => {
	const plain = s => (s || "").replace(/[\s\u00a0\u202f]+/g, " ").trim();
	const letters = s => (s || "").replace(/[\s\u00a0\u202f]+/g, "");
	const root = within ? document.querySelector(within) : document;
	if (!root) return null;
	const about = e => [e.textContent, e.ariaLabel, e.title, e.placeholder, e.localName === "input" && e.value,
		...[...(e.labels || []), ...(e.ariaLabelledByElements || [])].map(l => l.textContent)].map(letters);
	const all = [...root.querySelectorAll("a, button, input, select, textarea, summary, [role]")]
		.filter(e => about(e).some(text => text.includes(letters(name))))
		.filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest("[inert]"))
		.filter(e => roles.includes(e.localName) || roles.includes(e.computedRole));
	const named = e => plain(e.computedName);
	return all.find(e => named(e) === plain(name)) || all.find(e => named(e).startsWith(plain(name))) || null;
})`

const (
	clickable = `["link", "button", "summary", "checkbox", "radio", "tab", "menuitem", "switch"]`
	fillable  = `["textbox", "searchbox", "combobox", "listbox", "spinbutton", "input", "select", "textarea"]`
)

func quote(s string) string {
	out, _ := json.Marshal(s)
	return string(out)
}

func sought(roles, name, within string) string {
	return fmt.Sprintf("%s(%s, %s, %s)", find, roles, quote(name), quote(within))
}

// click presses the link, button or box with this accessible name, with the
// mouse, where it is on the screen: what is covered cannot be pressed.
func (b *tab) click(name string) {
	b.t.Helper()
	b.clickIn("", name)
}

// clickIn is click inside the first element that a CSS selector matches.
func (b *tab) clickIn(within, name string) {
	b.t.Helper()
	b.press(fmt.Sprintf("something to press named “%s”", name), sought(clickable, name, within))
}

// press clicks the element that a JavaScript expression finds, once it is there.
func (b *tab) press(what, element string) {
	b.t.Helper()
	b.wait(what, "!!"+element)
	point := eval[[]float64](b, `(() => {
		const e = %s;
		e.scrollIntoView({block: "center", behavior: "instant"});
		const r = e.getClientRects()[0], x = r.left + r.width / 2, y = r.top + r.height / 2;
		const top = document.elementFromPoint(x, y);
		const label = top && top.closest("label");
		return top && (e.contains(top) || top.contains(e) || label && label.control === e) ? [x, y] : [];
	})()`, element)
	if len(point) != 2 {
		b.fatalf("%s is covered by something else", what)
	}
	b.do(cdp.MouseClickXY(point[0], point[1]))
}

// fill puts a value in the field with this label, in place of what is there:
// typed in a text, chosen by its words in a list, set in a date or a time.
func (b *tab) fill(label, value string) {
	b.t.Helper()
	b.fillIn("", label, value)
}

// fillIn is fill inside the first element that a CSS selector matches.
func (b *tab) fillIn(within, label, value string) {
	b.t.Helper()
	field := sought(fillable, label, within)
	b.wait(fmt.Sprintf("a field named “%s”", label), "!!"+field)
	typed := eval[bool](b, `((e, value) => {
		e.scrollIntoView({block: "center", behavior: "instant"});
		e.focus();
		if (e.localName === "select") {
			const plain = s => s.replace(/[\s\u00a0\u202f]+/g, " ").trim();
			const option = [...e.options].find(o => plain(o.text) === plain(value)) || [...e.options].find(o => plain(o.text).startsWith(plain(value)));
			if (!option) throw new Error("no choice " + value + " among " + [...e.options].map(o => o.text).join(", "));
			e.value = option.value;
		} else if (/^(date|time|datetime-local|month|number|color)$/.test(e.type)) {
			e.value = value;
		} else {
			e.select();
			return true;
		}
		e.dispatchEvent(new Event("input", {bubbles: true}));
		e.dispatchEvent(new Event("change", {bubbles: true}));
		return false;
	})(%s, %s)`, field, quote(value))
	if typed {
		if _, err := cdp.Call(b.ctx, input.InsertText, input.InsertTextParams{Text: value}); err != nil {
			b.fatalf("typing %q in “%s”: %v", value, label, err)
		}
	}
}

// see waits until a text is on the screen. Spaces of all widths are alike, and
// so are capitals, which style sheets change.
func (b *tab) see(text string) {
	b.t.Helper()
	b.seeIn("body", text)
}

// seeIn is see inside the first element that a CSS selector matches.
func (b *tab) seeIn(within, text string) {
	b.t.Helper()
	b.wait(fmt.Sprintf("“%s” in %s", text, within), fmt.Sprintf(`(() => {
		const plain = s => s.replace(/[\s\u00a0\u202f]+/g, " ").toLowerCase();
		const e = document.querySelector(%s);
		return !!e && plain(e.innerText).includes(plain(%s));
	})()`, quote(within), quote(text)))
}

// at waits until the tab shows this path, loaded.
func (b *tab) at(path string) {
	b.t.Helper()
	b.wait("the page "+path, fmt.Sprintf(`location.pathname === %s && document.readyState === "complete"`, quote(path)))
}

// path returns the path the tab shows.
func (b *tab) path() string {
	b.t.Helper()
	return eval[string](b, `location.pathname`)
}
