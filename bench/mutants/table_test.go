//go:build mutants

package mutants

// mutant is one sabotage.
type mutant struct {
	name     string
	file     string // from the module's root
	old, new string // old is there exactly once
	pkg      string // of the test, from the module's root
	test     string // its whole name
	args     string // more for the test program; "" = none
}

// table is what must not go unnoticed. Tests that are over soon are preferred:
// all of a mutant's time is its test's, once with it and once without.
var table = []mutant{
	{
		name: "any secret opens the door for webhooks",
		file: "actors/telegram/botapi/webhook.go", old: "[]byte(hook.Secret)) == 1", new: "[]byte(hook.Secret)) >= 0",
		pkg: "actors/telegram/botapi", test: "TestWebhook",
	},
	{
		name: "who is refused at the door stays until the body comes",
		file: "actors/telegram/botapi/webhook.go", old: "\t\t_ = http.NewResponseController(w).SetReadDeadline(time.Now())\n", new: "",
		pkg: "actors/telegram/botapi", test: "TestSlowStranger",
	},
	{
		name: "a request that never ends is waited for",
		file: "actors/door/door.go", old: "ReadTimeout: requestWithin, ", new: "",
		pkg: "actors/door", test: "TestSlowStrangers",
	},
	{
		name: "strangers take all places at a door",
		file: "actors/door/crowd.go", old: "if out = c.first(); out == nil {", new: "if out == nil {",
		pkg: "actors/door", test: "TestTenThousandStrangers",
	},
	{
		name: "who is known goes before strangers",
		file: "actors/door/crowd.go", old: "[]*list.List{&c.strangers, &c.idle}", new: "[]*list.List{&c.idle, &c.strangers}",
		pkg: "actors/door", test: "TestTenThousandStrangers",
	},
	{
		name: "a wrong key is found at the first login",
		file: "tenants/registry/sealing.go", old: "inForce != r.key.Fingerprint()", new: "false",
		pkg: "tenants/registry", test: "TestWrongKey",
	},
	{
		name: "what the old key opens stays in the file",
		file: "tenants/registry/sealing.go", old: "\"VACUUM\", ", new: "",
		pkg: "tenants/registry", test: "TestRenewLeavesNothing",
	},
	{
		name: "pseudonyms change with the version of the program",
		file: "tenants/registry/sealing.go", old: "r.key.Derive(\"pseudonyms/\"+string(id))", new: "newPseudonyms()",
		pkg: "tenants/registry", test: "TestEarlierForm",
	},
	{
		name: "what was set aside is lost with the key",
		file: "tenants/registry/sealing.go", old: "\t\tasides = r.key\n", new: "",
		pkg: "tenants/registry", test: "TestEarlierForm",
	},
	{
		name: "calls of one login that hang take as many connections as they like",
		file: "actors/node/line.go", old: "l.under[o.Connection] >= tenants.CallsAtOnce", new: "l.under[o.Connection] < 0",
		pkg: "actors/node", test: "TestHangingCalls",
	},
	{
		name: "one tenant holds all of the node's uncommitted updates",
		file: "actors/admission/admission.go", old: "in != nil && in.taken >= max(1, a.most/tenantShare)", new: "in != nil && in.taken < 0",
		pkg: "actors/admission", test: "TestAdmissionIsFair",
	},
	{
		name: "a flood of one tenant is taken on as fast as it comes",
		file: "actors/admission/admission.go", old: "in.paid = in.paid.Add(", new: "in.paid = now.Add(0 * ",
		pkg: "actors/admission", test: "TestAdmission",
	},
	{
		name: "what an opening held when it ended is held for ever",
		file: "actors/login/polling.go", old: "context.AfterFunc(ctx, leave)", new: "context.AfterFunc(context.Background(), leave)",
		pkg: "actors/login", test: "TestEndedOpeningHoldsNothing",
	},
	{
		name: "a file at its own limit looks like a full disk",
		file: "tenants/store/size.go", old: "return errors.Join(ErrLimit, err)", new: "return err",
		pkg: "tenants/store", test: "TestFileLimit",
	},
	{
		name: "a tenant over its limits asks for more",
		file: "actors/connection/connection.go", old: "if !c.opt.Polls || c.holds() {", new: "if !c.opt.Polls {",
		pkg: "actors/connection", test: "TestHold",
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
		file: "actors/tenant/tries.go", old: "if try.Row.TriedBy != 0 {", new: "if false {",
		pkg: "bench/world", test: "TestScripts/helpers",
	},
	{
		name: "anybody edits what a helper has sent",
		file: "tenants/store/joined.go", old: "if sender != try.Row.TriedBy {", new: "if false {",
		pkg: "tenants/store", test: "TestWhoTriedIsKept",
	},
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
		name: "the team's tokens go to helpers though nothing waits",
		file: "tenants/pace/turn.go", old: "owns, most := !q.pressed(it.Connection), 0", new: "owns, most := false, 0",
		pkg: "bench/world", test: "TestScripts/helpers",
	},
	{
		name: "updates are acknowledged before they are decided",
		file: "actors/tenant/route.go", old: "\t\trt.batch.left++\n", new: "",
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
		name: "what comes late from before an upgrade begins a second dialog",
		file: "tenants/store/dialogs.go", old: "to, err := r.movedTo(chat.ID)", new: "to, err := r.movedTo(chat.ID * 0)",
		pkg: "tenants/store", test: "TestMoved",
	},
	{
		name: "a busy group takes the whole budget",
		file: "tenants/pace/turn.go", old: "if !it.Half {", new: "if it.Half {",
		pkg: "tenants/pace", test: "TestQueueAgainstModel", args: "-rapid.nofailfile",
	},
	{
		name: "nothing waits for the choice about a large group",
		file: "tenants/dialog/ask.go", old: "d.out.Hold = append(d.out.Hold, Held{Message: *m})\n\td.s.Rare.Ask.Came++", new: "d.s.Rare.Ask.Came++",
		pkg: "tenants/dialog", test: "TestScripts/ask",
	},
	{
		name: "a try is not marked",
		file: "tenants/store/try.go", old: "SET state = 'trying', attempt", new: "SET attempt",
		pkg: "tenants/store", test: "TestTryingSurvives",
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
		name: "what has arrived of an album goes again",
		file: "actors/telegram/botapi/verdict.go", old: "outcome.Arrived = part - 1", new: "outcome.Arrived = 0",
		pkg: "bench/world", test: "TestScripts/albumcut",
	},
	{
		name: "a part that comes after a forbidden one is shown",
		file: "tenants/dialog/filter.go", old: "return found || m.Album != \"\" && d.f.AlbumFate == FateInternal", new: "return found",
		pkg: "bench/world", test: "TestScripts/albumwhole",
	},
	{
		name: "a part of an album waits for a title",
		file: "actors/tenant/tries.go", old: "rt.dialog = 0 //", new: "_ = rt //",
		pkg: "bench/world", test: "TestAlbumWaitsForNoTitle",
	},
	{
		name: "one token too many",
		file: "tenants/pace/spread.go", old: "free: b.free(now, q.rules)}", new: "free: b.free(now, q.rules) + 1}",
		pkg: "tenants/pace", test: "TestQueueAgainstModel", args: "-rapid.nofailfile",
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
		pkg: "tenants/pace", test: "TestQueueAgainstModel", args: "-rapid.nofailfile",
	},
	{
		name: "lanes have no turns",
		file: "tenants/pace/turn.go", old: "cmp.Compare(a.lane.place, b.lane.place)", new: "cmp.Compare(b.lane.place, a.lane.place)",
		pkg: "tenants/pace", test: "TestFairTurns", args: "-rapid.nofailfile",
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
		name: "a message overtakes one that was lost",
		file: "actors/chat/chat.go", old: "if serial != last+1 {", new: "if serial < last+1 {",
		pkg: "bench/world", test: "TestEachMessageLost",
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
		name: "the next updates are asked for before the last are committed",
		file: "actors/connection/connection.go", old: "c.opt.Route(m.batch)\n\t\tc.setTimer()", new: "c.opt.Route(m.batch)\n\t\tc.state = m.batch.State\n\t\tc.receive()",
		pkg: "actors/connection", test: "TestReceiveAfterCommit",
	},
	{
		name: "the audit is off",
		file: "actors/connection/connection.go", old: "if o.Hidden != nil && privacy", new: "if o.Hidden == nil && privacy",
		pkg: "actors/connection", test: "TestAudit",
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
		name: "an edit of what waits is lost",
		file: "tenants/store/merge.go", old: "return row.ID, tx.rewrite(row.ID, &row.Job)\n\t}\n\twaiting", new: "return row.ID, nil\n\t}\n\twaiting",
		pkg: "tenants/store", test: "TestEditReplacesWhatIsNotSent",
	},
	{
		name: "a reply goes to another dialog's message",
		file: "tenants/store/links.go", old: "WHERE topic_chat = ?1 AND topic_id = ?2 AND dialog = ?3", new: "WHERE topic_chat = ?1 AND topic_id = ?2 AND 0 <= ?3",
		pkg: "tenants/store", test: "TestReplyToAnotherDialogGoesWithout",
	},
	{
		name: "a message is written into a topic of another group",
		file: "tenants/store/try.go", old: "topic.Thread != 0 && topic.Group == job.Chat", new: "topic.Thread != 0",
		pkg: "tenants/store", test: "TestTopicOfAnotherGroupIsNone",
	},
	{
		name: "a message is written into its neighbour's topic",
		file: "tenants/store/try.go", old: "\t\ttry.Thread = topic.Thread",
		new: "\t\tn, _, _ := tx.db.one(\"SELECT thread FROM topics WHERE thread <> 0 ORDER BY dialog LIMIT 1\")\n\t\ttry.Thread = tenants.ThreadID(n)",
		pkg: "bench/world", test: "TestWorld",
	},
	{
		name: "a message is linked to its neighbour in the topic",
		file: "tenants/store/links.go", old: "made := tenants.MessageRef{Chat: job.Chat, ID: id}", new: "made := tenants.MessageRef{Chat: job.Chat, ID: id + 1}",
		pkg: "tenants/store", test: "TestLinkMade",
	},
	{
		name: "commits are not synced",
		file: "tenants/store/store.go", old: `return "FULL"`, new: `return "OFF"`,
		pkg: "tenants/store", test: "TestSync",
	},
	{
		name: "a topic that may have been made goes to another group",
		file: "tenants/store/groups.go", old: "WHERE effect = 'open' AND attempt > 0\n", new: "WHERE effect = 'open' AND attempt > 100\n",
		pkg: "tenants/store", test: "TestTopicBeingMadeStays",
	},
	{
		name: "a group that was claimed before a crash belongs to somebody else for ever",
		file: "actors/node/host.go", old: "return claimed && owner != o.id", new: "return claimed && owner != \"\"",
		pkg: "actors/node", test: "TestTaken",
	},
	{
		name: "what waits is copied unseen although HIDE_INFO is on by now",
		file: "actors/tenant/tries.go", old: "return sends && s.Way != dialog.Write ||", new: "return sends && s.Way == dialog.Forward ||",
		pkg: "bench/world", test: "TestScripts/hidewaiting",
	},
	{
		name: "an edit waits for ever for a group that is gone",
		file: "tenants/dialog/stand.go", old: "st.Decision.Topic, st.Effect = topicLost(), newVersion(e)", new: "_ = e\n\t\treturn st",
		pkg: "tenants/dialog", test: "TestGroupGone",
	},
	{
		name: "a dialog moves while its message is on its way into the old group",
		file: "tenants/store/groups.go", old: "if err != nil || underWay {", new: "if err != nil || underWay && err != nil {",
		pkg: "tenants/store", test: "TestNothingMovesUnderWay",
	},
	{
		name: "a dialog leaves the waiting room because another group is bound",
		file: "tenants/store/groups.go", old: "coalesce(groups.room, 0) <> 0 AND", new: "coalesce(groups.room, 0) < 0 AND",
		pkg: "bench/world", test: "TestScripts/roomgroups",
	},
	{
		name: "what is only decided goes before what is on disk",
		file: "tenants/pace/queue.go", old: "l.items[at-1].Job == 0 &&", new: "l.items[at-1].Job < 0 &&",
		pkg: "tenants/pace", test: "TestTicketsStandBehind",
	},
	{
		name: "what waits for a topic stays in the group that the dialog left",
		file: "tenants/store/groups.go", old: "\"UPDATE jobs SET chat = ?2 WHERE dialog = ?1 AND side = 'topic'\",\n", new: "",
		pkg: "tenants/store", test: "TestRegroup",
	},
	{
		name: "who is back in the group waits all the same",
		file: "tenants/store/groups.go", old: "if err != nil || !s.Resume {", new: "if true {",
		pkg: "tenants/store", test: "TestStand",
	},
	{
		name: "a reply in the waiting room goes to nobody while what it replies to is under way",
		file: "actors/tenant/room.go", old: "s.Room == m.Thread {", new: "s.Room == 0 {",
		pkg: "bench/world", test: "TestScripts/roomfast",
	},
	{
		name: "a waiting room made anew is lost when the old one is missed once more",
		file: "tenants/store/groups.go", old: "c.Thread == 0 && kept.Room != c.Was", new: "false",
		pkg: "tenants/store", test: "TestRoom",
	},
	{
		name: "what HIDE_INFO hides is forwarded when a topic is made anew",
		file: "tenants/dialog/earlier.go", old: "case f.Settings.Hide.Any() || len", new: "case len",
		pkg: "bench/world", test: "TestScripts/history",
	},
	{
		name: "a reply goes to what was deleted with the old topic",
		file: "tenants/store/earlier.go", old: "\"UPDATE links SET part = part + ? WHERE", new: "\"UPDATE links SET part = part + 0 * ? WHERE",
		pkg: "tenants/store", test: "TestEarlier",
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
		name: "an upload whose end has left counts as not sent",
		file: "actors/telegram/botapi/stream.go", old: "u.whole.Store(u.at == len(u.sources))", new: "u.whole.Store(false)",
		pkg: "actors/telegram/botapi", test: "TestStreamFails",
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
		pkg: "tenants/dialog", test: "TestThreadOf", args: "-rapid.nofailfile",
	},
	{
		name: "undo says that a message is stopped, and it goes all the same",
		file: "tenants/dialog/hold.go", old: "d.release(h)\n\td.out.Cancel = append(d.out.Cancel, t.Of...)", new: "d.release(h)",
		pkg: "bench/world", test: "TestScripts/undo",
	},
	{
		name: "what was deleted while it was held is sent from its body",
		file: "tenants/dialog/hold.go", old: "o.Reason == tenants.WhyDeleted && f.Settings.Undo > 0", new: "o.Reason == tenants.WhyDeleted && f.Settings.Undo < 0",
		pkg: "bench/world", test: "TestScripts/undo",
	},
	{
		name: "what is written anew is not asked whether it was deleted",
		file: "tenants/dialog/answer.go", old: "if held && i == 0 && s.Way == Write", new: "if !held && i == 0 && s.Way == Write",
		pkg: "bench/world", test: "TestScripts/undo",
	},
	{
		name: "what was held over a long restart just goes",
		file: "tenants/dialog/hold.go", old: "return now.Sub(h.Until) > tenants.LateNote", new: "return now.Sub(h.Until) < 0*tenants.LateNote",
		pkg: "bench/world", test: "TestScripts/undo",
	},
	{
		name: "a refused message is retired without a word",
		file: "tenants/dialog/refusal.go", old: "d.offer(held, notDelivered(why), true, verbs)", new: "_, _ = held, verbs",
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
		name: "what may have arrived is withdrawn as if it had not",
		file: "tenants/store/jobs.go", old: "!r.Trying && !r.Job.Effect.(*dialog.Send).Doubt", new: "!r.Trying",
		pkg: "tenants/store", test: "TestEditOfWhatMayBeThereQueues",
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
		name: "a message is linked in whatever topic it is",
		file: "tenants/dialog/likeness.go", old: "o.Thread != topic && o.Thread != send.Room", new: "topic < 0",
		pkg: "tenants/dialog", test: "TestIdentify",
	},
	{
		name: "what is taken back in time still counts as on its way",
		file: "tenants/store/merge.go", old: "own.Withdrawn += dropped", new: "own.Withdrawn += 0 * dropped",
		pkg: "bench/world", test: "TestScripts/del",
	},
	{
		name: "what the team thinks of its own answers goes to the client",
		file: "tenants/dialog/react.go", old: "if d.f.ReplyLink.Ours || ", new: "if ",
		pkg: "bench/world", test: "TestScripts/reactions",
	},
	{
		name: "a file is copied while its tenant has it open",
		file: "actors/node/census.go", old: "open := h != nil && h.seated", new: "open := h != nil && h.gone",
		pkg: "actors/node", test: "TestStill",
	},
	{
		name: "a restored copy is not held against the list",
		file: "actors/backup/manifest.go", old: "found.SHA256 != f.SHA256", new: "found.SHA256 == \"\"",
		pkg: "cmd/topicdesk", test: "TestRestoreRefuses",
	},
	{
		name: "what is restored is put away as the old, where that was begun before",
		file: "actors/backup/place.go", old: "disk.Exists(in); err != nil || !there", new: "disk.Exists(in); err != nil && !there",
		pkg: "actors/backup", test: "TestWholeIsFinished",
	},
	{
		name: "a copy is restored with the log of another",
		file: "actors/backup/prepare.go", old: "range SQLiteEnds {", new: "range SQLiteEnds[:1] {",
		pkg: "actors/backup", test: "TestPrepareOverAnother",
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
		name: "commits wait for a checkpoint to be synced",
		file: "tenants/store/store.go", old: "return \"FULL\"", new: "return \"NORMAL\"",
		pkg: "bench/disk", test: "TestPowerCut",
	},
	{
		name: "what was told of a backlog is not kept",
		file: "actors/tenant/backlog.go", old: "if err := t.tx.PutGroupFacts(chat, kept); err != nil", new: "if err := error(nil); err != nil",
		pkg: "bench/world", test: "TestScripts/queue",
	},
	{
		name: "an answer in General waits behind a note",
		file: "tenants/dialog/stand.go", old: "Chat: chat, Class: ClassAnswer", new: "Chat: chat, Class: ClassNote",
		pkg: "bench/world", test: "TestScripts/queuenote",
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
		name: "texts are joined over an operator's message",
		file: "tenants/dialog/join.go", old: "if d.s.SaidBy != authorKey(m) || d.stale() || d.s.SaidAt", new: "if d.s.SaidAt",
		pkg: "bench/world", test: "TestScripts/joinnot",
	},
	{
		name: "a part of a joined message begins one unit too early",
		file: "tenants/dialog/join.go", old: "from = j.Head.Len()\n", new: "from = j.Head.Len() - 1\n",
		pkg: "tenants/dialog", test: "TestJoinThenSplit",
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
		name: "the file is not written anew after somebody is forgotten",
		file: "tenants/store/forget.go", old: `"VACUUM", `, new: "",
		pkg: "tenants/store", test: "TestScrubReachesPages",
	},
	{
		name: "the log of the file keeps who is forgotten",
		file: "tenants/store/forget.go", old: `, "PRAGMA wal_checkpoint(TRUNCATE)"`, new: "",
		pkg: "tenants/store", test: "TestScrubEmptiesTheLog",
	},
	{
		name: "somebody is forgotten while something of theirs is being sent",
		file: "tenants/store/forget.go", old: "if trying {", new: "if trying && false {",
		pkg: "tenants/store", test: "TestForgetOfWhatIsUnderWay",
	},
	{
		name: "a tenant that is removed by half goes on with an empty file",
		file: "actors/web/still.go", old: "if !stopped && t.Stopped && d.halfRemoved(t) {", new: "if false {",
		pkg: "cmd/topicdesk", test: "TestRemovedByHalf/alone",
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
}
