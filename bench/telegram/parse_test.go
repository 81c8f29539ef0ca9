package telegram

import (
	"fmt"
	"strings"
	"testing"
)

// marked writes text and entities in one line: "text | type offset length extra; …".
func marked(text string, es []Entity) string {
	out := make([]string, len(es))
	for i, e := range es {
		out[i] = strings.TrimSpace(fmt.Sprintf("%s %d %d %s", e.Type, e.Offset, e.Length, e.URL+e.Language+e.CustomEmojiID))
	}
	return text + " | " + strings.Join(out, "; ")
}

const parseError = "Bad Request: can't parse entities: "

func TestMarkup(t *testing.T) {
	tests := []struct{ mode, in, want string }{
		{"v2", `plain`, `plain | `},
		{"v2", `*b* _i_ __u__ ~s~ ||p||`, `b i u s p | bold 0 1; italic 2 1; underline 4 1; strikethrough 6 1; spoiler 8 1`},
		{"v2", `*a _b_*`, `a b | bold 0 3; italic 2 1`},
		{"v2", `_x __y___`, `x y | italic 0 3; underline 2 1`},
		{"v2", `\*\_\.`, `*_. | `},
		{"v2", "🏟_🏟_", `🏟🏟 | italic 2 2`},
		{"v2", "`*not*`", `*not* | code 0 5`},
		{"v2", "```go\nx```", `x | pre 0 1 go`},
		{"v2", "```x```", `x | pre 0 1`},
		{"v2", `[t](http://a.b?c)`, `t | text_link 0 1 http://a.b/?c`},
		{"v2", `[t](tg://user?id=5)`, `t | text_link 0 1 tg://user?id=5`},
		{"v2", `[t](nodot)`, `t | `},
		{"v2", `[a\.b]`, `a.b | text_link 0 3 http://a.b/`},
		{"v2", `![👍](tg://emoji?id=25)`, `👍 | custom_emoji 0 2 25`},
		{"v2", ">q\n>r\nout", "q\nr\nout | blockquote 0 4"},
		{"v2", ">q\n**>r", "q\nr | blockquote 0 2; blockquote 2 1"},
		{"v2", ">q\n>r||", "q\nr | expandable_blockquote 0 3"},
		{"v2", ">q||e||", "qe | blockquote 0 2; spoiler 1 1"},
		{"v2", `1.5`, parseError + `Character '.' is reserved and must be escaped with the preceding '\'`},
		{"v2", `a>b`, parseError + `Character '>' is reserved and must be escaped with the preceding '\'`},
		{"v2", `ab*c`, parseError + `Can't find end of Bold entity at byte offset 2`},
		{"v2", "🏟`", parseError + `Can't find end of Code entity at byte offset 4`},
		{"v2", "```a ", parseError + `Can't find end of PreCode entity at byte offset 0`},
		{"v2", `_a__`, parseError + `Can't find end of Underline entity at byte offset 2`},
		{"v2", `__a _b___`, parseError + `Can't find end of Italic entity at byte offset 8`},
		{"v2", `[a](b`, parseError + `Can't find end of a URL at byte offset 4`},
		{"v2", ">*q\nr*", parseError + `Can't find end of Bold entity at byte offset 1`},

		{"html", `a &lt;b&gt; &amp;&#65;&#x42;`, `a <b> &AB | `},
		{"html", `&nbsp;`, `&nbsp; | `},
		{"html", `<b>b</b><i>i</i><u>u</u><s>s</s>`, `bius | bold 0 1; italic 1 1; underline 2 1; strikethrough 3 1`},
		{"html", `<b>a<i>b</i></b>`, `ab | bold 0 2; italic 1 1`},
		{"html", `<a href="a.b">x</a>`, `x | text_link 0 1 http://a.b/`},
		{"html", `<pre><code class="language-go">x</code></pre>`, `x | pre 0 1 go`},
		{"html", `<pre><code>x</code></pre>`, `x | pre 0 1; code 0 1`},
		{"html", `<code class="language-go">x</code>`, `x | code 0 1`},
		{"html", `<span class="tg-spoiler">x</span>`, `x | spoiler 0 1`},
		{"html", `<blockquote expandable>x</blockquote>`, `x | expandable_blockquote 0 1`},
		{"html", `<tg-emoji emoji-id="7">x</tg-emoji>`, `x | custom_emoji 0 1 7`},
		{"html", `<b>x</>`, `x | bold 0 1`},
		{"html", `<p>x</p>`, parseError + `Unsupported start tag "p" at byte offset 0`},
		{"html", `x <b`, parseError + `Unclosed start tag at byte offset 2`},
		{"html", `<b>x`, parseError + `Can't find end tag corresponding to start tag "b"`},
		{"html", `<b>x</i>`, parseError + `Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`},
		{"html", `x</b>`, parseError + `Unexpected end tag at byte offset 1`},
		{"html", `<span>x</span>`, parseError + `Tag "span" must have class "tg-spoiler" at byte offset 0`},
		{"html", `<i =x>`, parseError + `Empty attribute name in the tag "i" at byte offset 0`},
		{"html", `&#57311;`, parseError + `Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units`},

		{"v1", "*b* _i_ `c` [t](a.b)", `b i c t | bold 0 1; italic 2 1; code 4 1; text_link 6 1 http://a.b/`},
		{"v1", `*b`, parseError + `Can't find end of the entity starting at byte offset 0`},
		{"v1", `a\_b`, `a_b | `},
	}
	parsers := map[string]func(string) (string, []Entity, *problem){"v2": parseMarkdownV2, "html": parseHTML, "v1": parseMarkdown}
	for _, tt := range tests {
		text, es, bad := parsers[tt.mode](tt.in)
		got := marked(text, es)
		if bad != nil {
			got = bad.text
		}
		if got != tt.want {
			t.Errorf("%s %q\n got %s\nwant %s", tt.mode, tt.in, got, tt.want)
		}
	}
}

// Every reserved character alone is an error in MarkdownV2, escaped it is itself.
func TestMarkdownV2Reserved(t *testing.T) {
	for _, c := range "])(#+-=|{}.!" {
		if _, _, bad := parseMarkdownV2(string(c)); bad == nil {
			t.Errorf("%q was taken", c)
		}
		if text, _, bad := parseMarkdownV2(`\` + string(c)); bad != nil || text != string(c) {
			t.Errorf("escaped %q: %q %v", c, text, bad)
		}
	}
}

func FuzzMarkup(f *testing.F) {
	for _, s := range []string{"*a*", ">q||", "```go\nx```", "<b>x</b>", "&#x41;", "[a](b.c)", "![a](tg://emoji?id=1)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, parse := range []func(string) (string, []Entity, *problem){parseMarkdownV2, parseHTML, parseMarkdown} {
			text, es, _ := parse(s)
			for _, e := range es {
				if e.Length <= 0 || e.Offset < 0 || e.Offset+e.Length > utf16Len(text) {
					t.Fatalf("%q: entity %+v outside %q", s, e, text)
				}
			}
		}
	})
}
