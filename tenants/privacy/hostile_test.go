package privacy_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"topicdesk/tenants"
	"topicdesk/tenants/privacy"
)

// The oracle says in its own way what survived: the text without what can't be
// seen, composed, is searched for names word by word, and for links by plain
// expressions. It uses nothing of the package.

// survivor gives the first hidden thing found in what operators would read.
func survivor(k privacy.Known, text string) string {
	text = strings.ReplaceAll(text, "[hidden]", " . ")
	if !k.Hide.Link {
		text = mentions.ReplaceAllString(text, "${1}q")
	}
	text = legible(text)
	if k.Hide.Link {
		for _, contact := range contacts {
			if found := contact.FindString(text); found != "" {
				return found
			}
		}
		for _, p := range k.People {
			id := strconv.FormatInt(int64(p.ID), 10)
			if len(id) >= 5 && wordIn(text, id, unicode.IsDigit) {
				return id
			}
		}
	}
	if !k.Hide.Name {
		return ""
	}
	for _, p := range k.People {
		name := legible(p.Name())
		for _, whole := range []string{name, legible(p.Last + " " + p.First)} {
			if strings.ContainsFunc(whole, unicode.IsLetter) && wordIn(strings.ToLower(text), strings.ToLower(strings.TrimSpace(whole)), unicode.IsLetter) {
				return whole
			}
		}
		for _, part := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) }) {
			if utf8.RuneCountInString(part) >= 3 && wordIn(text, part, unicode.IsLetter) {
				return part
			}
		}
	}
	return ""
}

var (
	contacts = []*regexp.Regexp{
		regexp.MustCompile(`(^|[^/])@[A-Za-z][A-Za-z0-9_]+`),
		regexp.MustCompile(`(?i)(^|[^a-z0-9_.-])(t|telegram)\.me/[a-z0-9]`),
		regexp.MustCompile(`(?i)\btg://[a-z]`),
		regexp.MustCompile(`[A-Za-z0-9]@[A-Za-z0-9]+\.[A-Za-z]{2,}`),
	}
	mentions = regexp.MustCompile(`(^|[^A-Za-z0-9_.+-])@[A-Za-z][A-Za-z0-9_]{3,31}`)
)

// legible is what can be read of a text.
func legible(s string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cf, unicode.Variation_Selector) || unicode.IsControl(r) && !unicode.IsSpace(r) || r == '\u034f' || r == '\u3164' {
			return -1
		}
		return r
	}, s))
}

// wordIn tells whether a text holds a word that does not go on to either side.
func wordIn(text, word string, goesOn func(rune) bool) bool {
	for at := 0; word != ""; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:at+i])
		after, _ := utf8.DecodeRuneInString(text[at+i+len(word):])
		if !goesOn(before) && !goesOn(after) && !unicode.IsMark(before) && !unicode.IsMark(after) {
			return true
		}
		_, size := utf8.DecodeRuneInString(text[at+i:])
		at += i + size
	}
	return false
}

// checkHidden holds a text against all that redaction promises.
func checkHidden(t interface{ Fatalf(string, ...any) }, k privacy.Known, in tenants.Text) {
	r := privacy.New(k)
	out := r.Text(in)
	if found := survivor(k, out.Text); found != "" {
		t.Fatalf("%+q survives: %+q became %+q (people %+v)", found, in.Text, out.Text, k.People)
	}
	if again := r.Text(out); !cmp.Equal(out, again) {
		t.Fatalf("redacted twice: %+v, then %+v (people %+v)", out, again, k.People)
	}
	if out.Text == in.Text && len(out.Entities) == len(in.Entities) && !cmp.Equal(in, out) {
		t.Fatalf("entities changed without need: %+v, %+v", in, out)
	}
	size := len(utf16.Encode([]rune(out.Text)))
	for _, e := range out.Entities {
		if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > size {
			t.Fatalf("entity %+v outside of %+q", e, out.Text)
		}
		if e.Kind == "text_mention" {
			t.Fatalf("a text mention is left: %+v", e)
		}
	}
	if privacy.Audit(privacy.NewSet(k), out.Text) {
		t.Fatalf("the audit refuses %+q (people %+v)", out.Text, k.People)
	}
}

