// Package webhook owns the door through which Telegram delivers: one server for all
// bots of a node, the addresses and secrets by which they are told apart, and that
// Telegram knows them.
//
// It must never answer that an update is taken before what it caused is on disk, and
// never tell by its answers which addresses exist.
//
// Invariants: an update goes to the opening of its tenant that is there, which is woken
// for it; an opening that ends without an answer is asked again at the next one, which
// drops what it has seen. Whatever can't be taken on now, because the node is stopping,
// full, or behind, is answered so that Telegram comes again. A webhook that Telegram
// refuses is set again until it is accepted, few at a time, with few words about it.
//
// Addresses and secrets are derived from the node's key: a login has the same ones
// after every start, and nothing about them is on disk.
package webhook
