package tenant

import (
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// givenKept is how many messages of the team are remembered with who gave them on: more
// than come between what one login hears and another.
const givenKept = 100

// given is a message of the team that one of several logins heard for all.
type given struct {
	message tenants.MessageRef
	album   string
	by      tenants.ConnectionID
}

// gives tells that a login may give on what somebody of the team wrote, and notes that it
// did. All logins in a group hear everything, each in its own time: when one goes out of
// the group or comes back, both could take themselves for the one that is meant. Only
// remembered while the tenant is awake, so a crash at that moment may double an answer.
func (t *Tenant) gives(c tenants.ConnectionID, m tenants.Message, edited bool) bool {
	if m.Own || edited || len(t.order) < 2 {
		return true
	}
	if i := slices.IndexFunc(t.given, func(g given) bool { return g.message == m.Ref() }); i >= 0 {
		return t.given[i].by == c
	}
	if len(t.given) == givenKept {
		t.given = slices.Delete(t.given, 0, 1)
	}
	t.given = append(t.given, given{m.Ref(), m.Album, c})
	return true
}

// unheard tells that the login of a dialog is out of the group and can't hear what was
// written there, and that another one is to say so; of an album once.
func (t *Tenant) unheard(owner, c tenants.ConnectionID, m tenants.Message, edited bool) bool {
	if m.Own || edited || m.Content.Kind == tenants.KindService ||
		t.lackOf(owner, m.Chat.ID) != dialog.LacksPlace || c != t.oldest(m.Chat.ID) {
		return false
	}
	return m.Album == "" || !slices.ContainsFunc(t.given, func(g given) bool { return g.album == m.Album })
}
