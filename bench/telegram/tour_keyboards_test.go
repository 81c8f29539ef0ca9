package telegram

// icon is a custom emoji that anybody may use.
const icon = "5357419403325481346"

// everyKey is the tour through everything that stands below a message or
// below the input field.
func (tr *tourist) everyKey() {
	rows := func(buttons ...map[string]any) [][]map[string]any {
		var out [][]map[string]any
		for _, b := range buttons {
			out = append(out, []map[string]any{b})
		}
		return out
	}
	tr.call("sendMessage", "chat_id", tr.cli, "text", "inline", "reply_markup", map[string]any{"inline_keyboard": rows(
		map[string]any{"text": "data", "callback_data": "d", "icon_custom_emoji_id": icon, "style": "danger"},
		map[string]any{"text": "app", "web_app": map[string]any{"url": "https://a.bc"}},
		map[string]any{"text": "login", "login_url": map[string]any{
			"url": "https://a.bc", "forward_text": "f", "bot_username": "desk_bot", "request_write_access": true,
		}},
		map[string]any{"text": "inline", "switch_inline_query": "q"},
		map[string]any{"text": "here", "switch_inline_query_current_chat": ""},
		map[string]any{"text": "chosen", "switch_inline_query_chosen_chat": map[string]any{
			"query": "q", "allow_user_chats": true, "allow_bot_chats": true, "allow_group_chats": true, "allow_channel_chats": false,
		}},
		map[string]any{"text": "copy", "copy_text": map[string]any{"text": "c"}},
	)})
	tr.call("sendMessage", "chat_id", tr.cli, "text", "keys", "reply_markup", map[string]any{
		"is_persistent": true, "resize_keyboard": true, "one_time_keyboard": true, "input_field_placeholder": "p", "selective": true,
		"keyboard": rows(
			map[string]any{"text": "plain", "icon_custom_emoji_id": icon, "style": "primary"},
			map[string]any{"text": "phone", "request_contact": true},
			map[string]any{"text": "place", "request_location": true},
			map[string]any{"text": "poll", "request_poll": map[string]any{"type": "quiz"}},
			map[string]any{"text": "app", "web_app": map[string]any{"url": "https://a.bc"}},
			map[string]any{"text": "people", "request_users": map[string]any{
				"request_id": 7, "user_is_bot": false, "user_is_premium": true, "max_quantity": 2,
				"request_name": true, "request_username": true, "request_photo": true,
			}},
			map[string]any{"text": "chat", "request_chat": map[string]any{
				"request_id": 8, "chat_is_channel": false, "chat_is_forum": true, "chat_has_username": true, "chat_is_created": true,
				"user_administrator_rights": flags("can_invite_users"), "bot_administrator_rights": flags("can_invite_users"),
				"bot_is_member": true, "request_title": true, "request_username": true, "request_photo": true,
			}},
		)})
	rich := tr.w.NewUser(Person{FirstName: "Rich", LastName: "Y", Username: "rich_y", Premium: true})
	tr.w.AddProfilePhoto(rich, File{})
	_, err := tr.w.PressKey(tr.cli, tr.bot, 0, "people", Given{Users: []int64{rich}})
	tr.must(err)
	mine := tr.w.NewForum(tr.cli, "Mine", tr.bot)
	tr.must(tr.w.Promote(tr.cli, mine, tr.bot, Rights{InviteUsers: true}, ""))
	tr.must(tr.w.SetPhoto(tr.cli, mine, File{}))
	tr.w.SetPublicName(mine, "mine_only")
	_, err = tr.w.PressKey(tr.cli, tr.bot, 0, "chat", Given{Chat: mine})
	tr.must(err)
	tr.call("sendMessage", "chat_id", tr.forum, "text", "away", "reply_markup", map[string]any{"remove_keyboard": true, "selective": true})
	tr.call("sendMessage", "chat_id", tr.cli, "text", "reply", "reply_markup", map[string]any{
		"force_reply": true, "input_field_placeholder": "p", "selective": true,
	})
}

// flags are the rights of an administrator, of which only one is given.
func flags(given string) map[string]bool {
	out := map[string]bool{}
	for _, n := range (&Rights{}).named() {
		out[n.name] = n.name == given
	}
	return out
}
