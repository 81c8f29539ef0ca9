// Package run runs a load scenario: it starts a relay, lets the people of a
// simulated Telegram write through it, and tells what it cost.
//
// # What it owns
//
// Run is one run of a Scenario. The process that calls it is the simulated
// Telegram and all the people (stage, crowd); the relay is a process of its
// own, `topicdesk serve` with its ordinary settings, and so is the floor, a bare
// telego loop that copies without storing, which shows what this machine, this
// simulator and this library let through at all. All talk over loopback.
//
// # How it measures
//
// A wire stands before the simulator's HTTP door. A message's latency is from
// just before the bytes of its update are written to when the call that carries
// it has been read. What the relay did with memory, processor and disk is asked
// of the system and of its own counters (debug.listen). A plain fdatasync of
// 4 KiB appends in the same directory is timed meanwhile.
//
// Throughput is measured with a fixed number of messages in flight, the relay
// and the floor in turns, so that a machine that slows down slows down both.
//
// # Very many tenants
//
// A fleet is a Crew of tenants with one simulated Telegram and one relay (Density,
// Churn, Noisy, Growth). Its tenants' files are made by package store and not by
// commands, of which ten thousand would take an hour. The relay's memory and files are
// looked at in /proc; of a Node, which somebody else started, they are asked of it.
//
// # How it judges
//
// Backlog and Mixed hold what people said against what the chats show in the end.
// A town is the simulated Telegram of those: several run side by side, each with a
// relay of its own. What happens goes into a chronicle, lines of the history, and
// all figures are computed from that alone (truth.go, budget.go): run and recompute
// share it, so a history can't lack what a figure needs. Nothing of the judgement
// comes from the relay but how often it was unsure.
//
// # What it must never do
//
// Nothing in the relay may know that it is measured. No limit is lifted but by
// a setting. Nothing is left behind: children end with Run, its folder goes.
//
// # The history
//
// Of a Scenario (that of the others is in entry.go and bench/README.md): one JSON object a line, in the order of "at" (RFC 3339, ns). event:
//
//	phase     a part begins: meet, steady, relay, floor, rest, end (phase, round)
//	said      message n was written, by the client or in the topic (side)
//	written   its update's bytes are about to be written to the relay
//	read      the call that carries it has been read (method)
//	answered  that call was answered with 200
//	sync      a plain fdatasync ended (took, ns)
//	spent     what the relay had used until then: commits, cpu (ns), rss_mib
//	call, update, taken, posted   the simulated Telegram's own log
//
// All figures can be computed from it; the tests do.
package run
