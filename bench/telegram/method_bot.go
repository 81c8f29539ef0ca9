package telegram

import (
	"encoding/json"
	"regexp"
	"time"
)

// botMethods are the methods about buttons and commands.
var botMethods = map[string]handler{
	"answerCallbackQuery": answerCallbackQuery,
	"setMyCommands":       setMyCommands,
	"getMyCommands":       getMyCommands,
	"deleteMyCommands":    deleteMyCommands,
}

// callback is a pressed button that waits for its answer.
type callback struct {
	bot      *bot
	user     int64
	at       time.Time
	answered bool
	text     string
	alert    bool
	url      string
}

// callbackLife is how long a pressed button can be answered. Its update
// lives 150 s; the query itself "some minutes" (users' reports).
const callbackLife = 15 * time.Minute

func answerCallbackQuery(c *call) (any, *problem) {
	q := c.w.callbacks[c.args.str("callback_query_id")]
	if q == nil || q.bot != c.bot || q.answered || c.w.now.Sub(q.at) > callbackLife {
		return nil, fail(queryTooOld)
	}
	q.answered = true
	q.text, q.alert, q.url = c.args.str("text"), c.args.flag("show_alert"), c.args.str("url")
	return true, nil
}

// CallbackAnswer is what a person sees after pressing a button.
type CallbackAnswer struct {
	Answered bool
	Text     string
	Alert    bool
	URL      string
}

// Callback returns what came of a pressed button, by its query id.
func (w *World) Callback(query string) CallbackAnswer {
	q := w.callbacks[query]
	if q == nil {
		return CallbackAnswer{}
	}
	return CallbackAnswer{q.answered, q.text, q.alert, q.url}
}

type commandObject struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// Limits of commands (Bot API docs).
const maxCommands = 100

var commandName = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

// scopeKey turns scope and language into a key of the bot's command lists.
func (c *call) scopeKey() string {
	var s struct {
		Type string          `json:"type"`
		Chat json.RawMessage `json:"chat_id"`
		User json.RawMessage `json:"user_id"`
	}
	if json.Unmarshal([]byte(c.args.str("scope")), &s) != nil || s.Type == "" {
		s.Type = "default"
	}
	return s.Type + "/" + string(s.Chat) + "/" + string(s.User) + "/" + c.args.str("language_code")
}

func setMyCommands(c *call) (any, *problem) {
	var list []commandObject
	if json.Unmarshal([]byte(c.args.str("commands")), &list) != nil {
		return nil, fail(commandsUnparsable)
	}
	if len(list) > maxCommands {
		return nil, fail(commandsTooMany)
	}
	for _, o := range list {
		switch {
		case !commandName.MatchString(o.Command):
			return nil, fail(commandInvalid)
		case o.Description == "" || characters(o.Description) > 256:
			return nil, fail(descriptionNeeded)
		}
	}
	c.bot.commands[c.scopeKey()] = encode(list)
	return true, nil
}

func getMyCommands(c *call) (any, *problem) {
	if list := c.bot.commands[c.scopeKey()]; list != nil {
		return list, nil
	}
	return json.RawMessage("[]"), nil
}

func deleteMyCommands(c *call) (any, *problem) {
	delete(c.bot.commands, c.scopeKey())
	return true, nil
}
