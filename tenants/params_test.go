package tenants_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

func param(t *testing.T, name string) tenants.Param {
	t.Helper()
	p, _, ok := tenants.ParamNamed(name)
	if !ok {
		t.Fatalf("no parameter %s", name)
	}
	return p
}

// TestParamTable holds every row against what all rows promise.
func TestParamTable(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range tenants.Params() {
		t.Run(p.Name, func(t *testing.T) {
			if seen[p.Name] || p.Name != strings.ToUpper(p.Name) {
				t.Errorf("name %q: twice, or not in capitals", p.Name)
			}
			seen[p.Name] = true
			if got, err := p.Parse(p.Default); err != nil || got != p.Default {
				t.Errorf("default %q parses to %q, %v; want itself", p.Default, got, err)
			}
			if _, notice, err := p.ParseNoting(p.Example); err != nil || notice.Key != "" {
				t.Errorf("example %q: notice %q, error %v", p.Example, notice, err)
			}
			for _, l := range say.Languages() {
				if help := p.Help.In(l); strings.HasSuffix(help, ".") {
					t.Errorf("help %q ends with a full stop", help)
				}
			}
			if p.Levels&tenants.OfConnection == 0 {
				t.Error("can't be set for a connection")
			}
			off, err := p.Parse("off")
			none, err2 := p.Parse(" None ")
			if err != nil || err2 != nil || off != none {
				t.Errorf("OFF = %q, %v and NONE = %q, %v; want the same", off, err, none, err2)
			}
			if _, err := p.Parse("  "); err == nil {
				t.Error("no value at all is taken")
			}
		})
	}
}

// TestParamLevels is the list of what may differ by kind and by chat.
func TestParamLevels(t *testing.T) {
	both := []string{
		"WELCOME", "AUTOCLOSE", "REPLY_ONLY", "UNDO_SECONDS", "AUTHOR", "REMIND", "OFFICE_HOURS",
		"RESTRICTED_KEYWORDS_FRONTEND", "RESTRICTED_KEYWORDS_BACKEND",
	}
	chat := append([]string{"AWAY"}, both...) // that is for private dialogs only
	for _, p := range tenants.Params() {
		if err := p.Allows(tenants.Level{Connection: 1, Kind: tenants.Group}); (err == nil) != slices.Contains(both, p.Name) {
			t.Errorf("%s of a kind: %v", p.Name, err)
		}
		if err := p.Allows(tenants.Level{Connection: 1, Dialog: 5}); (err == nil) != slices.Contains(chat, p.Name) {
			t.Errorf("%s of a chat: %v", p.Name, err)
		}
		if err := p.Allows(tenants.Level{Connection: 1}); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
		if wide := []string{"EXTENSIONS_ALLOWED", "LANGUAGE", "TIMEZONE", "CUSTOM_COMMANDS"}; p.GroupWide != slices.Contains(wide, p.Name) {
			t.Errorf("%s: group-wide is %v", p.Name, p.GroupWide)
		}
	}
}

