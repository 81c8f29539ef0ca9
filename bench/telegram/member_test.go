package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// wants makes the bot ask for all updates and drops what waits.
func (s *scene) wants() {
	s.ok("getUpdates", "allowed_updates", allUpdates, "offset", -1)
	s.updates()
}

// standings are the member updates that wait for the bot, each as
// "kind from user old>new", and other updates by their names.
func (s *scene) standings() string {
	var out []string
	for _, u := range s.updates() {
		for _, kind := range []string{updMyMember, updMember} {
			o, ok := u[kind].(map[string]any)
			if !ok {
				continue
			}
			was, now := o["old_chat_member"].(map[string]any), o["new_chat_member"].(map[string]any)
			out = append(out, fmt.Sprint(kind, " ", o["from"].(map[string]any)["first_name"], " ",
				now["user"].(map[string]any)["first_name"], " ", was["status"], ">", now["status"]))
		}
		if m, ok := u["message"].(map[string]any); ok {
			for _, name := range []string{"new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo", "message_auto_delete_timer_changed"} {
				if m[name] != nil {
					out = append(out, fmt.Sprint(m["from"].(map[string]any)["first_name"], " ", name))
				}
			}
		}
		if u[updJoinRequest] != nil {
			out = append(out, updJoinRequest)
		}
	}
	return strings.Join(out, ", ")
}

func (s *scene) toldOf(want string) {
	s.t.Helper()
	if got := s.standings(); got != want {
		s.t.Errorf("told %q\nwant %q", got, want)
	}
}

func TestPermissionsImplyOthers(t *testing.T) {
	all := "messages audios documents photos videos video_notes voice_notes polls other_messages web_page_previews react_to_messages edit_tag change_info invite_users pin_messages manage_topics"
	media := "audios documents photos videos video_notes voice_notes"
	tests := []struct{ args, want string }{
		{`{"permissions":{"can_send_messages":true}}`, "messages react_to_messages"},
		{`{"permissions":{"can_send_messages":true,"can_react_to_messages":false}}`, "messages"},
		{`{"permissions":{"can_send_media_messages":true}}`, "messages " + media + " react_to_messages"},
		{`{"permissions":{"can_send_media_messages":true},"use_independent_chat_permissions":true}`, media},
		{`{"permissions":{"can_send_photos":true,"can_send_media_messages":true}}`, "photos"},
		{`{"permissions":{"can_send_other_messages":true}}`, "messages " + media + " other_messages"},
		{`{"permissions":{"can_add_web_page_previews":true},"use_independent_chat_permissions":true}`, "web_page_previews"},
		{`{"permissions":{"can_send_polls":true}}`, "messages polls"},
		{`{"permissions":{"can_send_polls":true},"use_independent_chat_permissions":true}`, "polls"},
		{`{"permissions":{"can_pin_messages":true}}`, "edit_tag pin_messages manage_topics"},
		{`{"permissions":{"can_pin_messages":true,"can_manage_topics":false,"can_edit_tag":false}}`, "pin_messages"},
		{`{"can_send_messages":true}`, "messages react_to_messages"},
		{`{"can_send_other_messages":true}`, "messages " + media + " other_messages react_to_messages"},
		{`{}`, ""},
		{`{"can_send_messages":true,"can_send_media_messages":true,"can_send_other_messages":true,"can_add_web_page_previews":true}`, all},
	}
	for _, tt := range tests {
		args, err := ArgsFromJSON([]byte(tt.args))
		if err != nil {
			t.Fatal(err)
		}
		p, _, bad := (&call{args: args}).permissionArgs(true)
		if bad != nil {
			t.Fatal(bad)
		}
		var got []string
		for _, n := range p.named() {
			if *n.on {
				got = append(got, strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(n.name, "can_send_"), "can_add_"), "can_"))
			}
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %v, want %v", tt.args, got, tt.want)
		}
	}
}

