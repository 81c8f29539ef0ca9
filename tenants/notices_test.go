package tenants_test

import (
	"strings"
	"testing"

	"topicdesk/tenants"
)

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
