package world

import (
	"fmt"
	"strings"
	"time"

	sim "topicdesk/bench/telegram"
	"topicdesk/tenants"
)

// gaps are the times between the updates of one album: users have measured from
// tens of milliseconds to eleven seconds.
var gaps = []time.Duration{0, 25 * time.Millisecond, 700 * time.Millisecond, 1700 * time.Millisecond, 3 * time.Second, 6 * time.Second, 11 * time.Second}

// inTime is a gap after which the relay still gathers a part, even if the update
// or the tenant is a little late.
const inTime = tenants.AlbumQuiet - 300*time.Millisecond

// album is one that was sent, to be looked for whole.
type album struct {
	number int
	at     time.Time
	ends   time.Time // when its last part can have been gathered
	inTime bool
}

// drawGap draws how far apart the updates of an album come.
func (r *run) drawGap(w *sim.World) {
	k := w.Knobs()
	k.AlbumGap = gaps[r.pick(len(gaps))]
	w.SetKnobs(k)
}

// newAlbum draws an album's items, of photos and videos or of documents, each with
// a token in its caption.
func (r *run) newAlbum(w *sim.World, kind string, topic int) (posts []sim.Post, tokens []string) {
	kinds := []sim.Kind{sim.KindPhoto, sim.KindVideo}
	if r.pick(3) == 0 {
		kinds = []sim.Kind{sim.KindDocument}
	}
	for range 2 + r.pick(3) {
		token, kind := r.token(kind), kinds[r.pick(len(kinds))]
		tokens = append(tokens, token)
		posts = append(posts, sim.Post{Topic: topic, Content: sim.Content{
			Kind: kind, Text: "album " + token, File: w.NewFile(sim.File{Kind: kind, Size: 1000}),
		}})
	}
	gap := w.Knobs().AlbumGap
	r.albums = append(r.albums, album{
		number: len(r.albums) + 1, at: r.Sched.now, inTime: gap <= inTime,
		ends: r.Sched.now.Add(time.Duration(len(posts))*gap + 5*time.Second),
	})
	return posts, tokens
}

func (r *run) clientAlbum(w *sim.World, c *client) {
	if !c.blocked {
		r.drawGap(w)
		r.sendAlbum(w, c, r.pick(4) == 0)
	}
}

// sendAlbum sends a client's album; pulled takes one part away before it can be
// copied.
func (r *run) sendAlbum(w *sim.World, c *client, pulled bool) {
	posts, tokens := r.newAlbum(w, "a", 0)
	ids, err := w.SendAlbum(c.id, c.bot, posts)
	if err != nil {
		panic(err)
	}
	r.note(fmt.Sprintf("client %s sends an album: %v, %s apart", c.name, tokens, w.Knobs().AlbumGap))
	r.seen.Albums++
	for _, token := range tokens {
		r.hears(c, said{token: token, by: c, album: len(r.albums), pulled: pulled})
	}
	if pulled {
		must(w.Delete(c.id, c.bot, ids[r.pick(len(ids))]))
		r.note("and deletes a part of it")
	}
}

func (r *run) operatorAlbum(w *sim.World, c *client) {
	topic := r.findTopic(w, c)
	if topic == 0 || r.out {
		return
	}
	r.drawGap(w)
	posts, tokens := r.newAlbum(w, "p", topic)
	room := inRoom(w, r.Forum, topic)
	if room {
		posts[0].ReplyTo = r.findNewest(w, c).ID
	}
	if _, err := w.SendAlbum(r.ops[0], r.Forum, posts); err != nil {
		r.albums[len(r.albums)-1].inTime = false
		return // the topic is closed
	}
	r.seen.Albums++
	r.note(fmt.Sprintf("operator answers %s with an album: %v, %s apart", c.name, tokens, w.Knobs().AlbumGap))
	for _, token := range tokens {
		r.said = append(r.said, said{token: token, by: c, answer: true, risky: c.blocked, album: len(r.albums), room: room})
	}
}

// noticed is within what time after a message between actors was lost the opening
// ends: longest takes a connection that is never told what it received.
const noticed = 3 * time.Minute

// disturbed tells that something happened while an album was gathered or sent: a
// part of it may have come too late, or arrived alone.
func (r *run) disturbed(a album) bool {
	for _, at := range r.troubles {
		if !at.Before(a.at.Add(-noticed)) && !at.After(a.ends) {
			return true
		}
	}
	return r.late || r.slowPolls || r.cuts
}

// checkAlbums: what was gathered in time is one album where it was sent to.
func (r *run) checkAlbums(forum []sim.Shown) error {
	for _, a := range r.albums {
		if !a.inTime || r.disturbed(a) {
			continue
		}
		if err := r.checkAlbum(a, forum); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) checkAlbum(a album, forum []sim.Shown) error {
	together := map[string]int{} // parts by the album in which they arrived
	parts, first := 0, ""
	for _, s := range r.said {
		if s.album != a.number {
			continue
		}
		if s.token == "" || s.risky || s.missed || s.barring != heard {
			return nil
		}
		parts++
		if first == "" {
			first = s.token
		}
		view := forum
		if s.answer {
			view = r.World.View(s.by.id, s.by.bot, 0)
		}
		for _, m := range view {
			if m.Bot && m.Album != "" && strings.Contains(m.Text, s.token) {
				together[m.Album]++
			}
		}
	}
	for _, n := range together {
		if n == parts {
			return nil
		}
	}
	if parts == 0 {
		return nil
	}
	return fmt.Errorf("the album of %s was torn apart: %v of %d parts together", first, together, parts)
}
