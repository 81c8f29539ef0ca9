package telegram

// business is the tour through a business account.
func (tr *tourist) business() {
	k := tr.w.Knobs()
	k.BusinessEcho = true
	tr.w.SetKnobs(k)
	owner := tr.w.NewUser(Person{FirstName: "Olga", LastName: "O", Premium: true})
	customer := tr.w.NewUser(Person{FirstName: "Ким"})
	tr.w.robot(tr.bot).business = true
	link, err := tr.w.ConnectBusiness(owner, tr.bot, Business{Rights: BusinessRights{
		true, true, true, true, true, true, true, true, true, true, true, true, true, true,
	}})
	tr.must(err)
	tr.call("getBusinessConnection", "business_connection_id", link)
	_, err = tr.w.Send(customer, owner, Post{Content: MediaOf(&File{Kind: KindPhoto}, "look")})
	tr.must(err)
	first := tr.w.View(owner, customer, 0)[0].ID
	id, err := tr.w.Send(owner, customer, Post{Content: TextOf("I see"), ReplyTo: first})
	tr.must(err)
	tr.must(tr.w.Edit(owner, customer, id, TextOf("I saw")))
	on := []any{"business_connection_id", link, "chat_id", customer}
	m := tr.call("sendMessage", append(on, "text", "dear *Kim*", "parse_mode", "MarkdownV2", "disable_notification", true,
		"reply_parameters", map[string]any{"message_id": first, "quote": "ook"},
		"reply_markup", map[string]any{"inline_keyboard": [][]map[string]string{{{"text": "a", "callback_data": "A"}}}})...)
	shown := tr.w.View(customer, owner, 0)
	_, err = tr.w.Press(customer, owner, shown[len(shown)-1].ID, "A")
	tr.must(err)
	at := append(on, "message_id", m["message_id"])
	tr.call("editMessageText", append(at, "text", "dear Kim")...)
	tr.call("editMessageReplyMarkup", append(at, "reply_markup",
		map[string]any{"inline_keyboard": [][]map[string]string{{{"text": "b", "callback_data": "B"}}}})...)
	tr.call("pinChatMessage", at...)
	tr.call("unpinChatMessage", at...)
	tr.call("sendChatAction", append(on, "action", "typing")...)
	tr.call("readBusinessMessage", append(on, "message_id", first)...)
	photo := tr.call("sendPhoto", append(on, "photo", upload("p"), "caption", "c", "protect_content", true)...)
	of := append(on, "message_id", photo["message_id"])
	tr.call("editMessageCaption", append(of, "caption", "d")...)
	tr.call("editMessageMedia", append(of, "media", map[string]string{"type": "photo", "media": "attach://n"}, "n", upload("n"))...)
	tr.call("sendMediaGroup", append(on, "media", []map[string]string{{"type": "photo", "media": "attach://p"}, {"type": "photo", "media": "attach://v"}},
		"p", upload("p"), "v", upload("v"))...)
	tasks := []map[string]any{{"id": 1, "text": letters, "text_entities": tr.marks()}, {"id": 2, "text": "*b*", "parse_mode": "MarkdownV2"}}
	list := map[string]any{"title": letters, "title_entities": tr.marks(), "tasks": tasks,
		"others_can_add_tasks": true, "others_can_mark_tasks_as_done": true}
	sent := tr.call("sendChecklist", append(on, "checklist", list)...)
	list["title"], list["parse_mode"] = "*t*", "MarkdownV2"
	delete(list, "title_entities")
	tr.call("editMessageChecklist", append(on, "message_id", sent["message_id"], "checklist", list)...)
	tr.must(tr.w.MarkTasks(owner, customer, tr.newest(owner, customer), []int{1}, nil))
	place := tr.call("sendLocation", append(on, "latitude", 1, "longitude", 2, "live_period", 600)...)
	moved := append(on, "message_id", place["message_id"])
	tr.call("editMessageLiveLocation", append(moved, "latitude", 1, "longitude", 3)...)
	tr.call("stopMessageLiveLocation", moved...)
	poll := tr.call("sendPoll", append(on, "question", "Q", "options", []string{"a", "b"})...)
	tr.call("stopPoll", append(on, "message_id", poll["message_id"])...)
	tr.call("deleteBusinessMessages", "business_connection_id", link, "message_ids", []int{first})
	tr.must(tr.w.Delete(owner, customer, id))
	tr.must(tr.w.DisconnectBusiness(owner))
}

// newest is the number of the last message that a person sees in a chat.
func (tr *tourist) newest(person, chat int64) int {
	all := tr.w.View(person, chat, AllTopics)
	return all[len(all)-1].ID
}
