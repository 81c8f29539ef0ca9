package world

import (
	"testing"
	"time"

	sim "topicdesk/bench/telegram"
)

// TestAlbumsMeetNoFlood: albums of ten, one after the other and both ways, wait
// for their tokens; Telegram never has to say so.
func TestAlbumsMeetNoFlood(t *testing.T) {
	for _, name := range sim.Profiles() {
		t.Run(name, func(t *testing.T) {
			knobs, err := sim.Profile(name)
			must(err)
			s := newQuietStage(t, Options{Seed: 1, Knobs: &knobs})
			ann := s.World.NewUser(sim.Person{FirstName: "Ann"})
			s.RunFor(time.Second)
			s.Door.With(func(w *sim.World) { must2(w.Say(ann, s.Bots[0], 0, "hello")) })
			s.RunFor(10 * time.Second)
			for range 3 {
				s.Door.With(func(w *sim.World) {
					topics := w.Topics(s.Forum)
					must2(w.SendAlbum(ann, s.Bots[0], tenPhotos(0)))
					must2(w.SendAlbum(s.Admin, s.Forum, tenPhotos(topics[len(topics)-1].ID)))
				})
				s.RunFor(5 * time.Second)
			}
			if !s.Settle(10 * time.Minute) {
				t.Error("albums wait for ever")
			}
			for _, e := range s.World.Log() {
				if e.Event == sim.EventCall && e.Code != 200 {
					t.Errorf("%s in chat %d at %s: %d", e.Method, e.Chat, e.At.Format("15:04:05"), e.Code)
				}
			}
			if n := photos(s); n != 10 {
				t.Errorf("%d photos together in the topic, not 10", n)
			}
		})
	}
}

// tenPhotos is a full album; topic 0 = in a private chat.
func tenPhotos(topic int) (posts []sim.Post) {
	for range 10 {
		posts = append(posts, sim.Post{Topic: topic, Content: sim.MediaOf(&sim.File{Kind: sim.KindPhoto}, "")})
	}
	return posts
}
