package telegram

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// poll is a poll of the bot in the forum whose voters may add answers.
func (s *scene) growing() int {
	s.t.Helper()
	m := s.ok("sendPoll", "chat_id", s.forum, "question", "Q", "options", []string{"a", "b"}, "is_anonymous", false,
		"allow_adding_options", true, "allows_multiple_answers", true)
	return number(m["message_id"])
}

func TestAnswersOfPeople(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	poll := s.growing()
	option, err := s.w.AddAnswer(s.ann, s.forum, poll, " c ")
	s.check(err)
	ups := s.updates()
	if len(ups) != 2 {
		t.Fatalf("%d updates, want the service message and the poll: %v", len(ups), ups)
	}
	told := ups[0]["message"].(map[string]any)["poll_option_added"].(map[string]any)
	if told["option_text"] != "c" || told["option_persistent_id"] != option || number(told["poll_message"].(map[string]any)["message_id"]) != poll {
		t.Errorf("told %v", told)
	}
	options := ups[1]["poll"].(map[string]any)["options"].([]any)
	added := options[2].(map[string]any)
	if added["added_by_user"].(map[string]any)["first_name"] != "Ann" || number(added["addition_date"]) != int(s.w.Now().Unix()) {
		t.Errorf("added %v", added)
	}
	s.check(s.w.AddMember(s.ann, s.forum, s.cli))
	second, err := s.w.AddAnswer(s.cli, s.forum, poll, "d")
	s.check(err)
	s.check(s.w.Vote(s.ann, s.forum, poll, 2, 3))
	if err := s.w.RemoveAnswer(s.cli, s.forum, poll, option); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("another's answer: %v", err)
	}
	s.updates()
	s.check(s.w.RemoveAnswer(s.ann, s.forum, poll, option))
	ups = s.updates()
	if told := ups[0]["message"].(map[string]any)["poll_option_deleted"].(map[string]any); told["option_persistent_id"] != option {
		t.Errorf("told %v", told)
	}
	options = ups[1]["poll"].(map[string]any)["options"].([]any)
	if last := options[2].(map[string]any); len(options) != 3 || last["persistent_id"] != second || number(last["voter_count"]) != 1 {
		t.Errorf("left %v", options)
	}
	if votes := mustMessage(s, poll).MyVotes; fmt.Sprint(votes) != "[2]" {
		t.Errorf("votes %v after one's answer is gone", votes)
	}
}

func mustMessage(s *scene, id int) Shown {
	s.t.Helper()
	m, ok := s.w.Message(s.ann, s.forum, id)
	if !ok {
		s.t.Fatalf("no message %d", id)
	}
	return m
}

func TestAnswersRefused(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	fixed := number(s.ok("sendPoll", "chat_id", s.forum, "question", "Q", "options", []string{"a"})["message_id"])
	open := s.growing()
	for _, tc := range []struct {
		poll int
		text string
	}{{fixed, "c"}, {open, " "}} {
		if _, err := s.w.AddAnswer(s.ann, s.forum, tc.poll, tc.text); !errors.Is(err, ErrNotAllowed) {
			t.Errorf("%v: %v", tc, err)
		}
	}
	if err := s.w.RemoveAnswer(s.ann, s.forum, open, "0"); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("an answer of the bot: %v", err)
	}
}

// A vote of an anonymous administrator is the group's.
func TestVoteOfTheGroup(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	poll := s.growing()
	s.w.SetAnonymous(s.forum, s.ann, true)
	s.check(s.w.Vote(s.ann, s.forum, poll, 0))
	got := s.lastOf("poll_answer")
	if number(got["voter_chat"].(map[string]any)["id"]) != int(s.forum) || number(got["user"].(map[string]any)["id"]) != channelBot {
		t.Errorf("voter %v", got)
	}
}

