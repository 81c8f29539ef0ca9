//go:build mtproto

package mtproto

import (
	"sync"

	"github.com/gotd/td/tg"

	"topicdesk/tenants"
)

// sent are the messages that send keys became, as far as Telegram told lately:
// in the answer to a call, or in a difference (updateMessageID). It answers a
// repeated call whose first answer was lost. It is in memory only: what it has
// forgotten is done all the same, with a message of unknown number.
type sent struct {
	mu    sync.Mutex
	made  map[tenants.SendKey]tenants.MessageID
	order []tenants.SendKey
}

// sentLimit is how many are remembered.
const sentLimit = 4096

func (s *sent) learn(key tenants.SendKey, id tenants.MessageID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.made == nil {
		s.made = map[tenants.SendKey]tenants.MessageID{}
	}
	if _, known := s.made[key]; !known {
		s.order = append(s.order, key)
	}
	s.made[key] = id
	if len(s.order) > sentLimit {
		delete(s.made, s.order[0])
		s.order = s.order[1:]
	}
}

// of are the messages of some keys, 0 for one that is not known; nil if none is.
func (s *sent) of(keys []tenants.SendKey) []tenants.MessageID {
	s.mu.Lock()
	defer s.mu.Unlock()
	ids, known := make([]tenants.MessageID, len(keys)), false
	for i, key := range keys {
		ids[i] = s.made[key]
		known = known || ids[i] != 0
	}
	if !known {
		return nil
	}
	return ids
}

// keysOf are the send keys of the parts of one call (MTProto random_id): the
// first is the call's own, the others follow from it, so that a repeated call
// names the same.
func keysOf(key tenants.SendKey, parts int) []tenants.SendKey {
	keys := []tenants.SendKey{key}
	for i := 1; i < parts; i++ {
		keys = append(keys, mixed(key, i))
	}
	return keys
}

// mixed is a number that follows from two, spread over all 64 bits (the
// finalizer of splitmix64), never 0.
func mixed(key tenants.SendKey, i int) tenants.SendKey {
	x := uint64(key) + uint64(i)*0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	x ^= x >> 31
	if x == 0 {
		return 1
	}
	return tenants.SendKey(x)
}

func randomIDs(keys []tenants.SendKey) (ids []int64) {
	for _, key := range keys {
		ids = append(ids, int64(key))
	}
	return ids
}

// answered is what an answer to a call tells of its messages: 0 for one that was
// left out, nil if it tells of none. A short answer is that of one message.
func (g *Gateway) answered(keys []tenants.SendKey, updates tg.UpdatesClass) []tenants.MessageID {
	switch u := updates.(type) {
	case *tg.UpdateShortSentMessage:
		g.sent.learn(keys[0], tenants.MessageID(u.ID))
	case *tg.Updates:
		g.told(u.Updates, g.cast(u.Users, u.Chats))
	case *tg.UpdatesCombined:
		g.told(u.Updates, g.cast(u.Users, u.Chats))
	}
	return g.sent.of(keys)
}

// told notes what an answer to an own call tells. What bots write does not come
// back to them, but service messages do, and nobody will knock for those.
func (g *Gateway) told(updates []tg.UpdateClass, with cast) {
	g.peers.meet(with)
	var boxes asked
	for _, update := range updates {
		switch u := update.(type) {
		case *tg.UpdateMessageID:
			g.sent.learn(tenants.SendKey(u.RandomID), tenants.MessageID(u.ID))
		case *tg.UpdateNewChannelMessage:
			if _, is := u.Message.(*tg.MessageService); is {
				boxes.channel(channelOf(u.Message), begin{pts: u.Pts - u.PtsCount})
			}
		case *tg.UpdateNewMessage:
			if _, is := u.Message.(*tg.MessageService); is {
				boxes.common = true
			}
		}
	}
	g.marks.put(boxes)
}
