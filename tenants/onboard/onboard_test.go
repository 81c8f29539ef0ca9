package onboard_test

import (
	"slices"
	"strings"
	"testing"

	"topicdesk/tenants"
	"topicdesk/tenants/onboard"
)

const (
	admin    tenants.UserID = 42
	stranger tenants.UserID = 66
)

var code = onboard.Code([]byte("key"), "acme", 1)

// fitting are facts and a message with which nothing is wrong.
func fitting() (onboard.Facts, tenants.Message) {
	f := onboard.Facts{
		Code: code, Administrator: admin, Bot: "acme_bot",
		Rights: tenants.Rights{Admin: true, ManageTopics: true, DeleteMessages: true},
	}
	m := tenants.Message{
		Chat:    tenants.Chat{ID: -1001, Kind: tenants.Group, Forum: true},
		From:    tenants.Person{ID: admin},
		Content: tenants.Content{Kind: tenants.KindText, Text: tenants.Plain("/bind " + code)},
	}
	return f, m
}

func TestBind(t *testing.T) {
	type change func(f *onboard.Facts, m *tenants.Message)
	text := func(s string) change { return func(_ *onboard.Facts, m *tenants.Message) { m.Content.Text.Text = s } }
	from := func(id tenants.UserID) change {
		return func(_ *onboard.Facts, m *tenants.Message) { m.From = tenants.Person{ID: id} }
	}
	nobody := func(f *onboard.Facts, _ *tenants.Message) { f.Administrator = 0 }
	here := func(f *onboard.Facts, _ *tenants.Message) { f.Here = true }
	ours := func(f *onboard.Facts, _ *tenants.Message) { f.Ours = true }
	taken := func(f *onboard.Facts, _ *tenants.Message) { f.Taken = true }
	further := func(f *onboard.Facts, _ *tenants.Message) { f.Further = true }
	earlier := func(f *onboard.Facts, _ *tenants.Message) { f.Earlier, f.Ours = true, true }
	noRights := func(f *onboard.Facts, _ *tenants.Message) { f.Rights = tenants.Rights{} }
	noTopics := func(f *onboard.Facts, _ *tenants.Message) { f.Rights.ManageTopics = false }
	noDeleting := func(f *onboard.Facts, _ *tenants.Message) { f.Rights.DeleteMessages = false }
	flat := func(_ *onboard.Facts, m *tenants.Message) { m.Chat.Forum = false }
	private := func(_ *onboard.Facts, m *tenants.Message) { m.Chat = tenants.Chat{ID: 42, Kind: tenants.Private} }
	asGroup := func(_ *onboard.Facts, m *tenants.Message) {
		m.From = tenants.Person{ID: tenants.AnonymousAdmin, Bot: true}
		m.Sender = &tenants.Chat{ID: m.Chat.ID}
	}
	asChannel := func(_ *onboard.Facts, m *tenants.Message) {
		m.From = tenants.Person{ID: tenants.ChannelSender, Bot: true}
		m.Sender = &tenants.Chat{ID: -1009, Kind: tenants.Channel}
	}
	forwarded := func(_ *onboard.Facts, m *tenants.Message) {
		m.From, m.AutoPost = tenants.Person{ID: tenants.TelegramService}, true
	}
	aBot := func(_ *onboard.Facts, m *tenants.Message) { m.From = tenants.Person{ID: 7, Bot: true} }
	noCode := func(f *onboard.Facts, m *tenants.Message) { f.Code, m.Content.Text.Text = "", "/bind" }
	wrong := text("/bind ACDEFGHJKM")

	tests := map[string]struct {
		changes []change
		reason  onboard.Reason
		says    string // part of the answer; "" = silence
	}{
		"all is well":                    {nil, onboard.Fits, "🟪"},
		"with the bot's name":            {[]change{text("/bind@acme_bot " + code)}, onboard.Fits, "🟪"},
		"lower case, in two pieces":      {[]change{text("/bind  " + strings.ToLower(code[:5]) + "-" + code[5:8] + " " + code[8:] + "\n")}, onboard.Fits, "🟪"},
		"the first is the administrator": {[]change{nobody, from(7)}, onboard.Fits, "🟪"},
		"a group of two connections":     {[]change{ours}, onboard.Fits, "🟪"},
		"again":                          {[]change{here}, onboard.Already, "nothing is missing"},

		"a stranger guesses":              {[]change{from(stranger), wrong}, onboard.WrongCode, ""},
		"somebody guesses before anybody": {[]change{nobody, wrong}, onboard.WrongCode, ""},
		"a stranger without code":         {[]change{from(stranger), text("/bind")}, onboard.WrongCode, ""},
		"a stranger guesses as the group": {[]change{asGroup, wrong}, onboard.WrongCode, ""},
		"a stranger without rights here":  {[]change{from(stranger), wrong, noRights, flat}, onboard.WrongCode, ""},
		"a stranger in private":           {[]change{from(stranger), wrong, private}, onboard.WrongCode, ""},
		"no code known, none typed":       {[]change{nobody, noCode}, onboard.WrongCode, ""},
		"more than the code":              {[]change{nobody, text("/bind " + code + " please")}, onboard.WrongCode, ""},
		"part of the code":                {[]change{nobody, text("/bind " + code[:9])}, onboard.WrongCode, ""},
		"the administrator mistypes":      {[]change{wrong}, onboard.WrongCode, "not the code of @acme_bot"},
		"an operator guesses in ours":     {[]change{here, from(stranger), wrong}, onboard.WrongCode, "not the code"},
		"the same beside a sibling":       {[]change{ours, from(stranger), wrong}, onboard.WrongCode, "not the code"},

		"another with the code":         {[]change{from(stranger)}, onboard.NotAllowed, "Only the administrator"},
		"the administrator, anonymous":  {[]change{asGroup}, onboard.Anonymous, "switch off Remain anonymous"},
		"anonymous, the first":          {[]change{nobody, asGroup}, onboard.Anonymous, "switch off Remain anonymous"},
		"as a channel":                  {[]change{nobody, asChannel}, onboard.Anonymous, "not as the group or a channel"},
		"a channel's automatic forward": {[]change{nobody, forwarded}, onboard.NoPerson, ""},
		"a bot with the code":           {[]change{nobody, aBot}, onboard.NoPerson, ""},
		"in private":                    {[]change{private}, onboard.NotGroup, "in the group"},
		"another tenant's group":        {[]change{taken}, onboard.OtherTenant, "belongs to somebody else"},
		"a further group":               {[]change{further}, onboard.Fits, "get their topics here"},
		"an earlier group":              {[]change{earlier}, onboard.Fits, "here again"},
		"a stranger in an earlier one":  {[]change{earlier, from(stranger)}, onboard.NotAllowed, "Only the administrator"},

		"topics off":           {[]change{flat}, onboard.SomethingOff, "Topics are off"},
		"no administrator":     {[]change{noRights}, onboard.SomethingOff, "Add Admin"},
		"may not make topics":  {[]change{noTopics}, onboard.SomethingOff, "switch on Manage Topics"},
		"may not delete":       {[]change{noDeleting}, onboard.SomethingOff, "switch on Delete Messages"},
		"again, a right gone":  {[]change{here, noTopics}, onboard.SomethingOff, "switch on Manage Topics"},
		"the first with lacks": {[]change{nobody, noRights}, onboard.SomethingOff, "Then send the command again"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f, m := fitting()
			for _, change := range test.changes {
				change(&f, &m)
			}
			got := onboard.Bind(f, m)
			if got.Reason != test.reason {
				t.Errorf("reason %q, want %q", got.Reason, test.reason)
			}
			if test.says == "" && got.Text.Text != "" {
				t.Errorf("said %q, want silence", got.Text.Text)
			}
			if !strings.Contains(got.Text.Text, test.says) {
				t.Errorf("said %q, want %q in it", got.Text.Text, test.says)
			}
			if bound := test.reason == onboard.Fits; got.Bound != bound || (got.Administrator == m.From.ID) != bound {
				t.Errorf("bound %v, administrator %d", got.Bound, got.Administrator)
			}
			if strings.Contains(got.Text.Text, code) || strings.Contains(got.Text.Text, "{bot}") {
				t.Errorf("said %q: with the code, or with a gap", got.Text.Text)
			}
		})
	}
}

