package telegram

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// selfMethods are the methods about the bot itself and its updates.
var selfMethods = map[string]handler{
	"getMe":      getMe,
	"logOut":     logOut,
	"close":      closeBot,
	"getUpdates": getUpdates,
}

func getMe(c *call) (any, *problem) {
	return meObject{
		userObject: *c.w.userObject(c.bot.me), CanJoinGroups: true,
		CanReadAllGroupMessages: !c.bot.privacy, HasTopicsEnabled: c.bot.threaded,
		AllowsUsersToCreateTopics: c.bot.openTopics, CanConnectToBusiness: c.bot.business,
		SupportsInlineQueries: c.bot.inline.on,
	}, nil
}

// Limits of getUpdates (Bot API docs; timeouts are clamped by the server).
const (
	maxUpdates     = 100
	maxPollSeconds = 50
)

// getUpdates answers with what is there; waiting is the Door's part.
func getUpdates(c *call) (any, *problem) {
	b := c.bot
	if b.webhook.URL != "" || b.hooking != nil {
		return nil, c.w.conflict(b, webhookActive)
	}
	c.allowUpdates()
	c.w.seek(b, int(c.args.integer("offset", 0, -1<<31, 1<<31-1)))
	limit := int(c.args.integer("limit", maxUpdates, 1, maxUpdates))
	out := []byte{'['}
	for i, q := range b.take(limit) {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, Update{ID: q.id, Kind: q.kind, Object: q.object}.JSON()...)
		c.w.note(LogEntry{Event: EventTaken, Bot: b.me.id, Method: q.kind, UpdateID: q.id})
	}
	return json.RawMessage(append(out, ']')), nil
}

// conflictPause is how long a second conflict within that time waits for its
// answer (Bot API server source).
const conflictPause = 3 * time.Second

// conflict is the answer to one of two calls that exclude each other.
func (w *World) conflict(b *bot, s Situation) *problem {
	p := fail(s)
	if w.now.Before(b.patience) {
		p.late = conflictPause
	} else {
		b.patience = w.now.Add(conflictPause)
	}
	return p
}

// allowUpdates stores allowed_updates if the argument is given: an empty list,
// and one of nothing but unknown names, mean the default set; what isn't a
// list of strings counts as not given (Bot API server source).
func (c *call) allowUpdates() {
	var names []*string
	if json.Unmarshal([]byte(c.args.str("allowed_updates")), &names) != nil || names == nil || slices.Contains(names, nil) {
		return
	}
	allowed := map[string]bool{}
	for _, n := range names {
		if name := strings.ToLower(*n); slices.Contains(allUpdates, name) {
			allowed[name] = true
		}
	}
	c.bot.allowed = allowed
	if len(allowed) == 0 || isDefault(allowed) {
		c.bot.allowed = nil
	}
}

// isDefault says whether the list is what a bot gets that has named none.
func isDefault(allowed map[string]bool) bool {
	for _, name := range allUpdates {
		if allowed[name] == slices.Contains(notByDefault, name) {
			return false
		}
	}
	return true
}
