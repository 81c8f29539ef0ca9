//go:build mutants

package mutants

// doors are the sabotages of who and what comes in: doors, logins, gateways, connections.
var doors = []mutant{
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
		name: "one tenant holds all of the node's uncommitted updates",
		file: "actors/admission/admission.go", old: "in != nil && in.taken >= max(1, a.most/tenantShare)", new: "in != nil && in.taken < 0",
		pkg: "actors/admission", test: "TestAdmissionIsFair", args: drawn,
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
		name: "a tenant over its limits asks for more",
		file: "actors/connection/connection.go", old: "if !c.opt.Polls || c.holds() {", new: "if !c.opt.Polls {",
		pkg: "actors/connection", test: "TestHold",
	},
	{
		name: "what has arrived of an album goes again",
		file: "actors/telegram/botapi/verdict.go", old: "outcome.Arrived = part - 1", new: "outcome.Arrived = 0",
		pkg: "bench/world", test: "TestScripts/albumcut",
	},
	{
		name: "the next updates are asked for before the last are committed",
		file: "actors/connection/connection.go", old: "c.opt.Route(m.batch)\n\t\tc.setTimer()", new: "c.opt.Route(m.batch)\n\t\tc.state = m.batch.State\n\t\tc.receive()",
		pkg: "actors/connection", test: "TestReceiveAfterCommit",
	},
	{
		name: "the audit is off",
		file: "actors/connection/connection.go", old: "if o.shows() {", new: "if false {",
		pkg: "actors/connection", test: "TestAudit",
	},
	{
		name: "calls into the group are given no names to look for",
		file: "actors/tenant/covers.go", old: "hidden = []*privacy.Set{cover.Hidden()}", new: "hidden = nil",
		pkg: "bench/world", test: "TestScripts/audit",
	},
	{
		name: "a decision may show a pseudonym that is another's",
		file: "actors/tenant/commit.go", old: "if ok, err := t.baptize(s); err != nil || !ok {", new: "if _, err := t.baptize(s); err != nil {",
		pkg: "actors/tenant", test: "TestNoTwoShareAPseudonym",
	},
	{
		name: "what hides names is kept though somebody new was met",
		file: "actors/tenant/covers.go", old: "c.hide == f.Settings.Hide && c.met == met", new: "c.hide == f.Settings.Hide",
		pkg: "actors/tenant", test: "TestCoverFollowsTheFile",
	},
	{
		name: "a refusal of the audit is told in no group",
		file: "actors/tenant/covers.go", old: "t.now().Sub(told) < auditPause", new: "t.now().Sub(told) >= 0",
		pkg: "actors/tenant", test: "TestAuditIsTold",
	},
	{
		name: "texts that are a name together go as one",
		file: "actors/tenant/covers.go", old: "return (try.Whole != nil || sends && s.Joined) && betrays", new: "return false && sends && s.Joined && betrays",
		pkg: "bench/world", test: "TestScripts/joinname",
	},
	{
		name: "a list that waits names who is hidden by now",
		file: "actors/tenant/covers.go", old: "len(named) > 0 {", new: "len(named) < 0 {",
		pkg: "bench/world", test: "TestScripts/openwaits",
	},
	{
		name: "notes that wait go on naming who is forgotten",
		file: "actors/tenant/forget.go", old: "NotesWaiting()\n\tif err != nil {", new: "NotesWaiting()\n\tif err != nil || len(ids) >= 0 {",
		pkg: "bench/world", test: "TestScripts/forgettraces",
	},
	{
		name: "what was set aside of who is forgotten stays",
		file: "tenants/store/whoaside.go", old: "who.AsideJobs = append(who.AsideJobs, j.Job)", new: "_ = j.Job",
		pkg: "bench/world", test: "TestScripts/forgettracesask",
	},
	{
		name: "a list that waits calls who is forgotten as the team does",
		file: "actors/tenant/forget.go", old: "if len(row.Job.Named()) > 0 {", new: "if len(row.Job.Named()) < 0 {",
		pkg: "bench/world", test: "TestScripts/forgettracesask",
	},
	{
		name: "an upload whose end has left counts as not sent",
		file: "actors/telegram/botapi/stream.go", old: "u.whole.Store(u.at == len(u.sources))", new: "u.whole.Store(false)",
		pkg: "actors/telegram/botapi", test: "TestStreamFails",
	},
	{
		name: "a tenant that is removed by half goes on with an empty file",
		file: "actors/web/still.go", old: "if !stopped && t.Stopped && d.halfRemoved(t) {", new: "if false {",
		pkg: "cmd/topicdesk", test: "TestRemovedByHalf/alone",
	},
}
