package tenants

import "time"

// Hours of AUTOCLOSE. NeverHours means that dialogs never close by time.
const (
	minAutoclose = 1
	NeverHours   = 1_000_000
	// MaxUndo is the longest hold of operators' messages, seconds.
	MaxUndo = 30
)

// greeting is WELCOME as long as nobody has set it.
const greeting = "Hello! Please write your question here: we will answer as soon as we can."

// paramTable holds every parameter. A new one is a row here and a field in Settings.
var paramTable = []Param{
	{
		Name: "WELCOME", Kind: ParamText, Levels: everyLevel,
		Default: EscapeMarkdown(greeting),
		Example: `Hello, {title}\! How can we help?`,
		Help:    Words{English: "the greeting for who writes first or again after a dialog was closed; {title} becomes the client's name or the group's title; MarkdownV2; OFF sends none"},
		apply:   func(s *Settings, v parsed) { s.Welcome = v.text },
	},
	{
		Name: "AUTOCLOSE", Kind: ParamHours, Levels: everyLevel, Rings: true,
		Default: "48", Least: minAutoclose, Most: NeverHours, Example: "48",
		Help: Words{English: "hours after the last answer until a dialog closes by itself; 1000000 or OFF means never"},
		apply: func(s *Settings, v parsed) {
			s.Never = v.number == NeverHours
			s.Autoclose = 0
			if !s.Never {
				s.Autoclose = time.Duration(v.number) * time.Hour
			}
		},
	},
	{
		Name: "AUTO_INFO", Kind: ParamSwitch, Levels: OfConnection,
		Default: "FALSE", Example: "TRUE",
		Help:  Words{English: "post the /info card when a topic is made"},
		apply: func(s *Settings, v parsed) { s.AutoInfo = v.on },
	},
	{
		Name: "EXTENSIONS_ALLOWED", Kind: ParamUsers, Levels: OfConnection, GroupWide: true,
		Default: noValue, Everybody: true, Example: "12345678, 23456789",
		Help: Words{English: "managers: ids of the people who may change settings here, beside the administrator; . means everybody in the group"},
		apply: func(s *Settings, v parsed) {
			s.AllManagers = v.everybody
			s.Managers = append(s.Managers, users(v.ids)...)
		},
	},
	{
		Name: "IGNORE_CHATS", Kind: ParamChats, Levels: OfConnection,
		Default: "777000", Example: "12345678, -1001234567890",
		Help:  Words{English: "ids of chats from which nothing is relayed; who is banned is added"},
		apply: func(s *Settings, v parsed) { s.Ignore = chats(v.ids) },
	},
	{
		Name: "WHITE_LIST", Kind: ParamChats, Levels: OfConnection,
		Default: noValue, Example: "12345678, -1001234567890",
		Help:  Words{English: "ids of the only chats that are relayed; NONE relays all"},
		apply: func(s *Settings, v parsed) { s.WhiteList = chats(v.ids) },
	},
	{
		Name: "HIDE_INFO", Kind: ParamChoices, Levels: OfConnection, Rings: true,
		Default: noValue, Choices: []string{"name", "title", "link", "command"}, Example: "name, title, link",
		Help: Words{English: "what operators don't see: name and title become pseudonyms, link hides @names, phones and addresses, command leaves /info to managers"},
		apply: func(s *Settings, v parsed) {
			s.Hide = Hide{Name: v.has("name"), Title: v.has("title"), Link: v.has("link"), Command: v.has("command")}
		},
	},
	{
		Name: "REPLY_ONLY", Kind: ParamSwitch, Levels: everyLevel,
		Default: "FALSE", Example: "TRUE",
		Help:  Words{English: "only replies to a client's message are sent; all else in a topic stays inside"},
		apply: func(s *Settings, v parsed) { s.ReplyOnly = v.on },
	},
	{
		Name: "MONITOR_PRIVATE", Kind: ParamSwitch, Levels: OfConnection,
		Default: "TRUE", Example: "FALSE",
		Help:  Words{English: "private dialogs get topics"},
		apply: func(s *Settings, v parsed) { s.Monitor[Private] = v.on },
	},
	{
		Name: "MONITOR_GROUPS", Kind: ParamSwitch, Levels: OfConnection,
		Default: "FALSE", Example: "TRUE",
		Help:  Words{English: "client groups get topics"},
		apply: func(s *Settings, v parsed) { s.Monitor[Group] = v.on },
	},
	{
		Name: "MONITOR_CHANNELS", Kind: ParamSwitch, Levels: OfConnection,
		Default: "FALSE", Example: "TRUE",
		Help:  Words{English: "channels in which the bot is an administrator get topics; what is written there is published when somebody says so"},
		apply: func(s *Settings, v parsed) { s.Monitor[Channel] = v.on },
	},
	{
		Name: "GROUP_ASK", Kind: ParamCount, Levels: OfConnection,
		Default: "500", Least: 0, Most: MaxMembers, Unit: "members", Example: "500",
		Help:  Words{English: "a client group with more members, or in which very much is written, is asked about in General before it is relayed; 0 never asks"},
		apply: func(s *Settings, v parsed) { s.GroupAsk = v.number },
	},
	{
		Name: "PRIVATE_KEYWORDS", Kind: ParamExpression, Levels: OfConnection,
		Default: noValue, Example: exampleExpression,
		Help:  Words{English: "only a message that matches opens a new or closed private dialog; OFF lets every message open it"},
		apply: func(s *Settings, v parsed) { s.Keywords[Private] = v.expression },
	},
	{
		Name: "GROUPS_KEYWORDS", Kind: ParamExpression, Levels: OfConnection,
		Default: noValue, Example: exampleExpression,
		Help:  Words{English: "only a message that matches opens a new or closed dialog of a group; OFF lets every message open it"},
		apply: func(s *Settings, v parsed) { s.Keywords[Group] = v.expression },
	},
	{
		Name: "CHANNELS_KEYWORDS", Kind: ParamExpression, Levels: OfConnection,
		Default: noValue, Example: exampleExpression,
		Help:  Words{English: "only a post that matches opens a new or closed dialog of a channel; OFF lets every post open it"},
		apply: func(s *Settings, v parsed) { s.Keywords[Channel] = v.expression },
	},
	{
		Name: "RESTRICTED_KEYWORDS_FRONTEND", Kind: ParamWords, Levels: everyLevel,
		Default: noValue, Example: exampleWords,
		Help:  Words{English: "a client's message with one of these words is not relayed"},
		apply: func(s *Settings, v parsed) { s.RestrictedFrontend = v.words },
	},
	{
		Name: "RESTRICTED_KEYWORDS_BACKEND", Kind: ParamWords, Levels: everyLevel,
		Default: noValue, Example: exampleWords,
		Help:  Words{English: "an operator's message with one of these words is refused"},
		apply: func(s *Settings, v parsed) { s.RestrictedBackend = v.words },
	},
	{
		Name: "LEAVE_CLOSED", Kind: ParamChoices, Levels: OfConnection,
		Default: noValue, Choices: []string{string(Private), string(Group), string(Channel)}, Example: "group",
		Help: Words{English: "kinds of chats whose dialogs a client's message neither opens nor reopens, while it is relayed"},
		apply: func(s *Settings, v parsed) {
			for _, kind := range v.words {
				s.LeaveClosed[ChatKind(kind)] = true
			}
		},
	},
	{
		Name: "DELETE_SYNC", Kind: ParamChoice, Levels: OfConnection,
		Default: "mark", Choices: []string{"mark", "delete"}, Example: "delete",
		Help:  Words{English: "what becomes of a message in the topic that the client deletes, where Telegram tells: it is marked, or deleted too"},
		apply: func(s *Settings, v parsed) { s.DeleteSync = v.canonical == "delete" },
	},
	{
		Name: "ICON_COLOR", Kind: ParamColor, Levels: OfConnection,
		Default: noValue, Example: "green",
		Help:  Words{English: "colour of the topics' icons: " + colorNames() + "; NONE leaves it to Telegram"},
		apply: func(s *Settings, v parsed) { s.IconColor = v.number },
	},
	{
		Name: "RECEIPTS", Kind: ParamSwitch, Levels: OfConnection,
		Default: "FALSE", Example: "TRUE",
		Help:  Words{English: "a 🕊 on each message of ours that has reached the client; without, only what waits or stays inside gets a sign"},
		apply: func(s *Settings, v parsed) { s.Receipts = v.on },
	},
	{
		Name: "AUTHOR", Kind: ParamChoice, Levels: everyLevel,
		Default: string(AuthorHeader), Choices: []string{string(AuthorHeader), string(AuthorForward)}, Example: string(AuthorForward),
		Help:  Words{English: "how messages of client groups show who wrote them: header puts the name before them, forward forwards them"},
		apply: func(s *Settings, v parsed) { s.Author = AuthorStyle(v.canonical) },
	},
	{
		Name: "UNDO_SECONDS", Kind: ParamSeconds, Levels: everyLevel,
		Default: "0", Least: 0, Most: MaxUndo, Example: "10",
		Help:  Words{English: "seconds for which operators' messages are held before they go to the client; an edit changes what is sent, /undo or deleting the message stops it"},
		apply: func(s *Settings, v parsed) { s.Undo = time.Duration(v.number) * time.Second },
	},
	{
		Name: "MERGE_TEXTS", Kind: ParamSwitch, Levels: OfConnection,
		Default: "TRUE", Example: "FALSE",
		Help:  Words{English: "while more is written than can be posted in the group, short texts that one client wrote one after another come as one message; replies, edits and deletions are still about each of them"},
		apply: func(s *Settings, v parsed) { s.MergeTexts = v.on },
	},
	{
		Name: "TEAM", Kind: ParamUsers, Levels: OfConnection,
		Default: noValue, Example: "12345678, 23456789",
		Help:  Words{English: "ids of colleagues who are not in the group: what they write in client groups is ours"},
		apply: func(s *Settings, v parsed) { s.Team = users(v.ids) },
	},
}

const (
	exampleExpression = `"order", ["refund","~shop"]`
	exampleWords      = `"bank card", "=iban"`
)

func users(ids []int64) []UserID {
	var out []UserID
	for _, id := range ids {
		out = append(out, UserID(id))
	}
	return out
}

func chats(ids []int64) []ChatID {
	var out []ChatID
	for _, id := range ids {
		out = append(out, ChatID(id))
	}
	return out
}
