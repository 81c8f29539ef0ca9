package doctor

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"topicdesk/actors/house"
	"topicdesk/actors/login"
	"topicdesk/actors/telegram"
	"topicdesk/actors/telegram/botapi"
	"topicdesk/actors/web"
	"topicdesk/actors/webhook"
	"topicdesk/tenants"
	"topicdesk/tenants/onboard"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// Logins asks Telegram how a tenant's connections stand.
func Logins(ctx context.Context, h *house.House, id tenants.TenantID, all []store.Connection) (found []web.Finding) {
	for _, c := range house.InGroups(all) {
		if c.Active {
			found = append(found, examineLogin(ctx, h, id, c)...)
		}
	}
	return found
}

func examineLogin(ctx context.Context, h *house.House, id tenants.TenantID, c store.Connection) []web.Finding {
	about := fmt.Sprintf("%s, connection %d (@%s)", id, c.ID, c.Username)
	key := login.Key{Tenant: id, Connection: c.ID}
	bad := func(says, do string) []web.Finding {
		return []web.Finding{{Level: web.Bad, About: about, Says: says, Do: do}}
	}
	token, updates, err := h.Logins.Token(key)
	switch {
	case errors.Is(err, registry.ErrUnknown):
		return bad("has no token", renewDo(id))
	case err != nil:
		return bad("its token can't be read: "+err.Error(), "put the key back that sealed it, or "+renewDo(id))
	}
	bot, err := login.NewGateway(h.Config.Telegram, token, updates...)
	if err != nil {
		return bad(err.Error(), renewDo(id))
	}
	self, err := bot.Self(ctx)
	if err != nil {
		var refused *telegram.ReceiveError
		if errors.As(err, &refused) && refused.Outcome.Kind == tenants.Gone {
			return bad(login.Reason(err), "get a new token from @BotFather: "+renewDo(id))
		}
		return []web.Finding{{Level: web.Warning, About: about, Says: "not tested: " + login.Reason(err), Do: "try again: topicdesk doctor --tenant " + string(id)}}
	}
	found := examineHook(ctx, h, about, key, bot)
	if c.Helps != 0 {
		return append(found, helperFinding(ctx, about, bot, c))
	}
	return append(found, groupFindings(ctx, h, about, bot, self, id, c)...)
}

func renewDo(id tenants.TenantID) string {
	return fmt.Sprintf("topicdesk tenant token %s --token-file FILE", id)
}

const (
	// pendingMany is how many updates may wait at Telegram before that is told.
	pendingMany = 100
	// failedLately is how long a failed delivery is told.
	failedLately = time.Hour
)

// examineHook holds how Telegram delivers against how this node receives.
func examineHook(ctx context.Context, h *house.House, about string, key login.Key, bot *botapi.Gateway) []web.Finding {
	info, err := bot.WebhookInfo(ctx)
	if err != nil {
		return []web.Finding{{Level: web.Warning, About: about, Says: "its webhook is not tested: " + login.Reason(err), Do: ""}}
	}
	ours := ""
	if !h.Logins.Polls() {
		ours = webhook.Address(h.Config.HTTP.PublicURL, h.Registry, key)
	}
	return hookFindings(about, ours, info, time.Now())
}