func TestNothingHiddenSurvives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := someKnown(t)
		checkHidden(t, k, hostile(t, k))
	})
}

// someKnown has real names, tiny ones that collide, and one that is the
// pseudonym of another.
func someKnown(t *rapid.T) privacy.Known {
	k := known(tenants.Hide{Name: true, Link: true})
	switch rapid.IntRange(0, 2).Draw(t, "hide") {
	case 0:
		k.Hide.Link = false
	case 1:
		k.Hide.Name = false
	}
	first := rapid.SampledFrom([]string{"Ivan", "Żofia", "Jean-Luc", "Анна", "José", "Olga", "mia", "Ng", "Ab", "O'Neil", "Iv\u200ban"})
	last := rapid.SampledFrom([]string{"", "Petrov", "Łęcki", "Сёмина", "Ab", "Xu", "d'Arc", "Ab Bo"})
	tiny := rapid.StringOfN(rapid.SampledFrom([]rune("abAB ")), 1, 5, -1)
	for i := range rapid.IntRange(1, 4).Draw(t, "people") {
		p := tenants.Person{ID: tenants.UserID(777000111 + i), Username: rapid.SampledFrom([]string{"", "ivan_p77", "zofia"}).Draw(t, "username")}
		switch rapid.IntRange(0, 5).Draw(t, "sort") {
		case 0:
			p.First, p.Last = tiny.Draw(t, "first"), tiny.Draw(t, "last")
		case 1:
			p.First = privacy.Pseudonym(key, privacy.OfPerson, 777000111)
		case 2:
			p.First, p.Last = "Zz", privacy.PseudonymLong(key, privacy.OfPerson, 777000112)
		default:
			p.First, p.Last = first.Draw(t, "first"), last.Draw(t, "last")
		}
		k.People = append(k.People, p)
	}
	return k
}

// hostile writes a text that tries to bring names and links through.
func hostile(t *rapid.T, k privacy.Known) tenants.Text {
	var b strings.Builder
	for range rapid.IntRange(1, 8).Draw(t, "pieces") {
		p := rapid.SampledFrom(k.People).Draw(t, "person")
		piece := rapid.SampledFrom([]string{
			p.Name(), p.Last + " " + p.First, p.First, p.Last, strings.ToUpper(p.Name()), strings.ToLower(p.Name()),
			p.First + "\n" + p.Last, p.First + "..." + p.Last, p.First + p.Last,
			"@" + p.Username, "https://t.me/" + p.Username, "tg://user?id=1", "x." + p.First + "@mail.example", "t.me/joinchat/AA",
			strconv.FormatInt(int64(p.ID), 10), privacy.Pseudonym(key, privacy.OfPerson, 777000111), "[hidden]", "[hid",
			"hello", "😀", "12345", "«", "a", "B", "@", "/", ".", "https://example.com/", "٣", "漢", "\u0301",
		}).Draw(t, "piece")
		b.WriteString(disguise(t, piece))
		b.WriteString(rapid.SampledFrom([]string{" ", " ", "", ", ", "\n", "-", "_", "\u200b", "\u202e", "\u00a0"}).Draw(t, "then"))
	}
	text := tenants.Plain(b.String())
	size := text.Len()
	for range rapid.IntRange(0, 3).Draw(t, "entities") {
		from := rapid.IntRange(-2, size+2).Draw(t, "from")
		text.Entities = append(text.Entities, tenants.Entity{
			Kind:   rapid.SampledFrom([]string{"bold", "italic", "text_mention", "text_link", "mention", "code", "hashtag"}).Draw(t, "kind"),
			Offset: max(from, 0), Length: max(rapid.IntRange(1, 12).Draw(t, "length"), 1),
			User: k.People[0].ID,
		})
	}
	text.Entities = text.Slice(0, size).Entities
	return text
}

