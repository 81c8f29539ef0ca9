package tenants_test

import (
	"slices"
	"strings"
	"testing"

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

func TestIsDefault(t *testing.T) {
	if !tenants.IsDefault(" Default\n") || tenants.IsDefault("the default") || tenants.IsDefault("OFF") {
		t.Error("want the word default alone, whatever its case")
	}
}
