package house

import (
	"context"
	"errors"
	"fmt"

	"topicdesk/actors/login"
	"topicdesk/tenants"
	"topicdesk/tenants/onboard"
	"topicdesk/tenants/store"
)

// Introduce asks Telegram how a tenant's connections stand and tells it in plain words:
// the code and the steps of those without a group, what the others lack. A tenant that
// sleeps goes on sleeping. It gives up when the node stops.
func (h *House) Introduce(id tenants.TenantID, say func(string, ...any)) {
	ctx, cancel := context.WithTimeout(h.Logins.Stopping(), login.AskWithin)
	defer cancel()
	var all []store.Connection
	err := h.files().Peek(ctx, id, func(r store.Reads, _ bool) (err error) {
		all, err = r.Connections()
		return err
	})
	if err != nil {
		h.Log.Warn("tenant does not answer yet", "tenant", id, "error", err)
		return
	}
	for _, c := range InGroups(all) {
		for _, line := range h.introduce(ctx, id, c) {
			say("%s", line)
		}
	}
}

// introduce tells of one connection.
func (h *House) introduce(ctx context.Context, id tenants.TenantID, c store.Connection) []string {
	who := fmt.Sprintf("%s, connection %d (@%s)", id, c.ID, c.Username)
	bot, err := h.Logins.Of(login.Key{Tenant: id, Connection: c.ID})
	if err != nil {
		return []string{who + ": " + err.Error()}
	}
	if c.Helps != 0 {
		return []string{examineHelper(ctx, bot, who, c)}
	}
	facts := onboard.Facts{Code: h.BindCode(id, c.ID), Bot: c.Username, Administrator: c.Administrator}
	self, err := bot.Self(ctx)
	if err != nil {
		return []string{who + ": " + login.Reason(err)}
	}
	facts.Privacy = !self.ReadsGroups
	var lines []string
	if c.Group.ID == 0 {
		lines = append(lines, who+" has no group yet. To give it one:")
		for i, step := range onboard.Steps(facts) {
			lines = append(lines, fmt.Sprintf("  %d. %s", i+1, step))
		}
	} else {
		lines = append(lines, h.examineGroup(ctx, who, bot, facts, c)...)
	}
	for _, hint := range onboard.Hints(facts) {
		lines = append(lines, "  • "+hint)
	}
	return lines
}

func (h *House) examineGroup(ctx context.Context, who string, bot *login.Bot, facts onboard.Facts, c store.Connection) []string {
	standing, err := bot.Standing(ctx, c.Group.ID)
	if err != nil {
		return []string{who + ": its group can't be seen: " + login.Reason(err)}
	}
	facts.Rights = standing.Rights
	lacks := onboard.Lacks(facts, standing.Chat)
	if len(lacks) == 0 {
		return []string{who + ": works in its group."}
	}
	lines := []string{who + ": this is missing in its group:"}
	for _, lack := range lacks {
		lines = append(lines, "  • "+lack)
	}
	return lines
}

// InGroups gives helpers the group of the connection that they help, and leaves out
// those that were let go.
func InGroups(all []store.Connection) []store.Connection {
	var out []store.Connection
	for _, c := range all {
		for _, helped := range all {
			if c.Helps != 0 && helped.ID == c.Helps {
				c.Group = helped.Group
			}
		}
		if c.Helps == 0 || c.Active {
			out = append(out, c)
		}
	}
	return out
}

// examineHelper asks Telegram how a helper stands.
func examineHelper(ctx context.Context, bot *login.Bot, who string, c store.Connection) string {
	who = fmt.Sprintf("%s, which helps connection %d", who, c.Helps)
	if _, err := bot.Self(ctx); err != nil {
		return who + ": " + login.Reason(err)
	}
	if c.Group.ID == 0 {
		return who + ": that one has no group yet."
	}
	standing, err := bot.Standing(ctx, c.Group.ID)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return who + ": " + login.Reason(err)
	case err != nil || !standing.Member:
		return who + ": is not in the group yet: add it there."
	case standing.Rights.Muted:
		return who + ": may not write in the group."
	default:
		return who + ": can write in the group."
	}
}
