package tenants_test

import (
	"reflect"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"topicdesk/tenants"
)

func TestParseMarkdown(t *testing.T) {
	type es = []tenants.Entity
	e := func(kind string, offset, length int) tenants.Entity {
		return tenants.Entity{Kind: kind, Offset: offset, Length: length}
	}
	tests := []struct {
		source, text string
		entities     es
	}{
		{"plain", "plain", nil},
		{"*b* _i_ __u__ ~s~ ||x||", "b i u s x", es{e("bold", 0, 1), e("italic", 2, 1), e("underline", 4, 1), e("strikethrough", 6, 1), e("spoiler", 8, 1)}},
		{"*a _b_*", "a b", es{e("bold", 0, 3), e("italic", 2, 1)}},
		{"_i __u___", "i u", es{e("italic", 0, 3), e("underline", 2, 1)}}, // two underscores first
		{"😀*b*", "😀b", es{e("bold", 2, 1)}},
		{"*😀*", "😀", es{e("bold", 0, 2)}},
		{`\*a\* 1\.5 \\ \a`, `*a* 1.5 \ a`, nil},
		{`end \`, `end \`, nil},
		{`\я`, `\я`, nil},
		{"`a*b\\`c`", "a*b`c", es{e("code", 0, 5)}},
		{"```go\nx := 1\n```", "x := 1\n", es{{Kind: "pre", Offset: 0, Length: 7, Language: "go"}}},
		{"```x y```", "x y", es{e("pre", 0, 3)}},
		{"[here](https://example.com/a\\)b)", "here", es{{Kind: "text_link", Offset: 0, Length: 4, URL: "https://example.com/a)b"}}},
		{"[*b*](tg://user?id=42)", "b", es{{Kind: "text_mention", Offset: 0, Length: 1, User: 42}, e("bold", 0, 1)}},
		{"**", "", nil},
		{"Hello {title}", "Hello {title}", nil},
		{`Hello \{title\}`, "Hello {title}", nil},
	}
	for _, test := range tests {
		got, err := tenants.ParseMarkdown(test.source)
		want := tenants.Text{Text: test.text, Entities: test.entities}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q:\ngot  %+v, %v\nwant %+v", test.source, got, err, want)
		}
	}
}

func TestParseMarkdownRefuses(t *testing.T) {
	tests := map[string]string{ // source → error
		"Hello!":               `at character 6: write \! instead of !`,
		"я.":                   `at character 2: write \. instead of .`,
		"a *b":                 "at character 3: * is opened and never closed",
		"*a _b* c_":            "at character 6: * inside another *",
		"a|b":                  `at character 2: write \| instead of |`,
		"> quoted":             `at character 1: write \> instead of >`,
		"`a":                   "at character 1: ` is opened and never closed",
		"```a``":               "at character 1: ``` is opened and never closed",
		"[a]":                  "at character 3: a link is written [words](https://example.com)",
		"[a](":                 "at character 3: a link needs its address: [words](https://example.com)",
		"[a]()":                "at character 3: a link needs its address: [words](https://example.com)",
		"[a](b c)":             "at character 3: a link needs its address: [words](https://example.com)",
		"a]":                   `at character 2: write \] instead of ]`,
		"[*a](https://b.c)*":   `at character 4: write \] instead of ]`,
		"[a [b](x)](y)":        "at character 4: [ inside another [",
		"snake_case":           "at character 6: _ is opened and never closed",
		"![a](tg://emoji?id=5": `at character 1: write \! instead of !`,
	}
	for source, want := range tests {
		got, err := tenants.ParseMarkdown(source)
		if err == nil || err.Error() != want {
			t.Errorf("%q: %+v, %v; want %s", source, got, err, want)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, seed := range []string{"*a _b_* __c__ ||d||", "[a](b) `c` ```d\ne```", `\_ 😀 *😀*`, "Hello!"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		if text, err := tenants.ParseMarkdown(source); err == nil {
			checkEntities(t, text)
		}
		if !utf8.ValidString(source) {
			return
		}
		back, err := tenants.ParseMarkdown(tenants.EscapeMarkdown(source))
		if err != nil || back.Text != source || back.Entities != nil {
			t.Errorf("%q escaped comes back as %+v, %v", source, back, err)
		}
	})
}

// checkEntities: inside the text, not empty, not cutting a character, nested or apart.
func checkEntities(t *testing.T, text tenants.Text) {
	t.Helper()
	units := utf16.Encode([]rune(text.Text))
	for i, e := range text.Entities {
		end := e.Offset + e.Length
		if e.Offset < 0 || e.Length <= 0 || end > len(units) {
			t.Fatalf("entity %+v in %d units", e, len(units))
		}
		for _, at := range []int{e.Offset, end} {
			if at < len(units) && utf16.IsSurrogate(rune(units[at])) && units[at] >= 0xDC00 {
				t.Fatalf("entity %+v cuts a character of %q", e, text.Text)
			}
		}
		for _, other := range text.Entities[:i] {
			if other.Offset+other.Length > e.Offset && other.Offset+other.Length < end {
				t.Fatalf("entities %+v and %+v cross", other, e)
			}
		}
	}
}

func TestComposer(t *testing.T) {
	var c tenants.Composer
	c.Say("🟪 ")
	c.As("bold", "я😀")
	c.As("code", "")
	c.As("code", "/x")
	want := tenants.Text{Text: "🟪 я😀/x", Entities: []tenants.Entity{
		{Kind: "bold", Offset: 3, Length: 3}, {Kind: "code", Offset: 6, Length: 2},
	}}
	if got := c.Text(); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}
