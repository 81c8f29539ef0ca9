package telegram

import (
	"fmt"
	"strings"
	"testing"
)

// asking is a situation that needs only one call about a chat of the scene.
func asking(want Situation, chat func(*scene) int64, method string, pairs ...any) situation {
	return situation{want, nil, func(s *scene) Answer { return s.call(method, append([]any{"chat_id", chat(s)}, pairs...)...) }}
}

func theForum(s *scene) int64  { return s.forum }
func thePerson(s *scene) int64 { return s.cli }

// theGroup is a basic group with the bot, which administers it.
func theGroup(s *scene) int64 {
	g := s.w.NewGroup(s.ann, "G", s.bot, s.cli)
	s.check(s.w.Promote(s.ann, g, s.bot, AllRights(), ""))
	return g
}

// plainForum is the forum, where the bot may pin only.
func plainForum(s *scene) int64 {
	s.rights(Rights{PinMessages: true})
	return s.forum
}

// member brings the client into the forum and returns his id.
func (s *scene) member() int64 {
	s.check(s.w.AddMember(s.ann, s.forum, s.cli))
	return s.cli
}

func TestMemberFailures(t *testing.T) {
	const ann, cli = 400000001, 400000002
	allow := map[string]bool{"can_send_messages": true}
	checkSituations(t, []situation{
		{invalidUser, []any{"user_id"}, func(s *scene) Answer { return s.call("restrictChatMember", "chat_id", "x") }},
		asking(onlySupergroups, theGroup, "restrictChatMember", "user_id", cli, "permissions", allow),
		asking(onlySupergroups, (*scene).channel, "restrictChatMember", "user_id", cli, "permissions", allow),
		asking(permissionsGarbled, theForum, "restrictChatMember", "user_id", cli, "permissions", "{"),
		asking(permissionsNoObject, theForum, "restrictChatMember", "user_id", cli, "permissions", "[]"),
		{permissionsBad, []any{`Field "can_send_polls" must be of type Boolean`}, func(s *scene) Answer {
			return s.call("setChatPermissions", "chat_id", 1, "permissions", map[string]any{"can_send_polls": "yes"})
		}},
		{permissionsBad, []any{`Field "can_send_polls" must be of type Boolean`}, func(s *scene) Answer { // null is a type of its own
			return s.call("setChatPermissions", "chat_id", 1, "permissions", `{"can_send_polls":null}`)
		}},
		asking(permissionsNoObject, theForum, "setChatPermissions", "permissions", "null"),
		asking(memberNotFound, theForum, "restrictChatMember", "user_id", 5, "permissions", allow),
		asking(cantRemoveOwner, theForum, "restrictChatMember", "user_id", ann, "permissions", allow),
		asking(notEnoughRestrict, plainForum, "restrictChatMember", "user_id", cli, "permissions", allow),
		{cantRestrictSelf, nil, func(s *scene) Answer {
			return s.call("restrictChatMember", "chat_id", s.forum, "user_id", s.bot, "permissions", allow)
		}},
		{cantUnrestrictSelf, nil, func(s *scene) Answer {
			s.rights(Rights{})
			s.check(s.w.Restrict(s.ann, s.forum, s.bot, Permissions{SendMessages: true}, 0))
			return s.call("restrictChatMember", "chat_id", s.forum, "user_id", s.bot, "can_send_messages", true,
				"can_send_media_messages", true, "can_send_other_messages", true, "can_add_web_page_previews", true)
		}},
		{userIsAdmin, nil, func(s *scene) Answer {
			s.check(s.w.Promote(s.ann, s.forum, s.member(), AllRights(), ""))
			return s.call("restrictChatMember", "chat_id", s.forum, "user_id", s.cli, "permissions", allow)
		}},

		asking(groupsOnlyMethod, theGroup, "promoteChatMember", "user_id", cli, "can_pin_messages", true),
		asking(groupsOnlyMethod, thePerson, "promoteChatMember", "user_id", cli, "can_pin_messages", true),
		{cantPromoteSelf, nil, func(s *scene) Answer {
			return s.call("promoteChatMember", "chat_id", s.forum, "user_id", s.bot, "can_pin_messages", true)
		}},
		{notEnough, nil, func(s *scene) Answer {
			s.rights(Rights{PinMessages: true})
			return s.call("promoteChatMember", "chat_id", s.forum, "user_id", s.member(), "can_pin_messages", true)
		}},
		{rightForbidden, nil, func(s *scene) Answer {
			s.rights(Rights{PromoteMembers: true, PinMessages: true})
			return s.call("promoteChatMember", "chat_id", s.forum, "user_id", s.member(), "can_manage_topics", true)
		}},
		{rightForbidden, nil, func(s *scene) Answer {
			return s.call("promoteChatMember", "chat_id", s.forum, "user_id", s.member(), "is_anonymous", true)
		}},
		{chatAdminRequired, nil, func(s *scene) Answer {
			s.check(s.w.Promote(s.ann, s.forum, s.member(), Rights{PinMessages: true}, ""))
			return s.call("promoteChatMember", "chat_id", s.forum, "user_id", s.cli)
		}},
		asking(userNotMutual, theForum, "promoteChatMember", "user_id", cli, "can_pin_messages", true),
		asking(botsCantAdd, theForum, "promoteChatMember", "user_id", cli),
		{userDeactivated, nil, func(s *scene) Answer {
			who := s.member()
			s.w.DeleteAccount(who)
			return s.call("promoteChatMember", "chat_id", s.forum, "user_id", who, "can_pin_messages", true)
		}},

		asking(onlyGroups, (*scene).channel, "setChatAdministratorCustomTitle", "user_id", cli, "custom_title", "x"),
		asking(ownersTitle, theForum, "setChatAdministratorCustomTitle", "user_id", ann, "custom_title", "x"),
		asking(notAnAdmin, theForum, "setChatAdministratorCustomTitle", "user_id", cli, "custom_title", "x"),
		{noRightTitleOf, nil, func(s *scene) Answer {
			s.check(s.w.Promote(s.ann, s.forum, s.member(), Rights{PinMessages: true}, ""))
			return s.call("setChatAdministratorCustomTitle", "chat_id", s.forum, "user_id", s.cli, "custom_title", "x")
		}},
		{titleInvalid, nil, func(s *scene) Answer {
			s.ok("promoteChatMember", "chat_id", s.forum, "user_id", s.member(), "can_pin_messages", true)
			return s.call("setChatAdministratorCustomTitle", "chat_id", s.forum, "user_id", s.cli, "custom_title", strings.Repeat("x", 17))
		}},
		{titleEmoji, nil, func(s *scene) Answer {
			s.ok("promoteChatMember", "chat_id", s.forum, "user_id", s.member(), "can_pin_messages", true)
			return s.call("setChatAdministratorCustomTitle", "chat_id", s.forum, "user_id", s.cli, "custom_title", "a 🎉")
		}},
		asking(onlyGroups, thePerson, "setChatMemberTag", "user_id", cli, "tag", "x"),
		asking(userNotFound, theForum, "setChatMemberTag", "user_id", 5, "tag", "x"),
		asking(notParticipant, theForum, "setChatMemberTag", "user_id", cli, "tag", "x"),
		asking(tagForbidden, theForum, "setChatMemberTag", "user_id", ann, "tag", "x"),
		{tagForbidden, nil, func(s *scene) Answer {
			s.rights(Rights{PinMessages: true})
			return s.call("setChatMemberTag", "chat_id", s.forum, "user_id", s.member(), "tag", "x")
		}},
		{tagInvalid, nil, func(s *scene) Answer {
			return s.call("setChatMemberTag", "chat_id", s.forum, "user_id", s.member(), "tag", strings.Repeat("x", 17))
		}},
		{tagEmoji, nil, func(s *scene) Answer {
			return s.call("setChatMemberTag", "chat_id", s.forum, "user_id", s.member(), "tag", "⭐")
		}},

		asking(cantBanPrivate, thePerson, "banChatMember", "user_id", cli),
		asking(userIsAdmin, theGroup, "banChatMember", "user_id", ann),
		asking(userNotFound, theGroup, "banChatMember", "user_id", 5),
		{chatAdminRequired, nil, func(s *scene) Answer {
			return s.call("banChatMember", "chat_id", s.w.NewGroup(s.ann, "G", s.bot, s.cli), "user_id", s.cli)
		}},
		{notParticipant, nil, func(s *scene) Answer {
			g := theGroup(s)
			s.check(s.w.Leave(s.cli, g))
			return s.call("banChatMember", "chat_id", g, "user_id", s.cli)
		}},
		asking(groupsOnlyMethod, theGroup, "unbanChatMember", "user_id", cli),
		asking(cantRemoveOwner, theForum, "unbanChatMember", "user_id", ann),

		asking(senderEmpty, theForum, "banChatSenderChat"),
		asking(senderInvalid, theForum, "banChatSenderChat", "sender_chat_id", "@x"),
		asking(memberNotFound, theForum, "banChatSenderChat", "sender_chat_id", -1009),
		asking(cantBanPrivate, thePerson, "banChatSenderChat", "sender_chat_id", 1),
		asking(standingPrivate, thePerson, "unbanChatSenderChat", "sender_chat_id", 1),
		asking(cantBanChatBasic, theGroup, "banChatSenderChat", "sender_chat_id", 1),
		{cantRestrictChat, nil, func(s *scene) Answer {
			return s.call("banChatSenderChat", "chat_id", s.forum, "sender_chat_id", theGroup(s))
		}},
		{notEnoughRestrict, nil, func(s *scene) Answer {
			return s.call("banChatSenderChat", "chat_id", plainForum(s), "sender_chat_id", (*scene).channel(s))
		}},
		asking(permissionsPrivate, thePerson, "setChatPermissions", "permissions", allow),
		asking(permissionsChannel, (*scene).channel, "setChatPermissions", "permissions", allow),
		asking(noRightPermissions, plainForum, "setChatPermissions", "permissions", allow),
		asking(leavePrivate, thePerson, "leaveChat"),
		{groupInactive, nil, func(s *scene) Answer {
			g := theGroup(s)
			s.w.DeleteGroup(g)
			return s.call("leaveChat", "chat_id", g)
		}},
	})
}

