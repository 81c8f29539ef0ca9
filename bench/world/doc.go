// Package world runs the real relay against the simulated Telegram on one
// thread, in an order drawn from a seed.
//
// Scheduler is the second actors.System beside the engine on Hollywood: it
// picks whose mailbox, which call, which timer is next. The actors, the
// decisions, SQLite and the Bot API gateway are the real ones; a call that
// waits (a long poll, a flood hidden as latency, a hanging answer) is a
// coroutine that the scheduler resumes. The same seed gives the same trace.
//
// Updates are asked for, or with Options.Webhooks delivered by a postman who
// tries again until they are taken; scripts give one transcript either way.
//
// A Run adds people who write, edit and misbehave with up to three tenants, a
// Telegram that fails, and a node that crashes, loses messages between actors,
// ends after any write to its disk or loses its power, and checks at the end that
// nothing was lost, doubled, reordered or shown where it must not be. The README
// beside says what to do with a seed that fails.
package world
