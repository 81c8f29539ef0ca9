package telegram

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"time"
)

// inlineMode is how a bot's owner set up its inline mode.
type inlineMode struct {
	on          bool
	placeholder string
	feedback    bool // the bot is told what people choose
}

// inlineQuery is what a person typed behind a bot's name in some chat.
type inlineQuery struct {
	bot    *bot
	person *account
	chat   int64  // as the person names it
	kind   string // of the chat, in the update's words
	text   string
	offset string
	at     time.Time
	answer *inlineAnswer // nil = none yet
}

// inlineAnswer is what a bot answered; the same question gets it again while
// it is fresh.
type inlineAnswer struct {
	results    []inlineResult
	nextOffset string
	button     *InlineButton
	fresh      time.Time
}

// inlineKey is by what Telegram knows a question again. Apps tell kinds of
// chats apart (TDLib source); what its servers do nobody has shown.
type inlineKey struct {
	bot, person        int64 // person 0 = the answer is for everybody
	text, offset, kind string
}

func (q *inlineQuery) key(person int64) inlineKey {
	return inlineKey{q.bot.me.id, person, strings.TrimSpace(q.text), q.offset, q.kind}
}

// shownFor is how long what an app has shown can be chosen at least; how long
// Telegram remembers it nobody has shown.
const shownFor = time.Hour

// Limits of inline mode (Bot API docs).
const (
	maxInlineQuery   = 256 // characters
	maxInlineResults = 50
	maxResultID      = 64 // bytes
	maxNextOffset    = 64 // bytes
	maxStart         = 64 // characters
	inlineCache      = 300
	maxInlineCache   = 24 * 60 * 60 // s (Bot API server source)
)

// cachedInline finds the fresh answer to the same question, nil = none.
func (w *World) cachedInline(q *inlineQuery) *inlineAnswer {
	for _, person := range []int64{q.person.id, 0} {
		if a := w.inline.cache[q.key(person)]; a != nil && w.now.Before(a.fresh) {
			return a
		}
	}
	return nil
}

// inlineStore is what a World remembers of inline mode.
type inlineStore struct {
	queries  map[string]*inlineQuery
	cache    map[inlineKey]*inlineAnswer
	messages map[string]*message // by inline_message_id
	asked    sweep               // of queries
	sent     sweep               // of messages
}

func newInlineStore() inlineStore {
	return inlineStore{queries: map[string]*inlineQuery{}, cache: map[inlineKey]*inlineAnswer{}, messages: map[string]*message{}}
}

// forgetInline forgets questions whose answers no app shows any more.
func (w *World) forgetInline() {
	s := &w.inline
	if !s.asked.due(len(s.queries)) {
		return
	}
	for id, q := range s.queries {
		if w.now.Sub(q.at) > shownFor {
			delete(s.queries, id)
		}
	}
	for key, a := range s.cache {
		if !w.now.Before(a.fresh) {
			delete(s.cache, key)
		}
	}
	s.asked.done(len(s.queries))
}

// nameInline gives a message the name by which its bot can edit it.
func (w *World) nameInline(m *message) {
	w.forgetInlineMessages()
	var raw [inlineIDLen]byte
	binary.LittleEndian.PutUint32(raw[0:], 2) // the data centre
	binary.LittleEndian.PutUint64(raw[4:], uint64(m.author.id))
	binary.LittleEndian.PutUint32(raw[12:], uint32(m.idFor(m.author)))
	binary.LittleEndian.PutUint64(raw[16:], w.rnd.Uint64())
	id := base64.RawURLEncoding.EncodeToString(raw[:])
	m.own().inlineID = id
	w.inline.messages[id] = m
}

// Lengths of an inline_message_id's bytes, the present one and the former
// (TDLib source).
const (
	inlineIDLen    = 24
	oldInlineIDLen = 20
)

// maxDC is the highest number of a data centre (TDLib source).
const maxDC = 1000

// wellFormedInline says whether an inline_message_id could be one.
func wellFormedInline(id string) bool {
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(id, "="))
	if err != nil || len(raw) != inlineIDLen && len(raw) != oldInlineIDLen {
		return false
	}
	dc := int32(binary.LittleEndian.Uint32(raw))
	return dc >= 1 && dc <= maxDC
}

// inlineMessage finds the message that the bot's inline_message_id names, nil
// = there is none (any more).
func (w *World) inlineMessage(b *bot, id string) *message {
	m := w.inline.messages[id]
	if m == nil || m.viaBot != b.me || !w.stands(m) {
		return nil
	}
	return m
}

// stands says whether a message can still be found in its chat.
func (w *World) stands(m *message) bool {
	return w.messageOf(m.author, m.chat, m.idFor(m.author)) == m
}

func (w *World) forgetInlineMessages() {
	s := &w.inline
	if !s.sent.due(len(s.messages)) {
		return
	}
	for id, m := range s.messages {
		if !w.stands(m) {
			delete(s.messages, id)
		}
	}
	s.sent.done(len(s.messages))
}
