package world

import (
	"fmt"
	"strings"

	sim "topicdesk/bench/telegram"
)

// wordless makes content of each kind that has no words of its own, or has them
// elsewhere than in a text; the token is in it all the same, where words finds it.
var wordless = []func(w *sim.World, token string) sim.Content{
	func(w *sim.World, token string) sim.Content { return fileWith(w, sim.KindSticker, token) },
	func(w *sim.World, token string) sim.Content { return fileWith(w, sim.KindVideoNote, token) },
	func(w *sim.World, token string) sim.Content { return fileWith(w, sim.KindDocument, token) },
	func(_ *sim.World, token string) sim.Content {
		return sim.Content{Kind: sim.KindVenue, Venue: &sim.Venue{
			Location: sim.Location{Latitude: 52.5, Longitude: 13.4}, Title: "at the " + token, Address: "a street",
		}}
	},
	func(_ *sim.World, token string) sim.Content {
		return sim.Content{Kind: sim.KindPoll, Poll: &sim.Poll{
			Question: "is it " + token, Options: []sim.PollOption{{Text: "yes"}, {Text: "no"}},
		}}
	},
	func(_ *sim.World, token string) sim.Content {
		return sim.Content{Kind: sim.KindContact, Contact: &sim.Contact{FirstName: "somebody " + token, Phone: "+4915112345678"}}
	},
}

// hiding is how many of wordless do not become a note that says only what came
// when HIDE_INFO is on.
const hiding = 5

func fileWith(w *sim.World, kind sim.Kind, token string) sim.Content {
	return sim.Content{Kind: kind, File: w.NewFile(sim.File{Kind: kind, Data: []byte("the file of " + token)})}
}

// wordlessPost draws one of wordless.
func (r *run) wordlessPost(w *sim.World, token string) sim.Post {
	n := len(wordless)
	if r.hides {
		n = hiding
	}
	return sim.Post{Content: wordless[r.pick(n)](w, token)}
}

// words is everything in a message in which a token may be.
func words(m sim.Shown) string { return wordsOf(m.Content) }

func wordsOf(c sim.Content) string {
	all := []string{c.Text}
	if f := c.File; f != nil {
		all = append(all, string(f.Data))
	}
	if v := c.Venue; v != nil {
		all = append(all, v.Title)
	}
	if p := c.Poll; p != nil {
		all = append(all, p.Question)
	}
	if p := c.Contact; p != nil {
		all = append(all, fmt.Sprint(p.FirstName, p.LastName))
	}
	return strings.Join(all, "\n")
}

// sign writes a name on a file, wherever a file of its kind can have one.
func sign(f *sim.File, name string) {
	if f == nil {
		return
	}
	switch f.Kind {
	case sim.KindAudio:
		f.Name, f.Title, f.Performer = name+".mp3", "Song of "+name, name
	case sim.KindDocument, sim.KindVideo, sim.KindAnimation:
		f.Name = name + ".mp4"
	}
}
