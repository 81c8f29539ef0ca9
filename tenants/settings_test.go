package tenants_test

import (
	"reflect"
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

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
