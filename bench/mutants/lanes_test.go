//go:build mutants

package mutants

// lanes are the sabotages of order and budgets: which job may go now.
var lanes = []mutant{
	{
		name: "a helper that is thrown out gets the same message again",
		file: "actors/lane/owner.go", old: "\to.without(st.Decision.Stand)\n", new: "",
		pkg: "actors/lane", test: "TestHelperGone",
	},
	{
		name: "a flood of a helper pauses the own bot",
		file: "actors/lane/owner.go", old: "o.queue.Pause(n.by(), until)", new: "o.queue.Pause(n.Connection, until)",
		pkg: "actors/lane", test: "TestHelperFloods",
	},
	{
		name: "the team's tokens go to helpers though nothing waits",
		file: "tenants/pace/turn.go", old: "owns, most := !q.pressed(it.Connection), 0", new: "owns, most := false, 0",
		pkg: "bench/world", test: "TestScripts/helpers",
	},
	{
		name: "a busy group takes the whole budget",
		file: "tenants/pace/turn.go", old: "if !it.Half {", new: "if it.Half {",
		pkg: "tenants/pace", test: "TestQueueAgainstModel", args: drawn,
	},
	{
		name: "the bucket is full again after a crash",
		file: "tenants/pace/budget.go", old: "range s.Back {", new: "range s.Back[:0] {",
		pkg: "actors/lane", test: "TestLoad",
	},
	{
		name: "an album starves beside a steady load",
		file: "tenants/pace/patience.go", old: "now.Sub(l.ripe) < q.rules.Window", new: "now.Sub(l.ripe) < 100*q.rules.Window",
		pkg: "tenants/pace", test: "TestNobodyStarves",
	},
	{
		name: "a withdrawn job keeps its tokens",
		file: "tenants/pace/queue.go", old: "b := q.change(l.by)", new: "b := q.change(it.Connection)",
		pkg: "bench/world", test: "TestScripts/albumwhole",
	},
	{
		name: "one token too many",
		file: "tenants/pace/spread.go", old: "free: b.free(now, q.rules)}", new: "free: b.free(now, q.rules) + 1}",
		pkg: "tenants/pace", test: "TestQueueAgainstModel", args: drawn,
	},
	{
		name: "tokens come back before their answer",
		file: "tenants/pace/turn.go", old: "b.take(it.Weight, now)", new: "b.take(it.Weight, now); b.answered(it.Weight, now.Add(q.rules.Window), q.rules)",
		pkg: "tenants/pace", test: "TestRefill",
	},
	{
		name: "a flood begins with all tokens",
		file: "tenants/pace/spread.go", old: "return t - p.rules.Burst*t/p.rules.Tokens", new: "return 0 * t",
		pkg: "tenants/pace", test: "TestFlood",
	},
	{
		name: "a flood within our rules changes nothing",
		file: "actors/lane/owner.go", old: "case st.Flooded:", new: "case st.Flooded && n.Job < 0:",
		pkg: "actors/lane", test: "TestFlooded",
	},
	{
		name: "the last token goes though none comes soon",
		file: "tenants/pace/spread.go", old: "p.room[f.i].Add(time.Duration(n) * p.often())", new: "p.room[f.i]",
		pkg: "tenants/pace", test: "TestFlood",
	},
	{
		name: "a lane's second job overtakes the first",
		file: "tenants/pace/queue.go", old: "return l.busy || l.blocked || l.awaits", new: "return l.blocked || l.awaits",
		pkg: "tenants/pace", test: "TestQueueAgainstModel", args: drawn,
	},
	{
		name: "lanes have no turns",
		file: "tenants/pace/turn.go", old: "cmp.Compare(a.lane.place, b.lane.place)", new: "cmp.Compare(b.lane.place, a.lane.place)",
		pkg: "tenants/pace", test: "TestFairTurns", args: drawn,
	},
	{
		name: "what is only decided goes before what is on disk",
		file: "tenants/pace/queue.go", old: "l.items[at-1].Job == 0 &&", new: "l.items[at-1].Job < 0 &&",
		pkg: "tenants/pace", test: "TestTicketsStandBehind",
	},
	{
		name: "many new clients take what those need whom the group knows",
		file: "tenants/pace/turn.go", old: "return q.waveOver(l).After(now)", new: "return !q.waveOver(l).After(now)",
		pkg: "tenants/pace", test: "TestWave",
	},
	{
		name: "the end of a wave is slept through",
		file: "tenants/pace/turn.go", old: "if l.items[0].Opens && q.inWave(l, now) {", new: "if !l.items[0].Opens && q.inWave(l, now) {",
		pkg: "tenants/pace", test: "TestWaveEnds",
	},
}
