package command_test

import (
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
)

func TestParse(t *testing.T) {
	tests := []struct {
		text string
		kind command.ParseKind
		call command.Call
	}{
		{"hello", command.NotCommand, command.Call{}},
		{"", command.NotCommand, command.Call{}},
		{"see /hold", command.NotCommand, command.Call{}},
		{"\\/hold", command.NotCommand, command.Call{}},
		{"/ text", command.Comment, command.Call{}},
		{"/", command.Comment, command.Call{}},
		{"//hold", command.Comment, command.Call{}},
		{"/1", command.Comment, command.Call{}},
		{"/\nhold", command.Comment, command.Call{}},
		{"/_hold", command.Comment, command.Call{}},
		{"/\u200bhold", command.Comment, command.Call{}},
		{"  / text", command.Comment, command.Call{}},
		{"\u200e\u2060/ text", command.Comment, command.Call{}},
		{"/hold", command.Known, command.Call{Name: command.Hold, Word: "hold"}},
		{" \u200f/hold", command.Known, command.Call{Name: command.Hold, Word: "hold"}},
		{"/HoLd ", command.Known, command.Call{Name: command.Hold, Word: "HoLd"}},
		{"/hold@Acme_Bot", command.Known, command.Call{Name: command.Hold, Word: "hold", Bot: "Acme_Bot"}},
		{"/hold@other_bot now", command.ForOther, command.Call{Word: "hold", Bot: "other_bot", Args: []string{"now"}, Rest: "now"}},
		{"/stats@other_bot", command.ForOther, command.Call{Word: "stats", Bot: "other_bot"}},
		{"/hodl", command.Unknown, command.Call{Word: "hodl", Suggestion: command.Hold}},
		{"/hodl@acme_bot", command.Unknown, command.Call{Word: "hodl", Bot: "acme_bot", Suggestion: command.Hold}},
		{"/hold@", command.Unknown, command.Call{Word: "hold@", Suggestion: command.Hold}},
		{"/hold@a@b", command.Unknown, command.Call{Word: "hold@a@b"}},
		{"/hold,", command.Unknown, command.Call{Word: "hold,", Suggestion: command.Hold}},
		{"/привет мир", command.Unknown, command.Call{Word: "привет", Args: []string{"мир"}, Rest: "мир"}},
		{"/path/to file", command.Unknown, command.Call{Word: "path/to", Args: []string{"file"}, Rest: "file"}},
		{"/bind\nABC  DEF ", command.Known, command.Call{Name: command.Bind, Word: "bind", Args: []string{"ABC", "DEF"}, Rest: "ABC  DEF"}},
	}
	for _, test := range tests {
		call, kind := command.Parse(test.text, "acme_bot")
		if kind != test.kind || !reflect.DeepEqual(call, test.call) {
			t.Errorf("%q:\ngot  %d %+v\nwant %d %+v", test.text, kind, call, test.kind, test.call)
		}
	}
	if _, kind := command.Parse("/hold@acme_bot", ""); kind != command.ForOther {
		t.Errorf("a login without username takes a command for a named bot: %d", kind)
	}
}

func TestInside(t *testing.T) {
	for kind := command.NotCommand; kind <= command.Known; kind++ {
		if kind.Inside() != (kind != command.NotCommand) {
			t.Errorf("kind %d: inside is %v", kind, kind.Inside())
		}
	}
}

