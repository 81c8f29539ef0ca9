package world

import (
	"testing"
	"time"

	sim "topicdesk/bench/telegram"
)

// TestAlbumHoldsNoWebhook: Telegram delivers the next part of an album only when
// the one before it is answered, so the relay answers each at once and gathers
// them in its file. A process that ends meanwhile forgets none.
func TestAlbumHoldsNoWebhook(t *testing.T) {
	for name, kill := range map[string]bool{"running": false, "killed while it gathers": true} {
		t.Run(name, func(t *testing.T) {
			s := newQuietStage(t, Options{Seed: 1, Webhooks: true})
			ann := s.World.NewUser(sim.Person{FirstName: "Ann"})
			s.RunFor(time.Second)
			s.Door.With(func(w *sim.World) {
				must2(w.Say(ann, s.Bots[0], 0, "hello"))
			})
			s.RunFor(10 * time.Second)
			s.Door.With(func(w *sim.World) {
				var posts []sim.Post
				for range 10 {
					posts = append(posts, sim.Post{Content: sim.MediaOf(&sim.File{Kind: sim.KindPhoto}, "")})
				}
				must2(w.SendAlbum(ann, s.Bots[0], posts))
			})
			s.RunFor(time.Second)
			s.Door.With(func(w *sim.World) {
				if n := w.Pending(s.Bots[0]); n > 0 {
					t.Errorf("%d updates are not answered after a second", n)
				}
			})
			if n := photos(s); n > 0 {
				t.Errorf("%d photos are in the topic before their siblings can have come", n)
			}
			if kill {
				must(s.Kill())
			}
			s.RunFor(5 * time.Second)
			if n := photos(s); n != 10 {
				t.Errorf("%d photos together in the topic, not 10", n)
			}
		})
	}
}

// TestAlbumWaitsForNoTitle: an answer, an album too, renames the topic, and the group holds the
// settlement of that for a second; a part that comes meanwhile is gathered all the
// same.
func TestAlbumWaitsForNoTitle(t *testing.T) {
	knobs := sim.Strict()
	knobs.AlbumGap = 1700 * time.Millisecond
	s := newQuietStage(t, Options{Seed: 1, Knobs: &knobs})
	ann := s.World.NewUser(sim.Person{FirstName: "Ann"})
	s.RunFor(time.Second)
	s.Door.With(func(w *sim.World) { must2(w.Say(ann, s.Bots[0], 0, "hello")) })
	s.RunFor(2 * time.Minute)
	topics := s.World.Topics(s.Forum)
	s.Door.With(func(w *sim.World) { must2(w.SendAlbum(ann, s.Bots[0], tenPhotos(0)[:2])) })
	s.RunFor(1200 * time.Millisecond)
	s.Door.With(func(w *sim.World) { must2(w.SendAlbum(s.Admin, s.Forum, tenPhotos(topics[len(topics)-1].ID)[:2])) })
	s.RunFor(10 * time.Second)
	together := map[string]int{}
	for _, m := range s.World.View(s.Admin, s.Forum, sim.AllTopics) {
		if m.Bot && m.Kind == sim.KindPhoto {
			together[m.Album]++
		}
	}
	if len(together) != 1 || together[""] > 0 {
		t.Errorf("the client's photos came apart: %v", together)
	}
}

// photos is how many photos are in the forum as one album.
func photos(s *Stage) int {
	albums := map[string]int{}
	most := 0
	for _, m := range s.World.View(s.Admin, s.Forum, sim.AllTopics) {
		if m.Kind == sim.KindPhoto {
			albums[m.Album]++
			most = max(most, albums[m.Album])
		}
	}
	return most
}

func must2[T any](_ T, err error) { must(err) }
