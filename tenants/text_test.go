package tenants_test

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"topicdesk/tenants"
)

// wide gives texts of what is awkward to cut: emoji of several parts, flags,
// accents, line breaks, Hangul in pieces.
var wide = rapid.Custom(func(t *rapid.T) string {
	parts := []string{
		"a", "Z", " ", "\n", "\n\n", ". ", "! ", "я", "é", "e\u0301", "😀", "👩‍👩‍👧", "👍🏽", "🇩🇪", "🇮", "한", "\u1112\u1161\u11ab",
		"\r\n", "\u200b", "⬛️", "1\ufe0f\u20e3", "ไม่", "漢。", "word", "\u202e",
	}
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 40).Draw(t, "parts"), "")
})

var kinds = []string{"bold", "code", "custom_emoji", "text_link", "pre", "blockquote", "mention", "spoiler"}

// formatted gives texts with entities inside them.
var formatted = rapid.Custom(func(t *rapid.T) tenants.Text {
	text := tenants.Text{Text: wide.Draw(t, "text")}
	size := text.Len()
	if size == 0 {
		return text
	}
	for range rapid.IntRange(0, 4).Draw(t, "entities") {
		from := rapid.IntRange(0, size-1).Draw(t, "from")
		text.Entities = append(text.Entities, tenants.Entity{
			Kind:   rapid.SampledFrom(kinds).Draw(t, "kind"),
			Offset: from,
			Length: rapid.IntRange(1, size-from).Draw(t, "length"),
		})
	}
	return text
})

// cover lists for each UTF-16 unit which entities lie on it.
func cover(text tenants.Text) []string {
	units := make([]string, len(utf16.Encode([]rune(text.Text))))
	for _, e := range text.Entities {
		for at := e.Offset; at < e.Offset+e.Length; at++ {
			units[at] += e.Kind + " "
		}
	}
	return units
}

func checkInside(t interface{ Fatalf(string, ...any) }, text tenants.Text) {
	size := len(utf16.Encode([]rune(text.Text)))
	for _, e := range text.Entities {
		if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > size {
			t.Fatalf("entity %+v outside of %q", e, text.Text)
		}
	}
}