func TestLinkFailures(t *testing.T) {
	const cli = 400000002
	link := func(s *scene, pairs ...any) string {
		return s.ok("createChatInviteLink", append([]any{"chat_id", s.forum}, pairs...)...)["invite_link"].(string)
	}
	checkSituations(t, []situation{
		asking(linkPrivate, thePerson, "exportChatInviteLink"),
		asking(noRightLink, plainForum, "createChatInviteLink"),
		asking(linkLimitApproval, plainForum, "createChatInviteLink", "member_limit", 1, "creates_join_request", true),
		asking(noRightLink, plainForum, "editChatInviteLink", "member_limit", 1, "creates_join_request", true),
		asking(linkLimitApproval, theForum, "editChatInviteLink", "member_limit", 1, "creates_join_request", true),
		asking(linkExpired, theForum, "createChatInviteLink", "expire_date", 5),
		asking(linkLimitInvalid, theForum, "createChatInviteLink", "member_limit", 123456789),
		asking(linkEmpty, theForum, "editChatInviteLink"),
		asking(linkUnknown, theForum, "revokeChatInviteLink", "invite_link", "https://t.me/+nothing"),
		{linkUnknown, nil, func(s *scene) Answer {
			theirs, err := s.w.CreateLink(s.ann, s.forum, LinkOptions{})
			s.check(err)
			return s.call("editChatInviteLink", "chat_id", s.forum, "invite_link", theirs)
		}},
		{linkUnknown, nil, func(s *scene) Answer {
			l := link(s)
			s.ok("revokeChatInviteLink", "chat_id", s.forum, "invite_link", l)
			return s.call("editChatInviteLink", "chat_id", s.forum, "invite_link", l)
		}},
		{linkPermanent, nil, func(s *scene) Answer {
			l := s.call("exportChatInviteLink", "chat_id", s.forum)
			return s.call("editChatInviteLink", "chat_id", s.forum, "invite_link", strings.Trim(string(l.Result), `"`))
		}},
		asking(noRequestsHere, thePerson, "approveChatJoinRequest", "user_id", cli),
		asking(noRightRequests, plainForum, "declineChatJoinRequest", "user_id", cli),
		asking(userNotFound, theForum, "declineChatJoinRequest", "user_id", 5),
		asking(requestMissing, theForum, "approveChatJoinRequest", "user_id", cli),
		{alreadyInside, nil, func(s *scene) Answer {
			return s.call("approveChatJoinRequest", "chat_id", s.forum, "user_id", s.member())
		}},
	})
}