func TestParamParse(t *testing.T) {
	tests := []struct{ name, value, want, fault string }{ // want "" = an error with fault in it
		{"WELCOME", `Hello *you*\!`, `Hello *you*\!`, ""},
		{"WELCOME", "Hello! (5*4 = 20)", `Hello\! \(5\*4 \= 20\)`, ""},
		{"WELCOME", "off", "NONE", ""},
		{"WELCOME", strings.Repeat("x", 3500), strings.Repeat("x", 3500), ""},
		{"WELCOME", strings.Repeat("x", 3501), "", "3501 characters"},
		{"WELCOME", strings.Repeat("😀", 1751), "", "3502 characters"},
		{"WELCOME", "**", "", "no words"},
		{"WELCOME", "a\xff", "", "UTF-8"},
		{"AUTOCLOSE", "1", "1", ""},
		{"AUTOCLOSE", " 048 ", "48", ""},
		{"AUTOCLOSE", "1000000", "1000000", ""},
		{"AUTOCLOSE", "OFF", "1000000", ""},
		{"AUTOCLOSE", "0", "", "from 1 to 1000000"},
		{"AUTOCLOSE", "1000001", "", "from 1 to 1000000"},
		{"AUTOCLOSE", "two", "", "AUTOCLOSE=48"},
		{"GROUP_ASK", "500", "500", ""},
		{"GROUP_ASK", "NONE", "0", ""},
		{"GROUP_ASK", "200001", "", "whole number of members from 0 to 200000"},
		{"GROUP_ASK", "-1", "", "GROUP_ASK=500"},
		{"AUTO_INFO", "true", "TRUE", ""},
		{"AUTO_INFO", "no", "FALSE", ""},
		{"AUTO_INFO", "maybe", "", "neither TRUE nor FALSE"},
		{"EXTENSIONS_ALLOWED", ".", ".", ""},
		{"EXTENSIONS_ALLOWED", "5,6 , 5,", "5, 6", ""},
		{"EXTENSIONS_ALLOWED", "-5", "", "can't be an id"},
		{"EXTENSIONS_ALLOWED", "@anna", "", "is a name"},
		{"TEAM", ".", "", "not an id"},
		{"IGNORE_CHATS", "-1001234567890,7", "-1001234567890, 7", ""},
		{"IGNORE_CHATS", "0", "", "can't be an id"},
		{"IGNORE_CHATS", "4503599627370496", "", "can't be an id"},
		{"IGNORE_CHATS", "-4503599627370496", "", "can't be an id"},
		{"WHITE_LIST", ",", "", "no id"},
		{"WHITE_LIST", ids(5000), strings.ReplaceAll(ids(5000), ",", ", "), ""},
		{"WHITE_LIST", ids(5001), "", "at most 5000"},
		{"HIDE_INFO", "link, NAME,name", "name, link", ""},
		{"HIDE_INFO", "phone", "", "not one of name, title, link, command"},
		{"HIDE_INFO", ",", "", "none of"},
		{"LEAVE_CLOSED", "channel,private", "private, channel", ""},
		{"HIDE_INFO", strings.Repeat("ы", 50), "", "\"" + strings.Repeat("ы", 40) + "…\""},
		{"ICON_COLOR", "Green", "green", ""},
		{"ICON_COLOR", "7322096", "blue", ""},
		{"ICON_COLOR", "pink", "", "blue, yellow, violet, green, rose, red"},
		{"AUTHOR", "Forward", "forward", ""},
		{"AUTHOR", "OFF", "header", ""},
		{"AUTHOR", "header, forward", "", "not one of header, forward"},
		{"RESTRICTED_KEYWORDS_BACKEND", `"a b","c", "a b"`, `"a b", "c"`, ""},
		{"RESTRICTED_KEYWORDS_BACKEND", `“card”, «iban», „konto“,`, `"card", "iban", "konto"`, ""},
		{"RESTRICTED_KEYWORDS_BACKEND", `"say \"hi\" \\"`, `"say \"hi\" \\"`, ""},
		{"RESTRICTED_KEYWORDS_BACKEND", `"OFF"`, `"OFF"`, ""},
		{"RESTRICTED_KEYWORDS_BACKEND", `card`, "", "double quotes"},
		{"RESTRICTED_KEYWORDS_BACKEND", `"card`, "", "closing quote"},
		{"RESTRICTED_KEYWORDS_BACKEND", `"a" "b"`, "", `At character 5: there is no comma after "a"`},
		{"RESTRICTED_KEYWORDS_BACKEND", `"a",,"b"`, "", "At character 5: words are written in double quotes. For example: RESTRICTED_KEYWORDS_BACKEND="},
		{"RESTRICTED_KEYWORDS_BACKEND", `" "`, "", "nothing between"},
		{"RESTRICTED_KEYWORDS_FRONTEND", `"` + strings.Repeat("ы", 257) + `"`, "", "257 characters"},
		{"PRIVATE_KEYWORDS", ` "a", ["b","~c"] `, `"a", ["b","~c"]`, ""},
		{"GROUPS_KEYWORDS", strings.Repeat("x", 128<<10+1), "", "bytes"},
		{"REMIND", "OFF", "0", ""},
		{"REMIND", "43201", "", "whole number of minutes from 0 to 43200"},
		{"OFFICE_HOURS", "пн-пт 9:00–18:00", "Mon-Fri 09:00-18:00", ""},
		{"OFFICE_HOURS", "9-18", "", "OFFICE_HOURS=Mon-Thu 09:00-18:00, Fri 09:00-16:00"},
		{"TIMEZONE", "europe/berlin", "Europe/Berlin", ""},
		{"TIMEZONE", "America/New York", "America/New_York", ""},
		{"TIMEZONE", "utc", "UTC", ""},
		{"TIMEZONE", "OFF", "UTC", ""},
		{"TIMEZONE", "Local", "", "named by continent and city"},
		{"TIMEZONE", "Europe/Berln", "", "Did you mean Europe/Berlin? For example"},
		{"TIMEZONE", "Berlin", "", "Did you mean Europe/Berlin?"},
		{"TIMEZONE", "Europe/Berlni", "", "Did you mean Europe/Berlin?"},
		{"TIMEZONE", "new york", "", "Did you mean America/New_York?"},
		{"TIMEZONE", "UTC+3", "", "TIMEZONE=Europe/Berlin"},
		{"TIMEZONE", "../../etc/passwd", "", "not a time zone"},
		{"RETENTION_DAYS", "OFF", "90", ""},
		{"RETENTION_DAYS", "0", "", "days from 1 to 3650"},
		{"RETENTION_DAYS", "3650", "3650", ""},
		{"CUSTOM_COMMANDS", "/Weather,/stats_today /weather", "/weather, /stats_today", ""},
		{"CUSTOM_COMMANDS", "/погода", "/погода", ""},
		{"CUSTOM_COMMANDS", "weather", "", "not a command: a slash"},
		{"CUSTOM_COMMANDS", "/2nd", "", "not a command"},
		{"CUSTOM_COMMANDS", "/" + strings.Repeat("x", 33), "", "not a command"},
		{"CUSTOM_COMMANDS", ",", "", "no command in it"},
		{"WEBHOOKS", "OFF", "NONE", ""},
		{"WEBHOOKS", `{"https://example.com": ["message_sent"]}`, "", "later version"},
	}
	for _, test := range tests {
		t.Run(fmt.Sprintf("%s=%.20s", test.name, test.value), func(t *testing.T) {
			got, err := param(t, test.name).Parse(test.value)
			if test.want == "" {
				var refused *tenants.ParamError
				if !errors.As(err, &refused) || !strings.Contains(err.Error(), test.fault) || refused.Example == "" {
					t.Fatalf("%q, %v; want an error with %q", got, err, test.fault)
				}
				return
			}
			if err != nil || got != test.want {
				t.Fatalf("%q, %v; want %q", got, err, test.want)
			}
			if again, err := param(t, test.name).Parse(got); err != nil || again != got {
				t.Errorf("stored form %q parses to %q, %v", got, again, err)
			}
		})
	}
}

