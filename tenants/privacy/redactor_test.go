package privacy_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"topicdesk/tenants"
	"topicdesk/tenants/privacy"
)

var key = []byte("the tenant's key")

var (
	will = tenants.Person{ID: 100200300, First: "Will", Last: "Smith", Username: "wsmith_77"}
	anna = tenants.Person{ID: 100200301, First: "Анна", Last: "Каренина"}
)

func known(hide tenants.Hide, people ...tenants.Person) privacy.Known {
	return privacy.Known{Hide: hide, Key: key, People: people, ChatID: -1001234567890}
}

func personal(p tenants.Person) string { return privacy.Pseudonym(key, privacy.OfPerson, int64(p.ID)) }

var names, link = tenants.Hide{Name: true}, tenants.Hide{Link: true}

func TestNames(t *testing.T) {
	tests := map[string]struct{ text, want string }{ // W and A stand for the pseudonyms
		"whole name":              {"I am Will Smith.", "I am W."},
		"whole in any case":       {"will smith WILL SMITH", "W W"},
		"last name first":         {"smith will", "W"},
		"signs between":           {"Will, Smith; will_smith; Will  Smith; Will\nSmith", "W; W; W; W"},
		"in one word":             {"willsmith #WillSmith", "W #W"},
		"inside of longer words":  {"Will Smithson", "Wson"},
		"a part":                  {"Will said that Smith came", "W said that W came"},
		"a part in capitals":      {"WILL!", "W!"},
		"a word in small letters": {"will you work with a smith?", "will you work with a smith?"},
		"part of a word":          {"Willing Smiths", "Willing Smiths"},
		"with an ending":          {"Will's", "W's"},
		"beside digits":           {"Will2024 _Will_", "W2024 _W_"},
		"zero width":              {"W\u200bi\u2060l\u00adl", "W"},
		"zero width around":       {"\u200bWill\u200b", "\u200bW\u200b"},
		"marks of direction":      {"\u200fWi\u200ell\u202c", "\u200fW\u202c"},
		"backwards":               {"\u202ehtimS lliW", "\u202eW"},
		"fullwidth":               {"Ｗｉｌｌ 𝐒𝐦𝐢𝐭𝐡", "W"},
		"struck through":          {"W\u0336i\u0336l\u0336l\u0336", "W"},
		"look-alikes":             {"Wіll Smіth", "W"},
		"decomposed":              {"Каренина, Анна", "A"},
		"other script's case":     {"АННА и анна", "A и анна"},
		"in a link":               {"https://example.com/will-smith", "https://example.com/W"},
		"in a quoted link":        {"https://example.com/?q=%D0%90%D0%BD%D0%BD%D0%B0+x", "[hidden]"},
		"a mention stays":         {"@Will_Smith and Will", "@Will_Smith and W"},
		"but not of an e-mail":    {"will.smith@Smith.example", "W@W.example"},
		"nothing":                 {"Order 100200300, card 4111 1111 1111 1111", "Order 100200300, card 4111 1111 1111 1111"},
	}
	r := privacy.New(known(names, will, anna))
	stand := strings.NewReplacer(personal(will), "W", personal(anna), "A")
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := r.Text(tenants.Plain(test.text)).Text
			if got := stand.Replace(got); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestNamesOfAllSorts(t *testing.T) {
	tests := map[string]struct {
		person     tenants.Person
		text, want string // P stands for the pseudonym
	}{
		"one word in any case":      {tenants.Person{First: "Ekaterina"}, "ekaterina, EKATERINA", "P, P"},
		"one everyday word":         {tenants.Person{First: "Will"}, "I will. Will", "I will. P"},
		"two letters":               {tenants.Person{First: "Bo"}, "bo, Bob, Bo", "P, Bob, P"},
		"short parts":               {tenants.Person{First: "Bo", Last: "Xu"}, "Bo and Xu; I mean bo xu", "Bo and Xu; I mean P"},
		"short parts in one word":   {tenants.Person{First: "Bo", Last: "Xu"}, "boxu", "boxu"},
		"small letters":             {tenants.Person{First: "ivan", Last: "petrov"}, "ivan, Ivan", "P, P"},
		"all capitals":              {tenants.Person{First: "IVAN", Last: "PETROV"}, "ivan, Ivan", "ivan, P"},
		"von and der":               {tenants.Person{First: "Ursula", Last: "von der Leyen"}, "von der Ursula", "von der P"},
		"with sights":               {tenants.Person{First: "🌸 Mia 🌸", Last: "O'Hara"}, "mia o’hara, Hara", "P, P"},
		"letters and digits":        {tenants.Person{First: "R2D2"}, "r2d2 r2d", "P r2d"},
		"Chinese":                   {tenants.Person{First: "明", Last: "李"}, "你好李明你好", "你好P你好"},
		"Japanese":                  {tenants.Person{First: "さくら"}, "私はさくらです", "私はPです"},
		"Thai":                      {tenants.Person{First: "สมชาย"}, "คุณสมชายครับ", "คุณPครับ"},
		"Korean with an ending":     {tenants.Person{First: "김민준"}, "김민준님", "P님"},
		"Korean, half a syllable":   {tenants.Person{First: "김미"}, "김민", "김민"},
		"Korean decomposed":         {tenants.Person{First: "김민준"}, "\u1100\u1175\u11b7\u1106\u1175\u11ab\u110c\u116e\u11ab", "P"},
		"Arabic with points":        {tenants.Person{First: "محمد"}, "مُحَمَّد", "P"},
		"accents":                   {tenants.Person{First: "José"}, "Jose, jose\u0301", "P, P"},
		"yo":                        {tenants.Person{First: "Алёна"}, "алена", "P"},
		"a number":                  {tenants.Person{First: "007"}, "007 0071", "P 0071"},
		"a digit":                   {tenants.Person{First: "7"}, "7", "7"},
		"no letters":                {tenants.Person{First: "."}, "a. b.", "a. b."},
		"nothing":                   {tenants.Person{}, "a", "a"},
		"the word for what went":    {tenants.Person{First: "Hidden"}, "[hidden] Hidden", "[hidden] P"},
		"a letter":                  {tenants.Person{First: "Ж"}, "Ж, ж, жа", "P, P, жа"},
		"invisible in the name too": {tenants.Person{First: "Iv\u200ban"}, "Ivan", "P"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.person.ID = 5
			r := privacy.New(known(names, test.person))
			got := strings.ReplaceAll(r.Text(tenants.Plain(test.text)).Text, personal(test.person), "P")
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestTitles(t *testing.T) {
	k := known(tenants.Hide{Title: true}, will)
	k.Titles = []string{"The Acme Support", "Old Name"}
	r := privacy.New(k)
	title := privacy.Pseudonym(key, privacy.OfChat, int64(k.ChatID))
	got := r.Text(tenants.Plain("The acme support, Acme! old name. The Support of Will Smith")).Text
	want := title + ", " + title + "! " + title + ". The " + title + " of Will Smith"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := r.ShownTitle("The Acme Support", k.ChatID); got != title {
		t.Errorf("shown %q, want %q", got, title)
	}
	if got := r.ShownName(will); got != "Will Smith" {
		t.Errorf("shown %q", got)
	}
	if got := r.Out(tenants.Plain("Dear " + title + "!")).Text; got != "Dear The Acme Support!" {
		t.Errorf("out %q", got)
	}
}

func TestLinks(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"mention":                  {"ask @wsmith_77, please", "ask [hidden], please"},
		"stranger's mention":       {"(@durov)", "([hidden])"},
		"mention with zeros":       {"@\u200bdu\u2060rov", "[hidden]"},
		"mention in fullwidth":     {"＠durov", "[hidden]"},
		"e-mail":                   {"to will.smith+x@mail.example.com.", "to [hidden]."},
		"e-mail in another script": {"почта@пример.рф", "[hidden]"},
		"t.me":                     {"see https://t.me/durov/12?x=1, ok", "see [hidden], ok"},
		"without scheme":           {"T.ME/durov", "[hidden]"},
		"with zero width":          {"t\u200b.me/durov", "[hidden]"},
		"with look-alikes":         {"t.mе/durov", "[hidden]"},
		"older names":              {"telegram.me/durov telegram.dog/durov telesco.pe/durov", "[hidden] [hidden] [hidden]"},
		"subdomain":                {"durov.t.me!", "[hidden]!"},
		"tg":                       {"tg://resolve?domain=durov tg:user?id=1", "[hidden] [hidden]"},
		"web client":               {"https://web.telegram.org/k/#@durov", "[hidden]"},
		"in another link":          {"https://example.com/?to=t.me/durov", "https://example.com/?to=[hidden]"},
		"quoted in another link":   {"https://example.com/?to=t%2Eme%2Fdurov", "[hidden]"},
		"quoted twice":             {"https://example.com/?to=t%252Eme%252Fdurov", "[hidden]"},
		"username alone":           {"I am WSmith_77", "I am [hidden]"},
		"id":                       {"id100200300, 100200300", "id[hidden], [hidden]"},
		"id of the chat":           {"-1001234567890 c/1234567890", "-[hidden] c/[hidden]"},
		"id in other digits":       {"١٠٠٢٠٠٣٠٠", "[hidden]"},
		"phone of a person":        {"call +7 (999) 123-45-67 or 8 999 1234567", "call +[hidden] or 8 [hidden]"},
		"other links":              {"https://example.com/@maps/t.me https://fast.me/x start.media", "https://example.com/@maps/t.me https://fast.me/x start.media"},
		"numbers":                  {"Order 1002003001, IBAN DE89 3704 0044 0532 0130 00, 4111 1111 1111 1111, +1 202 555 0100", "Order 1002003001, IBAN DE89 3704 0044 0532 0130 00, 4111 1111 1111 1111, +1 202 555 0100"},
		"names":                    {"Will Smith", "Will Smith"},
		"prices":                   {"3 @ 5, tg: yes", "3 @ 5, tg: yes"},
		"twice":                    {"@abcd@efgh a@b.cde@fgh", "[hidden] [hidden]"},
	}
	k := known(link, will)
	k.Phones = []string{"+79991234567"}
	r := privacy.New(k)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := r.Text(tenants.Plain(test.text)).Text; strings.ReplaceAll(got, "[hidden][hidden]", "[hidden]") != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestUsernameThatIsTheName(t *testing.T) {
	p := tenants.Person{ID: 5, First: "Pavel", Last: "Durov", Username: "durov"}
	if got := privacy.New(known(link, p)).Text(tenants.Plain("Durov, @durov")).Text; got != "Durov, [hidden]" {
		t.Errorf("links hidden: %q", got)
	}
	got := privacy.New(known(tenants.Hide{Name: true, Link: true}, p)).Text(tenants.Plain("durov")).Text
	if got != "[hidden]" {
		t.Errorf("both hidden: %q", got)
	}
}

// entity is written as kind, the text from which it begins, the text it covers.
func entity(text, kind, covers string) tenants.Entity {
	at := strings.Index(text, covers)
	return tenants.Entity{Kind: kind, Offset: tenants.Len(text[:at]), Length: tenants.Len(covers)}
}

func TestEntities(t *testing.T) {
	w := personal(will)
	tests := map[string]struct {
		hide   tenants.Hide
		text   string
		entity tenants.Entity // over what the text is found at
		want   string
		kept   string // what the entity covers then; "" = gone
	}{
		"around":                {names, "😀 a Will b", entity("😀 a Will b", "bold", "a Will b"), "😀 a " + w + " b", "a " + w + " b"},
		"over it":               {names, "😀 Will", entity("😀 Will", "bold", "Will"), "😀 " + w, w},
		"behind it":             {names, "😀 Will b", entity("😀 Will b", "code", "b"), "😀 " + w + " b", "b"},
		"before it":             {names, "😀b Will", entity("😀b Will", "code", "😀b"), "😀b " + w, "😀b"},
		"inside of it":          {names, "a Will b", entity("a Will b", "bold", "il"), "a " + w + " b", ""},
		"across its begin":      {names, "a Will b", entity("a Will b", "bold", "a Wi"), "a " + w + " b", "a "},
		"across its end":        {names, "a Will b", entity("a Will b", "bold", "ill b"), "a " + w + " b", " b"},
		"half of the name bold": {names, "Will Smith", entity("Will Smith", "bold", "Will "), w, ""},
		"hashtag":               {names, "#Will", entity("#Will", "hashtag", "#Will"), "#" + w, ""},
		"text mention":          {names, "a boss", tenants.Entity{Kind: "text_mention", Offset: 2, Length: 4, User: will.ID}, "a " + w, ""},
		"text mention as link":  {link, "a boss", tenants.Entity{Kind: "text_mention", Offset: 2, Length: 4, User: will.ID}, "a [hidden]", ""},
		"mention":               {link, "hi @wsmith", entity("hi @wsmith", "mention", "@wsmith"), "hi [hidden]", ""},
		"mention stays":         {names, "hi @wsmith", entity("hi @wsmith", "mention", "@wsmith"), "hi @wsmith", "@wsmith"},
		"phone number":          {link, "call 202-555-0100", entity("call 202-555-0100", "phone_number", "202-555-0100"), "call [hidden]", ""},
		"bank card stays":       {link, "pay 4111111111111111", entity("pay 4111111111111111", "bank_card", "4111111111111111"), "pay 4111111111111111", "4111111111111111"},
		"link under a text":     {link, "press here", tenants.Entity{Kind: "text_link", Offset: 6, Length: 4, URL: "https://t.me/durov"}, "press [hidden]", ""},
		"tg under a text":       {link, "press here", tenants.Entity{Kind: "text_link", Offset: 6, Length: 4, URL: "tg://user?id=1"}, "press [hidden]", ""},
		"mail under a text":     {link, "press here", tenants.Entity{Kind: "text_link", Offset: 6, Length: 4, URL: "mailto:x"}, "press [hidden]", ""},
		"other link":            {link, "press here", tenants.Entity{Kind: "text_link", Offset: 6, Length: 4, URL: "https://example.com/1"}, "press here", "here"},
		"name in a link":        {names, "press here", tenants.Entity{Kind: "text_link", Offset: 6, Length: 4, URL: "https://example.com/%57ill"}, "press here", ""},
		"beyond the text":       {link, "ab", tenants.Entity{Kind: "mention", Offset: 1, Length: 99}, "a[hidden]", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			in := tenants.Text{Text: test.text, Entities: []tenants.Entity{test.entity}}
			got := privacy.New(known(test.hide, will)).Text(in)
			if got.Text != test.want {
				t.Fatalf("got %q, want %q", got.Text, test.want)
			}
			kept := ""
			for _, e := range got.Entities {
				kept += got.Slice(e.Offset, e.Offset+e.Length).Text
			}
			if kept != test.kept {
				t.Errorf("entity covers %q, want %q", kept, test.kept)
			}
		})
	}
}

func TestLanguageOfCode(t *testing.T) {
	in := tenants.Text{Text: "x", Entities: []tenants.Entity{{Kind: "pre", Length: 1, Language: "Will"}}}
	got := privacy.New(known(names, will)).Text(in)
	if len(got.Entities) != 1 || got.Entities[0].Language != "" {
		t.Errorf("got %+v", got)
	}
	if in.Entities[0].Language != "Will" {
		t.Error("the given text changed")
	}
}

func TestNothingHiddenChangesNothing(t *testing.T) {
	in := tenants.Text{Text: "Will Smith @wsmith_77", Entities: []tenants.Entity{{Kind: "text_mention", Length: 4, User: will.ID}}}
	r := privacy.New(privacy.Known{People: []tenants.Person{will}})
	if diff := cmp.Diff(in, r.Text(in)); diff != "" {
		t.Error(diff)
	}
	if got := r.ShownName(will); got != "Will Smith" {
		t.Errorf("shown %q", got)
	}
	if diff := cmp.Diff(in, r.Out(in)); diff != "" {
		t.Error(diff)
	}
}

func TestShownName(t *testing.T) {
	r := privacy.New(known(link, will))
	tests := map[string]string{"Anna 🟪\n@durov": "Anna [hidden]", "t.me/x": "[hidden]", "Will": "Will"}
	for first, want := range tests {
		if got := r.ShownName(tenants.Person{ID: 9, First: first}); got != want {
			t.Errorf("%q is shown as %q, want %q", first, got, want)
		}
	}
	if got := privacy.New(known(names, will)).ShownName(tenants.Person{ID: 9, First: "Stranger"}); got != privacy.Pseudonym(key, privacy.OfPerson, 9) {
		t.Errorf("a stranger is shown as %q", got)
	}
}

func TestOut(t *testing.T) {
	r := privacy.New(known(names, will, anna))
	w, a := personal(will), personal(anna)
	text := "Dear " + w + ", " + strings.ToUpper(a) + "'s and " + w + "у"
	in := tenants.Text{Text: text, Entities: []tenants.Entity{entity(text, "bold", w), entity(text, "code", "and")}}
	got := r.Out(in)
	want := "Dear Will, Анна's and Willу"
	if got.Text != want {
		t.Fatalf("got %q, want %q", got.Text, want)
	}
	if diff := cmp.Diff([]tenants.Entity{entity(want, "bold", "Will"), entity(want, "code", "and")}, got.Entities); diff != "" {
		t.Error(diff)
	}
	stranger := tenants.Plain("Dear " + privacy.Pseudonym(key, privacy.OfPerson, 12345))
	if diff := cmp.Diff(stranger, r.Out(stranger)); diff != "" {
		t.Errorf("a pseudonym of another chat: %s", diff)
	}
}

// TestLongHostileTexts: nothing of this may hold up a chat (each took less than
// 50 ms when it was written), nor come out half done.
func TestLongHostileTexts(t *testing.T) {
	k := known(tenants.Hide{Name: true, Title: true, Link: true}, will, tenants.Person{ID: 9, First: "a", Last: "b"})
	k.Titles, k.Phones = []string{"x y"}, []string{"1111111"}
	r := privacy.New(k)
	texts := []string{"https://x%" + strings.Repeat("25", 2040)}
	for _, piece := range []string{"at.me/", "@", "a.", "a-", "https://x%25", "a@", "1", "a ", "[hidden]", "tg:", "\u202ea ", "/@ab", "é"} {
		texts = append(texts, strings.Repeat(piece, tenants.MaxText/tenants.Len(piece)))
	}
	for _, text := range texts {
		if out := r.Text(tenants.Plain(text)); r.Text(out).Text != out.Text {
			t.Errorf("%.20q… redacted twice differs", text)
		}
	}
}
