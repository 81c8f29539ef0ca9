// Package pace decides which job may go now, or when to look again: lanes that
// stay in order, a bucket for each login in a chat, fair turns between lanes,
// pauses after a flood.
//
// A Queue is owned by one actor (a group's, or a chat's) and changed only by
// it. It holds numbers, never contents; the outbox in the tenant's file is the
// truth, and a Queue can be thrown away and filled again at any time. Nothing
// here reads a clock.
//
// Invariants: one job of a lane is under way at a time, and always its oldest;
// in no window of Rules.Window does a login start more than Rules.Tokens sends,
// measured from the answers (Telegram counts when it serves, which is between
// our call and its answer, so a token comes back one window after the answer:
// a bucket refilled at 20/min would let 39 through); what may go, goes; a lane
// waits at most one turn of all others of its rank; an album that has waited for two
// windows is the next to go.
package pace
