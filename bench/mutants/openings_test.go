//go:build mutants

package mutants

// openings are the sabotages of who runs and who sleeps, and of what must be on disk before something else.
var openings = []mutant{
	{
		name: "menus that Telegram has not taken count as set",
		file: "actors/tenant/menus.go", old: "case !m.Done[i]:", new: "case len(m.Done) < i:",
		pkg: "bench/world", test: "TestMenusOnce",
	},
	{
		name: "a menu counts as it was while nobody knows how it is",
		file: "actors/tenant/menus.go", old: "kept.Sums[listName(m.User, m.Language)] = \"\"", new: "_ = m",
		pkg: "bench/world", test: "TestScripts/menusfail",
	},
	{
		name: "calls of one login that hang take as many connections as they like",
		file: "actors/node/line.go", old: "l.under[o.Connection] >= tenants.CallsAtOnce", new: "l.under[o.Connection] < 0",
		pkg: "actors/node", test: "TestHangingCalls",
	},
	{
		name: "a tenant over its limits takes what webhooks bring",
		file: "actors/tenant/route.go", old: "if t.refuses(m) {", new: "if false {",
		pkg: "bench/world", test: "TestQuotaOfOutbox",
	},
	{
		name: "nobody reads that a tenant takes in nothing new",
		file: "actors/tenant/quota.go", old: "err != nil || since.IsZero() != t.quota.Reached()", new: "true",
		pkg: "bench/world", test: "TestQuotaOfOutbox",
	},
	{
		name: "a helper copies from a chat in which it is not",
		file: "actors/tenant/calls/calls.go", old: "if try.Row.TriedBy != 0 {", new: "if false {",
		pkg: "actors/tenant/calls", test: "TestOf",
	},
	{
		name: "updates are acknowledged before they are decided",
		file: "actors/tenant/underway.go", old: "\t\trt.batch.left++\n", new: "",
		pkg: "bench/world", test: "TestEachMessageFatal",
	},
	{
		name: "what is under way of a sleeping dialog does not count when it wakes",
		file: "actors/tenant/slots.go", old: "pending: t.routesOf(state.ID),", new: "pending: 0 * t.routesOf(state.ID),",
		pkg: "bench/world", test: "TestWorld",
	},
	{
		name: "a reply to a comment that is not known goes to the client",
		file: "actors/tenant/facts.go", old: "link == nil && m.ReplySlash", new: "false",
		pkg: "bench/world", test: "TestScripts/inside",
	},
	{
		name: "what is said after an upgrade in the same batch begins a second dialog",
		file: "actors/tenant/migrate.go", old: "t.slots[n] != nil {", new: "t.slots[n] != nil && n < 0 {",
		pkg: "bench/world", test: "TestScripts/upgradebatch",
	},
	{
		name: "a part of an album waits for a title",
		file: "actors/tenant/tries.go", old: "rt.dialog = 0 //", new: "_ = rt //",
		pkg: "bench/world", test: "TestAlbumWaitsForNoTitle",
	},
	{
		name: "an update is relayed each time it is delivered",
		file: "actors/tenant/route.go", old: "if err != nil || seen {", new: "if seen = false; err != nil || seen {",
		pkg: "bench/world", test: "TestWorld",
	},
	{
		name: "an ended opening is listened to",
		file: "actors/node/host.go", old: "return o.running && o.number == o.host.number", new: "return o.running",
		pkg: "actors/node", test: "TestStaleOpening",
	},
	{
		name: "the outcome is forgotten before it is on disk",
		file: "actors/tenant/commit.go", old: "t.later(func() { t.opt.Host.Forget(job, attempt) })", new: "t.opt.Host.Forget(job, attempt)",
		pkg: "bench/world", test: "TestEachMessageFatal",
	},
	{
		name: "what nobody knows counts as not sent",
		file: "actors/tenant/tries.go", old: `tenants.Outcome{Kind: tenants.Unsure, Why: "the process`, new: `tenants.Outcome{Kind: tenants.NotSent, Why: "the process`,
		pkg: "bench/world", test: "TestCrashDuringCall",
	},
	{
		name: "a commit overtakes one that was lost",
		file: "actors/tenant/commit.go", old: "c.Serial != want {", new: "c.Serial < want {",
		pkg: "bench/world", test: "TestEachMessageLost",
	},
	{
		name: "nothing is poison",
		file: "actors/node/host.go", old: ">= tenants.CrashesToPoison", new: "> 1000*tenants.CrashesToPoison",
		pkg: "bench/world", test: "TestPoison",
	},
	{
		name: "a group that was claimed before a crash belongs to somebody else for ever",
		file: "actors/node/host.go", old: "return claimed && owner != o.id", new: "return claimed && owner != \"\"",
		pkg: "actors/node", test: "TestTaken",
	},
	{
		name: "what waits is copied unseen although HIDE_INFO is on by now",
		file: "actors/tenant/covers.go", old: "return try.Row.Job.Origin == dialog.OfClient || sends", new: "return sends",
		pkg: "bench/world", test: "TestScripts/hidewaiting",
	},
	{
		name: "a reply in the waiting room goes to nobody while what it replies to is under way",
		file: "actors/tenant/room.go", old: "s.Room == m.Thread {", new: "s.Room == 0 {",
		pkg: "bench/world", test: "TestScripts/roomfast",
	},
	{
		name: "a question takes the buttons away",
		file: "actors/tenant/unsure.go", old: "return send.Buttons", new: "return send.Buttons[:0]",
		pkg: "bench/world", test: "TestScripts/unsurekinds",
	},
	{
		name: "an own message that is known is taken for a lost one",
		file: "actors/tenant/unsure.go", old: "f.Known = slices.Compact(known)", new: "f.Known = nil",
		pkg: "bench/world", test: "TestScripts/unsureamong",
	},
	{
		name: "a file is copied while its tenant has it open",
		file: "actors/node/census.go", old: "open := h != nil && h.seated", new: "open := h != nil && h.gone",
		pkg: "actors/node", test: "TestStill",
	},
	{
		name: "a command counts as a node that has received",
		file: "actors/node/node.go", old: "\t\tn.unreached = opt.Registry.alive // as far as anybody knows\n\t}\n", new: "\t\tn.unreached = opt.Registry.alive // as far as anybody knows\n\t}\n\tn.beat(0)\n",
		pkg: "cmd/topicdesk", test: "TestCommandsDoNotReceive",
	},
	{
		name: "what another process tried counts as never begun",
		file: "actors/tenant/tries.go", old: "\tif t.earlier {\n", new: "\tif t.earlier && t.outcome {\n",
		pkg: "bench/world", test: "TestEndWithoutTime",
	},
	{
		name: "what was told of a backlog is not kept",
		file: "actors/tenant/backlog.go", old: "if err := t.tx.PutGroupFacts(chat, kept); err != nil", new: "if err := error(nil); err != nil",
		pkg: "bench/world", test: "TestScripts/queue",
	},
	{
		name: "what the host drops is gone without a word",
		file: "actors/tenant/outbox.go", old: "return t.decideJob(row.Job, dialog.DroppedJob, dialog.DroppedNote)", new: "return nil",
		pkg: "bench/world", test: "TestScripts/hostdrops",
	},
	{
		name: "the host drops what is under way",
		file: "actors/tenant/outbox.go", old: "case row.Trying:", new: "case row.Trying && id == 0:",
		pkg: "bench/world", test: "TestScripts/hostdrops",
	},
	{
		name: "a tenant falls asleep before its last commit is written",
		file: "actors/tenant/sleep.go", old: "if err := t.lastWrite(&end); err != nil {", new: "if err := error(nil); err != nil {",
		pkg: "actors/node", test: "TestSleep",
	},
	{
		name: "what comes for an opening that leaves is dropped, and does not wake the tenant",
		file: "actors/node/sleep.go", old: "case h.leaving, h.stopping:\n\t\th.wanted = true", new: "case h.leaving, h.stopping:",
		pkg: "actors/node", test: "TestWokenInStop",
	},
	{
		name: "a sleeping tenant forgets when it is due",
		file: "actors/tenant/sleep.go", old: "if end.Due, err = t.due(now); err != nil {", new: "if _, err = t.due(now); err != nil {",
		pkg: "bench/world", test: "TestScripts/sleep",
	},
	{
		name: "a file is written of which the registry says that it sleeps",
		file: "actors/node/host.go", old: "slept, err := o.node.opt.Registry.setAwake(o.id)", new: "slept, err := []tenant.Silence(nil), error(nil)",
		pkg: "bench/world", test: "TestScripts/sleep",
	},
	{
		name: "a stopped tenant is woken",
		file: "actors/node/registry.go", old: "case r.stopped[id]:", new: "case false:",
		pkg: "bench/world", test: "TestScriptsThroughWebhooks/sleep",
	},
	{
		name: "nobody is told what a tenant has slept through",
		file: "actors/tenant/hearing.go", old: "for _, s := range t.slept {", new: "for _, s := range t.slept[:0] {",
		pkg: "bench/world", test: "TestScripts/sleepaway",
	},
	{
		name: "more files are open than may",
		file: "actors/node/sleep.go", old: "case n.opt.Open > 0 && n.seats >= n.opt.Open:", new: "case false:",
		pkg: "bench/world", test: "TestCeiling",
	},
	{
		name: "a login that was deaf is not heard out, and its tenant wakes for ever",
		file: "actors/tenant/open.go", old: "l.shaky = deaf && polls", new: "l.shaky = false",
		pkg: "bench/world", test: "TestSleepsAfterRenewal",
	},
	{
		name: "what a login tells once is believed to arrive, and its tenant never sleeps",
		file: "actors/tenant/watch.go", old: "t.askHearing(now)", new: "",
		pkg: "bench/world", test: "TestSleepsThoughNotTold",
	},
	{
		name: "a tenant sleeps through the pause of a login, and forgets it",
		file: "actors/tenant/sleep.go", old: "if now.Before(l.paused) {", new: "if l == nil {",
		pkg: "bench/world", test: "TestScripts/sleeppause",
	},
	{
		name: "who waits for what panicked away from actors is not told",
		file: "actors/engine.go", old: "go Guard(work, crashed)", new: "go Guard(work, func(Crash) {})",
		pkg: "actors/node", test: "TestListenCrash",
	},
}
