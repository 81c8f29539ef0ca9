package telegram

import "time"

// news is the tour's part about updates that nothing else causes.
func (tr *tourist) news() {
	tr.collect() // some would be forgotten in five minutes
	ch := tr.w.NewChannel(tr.ann, "Counted")
	tr.must(tr.w.Promote(tr.ann, ch, tr.bot, AllRights(), ""))
	id, err := tr.w.Say(tr.ann, ch, 0, "post")
	tr.must(err)
	tr.must(tr.w.React(tr.ann, ch, id, "👍"))
	tr.w.SetTime(tr.w.Now().Add(5 * time.Minute)) // reactions are counted
	group := tr.w.NewSupergroup(tr.ann, "Left", tr.bot)
	tr.must(tr.w.Promote(tr.ann, group, tr.bot, AllRights(), ""))
	tr.w.SetAnonymous(group, tr.ann, true)
	said, err := tr.w.Say(tr.ann, group, 0, "said")
	tr.must(err)
	tr.must(tr.w.React(tr.ann, group, said, "👍"))
	pressed := tr.button(group)
	tr.must(tr.w.Leave(tr.bot, group))
	_, err = tr.w.Press(tr.ann, group, pressed, "A")
	tr.must(err)
	tr.call("setWebhook", "url", "https://a.bc/", "ip_address", "8.8.8.8", "allowed_updates", []string{"message"})
	tr.w.WebhookFailed(tr.bot, "Connection refused")
	tr.call("getWebhookInfo")
	tr.call("deleteWebhook", "drop_pending_updates", false)
	tr.call("getUpdates", "allowed_updates", allUpdates)
}