// The four old arguments keep what they don't name of an earlier restriction.
func TestOldPermissionsKeepOthers(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	who := []any{"chat_id", s.forum, "user_id", s.member()}
	s.ok("restrictChatMember", append(who, "permissions", map[string]bool{"can_invite_users": true})...)
	s.ok("restrictChatMember", append(who, "can_send_messages", true)...)
	if m := s.ok("getChatMember", who...); m["can_invite_users"] != true || m["can_send_messages"] != true || m["can_pin_messages"] != false {
		t.Errorf("restricted to %v", m)
	}
}

func TestRestrictionsLast(t *testing.T) {
	tests := []struct {
		in    time.Duration
		until bool // it ends
	}{{29 * time.Second, false}, {30 * time.Second, true}, {time.Hour, true}, {366 * 24 * time.Hour, true}, {367 * 24 * time.Hour, false}, {-time.Hour, false}}
	for _, tt := range tests {
		s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
		end := s.w.Now().Add(tt.in)
		who := []any{"chat_id", s.forum, "user_id", s.member()}
		s.ok("restrictChatMember", append(who, "permissions", map[string]bool{}, "until_date", end.Unix())...)
		want := 0
		if tt.until {
			want = int(end.Unix())
		}
		if m := s.ok("getChatMember", who...); m["status"] != "restricted" || number(m["until_date"]) != want || m["is_member"] != true {
			t.Errorf("%v: %v", tt.in, m)
		}
		if _, err := s.w.Say(s.cli, s.forum, 0, "x"); err == nil {
			t.Errorf("%v: a restricted member writes", tt.in)
		}
		if !tt.until {
			continue
		}
		s.w.SetTime(end.Add(-time.Second))
		if m := s.ok("getChatMember", who...); m["status"] != "restricted" {
			t.Errorf("%v: over before its time", tt.in)
		}
		s.w.SetTime(end)
		if m := s.ok("getChatMember", who...); m["status"] != "member" {
			t.Errorf("%v: not over: %v", tt.in, m)
		}
		if _, err := s.w.Say(s.cli, s.forum, 0, "x"); err != nil {
			t.Errorf("%v: can't write afterwards: %v", tt.in, err)
		}
	}
}

func TestBanAndUnban(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	who := []any{"chat_id", s.forum, "user_id", s.member()}
	s.wants()
	s.ok("unbanChatMember", append(who, "only_if_banned", true)...)
	s.toldOf("")
	s.ok("banChatMember", append(who, "until_date", s.w.Now().Add(time.Hour).Unix())...)
	s.toldOf("chat_member Desk Cli member>kicked, Desk left_chat_member")
	s.ok("banChatMember", append(who, "until_date", s.w.Now().Add(time.Hour).Unix())...)
	s.toldOf("") // it was so already
	if err := s.w.AddMember(s.cli, s.forum, s.cli); err == nil {
		t.Error("who is banned joins")
	}
	s.ok("unbanChatMember", append(who, "only_if_banned", true)...)
	s.toldOf("chat_member Desk Cli kicked>left")
	s.check(s.w.AddMember(s.cli, s.forum, s.cli))
	s.toldOf("chat_member Cli Cli left>member, Cli new_chat_members")
	s.ok("unbanChatMember", who...)
	s.toldOf("chat_member Desk Cli member>kicked, Desk left_chat_member, chat_member Desk Cli kicked>left")
	s.ok("banChatMember", append(who, "until_date", s.w.Now().Add(time.Hour).Unix())...)
	s.w.SetTime(s.w.Now().Add(time.Hour))
	if m := s.ok("getChatMember", who...); m["status"] != "left" {
		t.Errorf("the ban doesn't end: %v", m)
	}
	g := theGroup(s)
	s.wants()
	s.ok("banChatMember", "chat_id", g, "user_id", s.cli, "revoke_messages", true)
	s.toldOf("Desk left_chat_member, chat_member Desk Cli member>left")
	if got := s.w.group(g).log; len(got) == 0 || got[0].idFor(s.w.person(s.cli)) != 0 {
		t.Error("the messages weren't taken away")
	}
}

