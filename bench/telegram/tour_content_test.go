package telegram

import "time"

// contents is the tour through what messages are made of, with every option.
func (tr *tourist) contents() {
	tr.texts()
	tr.media()
	tr.places()
	tr.surveys()
	tr.illustrated()
	tr.elsewhere()
	tr.parts()
	tr.together()
}

// parts replies to parts of messages.
func (tr *tourist) parts() {
	list, err := tr.w.Send(tr.ann, tr.forum, Post{Content: Content{Kind: KindChecklist, Checklist: &Checklist{Title: "T", Tasks: []Task{{ID: 1, Text: "t"}}}}})
	tr.must(err)
	poll := tr.call("sendPoll", "chat_id", tr.forum, "question", "Q", "options", []string{"a", "b"})
	at := []any{"chat_id", tr.forum, "text", "x"}
	tr.call("sendMessage", append(at, "reply_parameters", map[string]any{"message_id": list, "checklist_task_id": 1})...)
	tr.call("sendMessage", append(at, "reply_parameters", map[string]any{"message_id": poll["message_id"], "poll_option_id": "0"})...)
	_, err = tr.w.Send(tr.ann, tr.forum, Post{Content: TextOf("x"), ReplyTo: list, Task: 1, Scheduled: true})
	tr.must(err)
}

// marks are entities of every type, of a text of 40 letters.
func (tr *tourist) marks() []map[string]any {
	return []map[string]any{
		{"type": "bold", "offset": 0, "length": 1},
		{"type": "text_link", "offset": 2, "length": 1, "url": "https://a.bc"},
		{"type": "text_mention", "offset": 4, "length": 1, "user": map[string]any{"id": tr.cli, "is_bot": false, "first_name": "Cli"}},
		{"type": "pre", "offset": 6, "length": 1, "language": "go"},
		{"type": "custom_emoji", "offset": 8, "length": 1, "custom_emoji_id": icon},
		{"type": "date_time", "offset": 10, "length": 1, "unix_time": 1, "date_time_format": "wDT"},
	}
}

const letters = "a b c d e f g h i j k l m n o p q r s t"

func (tr *tourist) texts() {
	to := []any{"chat_id", tr.cli}
	m := tr.call("sendMessage", append(to, "text", letters, "entities", tr.marks(), "message_effect_id", effects[0], "allow_paid_broadcast", true,
		"link_preview_options", map[string]any{
			"is_disabled": false, "url": "https://a.bc", "prefer_small_media": true, "show_above_text": true,
		})...)
	tr.call("sendMessage", append(to, "text", "https://a.bc", "link_preview_options", map[string]any{"prefer_large_media": true, "url": "https://a.bc"})...)
	tr.call("sendMessage", append(to, "text", "x", "reply_parameters", map[string]any{
		"message_id": m["message_id"], "quote": "a b", "quote_entities": []map[string]any{{"type": "bold", "offset": 0, "length": 1}},
		"quote_position": 0,
	})...)
	tr.call("sendMessage", append(to, "text", "x", "reply_parameters", map[string]any{
		"message_id": m["message_id"], "quote": "*a* b", "quote_parse_mode": "MarkdownV2", "allow_sending_without_reply": true,
	})...)
	photo := tr.call("sendPhoto", append(to, "photo", upload("p"), "caption", "c")...)
	tr.call("copyMessage", append(to, "from_chat_id", tr.cli, "message_id", photo["message_id"], "caption", letters,
		"caption_entities", tr.marks(), "parse_mode", "", "show_caption_above_media", true)...)
}

