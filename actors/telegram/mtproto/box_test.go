//go:build mtproto

package mtproto_test

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	"topicdesk/tenants"
)

// boxes are the sequences in which Telegram counts the login's updates
// (core.telegram.org/api/updates): one common, one for each channel, and a
// second count, qts, of some that are about bots.
type boxes struct {
	seen     []byte // receive state at the Telegram in memory
	common   box
	channels map[int64]*box
	qts      []entry
}

type box struct{ log []entry }

// entry is one step of a box: a message, or another update; key is what an
// updateMessageID beside it tells.
type entry struct {
	date    int
	message tg.MessageClass
	update  tg.UpdateClass
	key     int64
}

func newBoxes() boxes { return boxes{channels: map[int64]*box{}} }

// firstPts is the pts of a box in which nothing happened.
const firstPts = 1

func (b *box) pts() int { return firstPts + len(b.log) }

// after are the entries after a pts, at most limit of them.
func (b *box) after(pts, limit int) (log []entry, upTo int) {
	log = b.log[max(0, min(pts-firstPts, len(b.log))):]
	if limit > 0 && len(log) > limit {
		log = log[:limit]
	}
	return log, max(pts, firstPts) + len(log)
}

func (c *centre) box(chat tenants.ChatID) *box {
	id := channelOf(chat)
	if id == 0 {
		return &c.common
	}
	if c.channels[id] == nil {
		c.channels[id] = &box{}
	}
	return c.channels[id]
}

// note puts an entry into the box of a chat, and returns it as an update.
func (c *centre) note(chat tenants.ChatID, e entry) tg.UpdateClass {
	b := c.box(chat)
	e.date = c.seconds
	b.log = append(b.log, e)
	pts := b.pts()
	switch u := e.update.(type) {
	case nil:
		if channelOf(chat) != 0 {
			return &tg.UpdateNewChannelMessage{Message: e.message, Pts: pts, PtsCount: 1}
		}
		return &tg.UpdateNewMessage{Message: e.message, Pts: pts, PtsCount: 1}
	case *tg.UpdateEditMessage:
		u.Pts, u.PtsCount = pts, 1
	case *tg.UpdateEditChannelMessage:
		u.Pts, u.PtsCount = pts, 1
	}
	return e.update
}

// noteQts puts an update into the second count.
func (c *centre) noteQts(set func(qts int) tg.UpdateClass) tg.UpdateClass {
	u := set(len(c.qts) + 1)
	c.qts = append(c.qts, entry{date: c.seconds, update: u})
	return u
}

// pump takes over what happened at the Telegram in memory. Without answer it is
// pushed, else it is part of the answer to the call that did it.
func (c *centre) pump(answer *[]tg.UpdateClass) {
	for {
		batch, err := c.bot.Receive(context.Background(), c.seen)
		if err != nil || len(batch.Updates) == 0 {
			return
		}
		c.seen = batch.State
		for _, one := range batch.Updates {
			update := c.updateOf(one.Event)
			switch {
			case update == nil:
			case answer != nil:
				*answer = append(*answer, update)
			default:
				c.push(c.updates(update))
			}
		}
	}
}

// updateOf writes an event into its box; nil if it is not told now.
func (c *centre) updateOf(event tenants.Event) tg.UpdateClass {
	switch e := event.(type) {
	case tenants.Posted:
		return c.note(e.Message.Chat.ID, entry{message: c.messageObject(e.Message)})
	case tenants.Edited:
		message := c.messageObject(e.Message)
		if channelOf(e.Message.Chat.ID) != 0 {
			return c.note(e.Message.Chat.ID, entry{update: &tg.UpdateEditChannelMessage{Message: message}})
		}
		return c.note(e.Message.Chat.ID, entry{update: &tg.UpdateEditMessage{Message: message}})
	case tenants.Membership:
		return c.noteQts(func(qts int) tg.UpdateClass { return c.memberUpdate(e, qts) })
	case tenants.Pressed:
		query := number(e.Query)
		c.queries[query] = true
		update := &tg.UpdateBotCallbackQuery{
			QueryID: query, UserID: int64(e.By.ID), Peer: peerObject(e.Message.Chat), MsgID: int(e.Message.ID), Data: []byte(e.Data),
		}
		return c.single(update)
	case tenants.Voted:
		return c.single(c.pollUpdate(e.Poll))
	default:
		return nil
	}
}

