package store_test

import (
	"testing"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// TestEarlier: the last messages of both sides, in their order, without those
// that the topic shows; once they are shown their links lead there.
func TestEarlier(t *testing.T) {
	f := open(t)
	f.client()
	f.done(f.queue(incoming(1, "one"))[0], 101)
	f.done(f.queue(answer(102, "two"))[0], 2)
	f.done(f.queue(incoming(3, "three"))[0], 103)
	f.apply(1, dialog.Decision{Topic: &dialog.TopicChange{Thread: new(tenants.ThreadID(0)), Anew: new(true)}})
	f.apply(1, dialog.Decision{Topic: &dialog.TopicChange{Thread: new(tenants.ThreadID(110))}})
	f.done(f.queue(incoming(4, "four"))[0], 111)

	topic := must(f.Topic(1))
	equal(t, "it is to be shown", topic.Anew, true)
	equal(t, "all", must(f.Earlier(topic, yuki, 10)), []tenants.MessageRef{fromYuki(1), fromYuki(2), fromYuki(3)})
	equal(t, "the last", must(f.Earlier(topic, yuki, 2)), []tenants.MessageRef{fromYuki(2), fromYuki(3)})

	shown := dialog.Job{
		Lane: lane(dialog.ToTitle), Connection: bot1, Chat: group, Class: dialog.ClassTitle, Origin: dialog.OfRelay, Decided: start,
		Effect: &dialog.Send{Way: dialog.Forward, Earlier: true, Parts: []dialog.Part{{Source: fromYuki(1)}, {Source: fromYuki(2)}, {Source: fromYuki(3)}}},
	}
	f.done(f.queue(shown)[0], 112, 113, 0)
	equal(t, "what could not be shown", must(f.Earlier(topic, yuki, 10)), []tenants.MessageRef{fromYuki(3)})
	equal(t, "theirs", must(f.LinkByClient(bot1, fromYuki(1))).Topic, inGroup(112))
	equal(t, "the copy of ours", must(f.LinkByTopic(inGroup(113))).Client, fromYuki(2))
	equal(t, "is ours", must(f.LinkByTopic(inGroup(113))).Ours, true)
	equal(t, "the old one is found by itself", must(f.LinkByTopic(inGroup(101))).Client, fromYuki(1))
	reply := incoming(5, "five")
	reply.Effect.(*dialog.Send).Reply = dialog.Reply{Of: fromYuki(1)}
	equal(t, "a reply goes to the copy", f.try(f.queue(reply)[0], start).ReplyTo, tenants.MessageID(112))
}

// TestEarlierOfNoTopic: what was said before makes no topic.
func TestEarlierOfNoTopic(t *testing.T) {
	f := open(t)
	f.client()
	f.apply(1, dialog.Decision{Topic: &dialog.TopicChange{Thread: new(tenants.ThreadID(0))}})
	shown := dialog.Job{
		Lane: lane(dialog.ToTitle), Connection: bot1, Chat: group, Class: dialog.ClassTitle, Origin: dialog.OfRelay, Decided: start,
		Effect: &dialog.Send{Way: dialog.Forward, Earlier: true, Parts: []dialog.Part{{Source: fromYuki(1)}}},
	}
	id := f.queue(shown)[0]
	equal(t, "why", f.try(id, start).Why, store.Moot)
	f.write(func(tx *store.Tx) error { return tx.Retire(id) })
}