func TestArgs(t *testing.T) {
	tests := []struct {
		rest string
		want []string
	}{
		{``, nil},
		{`a b`, []string{"a", "b"}},
		{`"two words" x`, []string{"two words", "x"}},
		{`“two words” «drei vier» „fünf sechs“`, []string{"two words", "drei vier", "fünf sechs"}},
		{`""`, []string{""}},
		{`"a \"b\" \\"`, []string{`a "b" \`}},
		{`two\ words \"x\"`, []string{"two words", `"x"`}},
		{`5" pipe it's`, []string{`5"`, "pipe", "it's"}},
		{`"never ends`, []string{"never ends"}},
		{`"a"b`, []string{"a", "b"}},
		{`a\`, []string{`a\`}},
	}
	for _, test := range tests {
		call, _ := command.Parse("/bind "+test.rest, "acme_bot")
		if !reflect.DeepEqual(call.Args, test.want) {
			t.Errorf("%s: %q, want %q", test.rest, call.Args, test.want)
		}
	}
}

func TestParseName(t *testing.T) {
	good := []string{"a", "VIP", "order-2", "a_b", "срочно", "हिन्दी", "注文", "é", strings.Repeat("ы", 32)}
	for _, name := range good {
		if got, err := command.ParseName(name, "new"); err != nil || got != name {
			t.Errorf("%q: %q, %v", name, got, err)
		}
	}
	bad := map[string]string{
		"": "missing", "2nd": "begin with a letter", "-a": "begin with a letter", "_a": "begin with a letter",
		"a b": "only letters", "a!": "only letters", "a/b": "only letters", "a\u200b": "only letters", "🟪": "begin with a letter",
		strings.Repeat("ы", 33): "33 characters", "NEW": "word of this command", "a\xff": "only letters",
	}
	for name, want := range bad {
		if got, err := command.ParseName(name, "new", "del"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %q, %v; want %q", name, got, err, want)
		}
	}
}

// TestFoldName: how a name is written makes no difference, what is written does.
func TestFoldName(t *testing.T) {
	for _, same := range [][]string{
		{"СрОчно", "срочно"}, {"Café", "cafe\u0301", "CAFE\u0301"}, {"Йод", "и\u0306од"}, {"한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"},
		{"Straße", "STRASSE"}, {"ΟΔΟΣ", "οδος"}, {"İstanbul", "istanbul", "I\u0307stanbul"}, {"ＶＩＰ", "vip"},
	} {
		for _, name := range same {
			if command.FoldName(name) != command.FoldName(same[0]) {
				t.Errorf("%q is another name than %q", name, same[0])
			}
		}
	}
	for _, name := range []string{"café", "cafè"} {
		if command.FoldName(name) == command.FoldName("cafe") {
			t.Errorf("%q is the same name as cafe", name)
		}
	}
	if _, err := command.ParseName(strings.Repeat("e\u0301", command.MaxName)); err != nil {
		t.Error(err)
	}
}

// TestFoldNameOfOldKeys: names of which only the case differs are the same, as they were
// when that was all that made them so, and no old key is in the way of a new one.
func TestFoldNameOfOldKeys(t *testing.T) {
	for r := range unicode.MaxRune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) || unicode.Is(unicode.Han, r) && r > 0x3400 {
			continue // of the many Chinese ones none has case
		}
		for _, name := range []string{string(r), "a" + string(r), string(r) + "\u0301", string(r) + "\u0307", norm.NFD.String(string(r))} {
			fold := command.FoldName(name)
			if again := command.FoldName(fold); again != fold {
				t.Fatalf("%+q: folded %+q, folded twice %+q", name, fold, again)
			}
			if old := command.FoldName(strings.ToLower(name)); old != fold {
				t.Errorf("%+q: folded %+q, of its small letters %+q", name, fold, old)
			}
		}
	}
}

func TestTable(t *testing.T) {
	want := map[command.Name]struct {
		places command.Place
		who    command.Permission
		hidden command.Permission // under HIDE_INFO=command
	}{
		command.Hold:   {command.Topic, command.Operator, command.Operator},
		command.Wait:   {command.Topic, command.Operator, command.Operator},
		command.Close:  {command.Topic, command.Operator, command.Operator},
		command.Mode:   {command.Topic, command.Operator, command.Operator},
		command.Info:   {command.Topic, command.Operator, command.Manager},
		command.Del:    {command.Topic, command.Operator, command.Operator},
		command.Undo:   {command.Topic, command.Operator, command.Operator},
		command.Ban:    {command.Topic, command.Operator, command.Operator},
		command.Unban:  {command.Topic, command.Operator, command.Operator},
		command.Set:    {command.Topic, command.Manager, command.Manager},
		command.Say:    {command.Topic | command.General, command.Operator, command.Operator},
		command.Mark:   {command.Topic | command.General, command.Operator, command.Operator},
		command.Take:   {command.Topic, command.Operator, command.Operator},
		command.Give:   {command.Topic, command.Operator, command.Operator},
		command.Free:   {command.Topic, command.Operator, command.Operator},
		command.Open:   {command.General, command.Operator, command.Operator},
		command.New:    {command.General, command.Operator, command.Operator},
		command.Chat:   {command.Topic | command.General, command.Manager, command.Manager},
		command.Send:   {command.Topic | command.General, command.Operator, command.Operator},
		command.Export: {command.General, command.Manager, command.Manager},
		command.Stats:  {command.Topic | command.General, command.Operator, command.Operator},
		command.Queue:  {command.General, command.Operator, command.Operator},
		command.Help:   {command.Topic | command.General, command.Operator, command.Operator},
		command.Bind:   {command.General, command.Administrator, command.Administrator},
	}
	rows := command.Commands()
	if len(rows) != len(want) {
		t.Errorf("%d commands, want %d", len(rows), len(want))
	}
	for _, c := range rows {
		w := want[c.Name]
		if c.Places != w.places || c.Needs(command.Topic, tenants.Hide{Name: true}) != w.who || c.Needs(command.Topic, tenants.Hide{Command: true}) != w.hidden {
			t.Errorf("%s: %+v", c.Name, c)
		}
		for _, l := range say.Languages() {
			if help := c.Help.In(l); strings.HasSuffix(help, ".") || utf8.RuneCountInString(help) > 120 {
				t.Errorf("%s: help %q", c.Name, help)
			}
		}
		if found, ok := command.Named(c.Name); !ok || found.Name != c.Name {
			t.Errorf("%s is not found by its name", c.Name)
		}
		if call, kind := command.Parse("/"+string(c.Name), ""); kind != command.Known || call.Name != c.Name {
			t.Errorf("%s does not parse: %+v", c.Name, call)
		}
	}
	if mark, _ := command.Named(command.Mark); mark.Needs(command.General, tenants.Hide{}) != command.Manager {
		t.Error("labels are made by anybody")
	}
	if _, ok := command.Named("coffee"); ok {
		t.Error("a command that no row has is found")
	}
}

func TestGuide(t *testing.T) {
	tests := map[string]struct {
		place command.Place
		who   command.Permission
		hide  tenants.Hide
		want  string
		later string
	}{
		"operator in a topic":      {command.Topic, command.Operator, tenants.Hide{}, "/hold /wait /close /say /undo /del /mode /info /mark /take /give /free /ban /unban /help /", "/send /stats"},
		"operator, card hidden":    {command.Topic, command.Operator, tenants.Hide{Command: true}, "/hold /wait /close /say /undo /del /mode /mark /take /give /free /ban /unban /help /", "/send /stats"},
		"manager, card hidden":     {command.Topic, command.Manager, tenants.Hide{Command: true}, "/hold /wait /close /say /undo /del /mode /info /mark /take /give /free /ban /unban /set /help /", "/chat /send /stats"},
		"operator in General":      {command.General, command.Operator, tenants.Hide{}, "/open /queue /say /help", "/new /stats"},
		"manager in General":       {command.General, command.Manager, tenants.Hide{}, "/open /queue /say /mark /help", "/new /chat /send /export /stats"},
		"administrator in General": {command.General, command.Administrator, tenants.Hide{}, "/open /queue /say /mark /bind /help", "/new /chat /send /export /stats"},
	}
	for name, test := range tests {
		for _, l := range say.Languages() {
			text := command.Guide(test.place, command.Asker{Is: test.who}, test.hide, l)
			var forms []string
			for _, e := range text.Entities {
				if e.Kind == "code" {
					name, _, _ := strings.Cut(text.Slice(e.Offset, e.Offset+e.Length).Text, " ")
					forms = append(forms, name)
				}
			}
			forms = forms[:len(forms)-1] // what comes later
			if got := strings.Join(forms, " "); got != test.want {
				t.Errorf("%s, %s: %s, want %s", name, l, got, test.want)
			}
			if !strings.HasSuffix(text.Text, ": "+test.later) {
				t.Errorf("%s, %s: does not end with what comes later, %s:\n%s", name, l, test.later, text.Text)
			}
		}
	}
	if first := command.Guide(command.Topic, command.Asker{}, tenants.Hide{}, say.Russian); !strings.HasPrefix(first.Text, "Что можно делать в этой теме\n\nСтатус\n/hold — ") {
		t.Errorf("in Russian: %s", first.Text)
	}
}

func TestRefusal(t *testing.T) {
	operator, manager := command.Asker{}, command.Asker{Is: command.Manager}
	administrator := command.Asker{Is: command.Administrator}
	ban := "For this you need the right “Ban Users” in this group. Whoever manages the administrators can give it to you."
	tests := []struct {
		name  command.Name
		place command.Place
		who   command.Asker
		hide  tenants.Hide
		want  string
	}{
		{command.Hold, command.Topic, operator, tenants.Hide{}, ""},
		{command.Hold, command.General, administrator, tenants.Hide{}, "/hold works in a client's topic."},
		{command.Bind, command.Topic, administrator, tenants.Hide{}, "/bind works in General."},
		{command.Bind, command.General, manager, tenants.Hide{}, "/bind is for the administrator of this connection."},
		{command.Bind, command.General, administrator, tenants.Hide{Command: true}, ""},
		{command.Info, command.Topic, operator, tenants.Hide{Command: true}, "HIDE_INFO includes command: the card is only for managers, in private from the setup bot."},
		{command.Info, command.Topic, operator, tenants.Hide{Name: true}, ""},
		{command.Mark, command.Topic, operator, tenants.Hide{}, ""},
		{command.Mark, command.General, operator, tenants.Hide{}, "In General, /mark is for managers: people listed in EXTENSIONS_ALLOWED. In a client's topic everybody may use it."},
		{command.Mark, command.General, manager, tenants.Hide{}, ""},
		{command.Ban, command.Topic, operator, tenants.Hide{}, ban},
		{command.Ban, command.Topic, administrator, tenants.Hide{}, ban},
		{command.Unban, command.Topic, command.Asker{CanDelete: true}, tenants.Hide{}, ban},
		{command.Ban, command.Topic, command.Asker{CanBan: true}, tenants.Hide{}, ""},
		{command.Ban, command.Topic, command.Asker{Untold: true}, tenants.Hide{}, "Telegram can't say just now which rights you have in this group. Please try again."},
		{command.Del, command.Topic, operator, tenants.Hide{}, ""}, // it is known later whose it is
	}
	for _, test := range tests {
		c, _ := command.Named(test.name)
		if got := c.Refusal(test.place, test.who, test.hide, tenants.English).Text; got != test.want {
			t.Errorf("%s at %d by %+v: %q, want %q", test.name, test.place, test.who, got, test.want)
		}
	}
}

func TestHint(t *testing.T) {
	for text, want := range map[string]string{
		"/hodl":   "There is no such command. Did you mean: /hold?",
		"/coffee": "There is no such command. What can be done here: /help",
	} {
		call, _ := command.Parse(text, "")
		if got := call.Hint(tenants.English).Text; got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"/hold", "/ a", "/bind@acme_bot \"a b\" c\\ d", "//", " /я", "x", "/hodl «a", "/\\"} {
		f.Add(seed, "acme_bot")
	}
	f.Fuzz(func(t *testing.T, text, bot string) {
		call, kind := command.Parse(text, bot)
		if strings.HasPrefix(strings.TrimSpace(text), "/") != kind.Inside() && strings.TrimFunc(text, hidden) == text {
			t.Errorf("%q: kind %d", text, kind)
		}
		switch kind {
		case command.NotCommand, command.Comment:
			if !reflect.DeepEqual(call, command.Call{}) {
				t.Errorf("%q: kind %d with %+v", text, kind, call)
			}
			return
		case command.Known:
			if c, ok := command.Named(call.Name); !ok || !strings.EqualFold(call.Word, string(c.Name)) {
				t.Errorf("%q: %+v is no command", text, call)
			}
		case command.ForOther:
			if strings.EqualFold(call.Bot, bot) {
				t.Errorf("%q for %q: %+v", text, bot, call)
			}
		}
		if (kind == command.Known) != (call.Name != "") || (call.Suggestion != "" && kind != command.Unknown) {
			t.Errorf("%q: kind %d with %+v", text, kind, call)
		}
		checkArgs(t, call)
	})
}

func hidden(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// checkArgs: arguments that are written with quotes and backslashes come back.
func checkArgs(t *testing.T, call command.Call) {
	t.Helper()
	var quoted []string
	for _, arg := range call.Args {
		quoted = append(quoted, `"`+strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(arg)+`"`)
	}
	again, _ := command.Parse("/bind "+strings.Join(quoted, " "), "")
	if !reflect.DeepEqual(again.Args, call.Args) {
		t.Errorf("%q written as %q come back as %q", call.Args, quoted, again.Args)
	}
}
