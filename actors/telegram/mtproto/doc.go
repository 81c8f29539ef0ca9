// Package mtproto is the gateway for bots over MTProto, Telegram's own protocol:
// telegram.Gateway by way of gotd. What a bot gains by it: a repeated send makes
// nothing new (random_id is the tenants.SendKey), so a lost answer leaves no
// doubt for long. Accounts come later, behind the same port.
//
// It is kept out of every build by the tag mtproto: cold, the program compiles
// with 0.8 GB of memory, gotd beside it takes 5.5 GB and as much CPU time again
// (measured). `make mtproto` vets and tests it, and CI does. No program imports
// it yet. Who changes the port does so here too, and is told only by that.
//
//	state ── getDifference ──▶ tenants.Update   receive.go event.go message.go content.go
//	push ── a knock ──▶ what to ask for          pushes.go
//	telegram.Call ── request ──▶ Outcome         try.go send.go sent.go catalogue.go verdict.go source.go
//
// Receiving is asking. gotd's manager of updates is not used: it goes on when a
// handler has failed, and loses some (gotd issues 1852 and 1853). Here the state
// that the caller has committed is what the next difference is asked from, box by
// box; a push only tells that there is something to ask for. So nothing moves on
// before the tenant's file has it, there is no gap to close, and asking again
// with an old state brings the same again.
//
// Invariants:
//   - The receive state (state.go, JSON) is all that has to be kept of receiving.
//     Presses of buttons and votes are in no box: Telegram pushes them once, they
//     are brought until a later state confirms them, and a crash before loses them.
//   - The session is the login. It is loaded and stored through SessionStore,
//     whose maker seals it; it is in no log and no error, nor is the token.
//   - Access hashes are in memory only: a bot may use 0 for whom it knows
//     (TDLib source). Accounts will need them kept.
//   - What this login wrote does not come back; service messages do, as Own.
//   - An update has no number of its own in MTProto. It gets one made of what it
//     says (event.go), so that the same told twice is seen to be the same.
//   - All doubt is Unsure; a repeat under the same key settles it.
//   - gotd is given no logger, and what it logs nobody sees.
//
// Between chats of different boxes Telegram tells no order: updates of one batch
// go by date. A live location is told once, like any other; files go by ids of
// this package's own (file.go), which only this kind of login can send.
package mtproto
