package telegram

// messages sends what bots can send beside plain kinds, and edits it.
func (tr *tourist) messages() {
	to := []any{"chat_id", tr.cli}
	send := func(method string, pairs ...any) map[string]any { return tr.call(method, append(to, pairs...)...) }
	m := send("sendMessage", "text", "🙂 now", "message_effect_id", effects[0], "link_preview_options", `{"url":"https://a.bc","show_above_text":true}`,
		"entities", `[{"type":"date_time","offset":3,"length":3,"unix_time":1700000000,"date_time_format":"wDT"},{"type":"custom_emoji","offset":0,"length":2,"custom_emoji_id":"5"}]`,
		"reply_markup", `{"inline_keyboard":[[{"text":"a","callback_data":"a","style":"primary","icon_custom_emoji_id":"7"},{"text":"b","url":"a.bc"},{"text":"c","switch_inline_query":"q"}],
			[{"text":"d","switch_inline_query_current_chat":""},{"text":"e","switch_inline_query_chosen_chat":{"query":"q","allow_user_chats":true}}],
			[{"text":"f","web_app":{"url":"https://a.bc"}},{"text":"g","copy_text":{"text":"x"}},{"text":"h","login_url":{"url":"https://a.bc"}}]]}`)
	tr.call("sendMessage", "chat_id", tr.forum, "text", "external", "reply_parameters", map[string]any{"chat_id": tr.cli, "message_id": m["message_id"]})
	live := send("sendLocation", "latitude", 1, "longitude", 2, "live_period", 900, "heading", 9, "proximity_alert_radius", 50, "horizontal_accuracy", 1.5)
	send("editMessageLiveLocation", "message_id", live["message_id"], "latitude", 3, "longitude", 2)
	send("stopMessageLiveLocation", "message_id", live["message_id"])
	send("sendVenue", "latitude", 1, "longitude", 2, "title", "t", "address", "a", "google_place_id", "g", "google_place_type", "cafe")
	poll := send("sendPoll", "question", "Q", "options", `["a",{"text":"b"}]`, "open_period", 600, "description", "d *d*",
		"description_parse_mode", "Markdown", "is_anonymous", false, "allows_multiple_answers", true)
	tr.must(tr.w.Vote(tr.cli, tr.bot, number(poll["message_id"]), 0, 1))
	send("stopPoll", "message_id", poll["message_id"])
	send("sendPoll", "question", "Q", "options", `[{"text":"a","media":{"type":"sticker","media":"attach://p"}},"b"]`, "type", "quiz", "correct_option_ids", "[1]", "p", upload("p"),
		"media", `{"type":"live_photo","media":"attach://p","photo":"attach://p"}`, "explanation_media", `{"type":"venue","latitude":1,"longitude":2,"title":"t","address":"a"}`, "explanation", "<b>so</b>", "explanation_parse_mode", "HTML")
	send("sendLivePhoto", "live_photo", upload("v"), "photo", upload("p"), "caption", "c", "has_spoiler", true)
	send("sendPaidMedia", "star_count", 5, "payload", "x", "caption", "c", "p", upload("p"), "v", upload("v"),
		"media", `[{"type":"photo","media":"attach://p"},{"type":"video","media":"attach://v"},{"type":"live_photo","media":"attach://v","photo":"attach://p"}]`)
	send("sendVideo", "video", upload("v"), "cover", upload("c"), "start_timestamp", 3, "show_caption_above_media", true, "caption", "c")
	send("sendDocument", "document", upload("d.txt"), "thumbnail", upload("t"))
	tr.must(tr.w.Host("https://a.bc/p.jpg", File{Kind: KindPhoto}))
	send("sendPhoto", "photo", "https://a.bc/p.jpg")
	send("sendMessageDraft", "draft_id", 1, "text", "wri")
	said, err := tr.w.Say(tr.ann, tr.forum, 0, "to be liked")
	tr.must(err)
	tr.must(tr.w.React(tr.ann, tr.forum, said, "👍"))
	tr.call("deleteMessageReaction", "chat_id", tr.forum, "message_id", said, "user_id", tr.ann)
	tr.call("deleteAllMessageReactions", "chat_id", tr.forum, "user_id", tr.ann)
}

// keyboards are pressed by a person, who also moves.
func (tr *tourist) keyboards() {
	tr.call("sendMessage", "chat_id", tr.cli, "text", "keys", "reply_markup", `{"keyboard":[["yes",{"text":"phone","request_contact":true}],
		[{"text":"here","request_location":true},{"text":"poll","request_poll":{"type":"regular"}}],
		[{"text":"who","request_users":{"request_id":4,"max_quantity":2,"request_name":true,"request_username":true}},{"text":"where","request_chat":{"request_id":5,"chat_is_channel":false,"request_title":true}}]]}`)
	at := &Location{Latitude: 1, Longitude: 2}
	for _, k := range []struct {
		text string
		give Given
	}{
		{"yes", Given{}}, {"phone", Given{Phone: "+1"}}, {"here", Given{Location: at}},
		{"poll", Given{Poll: &Poll{Question: "Q", Options: []PollOption{{Text: "a"}}}}},
		{"who", Given{Users: []int64{tr.ann}}}, {"who", Given{Users: []int64{tr.ann, tr.cli}}},
	} {
		_, err := tr.w.PressKey(tr.cli, tr.bot, 0, k.text, k.give)
		tr.must(err)
	}
	group := tr.w.NewGroup(tr.cli, "Mine")
	_, err := tr.w.PressKey(tr.cli, tr.bot, 0, "where", Given{Chat: group})
	tr.must(err)
	id, err := tr.w.Send(tr.cli, tr.bot, Post{Content: Content{Kind: KindLocation, Location: &Location{LivePeriod: 60}}})
	tr.must(err)
	tr.must(tr.w.Move(tr.cli, tr.bot, id, at))
}
