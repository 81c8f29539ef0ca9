// Package reckon finds out whether a send arrived of which the answer was lost:
// by the numbers of the messages.
//
// A supergroup numbers its messages in one sequence; the private chats and basic
// groups of a login share one of that login (TDLib source; Bot API docs,
// Message.message_id). What the try made is above the highest number known as it
// began. When the call can't go on any more, each number above that is asked
// about, if nothing known has it: a login may give buttons only to what it sent
// itself, so it is told whether the message is its own, without changing it if
// the buttons are those that the message has.
//
// A wrong link is worse than a double, so: all own messages must be known but the
// unsure ones; no other send of the login into the chat may be under way while it
// is asked; where more or fewer are found than are looked for, nothing is linked.
// Where messages of another unsure send, or of one of which nobody found out, may be
// among them, each is shown, and told by its topic, its words and its file.
//
// It decides nothing but what is known. What a dialog makes of it is decided in
// package dialog; who asks Telegram, and in which order, is the tenant's actor.
package reckon