func TestLen(t *testing.T) {
	tests := map[string]int{"": 0, "abc": 3, "я": 1, "😀": 2, "é": 1, "👩‍👩‍👧": 8, "\xff": 1}
	for s, want := range tests {
		if got := tenants.Len(s); got != want {
			t.Errorf("Len(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestSlice(t *testing.T) {
	text := tenants.Text{Text: "a😀b", Entities: []tenants.Entity{{Kind: "bold", Offset: 1, Length: 2}, {Kind: "code", Length: 4}}}
	tests := map[string]struct {
		from, to int
		want     tenants.Text
	}{
		"all":              {0, 4, text},
		"beyond the ends":  {-3, 99, text},
		"the emoji":        {1, 3, tenants.Text{Text: "😀", Entities: []tenants.Entity{{Kind: "bold", Length: 2}, {Kind: "code", Length: 2}}}},
		"up to its middle": {0, 2, tenants.Text{Text: "a", Entities: []tenants.Entity{{Kind: "code", Length: 1}}}},
		"from its middle":  {2, 4, tenants.Text{Text: "😀b", Entities: []tenants.Entity{{Kind: "bold", Length: 2}, {Kind: "code", Length: 3}}}},
		"backwards":        {3, 1, tenants.Text{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, text.Slice(test.from, test.to)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSliceAndAppendAreInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := formatted.Draw(t, "text")
		at := rapid.IntRange(0, text.Len()).Draw(t, "at")
		left, right := text.Slice(0, at), text.Slice(at, text.Len())
		checkInside(t, left)
		checkInside(t, right)
		again := left.Append(right)
		if again.Text != text.Text {
			t.Fatalf("%q became %q", text.Text, again.Text)
		}
		if diff := cmp.Diff(sorted(cover(text)), sorted(cover(again))); diff != "" {
			t.Fatal(diff)
		}
	})
}

// sorted makes coverage comparable however the entities are ordered.
func sorted(units []string) []int {
	counts := make([]int, len(units))
	for i, unit := range units {
		counts[i] = len(unit)
	}
	return counts
}

func TestAppendLeavesItsPartsAlone(t *testing.T) {
	first := tenants.Bold("ab")
	first.Entities = append(make([]tenants.Entity, 0, 8), first.Entities...)
	one := first.Append(tenants.Bold("c"))
	two := first.Append(tenants.Text{Text: "d", Entities: []tenants.Entity{{Kind: "code", Length: 1}}})
	if one.Entities[1].Kind != "bold" || two.Entities[1].Kind != "code" {
		t.Fatalf("shared entities: %+v, %+v", one, two)
	}
}

func TestSplitPlaces(t *testing.T) {
	link := func(s, piece string) tenants.Text {
		at := strings.Index(s, piece)
		return tenants.Text{Text: s, Entities: []tenants.Entity{{Kind: "text_link", Offset: tenants.Len(s[:at]), Length: tenants.Len(piece)}}}
	}
	tests := map[string]struct {
		text  tenants.Text
		limit int
		want  []string
	}{
		"short":               {tenants.Plain("abc"), 3, []string{"abc"}},
		"empty":               {tenants.Plain(""), 3, []string{""}},
		"a paragraph first":   {tenants.Plain("one two\n\nthree. f\ng"), 17, []string{"one two\n\n", "three. f\ng"}},
		"then a line":         {tenants.Plain("one two. th\nfour five"), 16, []string{"one two. th\n", "four five"}},
		"then a sentence":     {tenants.Plain("one two. three four"), 14, []string{"one two. ", "three four"}},
		"then a space":        {tenants.Plain("one two three"), 10, []string{"one two ", "three"}},
		"no small first bits": {tenants.Plain("a\n\nbcdefgh ijklmnop"), 16, []string{"a\n\nbcdefgh ", "ijklmnop"}},
		"inside a word":       {tenants.Plain("abcdef"), 4, []string{"abcd", "ef"}},
		"not inside an emoji": {tenants.Plain("abc😀"), 4, []string{"abc", "😀"}},
		"not inside a flag":   {tenants.Plain("a🇩🇪🇫🇷"), 8, []string{"a🇩🇪", "🇫🇷"}},
		"not before a mark":   {tenants.Plain("abce\u0301"), 4, []string{"abc", "e\u0301"}},
		"not inside a link":   {link("one two here it is", "here it is"), 14, []string{"one two ", "here it is"}},
		"inside a giant link": {link("here it is and goes on", "here it is and goes on"), 14, []string{"here it is ", "and goes on"}},
		"a giant character":   {tenants.Plain("👩‍👩‍👧"), 4, []string{"👩\u200d", "👩\u200d", "👧"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, piece := range test.text.Split(test.limit) {
				got = append(got, piece.Text)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSplitLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkSplit(t, formatted.Draw(t, "text"), rapid.IntRange(2, 30).Draw(t, "limit"))
	})
}

func FuzzSplit(f *testing.F) {
	f.Add("one two. three\n\nfour 👩‍👩‍👧 five", 8, 3, 4)
	f.Add("\xff\xfe🇩🇪🇩🇪🇩", 2, 0, 5)
	f.Fuzz(func(t *testing.T, s string, limit, offset, length int) {
		text := tenants.Plain(s)
		if offset >= 0 && length > 0 && offset < text.Len() && length <= text.Len()-offset {
			text.Entities = []tenants.Entity{{Kind: "code", Offset: offset, Length: length}}
		}
		checkSplit(t, text, 2+limit&63)
	})
}

func checkSplit(t interface{ Fatalf(string, ...any) }, text tenants.Text, limit int) {
	var again tenants.Text
	pieces := text.Split(limit)
	for i, piece := range pieces {
		if n := len(utf16.Encode([]rune(piece.Text))); n > limit || n == 0 && len(pieces) > 1 {
			t.Fatalf("piece %d has %d units, limit %d: %q", i, n, limit, piece.Text)
		}
		if utf8.ValidString(text.Text) && !utf8.ValidString(piece.Text) {
			t.Fatalf("piece %q cuts a character", piece.Text)
		}
		checkInside(t, piece)
		again = again.Append(piece)
	}
	if again.Text != text.Text {
		t.Fatalf("%q became %q", text.Text, again.Text)
	}
	if diff := cmp.Diff(sorted(cover(text)), sorted(cover(again))); diff != "" {
		t.Fatalf("entities changed: %s", diff)
	}
}
