package telegram

import "testing"

func TestMarkdownV2(t *testing.T) {
	checkParsing(t, parseMarkdownV2, []parsing{
		// Marks, one in another. Offsets are UTF-16 units of the text that comes out.
		{`plain`, `plain |`},
		{`*b* _i_ __u__ ~s~ ||p||`, `b i u s p | bold 0 1; italic 2 1; underline 4 1; strikethrough 6 1; spoiler 8 1`},
		{`*a _b_*`, `a b | bold 0 3; italic 2 1`},
		{"🏟_🏟_", `🏟🏟 | italic 2 2`},
		{`**a__~~__`, `a |`},
		// Two underscores are always an underline's.
		{`_x __y___`, `x y | italic 0 3; underline 2 1`},
		{`___x___`, `!Can't find end of Italic entity at byte offset 6`},
		{"___x_\r__", "x\r | underline 0 2; italic 0 1"},
		{`_a__`, `!Can't find end of Underline entity at byte offset 2`},
		{`__a _b___`, `!Can't find end of Italic entity at byte offset 8`},
		// Escapes work everywhere, for all of ASCII but the last character.
		{`\*\_\.`, `*_. |`},
		{`\a\\`, `a\ |`},
		{"\\\x7f", "\\\x7f |"},
		{`\я`, `\я |`},
		{"`\\``", "` | code 0 1"},
		// Code holds nothing. A language ends at white space.
		{"`*not* .!`", `*not* .! | code 0 8`},
		{"```x```", `x | pre 0 1`},
		{"```go\nx```", `x | pre 0 1 go`},
		{"```go x```", ` x | pre 0 2 go`},
		{"```\r\nx```", `x | pre 0 1`},
		{"```go\n\nx```", "\nx | pre 0 2 go"},
		{"```go```", `go | pre 0 2`},
		{"```a ", `!Can't find end of PreCode entity at byte offset 0`},
		{"```a", `!Can't find end of Pre entity at byte offset 0`},
		{"🏟`", `!Can't find end of Code entity at byte offset 4`},
		// Links; an address that is none leaves plain text.
		{`[t](http://a.b?c)`, `t | text_link 0 1 http://a.b/?c`},
		{`[t](a\.b/\))`, `t | text_link 0 1 http://a.b/)`},
		{`[t](tg://user?id=5)`, `t | text_mention 0 1 5`},
		{`[t](TG:User/?x=1&id=5#id=6)`, `t | text_mention 0 1 5`},
		{`[t](tg://user?id=05)`, `t | text_link 0 1 tg://user?id=05`},
		{`[t](nodot)`, `t |`},
		{`[a\.b]`, `a.b | text_link 0 3 http://a.b/`},
		{`[](a.b)x`, `x |`},
		{`[*a*](b.c)`, `a | text_link 0 1 http://b.c/; bold 0 1`},
		{`[a](b`, `!Can't find end of a URL at byte offset 4`},
		{`[a`, `!Can't find end of TextUrl entity at byte offset 0`},
		// Custom emoji and moments.
		{`![👍](tg://emoji?id=25)`, `👍 | custom_emoji 0 2 25`},
		{`![x](TG:EMOJI?a&id=-7)`, `x | custom_emoji 0 1 -7`},
		{`![x](tg://time?unix=25&format=wDt)`, `x | date_time 0 1 25 wDt`},
		{`![x](tg://time?unix=25&format=TtdD)`, `x | date_time 0 1 25 dt`},
		{`![x](tg://time?unix=25)`, `x | date_time 0 1 25`},
		{`![x]`, `!The entity must contain a tg://emoji or tg://time URL`},
		{`![x]()`, `!Invalid tg://emoji or tg://time URL specified`},
		{`![x](tg://emoji?id=0)`, `!Invalid tg://emoji or tg://time URL specified`},
		{`![x](tg://emoji?id=a&id=5)`, `!Invalid tg://emoji or tg://time URL specified`},
		{`![x](tg://time?unix=0)`, `!Invalid tg://emoji or tg://time URL specified`},
		{`![x](tg://time?unix=2147483648)`, `!Invalid tg://emoji or tg://time URL specified`},
		{`![x](tg://time?unix=5&format=x)`, `!Invalid tg://emoji or tg://time URL specified`},
		{`![x](tg://emoji?id=1`, `!Can't find end of a URL at byte offset 5`},
		{`![x`, `!Can't find end of CustomEmoji entity at byte offset 0`},
		// Quotes: from a > at a line's beginning to the first line without one,
		// with its line break; || at the end makes them expandable.
		{">q\n>r\nout", "q\nr\nout | blockquote 0 4"},
		{">q", `q | blockquote 0 1`},
		{">>q", `q | blockquote 0 1`},
		{">q\n**>r", "q\nr | blockquote 0 2; blockquote 2 1"},
		{">q\n>r||", "q\nr | expandable_blockquote 0 3"},
		{">q||\nout", "q\nout | expandable_blockquote 0 2"},
		{">q||\r\nout", "q\r\nout | expandable_blockquote 0 3"},
		{">q||e||", "qe | blockquote 0 2; spoiler 1 1"},
		{">q||e||||", "qe | expandable_blockquote 0 2; spoiler 1 1"},
		{"\\\n>q", "\nq | blockquote 1 1"},
		{"*>q*", `!Can't find end of Bold entity at byte offset 3`}, // the second star closes nothing: it opens another
		{">`a\n`>", "!Character '>' is reserved and must be escaped with the preceding '\\'"},
		{"a>b", `!Character '>' is reserved and must be escaped with the preceding '\'`},
		{"a\r>b", `!Character '>' is reserved and must be escaped with the preceding '\'`},
		{"\r>b", "\rb | blockquote 1 1"},
		{">*q\nr*", `!Can't find end of Bold entity at byte offset 1`},
		{">*q||\n", `!Can't find end of Bold entity at byte offset 1`},
		{">*q||", `!Can't find end of Bold entity at byte offset 1`},
		{">||\n", "\n | expandable_blockquote 0 1"},
		// What is left open, and what must be escaped.
		{`ab*c`, `!Can't find end of Bold entity at byte offset 2`},
		{`~`, `!Can't find end of Strikethrough entity at byte offset 0`},
		{`||a|`, `!Character '|' is reserved and must be escaped with the preceding '\'`},
		{`1.5`, `!Character '.' is reserved and must be escaped with the preceding '\'`},
		{`hi!`, `!Character '!' is reserved and must be escaped with the preceding '\'`},
	})
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

func TestMarkdown(t *testing.T) {
	checkParsing(t, parseMarkdown, []parsing{
		{"*b* _i_ `c` [t](a.b)", `b i c t | bold 0 1; italic 2 1; code 4 1; text_link 6 1 http://a.b/`},
		{`a\_b \[ \x`, `a_b [ \x |`},
		{`*a\*`, `a\ | bold 0 2`},
		{`*a_b*`, `a_b | bold 0 3`},
		{`**a__`, `a |`},
		{"```x```", `x | pre 0 1`},
		{"```\nx```", `x | pre 0 1`},
		{"```go\nx```", `x | pre 0 1 go`},
		{"```go x```", ` x | pre 0 2 go`},
		{`[t](tg://user?id=5)`, `t | text_mention 0 1 5`},
		{`[t](nodot)`, `t |`},
		{`[t](a.b`, `t | text_link 0 1 http://a.b/`}, // parentheses need no end
		{`[](a.b)`, `(a.b) |`},
		{`*a* \_ [b.c]`, `a _ b.c | bold 0 1; text_link 4 3 http://b.c/`},
		{`[example.org]`, `example.org | text_link 0 11 http://xample.orgg/`}, // the server's own mistake
		{`*b`, `!Can't find end of the entity starting at byte offset 0`},
		{"я ```b``", `!Can't find end of the entity starting at byte offset 3`},
		{`[a`, `!Can't find end of the entity starting at byte offset 0`},
	})
}
