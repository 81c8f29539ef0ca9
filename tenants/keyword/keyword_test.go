package keyword_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"topicdesk/tenants"
	"topicdesk/tenants/keyword"
	"topicdesk/tenants/say"
)

func TestMatch(t *testing.T) {
	tests := map[string]struct {
		expr    string
		yes, no []string
	}{
		"one word":       {`"refund"`, []string{"refund", "I want a REFUND!", "refunds", "pre\u200bre\u00adfund"}, []string{"", "re fund", "fund"}},
		"alternatives":   {`"one", "two"`, []string{"one", "two", "two one"}, []string{"three"}},
		"all of a group": {`["one","two"]`, []string{"two and one"}, []string{"one", "two"}},
		"but not":        {`["bank","~river"]`, []string{"a bank"}, []string{"bank of the river", "river", ""}},
		"the example of the manual": {`"word1", "word2", ["word3","word4"], ["word5","~word6"]`,
			[]string{"word1", "word2 word6", "word4 word3", "word5", "word5 word6 word1"},
			[]string{"word3", "word4", "word6", "word5 word6"}},
		"only not":         {`["~spam"]`, []string{"", "hello"}, []string{"no SPAM"}},
		"whole word":       {`"=tax"`, []string{"tax", "a tax.", "tax-free", "«tax»", "taxi tax"}, []string{"taxi", "syntax", "tax2"}},
		"not a whole word": {`["~=tax","taxi"]`, []string{"taxi"}, []string{"taxi tax"}},
		"yo":               {`"ещё"`, []string{"еще", "ЕЩЕ", "еще\u0308", "ЕЩЁ"}, []string{"еж"}},
		"alphabets":        {`"cacao"`, []string{"сасао", "САСАО", "cаcаo"}, []string{"какао"}},
		"alphabets back":   {`"сор"`, []string{"cop", "COP"}, nil},
		"forms":            {`"fine"`, []string{"ｆｉｎｅ", "ﬁne", "𝐟𝐢𝐧𝐞"}, []string{"fyne"}},
		"drawn otherwise":  {`"casino"`, []string{"ᴄᴀꜱɪɴᴏ", "🅒🅐🅢🅘🅝🅞", "🅲🅰🆂🅸🅽🅾", "c\u0336a\u0336s\u0336i\u0336n\u0336o\u0336", "c\u20dda\u20ddsino", "Ⓒⓐⓢⓘⓝⓞ"}, []string{"cäsino"}},
		"phrase":           {`"buy  now"`, []string{"buy now", "BUY\nNOW", "buy\u00a0 now"}, []string{"buynow", "buy it now"}},
		"quotes inside":    {`"a\"b\\c"`, []string{`a"b\c`}, []string{"abc"}},
		"typed on a phone": {`“one”, [«two»,„three“], ”four”, “\five”`, []string{"one", "three two", "four", `\five`}, []string{"two", "five"}},
		"white space":      {" [ \"a\" ,\n\"b\" ] , \"c\" ", []string{"ab", "c"}, []string{"a"}},
		"sign at the end":  {`"=c++"`, []string{"c++", "c++!", "c++11"}, []string{"c+", "abc++"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			expr, err := keyword.Compile(test.expr)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range test.yes {
				if !expr.Match(s) {
					t.Errorf("%q does not match", s)
				}
			}
			for _, s := range test.no {
				if expr.Match(s) {
					t.Errorf("%q matches", s)
				}
			}
		})
	}
}