func ids(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprint(i + 1)
	}
	return strings.Join(list, ",")
}

func TestWelcomeNotice(t *testing.T) {
	_, notice, err := param(t, "WELCOME").ParseNoting("Hello *friend*!")
	if err != nil || !strings.Contains(notice.Error(), `at character 15: write \! instead of !`) {
		t.Errorf("notice %q, error %v", notice, err)
	}
}

func TestParamNamed(t *testing.T) {
	tests := []struct{ name, want, suggestion string }{
		{"autoclose", "AUTOCLOSE", ""},
		{"AUTOCLOES", "", "AUTOCLOSE"},
		{"MONITOR_GROUP", "", "MONITOR_GROUPS"},
		{"HIDE", "", "HIDE_INFO"},
		{"MONITOR", "", ""}, // more than one begins so
		{"MONITOR_CHANEL", "", "MONITOR_CHANNELS"},
		{"author", "AUTHOR", ""},
		{"COFFEE", "", ""},
	}
	for _, test := range tests {
		p, suggestion, ok := tenants.ParamNamed(test.name)
		if p.Name != test.want || suggestion != test.suggestion || ok != (test.want != "") {
			t.Errorf("%s: %q, %q, %v; want %q, %q", test.name, p.Name, suggestion, ok, test.want, test.suggestion)
		}
	}
}