func TestPromotion(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	eve := s.w.NewUser(Person{FirstName: "Eve"})
	s.check(s.w.AddMember(s.ann, s.forum, eve))
	who := []any{"chat_id", s.forum, "user_id", s.member()}
	s.wants()
	s.ok("promoteChatMember", append(who, "can_pin_messages", "True", "can_promote_members", true, "can_post_messages", true)...)
	s.toldOf("chat_member Desk Cli member>administrator")
	m := s.ok("getChatMember", who...)
	if m["can_be_edited"] != true || m["can_manage_chat"] != true || m["can_pin_messages"] != true || m["can_invite_users"] != false {
		t.Errorf("promoted to %v", m)
	}
	s.ok("setChatAdministratorCustomTitle", append(who, "custom_title", " boss ")...)
	if m := s.ok("getChatMember", who...); m["custom_title"] != "boss" {
		t.Errorf("title of %v", m)
	}
	// What those do whom the bot promoted, the bot may undo.
	s.check(s.w.Promote(s.cli, s.forum, eve, Rights{PinMessages: true}, ""))
	if err := s.w.Promote(s.cli, s.forum, eve, Rights{DeleteMessages: true}, ""); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("somebody gives what he hasn't: %v", err)
	}
	s.ok("promoteChatMember", "chat_id", s.forum, "user_id", eve)
	s.updates()
	s.ok("promoteChatMember", who...)
	s.toldOf("chat_member Desk Cli administrator>member")
	if m := s.ok("getChatMember", who...); m["tag"] != "boss" {
		t.Errorf("demoted to %v", m)
	}
	s.ok("promoteChatMember", who...)
	s.toldOf("") // all rights false again

	ch := theChannel(s)
	s.check(s.w.AddMember(s.ann, ch, s.cli))
	s.ok("promoteChatMember", "chat_id", ch, "user_id", s.cli, "can_post_messages", true)
	if m := s.ok("getChatMember", "chat_id", ch, "user_id", s.cli); m["can_restrict_members"] != true || m["can_post_messages"] != true {
		t.Errorf("in a channel promoted to %v", m)
	}
}

func TestTags(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	s.ok("setChatMemberTag", "chat_id", s.forum, "user_id", s.member(), "tag", "vip")
	s.updates()
	_, err := s.w.Say(s.cli, s.forum, 0, "x")
	s.check(err)
	if m := s.updates()[0]["message"].(map[string]any); m["sender_tag"] != "vip" {
		t.Errorf("message %v", m)
	}
	if m := s.ok("getChatMember", "chat_id", s.forum, "user_id", s.cli); m["tag"] != "vip" {
		t.Errorf("member %v", m)
	}
}

func TestBannedChannelWritesNot(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	ch := theChannel(s)
	say := func() error {
		_, err := s.w.Send(s.ann, s.forum, Post{Content: TextOf("x"), AsChannel: ch})
		return err
	}
	s.check(say())
	s.ok("banChatSenderChat", "chat_id", s.forum, "sender_chat_id", ch)
	if err := say(); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("banned: %v", err)
	}
	s.ok("unbanChatSenderChat", "chat_id", s.forum, "sender_chat_id", ch)
	s.check(say())
	end := s.w.Now().Add(time.Hour)
	s.ok("banChatSenderChat", "chat_id", s.forum, "sender_chat_id", ch, "until_date", end.Unix())
	s.w.SetTime(end)
	s.check(say())
}

func TestSlowMode(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	s.member()
	s.check(s.w.SetSlowMode(s.ann, s.forum, 30))
	if err := s.w.SetSlowMode(s.ann, s.forum, 31); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("31 s: %v", err)
	}
	say := func(who int64) error {
		_, err := s.w.Say(who, s.forum, 0, "x")
		return err
	}
	s.check(say(s.cli))
	if err := say(s.cli); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("twice: %v", err)
	}
	s.check(say(s.ann))
	s.check(say(s.ann)) // administrators as they like
	s.ok("sendMessage", "chat_id", s.forum, "text", "x")
	s.ok("sendMessage", "chat_id", s.forum, "text", "x")
	s.w.SetTime(s.w.Now().Add(30 * time.Second))
	s.check(say(s.cli))
	if c := s.ok("getChat", "chat_id", s.forum); number(c["slow_mode_delay"]) != 30 {
		t.Errorf("chat %v", c)
	}
	s.rights(Rights{})
	s.check(s.w.SetSlowMode(s.ann, s.forum, 10))
	s.ok("sendMessage", "chat_id", s.forum, "text", "x")
	s.w.SetTime(s.w.Now().Add(4500 * time.Millisecond))
	if a := s.send(s.forum); a.Code != 429 || a.RetryAfter != 6 || a.Description != "Too Many Requests: retry after 6" {
		t.Errorf("bot: %+v", a)
	}
	k := s.w.Knobs()
	k.HideUpTo = 8 * time.Second
	s.w.SetKnobs(k)
	if a := s.send(s.forum); !a.OK || a.Delay != 6*time.Second {
		t.Errorf("bot, waiting inside Telegram: %+v", a)
	}
}

