package command

import (
	"cmp"
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// Name is a command as it is typed, in lower case and without the slash.
type Name string

// The commands.
const (
	Hold   Name = "hold"
	Wait   Name = "wait"
	Close  Name = "close"
	Mode   Name = "mode"
	Info   Name = "info"
	Del    Name = "del"
	Undo   Name = "undo"
	Ban    Name = "ban"
	Unban  Name = "unban"
	Set    Name = "set"
	Say    Name = "say"
	Mark   Name = "mark"
	Take   Name = "take"
	Give   Name = "give"
	Free   Name = "free"
	Open   Name = "open"
	Queue  Name = "queue"
	New    Name = "new"
	Chat   Name = "chat"
	Send   Name = "send"
	Export Name = "export"
	Stats  Name = "stats"
	Help   Name = "help"
	Bind   Name = "bind"
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

// Right is one of Telegram's rights of administrators in the group.
type Right int

const (
	NoRight        Right = iota
	BanUsers             // "Ban users" (Bot API can_restrict_members)
	DeleteMessages       // "Delete messages" (Bot API can_delete_messages)
)

// Asker is who wants to use a command.
type Asker struct {
	Is Permission
	// CanBan and CanDelete are the Telegram rights, as far as the command needs them.
	CanBan, CanDelete bool
	// Untold: Telegram did not say which rights.
	Untold bool
}

// Has tells that somebody has a right.
func (a Asker) Has(r Right) bool {
	switch r {
	case NoRight:
		return true
	case BanUsers:
		return a.CanBan
	case DeleteMessages:
		return a.CanDelete
	default:
		panic("command: unknown right")
	}
}

// Section is a part of the help.
type Section int

const (
	Work     Section = iota // the work list of the team
	Status                  // of the dialog
	Answers                 // to the client
	Client                  // who it is, and who of us has it
	Settings                // and the rest
)

// sections are all, in the order of the help, with their titles.
var sections = []say.Key{
	Work: say.HelpWork, Status: say.HelpStatus, Answers: say.HelpAnswers, Client: say.HelpClient, Settings: say.HelpSettings,
}

// Abroad is what differs where a command does something else than in a topic; what
// is zero does not.
type Abroad struct {
	Who   Permission // if that is more
	Usage string
	Help  say.Key
}

// Command is one row of the table.
type Command struct {
	Name    Name
	Usage   string // its arguments, as help shows them; "" = none
	Places  Place
	Section Section
	Who     Permission
	// Hidden is who may use it where HIDE_INFO has "command", if that is more.
	Hidden Permission
	// InGeneral is what differs in General.
	InGeneral Abroad
	// Right is what the writer needs of Telegram too. OfOthers: only for what somebody
	// else wrote, and managers don't need it.
	Right    Right
	OfOthers bool
	// Later: the command comes with a later version, and says so.
	Later bool
	Help  say.Key // what it does, without a full stop
}

// table holds every command in the order of the help.
var table = []Command{
	{Name: Open, Usage: "[mine|free|all] [LABEL]", Places: General, Section: Work, Help: say.HelpOpen},
	{Name: Queue, Places: General, Section: Work, Help: say.HelpQueue},

	{Name: Hold, Places: Topic, Section: Status, Help: say.HelpHold},
	{Name: Wait, Places: Topic, Section: Status, Help: say.HelpWait},
	{Name: Close, Places: Topic, Section: Status, Help: say.HelpClose},

	{Name: Say, Usage: "[NAME|save NAME|NAME fwd|del NAME]", Places: Topic | General, Section: Answers, Help: say.HelpSay,
		InGeneral: Abroad{Usage: "[save NAME|del NAME]", Help: say.HelpSayGeneral}},
	{Name: Undo, Places: Topic, Section: Answers, Help: say.HelpUndo},
	{Name: Del, Places: Topic, Section: Answers, Right: DeleteMessages, OfOthers: true, Help: say.HelpDel},
	{Name: Mode, Usage: "answer|reply|listen|default", Places: Topic, Section: Answers, Help: say.HelpMode},

	{Name: Info, Places: Topic, Section: Client, Hidden: Manager, Help: say.HelpInfo},
	{Name: Mark, Usage: "[NAME|del NAME]", Places: Topic | General, Section: Client, Help: say.HelpMark,
		InGeneral: Abroad{Who: Manager, Usage: "[help|new NAME|NAME …|del NAME]", Help: say.HelpMarkGeneral}},
	{Name: Take, Places: Topic, Section: Client, Help: say.HelpTake},
	{Name: Give, Usage: "@user|ID", Places: Topic, Section: Client, Help: say.HelpGive},
	{Name: Free, Places: Topic, Section: Client, Help: say.HelpFree},
	{Name: Ban, Places: Topic, Section: Client, Right: BanUsers, Help: say.HelpBan},
	{Name: Unban, Places: Topic, Section: Client, Right: BanUsers, Help: say.HelpUnban},

	{Name: Set, Usage: "[NAME VALUE|NAME default]", Places: Topic, Section: Settings, Who: Manager, Help: say.HelpSet},
	{Name: Bind, Usage: "CODE", Places: General, Section: Settings, Who: Administrator, Help: say.HelpBind},
	{Name: Help, Places: Topic | General, Section: Settings, Help: say.HelpHelp},

	{Name: New, Usage: "@USER|ID|+PHONE|LINK [iN]", Places: General, Section: Work, Later: true, Help: say.HelpNew},
	{Name: Chat, Usage: "new|invite|link|title …", Places: Topic | General, Section: Settings, Who: Manager, Later: true, Help: say.HelpChat},
	{Name: Send, Usage: "T", Places: Topic | General, Section: Answers, InGeneral: Abroad{Who: Manager, Usage: "[T|new T|…]"}, Later: true, Help: say.HelpSend},
	{Name: Export, Usage: "[LABEL,…] [status:S] [since:DATE] [csv|xlsx]", Places: General, Section: Work, Who: Manager, Later: true, Help: say.HelpExport},
	{Name: Stats, Usage: "[today|week|month|DATE]", Places: Topic | General, Section: Work, Later: true, Help: say.HelpStats},
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

// At is the row as it is in one place.
func (c Command) At(place Place) Command {
	if place == General {
		c.Usage = cmp.Or(c.InGeneral.Usage, c.Usage)
		c.Help = cmp.Or(c.InGeneral.Help, c.Help)
	}
	return c
}

// Needs is what somebody has to be to use the command in a place under HIDE_INFO.
func (c Command) Needs(place Place, hide tenants.Hide) Permission {
	who := c.Who
	if hide.Command {
		who = max(who, c.Hidden)
	}
	if place == General {
		who = max(who, c.InGeneral.Who)
	}
	return who
}
