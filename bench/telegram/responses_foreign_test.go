//go:build foreign

package telegram

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"
)

// TestForeignRefusals compares whole answers with captured ones.
func TestForeignRefusals(t *testing.T) {
	long := bytes.Repeat([]byte("x"), maxText+1)
	tests := []struct {
		file string
		do   func(s *scene) Answer
	}{
		{"too_long", func(s *scene) Answer { return s.call("sendMessage", "chat_id", s.cli, "text", string(long)) }},
		{"user_deactivated", func(s *scene) Answer {
			s.w.DeleteAccount(s.cli)
			return s.call("sendMessage", "chat_id", s.cli, "text", "x")
		}},
		{"wrong_file_id", func(s *scene) Answer {
			other, _ := s.w.NewBot(Robot{Name: "Other"})
			return s.call("getFile", "file_id", fileRef{file: s.w.NewFile(File{Kind: KindVideo})}.id(other))
		}},
		{"too_many_requests", func(s *scene) Answer {
			s.w.AddFault(Fault{Do: Flood, Retry: 14})
			return s.call("sendMessage", "chat_id", s.cli, "text", "x")
		}},
	}
	for _, tc := range tests {
		var want bytes.Buffer
		if err := json.Compact(&want, foreign(t, "nutgram/Responses/"+tc.file+".json")); err != nil {
			t.Fatal(err)
		}
		if got := tc.do(newScene(t, Options{Seed: 5})).JSON(); !bytes.Equal(got, want.Bytes()) {
			t.Errorf("%s:\n got %s\nwant %s", tc.file, got, want.Bytes())
		}
	}
}

// TestForeignRights compares the rights of administrators with captures of
// the time when there were fewer of them.
func TestForeignRights(t *testing.T) {
	s := captureScene(t)
	knobs := unlimitedKnobs()
	knobs.UndocumentedFields = true // can_manage_voice_chats is among them
	s.w.SetKnobs(*knobs)
	group := s.w.NewSupergroup(s.ann, "Plain", s.bot)
	s.check(s.w.Promote(s.ann, group, s.bot, AllRights(), ""))
	sameRights(t, captured(t, "nutgram/Responses/ChatAdministratorRights.json"), s.call("getMyDefaultAdministratorRights").Result)
	ours := byStatus(t, s.call("getChatAdministrators", "chat_id", group).Result)
	for status, theirs := range byStatus(t, captured(t, "nutgram/Responses/chat_members.json")) {
		sameRights(t, theirs, ours[status])
	}
}

// byStatus are the members of a list by their status.
func byStatus(t *testing.T, raw json.RawMessage) map[string]json.RawMessage {
	t.Helper()
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	out := map[string]json.RawMessage{}
	for _, item := range list {
		var m struct{ Status string }
		if err := json.Unmarshal(item, &m); err != nil {
			t.Fatal(err)
		}
		out[m.Status] = item
	}
	return out
}

// sameRights compares keys, except those that came after the capture and
// those that depend on who the person is.
func sameRights(t *testing.T, theirs, ours json.RawMessage) {
	t.Helper()
	want := slices.DeleteFunc(keyPaths(t, theirs), personal)
	got := slices.DeleteFunc(keyPaths(t, ours), func(k string) bool { return !slices.Contains(want, k) })
	if !slices.Equal(got, want) {
		t.Errorf("rights:\n got %v\nwant %v", got, want)
	}
}

// personal says whether the key depends on who the person is.
func personal(path string) bool {
	return slices.ContainsFunc([]string{"last_name", "username", "language_code", "is_premium"}, func(k string) bool {
		return len(path) > len(k) && path[len(path)-len(k):] == k
	})
}