func TestChecklistsOfPeople(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	s.check(s.w.AddMember(s.ann, s.forum, s.cli))
	send := func(open bool) int {
		id, err := s.w.Send(s.ann, s.forum, Post{Content: Content{Kind: KindChecklist, Checklist: &Checklist{
			Title: "T", Tasks: []Task{{ID: 3, Text: "a"}, {ID: 5, Text: "b"}}, OthersAdd: open, OthersMark: open,
		}}})
		s.check(err)
		s.updates()
		return id
	}
	own := send(false)
	for _, err := range []error{s.w.MarkTasks(s.cli, s.forum, own, []int{3}, nil), s.w.AddTasks(s.cli, s.forum, own, "c")} {
		if !errors.Is(err, ErrNotAllowed) {
			t.Errorf("another's list: %v", err)
		}
	}
	shared := send(true)
	if err := s.w.MarkTasks(s.cli, s.forum, shared, []int{4}, nil); !errors.Is(err, ErrNoSuchMessage) {
		t.Errorf("no such task: %v", err)
	}
	s.check(s.w.MarkTasks(s.cli, s.forum, shared, []int{3}, []int{5}))
	done := s.lastOf("message")["checklist_tasks_done"].(map[string]any)
	tasks := done["checklist_message"].(map[string]any)["checklist"].(map[string]any)["tasks"].([]any)
	first := tasks[0].(map[string]any)
	if fmt.Sprint(done["marked_as_done_task_ids"], done["marked_as_not_done_task_ids"]) != "[3] [5]" ||
		first["completed_by_user"].(map[string]any)["first_name"] != "Cli" || number(first["completion_date"]) == 0 {
		t.Errorf("done: %v", done)
	}
	if second := tasks[1].(map[string]any); second["completion_date"] != nil {
		t.Errorf("not done: %v", second)
	}
	s.check(s.w.AddTasks(s.cli, s.forum, shared, "c"))
	added := s.lastOf("message")["checklist_tasks_added"].(map[string]any)
	if task := added["tasks"].([]any)[0].(map[string]any); number(task["id"]) != 6 || task["text"] != "c" {
		t.Errorf("added: %v", added)
	}
	if n := len(mustMessage(s, shared).Content.Checklist.Tasks); n != 3 {
		t.Errorf("%d tasks", n)
	}
	s.w.SetAnonymous(s.forum, s.ann, true)
	s.check(s.w.MarkTasks(s.ann, s.forum, shared, []int{6}, nil))
	if by := mustMessage(s, shared).Content.Checklist.Tasks[2].DoneBy; by != s.forum {
		t.Errorf("done by %d, want the group", by)
	}
}

func TestProximity(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	s.check(s.w.AddMember(s.ann, s.forum, s.cli))
	live := func(who int64, longitude float64, radius int) int {
		id, err := s.w.Send(who, s.forum, Post{Content: Content{Kind: KindLocation, Location: &Location{
			Longitude: longitude, LivePeriod: 600, Proximity: radius,
		}}})
		s.check(err)
		return id
	}
	alerts := func() (out []map[string]any) {
		for _, u := range s.updates() {
			m, _ := u["message"].(map[string]any)
			if a, ok := m["proximity_alert_triggered"].(map[string]any); ok {
				out = append(out, a)
			}
		}
		return out
	}
	live(s.ann, 0, 200)
	moving := live(s.cli, 1, 0)
	if got := alerts(); len(got) != 0 {
		t.Errorf("far away: %v", got)
	}
	for range 2 { // the second time tells nothing
		s.check(s.w.Move(s.cli, s.forum, moving, &Location{Longitude: 0.001}))
	}
	got := alerts()
	if len(got) != 1 {
		t.Fatalf("%d alerts, want one: %v", len(got), got)
	}
	who := func(key string) any { return got[0][key].(map[string]any)["first_name"] }
	if who("traveler") != "Cli" || who("watcher") != "Ann" || number(got[0]["distance"]) != 111 {
		t.Errorf("alert %v", got[0])
	}
	s.w.SetTime(s.w.Now().Add(time.Hour))
	live(s.cli, 0, 0)
	if got := alerts(); len(got) != 0 {
		t.Errorf("a place that no longer moves watches nobody: %v", got)
	}
}

