// Package onboard decides how a connection gets its backend group: who may
// bind, which group can be one, what it lacks and what to tap, and what the
// group is told at the beginning.
//
// Binding is a code that the administrator types in the group, because nobody
// knows a group's id. The code follows from the node's key, so it is stored
// nowhere and the same after every restart. Who types it first becomes the
// administrator of a connection that has none; afterwards nobody else can bind.
//
// Invariants: without the code nothing is bound; a bot that was added to a
// stranger's group says nothing there, whatever is typed; the answer never
// holds the code. It must never look at Telegram itself: what the connection
// may do in the group comes as Facts.
package onboard
