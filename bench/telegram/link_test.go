package telegram

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

// exported is the bot's primary link.
func (s *scene) exported() string {
	s.t.Helper()
	var link string
	if err := json.Unmarshal(s.call("exportChatInviteLink", "chat_id", s.forum).Result, &link); err != nil {
		s.t.Fatal(err)
	}
	return link
}

func TestPrimaryLink(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	first, _ := s.ok("getChat", "chat_id", s.forum)["invite_link"].(string)
	if !strings.HasPrefix(first, "https://t.me/+") || s.ok("getChat", "chat_id", s.forum)["invite_link"] != first {
		t.Errorf("first %q", first)
	}
	second := s.exported()
	if _, err := s.w.Join(s.cli, first); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("joined by the replaced link: %v", err)
	}
	l := s.ok("revokeChatInviteLink", "chat_id", s.forum, "invite_link", second)
	if l["invite_link"] != second || l["is_primary"] != true || l["is_revoked"] != true {
		t.Errorf("revoked %v", l)
	}
	third := s.ok("getChat", "chat_id", s.forum)["invite_link"]
	if third == second || third == first || third == nil {
		t.Errorf("after revoking: %v", third)
	}
}

func TestJoinByLink(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	end := s.w.Now().Add(time.Hour)
	l := s.ok("createChatInviteLink", "chat_id", s.forum, "name", " for  you", "expire_date", end.Unix(), "member_limit", 1)
	link := l["invite_link"].(string)
	if l["name"] != "for you" || number(l["member_limit"]) != 1 || number(l["expire_date"]) != int(end.Unix()) ||
		l["creates_join_request"] != false || l["is_primary"] != false || l["pending_join_request_count"] != nil {
		t.Errorf("link %v", l)
	}
	s.wants()
	got, err := s.w.Join(s.cli, link)
	if err != nil || got != (Joined{Chat: s.forum}) {
		t.Fatal(got, err)
	}
	ups := s.updates()
	u, m := ups[0][updMember].(map[string]any), ups[1]["message"].(map[string]any)
	if u["invite_link"].(map[string]any)["invite_link"] != link || u["via_join_request"] != nil ||
		u["from"].(map[string]any)["first_name"] != "Cli" || m["from"].(map[string]any)["first_name"] != "Cli" {
		t.Errorf("told %v", ups)
	}
	eve := s.w.NewUser(Person{FirstName: "Eve"})
	refused := func(why string) {
		t.Helper()
		if _, err := s.w.Join(eve, link); !errors.Is(err, ErrNotAllowed) {
			t.Errorf("%s: %v", why, err)
		}
	}
	refused("limit reached")
	s.check(s.w.Leave(s.cli, s.forum)) // counts who is inside now
	_, err = s.w.Join(eve, link)
	s.check(err)
	s.check(s.w.Kick(s.ann, s.forum, eve))
	refused("banned")
	s.check(s.w.Unban(s.ann, s.forum, eve))
	s.w.SetTime(end)
	refused("expired")
	s.ok("editChatInviteLink", "chat_id", s.forum, "invite_link", link)
	_, err = s.w.Join(eve, link)
	s.check(err)
	if _, err := s.w.Join(eve, link); err != nil {
		t.Errorf("inside already: %v", err)
	}
}

// Links of others are told by half.
func TestLinksOfOthers(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	link, err := s.w.CreateLink(s.ann, s.forum, LinkOptions{Name: "n"})
	s.check(err)
	s.wants()
	_, err = s.w.Join(s.cli, link)
	s.check(err)
	l := s.updates()[0][updMember].(map[string]any)["invite_link"].(map[string]any)
	if half := link[:len(link)-8] + "..."; l["invite_link"] != half || l["name"] != "n" || l["creator"].(map[string]any)["first_name"] != "Ann" {
		t.Errorf("link %v", l)
	}
	s.check(s.w.RevokeLink(s.ann, s.forum, link))
	if err := s.w.RevokeLink(s.ann, s.forum, link); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("revoked twice: %v", err)
	}
	if all := s.w.Links(s.forum); len(all) != 1 || all[0].Link != link || !all[0].Revoked {
		t.Errorf("links %v", all)
	}
	if _, err := s.w.CreateLink(s.cli, s.forum, LinkOptions{}); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("a member makes links: %v", err)
	}
}