func TestCompileRefuses(t *testing.T) {
	tests := map[string]struct {
		expr string
		at   int
		want string
	}{
		"nothing":            {"", 1, "is missing"},
		"no quotes":          {"refund", 1, "double quotes"},
		"closing quote":      {"»refund«", 1, "straight double quotes"},
		"two of three":       {"“one”, “two", 8, "closing quote"},
		"single quotes":      {"'refund'", 1, "straight double quotes"},
		"quote not closed":   {`"one", "two`, 8, "closing quote"},
		"no comma":           {`"one" "two"`, 7, "comma"},
		"comma at the end":   {`"one",`, 7, "is missing"},
		"group not closed":   {`["one","two"`, 13, "closing ]"},
		"group in a group":   {`["one",["two"]]`, 8, "double quotes"},
		"empty group":        {`[]`, 2, "double quotes"},
		"not outside":        {`"one", "~two"`, 8, "square brackets"},
		"empty word":         {`"one", ""`, 8, "empty"},
		"word of nothing":    {"\"\u200b \"", 1, "empty"},
		"only =":             {`"="`, 1, "empty"},
		"counts characters":  {`"яя" x`, 6, "comma"},
		"strange escape":     {`"a\n"`, 1, `after \`},
		"text after the end": {"\"a\"\x00\"b\"", 4, "comma"},
		"too long":           {`"` + strings.Repeat("x", keyword.MaxWord+1) + `"`, 1, "at most 256"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			expr, err := keyword.Compile(test.expr)
			var syntax *keyword.SyntaxError
			if !errors.As(err, &syntax) || expr != nil {
				t.Fatalf("got %v, %v", expr, err)
			}
			if syntax.At != test.at || !strings.Contains(syntax.Problem.In(say.English), test.want) {
				t.Errorf("at %d: %s; want at %d: %s", syntax.At, syntax.Problem, test.at, test.want)
			}
			if _, err := keyword.Compile(syntax.Example); err != nil {
				t.Errorf("the example is wrong: %v", err)
			}
		})
	}
}

func TestFirst(t *testing.T) {
	words := []string{"=tax", "Telegram", "t.me"}
	tests := map[string]struct {
		haystacks []string
		want      string
	}{
		"none":              {[]string{"hello"}, ""},
		"nothing":           {nil, ""},
		"folded":            {[]string{"TELEGRAM"}, "Telegram"},
		"without its =":     {[]string{"a tax"}, "tax"},
		"not in a word":     {[]string{"taxi"}, ""},
		"any haystack":      {[]string{"hello", "see t.me/x"}, "t.me"},
		"order of the list": {[]string{"telegram", "tax"}, "tax"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			word, ok := keyword.NewList(words).First(test.haystacks...)
			if word != test.want || ok != (test.want != "") {
				t.Errorf("got %q %v, want %q", word, ok, test.want)
			}
		})
	}
}

func TestHaystack(t *testing.T) {
	contents := map[string]tenants.Content{
		"text":        {Text: tenants.Plain("the word here")},
		"link target": {Text: tenants.Text{Text: "x", Entities: []tenants.Entity{{Kind: "text_link", Length: 1, URL: "https://word.example"}}}},
		"button":      {Buttons: []string{"x", "word"}},
		"file name":   {File: &tenants.File{Name: "word.pdf"}},
		"audio title": {File: &tenants.File{Title: "word"}},
		"artist":      {File: &tenants.File{Artist: "word"}},
		"first name":  {Contact: &tenants.Contact{First: "Word"}},
		"card":        {Contact: &tenants.Contact{First: "x", VCard: "BEGIN:VCARD\r\nNOTE:a wo\r\n rd\r\nEND:VCARD"}},
		"code":        {Text: tenants.Text{Text: "x", Entities: []tenants.Entity{{Kind: "pre", Length: 1, Language: "word"}}}},
		"motion":      {Motion: &tenants.File{Name: "word.mov"}},
		"description": {Poll: &tenants.Poll{Description: tenants.Plain("word")}},
		"link there":  {Poll: &tenants.Poll{Description: tenants.Text{Text: "x", Entities: []tenants.Entity{{Kind: "text_link", Length: 1, URL: "https://word.example"}}}}},
		"explanation": {Poll: &tenants.Poll{Explanation: tenants.Plain("word")}},
		"task":        {List: &tenants.List{Tasks: []tenants.Task{{Text: "x"}, {Text: "word"}}}},
		"rare":        {Inside: []string{"x", "word"}},
		"last name":   {Contact: &tenants.Contact{First: "x", Last: "Word"}},
		"question":    {Poll: &tenants.Poll{Question: "word?"}},
		"option":      {Poll: &tenants.Poll{Options: []string{"x", "word"}}},
		"venue":       {Place: &tenants.Place{Title: "word"}},
		"address":     {Place: &tenants.Place{Address: "word"}},
	}
	for name, content := range contents {
		t.Run(name, func(t *testing.T) {
			if _, ok := keyword.NewList([]string{"word"}).First(keyword.Haystack(content)); !ok {
				t.Errorf("not found in %q", keyword.Haystack(content))
			}
		})
	}
	t.Run("phone", func(t *testing.T) {
		if got := keyword.Haystack(tenants.Content{Contact: &tenants.Contact{Phone: "+7999"}}); got != "+7999" {
			t.Errorf("got %q", got)
		}
	})
	t.Run("no phrase over two fields", func(t *testing.T) {
		c := tenants.Content{Text: tenants.Plain("buy"), File: &tenants.File{Name: "now"}}
		for _, phrase := range []string{"buy now", "buynow", "buy\x1enow"} {
			if _, ok := keyword.NewList([]string{phrase}).First(keyword.Haystack(c)); ok {
				t.Errorf("%q found in %q", phrase, keyword.Haystack(c))
			}
		}
	})
}

// letters that fold to themselves and never join.
var letters = rapid.StringOfN(rapid.SampledFrom([]rune("xyz01.")), 1, 4, -1)

// TestMatchAgrees compares with the meaning of the expression told as plainly
// as can be.
func TestMatchAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		haystack := rapid.StringOfN(rapid.SampledFrom([]rune("xyz01. ")), 0, 12, -1).Draw(t, "haystack")
		var parts []string
		want := false
		for range rapid.IntRange(1, 4).Draw(t, "alternatives") {
			part, holds := alternative(t, haystack)
			parts = append(parts, part)
			want = want || holds
		}
		source := strings.Join(parts, rapid.SampledFrom([]string{",", ", ", " ,\n"}).Draw(t, "comma"))
		expr, err := keyword.Compile(source)
		if err != nil {
			t.Fatalf("%s: %v", source, err)
		}
		if got := expr.Match(strings.ToUpper(haystack)); got != want {
			t.Fatalf("%s on %q: %v, want %v", source, haystack, got, want)
		}
	})
}

func alternative(t *rapid.T, haystack string) (source string, holds bool) {
	if rapid.Bool().Draw(t, "alone") {
		word, whole := letters.Draw(t, "word"), rapid.Bool().Draw(t, "whole")
		return quote(word, whole, false), contains(haystack, word, whole)
	}
	var members []string
	holds = true
	for range rapid.IntRange(1, 3).Draw(t, "members") {
		word, whole, not := letters.Draw(t, "word"), rapid.Bool().Draw(t, "whole"), rapid.Bool().Draw(t, "not")
		members = append(members, quote(word, whole, not))
		holds = holds && contains(haystack, word, whole) != not
	}
	return "[" + strings.Join(members, ",") + "]", holds
}

func quote(word string, whole, not bool) string {
	if whole {
		word = "=" + word
	}
	if not {
		word = "~" + word
	}
	return `"` + word + `"`
}

// contains looks at every place of the haystack.
func contains(haystack, word string, whole bool) bool {
	inWord := func(i int) bool {
		return i >= 0 && i < len(haystack) && strings.ContainsRune("xyz01", rune(haystack[i]))
	}
	for i := range len(haystack) {
		end := i + len(word)
		if !strings.HasPrefix(haystack[i:], word) {
			continue
		}
		if !whole || !(inWord(i-1) && inWord(i)) && !(inWord(end-1) && inWord(end)) {
			return true
		}
	}
	return false
}

func FuzzCompile(f *testing.F) {
	f.Add(`"word1", ["word3","~=word4"]`, "word1")
	f.Add(`"a\"`, "")
	f.Add("[“a”]", "\xff")
	f.Fuzz(func(t *testing.T, source, haystack string) {
		expr, err := keyword.Compile(source)
		if err != nil {
			var syntax *keyword.SyntaxError
			if !errors.As(err, &syntax) || syntax.At < 1 || syntax.At > len(source)+1 {
				t.Fatalf("error %v", err)
			}
			return
		}
		expr.Match(haystack)
	})
}

// TestFoldsLetters: of each letter folding once is all, and case makes no difference.
func TestFoldsLetters(t *testing.T) {
	for r := rune(0x20); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) || !unicode.IsLetter(r) {
			continue
		}
		once := keyword.Fold(string(r))
		if twice := keyword.Fold(once); twice != once {
			t.Errorf("%U becomes %+q, then %+q", r, once, twice)
		}
		if small, great := keyword.Fold(string(unicode.ToLower(r))), keyword.Fold(string(unicode.ToUpper(r))); small != great {
			t.Errorf("%U in small letters is %+q, in great ones %+q", r, small, great)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("Ещё \u200bcоp\u0308 ﬁ")
	f.Fuzz(func(t *testing.T, s string) {
		once := keyword.Fold(s)
		if twice := keyword.Fold(once); twice != once {
			t.Fatalf("%+q, then %+q", once, twice)
		}
	})
}

// FuzzMatch holds an expression of all that there is against a search at each place.
func FuzzMatch(f *testing.F) {
	f.Add("ЁЛКА", "елка", "зима", "ёлка, но не Зима", false)
	f.Add("a", "aa", "aaa", "aaaa", true)
	f.Add("со", "\u0441", "o", "cоco", true)
	f.Add("ν", "v", "ο", "oνο", false)
	f.Fuzz(func(t *testing.T, one, both, not, haystack string, whole bool) {
		bare := func(word string) (folded string, ok bool) {
			folded = strings.Trim(keyword.Fold(word), " ")
			return folded, folded != "" && len(word) < keyword.MaxWord && !strings.ContainsAny(word, "\"\\~=\x1e")
		}
		words, folded := []string{one, both, not}, [3]string{}
		for i, word := range words {
			var ok bool
			if folded[i], ok = bare(word); !ok {
				return
			}
		}
		expr, err := keyword.Compile("[" + quote(one, whole, false) + "," + quote(not, false, true) + "], [" +
			quote(both, false, false) + "," + quote(one, false, false) + "," + quote(not, whole, true) + "]")
		if err != nil {
			t.Fatal(err)
		}
		text := keyword.Fold(haystack)
		has := func(word string, whole bool) bool { return naive(text, word, whole) }
		want := has(folded[0], whole) && !has(folded[2], false) ||
			has(folded[1], false) && has(folded[0], false) && !has(folded[2], whole)
		if got := expr.Match(haystack); got != want {
			t.Fatalf("%q %q %q in %q: %v", one, both, not, haystack, got)
		}
	})
}

// naive looks at each place of a folded text.
func naive(text, word string, whole bool) bool {
	letter := func(r rune) bool {
		return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
	}
	inside := func(at int) bool {
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at:])
		return letter(before) && letter(after)
	}
	for at := range len(text) - len(word) + 1 {
		if text[at:at+len(word)] == word && (!whole || !inside(at) && !inside(at+len(word))) {
			return true
		}
	}
	return false
}
