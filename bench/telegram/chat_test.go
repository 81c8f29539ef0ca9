package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

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
	ch := s.channel()
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

// An upgrade is no new addition: privacy mode stays as it was.
func TestUpgradeKeepsPrivacy(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	g := s.w.NewGroup(s.ann, "G", s.bot)
	s.w.SetPrivacy(s.bot, false)
	id, err := s.w.Upgrade(s.ann, g)
	s.check(err)
	s.updates()
	_, err = s.w.Say(s.ann, id, 0, "x")
	s.check(err)
	if ups := s.updates(); len(ups) != 0 {
		t.Errorf("told %v", ups)
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
	group, ch := theGroup(s), s.channel()
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
		{"channel", (*scene).channel, access{}},
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