func (tr *tourist) media() {
	to := []any{"chat_id", tr.cli}
	tr.call("sendVideo", append(to, "video", upload("v"), "cover", upload("c"), "start_timestamp", 3, "thumbnail", upload("t"))...)
	tr.call("sendAudio", append(to, "audio", upload("a"), "thumbnail", upload("t"), "title", "T", "performer", "P", "duration", 3)...)
	tr.call("sendLivePhoto", append(to, "live_photo", upload("l"), "photo", upload("p"), "caption", letters, "caption_entities", tr.marks(),
		"has_spoiler", true)...)
	item := func(kind string, more map[string]any) map[string]any {
		more["type"], more["media"] = kind, "attach://m"
		more["caption"], more["parse_mode"], more["caption_entities"] = letters, "", tr.marks()
		if kind != "photo" && kind != "live_photo" {
			more["thumbnail"] = "attach://t"
		}
		if kind != "audio" && kind != "document" {
			more["show_caption_above_media"], more["has_spoiler"] = true, true
		}
		return more
	}
	album := func(items ...map[string]any) {
		tr.call("sendMediaGroup", append(to, "media", items, "m", upload("m"), "t", upload("t"), "p", upload("p"), "c", upload("c"))...)
	}
	size := func() map[string]any { return map[string]any{"width": 3, "height": 4, "duration": 5} }
	video := size()
	video["cover"], video["start_timestamp"] = "attach://c", 2
	album(item("photo", map[string]any{}), item("video", video), item("live_photo", map[string]any{"photo": "attach://p"}))
	audio := func() map[string]any {
		return item("audio", map[string]any{"duration": 1, "performer": "p", "title": "t"})
	}
	album(audio(), audio())
	document := func() map[string]any { return item("document", map[string]any{"disable_content_type_detection": true}) }
	album(document(), document())
	m := tr.call("sendPhoto", append(to, "photo", upload("p"))...)
	tr.call("editMessageMedia", append(to, "message_id", m["message_id"], "media", item("animation", size()), "m", upload("m"), "t", upload("t"))...)
	tr.call("sendPaidMedia", append(to, "star_count", 5, "payload", "pay", "caption", letters, "caption_entities", tr.marks(), "media", []map[string]any{
		{"type": "photo", "media": "attach://m"}, {"type": "live_photo", "media": "attach://m", "photo": "attach://p"},
		{"type": "video", "media": "attach://m", "thumbnail": "attach://t", "cover": "attach://c", "start_timestamp": 1, "width": 3, "height": 4, "duration": 5},
	}, "m", upload("m"), "t", upload("t"), "p", upload("p"), "c", upload("c"))...)
}

func (tr *tourist) places() {
	to := []any{"chat_id", tr.cli}
	where := []any{"longitude", 2.5, "horizontal_accuracy", 10, "heading", 90, "proximity_alert_radius", 100, "live_period", 600}
	m := tr.call("sendLocation", append(append(to, "latitude", 1.5), where...)...)
	at := append(to, "message_id", m["message_id"])
	tr.call("editMessageLiveLocation", append(append(at, "latitude", 1.6), where...)...)
	tr.call("stopMessageLiveLocation", at...)
	venue := append(to, "latitude", 1.5, "longitude", 2.5, "title", "T", "address", "A")
	tr.call("sendVenue", append(venue, "foursquare_id", "f", "foursquare_type", "t")...)
	tr.call("sendVenue", append(venue, "google_place_id", "g", "google_place_type", "t")...)
	tr.call("sendContact", append(to, "phone_number", "+1", "first_name", "N", "last_name", "L", "vcard", "BEGIN:VCARD")...)
}

func (tr *tourist) surveys() {
	emoji := []map[string]any{{"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": icon}}
	m := tr.call("sendPoll", "chat_id", tr.cli, "question", "😀 Q", "question_entities", emoji, "type", "quiz", "correct_option_ids", []int{0},
		"options", []map[string]any{{"text": "😀 a", "text_entities": emoji}, {"text": "b", "text_parse_mode": "HTML"}},
		"explanation", "because", "explanation_entities", []map[string]any{{"type": "bold", "offset": 0, "length": 2}},
		"description", "about", "description_entities", []map[string]any{{"type": "bold", "offset": 0, "length": 2}}, "open_period", 60)
	tr.call("stopPoll", "chat_id", tr.cli, "message_id", m["message_id"], "reply_markup", map[string]any{})
	ch := tr.w.NewChannel(tr.ann, "Voters")
	tr.must(tr.w.Promote(tr.ann, ch, tr.bot, AllRights(), ""))
	tr.call("sendPoll", "chat_id", ch, "question", "Q", "options", []string{"a", "b"}, "country_codes", []string{"DE"}, "members_only", true,
		"close_date", tr.w.Now().Add(time.Minute).Unix())
}

// illustrated sends polls with everything that can stand beside their texts.
func (tr *tourist) illustrated() {
	files := []any{"m", upload("m"), "p", upload("p")}
	poll := func(pairs ...any) {
		tr.call("sendPoll", append(append([]any{"chat_id", tr.cli, "question", "Q"}, pairs...), files...)...)
	}
	file := func(kind string) map[string]any {
		return map[string]any{"type": kind, "media": "attach://m", "photo": "attach://p", "emoji": "🙂"}
	}
	place := map[string]any{"type": "location", "latitude": 1, "longitude": 2, "horizontal_accuracy": 3}
	venue := func(more map[string]any) map[string]any {
		more["type"], more["latitude"], more["longitude"], more["title"], more["address"] = "venue", 1, 2, "T", "A"
		return more
	}
	for _, m := range []map[string]any{
		file("animation"), file("audio"), file("document"), file("live_photo"), file("photo"), file("video"), place,
		venue(map[string]any{"foursquare_id": "f", "foursquare_type": "t"}), venue(map[string]any{"google_place_id": "g", "google_place_type": "t"}),
	} {
		poll("options", []string{"a", "b"}, "media", m, "type", "quiz", "correct_option_ids", []int{0}, "explanation", "so", "explanation_media", m)
	}
	poll("options", []map[string]any{{"text": "a", "media": file("sticker")}, {"text": "b", "media": place}})
}