func TestParseTarget(t *testing.T) {
	tests := []struct {
		target, name string
		kind         tenants.ChatKind
		fault        string
	}{
		{" autoclose ", "AUTOCLOSE", "", ""},
		{"group.AUTOCLOSE", "AUTOCLOSE", tenants.Group, ""},
		{"Private.welcome", "WELCOME", tenants.Private, ""},
		{"channel.WELCOME", "WELCOME", tenants.Channel, ""},
		{"groups.AUTOCLOSE", "", "", "private, group or channel"},
		{".AUTOCLOSE", "", "", "private, group or channel"},
		{"group.AUTOCLOS", "", "", "Did you mean AUTOCLOSE?"},
		{"group.HIDE_INFO", "", "", "can't differ by kind"},
		{"group.", "", "", "no parameter"},
		{"", "", "", "no parameter"},
	}
	for _, test := range tests {
		name, kind, err := tenants.ParseTarget(test.target)
		if test.fault != "" {
			if err == nil || !strings.Contains(err.Error(), test.fault) {
				t.Errorf("%q: %q, %q, %v; want an error with %q", test.target, name, kind, err, test.fault)
			}
			continue
		}
		if err != nil || name != test.name || kind != test.kind {
			t.Errorf("%q: %q, %q, %v; want %q, %q", test.target, name, kind, err, test.name, test.kind)
		}
	}
}

