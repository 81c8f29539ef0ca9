package dialog

import (
	"topicdesk/tenants"
)

// OpenTopic decides that the dialog's topic is to be made, if it has none. It
// goes in the lane of the title: what waits for it blocks its own lane.
func OpenTopic(t Topic, connection tenants.ConnectionID, f Facts) Decision {
	if t.Thread != 0 {
		return Decision{}
	}
	return Decision{Jobs: []Job{{
		Lane:       Lane{Dialog: t.Dialog, Side: ToTitle},
		Connection: connection,
		Chat:       t.Group,
		Class:      ClassClient,
		Effect:     &Open{Color: f.Settings.IconColor},
		Origin:     OfRelay,
		Decided:    f.Now,
	}}}
}

// service decides a service message in the dialog's topic. The lines of our own
// doings are deleted; the one that a topic begins with can't be (Bot API docs,
// deleteMessage).
func (p *post) service(t Topic) (Decision, Hand) {
	c := p.m.Content
	switch {
	case c.Service == tenants.ServiceTopicCreated && p.m.Own:
		return p.made(t), Hand{}
	case c.Service == tenants.ServiceTopicCreated:
		return Decision{}, Hand{}
	case p.m.Own:
		p.job(ToMark, ClassMark, &Delete{Message: p.m.Ref()}, p.m.Ref())
		return p.out, Hand{}
	}
	p.out.Operator = operator(p.m, p.f)
	switch c.Service {
	case tenants.ServiceTopicEdited:
		if c.TopicName != "" {
			return Decision{}, Hand{Kind: HandTitle, Name: c.TopicName}
		}
	case tenants.ServiceTopicClosed, tenants.ServiceTopicReopened:
		closed := c.Service == tenants.ServiceTopicClosed
		p.out.Topic = &TopicChange{Closed: &closed}
	}
	return p.out, Hand{}
}

// made learns the topic's id, if this line comes before the outcome of the call.
// A topic beside the dialog's own is an orphan: a try of which nobody knew had
// arrived.
func (p *post) made(t Topic) Decision {
	thread := p.m.Thread
	switch t.Thread {
	case 0:
		name := p.m.Content.TopicName
		p.out.Topic = &TopicChange{Thread: &thread, Set: &name}
	case thread:
	default:
		p.out.Jobs = orphan(Job{Lane: p.lane, Connection: p.f.Connection, Chat: p.group}, thread, p.f)
	}
	return p.out
}
