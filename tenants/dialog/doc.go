// Package dialog decides what an event causes: whether a client's message is
// relayed, what becomes of an operator's message, which status and title a
// dialog has, what follows from the outcome of a try, and what time alone
// brings (autoclose).
//
// Every decision is a pure function of values: (state, event, facts) →
// Decision. Nothing here opens a file, starts a goroutine, reads a clock or
// takes a random number; the time is Facts.Now. A decision never fails: what
// must not be done is decided too, as a note, a sign or nothing, and every drop
// leaves a trace.
//
// Three deciders share the work. The chat (client.go, answer.go, command.go,
// membership.go, ring.go, settle.go) changes the dialog and speaks to the
// client; the topic (topic.go, settletopic.go, earlier.go) decides what stays
// inside and what follows from tries in the group; the group (general.go,
// stand.go) decides General, topics that belong to nobody, and what a login may
// do there. What clients write who get no topic yet is in room.go.
//
// The team's commands have a file for each subject: mode.go, takeback.go, card.go,
// replies.go and replysend.go, labels.go, labelsends.go and labelsgeneral.go, assign.go,
// ban.go, set.go, worklist.go, queue.go; buttons are in press.go and pressgeneral.go.
// What HIDE_INFO keeps from the group's titles and lists is in veil.go, its switching on
// in hiding.go. Tables hold the rules: status.go (what a happening makes of a status),
// content.go (how each kind is carried), service.go (service messages). The words
// themselves are package say's.
//
// Of /mark and /say it does a little more than was asked for. Until there are templates,
// what a label sends is a quick reply; it goes as the answer of who set the label, held
// for tenants.LabelHold, and who takes the label off by hand meanwhile stops it too. The
// notice with *Undo* is deleted when that is over; /undo still works for its 5 minutes.
// Quick replies are deleted in General as in topics. One with files goes out of another
// bot's topics as a copy of its source, and so in the words that this has by then. The
// pages of /mark turn for managers, as the command is theirs there, those of /open for
// everybody.
//
// Of the team is who was seen at work in the group or coming into it, until they go out
// of it: Telegram lists the members of a group to no bot. Who leaves one of several groups
// of a tenant is known again from their next word in another.
//
// Invariants:
//   - Only become changes a status, and only by a row of the table.
//   - A job carries what was decided. Where HIDE_INFO, restricted words or a
//     line of ours may make that differ from the source, it is written anew and
//     never copied or forwarded, whatever Telegram refuses (see bound, forms).
//   - A client's message is never retired without being in the topic, at least
//     as a line that says what came; an operator's never without being at the
//     client, or refused in a reply with the reason.
//   - Trying other forms ends: reform gives each up once. What changes how an
//     operator's own message looks (formatting, media as a file) is offered under
//     the refusal, not done unseen.
//   - What waits for the client for long is marked at a ring, from what the outbox
//     holds (watch.go): nobody has to remember it.
//   - A held message (hold.go) has not been tried and counts as accepted only when
//     its hold has ended; every decision after that stands on it.
//   - A client who is away is written to all the same: only Telegram knows whether
//     they are back.
//   - A decision does not change the State that it was made of; slices are
//     replaced, never written to.
//   - State.Pending counts messages by their Piece 0, albums once.
//
// Links between twins, and what of our own messages stays inside, are recorded
// where a try is retired: a settlement does not repeat them.
package dialog
