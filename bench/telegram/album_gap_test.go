package telegram

import (
	"encoding/json"
	"slices"
	"testing"
	"time"
)

// The parts of an album come one by one. What is said elsewhere comes in
// between, what is said in the same chat comes after them, and a second
// delivery keeps its id.
func TestAlbumGap(t *testing.T) {
	k := Unlimited()
	k.AlbumGap = 25 * time.Millisecond
	s := newScene(t, Options{Knobs: &k})
	s.w.AddFault(Fault{Do: DuplicateUpdate, Skip: 1, Count: 1})
	photo := Post{Content: Content{Kind: KindPhoto, File: &File{Kind: KindPhoto}}}
	send := func() {
		_, err := s.w.SendAlbum(s.cli, s.bot, []Post{photo, photo, photo})
		s.check(err)
		_, err = s.w.Say(s.cli, s.bot, 0, "after")
		s.check(err)
		_, err = s.w.Say(s.ann, s.forum, 0, "elsewhere")
		s.check(err)
	}
	send()
	var got []string
	var ids []int
	take := func() {
		for _, u := range s.w.Peek(s.bot, 0, maxQueued) {
			var m struct {
				Text  string
				Album string `json:"media_group_id"`
			}
			s.check(json.Unmarshal(u.Object, &m))
			text := m.Text
			if m.Album != "" {
				text = "part"
			}
			got, ids = append(got, text), append(ids, u.ID-len(ids))
			s.w.Discard(s.bot, u.ID)
		}
	}
	for range 4 {
		take()
		got = append(got, "|")
		s.w.SetTime(s.w.Now().Add(k.AlbumGap))
	}
	want := []string{"part", "elsewhere", "|", "part", "part", "|", "part", "after", "|", "|"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if len(ids) != 6 || ids[0] != ids[2] || ids[3] != ids[2]-1 || ids[5] != ids[3] {
		t.Errorf("ids less their places: %v", ids)
	}
	got = nil
	send()
	take()
	if !slices.Equal(got, []string{"part", "elsewhere"}) {
		t.Errorf("the next album began with %q", got)
	}
}