func TestJoinRequest(t *testing.T) {
	for _, byAdmin := range []bool{true, false} {
		k := Unlimited()
		k.ApprovedByAdmin = byAdmin
		s := newScene(t, Options{Seed: 1, Knobs: &k})
		eve := s.w.NewUser(Person{FirstName: "Eve"})
		s.w.SetBio(eve, "I am Eve")
		link := s.ok("createChatInviteLink", "chat_id", s.forum, "creates_join_request", true)["invite_link"].(string)
		s.wants()
		for range 2 {
			if got, err := s.w.Join(eve, link); err != nil || !got.Pending {
				t.Fatal(got, err)
			}
		}
		ups := s.updates()
		if len(ups) != 1 {
			t.Fatalf("told %v", ups)
		}
		r := ups[0][updJoinRequest].(map[string]any)
		if int64(r["user_chat_id"].(float64)) != eve || r["bio"] != "I am Eve" || number(r["invite_link"].(map[string]any)["pending_join_request_count"]) != 1 {
			t.Errorf("request %v", r)
		}
		s.ok("sendMessage", "chat_id", eve, "text", "why?")
		s.ok("approveChatJoinRequest", "chat_id", s.forum, "user_id", eve)
		s.refused(cantInitiate, "sendMessage", "chat_id", eve, "text", "settled")
		want := "chat_member Desk Eve left>member, Eve new_chat_members"
		if !byAdmin {
			want = "chat_member Eve Eve left>member, Eve new_chat_members"
		}
		s.toldOf(want)
	}
}

// A bot may write to who asked for five minutes, and only one bot may.
func TestJoinRequestLendsTheChat(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	other, token := s.w.NewBot(Robot{Name: "Other"})
	s.check(s.w.AddMember(s.ann, s.forum, other))
	s.check(s.w.Promote(s.ann, s.forum, other, AllRights(), ""))
	s.w.SetPublicName(s.forum, "desk")
	s.w.SetJoinByRequest(s.forum, true)
	ask := func() int64 {
		eve := s.w.NewUser(Person{FirstName: "Eve"})
		if got, err := s.w.Join(eve, "@desk"); err != nil || !got.Pending {
			t.Fatal(got, err)
		}
		return eve
	}
	others := func(to int64) bool { return s.w.Call(token, "sendMessage", ArgsOf("chat_id", to, "text", "x")).OK }
	eve := ask()
	if !others(eve) {
		t.Error("the first bot is refused")
	}
	s.refused(cantInitiate, "sendMessage", "chat_id", eve, "text", "second")
	eve = ask()
	s.w.SetTime(s.w.Now().Add(requestTime - time.Second))
	s.ok("sendMessage", "chat_id", eve, "text", "in time")
	s.w.SetTime(s.w.Now().Add(time.Second))
	s.refused(cantInitiate, "sendMessage", "chat_id", eve, "text", "late")
	s.wants()
	if got := s.w.Requests(s.forum); len(got) != 2 || got[1] != eve {
		t.Errorf("requests %v", got)
	}
	s.check(s.w.SettleRequest(s.ann, s.forum, eve, true))
	u := s.updates()[0][updMember].(map[string]any)
	if u["via_join_request"] != true || u["invite_link"] != nil {
		t.Errorf("told %v", u)
	}
	if err := s.w.SettleRequest(s.ann, s.forum, eve, true); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("settled twice: %v", err)
	}
	eve = ask()
	s.ok("declineChatJoinRequest", "chat_id", s.forum, "user_id", eve)
	if got := s.w.Requests(s.forum); len(got) != 1 {
		t.Errorf("requests %v", got)
	}
}