// hookFindings compares; ours is "" where updates are asked for.
func hookFindings(about, ours string, info botapi.WebhookInfo, now time.Time) (found []web.Finding) {
	tell := func(level web.Level, says, do string) {
		found = append(found, web.Finding{Level: level, About: about, Says: says, Do: do})
	}
	switch {
	case info.URL == ours:
	case info.URL == "":
		tell(web.Warning, "Telegram has no webhook for it", "the node sets it as soon as it runs; if it does, look why Telegram refuses it in its log")
	case ours == "":
		tell(web.Warning, "Telegram delivers to "+homeOf(info.URL)+", and this node asks",
			"the node takes that off when it asks; if it is there again, another program has the token: stop that one, or have @BotFather revoke the token")
	case strings.HasPrefix(info.URL, strings.TrimSuffix(ours, ours[strings.LastIndex(ours, "/"):])):
		tell(web.Warning, "Telegram delivers to this node's address with an old secret", "the node sets the new one when it starts")
	default:
		tell(web.Bad, "Telegram delivers to "+homeOf(info.URL)+", which is not http.public_url",
			"start the node, which sets its own; if another one is there again, another program has the token: stop that one, or have @BotFather revoke the token")
	}
	if info.Pending > pendingMany {
		tell(web.Warning, fmt.Sprintf("%d updates wait at Telegram, which keeps them for a day", info.Pending), "see whether the node runs and can be reached")
	}
	if ours != "" && !info.Failed.IsZero() && now.Sub(info.Failed) < failedLately {
		tell(web.Warning, fmt.Sprintf("Telegram could not deliver at %s: %s", info.Failed.UTC().Format("15:04:05 MST"), info.LastError),
			"see that http.public_url leads to http.listen from outside, with a certificate that Telegram accepts, and that a proxy between passes "+botapi.WebhookPath)
	}
	return found
}

// groupFindings are what a connection lacks in its group.
func groupFindings(ctx context.Context, h *house.House, about string, bot *botapi.Gateway, self telegram.Self, id tenants.TenantID, c store.Connection) []web.Finding {
	facts := onboard.Facts{Code: h.BindCode(id, c.ID), Bot: c.Username, Administrator: c.Administrator, Privacy: !self.ReadsGroups}
	if c.Group.ID == 0 {
		return []web.Finding{{Level: web.Note, About: about, Says: "Telegram knows the token; it has no group yet", Do: "see the steps: topicdesk tenant show " + string(id)}}
	}
	standing, err := bot.Standing(ctx, c.Group.ID)
	if err != nil {
		return []web.Finding{{Level: web.Bad, About: about, Says: "its group can't be seen: " + login.Reason(err), Do: "take the bot into the group again, or bind another one: topicdesk tenant show " + string(id)}}
	}
	facts.Rights = standing.Rights
	found := []web.Finding{}
	for _, lack := range onboard.Lacks(facts, standing.Chat) {
		found = append(found, web.Finding{Level: web.Bad, About: about, Says: "something is missing in its group", Do: lack})
	}
	for _, hint := range onboard.Hints(facts) {
		found = append(found, web.Finding{Level: web.Note, About: about, Says: hint, Do: ""})
	}
	if len(found) == 0 {
		found = append(found, web.Finding{Level: web.Well, About: about, Says: "Telegram knows the token, and it works in its group", Do: ""})
	}
	return found
}

// helperFinding is how a helper stands.
func helperFinding(ctx context.Context, about string, bot *botapi.Gateway, c store.Connection) web.Finding {
	about = fmt.Sprintf("%s, which helps connection %d", about, c.Helps)
	if c.Group.ID == 0 {
		return web.Finding{Level: web.Note, About: about, Says: "Telegram knows the token; the one that it helps has no group yet", Do: ""}
	}
	standing, err := bot.Standing(ctx, c.Group.ID)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return web.Finding{Level: web.Warning, About: about, Says: "not tested: " + login.Reason(err), Do: ""}
	case err != nil || !standing.Member:
		return web.Finding{Level: web.Warning, About: about, Says: "is not in the group", Do: "add it there as a member; it needs no rights"}
	case standing.Rights.Muted:
		return web.Finding{Level: web.Warning, About: about, Says: "may not write in the group", Do: "let members write there, or lift its restriction"}
	default:
		return web.Finding{Level: web.Well, About: about, Says: "can write in the group", Do: ""}
	}
}

// homeOf is the part of an address that may be shown: the rest may be a secret.
func homeOf(address string) string {
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, address, nil)
	if err != nil {
		return "an address that can't be read"
	}
	return request.URL.Scheme + "://" + request.URL.Host
}
