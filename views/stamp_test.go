package views

import "testing"

func TestOnlyFormsThatWriteSayUnderWhomThePageWasOpened(t *testing.T) {
	const stamp = `<input type="hidden" name="ouvert-par" value="a&#34;1"/><input type="hidden" name="ouvert-sur" value="t1"/>`
	for page, want := range map[string]string{
		`<body data-account="a&#34;1" data-territory="t1"><form class="x" method="post" action="/a"><button>`:                        `<body data-account="a&#34;1" data-territory="t1"><form class="x" method="post" action="/a">` + stamp + `<button>`,
		`<body data-account="a&#34;1" data-territory="t1"><form method="get"><p>method="post"</p></form><form method="post"></form>`: `<body data-account="a&#34;1" data-territory="t1"><form method="get"><p>method="post"</p></form><form method="post">` + stamp + `</form>`,
		`<body data-account="" data-territory=""><form method="post">`:                                                               `<body data-account="" data-territory=""><form method="post">`,
		`<form method="post">`:       `<form method="post">`,
		`<body><form method="post">`: `<body><form method="post">`,
	} {
		if got := string(Stamp([]byte(page))); got != want {
			t.Errorf("Stamp(%s) =\n%s, want\n%s", page, got, want)
		}
	}
}
