package tenants_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"topicdesk/tenants"
)

func TestClean(t *testing.T) {
	tests := map[string]struct{ name, want string }{
		"as it is":            {"Анна O'Neil 3", "Анна O'Neil 3"},
		"one line":            {" Anna\r\n\tLee\u2028Bo ", "Anna Lee Bo"},
		"no bidi":             {"\u202eann\u202cA\u2067\u200f", "annA"},
		"no own signs":        {"🟪 Anna ⬛️🚫👁↩📢🙊👀🟨", "Anna \ufe0f"},
		"emoji stays":         {"👩‍👩‍👧 Anna", "👩‍👩‍👧 Anna"},
		"nothing seen":        {"\u3164\u200b ", ""},
		"cut":                 {strings.Repeat("я", 70), strings.Repeat("я", 64)},
		"cut before e\u0301":  {strings.Repeat("x", 63) + "e\u0301", strings.Repeat("x", 63)},
		"no space at the cut": {strings.Repeat("x", 63) + " y", strings.Repeat("x", 63)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := tenants.Clean(test.name); got != test.want {
				t.Errorf("got %+q, want %+q", got, test.want)
			}
		})
	}
}

func TestCleanHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkClean(t, rapid.OneOf(wide, rapid.String()).Draw(t, "name")) })
}

func FuzzClean(f *testing.F) {
	f.Add("a 🟪\u202e\nb")
	f.Fuzz(func(t *testing.T, name string) { checkClean(t, name) })
}

func checkClean(t interface{ Fatalf(string, ...any) }, name string) {
	got := tenants.Clean(name)
	if n := utf8.RuneCountInString(got); n > tenants.MaxAuthorName {
		t.Fatalf("%d characters: %q", n, got)
	}
	if strings.ContainsAny(got, "🟪🟨⬛🚫👁↩📢🙊👀\n\r\u2028\u2029\u0085\v\f\u202e\u2067\u200f") {
		t.Fatalf("forbidden in %+q", got)
	}
	for _, r := range got {
		if r < ' ' || r >= 0x7F && r < 0xA0 {
			t.Fatalf("control in %+q", got)
		}
	}
	if again := tenants.Clean(got); again != got {
		t.Fatalf("clean twice: %+q, then %+q", got, again)
	}
}

func TestTrimTitle(t *testing.T) {
	tests := map[string]struct {
		prefix, name, suffix string
		max                  int
		want                 string
	}{
		"fits":              {"🟪 ", "Anna", " · Bo", 11, "🟪 Anna · Bo"},
		"the name gives":    {"🟪 ", "Annabella", " · Bo", 11, "🟪 Ann… · Bo"},
		"no space before …": {"🟪 ", "An Bella", " · Bo", 11, "🟪 An… · Bo"},
		"code points count": {"", "😀😀😀", "", 3, "😀😀😀"},
		"then the suffix":   {"🟪 ", "Anna", " · Boris", 6, "🟪  · B"},
		"then the prefix":   {"🟪🟪🟪", "Anna", "x", 2, "🟪🟪"},
		"whole characters":  {"", "ab👩‍👩‍👧c", "", 5, "ab…"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := tenants.TrimTitle(test.prefix, test.name, test.suffix, test.max)
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestTrimTitleHoldsItsLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		prefix, name, suffix := wide.Draw(t, "prefix"), wide.Draw(t, "name"), wide.Draw(t, "suffix")
		limit := rapid.IntRange(1, 60).Draw(t, "limit")
		got := tenants.TrimTitle(prefix, name, suffix, limit)
		if n := utf8.RuneCountInString(got); n > limit {
			t.Fatalf("%d characters in %q, limit %d", n, got, limit)
		}
		room := limit - utf8.RuneCountInString(prefix) - utf8.RuneCountInString(suffix)
		if room >= 2 && (!strings.HasPrefix(got, prefix) || !strings.HasSuffix(got, suffix)) {
			t.Fatalf("%q lost %q or %q though the name could give", got, prefix, suffix)
		}
		if room >= utf8.RuneCountInString(name) && got != prefix+name+suffix {
			t.Fatalf("%q was cut without need", got)
		}
	})
}
