package tenants_test

import (
	"testing"

	"topicdesk/tenants"
)

func TestFormatMarkdown(t *testing.T) {
	of := func(text string, entities ...tenants.Entity) tenants.Text {
		return tenants.Text{Text: text, Entities: entities}
	}
	tests := []struct {
		text tenants.Text
		want string
	}{
		{of("Hello! 1+1"), `Hello\! 1\+1`},
		{of("a b c", tenants.Entity{Kind: "bold", Offset: 2, Length: 1}), `a *b* c`},
		{of("😀b", tenants.Entity{Kind: "spoiler", Offset: 2, Length: 1}), `😀||b||`},
		{of("ab", tenants.Entity{Kind: "bold", Length: 2}, tenants.Entity{Kind: "italic", Offset: 1, Length: 1}), `*a_b_*`},
		{of("ab", tenants.Entity{Kind: "bold", Length: 1}, tenants.Entity{Kind: "bold", Offset: 1, Length: 1}), `*a**b*`},
		{of("our site", tenants.Entity{Kind: "text_link", Offset: 4, Length: 4, URL: "https://x.example/a(b)"}), `our [site](https://x.example/a(b\))`},
		{of("Anna", tenants.Entity{Kind: "text_mention", Length: 4, User: 7}), `[Anna](tg://user?id=7)`},
		{of("x*y", tenants.Entity{Kind: "code", Length: 3}), "`x*y`"},
		{of("a\nb", tenants.Entity{Kind: "pre", Length: 3, Language: "go"}), "```go\na\nb```"},
		// Found by Telegram itself, or not to be said: plain words.
		{of("see x.example", tenants.Entity{Kind: "url", Offset: 4, Length: 9}), `see x\.example`},
		{of("ab", tenants.Entity{Kind: "custom_emoji", Length: 1}, tenants.Entity{Kind: "bold", Offset: 1, Length: 1}), `a*b*`},
		{of("ab", tenants.Entity{Kind: "blockquote", Length: 2}), `ab`},
		{of("a_b", tenants.Entity{Kind: "italic", Length: 3}, tenants.Entity{Kind: "underline", Length: 3}), `a\_b`}, // three underscores
	}
	for _, test := range tests {
		if got := tenants.FormatMarkdown(test.text); got != test.want {
			t.Errorf("%+v: %s, want %s", test.text, got, test.want)
		}
	}
}

func FuzzFormatMarkdown(f *testing.F) {
	f.Add("*a _b_* [c](https://x.example) `d`")
	f.Add("```go\nx```__u__ ||s|| ~t~")
	f.Fuzz(func(t *testing.T, source string) {
		text, err := tenants.ParseMarkdown(source)
		if err != nil {
			return
		}
		back, err := tenants.ParseMarkdown(tenants.FormatMarkdown(text))
		if err != nil || back.Text != text.Text {
			t.Errorf("%q is %q, then %q, %v", source, text.Text, back.Text, err)
		}
	})
}
