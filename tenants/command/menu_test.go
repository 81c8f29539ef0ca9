package command_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
)

// botCommand is what Telegram takes as a command (Bot API docs, BotCommand).
var botCommand = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

func TestMenu(t *testing.T) {
	operator := "open queue hold wait close say undo del mode info mark take give free ban unban help"
	manager := strings.Replace(operator, "help", "set help", 1)
	tests := map[string]struct {
		who  command.Permission
		hide tenants.Hide
		want string
	}{
		"operator":                     {command.Operator, tenants.Hide{}, operator},
		"operator, names hidden":       {command.Operator, tenants.Hide{Name: true}, operator},
		"operator, card hidden":        {command.Operator, tenants.Hide{Command: true}, strings.Replace(operator, "info ", "", 1)},
		"manager":                      {command.Manager, tenants.Hide{}, manager},
		"manager, card hidden":         {command.Manager, tenants.Hide{Command: true}, manager},
		"administrator: without /bind": {command.Administrator, tenants.Hide{}, manager},
	}
	for name, test := range tests {
		for _, l := range say.Languages() {
			var names []string
			for _, e := range command.Menu(test.who, test.hide, l) {
				names = append(names, string(e.Name))
				row, _ := command.Named(e.Name)
				n := utf8.RuneCountInString(e.Help)
				if !botCommand.MatchString(string(e.Name)) || n == 0 || n > command.MaxEntry || e.Help != row.Help.In(l) {
					t.Errorf("%s in %s: %+v", name, l, e)
				}
			}
			if got := strings.Join(names, " "); got != test.want {
				t.Errorf("%s in %s: %s, want %s", name, l, got, test.want)
			}
		}
	}
}

func TestLists(t *testing.T) {
	many := make([]tenants.UserID, 2*tenants.MenuManagers)
	for i := range many {
		many[i] = tenants.UserID(1 + i/2*2) // each twice
	}
	tests := map[string]struct {
		set   tenants.Settings
		users int  // that have lists of their own
		all   bool // everybody is offered what managers are
	}{
		"nobody":      {tenants.Settings{}, 0, false},
		"each once":   {tenants.Settings{Managers: []tenants.UserID{7, 8, 7}}, 2, false},
		"everybody":   {tenants.Settings{Managers: []tenants.UserID{7}, AllManagers: true}, 0, true},
		"too many":    {tenants.Settings{Managers: append(many, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111)}, tenants.MenuManagers, false},
		"in Russian":  {tenants.Settings{Language: say.Russian, Managers: []tenants.UserID{7}}, 1, false},
		"card hidden": {tenants.Settings{Hide: tenants.Hide{Command: true}}, 0, false},
	}
	for name, test := range tests {
		own := say.Language(test.set.Language)
		if own == "" {
			own = say.English
			test.set.Language = own
		}
		users := map[tenants.UserID]map[tenants.Language]bool{}
		for _, l := range command.Lists(test.set) {
			if users[l.User] == nil {
				users[l.User] = map[tenants.Language]bool{}
			}
			if users[l.User][l.Language] || l.Language == own {
				t.Errorf("%s: %d in %q is one too many", name, l.User, l.Language)
			}
			users[l.User][l.Language] = true
			who, words := command.Operator, l.Language
			if l.User != 0 || test.all {
				who = command.Manager
			}
			if words == "" {
				words = own
			}
			want := command.Menu(who, test.set.Hide, words)
			if len(l.Entries) != len(want) || l.Entries[0] != want[0] {
				t.Errorf("%s: %d in %q: %+v", name, l.User, l.Language, l.Entries)
			}
		}
		if len(users) != 1+test.users {
			t.Errorf("%s: %d users with lists, want %d", name, len(users)-1, test.users)
		}
		for id, languages := range users {
			if len(languages) != len(say.Languages()) || !languages[""] {
				t.Errorf("%s: %d has lists in %v", name, id, languages)
			}
		}
	}
}
