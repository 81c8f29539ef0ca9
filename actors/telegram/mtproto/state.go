//go:build mtproto

package mtproto

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"

	"github.com/gotd/td/tg"
)

// state is the receive state: up to where the login's updates were brought
// (core.telegram.org/api/updates). The tenant's file keeps it, as JSON; there
// are no access hashes in it, since a bot needs none (peers.go).
type state struct {
	// Of the common box: private chats, basic groups, and what is about the
	// login itself.
	Pts  int `json:"pts"`
	Qts  int `json:"qts"`
	Date int `json:"date"`
	Seq  int `json:"seq"`
	// Channels are the boxes of supergroups and channels, by Telegram's own id.
	Channels map[int64]int `json:"channels,omitempty"`

	// Life and Pushes count what came in no box, but pushed once (pushes.go).
	Life   int64 `json:"life"`
	Pushes int   `json:"pushes"`
}

func decodeState(raw []byte) (state, error) {
	var s state
	if err := json.Unmarshal(raw, &s); err != nil {
		return state{}, fmt.Errorf("receive state: %w", err)
	}
	if s.Pts <= 0 || s.Date <= 0 {
		return state{}, errors.New("receive state: not one of MTProto")
	}
	return s, nil
}

func (s state) encode() []byte {
	raw, err := json.Marshal(s)
	if err != nil {
		panic(fmt.Sprintf("mtproto: encode the receive state: %v", err))
	}
	return raw
}

// clone is a state that may be changed.
func (s state) clone() state {
	s.Channels = maps.Clone(s.Channels)
	if s.Channels == nil {
		s.Channels = map[int64]int{}
	}
	return s
}

// common takes over what Telegram says of the common box.
func (s *state) common(t tg.UpdatesState) {
	s.Pts, s.Qts, s.Date, s.Seq = t.Pts, t.Qts, t.Date, t.Seq
}

// newLife is a number that no other Gateway has.
func newLife() int64 {
	var raw [8]byte
	if _, err := rand.Read(raw[:]); err != nil {
		panic(fmt.Sprintf("mtproto: no randomness: %v", err))
	}
	return int64(binary.BigEndian.Uint64(raw[:]) >> 1)
}
