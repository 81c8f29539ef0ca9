package command

import (
	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// MaxEntry is how long what a menu says of a command may be, in characters (Bot API
// docs, BotCommand).
const MaxEntry = 256

// Entry is one line of the menu that Telegram's apps show while a slash is typed.
type Entry struct {
	Name Name
	Help string
}

// Menu is what somebody of the team is offered under HIDE_INFO, in topics and in
// General together: Telegram has one menu for both. As in the help, who lacks one of
// Telegram's rights is told so when they use the command. /bind is typed once, and is
// not offered.
func Menu(who Permission, hide tenants.Hide, language tenants.Language) []Entry {
	var all []Entry
	for _, c := range table {
		asker := Asker{Is: who}
		if c.Later || c.Name == Bind || !c.offered(Topic, asker, hide) && !c.offered(General, asker, hide) {
			continue
		}
		all = append(all, Entry{Name: c.Name, Help: shortened(c.Help.In(language))})
	}
	return all
}

func shortened(help string) string {
	if signs := []rune(help); len(signs) > MaxEntry {
		return string(signs[:MaxEntry-1]) + "…"
	}
	return help
}

// List is a menu that one group is given, for whom and in which language of the app.
type List struct {
	User     tenants.UserID   // for this member; 0 = for all
	Language tenants.Language // "" = for all apps in a language without a list
	Entries  []Entry
}

// Lists are the menus of a group under its settings: everybody's, in the group's
// language and in each of the others, and those of the managers that have more. Apps
// look for a member's in their language, a member's, everybody's in their language,
// everybody's (Bot API docs, "Determining list of commands").
func Lists(s tenants.Settings) []List {
	everybody, managers := Operator, s.Managers
	if s.AllManagers {
		everybody, managers = Manager, nil
	}
	lists := inLanguages(0, everybody, s)
	own := map[tenants.UserID]bool{}
	for _, id := range managers {
		if !own[id] && len(own) < tenants.MenuManagers {
			own[id] = true
			lists = append(lists, inLanguages(id, Manager, s)...)
		}
	}
	return lists
}

// inLanguages is one menu in the group's language for whoever speaks none of ours, and
// in the others.
func inLanguages(id tenants.UserID, who Permission, s tenants.Settings) []List {
	lists := []List{{User: id, Entries: Menu(who, s.Hide, s.Language)}}
	for _, l := range say.Languages() {
		if l != s.Language {
			lists = append(lists, List{User: id, Language: l, Entries: Menu(who, s.Hide, l)})
		}
	}
	return lists
}
