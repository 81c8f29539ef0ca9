package telegram

import (
	"errors"
	"fmt"
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
	ups := s.updates()
	if got := ups[0][updMember].(map[string]any)["new_chat_member"].(map[string]any); number(got["until_date"]) != int(s.w.Now().Unix())+60 {
		t.Errorf("made to leave by %v", got)
	}
	if got := ups[2][updMember].(map[string]any)["new_chat_member"].(map[string]any); len(ups) != 3 || got["status"] != "left" {
		t.Errorf("told %v", ups)
	}
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

	ch := s.channel()
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
	ch := s.channel()
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

// A queue of a webhook belongs to the one whose standing changes.
func TestMemberLanes(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	s.wants()
	who := s.member()
	s.check(s.w.Promote(s.ann, s.forum, s.bot, Rights{PinMessages: true}, ""))
	for _, u := range s.w.Peek(s.bot, 0, 10) {
		if want := map[string]int64{updMember: who + 6<<33, updMyMember: s.forum + 5<<33, updMessage: s.forum}[u.Kind]; u.Lane != want {
			t.Errorf("%s in lane %d, want %d", u.Kind, u.Lane, want)
		}
	}
}

// Service messages count for nothing in slow mode, never delete themselves
// and carry no tag.
func TestServiceMessagesAreApart(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	s.check(s.w.SetSlowMode(s.ann, s.forum, 30))
	s.check(s.w.SetAutoDelete(s.ann, s.forum, 60))
	_, err := s.w.Join(s.cli, mustLink(s))
	s.check(err)
	s.w.SetTitleOf(s.forum, s.ann, "boss")
	s.updates()
	_, err = s.w.Say(s.cli, s.forum, 0, "x")
	s.check(err)
	s.check(s.w.SetTitle(s.ann, s.forum, "T"))
	ups := s.updates()
	if m := ups[len(ups)-1]["message"].(map[string]any); m["sender_tag"] != nil || m["new_chat_title"] != "T" {
		t.Errorf("service message %v", m)
	}
	before := len(s.w.View(s.ann, s.forum, AllTopics))
	s.w.SetTime(s.w.Now().Add(time.Hour))
	if got := len(s.w.View(s.ann, s.forum, AllTopics)); got != before-1 {
		t.Errorf("%d of %d messages stay", got, before)
	}
}

// mustLink is a link of the owner.
func mustLink(s *scene) string {
	link, err := s.w.CreateLink(s.ann, s.forum, LinkOptions{})
	s.check(err)
	return link
}

// Leaving and coming back lifts no restriction.
func TestRestrictionOutlivesLeaving(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	s.check(s.w.Restrict(s.ann, s.forum, s.member(), Permissions{React: true}, 0))
	s.check(s.w.Leave(s.cli, s.forum))
	who := []any{"chat_id", s.forum, "user_id", s.cli}
	if m := s.ok("getChatMember", who...); m["status"] != "restricted" || m["is_member"] != false {
		t.Errorf("left: %v", m)
	}
	s.check(s.w.AddMember(s.cli, s.forum, s.cli))
	if m := s.ok("getChatMember", who...); m["status"] != "restricted" || m["is_member"] != true {
		t.Errorf("back: %v", m)
	}
	if _, err := s.w.Say(s.cli, s.forum, 0, "x"); err == nil {
		t.Error("back, and writes")
	}
}
