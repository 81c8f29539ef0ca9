package calls_test

import (
	"reflect"
	"testing"

	"topicdesk/actors/telegram"
	"topicdesk/actors/tenant/calls"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// TestOf: a call goes to the thread of its side, says the words that were decided, and
// copies only what the login that tries can see.
func TestOf(t *testing.T) {
	content := func(words string) tenants.Content {
		return tenants.Content{Kind: tenants.KindText, Text: tenants.Plain(words)}
	}
	part := func(id tenants.MessageID, words string) dialog.Part {
		return dialog.Part{Source: tenants.MessageRef{Chat: 5, ID: id}, Content: content(words)}
	}
	one, two := []dialog.Part{part(1, "one")}, []dialog.Part{part(1, "one"), part(2, "two")}
	from := []tenants.MessageRef{{Chat: 5, ID: 1}, {Chat: 5, ID: 2}}
	quote, whole := &tenants.Quote{}, content("• one\n• two")
	whole.NoPreview = true
	topic, client := dialog.Lane{Dialog: 1, Side: dialog.ToTopic}, dialog.Lane{Dialog: 1, Side: dialog.ToClient}
	to := telegram.To{Chat: -9, Thread: 7}
	for what, test := range map[string]struct {
		lane   dialog.Lane
		effect dialog.Effect
		try    store.Try
		helper tenants.ConnectionID
		want   telegram.Call
	}{
		"copied":           {topic, &dialog.Send{Way: dialog.Copy, Parts: one}, store.Try{}, 0, telegram.CopyMessage{To: to, From: from[0]}},
		"by a helper":      {topic, &dialog.Send{Way: dialog.Copy, Parts: one}, store.Try{}, 2, telegram.SendContent{To: to, Content: content("one")}},
		"an album, copied": {topic, &dialog.Send{Way: dialog.Copy, Parts: two}, store.Try{}, 0, telegram.CopyAlbum{To: to, From: from}},
		"forwarded":        {topic, &dialog.Send{Way: dialog.Forward, Parts: one}, store.Try{}, 0, telegram.ForwardMessage{To: to, From: from[0]}},
		"an album, forwarded": {
			topic, &dialog.Send{Way: dialog.Forward, Parts: two}, store.Try{}, 0, telegram.ForwardAlbum{To: to, From: from},
		},
		"written": {topic, &dialog.Send{Way: dialog.Write, Parts: one}, store.Try{}, 0, telegram.SendContent{To: to, Content: content("one")}},
		"an album, written": {
			topic, &dialog.Send{Way: dialog.Write, Parts: two}, store.Try{}, 0,
			telegram.SendAlbum{To: to, Contents: []tenants.Content{content("one"), content("two")}},
		},
		"joined": {
			topic, &dialog.Send{Way: dialog.Write, Joined: true, Parts: two}, store.Try{}, 0, telegram.SendContent{To: to, Content: whole},
		},
		"to a client's thread": {
			client, &dialog.Send{Way: dialog.Write, Thread: 3, Silent: true, Parts: one}, store.Try{}, 0,
			telegram.SendContent{To: telegram.To{Chat: -9, Thread: 3, Silent: true}, Content: content("one")},
		},
		"with a reply": {
			topic, &dialog.Send{Way: dialog.Write, Parts: one}, store.Try{ReplyTo: 4, Quote: quote}, 0,
			telegram.SendContent{To: telegram.To{Chat: -9, Thread: 7, ReplyTo: 4, Quote: quote}, Content: content("one")},
		},
		"no quote without a reply": {
			topic, &dialog.Send{Way: dialog.Write, Parts: one}, store.Try{Quote: quote}, 0, telegram.SendContent{To: to, Content: content("one")},
		},
		"how a poll stands": {
			topic, &dialog.Send{Way: dialog.Write, Parts: one}, store.Try{TwinOf: 8}, 0,
			telegram.EditContent{Message: tenants.MessageRef{Chat: -9, ID: 8}, Content: content("one")},
		},
		"edited": {
			topic, &dialog.Edit{New: dialog.Send{Parts: one}}, store.Try{TwinOf: 8}, 0,
			telegram.EditContent{Message: tenants.MessageRef{Chat: -9, ID: 8}, Content: content("one")},
		},
		"a part of a joined one edited": {
			topic, &dialog.Edit{New: dialog.Send{Parts: one}}, store.Try{TwinOf: 8, Whole: &whole}, 0,
			telegram.EditContent{Message: tenants.MessageRef{Chat: -9, ID: 8}, Content: whole},
		},
		"twins deleted": {
			topic, &dialog.Delete{Of: from[:1], Twins: []tenants.MessageID{8}}, store.Try{}, 0,
			telegram.DeleteMessages{Chat: -9, Messages: []tenants.MessageID{8}},
		},
		"a message deleted": {
			topic, &dialog.Delete{Message: from[0], Beside: []tenants.MessageID{2}}, store.Try{}, 0,
			telegram.DeleteMessages{Chat: 5, Messages: []tenants.MessageID{1, 2}},
		},
		"a title": {topic, &dialog.Rename{}, store.Try{Title: "Ann"}, 0, telegram.RenameTopic{Chat: -9, Thread: 7, Title: "Ann"}},
		"closed":  {topic, &dialog.SetOpen{}, store.Try{}, 0, telegram.SetTopicOpen{Chat: -9, Thread: 7}},
	} {
		test.try.Row = &store.Row{Job: dialog.Job{Lane: test.lane, Chat: -9, Effect: test.effect}, TriedBy: test.helper}
		test.try.Thread = 7
		if got := calls.Of(&test.try); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", what, got, test.want)
		}
	}
}
