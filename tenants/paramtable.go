package tenants

import (
	"strconv"
	"time"

	"topicdesk/tenants/say"
)

// Hours of AUTOCLOSE. NeverHours means that dialogs never close by time.
const (
	minAutoclose = 1
	NeverHours   = 1_000_000
	// MaxUndo is the longest hold of operators' messages, seconds.
	MaxUndo = 30
	// MaxRemind is the longest wait of REMIND, minutes: thirty days.
	MaxRemind = 30 * 24 * 60
	// MaxRetention is the longest RETENTION_DAYS, and defaultRetention what it is as
	// long as nobody has set it.
	MaxRetention     = 3650
	defaultRetention = 90
)

// greeting is WELCOME as long as nobody has set it, for those who read English: see
// say.DefaultWelcome.
const greeting = "Hello! Please write your question here: we will answer as soon as we can."

// paramTable holds every parameter. A new one is a row here and a field in Settings.
var paramTable = []Param{
	{
		Name: "WELCOME", Kind: ParamText, Levels: everyLevel, Kinds: []ChatKind{Private, Group},
		Default: EscapeMarkdown(greeting),
		Example: `Hello, {title}\! How can we help?`,
		Help:    say.ParamWelcome,
		apply:   func(s *Settings, v parsed) { s.Welcome, s.OursGreets = v.text, v.unset },
	},
	{
		Name: "AUTOCLOSE", Kind: ParamNumber, Levels: everyLevel, Rings: true,
		Default: "48", Least: minAutoclose, Most: NeverHours, Off: NeverHours, Unit: say.UnitHours, Example: "48",
		Help: say.ParamAutoclose,
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
		Help:  say.ParamAutoInfo,
		apply: func(s *Settings, v parsed) { s.AutoInfo = v.on },
	},
	{
		Name: "EXTENSIONS_ALLOWED", Kind: ParamUsers, Levels: OfConnection, GroupWide: true,
		Default: noValue, Everybody: true, Example: "12345678, 23456789",
		Help: say.ParamManagers,
		apply: func(s *Settings, v parsed) {
			s.AllManagers = v.everybody
			s.Managers = append(s.Managers, users(v.ids)...)
		},
	},
	{
		Name: "SILENT_MODE", Kind: ParamSwitch, Levels: OfConnection,
		Default: "FALSE", Example: "TRUE",
		Help:  say.ParamSilentMode,
		apply: func(s *Settings, v parsed) { s.Silent = v.on },
	},
	{
		Name: IgnoreChats, Kind: ParamChats, Levels: OfConnection,
		Default: "777000", Example: "12345678, -1001234567890",
		Help:  say.ParamIgnoreChats,
		apply: func(s *Settings, v parsed) { s.Ignore = chats(v.ids) },
	},
	{
		Name: "WHITE_LIST", Kind: ParamChats, Levels: OfConnection,
		Default: noValue, Example: "12345678, -1001234567890",
		Help:  say.ParamWhiteList,
		apply: func(s *Settings, v parsed) { s.WhiteList = chats(v.ids) },
	},
	{
		Name: HideInfo, Kind: ParamChoices, Levels: OfConnection, Rings: true,
		Default: noValue, Choices: []string{"name", "title", "link", "command"}, Example: "name, title, link",
		Help: say.ParamHideInfo,
		apply: func(s *Settings, v parsed) {
			s.Hide = Hide{Name: v.has("name"), Title: v.has("title"), Link: v.has("link"), Command: v.has("command")}
		},
	},
	{
		Name: "REPLY_ONLY", Kind: ParamSwitch, Levels: everyLevel,
		Default: "FALSE", Example: "TRUE",
		Help:  say.ParamReplyOnly,
		apply: func(s *Settings, v parsed) { s.ReplyOnly = v.on },
	},
	{
		Name: "MONITOR_PRIVATE", Kind: ParamSwitch, Levels: OfConnection,
		Default: "TRUE", Example: "FALSE",
		Help:  say.ParamMonitorPrivate,
		apply: func(s *Settings, v parsed) { s.Monitor[Private] = v.on },
	},
	{
		Name: "MONITOR_GROUPS", Kind: ParamSwitch, Levels: OfConnection,
		Default: "FALSE", Example: "TRUE",
		Help:  say.ParamMonitorGroups,
		apply: func(s *Settings, v parsed) { s.Monitor[Group] = v.on },
	},
	{
		Name: "MONITOR_CHANNELS", Kind: ParamSwitch, Levels: OfConnection,
		Default: "FALSE", Example: "TRUE",
		Help:  say.ParamMonitorChannels,
		apply: func(s *Settings, v parsed) { s.Monitor[Channel] = v.on },
	},
	{
		Name: "GROUP_ASK", Kind: ParamNumber, Levels: OfConnection,
		Default: "500", Most: MaxMembers, Unit: say.UnitMembers, Example: "500",
		Help:  say.ParamGroupAsk,
		apply: func(s *Settings, v parsed) { s.GroupAsk = v.number },
	},
	{
		Name: "PRIVATE_KEYWORDS", Kind: ParamExpression, Levels: OfConnection,
		Default: noValue, Example: exampleExpression,
		Help:  say.ParamPrivateKeywords,
		apply: func(s *Settings, v parsed) { s.Keywords[Private] = v.expression },
	},
	{
		Name: "GROUPS_KEYWORDS", Kind: ParamExpression, Levels: OfConnection,
		Default: noValue, Example: exampleExpression,
		Help:  say.ParamGroupsKeywords,
		apply: func(s *Settings, v parsed) { s.Keywords[Group] = v.expression },
	},
	{
		Name: "CHANNELS_KEYWORDS", Kind: ParamExpression, Levels: OfConnection,
		Default: noValue, Example: exampleExpression,
		Help:  say.ParamChannelKeywords,
		apply: func(s *Settings, v parsed) { s.Keywords[Channel] = v.expression },
	},
	{
		Name: "RESTRICTED_KEYWORDS_FRONTEND", Kind: ParamWords, Levels: everyLevel,
		Default: noValue, Example: exampleWords,
		Help:  say.ParamFrontend,
		apply: func(s *Settings, v parsed) { s.RestrictedFrontend = v.words },
	},
	{
		Name: "RESTRICTED_KEYWORDS_BACKEND", Kind: ParamWords, Levels: everyLevel,
		Default: noValue, Example: exampleWords,
		Help:  say.ParamBackend,
		apply: func(s *Settings, v parsed) { s.RestrictedBackend = v.words },
	},
	{
		Name: "LEAVE_CLOSED", Kind: ParamChoices, Levels: OfConnection,
		Default: noValue, Choices: []string{string(Private), string(Group), string(Channel)}, Example: "group",
		Help: say.ParamLeaveClosed,
		apply: func(s *Settings, v parsed) {
			for _, kind := range v.words {
				s.LeaveClosed[ChatKind(kind)] = true
			}
		},
	},
	{
		Name: "LOCK_CLOSED", Kind: ParamSwitch, Levels: OfConnection, Rings: true,
		Default: "FALSE", Example: "TRUE",
		Help:  say.ParamLockClosed,
		apply: func(s *Settings, v parsed) { s.LockClosed = v.on },
	},
	{
		Name: "DELETE_SYNC", Kind: ParamChoice, Levels: OfConnection,
		Default: "mark", Choices: []string{"mark", "delete"}, Example: "delete",
		Help:  say.ParamDeleteSync,
		apply: func(s *Settings, v parsed) { s.DeleteSync = v.canonical == "delete" },
	},
	{
		Name: "ICON_COLOR", Kind: ParamColor, Levels: OfConnection,
		Default: noValue, Example: "green",
		Help:  say.ParamIconColor,
		apply: func(s *Settings, v parsed) { s.IconColor = v.number },
	},
	{
		Name: "RECEIPTS", Kind: ParamSwitch, Levels: OfConnection,
		Default: "FALSE", Example: "TRUE",
		Help:  say.ParamReceipts,
		apply: func(s *Settings, v parsed) { s.Receipts = v.on },
	},
	{
		Name: "AUTHOR", Kind: ParamChoice, Levels: everyLevel, Kinds: []ChatKind{Group},
		Default: string(AuthorHeader), Choices: []string{string(AuthorHeader), string(AuthorForward)}, Example: string(AuthorForward),
		Help:  say.ParamAuthor,
		apply: func(s *Settings, v parsed) { s.Author = AuthorStyle(v.canonical) },
	},
	{
		Name: "UNDO_SECONDS", Kind: ParamNumber, Levels: everyLevel,
		Default: "0", Most: MaxUndo, Unit: say.UnitSeconds, Example: "10",
		Help:  say.ParamUndoSeconds,
		apply: func(s *Settings, v parsed) { s.Undo = time.Duration(v.number) * time.Second },
	},
	{
		Name: "MERGE_TEXTS", Kind: ParamSwitch, Levels: OfConnection,
		Default: "TRUE", Example: "FALSE",
		Help:  say.ParamMergeTexts,
		apply: func(s *Settings, v parsed) { s.MergeTexts = v.on },
	},
	{
		Name: "REMIND", Kind: ParamNumber, Levels: everyLevel, Rings: true,
		Default: "0", Most: MaxRemind, Unit: say.UnitMinutes, Example: "30",
		Help:  say.ParamRemind,
		apply: func(s *Settings, v parsed) { s.Remind = time.Duration(v.number) * time.Minute },
	},
	{
		Name: "OFFICE_HOURS", Kind: ParamWeek, Levels: everyLevel, Rings: true,
		Default: noValue, Example: "Mon-Thu 09:00-18:00, Fri 09:00-16:00",
		Help:  say.ParamOfficeHours,
		apply: func(s *Settings, v parsed) { s.Office = v.week },
	},
	{
		Name: "AWAY", Kind: ParamText, Levels: OfConnection | OfChat, Kinds: []ChatKind{Private},
		Default: noValue, Example: `We are closed now and will answer in the morning\.`,
		Help:  say.ParamAway,
		apply: func(s *Settings, v parsed) { s.Away = v.text },
	},
	{
		Name: "TIMEZONE", Kind: ParamZone, Levels: OfConnection, GroupWide: true, Rings: true,
		Default: "UTC", Example: "Europe/Berlin",
		Help:  say.ParamTimezone,
		apply: func(s *Settings, v parsed) { s.Zone = v.zone },
	},
	{
		Name: "LANGUAGE", Kind: ParamChoice, Levels: OfConnection, GroupWide: true,
		Default: string(say.English), Choices: []string{"en", "ru", "es", "de", "it"}, Example: "de",
		Help:  say.ParamLanguage,
		apply: func(s *Settings, v parsed) { s.Language = Language(v.canonical) },
	},
	{
		Name: "TEAM", Kind: ParamUsers, Levels: OfConnection,
		Default: noValue, Example: "12345678, 23456789",
		Help:  say.ParamTeam,
		apply: func(s *Settings, v parsed) { s.Team = users(v.ids) },
	},
	{
		Name: "CUSTOM_COMMANDS", Kind: ParamCommands, Levels: OfConnection, GroupWide: true,
		Default: noValue, Example: "/weather, /stats_today",
		Help:  say.ParamCustomCommands,
		apply: func(s *Settings, v parsed) { s.CustomCommands = v.words },
	},
	{
		Name: "RETENTION_DAYS", Kind: ParamNumber, Levels: OfConnection,
		Default: strconv.Itoa(defaultRetention), Least: 1, Most: MaxRetention, Off: defaultRetention, Unit: say.UnitDays, Example: "30",
		Help:  say.ParamRetentionDays,
		apply: func(s *Settings, v parsed) { s.Retention = time.Duration(v.number) * 24 * time.Hour },
	},
	{
		Name: "WEBHOOKS", Kind: ParamLater, Levels: OfConnection,
		Default: noValue, Example: noValue,
		Help:  say.ParamWebhooks,
		apply: func(*Settings, parsed) {},
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