// disguise writes the same words so that they look (almost) the same.
func disguise(t *rapid.T, s string) string {
	switch rapid.IntRange(0, 4).Draw(t, "disguise") {
	case 0:
		return norm.NFD.String(s)
	case 1:
		veil := rapid.SampledFrom([]string{"\u200b", "\u200d", "\u00ad", "\u2060", "\ufe0f", "\u200f", "\U000E0041", "\u034f"}).Draw(t, "veil")
		at := rapid.IntRange(0, utf8.RuneCountInString(s)).Draw(t, "at")
		runes := []rune(s)
		return string(runes[:at]) + veil + string(runes[at:])
	case 2:
		return strings.Join(strings.Split(s, ""), "\u2063")
	default:
		return s
	}
}

func TestUntouchedStaysTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		neutral := []string{
			"hello", "Ivanov", "ivanushka", "😀", "e\u0301", "\u200b", " ", "\n", "Order 4711", "+1 (202) 555-0100", "https://example.com/a?b=c%20d",
			"will", "№ 5", "DE89 3704 0044", "\u202a", "漢字", "5 @ 3", "\xff", "\u3164", "½", "١٢", "telegram.org",
		}
		words := rapid.SliceOfN(rapid.SampledFrom(neutral), 0, 12).Draw(t, "words")
		in := tenants.Text{Text: strings.Join(words, " ")}
		if size := in.Len(); size > 0 {
			in.Entities = []tenants.Entity{{Kind: "bold", Length: rapid.IntRange(1, size).Draw(t, "length")}}
		}
		k := known(tenants.Hide{Name: true, Title: true, Link: true}, tenants.Person{ID: 777000111, First: "Ivan", Last: "Petrov", Username: "ivan_p77"}, will)
		k.Titles = []string{"Acme Widgets"}
		if diff := cmp.Diff(in, privacy.New(k).Text(in)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func FuzzText(f *testing.F) {
	f.Add("I am Ivan Petrov @ivan_p77", "Ivan", "Petrov", 3, 6)
	f.Add("t.me/x a@b.co tg://x 777000111", "", "a", 0, 40)
	f.Add("\u202enavI I\u200bvan e\u0301", "Ivan", "", 1, 2)
	f.Add("[hidden] https://x.y/%49van", "Ivan", "hidden", 0, 8)
	f.Add("李明 김민준 สมชาย", "明", "李", 0, 1)
	f.Fuzz(func(t *testing.T, text, first, last string, offset, length int) {
		if len(first) > 60 || len(last) > 60 || len(text) > 2000 {
			return
		}
		in := tenants.Plain(text)
		if offset >= 0 && length > 0 && offset < in.Len() && length <= in.Len()-offset {
			in.Entities = []tenants.Entity{
				{Kind: "text_mention", Offset: offset, Length: length, User: 777000111},
				{Kind: "spoiler", Offset: offset, Length: length},
			}
		}
		k := known(tenants.Hide{Name: true, Link: true},
			tenants.Person{ID: 777000111, First: first, Last: last, Username: "ivan_p77"}, tenants.Person{ID: 777000112, First: last})
		checkFuzzed(t, k, in)
		k.Hide.Link = false
		checkFuzzed(t, k, in)
	})
}

// checkFuzzed asks the oracle only about names that it can judge: everyday and
// linking words, and other alphabets, have rules of their own.
func checkFuzzed(t *testing.T, k privacy.Known, in tenants.Text) {
	if ordinary(k) {
		checkHidden(t, k, in)
		return
	}
	r := privacy.New(k)
	out := r.Text(in)
	if again := r.Text(out); !cmp.Equal(out, again) {
		t.Fatalf("redacted twice: %+v, then %+v (people %+v)", out, again, k.People)
	}
	if privacy.Audit(privacy.NewSet(k), out.Text) {
		t.Fatalf("the audit refuses %+q (people %+v)", out.Text, k.People)
	}
}

var latin = regexp.MustCompile(`^[A-Za-z]*( [A-Za-z]+)*$`)

// ordinary tells that all names are plain and none of their words is excepted.
func ordinary(k privacy.Known) bool {
	hidden := map[string]bool{}
	for _, word := range privacy.Hidden(k) {
		hidden[word] = true
	}
	for _, p := range k.People {
		if !latin.MatchString(p.Name()) || p.Name() != "" && !hidden[p.Name()] {
			return false
		}
		for word := range strings.FieldsSeq(p.Name()) {
			if len(word) >= 3 && !hidden[word] {
				return false
			}
		}
	}
	return true
}