// elsewhere replies to every kind of message from another chat.
func (tr *tourist) elsewhere() {
	at := Location{Latitude: 1, Longitude: 2}
	video := &File{Kind: KindVideo}
	for _, c := range []Content{
		MediaOf(&File{Kind: KindPhoto}, ""), {Kind: KindVideo, File: video, Spoiler: true}, MediaOf(&File{Kind: KindAnimation}, ""),
		MediaOf(&File{Kind: KindAudio}, ""), MediaOf(&File{Kind: KindVoice}, ""), MediaOf(&File{Kind: KindVideoNote}, ""),
		MediaOf(&File{Kind: KindDocument}, ""), MediaOf(&File{Kind: KindSticker}, ""),
		{Kind: KindPhoto, File: &File{Kind: KindPhoto}, Live: video},
		{Kind: KindLocation, Location: &at},
		{Kind: KindVenue, Venue: &Venue{Location: at, Title: "T", Address: "A"}},
		{Kind: KindContact, Contact: &Contact{Phone: "1", FirstName: "F"}},
		{Kind: KindDice, Dice: &Dice{Emoji: "🎲"}},
		{Kind: KindPoll, Poll: &Poll{Question: "Q", Options: []PollOption{{Text: "a"}, {Text: "b"}}}},
		{Kind: KindPaidMedia, Paid: &Paid{Stars: 5, Media: []Content{MediaOf(&File{Kind: KindVideo}, "")}}},
		{Kind: KindChecklist, Checklist: &Checklist{Title: "T", Tasks: []Task{{ID: 1, Text: "t"}}}},
	} {
		id, err := tr.w.Send(tr.ann, tr.forum, Post{Content: c})
		tr.must(err)
		tr.quoteElsewhere(id)
	}
	linked := tr.call("sendMessage", "chat_id", tr.forum, "text", "https://a.bc", "link_preview_options", map[string]any{"is_disabled": true})
	tr.quoteElsewhere(number(linked["message_id"]))
}

func (tr *tourist) quoteElsewhere(id int) {
	tr.call("sendMessage", "chat_id", tr.cli, "text", "x", "reply_parameters", map[string]any{"message_id": id, "chat_id": tr.forum})
}

// together changes what several people write on.
func (tr *tourist) together() {
	group := tr.w.NewSupergroup(tr.ann, "Team", tr.bot, tr.cli)
	tr.must(tr.w.Promote(tr.ann, group, tr.bot, AllRights(), ""))
	poll := number(tr.call("sendPoll", "chat_id", group, "question", "Q", "options", []string{"a", "b"}, "is_anonymous", false,
		"allow_adding_options", true)["message_id"])
	for _, anonymous := range []bool{false, true} {
		tr.w.SetAnonymous(group, tr.ann, anonymous)
		option, err := tr.w.AddAnswer(tr.ann, group, poll, map[bool]string{false: "c", true: "d"}[anonymous])
		tr.must(err)
		tr.must(tr.w.Vote(tr.ann, group, poll, 2))
		list, err := tr.w.Send(tr.ann, group, Post{Content: Content{Kind: KindChecklist, Checklist: &Checklist{
			Title: "T", Tasks: []Task{{ID: 1, Text: "t"}, {ID: 2, Text: "u"}}, OthersAdd: true, OthersMark: true,
		}}})
		tr.must(err)
		tr.must(tr.w.MarkTasks(tr.ann, group, list, []int{1}, []int{2}))
		tr.must(tr.w.AddTasks(tr.ann, group, list, "v"))
		if anonymous {
			tr.must(tr.w.RemoveAnswer(tr.ann, group, poll, option))
		}
	}
	tr.w.SetAnonymous(group, tr.ann, false)
	tr.must(tr.w.Transfer(tr.ann, group, tr.cli))
	for i, who := range []int64{tr.ann, tr.cli} {
		_, err := tr.w.Send(who, group, Post{Content: Content{Kind: KindLocation, Location: &Location{
			Latitude: 1, Longitude: 2 + float64(i)/10_000, LivePeriod: 600, Proximity: 50,
		}}})
		tr.must(err)
	}
	_, err := tr.w.Send(tr.cli, tr.bot, Post{Content: MediaOf(&File{
		Kind: KindVideo, Qualities: []*File{{Kind: KindVideo, Width: 320, Height: 240, Codec: "h264"}},
	}, "")})
	tr.must(err)
}
