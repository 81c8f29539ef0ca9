// Package botapi is the gateway for bots: telegram.Gateway over the Bot API, at
// api.telegram.org, a Bot API server of one's own, or a simulated one.
//
// It owns the translation in both directions and nothing else:
//
//	update JSON ── decode ──▶ tenants.Update      update.go message.go content.go
//	telegram.Call ── request ──▶ method + params  request.go send.go
//	answer | error ──▶ tenants.Outcome            catalogue.go verdict.go
//
// telego gives the types and the Caller interface. Its helpers are not used:
// its long polling and its webhooks confirm updates before anybody has handled
// them, its method wrappers report an answer that they can't decode as a
// failure of the call, and its callers lose whether a request had left. So the
// requests go through telegoapi.Caller directly, and of an answer only what is
// needed is read.
//
// Invariants:
//   - One Try is at most one HTTP request; nothing is repeated, paced or waited for.
//   - An outcome says NotSent only if no byte of the request was written, or
//     Telegram said so; all doubt is Unsure.
//   - Updates are confirmed only by the state that the caller gives back, never
//     by what was read. A webhook request is answered after Deliver returned.
//   - One update that can't be understood never holds up the others: it becomes
//     tenants.Ignored with its JSON.
//   - The token is in no error and no outcome; words of messages are in none.
//
// What a bot costs that waits in a long poll over plain HTTP (9,500 bots, one process,
// against `topicdesk simulator`): a descriptor, 3 goroutines (the caller and net/http's
// two), 12 KiB of heap and 13 to 19 KiB of stacks; 30 to 40 KiB of RSS with what the
// garbage collector keeps. Opening a poll takes 0.08 ms of a core, every further one 0.06.
// In the relay 10,000 tenants take 0.6 GiB and 4 % of a core so: `go run ./cmd/bench run
// fleet-polling`. Why no HTTP/2: see sharedTransport.
//
// Nothing here is on disk but the receive state, which the tenant's file keeps:
// 8 bytes, big-endian, the offset of the next getUpdates.
package botapi
