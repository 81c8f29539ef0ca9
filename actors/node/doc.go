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
// # Fair shares
//
// What tenants share, and what keeps one from taking it from the others:
//
//   - CPU: a tenant brings limits.tenant_updates_per_second (5 s of them at once); the
//     rest waits at Telegram. Words of filters are compiled once and found in one pass.
//     Measured beside a tenant with 1,600 texts a second on two cores, which the
//     simulated Telegram shared: texts of ten quiet ones took 2.9 ms (p50) and 6.7 ms
//     (p99) alone, 8.1 and 39 beside the flood without the limit, 3.3 and 21 with it.
//     Go's scheduler gives each runnable goroutine the same share, and a tenant with a
//     thousand awake chats has a thousand: only what is not taken in costs nothing.
//   - memory: at most an eighth of limits.uncommitted_updates is one tenant's; what an
//     opening has taken on is let go when it ends, however it ends.
//   - transactions: limits.commits_at_once run together, first come, first served; one
//     takes on no more messages after 20 ms, and a tenant has at most one.
//   - calls: tenants.CallsAtOnce of a login and tenants.AsksAtOnce questions of a tenant
//     are under way; a login that hangs holds so many connections and no more.
//   - disk: limits.tenant_outbox and limits.tenant_file_mib. Over them a tenant takes in
//     next to nothing, and what waits goes out; General, the console and "tenant list"
//     say so. SQLite itself refuses what would make the file larger.
//   - openings: pauses after crashes grow, and openings that end by themselves at once
//     are a second apart. A panic ends an opening, never the process.
//
// cmd/topicdesk's TestHostile does all of it to a node and times the others.
//
// A node is shared by actors and request handlers and is safe for concurrent
// use; it waits for nobody. It must never look into a tenant's file or decide
// about a message.
package node
