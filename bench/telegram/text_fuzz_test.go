package telegram

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// improper is what is wrong with the entities of a text, "" = nothing.
func improper(text string, es []Entity) string {
	edges := map[int]bool{0: true}
	at := 0
	for _, r := range text {
		at += units(r)
		edges[at] = true
	}
	for i, e := range es {
		if e.Length <= 0 || !edges[e.Offset] || !edges[e.end()] {
			return marked("no whole characters:", es[i:i+1])
		}
		if i > 0 && (es[i-1].Offset > e.Offset || es[i-1].Offset == e.Offset && es[i-1].Length < e.Length) {
			return marked("out of order:", es[i-1:i+1])
		}
		for _, o := range es[:i] {
			inside := e.Offset < o.end()
			switch {
			case inside && e.end() > o.end():
				return marked("crossed:", []Entity{o, e})
			case inside && (o.verbatim() || o.Type == e.Type || o.quotes() && e.quotes()),
				inside && !e.style() && !o.style() && !o.quotes(),
				inside && !e.style() && o.style() && e.Type != "custom_emoji": // which stand behind styles of the same extent
				return marked("nested:", []Entity{o, e})
			}
		}
	}
	return ""
}

// markers are the readers of markup.
var markers = map[string]func(string) (string, []Entity, *problem){
	"MarkdownV2": parseMarkdownV2, "HTML": parseHTML, "Markdown": parseMarkdown,
}

func FuzzMarkup(f *testing.F) {
	for _, s := range []string{
		"*a*", ">q||", ">q||\r\nx", "```go\nx```", "<b>x</b>", "&#x41;", "[a](b.c)", "![a](tg://emoji?id=1)", "**>a\n>b", "_a __b__ _",
		"<pre><code class=\"language-a\">x /a</code></pre>", "<a href='tg://user?id=1'>\r x</a>", "*a _b* c_", "😀<i>\u202e@mention</i>",
		"<blockquote expandable><b>a.com</b></blockquote>", "||a #b *c* d|| ", "[a.b", "[a.com] `/x",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if !utf8.ValidString(in) {
			return
		}
		for mode, parse := range markers {
			text, es, bad := parse(in)
			if bad != nil {
				continue
			}
			text, es, bad = tidy(text, es)
			if bad != nil {
				t.Fatalf("%s %q: %s", mode, in, bad.text)
			}
			if wrong := improper(text, es); wrong != "" {
				t.Fatalf("%s %q: %s in %q", mode, in, wrong, text)
			}
			all := arrange(es, found(text))
			if wrong := improper(text, all); wrong != "" {
				t.Fatalf("%s %q: %s in %q", mode, in, wrong, text)
			}
			if again, same, _ := tidy(text, all); again != text || !sameEntities(same, all) {
				t.Fatalf("%s %q: %s\n is %s the second time", mode, in, marked(text, all), marked(again, same))
			}
		}
	})
}

// FuzzEntities gives a text any entities, of three bytes each.
func FuzzEntities(f *testing.F) {
	f.Add("a.com /b #c 😀", []byte("\x00\x00\x05\x07\x01\x08"))
	f.Add("  x\r\n\t", []byte("\x05\x01\x03\x00\x00\x09\x06\x02\x02"))
	f.Add("\u202e@mention@", []byte("\x0a\x00\x04\x01\x02\x05\x02\x02\x03"))
	f.Add("abcdef", []byte("\x04\x02\x02\x0c\x02\x02"))
	kinds := strings.Fields("bold italic underline strikethrough spoiler blockquote expandable_blockquote code pre date_time text_link text_mention custom_emoji")
	f.Fuzz(func(t *testing.T, in string, marks []byte) {
		if !utf8.ValidString(in) {
			return
		}
		var es []Entity
		for ; len(marks) >= 3; marks = marks[3:] {
			es = append(es, Entity{Type: kinds[int(marks[0])%len(kinds)], Offset: int(int8(marks[1])), Length: int(int8(marks[2]))})
		}
		text, es, bad := tidy(in, es)
		if bad != nil {
			return
		}
		all := arrange(limited(es), found(text))
		if wrong := improper(text, all); wrong != "" {
			t.Fatalf("%q: %s in %q", in, wrong, text)
		}
		if again := arrange(all, nil); !sameEntities(again, all) {
			t.Fatalf("%q: %s\n is %s the second time", in, marked(text, all), marked(text, again))
		}
	})
}

// FuzzEscaped: what is escaped as the Bot API docs say comes out as it was.
func FuzzEscaped(f *testing.F) {
	for _, s := range []string{"", "*a* _b_ [c](d) ~e~ `f` > # + - = | { } . !", "<b>&amp;</b> \"'", `\\_\`, "😀\r\n>q||", "a\x7f\\я"} {
		f.Add(s)
	}
	before := func(signs string) func(string) string {
		return func(s string) string {
			var out strings.Builder
			for _, r := range s {
				if strings.ContainsRune(signs, r) {
					out.WriteByte('\\')
				}
				out.WriteRune(r)
			}
			return out.String()
		}
	}
	escape := map[string]func(string) string{
		"MarkdownV2": before("_*[]()~`>#+-=|{}.!\\"),
		"Markdown":   before("_*`["),
		"HTML":       strings.NewReplacer("<", "&lt;", ">", "&gt;", "&", "&amp;").Replace,
	}
	f.Fuzz(func(t *testing.T, in string) {
		if !utf8.ValidString(in) {
			return
		}
		for mode, parse := range markers {
			if text, es, bad := parse(escape[mode](in)); bad != nil || text != in || len(es) > 0 {
				t.Fatalf("%s: %q became %s %v", mode, in, marked(text, es), bad)
			}
		}
	})
}
