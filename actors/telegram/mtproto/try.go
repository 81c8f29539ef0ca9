//go:build mtproto

package mtproto

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	port "topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// errUnsendable is content that can't be sent anew by any request.
var errUnsendable = errors.New("this content can't be sent anew")

// try is one call on its way.
type try struct {
	*Gateway
	ctx    context.Context
	api    *tg.Client
	key    tenants.SendKey
	method string // asked last
}

// Try does one call. It asks more than once only where Telegram has just said
// that it did nothing (a reply to what is gone), or that the key was used
// before; gotd itself may repeat a request over a new connection if the old one
// ended before Telegram had confirmed it, which the key makes harmless.
func (g *Gateway) Try(ctx context.Context, key tenants.SendKey, call port.Call) tenants.Outcome {
	if key == 0 {
		panic("mtproto: a try without a send key")
	}
	ctx, cancel := context.WithTimeout(ctx, g.timeout(call))
	defer cancel()
	if err := ctx.Err(); err != nil {
		return tenants.Outcome{Kind: tenants.NotSent, Why: err.Error()}
	}
	api, over := g.connected(ctx)
	if over != nil {
		return *over
	}
	t := &try{Gateway: g, ctx: ctx, api: api, key: key}
	out, err := t.do(call)
	switch {
	case errors.Is(err, errUnsendable):
		return tenants.Outcome{Kind: tenants.Refused, As: tenants.AsNote, Reason: unsendableReason(call), Why: err.Error()}
	case err != nil:
		return t.ofSource(call, t.moved(call.Target(), verdict(t.method, call.Target(), err)))
	default:
		return out
	}
}

// timeout is longer for a call that carries files.
func (g *Gateway) timeout(call port.Call) time.Duration {
	var contents []tenants.Content
	switch c := call.(type) {
	case port.SendContent:
		contents = []tenants.Content{c.Content}
	case port.SendAlbum:
		contents = c.Contents
	case port.EditContent:
		contents = []tenants.Content{c.Content}
	}
	for _, c := range contents {
		if c.File != nil && c.File.Anew {
			return max(streamTimeout, g.options.CallTimeout)
		}
	}
	return g.options.CallTimeout
}

// unsendableReason is why content can't be sent: a file that is not to be used,
// or a kind that nobody can send.
func unsendableReason(call port.Call) tenants.Reason {
	if send, is := call.(port.SendContent); is && send.Content.File == nil {
		return tenants.WhyUncopyable
	}
	return tenants.WhyFile
}

func (t *try) do(call port.Call) (tenants.Outcome, error) {
	switch call := call.(type) {
	case port.SendContent:
		return t.sendContent(call.To, call.Content)
	case port.SendAlbum:
		return t.sendAlbum(call.To, call.Contents)
	case port.CopyMessage:
		return t.copy(call.To, []tenants.MessageRef{call.From})
	case port.CopyAlbum:
		return t.copy(call.To, call.From)
	case port.ForwardMessage:
		return t.forward(call.To, []tenants.MessageRef{call.From}, false)
	case port.ForwardAlbum:
		return t.forward(call.To, call.From, false)
	case port.EditContent:
		return t.edit(call)
	case port.Probe: // what is sent twice with one key is there once: nobody asks
		return tenants.Outcome{}, errUnsendable
	case port.DeleteMessages:
		return tenants.Outcome{}, t.remove(call)
	case port.SetReaction:
		return t.react(call)
	case port.OpenTopic:
		return t.openTopic(call)
	case port.RenameTopic:
		request := &tg.MessagesEditForumTopicRequest{Peer: t.peers.input(call.Chat), TopicID: int(call.Thread)}
		request.SetTitle(call.Title)
		return tenants.Outcome{}, t.editTopic(request)
	case port.SetTopicOpen:
		request := &tg.MessagesEditForumTopicRequest{Peer: t.peers.input(call.Chat), TopicID: int(call.Thread)}
		request.SetClosed(!call.Open)
		return tenants.Outcome{}, t.editTopic(request)
	case port.AnswerPress:
		return tenants.Outcome{}, t.answerPress(call)
	default:
		panic(fmt.Sprintf("mtproto: unknown call %T", call))
	}
}

// sends does a request that makes messages, one for each key. The reply is left
// out if what is replied to is gone: the first request made nothing then.
func (t *try) sends(to port.To, keys []tenants.SendKey, request func(tg.InputReplyToClass) (tg.UpdatesClass, error)) (tenants.Outcome, error) {
	updates, err := request(t.reply(to))
	if to.ReplyTo != 0 && tgerr.Is(err, replyGone...) {
		to.ReplyTo, to.Quote = 0, nil
		updates, err = request(t.reply(to))
	}
	if tgerr.Is(err, "RANDOM_ID_DUPLICATE") {
		return tenants.Outcome{Made: t.recall(to.Chat, keys)}, nil
	}
	if to.Thread != 0 && tgerr.Is(err, replyGone...) { // nothing but the topic's first is left
		return tenants.Outcome{Kind: tenants.Gone, Gone: tenants.GoneTopic, Why: tidy(t.method, err)}, nil
	}
	if err != nil {
		return tenants.Outcome{}, err
	}
	return tenants.Outcome{Made: t.answered(keys, updates), Poll: pollOf(updates)}, nil
}

