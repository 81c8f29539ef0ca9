package leaks

import (
	"cmp"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// judge knows what must not be seen in the group.
type judge struct {
	hide   tenants.Hide
	people []tenants.Person // met so far, under each name
	then   []tenants.Person // met when the call was decided
	titles []string
	recent []string                // titles met since the call was decided: whole, they must not be seen
	phones []string                // of the people
	marked []string                // those that Telegram marked
	labels map[string]tenants.File // by file id: what is written on files at Telegram
}

func (j *judge) knows(id tenants.UserID) bool {
	return slices.ContainsFunc(j.people, func(p tenants.Person) bool { return p.ID == id })
}

// seen gives the first hidden thing that the team would see by a call into the group.
func (j *judge) seen(c telegram.Call) string {
	switch c.(type) {
	case telegram.CopyMessage, telegram.CopyAlbum, telegram.ForwardMessage, telegram.ForwardAlbum:
		return "a message carried unseen"
	}
	var texts []string
	found := ""
	walk(reflect.ValueOf(c), func(v any) {
		switch v := v.(type) {
		case tenants.Entity:
			if v.User != 0 && (j.hide.Name || j.hide.Link) {
				found = "a text mention"
			}
			texts = append(texts, v.URL)
		case tenants.File:
			if !v.Anew {
				v = j.labels[v.ID]
			}
			// Names of files are mostly written small, and with signs for spaces.
			name := v.Name
			if !j.hide.Link {
				name = someone.ReplaceAllString(name, "${1};")
			}
			name = strings.NewReplacer("_", " ", "-", " ", ".", " ").Replace(name)
			if j.hide.Name || j.hide.Title {
				found = cmp.Or(found, j.named(legible(name)))
			}
			texts = append(texts, v.Name, v.Title, v.Artist, v.Artist+" "+v.Title)
		case string:
			texts = append(texts, v)
		}
	})
	for _, text := range texts {
		if found == "" {
			found = j.in(text)
		}
	}
	return found
}

// silent are fields that nobody reads; the data of buttons, apps can show.
var silent = []string{"ID", "UniqueID", "Query", "Kind", "EmojiID", "MIME", "Emoji"}

// walk shows all entities, files, and strings that people read.
func walk(v reflect.Value, see func(any)) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			walk(v.Elem(), see)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			walk(v.Index(i), see)
		}
	case reflect.Struct:
		switch v.Interface().(type) {
		case tenants.Entity, tenants.File:
			see(v.Interface())
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && !slices.Contains(silent, v.Type().Field(i).Name) {
				walk(v.Field(i), see)
			}
		}
	case reflect.String:
		see(v.String())
	}
}

// in gives the first hidden thing in a text.
func (j *judge) in(text string) string {
	text = ours.Replace(text)
	found := j.inWords(text)
	for _, line := range strings.Split(text, "\n") {
		if _, turned, ok := strings.Cut(line, "\u202e"); ok && found == "" {
			runes := []rune(turned)
			slices.Reverse(runes)
			found = j.inWords(string(runes))
		}
	}
	return found
}

// ours is what the relay itself writes: what stands for a link, and its own name.
var ours = strings.NewReplacer("[hidden]", " 0 ", "@shopbot", " 0 ")

func (j *judge) inWords(text string) string {
	if !j.hide.Link {
		text = someone.ReplaceAllString(text, "${1};") // as Telegram marks them, which sees what people don't
	}
	text = legible(text)
	if j.hide.Link {
		if found := j.contact(text); found != "" {
			return found
		}
	}
	return j.named(text)
}

// named gives the first name in a legible text.
func (j *judge) named(text string) string {
	words := wordsOf(text)
	if j.hide.Name {
		for _, p := range j.people {
			for _, name := range []string{p.First + " " + p.Last, p.Last + " " + p.First} {
				if found := inName(words, name); found != "" {
					return found
				}
			}
		}
	}
	if j.hide.Title {
		for _, title := range j.titles {
			if found := inName(words, title); found != "" && !j.shownIn(found) {
				return found
			}
		}
		for _, title := range j.recent {
			if inName(words, title) == title {
				return title
			}
		}
	}
	return ""
}

// shownIn tells that a word of a title is in a name that may be seen.
func (j *judge) shownIn(part string) bool {
	return !j.hide.Name && slices.ContainsFunc(j.people, func(p tenants.Person) bool {
		return strings.Contains(strings.ToLower(p.Name()), strings.ToLower(part))
	})
}

