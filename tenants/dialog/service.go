package dialog

import (
	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// serviceRow says what a service message in a client chat causes.
type serviceRow struct {
	Note  func(d *draft, c tenants.Content, m *tenants.Message) string // "" = nothing to say
	State func(d *draft, m *tenants.Message)                           // what it changes; nil = nothing
	Walks bool                                                         // merged with its like: see walked
}

// services is the closed table of service messages in client chats. What is
// not noted is never relayed: it says nothing that operators need, or it can't
// come in a client chat at all.
var services = map[tenants.Service]serviceRow{
	tenants.ServiceJoined:       {Walks: true},
	tenants.ServiceLeft:         {Walks: true},
	tenants.ServiceNewTitle:     {Note: titleWords, State: retitle},
	tenants.ServicePinned:       {Note: always(say.NotePinned)},
	tenants.ServiceMigratedTo:   {Note: always(say.NoteUpgraded)},
	tenants.ServiceMigratedFrom: {},

	tenants.ServiceNewPhoto:      {Note: always(say.NotePhoto)},
	tenants.ServiceNoPhoto:       {Note: always(say.NoteNoPhoto)},
	tenants.ServiceOwnerChanged:  {Note: always(say.NoteOwner)},
	tenants.ServiceTimer:         {Note: always(say.NoteTimer)},
	tenants.ServiceCallScheduled: {Note: always(say.NoteCallPlanned)},
	tenants.ServiceCallStarted:   {Note: always(say.NoteCall)},
	tenants.ServiceTasksDone:     {Note: always(say.NoteTasksDone)},
	tenants.ServiceTasksAdded:    {Note: always(say.NoteTasksAdded)},
	tenants.ServiceProximity:     {Note: always(say.NoteProximity)},
	tenants.ServiceRefunded:      {Note: always(say.NoteRefunded)},
	tenants.ServiceGiftUpgraded:  {Note: always(say.NoteGiftUpgraded)},
	tenants.ServiceGiveawayDone:  {Note: always(say.NoteGiveawayDone)},

	// Threads of a client's forum: their names are in the author lines.
	tenants.ServiceTopicCreated:  {State: nameThread},
	tenants.ServiceTopicEdited:   {State: nameThread},
	tenants.ServiceTopicClosed:   {},
	tenants.ServiceTopicReopened: {},
	tenants.ServiceGeneralHidden: {},
	tenants.ServiceGeneralShown:  {},

	// Nothing that an operator could act on.
	tenants.ServiceOwnerLeft:        {},
	tenants.ServiceGroupMade:        {},
	tenants.ServiceSupergroupMade:   {},
	tenants.ServiceChannelMade:      {},
	tenants.ServiceCallEnded:        {},
	tenants.ServiceCallInvited:      {},
	tenants.ServiceBoost:            {},
	tenants.ServiceBackground:       {},
	tenants.ServiceGiveawayMade:     {},
	tenants.ServiceOptionAdded:      {},
	tenants.ServiceOptionDeleted:    {},
	tenants.ServiceCommunityAdded:   {},
	tenants.ServiceCommunityRemoved: {},

	// About the bot and the client's account, not about the talk.
	tenants.ServiceWebsite:      {},
	tenants.ServiceWriteAllowed: {},
	tenants.ServiceBotMade:      {},
	tenants.ServicePrice:        {},

	// Of channels' direct messages, which are no client chats.
	tenants.ServiceDirectPrice:     {},
	tenants.ServicePostApproved:    {},
	tenants.ServicePostNotApproved: {},
	tenants.ServicePostDeclined:    {},
	tenants.ServicePostPaid:        {},
	tenants.ServicePostRefunded:    {},
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