func TestLacks(t *testing.T) {
	f, m := fitting()
	flat := m.Chat
	flat.Forum = false
	tests := []struct {
		rights tenants.Rights
		chat   tenants.Chat
		want   []string
	}{
		{f.Rights, m.Chat, nil},
		{tenants.Rights{}, m.Chat, []string{"not an administrator"}},
		{tenants.Rights{}, flat, []string{"Topics are off", "not an administrator"}},
		{tenants.Rights{Admin: true}, flat, []string{"Topics are off", "manage topics", "delete messages"}},
		{tenants.Rights{Admin: true, DeleteMessages: true}, m.Chat, []string{"manage topics"}},
	}
	for _, test := range tests {
		f.Rights = test.rights
		got := onboard.Lacks(f, test.chat)
		match := slices.EqualFunc(got, test.want, strings.Contains)
		if !match {
			t.Errorf("%+v, forum %v: %q, want %q", test.rights, test.chat.Forum, got, test.want)
		}
	}
}

func TestGreeting(t *testing.T) {
	f, m := fitting()
	f.Privacy = true
	got := onboard.Bind(f, m).Text
	for _, want := range []string{"@acme_bot", "🟪", "🟨", "⬛️", "/ text", "/help", "Everybody in this group", "/setprivacy"} {
		if !strings.Contains(got.Text, want) {
			t.Errorf("%q lacks %q", got.Text, want)
		}
	}
	if tenants.Len(got.Text) > tenants.MaxText {
		t.Errorf("%d units", tenants.Len(got.Text))
	}
	f.Privacy = false
	if got := onboard.Greeting(f).Text; strings.Contains(got, "setprivacy") {
		t.Errorf("%q: privacy mode is off", got)
	}
	f.Bot = ""
	if got := onboard.Greeting(f).Text; !strings.HasPrefix(got, "This group is where the team of the bot works.") {
		t.Errorf("%q", got)
	}
}

