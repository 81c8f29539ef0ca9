package telegram

import (
	"strings"
	"time"
)

// rightsAndLinks is the tour through members, rights, links and settings.
func (tr *tourist) rightsAndLinks() {
	tr.memberTour()
	tr.linkTour()
	tr.infoTour()
	tr.settingTour()
}

func (tr *tourist) memberTour() {
	fay := tr.w.NewUser(Person{FirstName: "Fay"})
	tr.must(tr.w.AddMember(tr.ann, tr.forum, fay))
	who := []any{"chat_id", tr.forum, "user_id", fay}
	tr.call("setChatMemberTag", append(who, "tag", "vip")...)
	tr.call("getChatMember", who...)
	_, err := tr.w.Say(fay, tr.forum, 0, "tagged")
	tr.must(err)
	allowed := map[string]bool{}
	for _, n := range (&Permissions{}).named() {
		allowed[n.name] = n.name == "can_send_messages"
	}
	until := tr.w.Now().Add(time.Hour).Unix()
	tr.call("restrictChatMember", append(who, "permissions", allowed, "until_date", until, "use_independent_chat_permissions", true)...)
	tr.call("getChatMember", who...)
	tr.call("banChatMember", append(who, "until_date", until, "revoke_messages", true)...)
	tr.call("unbanChatMember", append(who, "only_if_banned", true)...)
	tr.must(tr.w.AddMember(tr.ann, tr.forum, fay))
	rights := append([]any{}, who...)
	for _, n := range (&Rights{}).named() {
		rights = append(rights, n.name, n.name == "can_pin_messages")
	}
	tr.call("promoteChatMember", rights...)
	tr.call("setChatAdministratorCustomTitle", append(who, "custom_title", "boss")...)
	tr.call("getChatAdministrators", "chat_id", tr.forum)
	tr.call("setChatPermissions", "chat_id", tr.forum, "permissions", allowed, "use_independent_chat_permissions", true)
	tr.w.SetPermissions(tr.forum, AllPermissions())
	ch := tr.w.NewChannel(tr.ann, "Loud")
	tr.call("banChatSenderChat", "chat_id", tr.forum, "sender_chat_id", ch)
	tr.call("unbanChatSenderChat", "chat_id", tr.forum, "sender_chat_id", ch)
	tr.w.SetAnonymous(tr.forum, tr.ann, true)
	id, err := tr.w.Say(tr.ann, tr.forum, 0, "anonymous")
	tr.must(err)
	tr.must(tr.w.React(tr.ann, tr.forum, id, "👍"))
	tr.call("deleteMessageReaction", "chat_id", tr.forum, "message_id", id, "actor_chat_id", tr.forum)
	tr.call("deleteAllMessageReactions", "chat_id", tr.forum, "actor_chat_id", tr.forum)
	tr.w.SetTitleOf(tr.forum, tr.ann, "Chief")
	tr.call("getChatMember", "chat_id", tr.forum, "user_id", tr.ann)
	signed, err := tr.w.Say(tr.ann, tr.forum, 0, "titled")
	tr.must(err)
	tr.call("forwardMessage", "chat_id", tr.cli, "from_chat_id", tr.forum, "message_id", signed)
	tr.must(tr.w.Pin(tr.ann, tr.forum, id))
	tr.w.SetAnonymous(tr.forum, tr.ann, false)
	tr.call("getUserChatBoosts", who...)
}

func (tr *tourist) linkTour() {
	gus, hal := tr.w.NewUser(Person{FirstName: "Gus"}), tr.w.NewUser(Person{FirstName: "Hal"})
	tr.w.SetBio(gus, "bio")
	at := []any{"chat_id", tr.forum}
	link := tr.call("createChatInviteLink", append(at, "name", "n", "expire_date", tr.w.Now().Add(time.Hour).Unix(), "member_limit", 5)...)["invite_link"]
	tr.call("editChatInviteLink", append(at, "invite_link", link, "name", "m", "expire_date", tr.w.Now().Add(time.Hour).Unix(),
		"member_limit", 6)...)
	_, err := tr.w.Join(hal, link.(string))
	tr.must(err)
	tr.call("revokeChatInviteLink", append(at, "invite_link", link)...)
	asking := tr.call("createChatInviteLink", append(at, "creates_join_request", true)...)["invite_link"].(string)
	tr.call("editChatInviteLink", append(at, "invite_link", asking, "creates_join_request", true)...)
	for _, method := range []string{"declineChatJoinRequest", "approveChatJoinRequest"} {
		_, err := tr.w.Join(gus, asking)
		tr.must(err)
		tr.call(method, append(at, "user_id", gus)...)
	}
	open := tr.w.SetPublicName(tr.forum, "open_desk")
	tr.w.SetJoinByRequest(open, true)
	_, err = tr.w.Join(tr.w.NewUser(Person{FirstName: "Ida"}), "@open_desk")
	tr.must(err)
	tr.must(tr.w.SettleRequest(tr.ann, open, tr.w.Requests(open)[0], true))
	tr.w.SetPublicName(open, "")
}

