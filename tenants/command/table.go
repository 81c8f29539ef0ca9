package command

import (
	"slices"

	"topicdesk/tenants"
)

// Name is a command as it is typed, in lower case and without the slash.
type Name string

// The commands.
const (
	Hold  Name = "hold"
	Wait  Name = "wait"
	Close Name = "close"
	Mode  Name = "mode"
	Info  Name = "info"
	Del   Name = "del"
	Undo  Name = "undo"
	Queue Name = "queue"
	Help  Name = "help"
	Bind  Name = "bind"
)

// Place is where in the group a command works.
type Place int

const (
	Topic   Place = 1 << iota // a client's topic
	General                   // the administrative place
)

// Permission is what somebody has to be. Each includes those before it.
type Permission int

const (
	Operator Permission = iota
	Manager
	Administrator
)

// Command is one row of the table.
type Command struct {
	Name   Name
	Usage  string // its arguments, as help shows them; "" = none
	Places Place
	Who    Permission
	// Hidden is who may use it where HIDE_INFO has "command", if that is more.
	Hidden Permission
	Help   tenants.Words // what it does, without a full stop
}

// table holds every command in the order of the help.
var table = []Command{
	{
		Name: Hold, Places: Topic,
		Help: tenants.Words{tenants.English: "the client waits for us 🟪"},
	},
	{
		Name: Wait, Places: Topic,
		Help: tenants.Words{tenants.English: "we wait for the client 🟨; closes by itself after a while"},
	},
	{
		Name: Close, Places: Topic,
		Help: tenants.Words{tenants.English: "done ⬛️; the client's next message opens it again"},
	},
	{
		Name: Mode, Usage: "answer|reply|listen|default", Places: Topic,
		Help: tenants.Words{tenants.English: "what goes out of this topic: everything, only replies to the client, nothing (👁), or as REPLY_ONLY says"},
	},
	{
		Name: Info, Places: Topic, Hidden: Manager,
		Help: tenants.Words{tenants.English: "who the client is"},
	},
	{
		Name: Del, Places: Topic,
		Help: tenants.Words{tenants.English: "as a reply: take back what we sent, here and at the client"},
	},
	{
		Name: Undo, Places: Topic,
		Help: tenants.Words{tenants.English: "stop my last message here, or the one replied to, if it is held or went out less than 5 minutes ago"},
	},
	{
		Name: Queue, Places: General,
		Help: tenants.Words{tenants.English: "what waits for Telegram, and how long it takes"},
	},
	{
		Name: Help, Places: Topic | General,
		Help: tenants.Words{tenants.English: "this list"},
	},
	{
		Name: Bind, Usage: "CODE", Places: General, Who: Administrator,
		Help: tenants.Words{tenants.English: "make this group the place where the team works, and test it"},
	},
}

// Commands are all commands in the order of the help. The caller must not
// change what the rows point to.
func Commands() []Command { return slices.Clone(table) }

// Named finds a command by its exact name.
func Named(name Name) (Command, bool) {
	at := slices.IndexFunc(table, func(c Command) bool { return c.Name == name })
	if at < 0 {
		return Command{}, false
	}
	return table[at], true
}

// Needs is what somebody has to be to use the command under HIDE_INFO.
func (c Command) Needs(hide tenants.Hide) Permission {
	if hide.Command {
		return max(c.Who, c.Hidden)
	}
	return c.Who
}
