//go:build mutants

package mutants

// knobs are the sabotages of parameters and filters.
var knobs = []mutant{
	{
		name: "a client is told of each message that is refused",
		file: "tenants/dialog/office.go", old: "longAgo(d.f.Now, d.s.Rare.Undelivered, undeliverablePause)", new: "true",
		pkg: "bench/world", test: "TestScripts/silentrefused",
	},
	{
		name: "a client is told of a second one while the first notice waits",
		file: "actors/tenant/tries.go", old: "if err != nil || waits {\n\t\treturn \"\", err", new: "if err != nil || waits && id == 0 {\n\t\treturn \"\", err",
		pkg: "bench/world", test: "TestScripts/silentrefused",
	},
	{
		name: "a file of another bot goes out with the words that stand under it by now",
		file: "tenants/dialog/replysend.go", old: "if foreign && !forward && len(d.f.Settings.RestrictedBackend) > 0 {", new: "if false {",
		pkg: "bench/world", test: "TestScripts/sayguard",
	},
	{
		name: "a forbidden name stands over a forward",
		file: "tenants/dialog/filter.go", old: "In(m.Content, m.Forwarded)", new: "In(m.Content)",
		pkg: "bench/world", test: "TestScripts/filterkinds",
	},
	{
		name: "the wider value counts",
		file: "tenants/levels.go", old: "value.Name != p.Name || n < narrowest ||", new: "value.Name != p.Name || n < narrowest && n < 0 ||",
		pkg: "tenants", test: "TestResolveLevels",
	},
	{
		name: "what is set while nothing runs waits for the next message",
		file: "tenants/store/desk.go", old: ", tx.WakeAll(v.Level.Dialog), tx.SetByHost(v))", new: ", tx.SetByHost(v))",
		pkg: "bench/world", test: "TestScripts/setatrest",
	},
	{
		name: "nobody is asked what becomes of topics when names are hidden while nothing runs",
		file: "actors/tenant/admin.go", old: "range rest.Set {", new: "range rest.Set[:0] {",
		pkg: "bench/world", test: "TestScripts/setatrest",
	},
	{
		name: "links outlive RETENTION_DAYS in a tenant that sleeps",
		file: "actors/tenant/sleep.go", old: "due = sooner(due, later(sweep, now.Add(pruneAsleep)))", new: "_ = later",
		pkg: "bench/world", test: "TestScripts/retention",
	},
	{
		name: "struck-through letters carry a forbidden word",
		file: "tenants/keyword/fold.go", old: "if tenants.Overlay(r) {", new: "if false {",
		pkg: "tenants/keyword", test: "TestMatch",
	},
	{
		name: "a line of ours is not counted before a name that is to be hidden",
		file: "tenants/dialog/forms.go", old: "next.Parts[i].Head += next.Parts[i].Content.Text.Len() - s.Parts[i].Content.Text.Len()", new: "_ = s.Parts[i].Head",
		pkg: "bench/world", test: "TestScripts/hidehead",
	},
}
