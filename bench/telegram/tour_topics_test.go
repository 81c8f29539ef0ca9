package telegram

// privateTopics is the tour through topics of a private chat, and what the
// forum's part leaves out.
func (tr *tourist) privateTopics() {
	tr.w.SetThreaded(tr.bot, true, true)
	tr.call("getMe")
	id := tr.call("createForumTopic", "chat_id", tr.cli, "name", "Order", "icon_color", topicColors[1])["message_thread_id"]
	at := []any{"chat_id", tr.cli, "message_thread_id", id}
	tr.call("sendMessageDraft", append(at, "draft_id", 1, "text", "*x*", "parse_mode", "MarkdownV2")...)
	tr.call("sendMessage", append(at, "text", "in topic")...)
	tr.call("editForumTopic", append(at, "name", "Order 7")...)
	tr.call("unpinAllForumTopicMessages", at...)
	tr.call("deleteForumTopic", at...)
	own, err := tr.w.CreateTopic(tr.cli, tr.bot, "", 0)
	tr.must(err)
	_, err = tr.w.Say(tr.cli, tr.bot, own, "first")
	tr.must(err)
	tr.w.SetThreaded(tr.bot, false, false)
	tr.call("unpinAllGeneralForumTopicMessages", "chat_id", tr.forum)
}