func TestQualities(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	_, err := s.w.Send(s.cli, s.bot, Post{Content: MediaOf(&File{
		Kind: KindVideo, Qualities: []*File{{Kind: KindVideo, Width: 320, Height: 240, Codec: "h265", Size: 77}},
	}, "")})
	s.check(err)
	got := s.lastOf("message")["video"].(map[string]any)["qualities"].([]any)[0].(map[string]any)
	if got["codec"] != "h265" || number(got["file_size"]) != 77 {
		t.Errorf("quality %v", got)
	}
	if f := s.ok("getFile", "file_id", got["file_id"]); f["file_unique_id"] != got["file_unique_id"] {
		t.Errorf("another file: %v", f)
	}
}

func TestTransfer(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	s.ok("getUpdates", "allowed_updates", allUpdates)
	s.check(s.w.AddMember(s.ann, s.forum, s.cli))
	s.updates()
	for _, tc := range []struct{ by, to int64 }{{s.cli, s.cli}, {s.ann, s.bot}, {s.ann, s.ann}, {s.ann, s.w.NewUser(Person{FirstName: "Out"})}} {
		if err := s.w.Transfer(tc.by, s.forum, tc.to); !errors.Is(err, ErrNotAllowed) {
			t.Errorf("%v: %v", tc, err)
		}
	}
	s.check(s.w.Transfer(s.ann, s.forum, s.cli))
	var told []string
	for _, u := range s.updates() {
		if m, ok := u["chat_member"].(map[string]any); ok {
			now := m["new_chat_member"].(map[string]any)
			told = append(told, fmt.Sprint(now["user"].(map[string]any)["first_name"], " ", now["status"]))
		} else if m, ok := u["message"].(map[string]any); ok {
			told = append(told, fmt.Sprint(m["chat_owner_changed"].(map[string]any)["new_owner"].(map[string]any)["first_name"]))
		}
	}
	if got := fmt.Sprint(told); got != "[Cli creator Ann administrator Cli]" {
		t.Errorf("told %s", got)
	}
	if m := s.ok("getChatMember", "chat_id", s.forum, "user_id", s.ann); m["can_promote_members"] != true {
		t.Errorf("the former owner is %v", m)
	}
	s.check(s.w.Transfer(s.cli, s.forum, s.ann))
}

// What moves in a sticker is known by its type, and the type by its path.
func TestStickersAndPaths(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	tests := []struct {
		file            File
		animated, video bool
		ending          string
	}{
		{File{Kind: KindSticker}, false, false, ".webp"},
		{File{Kind: KindSticker, MIME: "application/x-tgsticker"}, true, false, ".tgs"},
		{File{Kind: KindSticker, MIME: "video/webm"}, false, true, ".webm"},
		{File{Kind: KindDocument, Name: "a.tar.pdf"}, false, false, ".pdf"},
		{File{Kind: KindDocument, Name: "a.p/df"}, false, false, ".bin"},
		{File{Kind: KindDocument, Name: "a"}, false, false, ".bin"},
	}
	for _, tc := range tests {
		_, err := s.w.Send(s.cli, s.bot, Post{Content: MediaOf(&tc.file, "")})
		s.check(err)
		m := s.lastOf("message")[string(tc.file.Kind)].(map[string]any)
		if tc.file.Kind == KindSticker && (m["is_animated"] != tc.animated || m["is_video"] != tc.video) {
			t.Errorf("%s: %v", tc.file.MIME, m)
		}
		where := s.ok("getFile", "file_id", m["file_id"])["file_path"].(string)
		if !strings.HasSuffix(where, tc.ending) {
			t.Errorf("%+v lies at %s, want %s", tc.file, where, tc.ending)
		}
		if _, ok := s.w.Download(s.token, where); !ok {
			t.Errorf("%s can't be downloaded", where)
		}
	}
}