var (
	// someone is a mention as Telegram marks it.
	someone = regexp.MustCompile(`(^|[^A-Za-z0-9_.+-])@[A-Za-z][A-Za-z0-9_]{3,31}`)

	leads = []*regexp.Regexp{
		regexp.MustCompile(`(^|[^/A-Za-z0-9])@[A-Za-z][A-Za-z0-9_]{3,}`),
		regexp.MustCompile(`(?i)(^|[^a-z0-9_.-])(t|telegram)\.me/[a-z0-9+]`),
		regexp.MustCompile(`(?i)\btg:(//)?[a-z]`),
		regexp.MustCompile(`[A-Za-z0-9]@[A-Za-z0-9]+\.[A-Za-z]{2,}`),
	}
)

// contact is what leads to somebody.
func (j *judge) contact(text string) string {
	for _, form := range leads {
		if found := form.FindString(text); found != "" {
			return found
		}
	}
	numbers := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsDigit(r) && !strings.ContainsRune(" +-().", r) })
	for _, number := range numbers {
		for _, phone := range slices.Concat(j.phones, j.marked) {
			if strings.Contains(digits(number), digits(phone)) {
				return "a phone"
			}
		}
	}
	for _, p := range j.people {
		id := digits(tenantID(p.ID))
		for _, number := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsDigit(r) }) {
			if number == id {
				return "an id"
			}
		}
		handle := strings.ToLower(p.Username)
		for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_'
		}) {
			if handle != "" && word == handle {
				return "a username"
			}
		}
	}
	return ""
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// word is a run of letters and digits in a text, as it is read.
type word struct {
	letters string
	drawn   string // in the letters of one alphabet that look the same, small
	at, end int    // runes
}

func wordsOf(text string) []word {
	var words []word
	runes := []rune(text)
	for from := 0; from < len(runes); {
		if !part(runes[from]) {
			from++
			continue
		}
		to := from
		for to < len(runes) && part(runes[to]) {
			to++
		}
		letters := string(runes[from:to])
		words = append(words, word{letters, drawn(letters), from, to})
		from = to
	}
	return words
}

func part(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// commonplace are names that are words too: alone and small they are none.
var commonplace = []string{"will", "rose", "mark", "вера", "roman"}

// inName looks for a name: whole in any case, a part of it as a name is written.
func inName(words []word, name string) string {
	parts := partsOf(name)
	if len(parts) == 0 || !strings.ContainsFunc(name, unicode.IsLetter) {
		return ""
	}
	for i := range words {
		n := 0
		for n < len(parts) && i+n < len(words) && alike(words[i+n], parts[n]) &&
			(n == 0 || words[i+n].at-words[i+n-1].end < 100) {
			n++
		}
		first, _ := firstRune(words[i].letters)
		small := !unicode.IsUpper(first)
		if n == len(parts) && (n > 1 || !small || !slices.Contains(commonplace, strings.ToLower(parts[0].letters))) {
			return name
		}
		for _, p := range parts {
			same := alike(words[i], p)
			if same && len([]rune(p.letters)) >= 3 && (!small || words[i].letters == p.letters) && !strings.ContainsFunc(p.letters, unicode.IsDigit) {
				return p.letters
			}
		}
	}
	return ""
}

func firstRune(s string) (rune, bool) {
	for _, r := range s {
		return r, true
	}
	return 0, false
}

// alike compares two words as they look, whatever their case.
func alike(a, b word) bool { return a.drawn == b.drawn || strings.EqualFold(a.letters, b.letters) }

// parted are the words of names, which are few.
var parted sync.Map

func partsOf(name string) []word {
	if parts, known := parted.Load(name); known {
		return parts.([]word)
	}
	parts := wordsOf(legible(name))
	parted.Store(name, parts)
	return parts
}

func drawn(s string) string { return strings.ToLower(looks.Replace(s)) }

var looks = strings.NewReplacer(
	"А", "A", "В", "B", "Е", "E", "К", "K", "М", "M", "Н", "H", "О", "O", "Р", "P", "С", "C", "Т", "T", "Х", "X", "У", "Y", "І", "I",
	"а", "a", "е", "e", "о", "o", "р", "p", "с", "c", "х", "x", "у", "y", "і", "i",
	"Α", "A", "Β", "B", "Ε", "E", "Ζ", "Z", "Η", "H", "Ι", "I", "Κ", "K", "Μ", "M", "Ν", "N", "Ο", "O", "Ρ", "P", "Τ", "T", "Υ", "Y", "Χ", "X",
	"ο", "o", "ν", "v", "α", "a",
)

// legible is what can be read of a text: composed, without what is not seen and
// without accents.
func legible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Mn),
			unicode.IsControl(r) && !unicode.IsSpace(r), r == '\u034f', r == '\u3164', r == '\u115f', r == '\u2800':
			return -1
		default:
			return r
		}
	}, norm.NFKD.String(s))
}
