package dialog

import (
	"topicdesk/tenants"
)

// serviceRow says what a service message in a client chat causes.
type serviceRow struct {
	Note  func(d *draft, c tenants.Content, m *tenants.Message) string // "" = nothing to say
	State func(d *draft, m *tenants.Message)                           // what it changes; nil = nothing
	Walks bool                                                         // merged with its like: see walked
}

// services is the closed table of service messages in client chats. What is
// not noted is never relayed.
var services = map[tenants.Service]serviceRow{
	tenants.ServiceJoined:        {Walks: true},
	tenants.ServiceLeft:          {Walks: true},
	tenants.ServiceNewTitle:      {Note: titleWords, State: retitle},
	tenants.ServicePinned:        {Note: pinnedWords},
	tenants.ServiceMigratedTo:    {Note: migratedWords},
	tenants.ServiceMigratedFrom:  {},
	tenants.ServiceTopicCreated:  {},
	tenants.ServiceTopicEdited:   {},
	tenants.ServiceTopicClosed:   {},
	tenants.ServiceTopicReopened: {},
	tenants.ServiceOther:         {},
}

// service decides a service message of a client chat: a silent grey note if
// there is a topic. It changes no status and makes no topic.
func (d *draft) service(m *tenants.Message) Decision {
	c := m.Content
	row, ok := services[c.Service]
	if !ok {
		panic("dialog: no row for service " + string(c.Service))
	}
	if m.Own {
		return Decision{Dropped: "service"}
	}
	if row.Walks {
		return d.walked(m)
	}
	if row.State != nil {
		row.State(d, m)
	}
	if row.Note == nil || !d.hasTopic() {
		return d.dropped("service")
	}
	d.note(row.Note(d, c, m))
	return d.done()
}

func meetAll(d *draft, m *tenants.Message) {
	for _, p := range m.Content.People {
		d.meet(p)
	}
}

// retitle follows a new title of the client chat.
func retitle(d *draft, m *tenants.Message) {
	chat := m.Chat
	chat.Title = m.Content.Title
	d.seeChat(chat)
}
