package telegram

import (
	"slices"
	"testing"
)

// A flood in the middle of an album leaves its first half.
func TestCutAlbum(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	s.w.AddFault(Fault{Do: CutAlbum, Count: 1})
	before := len(s.w.View(s.cli, s.bot, AllTopics))
	a := s.album(4, "photo")
	expectFlood := `Bad Request: failed to send message #3 with the error message "Too Many Requests: retry after 5"`
	if a.Description != expectFlood {
		t.Errorf("told %q", a.Description)
	}
	if got := len(s.w.View(s.cli, s.bot, AllTopics)) - before; got != 2 {
		t.Errorf("%d of 4 arrived", got)
	}
}

// A bot's server that believes in a deleted message learns it from Telegram,
// which has done the rest by then.
func TestStaleCopy(t *testing.T) {
	for _, tt := range []struct {
		gone []int // of three
		want string
		made int
	}{
		{nil, "", 3},
		{[]int{1}, `Bad Request: failed to send message #1 with the error message "Message was not forwarded"`, 2},
		{[]int{0, 1, 2}, `Bad Request: failed to send message #1 with the error message "MESSAGE_ID_INVALID"`, 0},
	} {
		s := newScene(t, Options{Knobs: unlimitedKnobs()})
		var ids []int
		for range 3 {
			id, err := s.w.Say(s.cli, s.bot, 0, "hello")
			s.check(err)
			ids = append(ids, id)
		}
		for _, i := range tt.gone {
			s.check(s.w.Delete(s.cli, s.bot, ids[i]))
		}
		s.w.AddFault(Fault{Do: StaleCopy, Count: 1})
		before := len(s.w.View(s.ann, s.forum, AllTopics))
		if a := s.call("copyMessages", "chat_id", s.forum, "from_chat_id", s.cli, "message_ids", ids); a.Description != tt.want {
			t.Errorf("%v gone: told %q", tt.gone, a.Description)
		}
		if got := len(s.w.View(s.ann, s.forum, AllTopics)) - before; got != tt.made {
			t.Errorf("%v gone: %d copied", tt.gone, got)
		}
		if slices.Contains(tt.gone, 0) {
			s.w.AddFault(Fault{Do: StaleCopy, Count: 1})
			a := s.call("copyMessage", "chat_id", s.forum, "from_chat_id", s.cli, "message_id", ids[0])
			if a.Description != "Bad Request: MESSAGE_ID_INVALID" {
				t.Errorf("one gone: told %q", a.Description)
			}
		}
	}
}
