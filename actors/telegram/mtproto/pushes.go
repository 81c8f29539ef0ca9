//go:build mtproto

package mtproto

import (
	"context"
	"sync"

	"github.com/gotd/td/tg"

	"topicdesk/tenants"
)

// marks are what pushes left: where there is something to ask for. A push is
// only a knock; what it holds is asked for again, from the state that the
// caller has committed. So nothing is lost between gotd, which confirms a push
// when its handler returned, and the tenant's file, and there are no gaps to
// close. Only what is in no box, as the press of a button, is kept from its push.
type marks struct {
	mu     sync.Mutex
	wake   chan struct{} // closed and renewed when something was marked
	boxes  asked         // all after a new connection
	single []single      // not confirmed yet
	before int           // how many are
}

// single is an update that came by push alone.
type single struct {
	update tg.UpdateClass
	cast   cast
}

func (s single) answer() answer { return answer{updates: []tg.UpdateClass{s.update}, cast: s.cast} }

// asked is what a Receive has to ask for.
type asked struct {
	all, common bool
	channels    map[int64]begin
}

// begin is where to begin a channel's box that the state does not know.
type begin struct {
	pts int
	// guessed: the pts lies somewhere before, and what is older than the state
	// was there before the login.
	guessed bool
}

func (a *asked) nothing() bool { return !a.all && !a.common && len(a.channels) == 0 }

// add joins what is to be asked.
func (a *asked) add(b asked) {
	a.all, a.common = a.all || b.all, a.common || b.common
	for id, from := range b.channels {
		a.channel(id, from)
	}
}

func (a *asked) channel(id int64, from begin) {
	if a.channels == nil {
		a.channels = map[int64]begin{}
	}
	known, is := a.channels[id]
	if !is || known.guessed && !from.guessed || known.guessed == from.guessed && from.pts < known.pts {
		a.channels[id] = from
	}
}

// tooLong is where to begin the box of a channel of which Telegram says only
// that something is new; pts is the newest, 0 if it does not say.
func tooLong(pts int) begin { return begin{max(1, pts-baseline), true} }

// rouse ends the waiting of Receive. The marks are locked.
func (m *marks) rouse() {
	close(m.wake)
	m.wake = make(chan struct{})
}

// put marks boxes: those of a new connection, of an own call, or what could
// not be asked for.
func (m *marks) put(boxes asked) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.boxes.add(boxes)
	if !boxes.nothing() {
		m.rouse()
	}
}

// take is what is marked, and how the next mark shows; the marks are off.
func (m *marks) take() (asked, <-chan struct{}) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := m.boxes
	m.boxes = asked{}
	return out, m.wake
}

// confirm forgets the single updates that a committed state holds, and returns
// the others with the number of the last.
func (m *marks) confirm(s state, life int64) (waiting []single, upTo int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s.Life == life {
		for m.before < s.Pushes && len(m.single) > 0 {
			m.before, m.single = m.before+1, m.single[1:]
		}
	}
	return append([]single(nil), m.single...), m.before + len(m.single)
}

// pushed takes what Telegram sends by itself. gotd calls it for several at a
// time, in no order.
func (g *Gateway) pushed(_ context.Context, updates tg.UpdatesClass) error {
	m := &g.marks
	m.mu.Lock()
	defer m.mu.Unlock()
	switch u := updates.(type) {
	case *tg.Updates:
		g.mark(u.Updates, g.cast(u.Users, u.Chats))
	case *tg.UpdatesCombined:
		g.mark(u.Updates, g.cast(u.Users, u.Chats))
	case *tg.UpdateShort:
		g.mark([]tg.UpdateClass{u.Update}, cast{})
	default: // too long, or a form without the people in it
		m.boxes.common = true
	}
	m.rouse()
	return nil
}

// mark notes what a push is about. The marks are locked.
func (g *Gateway) mark(updates []tg.UpdateClass, with cast) {
	boxes := &g.marks.boxes
	g.peers.meet(with)
	for _, update := range updates {
		switch u := update.(type) {
		case *tg.UpdateBotCallbackQuery, *tg.UpdateMessagePoll:
			g.marks.single = append(g.marks.single, single{update, with})
		case *tg.UpdateNewChannelMessage:
			boxes.channel(channelOf(u.Message), begin{pts: u.Pts - u.PtsCount})
		case *tg.UpdateEditChannelMessage:
			boxes.channel(channelOf(u.Message), begin{pts: u.Pts - u.PtsCount})
		case *tg.UpdateDeleteChannelMessages:
			boxes.channel(u.ChannelID, begin{pts: u.Pts - u.PtsCount})
		case *tg.UpdateChannelTooLong:
			boxes.channel(u.ChannelID, tooLong(u.Pts))
		case *tg.UpdateMessageID:
			g.sent.learn(tenants.SendKey(u.RandomID), tenants.MessageID(u.ID))
		case *tg.UpdateUserStatus, *tg.UpdateUserTyping, *tg.UpdateChatUserTyping, *tg.UpdateChannelUserTyping:
		default:
			boxes.common = true
		}
	}
}

// channelOf is the channel of a message in one, 0 for others.
func channelOf(m tg.MessageClass) int64 {
	if full, is := m.AsNotEmpty(); is {
		if peer, is := full.GetPeerID().(*tg.PeerChannel); is {
			return peer.ChannelID
		}
	}
	return 0
}
