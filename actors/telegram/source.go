package telegram

import (
	"fmt"

	"topicdesk/tenants"
)

// SourceInDoubt is the chat that a call reads from, if it may be what the outcome says
// is away: Telegram says so in the same words of the one that is read from and of the
// one that is written into. 0 = there is no doubt.
func SourceInDoubt(call Call, out tenants.Outcome) tenants.ChatID {
	source := sourceOf(call)
	if out.Kind != tenants.Gone || out.Gone != tenants.GoneChat && out.Gone != tenants.GoneClient || source == call.Target() {
		return 0
	}
	return source
}

// sourceOf is the chat that a call reads from, 0 = it reads from none.
func sourceOf(call Call) tenants.ChatID {
	var from []tenants.MessageRef
	switch c := call.(type) {
	case CopyMessage:
		return c.From.Chat
	case ForwardMessage:
		return c.From.Chat
	case CopyAlbum:
		from = c.From
	case ForwardAlbum:
		from = c.From
	case SendContent, SendAlbum, EditContent, Probe, DeleteMessages, SetReaction, OpenTopic, RenameTopic, SetTopicOpen, AnswerPress:
		return 0
	default:
		panic(fmt.Sprintf("telegram: unknown call %T", call))
	}
	if len(from) == 0 {
		return 0
	}
	return from[0].Chat
}
