//go:build mutants

package mutants

// fleet are the sabotages of what thousands of tenants on one node rest on.
var fleet = []mutant{
	{
		name: "two polls of a login at the same time",
		file: "actors/login/polling.go", old: "case l.turn <- struct{}{}:\n\t\tdefer func() { <-l.turn }()", new: "case l.turn <- struct{}{}:\n\t\t<-l.turn",
		pkg: "actors/login", test: "TestOnePoll",
	},
	{
		name: "a poll of ours is told as another program's",
		file: "actors/login/polling.go", old: "case conflict && l.cut:", new: "case conflict && l.cut && l.of == nil:",
		pkg: "actors/login", test: "TestConflicts",
	},
	{
		name: "a client group that throws the bot out holds up the team's",
		file: "actors/telegram/source.go", old: "source == call.Target() {", new: "source != 0 {",
		pkg: "actors/telegram/botapi", test: "TestWhichChatIsAway",
	},
	{
		name: "what comes at the stop is taken on",
		file: "actors/login/polling.go", old: "if l.of.stopping.Err() != nil {\n\t\t// What came", new: "if l.of == nil {\n\t\t// What came",
		pkg: "actors/login", test: "TestStopped",
	},
	{
		name: "for whom there was no room is not woken any more",
		file: "actors/node/listen.go", old: "errors.Is(err, ErrFull) {", new: "errors.Is(err, ErrFull) && e.id == \"\" {",
		pkg: "actors/node", test: "TestListenFull",
	},
	{
		name: "what one login did not hear while others did is told to nobody",
		file: "actors/node/deaf.go", old: "&& !d.covers(e.heard, now)", new: "&& d.covers(e.heard, now)",
		pkg: "actors/node", test: "TestListenAlone",
	},
	{
		name: "a tenant that somebody else has opened keeps a place in the queue of openings",
		file: "actors/node/begin.go", old: "case ref.IsZero(), n.isOpen(id):", new: "case ref.IsZero():",
		pkg: "actors/node", test: "TestStartRunning",
	},
	{
		name: "a tenant whose file is missing gets an empty one",
		file: "actors/tenant/open.go", old: "options.Existing = true", new: "options.Existing = false",
		pkg: "actors/node", test: "TestMissingFile",
	},
}
