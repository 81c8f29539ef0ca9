// Package node is who runs here: the tenants that are awake, the tries in
// flight, and the memory of crashes.
//
// A tenant's opening that ends by a crash is opened again after a pause that
// grows; other tenants don't notice. Tries belong to the node, not to an
// opening: a call that hangs while its tenant reopens is told to the new
// opening by job and attempt. What was under way in tenants.CrashesToPoison
// crashes is poison: the tenant sets it aside.
// What a full disk ends is blamed on nobody and opened again when there is room; a
// tenant whose file is damaged stays closed until the file is replaced.
//
// The registry says who is awake: that is on disk before a file is first written, and
// asleep is written after the file is closed, with when it is due and what its logins have
// received. So a start, and a start after a crash, opens exactly those that were awake, some
// at a time, and nobody's file else; one timer serves the due times of all that sleep. A
// seat in Options.Open is taken by who wakes and given back by who sleeps; nobody loses it
// to another. What is told to an opening that is about to end is told once more by whoever
// told it; for Options.IdleClose after Wake it does not end. Of a tenant that sleeps the
// node holds nothing but a listener, and what crashes and calls have left, if they did.
//
// A tenant that sleeps has no file open and no actor. What comes for it wakes it: a
// webhook, its due time, or an answer to the one who listens for it where updates are
// asked for. A listener asks with what the tenant has committed and takes nothing, so
// that the opening gets all of it; it stops before the opening asks. Those who begin,
// or ask again after a failure, do so in turn, 500 a second; pauses grow and are uneven.
// What only people can end wakes the tenant once, so that they are told; what all
// listeners suffer together is one line of the log and one silence of the node.
//
// Still lets somebody else have the file of a tenant that sleeps, for a copy or a look,
// without waking it: what comes for the tenant waits meanwhile.
//
// A node notes every few minutes that it is alive and, where it gets webhooks, that
// Telegram can be reached: the next process tells tenants since when nobody received.
//
// A node is shared by actors and request handlers and is safe for concurrent
// use; it waits for nobody. It must never look into a tenant's file or decide
// about a message.
package node
