// Package store owns one tenant's SQLite file: what is known of its clients, its
// settings, labels and quick replies, who administered what, the outbox of things to
// do at Telegram, and the links between messages.
//
// It takes decisions and returns values; SQL stops here. It decides nothing,
// reads no clock and calls nobody. One goroutine uses a Store, the tenant's
// actor; no other process or goroutine may touch the file, not even to copy
// it: closing any descriptor of a live file drops SQLite's locks on it. The
// connection says so to SQLite (locking_mode=EXCLUSIVE), which saves a
// descriptor and a quarter of the work.
//
// On disk: see schema/tenant. A commit is a Write: one immediate transaction,
// a Save (savepoint) for each decision in it, so that one that fails is undone
// alone. With synchronous=FULL a Write that returned nil survives a power cut.
//
// The outbox. A lane is one dialog in one direction; jobs of a lane go in
// order of place, one at a time: the first is marked trying before the network
// is touched, then retired or requeued at its place. Apply merges as dialog.Job
// tells (edits into what is not sent yet, renames, album parts); InsertBefore
// puts jobs in front. The twin of a message is looked up when the job is marked
// trying: by then the job that makes it has gone through the same lane.
//
// Check lists what holds after each Write.
package store
