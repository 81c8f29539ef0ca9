package telegram

import (
	"regexp"
	"slices"
	"strings"
)

// commandMethods are the methods about the lists of commands.
var commandMethods = map[string]handler{
	"setMyCommands":    setMyCommands,
	"getMyCommands":    getMyCommands,
	"deleteMyCommands": deleteMyCommands,
}

type commandObject struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// Limits of commands, in characters but for the first (Bot API docs).
const (
	maxCommands           = 100
	maxCommand            = 32
	maxCommandDescription = 256
)

var commandName = regexp.MustCompile(`^[a-z0-9_]+$`)

// commandKey names one list: a scope and a language, "" = all others.
type commandKey struct {
	scope      string
	chat, user int64
	language   string
}

// scopeArg reads the scope and the language, and checks that the bot may use
// that chat.
func (c *call) scopeArg() (commandKey, *problem) {
	key, bad := c.scopeObject()
	if bad != nil {
		return key, bad
	}
	if key.scope == "chat" || key.scope == "chat_administrators" || key.scope == "chat_member" {
		to, bad := c.target("chat_id", toReadMembers)
		switch {
		case bad != nil:
			return key, bad
		case to.kind == channel:
			return key, fail(scopeChannel)
		case to.kind == privateChat && key.scope != "chat":
			return key, fail(scopePrivate)
		case key.scope == "chat_member" && c.met(key.user, to) == nil:
			return key, fail(userNotFound)
		}
		key.chat = to.idFor(c.bot.me)
	}
	key.language, bad = c.languageArg()
	return key, bad
}

// scopeObject reads the argument scope; the chat that it names becomes the
// call's chat_id.
func (c *call) scopeObject() (commandKey, *problem) {
	raw := c.args.json("scope")
	if len(raw) == 0 {
		return commandKey{scope: "default"}, nil
	}
	f, bad := objectOf(raw, fail(scopeGarbled), fail(scopeBad, "BotCommandScope must be an Object"))
	if bad != nil {
		return commandKey{}, bad
	}
	key := commandKey{scope: f.needText("type")}
	switch {
	case f.fault != "":
	case key.scope == "chat", key.scope == "chat_administrators", key.scope == "chat_member":
		chat := f.needText("chat_id")
		if chat == "" {
			f.blame("Empty chat_id specified")
		}
		if key.scope == "chat_member" {
			if key.user = f.needLong("user_id"); key.user <= 0 {
				f.blame("Invalid user_id specified")
			}
		}
		c.args = c.args.with("chat_id", chat)
	case !slices.Contains([]string{"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}, key.scope):
		f.blame("Unsupported type specified")
	}
	if f.fault != "" {
		return key, fail(scopeBad, f.fault)
	}
	return key, nil
}

// commandArg reads the list of commands.
func (c *call) commandArg() ([]commandObject, *problem) {
	raw := c.args.json("commands")
	if len(raw) == 0 {
		return nil, nil
	}
	items, bad := arrayOf(raw, fail(commandsGarbled), fail(commandsUnparsable))
	if bad != nil {
		return nil, bad
	}
	out := make([]commandObject, len(items))
	for i, item := range items {
		f, ok := objectIn(item)
		if !ok {
			return nil, fail(commandBad, "expected an Object")
		}
		out[i] = commandObject{f.needText("command"), f.needText("description")}
		if f.fault != "" {
			return nil, fail(commandBad, f.fault)
		}
	}
	return out, nil
}

// clean checks one command: its lengths are TDLib's matter, what it is made
// of is that of Telegram's servers.
func (o commandObject) clean() (commandObject, *problem) {
	o.Command = strings.TrimPrefix(strings.TrimSpace(o.Command), "/")
	o.Description = strings.TrimSpace(o.Description)
	switch {
	case o.Command == "":
		return o, fail(commandEmpty)
	case characters(o.Command) > maxCommand:
		return o, fail(commandTooLong)
	case o.Description == "":
		return o, fail(descriptionNeeded)
	case characters(o.Description) > maxCommandDescription:
		return o, fail(descriptionTooLong)
	default:
		return o, nil
	}
}

func setMyCommands(c *call) (any, *problem) {
	list, bad := c.commandArg()
	if bad != nil {
		return nil, bad
	}
	key, bad := c.scopeArg()
	if bad != nil {
		return nil, bad
	}
	for i := range list {
		if list[i], bad = list[i].clean(); bad != nil {
			return nil, bad
		}
	}
	if len(list) > maxCommands {
		return nil, fail(commandsTooMany)
	}
	for _, o := range list {
		if !commandName.MatchString(o.Command) {
			return nil, fail(commandInvalid)
		}
	}
	if len(list) == 0 {
		delete(c.bot.settings.commands, key)
	} else {
		c.bot.settings.commands[key] = list
	}
	return true, nil
}

func getMyCommands(c *call) (any, *problem) {
	key, bad := c.scopeArg()
	if bad != nil {
		return nil, bad
	}
	return append([]commandObject{}, c.bot.settings.commands[key]...), nil
}

func deleteMyCommands(c *call) (any, *problem) {
	key, bad := c.scopeArg()
	if bad != nil {
		return nil, bad
	}
	delete(c.bot.settings.commands, key)
	return true, nil
}

// BotCommand is one line of a person's menu of commands.
type BotCommand struct {
	Bot         int64  `json:"bot"`
	BotName     string `json:"bot_name"` // without @
	Command     string `json:"command"`  // without /
	Description string `json:"description"`
}

// Commands is the menu of commands that the person sees in a chat: for each
// bot there the first list that exists in the order of the Bot API docs
// (BotCommandScope, "Determining list of commands").
func (w *World) Commands(person, chatID int64) []BotCommand {
	a := w.person(person)
	c := w.chatOf(a, chatID)
	out := []BotCommand{}
	if c == nil || !c.inside(a) {
		return out
	}
	for _, b := range c.listeners() {
		for _, o := range b.bot.commandsFor(c, a) {
			out = append(out, BotCommand{b.id, b.username, o.Command, o.Description})
		}
	}
	return out
}

func (b *bot) commandsFor(c *chat, a *account) []commandObject {
	language, _, _ := strings.Cut(a.language, "-")
	for _, key := range scopesFor(c, c.idFor(b.me), a) {
		for _, key.language = range []string{language, ""} {
			if list := b.settings.commands[key]; list != nil {
				return list
			}
		}
	}
	return nil
}

// scopesFor are the scopes that a person in a chat is in, nearest first.
func scopesFor(c *chat, id int64, a *account) []commandKey {
	if c.kind == privateChat {
		return []commandKey{{scope: "chat", chat: id}, {scope: "all_private_chats"}, {scope: "default"}}
	}
	out := []commandKey{{scope: "chat_member", chat: id, user: a.id}}
	admin := c.standing(a).admin()
	if admin {
		out = append(out, commandKey{scope: "chat_administrators", chat: id})
	}
	out = append(out, commandKey{scope: "chat", chat: id})
	if admin {
		out = append(out, commandKey{scope: "all_chat_administrators"})
	}
	return append(out, commandKey{scope: "all_group_chats"}, commandKey{scope: "default"})
}