// TestResolveDefaults is what a tenant has who has set nothing.
func TestResolveDefaults(t *testing.T) {
	got := tenants.Resolve(nil, 1, tenants.Private, 5, 42)
	want := tenants.Settings{
		Welcome:     tenants.Plain(say.DefaultWelcome.In(say.English)),
		OursGreets:  true,
		Autoclose:   48 * time.Hour,
		Managers:    []tenants.UserID{42},
		Ignore:      []tenants.ChatID{tenants.ChatID(tenants.TelegramService)},
		Monitor:     map[tenants.ChatKind]bool{tenants.Private: true, tenants.Group: false, tenants.Channel: false},
		Keywords:    map[tenants.ChatKind]string{tenants.Private: "", tenants.Group: "", tenants.Channel: ""},
		LeaveClosed: map[tenants.ChatKind]bool{},
		Author:      tenants.AuthorHeader,
		GroupAsk:    500,
		MergeTexts:  true,
		Language:    tenants.English,
		Zone:        time.UTC,
		Retention:   90 * 24 * time.Hour,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if s := tenants.Resolve(nil, 1, tenants.Private, 5, 0); len(s.Managers) != 0 {
		t.Errorf("managers %v without an administrator", s.Managers)
	}
}

func TestResolveEach(t *testing.T) {
	tests := []struct {
		name, value string
		holds       func(s tenants.Settings) bool
	}{
		{"WELCOME", "NONE", func(s tenants.Settings) bool { return s.Welcome.Text == "" }},
		{"WELCOME", "*hi*", func(s tenants.Settings) bool { return s.Welcome.Text == "hi" && s.Welcome.Entities[0].Kind == "bold" }},
		{"AUTOCLOSE", "2", func(s tenants.Settings) bool { return s.Autoclose == 2*time.Hour && !s.Never }},
		{"AUTOCLOSE", "1000000", func(s tenants.Settings) bool { return s.Never && s.Autoclose == 0 }},
		{"AUTO_INFO", "TRUE", func(s tenants.Settings) bool { return s.AutoInfo }},
		{"EXTENSIONS_ALLOWED", "7, 8", func(s tenants.Settings) bool {
			return reflect.DeepEqual(s.Managers, []tenants.UserID{42, 7, 8}) && !s.AllManagers
		}},
		{"EXTENSIONS_ALLOWED", ".", func(s tenants.Settings) bool { return s.AllManagers }},
		{"IGNORE_CHATS", "NONE", func(s tenants.Settings) bool { return len(s.Ignore) == 0 }},
		{"IGNORE_CHATS", "-100123", func(s tenants.Settings) bool { return reflect.DeepEqual(s.Ignore, []tenants.ChatID{-100123}) }},
		{"WHITE_LIST", "9", func(s tenants.Settings) bool { return reflect.DeepEqual(s.WhiteList, []tenants.ChatID{9}) }},
		{"HIDE_INFO", "name", func(s tenants.Settings) bool { return s.Hide == tenants.Hide{Name: true} }},
		{"HIDE_INFO", "title, link, command", func(s tenants.Settings) bool {
			return s.Hide == tenants.Hide{Title: true, Link: true, Command: true}
		}},
		{"REPLY_ONLY", "TRUE", func(s tenants.Settings) bool { return s.ReplyOnly }},
		{"MONITOR_PRIVATE", "FALSE", func(s tenants.Settings) bool { return !s.Monitor[tenants.Private] }},
		{"MONITOR_GROUPS", "TRUE", func(s tenants.Settings) bool { return s.Monitor[tenants.Group] && s.Monitor[tenants.Private] }},
		{"MONITOR_CHANNELS", "TRUE", func(s tenants.Settings) bool { return s.Monitor[tenants.Channel] && !s.Monitor[tenants.Group] }},
		{"CHANNELS_KEYWORDS", `"a"`, func(s tenants.Settings) bool { return s.Keywords[tenants.Channel] == `"a"` }},
		{"PRIVATE_KEYWORDS", `"a"`, func(s tenants.Settings) bool {
			return s.Keywords[tenants.Private] == `"a"` && s.Keywords[tenants.Group] == ""
		}},
		{"GROUPS_KEYWORDS", `"a"`, func(s tenants.Settings) bool { return s.Keywords[tenants.Group] == `"a"` }},
		{"RESTRICTED_KEYWORDS_FRONTEND", `"a", "b"`, func(s tenants.Settings) bool {
			return reflect.DeepEqual(s.RestrictedFrontend, []string{"a", "b"}) && s.RestrictedBackend == nil
		}},
		{"RESTRICTED_KEYWORDS_BACKEND", `"a"`, func(s tenants.Settings) bool {
			return reflect.DeepEqual(s.RestrictedBackend, []string{"a"}) && s.RestrictedFrontend == nil
		}},
		{"LEAVE_CLOSED", "group", func(s tenants.Settings) bool {
			return s.LeaveClosed[tenants.Group] && !s.LeaveClosed[tenants.Private]
		}},
		{"DELETE_SYNC", "delete", func(s tenants.Settings) bool { return s.DeleteSync }},
		{"AUTHOR", "forward", func(s tenants.Settings) bool { return s.Author == tenants.AuthorForward }},
		{"ICON_COLOR", "red", func(s tenants.Settings) bool { return s.IconColor == 0xFB6F5F }},
		{"UNDO_SECONDS", "10", func(s tenants.Settings) bool { return s.Undo == 10*time.Second }},
		{"UNDO_SECONDS", "OFF", func(s tenants.Settings) bool { return s.Undo == 0 }},
		{"MERGE_TEXTS", "FALSE", func(s tenants.Settings) bool { return !s.MergeTexts }},
		{"RECEIPTS", "TRUE", func(s tenants.Settings) bool { return s.Receipts }},
		{"GROUP_ASK", "10", func(s tenants.Settings) bool { return s.GroupAsk == 10 }},
		{"GROUP_ASK", "OFF", func(s tenants.Settings) bool { return s.GroupAsk == 0 }},
		{"SILENT_MODE", "TRUE", func(s tenants.Settings) bool { return s.Silent }},
		{"LOCK_CLOSED", "TRUE", func(s tenants.Settings) bool { return s.LockClosed }},
		{"REMIND", "30", func(s tenants.Settings) bool { return s.Remind == 30*time.Minute }},
		{"OFFICE_HOURS", "Mon-Fri 09:00-18:00", func(s tenants.Settings) bool { return s.Office.String() == "Mon-Fri 09:00-18:00" }},
		{"OFFICE_HOURS", "OFF", func(s tenants.Settings) bool { return s.Office.IsZero() }},
		{"AWAY", "*later*", func(s tenants.Settings) bool { return s.Away.Text == "later" && s.Welcome.Text != "" }},
		{"TIMEZONE", "Europe/Berlin", func(s tenants.Settings) bool { return s.Zone.String() == "Europe/Berlin" }},
		{"CUSTOM_COMMANDS", "/weather, /news", func(s tenants.Settings) bool {
			return reflect.DeepEqual(s.CustomCommands, []string{"weather", "news"})
		}},
		{"RETENTION_DAYS", "30", func(s tenants.Settings) bool { return s.Retention == 30*24*time.Hour }},
		{"WEBHOOKS", "NONE", func(s tenants.Settings) bool { return true }},
		{"LANGUAGE", "de", func(s tenants.Settings) bool { return s.Language == "de" }},
		{"TEAM", "3", func(s tenants.Settings) bool { return reflect.DeepEqual(s.Team, []tenants.UserID{3}) }},
	}
	named := map[string]bool{}
	for _, test := range tests {
		named[test.name] = true
		values := []tenants.Value{{Level: tenants.Level{Connection: 1}, Name: test.name, Value: test.value}}
		if s := tenants.Resolve(values, 1, tenants.Private, 5, 42); !test.holds(s) {
			t.Errorf("%s=%s: %+v", test.name, test.value, s)
		}
		if s := tenants.Resolve(values, 2, tenants.Private, 5, 42); !reflect.DeepEqual(s, tenants.Resolve(nil, 2, tenants.Private, 5, 42)) {
			t.Errorf("%s of connection 1 counts for connection 2", test.name)
		}
	}
	for _, p := range tenants.Params() {
		if !named[p.Name] {
			t.Errorf("%s has no row in this test", p.Name)
		}
	}
}

func TestResolveLevels(t *testing.T) {
	at := func(l tenants.Level, hours string) tenants.Value {
		return tenants.Value{Level: l, Name: "AUTOCLOSE", Value: hours}
	}
	values := []tenants.Value{ // narrowest first: the order must not matter
		at(tenants.Level{Connection: 1, Dialog: 5}, "5"),
		at(tenants.Level{Connection: 1, Kind: tenants.Group}, "4"),
		at(tenants.Level{Kind: tenants.Group}, "3"),
		at(tenants.Level{Connection: 1}, "2"),
		at(tenants.Level{}, "1"),
	}
	tests := []struct {
		c     tenants.ConnectionID
		k     tenants.ChatKind
		d     tenants.DialogID
		hours time.Duration
	}{
		{1, tenants.Group, 5, 5}, {1, tenants.Group, 6, 4}, {2, tenants.Group, 6, 3},
		{1, tenants.Private, 6, 2}, {2, tenants.Private, 6, 1},
	}
	for _, test := range tests {
		if got := tenants.Resolve(values, test.c, test.k, test.d, 0).Autoclose; got != test.hours*time.Hour {
			t.Errorf("connection %d, %s, dialog %d: %v, want %d h", test.c, test.k, test.d, got, test.hours)
		}
	}
}

func TestResolveSkips(t *testing.T) {
	one := tenants.Level{Connection: 1}
	values := []tenants.Value{
		{Level: one, Name: "AUTOCLOSE", Value: "7"},
		{Level: one, Name: "AUTOCLOSE", Value: "8"},
		{Level: tenants.Level{Connection: 1, Dialog: 5}, Name: "AUTOCLOSE", Value: "soon"},
		{Level: tenants.Level{Connection: 1, Dialog: 5}, Name: "AUTO_INFO", Value: "TRUE"},
		{Level: one, Name: "COFFEE", Value: "TRUE"},
	}
	s := tenants.Resolve(values, 1, tenants.Private, 5, 0)
	if s.Autoclose != 8*time.Hour {
		t.Errorf("autoclose %v: want the later of one level, and no value that does not parse", s.Autoclose)
	}
	if s.AutoInfo {
		t.Error("a value counts on a level that its parameter does not have")
	}
}

func TestConflict(t *testing.T) {
	one := tenants.Level{Connection: 1}
	hide := tenants.Value{Level: one, Name: "HIDE_INFO", Value: "name"}
	forward := tenants.Value{Level: tenants.Level{Connection: 1, Kind: tenants.Group}, Name: "AUTHOR", Value: "forward"}
	tests := map[string]struct {
		old, set tenants.Value
		refused  bool
	}{
		"hidden, then forwarded": {hide, forward, true},
		"forwarded, then hidden": {forward, hide, true},
		"hiding switched off":    {forward, tenants.Value{Level: one, Name: "HIDE_INFO", Value: "NONE"}, false},
		"author as header":       {hide, tenants.Value{Level: one, Name: "AUTHOR", Value: "header"}, false},
		"another connection":     {forward, tenants.Value{Level: tenants.Level{Connection: 2}, Name: "HIDE_INFO", Value: "name"}, false},
		"nothing to do with it":  {hide, tenants.Value{Level: one, Name: "AUTOCLOSE", Value: "1"}, false},
	}
	for name, test := range tests {
		if err := tenants.Conflict([]tenants.Value{test.old}, test.set); (err != nil) != test.refused {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNotices(t *testing.T) {
	one := tenants.Level{Connection: 1}
	groups := tenants.Value{Level: one, Name: "MONITOR_GROUPS", Value: "TRUE"}
	quiet := tenants.Value{Level: tenants.Level{Connection: 1, Kind: tenants.Group}, Name: "WELCOME", Value: "NONE"}
	welcome := tenants.Value{Level: one, Name: "WELCOME", Value: "hi"}
	away := tenants.Value{Level: one, Name: "AWAY", Value: "later"}
	of := func(name, value string) tenants.Value { return tenants.Value{Level: one, Name: name, Value: value} }
	office := tenants.Value{Level: one, Name: "OFFICE_HOURS", Value: "Mon-Fri 09:00-18:00"}
	tests := map[string]struct {
		old    []tenants.Value
		set    tenants.Value
		want   []string // words in each notice
		groups int
	}{
		"groups are greeted":        {nil, groups, []string{"greet"}, 0},
		"the other way round":       {[]tenants.Value{groups}, welcome, []string{"greet"}, 0},
		"quiet in groups":           {[]tenants.Value{quiet}, groups, nil, 0},
		"welcome, quiet in groups":  {[]tenants.Value{quiet, groups}, welcome, nil, 0},
		"silenced now":              {[]tenants.Value{groups}, quiet, nil, 0},
		"groups off":                {[]tenants.Value{groups}, tenants.Value{Level: one, Name: "MONITOR_GROUPS", Value: "FALSE"}, nil, 0},
		"private only":              {[]tenants.Value{groups}, tenants.Value{Level: tenants.Level{Connection: 1, Kind: tenants.Private}, Name: "WELCOME", Value: "hi"}, nil, 0},
		"one chat":                  {[]tenants.Value{groups}, tenants.Value{Level: tenants.Level{Connection: 1, Dialog: 5}, Name: "WELCOME", Value: "hi"}, nil, 0},
		"names without links":       {nil, tenants.Value{Level: one, Name: "HIDE_INFO", Value: "name"}, []string{"@names", "Out of reach"}, 0},
		"names and links":           {nil, tenants.Value{Level: one, Name: "HIDE_INFO", Value: "name, link"}, []string{"Out of reach"}, 0},
		"only the command":          {nil, tenants.Value{Level: one, Name: "HIDE_INFO", Value: "command"}, nil, 0},
		"hiding off":                {nil, tenants.Value{Level: one, Name: "HIDE_INFO", Value: "NONE"}, nil, 0},
		"something else altogether": {[]tenants.Value{groups}, tenants.Value{Level: one, Name: "AUTOCLOSE", Value: "1"}, nil, 0},
		"known groups":              {nil, groups, []string{"greet", "3 groups are known"}, 3},
		"no groups to greet":        {[]tenants.Value{quiet}, groups, nil, 3},
		"away without hours":        {nil, away, []string{"those are not set"}, 0},
		"away with hours":           {[]tenants.Value{office}, away, nil, 0},
		"hours in no zone":          {nil, office, []string{"read in UTC"}, 0},
		"away taken back":           {[]tenants.Value{away}, tenants.Value{Level: one, Name: "AWAY", Value: "default"}, nil, 0},
		"keywords of groups":        {nil, of("GROUPS_KEYWORDS", `"a"`), []string{"while MONITOR_GROUPS is FALSE"}, 0},
		"keywords of private":       {nil, of("PRIVATE_KEYWORDS", `"a"`), nil, 0},
		"keywords off":              {nil, of("GROUPS_KEYWORDS", "NONE"), nil, 0},
		"nothing at all":            {nil, of("MONITOR_PRIVATE", "FALSE"), []string{"Nothing is relayed"}, 0},
		"groups alone":              {[]tenants.Value{groups}, of("MONITOR_PRIVATE", "FALSE"), nil, 0},
		"groups no more":            {[]tenants.Value{groups, of("MONITOR_PRIVATE", "FALSE")}, of("MONITOR_GROUPS", "default"), []string{"Nothing is relayed"}, 0},
		"listed and ignored":        {[]tenants.Value{of("IGNORE_CHATS", "5, 6, 7")}, of("WHITE_LIST", "6, 5, 8"), []string{"from there: 6, 5"}, 0},
		"forwards with filters":     {[]tenants.Value{of("AUTHOR", "forward")}, of("RESTRICTED_KEYWORDS_FRONTEND", `"a"`), []string{"nothing is forwarded"}, 0},
		"filters with forwards":     {[]tenants.Value{of("RESTRICTED_KEYWORDS_FRONTEND", `"a"`)}, of("AUTHOR", "forward"), []string{"nothing is forwarded"}, 0},
		"forwards of groups":        {[]tenants.Value{{Level: tenants.Level{Kind: tenants.Group}, Name: "AUTHOR", Value: "forward"}}, tenants.Value{Name: "RESTRICTED_KEYWORDS_FRONTEND", Value: `"a"`}, []string{"nothing is forwarded"}, 0},
		"filters with headers":      {[]tenants.Value{of("RESTRICTED_KEYWORDS_FRONTEND", `"a"`)}, of("AUTHOR", "header"), nil, 0},
		"silent, but greeting":      {nil, of("SILENT_MODE", "TRUE"), []string{"WELCOME and AWAY"}, 0},
		"silent all over":           {[]tenants.Value{of("WELCOME", "NONE")}, of("SILENT_MODE", "TRUE"), nil, 0},
		"not silent":                {nil, of("SILENT_MODE", "FALSE"), nil, 0},
		"cards for managers":        {[]tenants.Value{of("HIDE_INFO", "command")}, of("AUTO_INFO", "TRUE"), []string{"AUTO_INFO posts none"}, 0},
		"all are managers":          {[]tenants.Value{of("HIDE_INFO", "command")}, tenants.Value{Name: "EXTENSIONS_ALLOWED", Value: "."}, []string{"everybody can see"}, 0},
		"hours in a zone":           {[]tenants.Value{{Name: "TIMEZONE", Value: "Europe/Berlin"}}, office, nil, 0},
	}
	for name, test := range tests {
		got := tenants.Notices(test.old, test.set, test.groups)
		if len(got) != len(test.want) {
			t.Errorf("%s: %q, want %d", name, got, len(test.want))
			continue
		}
		for i, words := range test.want {
			if !strings.Contains(got[i].Error(), words) {
				t.Errorf("%s: %q, want %q in it", name, got[i], words)
			}
		}
	}
}

func TestClosest(t *testing.T) {
	names := []string{"hold", "wait", "close", "info", "help", "bind"}
	tests := map[string]string{
		"hodl": "hold", "cloze": "close", "clsoe": "close", "HLEP": "help", "wiat": "wait",
		"hel": "help", "clo": "close", "inf": "info", "x": "", "": "", "restart": "", "wt": "", "closeall": "",
	}
	for word, want := range tests {
		if got := tenants.Closest(word, names); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}

func TestIsDefault(t *testing.T) {
	if !tenants.IsDefault(" Default\n") || tenants.IsDefault("the default") || tenants.IsDefault("OFF") {
		t.Error("want the word default alone, whatever its case")
	}
}

func FuzzParams(f *testing.F) {
	for i, p := range tenants.Params() {
		f.Add(i, p.Example)
		f.Add(i, p.Default)
	}
	f.Add(14, `«a», "b\"`)
	f.Fuzz(func(t *testing.T, row int, value string) {
		params := tenants.Params()
		p := params[uint(row)%uint(len(params))]
		stored, err := p.Parse(value)
		if err != nil {
			return
		}
		again, notice, err := p.ParseNoting(stored)
		if err != nil || again != stored || notice.Key != "" {
			t.Errorf("%s: %q is stored as %q, which parses to %q, notice %q, %v", p.Name, value, stored, again, notice, err)
		}
		tenants.Resolve([]tenants.Value{{Name: p.Name, Value: stored}}, 1, tenants.Private, 1, 1)
	})
}

// TestRefusedInEveryLanguage: whoever types nonsense reads why, and a value that would be
// taken, in the language of the group.
func TestRefusedInEveryLanguage(t *testing.T) {
	for _, p := range tenants.Params() {
		for _, nonsense := range []string{"", `"`, "@nobody", "-1"} {
			_, err := p.Parse(nonsense)
			var refused *tenants.ParamError
			if p.Kind != tenants.ParamText && p.Kind != tenants.ParamExpression && nonsense == `"` && err == nil {
				t.Errorf("%s takes %q", p.Name, nonsense)
			}
			if err == nil {
				continue
			}
			if !errors.As(err, &refused) {
				t.Fatalf("%s: %v", p.Name, err)
			}
			said := map[string]bool{}
			for _, l := range say.Languages() {
				words := refused.In(l)
				if said[words] || !strings.HasPrefix(words, p.Name+": ") || !strings.HasSuffix(words, p.Name+"="+p.Example) || strings.Contains(words, "..") && !strings.Contains(p.Example, "..") {
					t.Errorf("%s in %s: %s", p.Name, l, words)
				}
				said[words] = true
			}
		}
	}
}
