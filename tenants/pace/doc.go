// Package pace decides which job may go now, or when to look again: lanes that
// stay in order, a bucket for each login in a chat, fair turns between lanes,
// pauses after a flood.
//
// A Queue is owned by one actor (a group's, or a chat's) and changed only by
// it. It holds numbers, never contents; the outbox in the tenant's file is the
// truth, and a Queue can be thrown away and filled again at any time. Nothing
// here reads a clock.
//
// Invariants. One job of a lane is under way at a time, whoever does it, and always
// its oldest. In no window of Rules.Window does Telegram count more than Rules.Tokens
// sends of a login: it counts when it serves, which is between our call and its
// answer, so a token comes back one window after the answer (a bucket refilled at
// 20/min would let 39 through). What is urgent (operators' answers, the first that a
// client says after a quiet minute) goes as soon as there is a token; the rest is
// spread (purse), so that one is there for it within a step of Window/Tokens, from the
// first second of a flood on. No token is kept for anybody for good, so that a
// backlog uses all of them: a reserve of three would be three in twenty lost.
// A new client costs two tokens, so of many at once only some are urgent, and the others
// spread with what they say first (inWave).
// While a lane waits, no other of its rank goes twice, but what is said first in a topic
// follows its making. A note goes as what follows it in
// its lane, which it would hold back. Whatever its class, what has
// waited for two windows takes turns with clients' messages, after four it is urgent,
// and an album goes within three, or four if answers are late.
//
// Where Telegram holds back what these rules allow, a login gets fewer tokens for
// that chat, and gets them back one by one while nothing is held back (Flooded).
package pace