// recall finds the messages of keys that Telegram has seen before: an earlier
// try was done and its answer lost. If nobody told since, the difference since
// the last batch does. nil: done, but as which message is not to be learnt.
func (t *try) recall(chat tenants.ChatID, keys []tenants.SendKey) []tenants.MessageID {
	if ids := t.sent.of(keys); ids != nil {
		return whole(ids)
	}
	s, err := decodeState([]byte(t.latest().state))
	if err != nil { // nothing was received yet
		return nil
	}
	var updates []tg.UpdateClass
	if id := channelID(chat); id != 0 {
		d, err := t.channelDifference(t.ctx, t.api, id, s, tooLong(s.Channels[id]))
		if err != nil {
			return nil
		}
		updates = d.updates
	} else {
		d, err := t.commonDifference(t.ctx, t.api, s)
		if err != nil {
			return nil
		}
		updates = d.updates
	}
	t.told(updates, cast{})
	return whole(t.sent.of(keys))
}

// whole is nil if one is not known: it may be there all the same.
func whole(ids []tenants.MessageID) []tenants.MessageID {
	if slices.Contains(ids, 0) {
		return nil
	}
	return ids
}

// replyGone are refusals because of what is replied to.
var replyGone = []string{"REPLY_MESSAGE_ID_INVALID", "REPLY_TO_INVALID"}

// reply names the answered message and the topic; a message in a topic that
// answers nothing answers the topic's first.
func (t *try) reply(to port.To) tg.InputReplyToClass {
	switch {
	case to.ReplyTo != 0:
		out := &tg.InputReplyToMessage{ReplyToMsgID: int(to.ReplyTo), TopMsgID: int(to.Thread)}
		if to.Quote != nil {
			out.QuoteText, out.QuoteEntities = to.Quote.Text.Text, t.peers.entities(to.Quote.Text)
			out.SetQuoteOffset(to.Quote.Position)
		}
		return out
	case to.Thread != 0:
		return &tg.InputReplyToMessage{ReplyToMsgID: int(to.Thread)}
	default:
		return nil
	}
}

// keyboard is one button a row, nil without any.
func keyboard(buttons []port.Button) tg.ReplyMarkupClass {
	if len(buttons) == 0 {
		return nil
	}
	out := &tg.ReplyInlineMarkup{}
	for _, b := range buttons {
		var button tg.KeyboardButtonClass = &tg.KeyboardButtonCallback{Text: b.Text, Data: []byte(b.Data)}
		if b.URL != "" {
			button = &tg.KeyboardButtonURL{Text: b.Text, URL: b.URL}
		}
		out.Rows = append(out.Rows, tg.KeyboardButtonRow{Buttons: []tg.KeyboardButtonClass{button}})
	}
	return out
}

func (t *try) remove(call port.DeleteMessages) (err error) {
	var ids []int
	for _, id := range call.Messages {
		ids = append(ids, int(id))
	}
	if id := channelID(call.Chat); id != 0 {
		t.method = "channels.deleteMessages"
		_, err = t.api.ChannelsDeleteMessages(t.ctx, &tg.ChannelsDeleteMessagesRequest{Channel: t.peers.channel(id), ID: ids})
		return err
	}
	t.method = "messages.deleteMessages"
	_, err = t.api.MessagesDeleteMessages(t.ctx, &tg.MessagesDeleteMessagesRequest{Revoke: true, ID: ids})
	return err
}

// openTopic makes a topic; its id is that of the service message.
func (t *try) openTopic(call port.OpenTopic) (tenants.Outcome, error) {
	t.method = "messages.createForumTopic"
	request := &tg.MessagesCreateForumTopicRequest{
		Peer: t.peers.input(call.Chat), Title: call.Title, IconColor: call.Color, RandomID: int64(t.key),
	}
	out, err := t.sends(port.To{Chat: call.Chat}, keysOf(t.key, 1), func(tg.InputReplyToClass) (tg.UpdatesClass, error) {
		return t.api.MessagesCreateForumTopic(t.ctx, request)
	})
	if err != nil {
		return tenants.Outcome{}, err
	}
	if len(out.Made) == 0 {
		return tenants.Outcome{Kind: tenants.Unsure, Why: "the topic was made before, and Telegram no longer tells which it is"}, nil
	}
	return tenants.Outcome{Thread: tenants.ThreadID(out.Made[0])}, nil
}

func (t *try) editTopic(request *tg.MessagesEditForumTopicRequest) error {
	t.method = "messages.editForumTopic"
	updates, err := t.api.MessagesEditForumTopic(t.ctx, request)
	if err == nil {
		t.answered(nil, updates)
	}
	return err
}

func (t *try) answerPress(call port.AnswerPress) error {
	t.method = "messages.setBotCallbackAnswer"
	query, err := strconv.ParseInt(call.Query, 10, 64)
	if err != nil {
		return errors.New("not a query of MTProto")
	}
	_, err = t.api.MessagesSetBotCallbackAnswer(t.ctx, &tg.MessagesSetBotCallbackAnswerRequest{QueryID: query, Message: call.Text})
	return err
}
