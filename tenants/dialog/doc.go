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
// Three deciders share the work, each in its own file: the chat (client.go,
// answer.go, settle.go, ring.go) changes the dialog and speaks to the client,
// the topic (topic.go) handles what stays inside, the group (general.go)
// General and topics that belong to nobody. Tables hold the rules: status.go,
// content.go, service.go.
package dialog
