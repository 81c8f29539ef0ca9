package telegram

// captured is the tour through situations of which others captured updates.
func (tr *tourist) captured() {
	said, err := tr.w.Say(tr.cli, tr.bot, 0, "This message")
	tr.must(err)
	reply, err := tr.w.Send(tr.cli, tr.bot, Post{Content: TextOf("a message"), ReplyTo: said})
	tr.must(err)
	tr.must(tr.w.Edit(tr.cli, tr.bot, reply, TextOf("Editing this message")))
	tr.must(tr.w.Pin(tr.cli, tr.bot, said))
	for _, c := range []Content{
		MediaOf(&File{Kind: KindPhoto}, "caption"),
		MediaOf(&File{Kind: KindAudio, Name: "n", Title: "t", Performer: "p", Cover: true}, ""),
		{Kind: KindVenue, Venue: &Venue{Title: "T", Address: "A", FoursquareID: "f"}},
		{Kind: KindContact, Contact: &Contact{Phone: "1", FirstName: "F", VCard: "BEGIN:VCARD"}},
	} {
		_, err := tr.w.Send(tr.cli, tr.bot, Post{Content: c})
		tr.must(err)
	}
	tr.call("sendMessage", "chat_id", tr.cli, "text", "choose", "reply_markup", map[string]any{"keyboard": [][]map[string]any{{
		{"text": "chat", "request_chat": map[string]any{"request_id": 42, "chat_is_channel": false}},
	}}})
	_, err = tr.w.PressKey(tr.cli, tr.bot, 0, "chat", Given{Chat: tr.w.NewGroup(tr.cli, "Shared")})
	tr.must(err)
	list, err := tr.w.Send(tr.cli, tr.bot, Post{Content: Content{Kind: KindChecklist, Checklist: &Checklist{
		Title: "Daily Tasks", Tasks: []Task{{ID: 1, Text: "Apples"}}, OthersAdd: true, OthersMark: true,
	}}})
	tr.must(err)
	tr.must(tr.w.AddTasks(tr.cli, tr.bot, list, "Pears"))
	topic, err := tr.w.CreateTopic(tr.ann, tr.forum, "t", 0)
	tr.must(err)
	first, err := tr.w.Say(tr.ann, tr.forum, topic, "aaaa")
	tr.must(err)
	_, err = tr.w.Send(tr.ann, tr.forum, Post{Content: TextOf("bbbb"), Topic: topic, ReplyTo: first})
	tr.must(err)
}
