package botapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/mymmrac/telego"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// request is a call as the Bot API wants it, and how to read its result. Of a
// result only the ids are read: what else is in it may be newer than telego.
type request struct {
	method string
	params any
	read   func(result json.RawMessage, out *tenants.Outcome) error
}

// errUnsendable is a call that the Bot API has no method for.
var errUnsendable = errors.New("the Bot API has no method for it")

// Try makes one call, once. key has no use here: the Bot API can't tell that
// a send is repeated.
func (g *Gateway) Try(ctx context.Context, _ tenants.SendKey, call telegram.Call) tenants.Outcome {
	probe, is := call.(telegram.Probe)
	if !is {
		return g.try(ctx, call)
	}
	out := g.probe(ctx, probe)
	if out.Probed.Is != tenants.NotProbed {
		out.Probed.ID = probe.Message.ID
	}
	return out
}

func (g *Gateway) try(ctx context.Context, call telegram.Call) tenants.Outcome {
	if c, is := call.(telegram.SetReaction); is && c.Custom != "" {
		plain, outcome := g.plainEmoji(ctx, c)
		if plain == "" {
			return outcome
		}
		call = telegram.SetReaction{Message: c.Message, Emoji: plain}
	}
	r, err := plan(call)
	if err != nil {
		return tenants.Outcome{Kind: tenants.Refused, As: tenants.AsNote, Reason: tenants.WhyUncopyable, Why: err.Error()}
	}
	var result json.RawMessage
	if files := anew(call); len(files) > 0 {
		streamed, failed := g.stream(ctx, call.Target(), r, files)
		if failed != nil {
			return *failed
		}
		result = streamed
	} else if result, err = g.invoke(ctx, g.callTimeout, r.method, r.params); err != nil {
		return g.ofSource(ctx, call, g.verdict(r.method, call.Target(), err))
	}
	out := tenants.Outcome{Kind: tenants.Done}
	if err := r.read(result, &out); err != nil {
		return tenants.Outcome{Kind: tenants.Unsure, Why: r.method + ": done, but the answer can't be read"}
	}
	return out
}

// plan makes the request for a call. The error is errUnsendable.
func plan(call telegram.Call) (request, error) {
	switch c := call.(type) {
	case telegram.SendContent:
		return sendContent(c)
	case telegram.SendAlbum:
		return sendAlbum(c)
	case telegram.CopyMessage:
		return copyMessage(c), nil
	case telegram.ForwardMessage:
		return forwardMessage(c), nil
	case telegram.CopyAlbum:
		return copyAlbum(c), nil
	case telegram.ForwardAlbum:
		return forwardAlbum(c), nil
	case telegram.EditContent:
		return editContent(c)
	case telegram.Probe:
		return request{"editMessageReplyMarkup", telego.EditMessageReplyMarkupParams{
			ChatID: chatID(c.Message.Chat), MessageID: int(c.Message.ID), ReplyMarkup: keyboard(c.Buttons),
		}, readChanged}, nil
	case telegram.DeleteMessages:
		return deleteMessages(c), nil
	case telegram.SetReaction:
		return setReaction(c), nil
	case telegram.OpenTopic:
		return request{"createForumTopic", telego.CreateForumTopicParams{
			ChatID: chatID(c.Chat), Name: c.Title, IconColor: c.Color,
		}, readTopic}, nil
	case telegram.RenameTopic:
		return request{"editForumTopic", telego.EditForumTopicParams{
			ChatID: chatID(c.Chat), MessageThreadID: int(c.Thread), Name: c.Title,
		}, readNothing}, nil
	case telegram.SetTopicOpen:
		return setTopicOpen(c), nil
	case telegram.AnswerPress:
		return request{"answerCallbackQuery", telego.AnswerCallbackQueryParams{
			CallbackQueryID: c.Query, Text: c.Text,
		}, readNothing}, nil
	default:
		panic(fmt.Sprintf("botapi: unknown call %T", call))
	}
}

func copyMessage(c telegram.CopyMessage) request {
	return request{"copyMessage", telego.CopyMessageParams{
		ChatID: chatID(c.Chat), MessageThreadID: int(c.Thread),
		FromChatID: chatID(c.From.Chat), MessageID: int(c.From.ID),
		DisableNotification: c.Silent, ReplyParameters: reply(c.To), ReplyMarkup: replyMarkup(c.Buttons),
	}, readMade}
}

// forwardMessage forwards; the Bot API gives a forward no reply and no buttons.
func forwardMessage(c telegram.ForwardMessage) request {
	return request{"forwardMessage", telego.ForwardMessageParams{
		ChatID: chatID(c.Chat), MessageThreadID: int(c.Thread),
		FromChatID: chatID(c.From.Chat), MessageID: int(c.From.ID), DisableNotification: c.Silent,
	}, readMade}
}

