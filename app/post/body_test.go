package post

import "testing"

func TestLinkedEscapesAndLinks(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"nothing": {"a & b", "a &amp; b"},
		"dot":     {"voir https://a.fr/b.", `voir <a href="https://a.fr/b" style="color:#1f2433;overflow-wrap:anywhere">https://a.fr/b</a>.`},
		"script":  {`javascript:alert(1) <script>`, `javascript:alert(1) &lt;script&gt;`},
		"quote":   {`https://a.fr/"onclick="x`, `<a href="https://a.fr/" style="color:#1f2433;overflow-wrap:anywhere">https://a.fr/</a>&#34;onclick=&#34;x`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := linked(tt.text); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
