// Package actors is the typed skin over Hollywood: a Ref[M] takes only messages
// of its actor, an actor handles all that waits in its mailbox at once, and a
// panic never leaves it.
//
// It is the only package that imports Hollywood. What Hollywood gives here is
// its registry and its inbox: no goroutine for an idle actor, and the whole
// drained mailbox in one call, which is the tenant's group commit. Everything
// else is ours: supervision (the crashed actor is closed and told of, its owner
// reopens), passivation (an owner closes a mailbox only after a handshake), and
// admission (inboxes have no bound, so whoever tells must bound what it has
// outstanding). Not used: Request, SendRepeat, the event stream as a bus,
// remote, cluster, Poison.
//
// Actors get time, timers, work away from the mailbox and randomness from a
// System. Engine is the real one; bench/world has a second one that runs the
// same actors on one thread in an order drawn from a seed.
//
// Invariants: the messages of one sender arrive in order; one actor handles
// one batch at a time; after Close or a crash nothing is handled any more;
// crashed is told once. Messages are values: no pointers to live state.
package actors
