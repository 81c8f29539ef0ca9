//go:build mutants

package mutants

// decisions are the sabotages of the rules: what an update or an outcome causes.
var decisions = []mutant{
	{
		name: "the number of a contact that is the client's own is shown when it is written",
		file: "tenants/dialog/draft.go", old: "d.s.Rare.Phones = latest(", new: "_ = latest(",
		pkg: "bench/leaks", test: "TestNothingLeaks",
	},
	{
		name: "a title that somebody typed before HIDE_INFO keeps the name",
		file: "tenants/dialog/draft.go", old: "cleanTitle(d.redactor().Text(tenants.Plain(d.s.Custom)).Text)", new: "cleanTitle(d.s.Custom)",
		pkg: "bench/leaks", test: "TestNothingLeaks",
	},
	{
		name: "the client reads his pseudonym",
		file: "tenants/dialog/answer.go", old: "return d.redactor().Back(c)", new: "return c",
		pkg: "bench/leaks", test: "TestNothingLeaks",
	},
	{
		name: "dialogs stay in the topics that show their names",
		file: "tenants/dialog/client.go", old: "left = d.renew() || left", new: "_ = left",
		pkg: "bench/world", test: "TestScripts/hidenew",
	},
	{
		name: "a helper that can't write in the group holds all back",
		file: "tenants/dialog/helper.go", old: "case o.Kind == tenants.Gone && f.Helper != 0:", new: "case o.Kind == tenants.Gone && f.Helper < 0:",
		pkg: "tenants/dialog", test: "TestByOthers",
	},
	{
		name: "what a helper is refused is taken for what can't be sent",
		file: "tenants/dialog/helper.go", old: "case o.Kind == tenants.Refused && f.Helper != 0:", new: "case o.Kind == tenants.Refused && f.Helper < 0:",
		pkg: "tenants/dialog", test: "TestByOthers",
	},
	{
		name: "nothing waits for the choice about a large group",
		file: "tenants/dialog/ask.go", old: "d.out.Hold = append(d.out.Hold, Held{Message: *m})\n\td.s.Rare.Ask.Came++", new: "d.s.Rare.Ask.Came++",
		pkg: "tenants/dialog", test: "TestScripts/ask",
	},
	{
		name: "a part that comes after a forbidden one is shown",
		file: "tenants/dialog/filter.go", old: "return found || m.Album != \"\" && d.f.AlbumFate == FateInternal", new: "return found",
		pkg: "bench/world", test: "TestScripts/albumwhole",
	},
	{
		name: "a message overtakes one that was lost",
		file: "actors/chat/chat.go", old: "if serial != last+1 {", new: "if serial < last+1 {",
		pkg: "bench/world", test: "TestEachMessageLost",
	},
	{
		name: "a title shows the name that HIDE_INFO hides",
		file: "tenants/dialog/draft.go", old: "return r.ShownName(d.s.Client)", new: "return d.s.Client.Name()",
		pkg: "tenants/dialog", test: "TestNothingHiddenGoesIntoTheGroup",
	},
	{
		name: "Telegram copies what should be written with its names replaced",
		file: "tenants/dialog/pack.go", old: "case p.bound && row.Bound != \"\":\n\t\treturn row.Bound", new: "case p.bound && row.Bound != \"\":\n\t\treturn row.Free",
		pkg: "tenants/dialog", test: "TestNothingHiddenGoesIntoTheGroup",
	},
	{
		name: "a comment becomes an answer when it is edited",
		file: "tenants/dialog/topic.go", old: "case p.f.Fate == FateInternal, slash", new: "case slash",
		pkg: "tenants/dialog", test: "TestScripts",
	},
	{
		name: "the dialog closes so long after the answer was decided, not delivered",
		file: "tenants/dialog/draft.go", old: "s.Status != SupportAnswered || s.Pending > 0 ||", new: "s.Status != SupportAnswered ||",
		pkg: "tenants/dialog", test: "TestScripts",
	},
	{
		name: "an edit waits for ever for a group that is gone",
		file: "tenants/dialog/stand.go", old: "st.Decision.Topic, st.Effect = topicLost(), newVersion(e)", new: "_ = e\n\t\treturn st",
		pkg: "tenants/dialog", test: "TestGroupGone",
	},
	{
		name: "what HIDE_INFO hides is forwarded when a topic is made anew",
		file: "tenants/dialog/earlier.go", old: "case f.Settings.Hide.Any() || len", new: "case len",
		pkg: "bench/world", test: "TestScripts/history",
	},
	{
		name: "/bind needs no code",
		file: "tenants/onboard/bind.go", old: "case !matches(f.Code, typed(m.Content.Text.Text)):", new: "case f.Code == \"\":",
		pkg: "tenants/onboard", test: "TestBind",
	},
	{
		name: "an author line pushes formatting over what Telegram keeps",
		file: "tenants/dialog/pack.go", old: "> tenants.MaxEntities:", new: "> tenants.MaxEntities+1:",
		pkg: "tenants/dialog", test: "TestScripts/authors",
	},
	{
		name: "a refused forward goes without saying whose it is",
		file: "tenants/dialog/forward.go", old: "s.Way != Forward || s.Author.Text", new: "s.Way == Forward || s.Author.Text",
		pkg: "tenants/dialog", test: "TestScripts/authorforward",
	},
	{
		name: "a file on which a name is written goes by its id",
		file: "tenants/dialog/unlabelled.go", old: "= true, neutral,", new: "= false, neutral,",
		pkg: "bench/world", test: "TestScripts/kindshidden",
	},
	{
		name: "votes are told as often as they come",
		file: "tenants/dialog/poll.go", old: "return t.Told.Add(tallyPause)", new: "return t.Told",
		pkg: "bench/world", test: "TestScripts/polls",
	},
	{
		name: "an answer goes where a client of a forum wrote last, not where one waits",
		file: "tenants/dialog/forum.go", old: "if len(waiting) == 1 {", new: "if len(waiting) == 99 {",
		pkg: "tenants/dialog", test: "TestScripts/forum",
	},
	{
		name: "nobody is asked which of several threads is meant",
		file: "tenants/dialog/forum.go", old: "several = len(waiting) > 1", new: "several = len(waiting) > 99",
		pkg: "tenants/dialog", test: "TestScripts/forum",
	},
	{
		name: "a message told late moves those after it into its thread",
		file: "tenants/dialog/forum.go", old: "if at >= 0 && m < f.Seen && (", new: "if at >= 0 && m > f.Seen && (",
		pkg: "tenants/dialog", test: "TestThreadOf", args: drawn,
	},
	{
		name: "undo says that a message is stopped, and it goes all the same",
		file: "tenants/dialog/hold.go", old: "d.release(h)\n\td.out.Cancel = append(d.out.Cancel, of...)", new: "d.release(h)",
		pkg: "bench/world", test: "TestScripts/undo",
	},
	{
		name: "what was deleted while it was held is sent from its body",
		file: "tenants/dialog/hold.go", old: "o.Reason == tenants.WhyDeleted && f.Settings.Undo > 0", new: "o.Reason == tenants.WhyDeleted && f.Settings.Undo < 0",
		pkg: "bench/world", test: "TestScripts/undo",
	},
	{
		name: "what is written anew is not asked whether it was deleted",
		file: "tenants/dialog/answer.go", old: "if held && i == 0 && (s.Way == Write", new: "if !held && i == 0 && (s.Way == Write",
		pkg: "bench/world", test: "TestScripts/undo",
	},
	{
		name: "what was held over a long restart just goes",
		file: "tenants/dialog/hold.go", old: "return now.Sub(h.Until) > tenants.LateNote", new: "return now.Sub(h.Until) < 0*tenants.LateNote",
		pkg: "bench/world", test: "TestScripts/undo",
	},
	{
		name: "a refused message is retired without a word",
		file: "tenants/dialog/refusal.go", old: "d.offer(held, d.why(say.NotDelivered, why), true, verbs)", new: "_, _ = held, verbs",
		pkg: "bench/world", test: "TestScripts/refusals",
	},
	{
		name: "a second press sends again",
		file: "tenants/dialog/press.go", old: "d.out.Unhold = append(d.out.Unhold, m.Ref())\n\t\tif why := d.sendOne", new: "if why := d.sendOne",
		pkg: "bench/world", test: "TestScripts/refusals",
	},
	{
		name: "a restart forgets which answers wait for their sign",
		file: "tenants/dialog/watch.go", old: "if w := &d.s.Rare.Watch; w.Next.IsZero() {", new: "if w := &d.s.Rare.Watch; !w.Next.IsZero() {",
		pkg: "bench/world", test: "TestScripts/signs",
	},
	{
		name: "every edit that Telegram tells of is one",
		file: "tenants/dialog/fingerprint.go", old: "return d.f.Known == fingerprint", new: "return d.f.Known == 1+fingerprint",
		pkg: "bench/world", test: "TestScripts/phantom",
	},
	{
		name: "it is asked too early whether a message arrived",
		file: "tenants/reckon/reckon.go", old: "own := s.Ended.Add(Linger)", new: "own := s.Ended",
		pkg: "tenants/reckon", test: "TestDecide/too_early",
	},
	{
		name: "a search follows what comes after its call",
		file: "tenants/reckon/reckon.go", old: "if s.Late == 0 { //", new: "if true { //",
		pkg: "tenants/reckon", test: "TestLate",
	},
	{
		name: "a message is asked about while others are under way",
		file: "tenants/reckon/reckon.go", old: "if f.Busy || ", new: "if ",
		pkg: "tenants/reckon", test: "TestDecide/another_send_is_under_way",
	},
	{
		name: "one of two messages that may be it is linked",
		file: "tenants/reckon/reckon.go", old: "case len(ids) == f.Parts:", new: "case len(ids) >= f.Parts:",
		pkg: "tenants/reckon", test: "TestDecide/two_of_ours_for_one_send",
	},
	{
		name: "a message is linked in whatever topic it is",
		file: "tenants/dialog/likeness.go", old: "o.Thread != topic && o.Thread != send.Room", new: "topic < 0",
		pkg: "tenants/dialog", test: "TestIdentify",
	},
	{
		name: "what the team thinks of its own answers goes to the client",
		file: "tenants/dialog/react.go", old: "if d.f.ReplyLink.Ours || ", new: "if ",
		pkg: "bench/world", test: "TestScripts/reactions",
	},
	{
		name: "an answer in General waits behind a note",
		file: "tenants/dialog/stand.go", old: "Chat: chat, Class: ClassAnswer", new: "Chat: chat, Class: ClassNote",
		pkg: "bench/world", test: "TestScripts/queuenote",
	},
	{
		name: "texts are joined over an operator's message",
		file: "tenants/dialog/join.go", old: "if d.s.SaidBy != authorKey(m) || d.stale() || d.s.SaidAt", new: "if d.s.SaidAt",
		pkg: "bench/world", test: "TestScripts/joinnot",
	},
	{
		name: "a part of a joined message begins one unit too early",
		file: "tenants/dialog/join.go", old: "from = j.Head.Len()\n", new: "from = j.Head.Len() - 1\n",
		pkg: "tenants/dialog", test: "TestJoinThenSplit", args: drawn,
	},
	{
		name: "an edit of one joined text takes the place of all",
		file: "tenants/dialog/join.go", old: "j.Parts = slices.Clone(j.Parts)\n\tj.Parts[at].Text", new: "j.Parts, at = slices.Clone(j.Parts[at:at+1]), 0\n\tj.Parts[at].Text",
		pkg: "bench/world", test: "TestScripts/join",
	},
	{
		name: "a reply that may not quote means the last joined text",
		file: "tenants/dialog/answer.go", old: "Quote: m.Quote, Unquoted: m.Quote != nil", new: "Quote: nil, Unquoted: m.Quote != nil",
		pkg: "bench/world", test: "TestScripts/joinhide",
	},
	{
		name: "of a joined message whose number is unknown the first text goes again",
		file: "tenants/dialog/forms.go", old: "if s.Messages() == 1 || i >=", new: "if len(s.Parts) == 1 || i >=",
		pkg: "tenants/dialog", test: "TestJoinedOfUnknownNumber",
	},
	{
		name: "a waiting room is known by its name in English only",
		file: "tenants/dialog/room.go", old: "tenants.Said(title, say.RoomTitle)", new: "title == say.RoomTitle.In(say.English)",
		pkg: "tenants/dialog", test: "TestRoomOfAnotherLanguage",
	},
	{
		name: "clients are greeted in the group's language",
		file: "tenants/dialog/voice.go", old: "return d.f.Settings.VoiceFor(d.s.Client)", new: "return d.voice()",
		pkg: "tenants/dialog", test: "TestGreetingLanguage",
	},
	{
		name: "a WELCOME that somebody has set is not said",
		file: "tenants/dialog/welcome.go", old: "if d.f.Settings.OursGreets {", new: "if d.f.Settings.Language != \"\" {",
		pkg: "tenants/dialog", test: "TestGreetingLanguage",
	},
}
