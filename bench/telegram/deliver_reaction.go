package telegram

import (
	"slices"
	"strings"
	"time"
)

type reactionUpdated struct {
	Chat      *chatObject      `json:"chat"`
	MessageID int              `json:"message_id"`
	User      *userObject      `json:"user,omitempty"`
	ActorChat *chatObject      `json:"actor_chat,omitempty"`
	Date      int64            `json:"date"`
	Old       []reactionObject `json:"old_reaction"`
	New       []reactionObject `json:"new_reaction"`
}

type reactionObject struct {
	Type   string `json:"type"`
	Emoji  string `json:"emoji,omitempty"`
	Custom string `json:"custom_emoji_id,omitempty"`
}

// customEmoji says whether a reaction is a custom emoji, named by its number.
func customEmoji(reaction string) bool { return strings.Trim(reaction, "0123456789") == "" }

func showReaction(reaction string) reactionObject {
	if customEmoji(reaction) {
		return reactionObject{Type: "custom_emoji", Custom: reaction}
	}
	return reactionObject{Type: "emoji", Emoji: reaction}
}

func reactionObjects(emoji []string) []reactionObject {
	out := make([]reactionObject, len(emoji))
	for i, e := range emoji {
		out[i] = showReaction(e)
	}
	return out
}

type reactionCounted struct {
	Chat      *chatObject     `json:"chat"`
	MessageID int             `json:"message_id"`
	Date      int64           `json:"date"`
	Reactions []reactionCount `json:"reactions"`
}

type reactionCount struct {
	Type  reactionObject `json:"type"`
	Total int            `json:"total_count"`
}

// counting is a message whose anonymous reactions have changed.
type counting struct {
	due time.Time
	m   *message
}

// deliverReaction tells bots of a person's reaction, in groups only
// administrators. Anonymous administrators react as the group; in channels
// everybody is anonymous, and bots learn the counts, some time later (Bot API
// docs). Bots' own reactions are told to nobody.
func (w *World) deliverReaction(m *message, by *account, old, now []string) {
	if slices.Equal(old, now) {
		return
	}
	if m.chat.kind == channel {
		w.countLater(m)
		return
	}
	for _, a := range w.reactionListeners(m.chat) {
		event := reactionUpdated{
			Chat: w.chatObject(m.chat), MessageID: m.idFor(a), User: w.userObject(by), Date: w.unix(),
			Old: reactionObjects(old), New: reactionObjects(now),
		}
		if m.chat.anonymous(by) {
			event.User, event.ActorChat = nil, event.Chat
		}
		w.push(a.bot, updReaction, event, keepDay, m.chat.idFor(a)+8*laneStep)
	}
}

// anonymous says whether the person acts in the group's name.
func (c *chat) anonymous(a *account) bool {
	m := c.standing(a)
	return c.kind == supergroup && m.admin() && m.rights.Anonymous
}

// actsAs is in whose name the person acts: an account, or the group.
func (c *chat) actsAs(a *account) int64 {
	if c.anonymous(a) {
		return c.id
	}
	return a.id
}

// reactionListeners are the bots that are told of reactions in the chat.
func (w *World) reactionListeners(c *chat) []*account {
	if c.kind == privateChat {
		return c.listeners()
	}
	var out []*account
	for _, a := range c.bots {
		if c.standing(a).admin() {
			out = append(out, a)
		}
	}
	return out
}

// countLater has the message's reactions counted after Knobs.ReactionDelay,
// once for all that change until then.
func (w *World) countLater(m *message) {
	if !slices.ContainsFunc(w.countings, func(c counting) bool { return c.m == m }) {
		w.countings = append(w.countings, counting{w.now.Add(w.knobs.ReactionDelay), m})
	}
}

// count tells bots of the reactions whose time has come.
func (w *World) count() {
	for len(w.countings) > 0 && !w.countings[0].due.After(w.now) {
		m := w.countings[0].m
		w.countings = w.countings[1:]
		if m.deleted {
			continue
		}
		for _, a := range w.reactionListeners(m.chat) {
			w.push(a.bot, updReactionCount, reactionCounted{
				Chat: w.chatObject(m.chat), MessageID: m.idFor(a), Date: w.unix(), Reactions: m.tally(),
			}, keepDay, m.chat.idFor(a)+9*laneStep)
		}
	}
}

// tally counts the message's reactions, the most frequent first.
func (m *message) tally() []reactionCount {
	out := []reactionCount{}
	for _, r := range m.reactions {
		for _, emoji := range r.emoji {
			at := slices.IndexFunc(out, func(c reactionCount) bool { return c.Type == showReaction(emoji) })
			if at < 0 {
				at = len(out)
				out = append(out, reactionCount{Type: showReaction(emoji)})
			}
			out[at].Total++
		}
	}
	slices.SortStableFunc(out, func(a, b reactionCount) int { return b.Total - a.Total })
	return out
}