// single is an update that has no place in a box, by what is known.
func (c *centre) single(update tg.UpdateClass) tg.UpdateClass {
	if !c.knobs.boxed {
		return update
	}
	c.common.log = append(c.common.log, entry{date: c.seconds, update: update})
	return nil
}

// pollUpdate tells how a poll stands.
func (c *centre) pollUpdate(p tenants.Poll) tg.UpdateClass {
	media := pollObject(p)
	out := &tg.UpdateMessagePoll{PollID: media.Poll.ID, Results: media.Results}
	if c.knobs.wholePolls {
		out.SetPoll(media.Poll)
		return out
	}
	for _, m := range c.telegram.Read(c.at(tenants.ChatID(c.client))) {
		if m.Content.Poll != nil && m.Content.Poll.ID == p.ID {
			out.SetPeer(peerObject(m.Chat.ID))
			out.SetMsgID(int(m.ID))
		}
	}
	return out
}

// updates are updates with everybody who may be in them.
func (c *centre) updates(some ...tg.UpdateClass) *tg.Updates {
	return &tg.Updates{Updates: some, Users: c.userObjects(), Chats: c.chatObjects(), Date: c.seconds}
}

func (c *centre) getState(*tg.UpdatesGetStateRequest) (bin.Encoder, error) {
	return &tg.UpdatesState{Pts: c.common.pts(), Qts: len(c.qts), Date: c.seconds, Seq: 1}, nil
}

// getDifference tells of channels only that something is new.
func (c *centre) getDifference(in *tg.UpdatesGetDifferenceRequest) (bin.Encoder, error) {
	log, pts := c.common.after(in.Pts, c.knobs.slice)
	state := tg.UpdatesState{Pts: pts, Qts: len(c.qts), Date: c.seconds, Seq: 1}
	log = append(slices.Clone(log), c.qts[min(in.Qts, len(c.qts)):]...)
	messages, others := c.told(log)
	for id, b := range c.channels {
		if last := len(b.log) - 1; last >= 0 && b.log[last].date >= in.Date {
			update := &tg.UpdateChannelTooLong{ChannelID: id}
			update.SetPts(b.pts())
			others = append(others, update)
		}
	}
	switch {
	case len(messages) == 0 && len(others) == 0:
		return &tg.UpdatesDifferenceEmpty{Date: c.seconds, Seq: 1}, nil
	case pts < c.common.pts():
		return &tg.UpdatesDifferenceSlice{
			NewMessages: messages, OtherUpdates: others, Users: c.userObjects(), Chats: c.chatObjects(), IntermediateState: state,
		}, nil
	default:
		return &tg.UpdatesDifference{
			NewMessages: messages, OtherUpdates: others, Users: c.userObjects(), Chats: c.chatObjects(), State: state,
		}, nil
	}
}

func (c *centre) getChannelDifference(in *tg.UpdatesGetChannelDifferenceRequest) (bin.Encoder, error) {
	id, err := c.channelAt(in.Channel)
	if err != nil {
		return nil, err
	}
	b := c.box(channelChat(id))
	if in.Pts > b.pts() || in.Pts <= 0 {
		return nil, tgerr.New(400, "PERSISTENT_TIMESTAMP_INVALID")
	}
	log, pts := b.after(in.Pts, c.knobs.slice)
	if len(log) == 0 {
		return &tg.UpdatesChannelDifferenceEmpty{Final: true, Pts: pts}, nil
	}
	messages, others := c.told(log)
	return &tg.UpdatesChannelDifference{
		Final: pts == b.pts(), Pts: pts, NewMessages: messages, OtherUpdates: others,
		Users: c.userObjects(), Chats: c.chatObjects(),
	}, nil
}

// told are entries as a difference has them.
func (c *centre) told(log []entry) (messages []tg.MessageClass, others []tg.UpdateClass) {
	for _, e := range log {
		if e.key != 0 && !c.knobs.forgetKeys {
			full, _ := e.message.AsNotEmpty()
			others = append(others, &tg.UpdateMessageID{ID: full.GetID(), RandomID: e.key})
		}
		if e.update != nil {
			others = append(others, e.update)
		} else {
			messages = append(messages, e.message)
		}
	}
	return messages, others
}

// number is the number in a name of the Telegram in memory, as file12.
func number(name string) int64 {
	digits := strings.TrimLeft(name, "abcdefghijklmnopqrstuvwxyz-")
	n, _ := strconv.ParseInt(digits, 10, 64)
	return n
}