func TestAutoDelete(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	for _, chat := range []struct{ id, view int64 }{{s.forum, s.forum}, {s.cli, s.bot}} {
		who := s.ann
		if chat.id == s.cli {
			who = s.cli
		}
		s.check(s.w.SetAutoDelete(who, chat.view, 3600))
		s.toldOf(s.w.person(who).first + " message_auto_delete_timer_changed")
		if c := s.ok("getChat", "chat_id", chat.id); number(c["message_auto_delete_time"]) != 3600 {
			t.Errorf("chat %v", c)
		}
		id := s.own(chat.id)
		s.w.SetTime(s.w.Now().Add(time.Hour - time.Second))
		if _, ok := s.w.Message(who, chat.view, id); !ok {
			t.Error("gone too early")
		}
		s.w.SetTime(s.w.Now().Add(time.Second))
		if _, ok := s.w.Message(who, chat.view, id); ok {
			t.Error("still there")
		}
		s.check(s.w.SetAutoDelete(who, chat.view, 0))
		s.updates()
		id = s.own(chat.id)
		s.w.SetTime(s.w.Now().Add(48 * time.Hour))
		if _, ok := s.w.Message(who, chat.view, id); !ok {
			t.Error("deleted after it was switched off")
		}
	}
}

// Privacy mode is that of the day on which the bot came.
func TestPrivacyNeedsAddingAgain(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	s.rights(Rights{})
	hears := func() bool {
		s.updates()
		_, err := s.w.Say(s.ann, s.forum, 0, "x")
		s.check(err)
		return len(s.updates()) > 0
	}
	again := func() {
		s.check(s.w.Leave(s.bot, s.forum))
		s.check(s.w.AddMember(s.ann, s.forum, s.bot))
	}
	if hears() {
		t.Error("privacy on, and it hears")
	}
	s.w.SetPrivacy(s.bot, false)
	if hears() {
		t.Error("switched off, not added again, and it hears")
	}
	if me := s.ok("getMe"); me["can_read_all_group_messages"] != true {
		t.Errorf("getMe %v", me)
	}
	again()
	if !hears() {
		t.Error("added again, and it doesn't hear")
	}
	s.w.SetPrivacy(s.bot, true)
	if !hears() {
		t.Error("switched on, not added again, and it doesn't hear")
	}
	again()
	if hears() {
		t.Error("added again with privacy on, and it hears")
	}
}

