package tenant

import (
	"slices"
	"strings"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/onboard"
)

// isBind tells that a message is /bind, with or without the bot's name.
func isBind(m tenants.Message) bool {
	word, _, _ := strings.Cut(m.Content.Text.Text, " ")
	word, _, _ = strings.Cut(word, "@")
	return strings.EqualFold(word, "/bind")
}

// binds is the login that a /bind in a group of the tenant is to bring into it:
// the one that it names, or whose code it has; 0 = it is about none that is not
// there yet.
func (t *Tenant) binds(m tenants.Message) tenants.ConnectionID {
	if !isBind(m) {
		return 0
	}
	for _, id := range t.order {
		l := t.logins[id]
		if l.in(m.Chat.ID) {
			continue
		}
		call, kind := command.Parse(m.Content.Text.Text, l.row.Username)
		if kind == command.Known && (call.Bot != "" || onboard.Bind(*t.bindFacts(id, m), m).Reason != onboard.WrongCode) {
			return id
		}
	}
	return 0
}

// bindsHere tells that a /bind outside our groups is one to judge: in any group,
// and in private if the administrator typed it, or the code. Anybody else's is a
// client's message like others.
func (t *Tenant) bindsHere(c tenants.ConnectionID, m tenants.Message) bool {
	return m.Chat.Kind == tenants.Group ||
		m.Chat.Kind == tenants.Private && onboard.Bind(*t.bindFacts(c, m), m).Text.Text != ""
}

// bindFacts are those about a /bind. The standing is asked of Telegram when it
// is first needed; the message waits meanwhile.
func (t *Tenant) bindFacts(c tenants.ConnectionID, m tenants.Message) *onboard.Facts {
	l, here := t.logins[c], m.Chat.ID
	language, chosen := t.spoken(c, m.From)
	return &onboard.Facts{
		Language: language, Chosen: chosen,
		Code: t.opt.Host.BindCode(c), Administrator: l.row.Administrator, Bot: l.row.Username,
		Here: l.row.Group.ID == here, Ours: t.isGroup(here),
		Taken:   t.opt.Host.Taken(here),
		Earlier: l.in(here) && l.row.Group.ID != here,
		Further: l.row.Group.ID != 0 && !l.in(here),
	}
}

// spoken is the language in which somebody who binds a group is answered: LANGUAGE, if
// it is chosen, else their own.
func (t *Tenant) spoken(c tenants.ConnectionID, by tenants.Person) (l tenants.Language, chosen bool) {
	set := t.settingsOf(c, tenants.Group, 0)
	if slices.ContainsFunc(t.values, func(v tenants.Value) bool { return v.Name == "LANGUAGE" }) {
		return set.Language, true
	}
	return set.VoiceFor(by).Language, false
}