func (tr *tourist) infoTour() {
	at := []any{"chat_id", tr.forum}
	tr.call("setChatTitle", append(at, "title", "Support 3")...)
	tr.call("setChatDescription", append(at, "description", "about")...)
	tr.call("setChatPhoto", append(at, "photo", upload("p"))...)
	tr.must(tr.w.SetSlowMode(tr.ann, tr.forum, 10))
	tr.must(tr.w.SetAutoDelete(tr.ann, tr.forum, 3600))
	tr.w.SetReactions(tr.forum, []string{"👍", icon})
	tr.w.SetProtected(tr.forum, true)
	tr.call("getChat", at...)
	tr.w.SetProtected(tr.forum, false)
	liked, err := tr.w.Say(tr.ann, tr.forum, 0, "liked")
	tr.must(err)
	tr.must(tr.w.React(tr.ann, tr.forum, liked, icon))
	tr.call("setMessageReaction", append(at, "message_id", liked, "reaction", []map[string]string{{"type": "custom_emoji", "custom_emoji_id": icon}})...)
	tr.w.SetReactions(tr.forum, nil)
	shy := tr.w.NewUser(Person{FirstName: "Shy", HidesForwards: true, ForbidsVoice: true})
	_, err = tr.w.Start(shy, tr.bot, "")
	tr.must(err)
	tr.call("getChat", "chat_id", shy)
	tr.must(tr.w.SetAutoDelete(tr.ann, tr.forum, 0))
	tr.must(tr.w.SetSlowMode(tr.ann, tr.forum, 0))
	tr.call("deleteChatPhoto", at...)
	tr.w.NewFile(File{Kind: KindSticker, SetName: "Cats"})
	for range stickerSetMembers {
		tr.must(tr.w.AddMember(tr.ann, tr.forum, tr.w.NewUser(Person{FirstName: "M"})))
	}
	tr.call("setChatStickerSet", append(at, "sticker_set_name", "Cats")...)
	tr.call("getChat", at...)
	tr.call("deleteChatStickerSet", at...)
	tr.call("getStickerSet", "name", "Cats")
	tr.call("getCustomEmojiStickers", "custom_emoji_ids", []string{topicIcons[0].id})
	tr.w.SetBio(tr.cli, "bio")
	tr.w.AddProfilePhoto(tr.cli, File{})
	tr.call("getUserProfilePhotos", "user_id", tr.cli, "offset", 0, "limit", 10)
	tr.call("getChat", "chat_id", tr.cli)
}

func (tr *tourist) settingTour() {
	for _, name := range []string{"name", "description", "short_description"} {
		method := map[string]string{"name": "MyName", "description": "MyDescription", "short_description": "MyShortDescription"}[name]
		tr.call("set"+method, name, strings.ToUpper(name), "language_code", "ru")
		tr.call("get"+method, "language_code", "ru")
	}
	rights := map[string]bool{}
	for _, n := range (&Rights{}).named() {
		rights[n.name] = true
	}
	tr.call("setMyDefaultAdministratorRights", "rights", rights, "for_channels", true)
	tr.call("getMyDefaultAdministratorRights", "for_channels", true)
	tr.call("getMyDefaultAdministratorRights")
	for _, button := range []map[string]any{
		{"type": "web_app", "text": "x", "web_app": map[string]string{"url": "https://a.bc"}},
		{"type": "commands"}, {"type": "default"},
	} {
		tr.call("setChatMenuButton", "chat_id", tr.cli, "menu_button", button)
		tr.call("getChatMenuButton", "chat_id", tr.cli)
	}
	for _, scope := range []map[string]any{
		{"type": "default"}, {"type": "all_private_chats"}, {"type": "all_group_chats"}, {"type": "all_chat_administrators"},
		{"type": "chat", "chat_id": tr.cli}, {"type": "chat_administrators", "chat_id": tr.forum},
		{"type": "chat_member", "chat_id": tr.forum, "user_id": tr.ann},
	} {
		at := []any{"scope", scope, "language_code", "ru"}
		tr.call("setMyCommands", append(at, "commands", []map[string]string{{"command": "c", "description": "d"}})...)
		tr.call("getMyCommands", at...)
		tr.call("deleteMyCommands", at...)
	}
}