func TestInfoFailures(t *testing.T) {
	photo := []any{"photo", upload("p")}
	checkSituations(t, []situation{
		asking(titleEmpty, thePerson, "setChatTitle", "title", " "),
		asking(titlePrivate, thePerson, "setChatTitle", "title", "x"),
		asking(noRightTitle, plainForum, "setChatTitle", "title", "x"),
		{noRightTitle, nil, func(s *scene) Answer {
			g := s.w.NewGroup(s.ann, "G", s.bot)
			s.w.SetPermissions(g, AllPermissions()) // bots must be administrators nevertheless
			return s.call("setChatTitle", "chat_id", g, "title", "x")
		}},
		asking(aboutPrivate, thePerson, "setChatDescription", "description", "x"),
		asking(noRightAbout, plainForum, "setChatDescription", "description", "x"),
		asking(aboutNotModified, theForum, "setChatDescription", "description", " "),
		{noFileInRequest, []any{"photo"}, func(s *scene) Answer { return s.call("setChatPhoto", "chat_id", s.forum) }},
		asking(photoNotUploaded, theForum, "setChatPhoto", "photo", "https://a.bc/d.jpg"),
		asking(photoPrivate, thePerson, "setChatPhoto", photo...),
		asking(noRightPhoto, plainForum, "setChatPhoto", photo...),
		asking(fileEmpty, theForum, "setChatPhoto", "photo", Upload{Name: "p"}),
		asking(chatNotModified, theForum, "deleteChatPhoto"),
		asking(onlySupergroups, theGroup, "setChatStickerSet", "sticker_set_name", "x"),
		asking(setNameEmpty, theForum, "setChatStickerSet"),
		asking(setNotFound, theForum, "setChatStickerSet", "sticker_set_name", "x"),
		asking(noRightStickers, plainForum, "deleteChatStickerSet"),
		asking(cantSetStickers, theForum, "deleteChatStickerSet"),
		{setInvalid, nil, func(s *scene) Answer { return s.call("getStickerSet", "name", "x") }},
		{missingParam, []any{"custom_emoji_ids"}, func(s *scene) Answer { return s.call("getCustomEmojiStickers") }},
		{emojiGarbled, nil, func(s *scene) Answer { return s.call("getCustomEmojiStickers", "custom_emoji_ids", "[") }},
		{emojiNoArray, nil, func(s *scene) Answer { return s.call("getCustomEmojiStickers", "custom_emoji_ids", "{}") }},
		{emojiNoArray, nil, func(s *scene) Answer { return s.call("getCustomEmojiStickers", "custom_emoji_ids", "null") }},
		{emojiNoString, nil, func(s *scene) Answer { return s.call("getCustomEmojiStickers", "custom_emoji_ids", "[null]") }},
		{emojiNoString, nil, func(s *scene) Answer { return s.call("getCustomEmojiStickers", "custom_emoji_ids", "[1]") }},
		{emojiNoNumber, nil, func(s *scene) Answer { return s.call("getCustomEmojiStickers", "custom_emoji_ids", `["x"]`) }},
		{emojiTooMany, nil, func(s *scene) Answer {
			return s.call("getCustomEmojiStickers", "custom_emoji_ids", "["+strings.Repeat(`"1",`, 200)+`"1"]`)
		}},
		asking(chatAdminRequired, func(s *scene) int64 {
			s.check(s.w.Promote(s.ann, s.forum, s.bot, Rights{}, ""))
			return s.forum
		}, "getUserChatBoosts", "user_id", 1),
	})
}

