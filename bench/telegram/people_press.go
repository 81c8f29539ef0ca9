package telegram

import (
	"fmt"
	"slices"
)

type callbackObject struct {
	ID           string      `json:"id"`
	From         *userObject `json:"from"`
	Message      any         `json:"message"` // messageObject or inaccessibleObject
	ChatInstance string      `json:"chat_instance"`
	Data         string      `json:"data"`
}

// inlineCallbackObject is a button pressed under a message that was sent
// through the bot.
type inlineCallbackObject struct {
	ID              string      `json:"id"`
	From            *userObject `json:"from"`
	InlineMessageID string      `json:"inline_message_id"`
	ChatInstance    string      `json:"chat_instance"`
	Data            string      `json:"data"`
}

// pressed is what a person's app remembers an answer by.
type pressed struct {
	user int64
	m    *message
	data string
}

// Press presses the button with that callback data under a message and
// returns the query's id, for Callback. While the last answer's cache_time
// lasts, the app shows it again, under its id, and the bot isn't asked.
func (w *World) Press(person, chatID int64, id int, data string) (string, error) {
	a, m, err := w.find(person, chatID, id)
	if err != nil {
		return "", err
	}
	owner, k := m.author, w.businessOf(m)
	switch {
	case m.inlineID != "":
		owner = m.viaBot
	case k != nil:
		owner = k.bot.me
	}
	if owner == nil || owner.bot == nil || !m.hasButton(data) {
		return "", fmt.Errorf("press a button that isn't there: %w", ErrNoSuchMessage)
	}
	key := pressed{a.id, m, data}
	if q := w.callbacks[w.presses[key]]; q != nil && w.now.Before(q.fresh) {
		return w.presses[key], nil
	}
	w.nextQuery += 1 + w.rnd.Int64N(1_000_000)
	query := itoa(w.nextQuery)
	w.forgetCallbacks()
	w.callbacks[query] = &callback{bot: owner.bot, key: key, at: w.now}
	w.push(owner.bot, updCallback, w.callbackUpdate(query, key, owner, k), keepCallback, a.id+3*laneStep)
	return query, nil
}

// callbackUpdate is what the bot is told of a pressed button.
func (w *World) callbackUpdate(query string, p pressed, owner *account, k *connection) any {
	from, instance := w.userObject(w.accounts[p.user]), chatInstance(p.m.chat, owner)
	if p.m.inlineID != "" {
		return inlineCallbackObject{query, from, p.m.inlineID, instance, p.data}
	}
	return callbackObject{query, from, w.pressedObject(owner, p.m, k), instance, p.data}
}

// chatInstance is one number for a chat and a bot, about as Telegram's look.
func chatInstance(c *chat, owner *account) string {
	id := c.idFor(owner)
	if c.kind == talkChat {
		id = c.user.id ^ c.peer.id<<20
	}
	return itoa(-(id*2654435761 ^ owner.id))
}

// pressedObject is the message under which a button was pressed; k nil = not
// in a business's chat. A bot that has left the chat can't see the message any
// more (Bot API docs, MaybeInaccessibleMessage).
func (w *World) pressedObject(owner *account, m *message, k *connection) any {
	switch {
	case k != nil:
		return w.businessObject(k, m, false)
	case !m.chat.inside(owner):
		return inaccessibleObject{MessageID: m.idFor(owner), Chat: w.chatObject(m.chat)}
	default:
		return w.messageFor(owner, m, false)
	}
}

func (m *message) hasButton(data string) bool {
	for _, row := range buttons(m.markup) {
		if slices.ContainsFunc(row, func(b buttonObject) bool { return b.CallbackData == data }) {
			return true
		}
	}
	return false
}

type pollAnswerObject struct {
	PollID    string      `json:"poll_id"`
	User      *userObject `json:"user"`
	VoterChat *chatObject `json:"voter_chat,omitempty"`
	OptionIDs []int       `json:"option_ids"`
	Persisted []string    `json:"option_persistent_ids"`
}

// Vote votes in a poll; no options takes the vote back. The bot that made
// the poll is told of its counts, and of who voted if votes are public.
func (w *World) Vote(person, chatID int64, id int, options ...int) error {
	a, m, err := w.find(person, chatID, id)
	if err != nil {
		return err
	}
	p := m.content().Poll
	if p == nil || p.Closed || len(options) > 1 && !p.Multiple || p.NoRevoting && len(p.votes[a.id]) > 0 {
		return fmt.Errorf("vote: %w", ErrNotAllowed)
	}
	for _, o := range options {
		if o < 0 || o >= len(p.Options) {
			return fmt.Errorf("vote for option %d: %w", o, ErrNotAllowed)
		}
	}
	for _, o := range p.votes[a.id] {
		p.Options[o].Votes--
	}
	delete(p.votes, a.id)
	for _, o := range options {
		p.Options[o].Votes++
	}
	if len(options) > 0 {
		if p.votes == nil { // a person's poll, not a bot's
			p.votes = map[int64][]int{}
		}
		p.votes[a.id] = options
	}
	w.deliverVote(a, m.chat, p)
	return nil
}

// deliverVote tells the poll's bot of a vote; beside a group that votes stands
// the account that older bots know (Bot API server source).
func (w *World) deliverVote(a *account, in *chat, p *Poll) {
	owner := w.accounts[p.byAccount]
	if owner == nil || owner.bot == nil {
		return
	}
	w.tellOwner(p)
	if p.Public {
		o := pollAnswerObject{PollID: p.ID, OptionIDs: []int{}, Persisted: []string{}}
		if o.User, o.VoterChat = w.actor(in.actsAs(a)); o.User == nil {
			o.User = w.userObject(w.system(channelBot))
		}
		for _, i := range p.votes[a.id] {
			o.OptionIDs, o.Persisted = append(o.OptionIDs, i), append(o.Persisted, p.Options[i].ID)
		}
		w.push(owner.bot, updPollAnswer, o, keepDay, leadingInt(p.ID))
	}
}
