package telegram

import (
	"fmt"
	"strings"
)

// Person describes a user account to be made.
type Person struct {
	ID        int64 // 0 = the World chooses
	FirstName string
	LastName  string
	Username  string // without @, may be empty
	Language  string // IETF tag, may be empty
	Premium   bool
	// HidesForwards makes forwards of this person's messages name only a
	// hidden user (Telegram's privacy setting "Forwarded messages").
	HidesForwards bool
	// ForbidsVoice refuses voice messages and video notes (Telegram's privacy
	// setting "Voice messages", which only Premium has).
	ForbidsVoice bool
}

// Robot describes a bot account to be made, as its owner set it up.
type Robot struct {
	ID       int64 // 0 = the World chooses
	Name     string
	Username string // without @; empty = made from the id
	// NoPrivacy is privacy mode switched off: the bot reads everything in
	// groups even where it isn't an administrator.
	NoPrivacy bool
	// Test is a bot of the test environment. Its token, as World tells it,
	// ends in /test, so that URLs made with it are right; without that the
	// Bot API doesn't know it.
	Test bool
	// TopicsEnabled divides the bot's private chats into topics ("threaded
	// mode"); UsersMayCreateTopics lets people make and rename them too.
	TopicsEnabled, UsersMayCreateTopics bool
	// CanConnectToBusiness lets people connect the bot to their accounts.
	CanConnectToBusiness bool
	// Inline switches inline mode on; InlinePlaceholder stands in the input
	// field behind the bot's name, InlineFeedback tells the bot what people
	// choose (all of it: what its owner calls 100 %).
	Inline            bool
	InlinePlaceholder string
	InlineFeedback    bool
}

// The accounts through which Telegram itself speaks (Bot API server source).
const (
	groupAnonymousBot = 1087968824
	channelBot        = 136817688
	serviceAccount    = 777000
)

// account is a person, a bot, or one of Telegram's own accounts.
type account struct {
	id            int64
	isBot         bool
	first, last   string
	username      string
	language      string
	premium       bool
	deleted       bool
	hidesForwards bool
	forbidsVoice  bool
	box           box  // its private chats and basic groups, numbered by it
	bot           *bot // nil for people
}

// name is what clients show above a message.
func (a *account) name() string {
	if a.last == "" {
		return a.first
	}
	return a.first + " " + a.last
}

// seenAs is the name that people see: Telegram's applications give deleted accounts
// one, while bots are told none.
func (a *account) seenAs() string {
	if a.deleted {
		return "Deleted Account"
	}
	return a.name()
}

// NewUser makes a person and returns the user id. It panics if p.ID or the
// username is taken, which is a mistake of the test.
func (w *World) NewUser(p Person) int64 {
	if p.ID == 0 {
		w.nextUser++
		p.ID = w.nextUser
	}
	w.addAccount(&account{
		id: p.ID, first: p.FirstName, last: p.LastName, username: p.Username,
		language: p.Language, premium: p.Premium, hidesForwards: p.HidesForwards, forbidsVoice: p.ForbidsVoice,
	})
	return p.ID
}

// NewBot makes a bot and returns its user id and its token.
func (w *World) NewBot(r Robot) (id int64, token string) {
	if r.ID == 0 {
		w.nextBot++
		r.ID = w.nextBot
	}
	if r.Username == "" {
		r.Username = fmt.Sprintf("b%d_bot", r.ID)
	}
	a := &account{id: r.ID, isBot: true, first: r.Name, username: r.Username}
	a.bot = newBot(w, a, !r.NoPrivacy)
	a.bot.threaded, a.bot.openTopics = r.TopicsEnabled, r.UsersMayCreateTopics
	a.bot.business = r.CanConnectToBusiness
	a.bot.inline = inlineMode{r.Inline, r.InlinePlaceholder, r.InlineFeedback}
	w.addAccount(a)
	a.bot.test = r.Test
	w.tokens[a.bot.key()] = a.bot
	return a.id, a.bot.key()
}

// DeleteAccount makes the person a deleted account, to whom nothing can be sent.
func (w *World) DeleteAccount(user int64) {
	a := w.person(user)
	a.deleted, a.first, a.last, a.username = true, "", "", ""
}

// SetName gives a person another name. Nobody is told: bots learn it from the
// person's next message.
func (w *World) SetName(user int64, first, last string) {
	a := w.person(user)
	a.first, a.last = first, last
}

// SetForbidsVoice changes Person.ForbidsVoice of somebody.
func (w *World) SetForbidsVoice(who int64, on bool) { w.person(who).forbidsVoice = on }

// SetPrivacy switches a bot's privacy mode. Groups where it is already keep
// to the old mode until it is added again (Bot API docs).
func (w *World) SetPrivacy(botID int64, on bool) { w.robot(botID).privacy = on }

// RevokeToken replaces the bot's token, as its owner can at any moment, and
// returns the new one; the old one answers 401 from now on.
func (w *World) RevokeToken(botID int64) string {
	b := w.robot(botID)
	delete(w.tokens, b.key())
	b.token = w.newToken(botID)
	w.tokens[b.key()] = b
	return b.key()
}

// Token returns the bot's present token.
func (w *World) Token(botID int64) string { return w.robot(botID).key() }

func (w *World) addAccount(a *account) {
	if w.accounts[a.id] != nil {
		panic(fmt.Sprintf("telegram: account %d exists", a.id))
	}
	w.accounts[a.id] = a
	if a.username != "" {
		w.takeName(a.username, a.id)
	}
}

// takeName gives a public username to an account or a chat.
func (w *World) takeName(name string, id int64) {
	key := strings.ToLower(name)
	if w.names[key] != 0 {
		panic(fmt.Sprintf("telegram: username %s is taken", name))
	}
	w.names[key] = id
}

// person returns an account that must exist: ids come from the test itself.
func (w *World) person(id int64) *account {
	a := w.accounts[id]
	if a == nil {
		panic(fmt.Sprintf("telegram: no account %d", id))
	}
	return a
}

func (w *World) robot(id int64) *bot {
	a := w.person(id)
	if a.bot == nil {
		panic(fmt.Sprintf("telegram: %d is not a bot", id))
	}
	return a.bot
}

// system returns one of Telegram's own accounts, made when first needed.
func (w *World) system(id int64) *account {
	if a := w.accounts[id]; a != nil {
		return a
	}
	a := &account{id: id}
	switch id {
	case groupAnonymousBot:
		a.isBot, a.first, a.username = true, "Group", "GroupAnonymousBot"
	case channelBot:
		a.isBot, a.first, a.username = true, "Channel", "Channel_Bot"
	case serviceAccount:
		a.first = "Telegram"
	default:
		panic(fmt.Sprintf("telegram: no system account %d", id))
	}
	w.addAccount(a)
	return a
}
