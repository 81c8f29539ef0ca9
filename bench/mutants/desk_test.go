//go:build mutants

package mutants

// desk are the sabotages of what operators administer.
var desk = []mutant{
	{
		name: "what waits for a client chat goes into the backend group that it has become",
		file: "actors/tenant/mark.go", old: "if t.intoTeam(row) {", new: "if !t.intoTeam(row) && t.intoTeam(row) {",
		pkg: "bench/world", test: "TestScripts/teambind",
	},
	{
		name: "what a banned person writes is relayed",
		file: "tenants/dialog/client.go", old: "case d.banned(writerOf(&m)):\n\t\td.event", new: "case d.banned(writerOf(&m)) && edited:\n\t\td.event",
		pkg: "bench/world", test: "TestScripts/bangroup",
	},
	{
		name: "of two bans at the same moment one is lost",
		file: "tenants/store/desk.go", old: "if v, changes := tenants.WithListed(values, c, tenants.IgnoreChats, i.Chat, i.On); changes {", new: "if v, changes := tenants.WithListed(values[:0], c, tenants.IgnoreChats, i.Chat, i.On); changes {",
		pkg: "bench/world", test: "TestScripts/bantogether",
	},
	{
		name: "whoever wants to may ban",
		file: "tenants/command/help.go", old: "case c.OfOthers || who.Has(c.Right):", new: "case c.OfOthers || who.Has(c.Right) || who.Is == Operator:",
		pkg: "bench/world", test: "TestScripts/banright",
	},
	{
		name: "a quick reply may say what is forbidden",
		file: "tenants/dialog/replysend.go", old: "if word, found := d.f.filters().Backend.In(c); found {", new: "if word, found := d.f.filters().Backend.In(c); found && d.pressed {",
		pkg: "bench/world", test: "TestScripts/sayhide",
	},
	{
		name: "who gave a dialog up has it still",
		file: "tenants/dialog/assign.go", old: "\t\td.s.Rare.Assignee = Assignee{}\n", new: "",
		pkg: "bench/world", test: "TestScripts/assign",
	},
	{
		name: "a label lists clients whom only the other bot hides",
		file: "actors/tenant/labels.go", old: "if f.Marked.Hidden {", new: "if f.Marked.Hidden = f.Settings.Hide.Any(); f.Marked.Hidden {",
		pkg: "bench/world", test: "TestScripts/hidetwo",
	},
	{
		name: "whose dialog it is becomes a part of the name",
		file: "tenants/dialog/answer.go", old: "cleanTitle(d.withoutAssignee(d.withoutTickers(", new: "cleanTitle((d.withoutTickers(",
		pkg: "bench/world", test: "TestScripts/nametaken",
	},
	{
		name: "labels of another group are shown",
		file: "tenants/store/labels.go", old: "\"SELECT id, name, ticker, sends FROM labels WHERE group_chat = ? AND gone = 0 ORDER BY id\"", new: "\"SELECT id, name, ticker, sends FROM labels WHERE ? <> 0 AND gone = 0 ORDER BY id\"",
		pkg: "bench/world", test: "TestScripts/marktwo",
	},
	{
		name: "a label that is set again sends again",
		file: "tenants/dialog/labels.go", old: "\t\treturn false\n\t}\n\tfor _, off", new: "\t\treturn true\n\t}\n\tfor _, off",
		pkg: "bench/world", test: "TestScripts/marksends",
	},
	{
		name: "what a label sends can't be stopped in time",
		file: "tenants/dialog/labelsends.go", old: "max(d.f.Settings.Undo, tenants.LabelHold)", new: "max(d.f.Settings.Undo, tenants.LabelHold/10)",
		pkg: "bench/world", test: "TestScripts/marksends",
	},
	{
		name: "what a label has sent can still be undone by a button",
		file: "tenants/dialog/settle.go", old: "\td.noticeOver(s.Notice)\n", new: "",
		pkg: "bench/world", test: "TestScripts/marksends",
	},
	{
		name: "a notice that is over before it left goes all the same",
		file: "tenants/store/merge.go", old: "return tx.dropNotice(job.Lane, e.Notice)", new: "return nil",
		pkg: "tenants/store", test: "TestNoticeIsOver",
	},
	{
		name: "a name with its accents apart is another name",
		file: "tenants/command/name.go", old: "\tfold := ", new: "\tif name != \"\" {\n\t\treturn strings.ToLower(name)\n\t}\n\tfold := ",
		pkg: "bench/world", test: "TestScripts/markforms",
	},
	{
		name: "a label that was made before names had one form can't be changed",
		file: "tenants/store/labels.go", old: "fold = iif(name = ?4, fold, ?3)", new: "fold = ?3",
		pkg: "tenants/store", test: "TestLabelsOfOldForm",
	},
	{
		name: "a sign says whose the pseudonym is",
		file: "tenants/dialog/labels.go", old: "Text(tenants.Plain(l.Ticker)).Text == l.Ticker {", new: "Text(tenants.Plain(l.Ticker)).Text != \"\" {",
		pkg: "bench/world", test: "TestScripts/markhide",
	},
	{
		name: "a client's own language is not asked for",
		file: "tenants/voice.go", old: "v.Language = say.Closest(p.Language, v.Language)", new: "v.Language = say.Closest(\"\", v.Language)",
		pkg: "bench/world", test: "TestScripts/language",
	},
	{
		name: "a title whose answer never came is taken for the old one",
		file: "tenants/store/resolve.go", old: "try.Title == topic.Set && try.Row.Attempt == 0", new: "try.Title == topic.Set",
		pkg: "bench/world", test: "TestScripts/titlelost",
	},
	{
		name: "a ban is not written down",
		file: "tenants/dialog/ban.go", old: "\td.act(\"ban\", \"\")\n", new: "",
		pkg: "tenants/dialog", test: "TestScripts",
	},
	{
		name: "a parameter of one chat is not written down",
		file: "tenants/dialog/set.go", old: "\td.act(string(command.Set), tenants.Setting(v))\n", new: "\t_ = command.Set\n",
		pkg: "tenants/dialog", test: "TestScripts",
	},
	{
		name: "what a label became is not written down",
		file: "tenants/dialog/labelsgeneral.go", old: "\tp.out.Acts = append(p.out.Acts, Act{At: p.f.Now, By: p.m.From, Name: \"label \" + act, Detail: detail})\n", new: "",
		pkg: "bench/world", test: "TestWorld", args: "-seeds 40",
	},
	{
		name: "the team is told again and again of who waits",
		file: "tenants/dialog/office.go", old: "*r = Reminder{Done: true}", new: "*r = Reminder{Not: d.f.Now.Add(10 * time.Minute)}",
		pkg: "bench/world", test: "TestWorld", args: "-seeds 20",
	},
	{
		name: "what a banned person edits is shown",
		file: "tenants/dialog/client.go", old: "case d.banned(writerOf(&m)):\n\t\td.event(MessageFiltered, 0)\n\t\treturn d.dropped(\"banned\")\n\tcase edited:\n\t\treturn d.clientEdit(&m)", new: "case edited:\n\t\treturn d.clientEdit(&m)\n\tcase d.banned(writerOf(&m)):\n\t\td.event(MessageFiltered, 0)\n\t\treturn d.dropped(\"banned\")",
		pkg: "bench/world", test: "TestScripts/bangroup",
	},
	{
		name: "a chat that is ignored is heard",
		file: "tenants/dialog/client.go", old: "case slices.Contains(set.Ignore, m.Chat.ID) || from != 0 &&", new: "case m.AutoPost && from != 0 &&",
		pkg: "bench/world", test: "TestScripts/ban",
	},
	{
		name: "nobody is asked what becomes of topics that show names",
		file: "actors/tenant/admin.go", old: "if !facts.Settings.Hide.Beyond(before) {", new: "if facts.Settings.Hide.Beyond(before) {",
		pkg: "bench/world", test: "TestScripts/hidenew",
	},
	{
		name: "nobody is asked in the group in which a login worked before",
		file: "actors/tenant/admin.go", old: "if !shows || asker == 0 {", new: "if !shows || asker == 0 || p.Group != t.logins[c].row.Group.ID {",
		pkg: "bench/world", test: "TestScripts/hideformer",
	},
	{
		name: "in a group of which all logins are out somebody asks",
		file: "actors/tenant/places.go", old: "if id != 0 && t.lackOf(id, group) == dialog.LacksPlace &&", new: "if id < 0 && t.lackOf(id, group) == dialog.LacksPlace &&",
		pkg: "bench/world", test: "TestScripts/hideformer",
	},
	{
		name: "who is out of a group answers in General",
		file: "actors/tenant/places.go", old: "case p.Lack != dialog.LacksPlace:", new: "case true:",
		pkg: "bench/world", test: "TestScripts/outofoldest",
	},
	{
		name: "two logins answer, each in its own time",
		file: "actors/tenant/standin.go", old: "return t.given[i].by == c", new: "return t.given[i].by == c || true",
		pkg: "actors/tenant", test: "TestGives",
	},
	{
		name: "one member's menu is everybody's",
		file: "actors/telegram/botapi/menu.go", old: "if m.User != 0 {", new: "if m.User < 0 {",
		pkg: "bench/world", test: "TestScripts/menus",
	},
	{
		name: "who waits is listed with the name that is hidden",
		file: "actors/tenant/asked.go", old: "\tif !settings.Hide.Any() {\n\t\tw.Open = true\n\t\treturn nil\n\t}\n\tstate, err := t.tx.Dialog(w.Dialog)", new: "\tif settings.Hide.Any() {\n\t\treturn nil\n\t}\n\tstate, err := t.tx.Dialog(w.Dialog)",
		pkg: "bench/world", test: "TestScripts/openhide",
	},
	{
		name: "a page of who waits looks through the names of all who do",
		file: "actors/tenant/asked.go", old: "\tf.Waiting = s.Page(all, page)\n", new: "\tfor i := range all {\n\t\tif err := t.veilWaiting(&all[i]); err != nil {\n\t\t\treturn err\n\t\t}\n\t}\n\tf.Waiting = s.Page(all, page)\n",
		pkg: "actors/tenant", test: "TestOpenHidesWhomItShows",
	},
	{
		name: "a label that the dialog has is set again",
		file: "tenants/dialog/labels.go", old: "(anew bool) {\n\tif slices.Contains(d.s.Rare.Labels, l.ID) {", new: "(anew bool) {\n\tif slices.Contains(d.s.Rare.Labels, -l.ID) {",
		pkg: "bench/world", test: "TestScripts/marksends",
	},
	{
		name: "a dialog's label that is taken off stays in the table",
		file: "tenants/store/labels.go", old: "\"DELETE FROM dialog_labels WHERE label = ?1 AND dialog = ?2 AND ?3 > 0\"", new: "\"DELETE FROM dialog_labels WHERE label = ?1 AND dialog = ?2 AND ?3 < 0\"",
		pkg: "bench/world", test: "TestWorld", args: "-seeds 60",
	},
	{
		name: "the shortest retention is everybody's",
		file: "tenants/store/prune.go", old: "\"links WHERE connection = ? AND\"", new: "\"links WHERE ? > 0 AND\"",
		pkg: "tenants/store", test: "TestPruneByConnection",
	},
	{
		name: "clients are told of what is lost although SILENT_MODE forbids it",
		file: "tenants/dialog/office.go", old: "return !d.f.Settings.Silent && ", new: "return ",
		pkg: "bench/world", test: "TestScripts/silentmode",
	},
	{
		name: "a topic is pinged again and again",
		file: "tenants/dialog/office.go", old: "*r = Reminder{Done: true}", new: "*r = Reminder{Not: d.f.Now.Add(time.Hour)}",
		pkg: "bench/world", test: "TestScripts/remind",
	},
	{
		name: "who is away says so at each message",
		file: "tenants/dialog/office.go", old: "\td.s.Rare.Away = d.f.Now\n", new: "",
		pkg: "bench/world", test: "TestScripts/away",
	},
	{
		name: "a topic that was closed with its dialog stays closed",
		file: "tenants/dialog/office.go", old: "\tif !want {\n\t\td.unlock()\n\t}\n", new: "",
		pkg: "bench/world", test: "TestScripts/lockclosed",
	},
	{
		name: "what is set for one chat counts for all",
		file: "tenants/dialog/set.go", old: "v := tenants.Value{Level: tenants.Level{Dialog: d.s.ID}, Name: p.Name}", new: "v := tenants.Value{Name: p.Name}",
		pkg: "bench/world", test: "TestScripts/set",
	},
}