// What an anonymous administrator does is the group's.
func TestAnonymousAdministrator(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	s.w.SetAnonymous(s.forum, s.ann, true)
	s.w.SetTitleOf(s.forum, s.ann, "boss")
	s.wants()
	id, err := s.w.Say(s.ann, s.forum, 0, "x")
	s.check(err)
	s.check(s.w.React(s.ann, s.forum, id, "👍"))
	s.check(s.w.Pin(s.ann, s.forum, id))
	_, err = s.w.CreateTopic(s.ann, s.forum, "t", 0)
	s.check(err)
	s.check(s.w.AddMember(s.ann, s.forum, s.cli))
	var kinds []string
	for _, u := range s.updates() {
		switch {
		case u["message"] != nil:
			m := u["message"].(map[string]any)
			from, sender := m["from"].(map[string]any), m["sender_chat"].(map[string]any)
			if number(from["id"]) != groupAnonymousBot || int64(sender["id"].(float64)) != s.forum {
				t.Errorf("message %v", m)
			}
			if m["text"] != nil && m["author_signature"] != "boss" {
				t.Errorf("message %v", m)
			}
			kinds = append(kinds, "message")
		case u[updReaction] != nil:
			r := u[updReaction].(map[string]any)
			if r["user"] != nil || int64(r["actor_chat"].(map[string]any)["id"].(float64)) != s.forum {
				t.Errorf("reaction %v", r)
			}
			kinds = append(kinds, "reaction")
		case u[updMember] != nil:
			if from := u[updMember].(map[string]any)["from"].(map[string]any); number(from["id"]) != groupAnonymousBot {
				t.Errorf("chat_member from %v", from)
			}
			kinds = append(kinds, "member")
		}
	}
	if got, want := strings.Join(kinds, " "), "message reaction message message member message"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// An edited post is edited in the discussion group too; comments are the
// thread of the group's copy, also by people who are no members.
func TestDiscussionGroup(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	group := s.w.NewSupergroup(s.ann, "Talk", s.bot)
	s.check(s.w.Promote(s.ann, group, s.bot, AllRights(), ""))
	if c := s.ok("getChat", "chat_id", group); c["join_to_send_messages"] != true {
		t.Errorf("unlinked %v", c)
	}
	ch := theChannel(s)
	s.w.Link(ch, group)
	if c := s.ok("getChat", "chat_id", group); c["join_to_send_messages"] != nil || int64(c["linked_chat_id"].(float64)) != ch {
		t.Errorf("linked %v", c)
	}
	s.wants()
	post, err := s.w.Say(s.ann, ch, 0, "one")
	s.check(err)
	s.check(s.w.Edit(s.ann, ch, post, TextOf("two")))
	ups := s.updates()
	var kinds []string
	copied := 0
	for _, u := range ups {
		for k, v := range u {
			if k != "update_id" {
				kinds = append(kinds, k+" "+v.(map[string]any)["text"].(string))
			}
			if k == "message" {
				copied = number(v.(map[string]any)["message_id"])
			}
		}
	}
	if got, want := strings.Join(kinds, ", "), "channel_post one, message one, edited_channel_post two, edited_message two"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	_, err = s.w.Send(s.cli, group, Post{Content: TextOf("comment"), ReplyTo: copied})
	s.check(err)
	m := s.updates()[0]["message"].(map[string]any)
	if number(m["message_thread_id"]) != copied || m["is_topic_message"] != nil || m["reply_to_message"].(map[string]any)["is_automatic_forward"] != true {
		t.Errorf("comment %v", m)
	}
}

func TestMigration(t *testing.T) {
	for _, order := range []MigrationOrder{MigrateToFirst, MigrateFromFirst} {
		k := Unlimited()
		k.MigrationOrder = order
		for name, trigger := range map[string]func(*scene, int64) int64{
			"by hand": func(s *scene, g int64) int64 { id, err := s.w.Upgrade(s.ann, g); s.check(err); return id },
			"topics":  func(s *scene, g int64) int64 { return s.w.SetForum(g, true) },
			"public":  func(s *scene, g int64) int64 { return s.w.SetPublicName(g, "talk") },
		} {
			s := newScene(t, Options{Seed: 1, Knobs: &k})
			g := theGroup(s)
			s.updates()
			id := trigger(s, g)
			if id > -botAPIChannelBase {
				t.Errorf("%s: %d is no supergroup", name, id)
			}
			var got []string
			for _, u := range s.updates() {
				switch {
				case u[updMyMember] != nil:
					o := u[updMyMember].(map[string]any)
					got = append(got, fmt.Sprint(o["old_chat_member"].(map[string]any)["status"], o["new_chat_member"].(map[string]any)["status"]))
				default:
					m := u["message"].(map[string]any)
					got = append(got, fmt.Sprint(m["migrate_to_chat_id"] != nil, m["migrate_from_chat_id"] != nil, m["message_id"]))
				}
			}
			want := []string{"leftadministrator", fmt.Sprint("true false ", s.w.person(s.bot).box.last()), "false true 1"}
			if order == MigrateFromFirst {
				want[1], want[2] = want[2], want[1]
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: got %v, want %v", name, got, want)
			}
			if a := s.send(g); a.MigrateTo != id {
				t.Errorf("%s: old group answers %+v", name, a)
			}
			if a := s.call("getChatMemberCount", "chat_id", g); a.MigrateTo != id {
				t.Errorf("%s: old group's members: %+v", name, a)
			}
			s.ok("getChat", "chat_id", g)
			s.ok("sendMessage", "chat_id", id, "text", "x")
		}
	}
}

func TestChatInfo(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	s.wants()
	s.ok("setChatTitle", "chat_id", s.forum, "title", " New  title ")
	s.ok("setChatTitle", "chat_id", s.forum, "title", "New title") // the same
	s.ok("setChatPhoto", "chat_id", s.forum, "photo", "attach://p", "p", upload("p"))
	s.ok("deleteChatPhoto", "chat_id", s.forum)
	s.toldOf("Desk new_chat_title, Desk new_chat_photo, Desk delete_chat_photo")
	s.ok("setChatDescription", "chat_id", s.forum, "description", strings.Repeat("x", 300))
	if c := s.ok("getChat", "chat_id", s.forum); c["title"] != "New title" || len(c["description"].(string)) != 255 {
		t.Errorf("chat %v", c)
	}
	s.w.NewFile(File{Kind: KindSticker, SetName: "Cats"})
	for range stickerSetMembers {
		s.check(s.w.AddMember(s.ann, s.forum, s.w.NewUser(Person{FirstName: "U"})))
	}
	s.ok("setChatStickerSet", "chat_id", s.forum, "sticker_set_name", "cats")
	if c := s.ok("getChat", "chat_id", s.forum); c["sticker_set_name"] != "Cats" || c["can_set_sticker_set"] != true {
		t.Errorf("chat %v", c)
	}
	s.ok("deleteChatStickerSet", "chat_id", s.forum)
	if c := s.ok("getChat", "chat_id", s.forum); c["sticker_set_name"] != nil {
		t.Errorf("chat %v", c)
	}
	// Nothing that changes nothing is told.
	s.updates()
	s.check(s.w.SetPhoto(s.ann, s.forum, File{Data: []byte("p")}))
	s.check(s.w.DeletePhoto(s.ann, s.forum))
	s.check(s.w.SetAbout(s.ann, s.forum, "about"))
	s.toldOf("Ann new_chat_photo, Ann delete_chat_photo")
	for name, err := range map[string]error{
		"photo": s.w.SetPhoto(s.cli, s.forum, File{}), "no photo": s.w.DeletePhoto(s.ann, s.forum),
		"about": s.w.SetAbout(s.cli, s.forum, "x"), "slow": s.w.SetSlowMode(s.cli, s.forum, 10),
		"ttl": s.w.SetAutoDelete(s.cli, s.forum, 10), "title": s.w.SetTitle(s.cli, s.forum, "x"),
	} {
		if !errors.Is(err, ErrNotAllowed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// getChat is complete and in the server's order of keys.
func TestGetChatKeys(t *testing.T) {
	k := Unlimited()
	k.UndocumentedFields = true
	s := newScene(t, Options{Seed: 1, Knobs: &k})
	s.w.SetBio(s.cli, "bio")
	s.w.AddProfilePhoto(s.cli, File{Name: "p"})
	group, ch := theGroup(s), theChannel(s)
	s.w.SetPublicName(s.forum, "desk")
	s.w.SetProtected(s.forum, true)
	s.w.SetReactions(s.forum, []string{"👍"})
	s.w.Link(ch, s.forum)
	s.w.SetJoinByRequest(s.forum, true)
	s.check(s.w.SetSlowMode(s.ann, s.forum, 10))
	s.check(s.w.SetAutoDelete(s.ann, s.forum, 3600))
	for _, id := range []int64{s.forum, group} {
		s.check(s.w.SetAbout(s.ann, id, "about"))
		s.check(s.w.SetPhoto(s.ann, id, File{}))
	}
	s.ok("pinChatMessage", "chat_id", s.forum, "message_id", s.saidIn(s.forum))
	for _, tt := range []struct {
		id   int64
		want string
	}{
		{s.cli, "id first_name last_name username type can_send_gift active_usernames bio accepted_gift_types photo max_reaction_count accent_color_id"},
		{group, "id title type description invite_link permissions all_members_are_administrators accepted_gift_types photo max_reaction_count accent_color_id"},
		{ch, "id title type invite_link linked_chat_id accepted_gift_types max_reaction_count accent_color_id"},
		{s.forum, "id title username is_forum type active_usernames description invite_link has_visible_history permissions join_by_request slow_mode_delay linked_chat_id accepted_gift_types photo pinned_message message_auto_delete_time available_reactions max_reaction_count accent_color_id has_protected_content"},
	} {
		a := s.call("getChat", "chat_id", tt.id)
		if got := topKeys(t, a.Result); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
	if a := s.call("getChat", "chat_id", "@desk"); !a.OK {
		t.Errorf("by name: %+v", a)
	}
}

// topKeys are the keys of a JSON object in order.
func topKeys(t *testing.T, raw json.RawMessage) string {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.Token()
	var out []string
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, key.(string))
		var skip json.RawMessage
		if err := dec.Decode(&skip); err != nil {
			t.Fatal(err)
		}
	}
	return strings.Join(out, " ")
}

// What a bot may ask about members, by its own standing.
func TestMembersByAccess(t *testing.T) {
	const ann = 400000001
	type access struct{ member, self, admins, count Situation }
	none := Situation("")
	tests := []struct {
		name string
		chat func(*scene) int64
		want access
	}{
		{"forum", theForum, access{}},
		{"private", thePerson, access{memberNotFound, none, noAdminsPrivate, none}},
		{"group", theGroup, access{}},
		{"left group", func(s *scene) int64 { g := theGroup(s); s.check(s.w.Leave(s.bot, g)); return g },
			access{notInGroup, none, notInGroup, notInGroup}},
		{"kicked from group", func(s *scene) int64 { g := theGroup(s); s.check(s.w.Kick(s.ann, g, s.bot)); return g },
			access{kickedGroup, none, kickedGroup, kickedGroup}},
		{"deleted group", func(s *scene) int64 { g := theGroup(s); s.w.DeleteGroup(g); return g },
			access{groupDeleted, none, groupDeleted, groupDeleted}},
		{"left forum", func(s *scene) int64 { s.check(s.w.Leave(s.bot, s.forum)); return s.forum },
			access{notInSuper, notInSuper, notInSuper, notInSuper}},
		{"left public forum", func(s *scene) int64 {
			s.w.SetPublicName(s.forum, "desk")
			s.check(s.w.Leave(s.bot, s.forum))
			return s.forum
		}, access{}},
		{"kicked from public forum", func(s *scene) int64 {
			s.w.SetPublicName(s.forum, "desk")
			s.check(s.w.Kick(s.ann, s.forum, s.bot))
			return s.forum
		}, access{kickedSuper, kickedSuper, kickedSuper, kickedSuper}},
		{"member of channel", func(s *scene) int64 {
			ch := s.w.NewChannel(s.ann, "C")
			s.check(s.w.AddMember(s.ann, ch, s.bot))
			return ch
		}, access{listInaccessible, listInaccessible, listInaccessible, none}},
		{"channel", theChannel, access{}},
	}
	for _, tt := range tests {
		s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
		chat := tt.chat(s)
		for i, q := range []struct {
			want Situation
			a    Answer
		}{
			{tt.want.member, s.call("getChatMember", "chat_id", chat, "user_id", ann)},
			{tt.want.self, s.call("getChatMember", "chat_id", chat, "user_id", s.bot)},
			{tt.want.admins, s.call("getChatAdministrators", "chat_id", chat)},
			{tt.want.count, s.call("getChatMemberCount", "chat_id", chat)},
		} {
			if q.want == none && !q.a.OK || q.want != none && q.a.Description != failures[q.want].Text {
				t.Errorf("%s, question %d: %v %s, want %q", tt.name, i, q.a.OK, q.a.Description, failures[q.want].Text)
			}
		}
	}
}