func setTopicOpen(c telegram.SetTopicOpen) request {
	id, thread := chatID(c.Chat), int(c.Thread)
	if c.Open {
		return request{"reopenForumTopic", telego.ReopenForumTopicParams{ChatID: id, MessageThreadID: thread}, readNothing}
	}
	return request{"closeForumTopic", telego.CloseForumTopicParams{ChatID: id, MessageThreadID: thread}, readNothing}
}

// copyAlbum keeps the group together. The Bot API's copyMessages takes no reply
// and no buttons, so they are lost.
func copyAlbum(c telegram.CopyAlbum) request {
	from, ids := batch(c.From)
	return request{"copyMessages", telego.CopyMessagesParams{
		ChatID: chatID(c.Chat), MessageThreadID: int(c.Thread), DisableNotification: c.Silent,
		FromChatID: from, MessageIDs: ids,
	}, readCopies(len(ids))}
}

// forwardAlbum is copyAlbum for forwards.
func forwardAlbum(c telegram.ForwardAlbum) request {
	from, ids := batch(c.From)
	return request{"forwardMessages", telego.ForwardMessagesParams{
		ChatID: chatID(c.Chat), MessageThreadID: int(c.Thread), DisableNotification: c.Silent,
		FromChatID: from, MessageIDs: ids,
	}, readCopies(len(ids))}
}

// batch is where messages of one chat come from.
func batch(refs []tenants.MessageRef) (from telego.ChatID, ids []int) {
	for _, ref := range refs {
		from = chatID(ref.Chat)
		ids = append(ids, int(ref.ID))
	}
	return from, ids
}

// deleteMessages uses the method for one message where it can: only that one
// tells that the message is gone (Bot API server source).
func deleteMessages(c telegram.DeleteMessages) request {
	if len(c.Messages) == 1 {
		return request{"deleteMessage", telego.DeleteMessageParams{
			ChatID: chatID(c.Chat), MessageID: int(c.Messages[0]),
		}, readNothing}
	}
	params := telego.DeleteMessagesParams{ChatID: chatID(c.Chat)}
	for _, id := range c.Messages {
		params.MessageIDs = append(params.MessageIDs, int(id))
	}
	return request{"deleteMessages", params, readNothing}
}

func setReaction(c telegram.SetReaction) request {
	params := telego.SetMessageReactionParams{ChatID: chatID(c.Message.Chat), MessageID: int(c.Message.ID)}
	if c.Emoji != "" {
		params.Reaction = []telego.ReactionType{&telego.ReactionTypeEmoji{Type: telego.ReactionEmoji, Emoji: c.Emoji}}
	}
	return request{"setMessageReaction", params, readNothing}
}

// made is the part of Message and MessageId that is read. The id may be 0:
// Telegram made a scheduled message of it (Bot API MessageId).
type made struct {
	ID *tenants.MessageID `json:"message_id"`
}

func readNothing(json.RawMessage, *tenants.Outcome) error { return nil }

func readMade(result json.RawMessage, out *tenants.Outcome) error {
	ids, err := madeOf(append(append([]byte{'['}, result...), ']'))
	out.Made = ids
	return err
}

func readAlbum(result json.RawMessage, out *tenants.Outcome) error {
	ids, err := madeOf(result)
	out.Made = ids
	return err
}

// readCopies reads the ids of copied or forwarded messages. Parts that could not
// be are left out without being named (Bot API docs), so no id has its source then.
func readCopies(asked int) func(json.RawMessage, *tenants.Outcome) error {
	return func(result json.RawMessage, out *tenants.Outcome) error {
		ids, err := madeOf(result)
		switch {
		case err != nil:
			return err
		case len(ids) == asked:
			out.Made = ids
		default:
			out.Short, out.Strays = true, ids
			out.Why = fmt.Sprintf("%d of %d made, not said which", len(ids), asked)
		}
		return nil
	}
}

func madeOf(list []byte) ([]tenants.MessageID, error) {
	var parts []made
	if err := json.Unmarshal(list, &parts); err != nil {
		return nil, err
	}
	ids := make([]tenants.MessageID, len(parts))
	for i, part := range parts {
		if part.ID == nil {
			return nil, errors.New("no message_id")
		}
		ids[i] = *part.ID
	}
	return ids, nil
}

func readTopic(result json.RawMessage, out *tenants.Outcome) error {
	var topic struct {
		ID tenants.ThreadID `json:"message_thread_id"`
	}
	if err := json.Unmarshal(result, &topic); err != nil {
		return err
	}
	if topic.ID == 0 {
		return errors.New("no message_thread_id")
	}
	out.Thread = topic.ID
	return nil
}

// readChanged reads a message of which a probe has changed the buttons.
func readChanged(result json.RawMessage, out *tenants.Outcome) error {
	out.Probed.Is = tenants.Changed
	if m, err := decodeMessage(0, result); err == nil {
		out.Content, out.Thread = &m.Content, m.Thread
	}
	return nil
}

// readEdited reads the edited message. If only it can't be read, the edit is
// done all the same.
func readEdited(result json.RawMessage, out *tenants.Outcome) error {
	if m, err := decodeMessage(0, result); err == nil {
		out.Content = &m.Content
	}
	return nil
}