func TestSteps(t *testing.T) {
	f, m := fitting()
	steps := onboard.Steps(f)
	typed := steps[len(steps)-1]
	m.Content.Text.Text = typed[strings.Index(typed, "/bind"):]
	if got := onboard.Bind(f, m); !got.Bound || !strings.HasPrefix(m.Content.Text.Text, "/bind@acme_bot ") {
		t.Errorf("%q answers %+v", m.Content.Text.Text, got)
	}
}

func TestCode(t *testing.T) {
	const signs = "34679ACDEFGHJKMNPQRTVWXY"
	key := []byte("key")
	seen := map[string]bool{}
	for _, tenant := range []tenants.TenantID{"acme", "acme1", "beta"} {
		for c := tenants.ConnectionID(1); c <= 300; c++ {
			code := onboard.Code(key, tenant, c)
			if len(code) != 10 || strings.Trim(code, signs) != "" || seen[code] {
				t.Fatalf("%s %d: %q: length, signs, or twice", tenant, c, code)
			}
			seen[code] = true
		}
	}
	if seen[onboard.Code([]byte("other"), "acme", 1)] {
		t.Error("the node's key does not count")
	}
	// People may have it written down: it must stay the same from version to version.
	if got := onboard.Code(key, "acme", 1); got != golden {
		t.Errorf("code %q, want %q", got, golden)
	}
}

const golden = "P3NX3TA7XR"

func FuzzBind(f *testing.F) {
	f.Add("/bind "+code, int64(admin), true)
	f.Add("/bind", int64(stranger), false)
	f.Fuzz(func(t *testing.T, text string, from int64, owned bool) {
		facts, m := fitting()
		if !owned {
			facts.Administrator = 0
		}
		m.From.ID, m.Content.Text.Text = tenants.UserID(from), text
		got := onboard.Bind(facts, m)
		plain := strings.ToUpper(strings.Join(strings.Fields(text), ""))
		if got.Bound && !strings.HasSuffix(strings.ReplaceAll(plain, "-", ""), code) && strings.IndexFunc(text, func(r rune) bool { return r > 127 }) < 0 {
			t.Errorf("%q binds", text)
		}
		if got.Bound && owned && from != int64(admin) {
			t.Errorf("%d binds", from)
		}
		if got.Reason == onboard.WrongCode && !(owned && from == int64(admin)) && got.Text.Text != "" {
			t.Errorf("%q by %d in a stranger's group is answered", text, from)
		}
	})
}