func TestSettingFailures(t *testing.T) {
	commands := func(want Situation, args []any, list string) situation {
		return situation{want, args, func(s *scene) Answer { return s.call("setMyCommands", "commands", list) }}
	}
	scope := func(want Situation, args []any, scope string) situation {
		return situation{want, args, func(s *scene) Answer {
			scope = strings.NewReplacer("FORUM", itoa(s.forum), "CHANNEL", itoa((*scene).channel(s)), "CLI", itoa(s.cli)).Replace(scope)
			return s.call("getMyCommands", "scope", scope)
		}}
	}
	text := func(n int) string { return strings.Repeat("x", n) }
	one := func(command, description string) string {
		return fmt.Sprintf(`[{"command":%q,"description":%q}]`, command, description)
	}
	checkSituations(t, []situation{
		{badLanguage, nil, func(s *scene) Answer { return s.call("getMyName", "language_code", "EN") }},
		{badLanguage, nil, func(s *scene) Answer { return s.call("getMyCommands", "language_code", "eng") }},
		{nameTooLong, nil, func(s *scene) Answer { return s.call("setMyName", "name", text(65)) }},
		{aboutTooLong, nil, func(s *scene) Answer { return s.call("setMyDescription", "description", text(513)) }},
		{shortTooLong, nil, func(s *scene) Answer { return s.call("setMyShortDescription", "short_description", text(121)) }},
		{rightsGarbled, nil, func(s *scene) Answer { return s.call("setMyDefaultAdministratorRights", "rights", "{") }},
		{rightsBad, []any{"ChatAdministratorRights must be an Object"}, func(s *scene) Answer { return s.call("setMyDefaultAdministratorRights", "rights", "1") }},
		{rightsBad, []any{`Field "can_pin_messages" must be of type Boolean`}, func(s *scene) Answer {
			return s.call("setMyDefaultAdministratorRights", "rights", `{"can_pin_messages":null}`)
		}},
		{rightsBad, []any{`Field "is_anonymous" must be of type Boolean`}, func(s *scene) Answer {
			return s.call("setMyDefaultAdministratorRights", "rights", `{"is_anonymous":1}`)
		}},
		{buttonGarbled, nil, func(s *scene) Answer { return s.call("setChatMenuButton", "menu_button", "{") }},
		{buttonBad, []any{"MenuButton must be an Object"}, func(s *scene) Answer { return s.call("setChatMenuButton", "menu_button", "1") }},
		{buttonBad, []any{`Can't find field "type"`}, func(s *scene) Answer { return s.call("setChatMenuButton", "menu_button", "{}") }},
		{buttonBad, []any{`Can't find field "text"`}, func(s *scene) Answer {
			return s.call("setChatMenuButton", "menu_button", `{"type":"web_app","web_app":{"url":"https://a.bc"}}`)
		}},
		{buttonBad, []any{`Can't find field "url"`}, func(s *scene) Answer {
			return s.call("setChatMenuButton", "menu_button", `{"type":"web_app","text":"x","web_app":{}}`)
		}},
		{buttonBad, []any{`Field "type" must be of type String`}, func(s *scene) Answer { return s.call("setChatMenuButton", "menu_button", `{"type":[]}`) }},
		{buttonBad, []any{`Field "web_app" must be of type Object`}, func(s *scene) Answer {
			return s.call("setChatMenuButton", "menu_button", `{"type":"web_app","text":"x","web_app":"https://a.bc"}`)
		}},
		{buttonBad, []any{"MenuButton has unsupported type"}, func(s *scene) Answer { return s.call("setChatMenuButton", "menu_button", `{"type":"x"}`) }},
		{userNotFound, nil, func(s *scene) Answer { return s.call("getChatMenuButton", "chat_id", 5) }},
		{invalidUser, []any{"chat_id"}, func(s *scene) Answer { return s.call("getChatMenuButton", "chat_id", s.forum) }},
		scope(scopeGarbled, nil, "{"),
		scope(scopeBad, []any{"BotCommandScope must be an Object"}, "1"),
		scope(scopeBad, []any{`Can't find field "type"`}, "{}"),
		scope(scopeBad, []any{"Unsupported type specified"}, `{"type":"x"}`),
		scope(scopeBad, []any{`Can't find field "chat_id"`}, `{"type":"chat"}`),
		scope(scopeBad, []any{"Empty chat_id specified"}, `{"type":"chat","chat_id":""}`),
		scope(scopeBad, []any{`Can't find field "user_id"`}, `{"type":"chat_member","chat_id":FORUM}`),
		scope(scopeBad, []any{"Invalid user_id specified"}, `{"type":"chat_member","chat_id":FORUM,"user_id":0}`),
		scope(userNotFound, nil, `{"type":"chat_member","chat_id":FORUM,"user_id":5}`),
		scope(chatNotFound, nil, `{"type":"chat","chat_id":-5}`),
		scope(scopeChannel, nil, `{"type":"chat","chat_id":CHANNEL}`),
		scope(scopePrivate, nil, `{"type":"chat_administrators","chat_id":CLI}`),
		commands(commandsGarbled, nil, "["),
		commands(commandsUnparsable, nil, "{}"),
		commands(commandBad, []any{"expected an Object"}, "[1]"),
		commands(commandBad, []any{`Can't find field "command"`}, `[{"description":"x"}]`),
		commands(commandBad, []any{`Can't find field "description"`}, `[{"command":"x"}]`),
		commands(commandEmpty, nil, one("/", "x")),
		commands(commandTooLong, nil, one(text(33), "x")),
		commands(descriptionNeeded, nil, one("x", " ")),
		commands(descriptionTooLong, nil, one("x", text(257))),
		commands(commandInvalid, nil, one("Help", "x")),
		commands(commandsTooMany, nil, "["+strings.Repeat(`{"command":"x","description":"x"},`, 100)+`{"command":"x","description":"x"}]`),
	})
}
