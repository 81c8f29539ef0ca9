package doors

import (
	"fmt"

	sim "topicdesk/bench/telegram"
)

// actRoutes act as people. "as" is who acts; chats are named as that person's
// Telegram names them: a private chat is the bot's id.
var actRoutes = []route{
	act("/world/start", func(w *sim.World, in struct {
		As, Bot int64
		Payload string
	}) (any, error) {
		id, err := w.Start(in.As, in.Bot, in.Payload)
		return posted{[]int{id}}, err
	}),
	act("/world/block", func(w *sim.World, in struct {
		As, Bot int64
		On      bool
	}) (any, error) {
		if in.On {
			w.Block(in.As, in.Bot)
		} else {
			w.Unblock(in.As, in.Bot)
		}
		return done{true}, nil
	}),
	act("/world/send", send),
	act("/world/forward", forward),
	act("/world/edit", edit),
	act("/world/delete", func(w *sim.World, in struct {
		As, Chat int64
		Messages []int
	}) (any, error) {
		return done{true}, w.Delete(in.As, in.Chat, in.Messages...)
	}),
	act("/world/react", func(w *sim.World, in struct {
		As, Chat int64
		Message  int
		Emoji    []string
	}) (any, error) {
		return done{true}, w.React(in.As, in.Chat, in.Message, in.Emoji...)
	}),
	act("/world/press", press),
	act("/world/vote", func(w *sim.World, in struct {
		As, Chat int64
		Message  int
		Options  []int
	}) (any, error) {
		return done{true}, w.Vote(in.As, in.Chat, in.Message, in.Options...)
	}),
	act("/world/pin", func(w *sim.World, in struct {
		As, Chat int64
		Message  int
		Off      bool
	}) (any, error) {
		if in.Off {
			return done{true}, w.Unpin(in.As, in.Chat, in.Message)
		}
		return done{true}, w.Pin(in.As, in.Chat, in.Message)
	}),
	act("/world/topics", changeTopic),
}

// posted names the messages that came of it.
type posted struct {
	IDs []int `json:"ids"`
}

// message is what a person writes: a text, or one medium, or an album, or one
// of the kinds without a file.
type message struct {
	As        int64        `json:"as"`
	Chat      int64        `json:"chat"`
	Topic     int          `json:"topic"`
	Text      string       `json:"text"` // or the caption of media
	Entities  []sim.Entity `json:"entities"`
	Media     *medium      `json:"media"`
	Album     []medium     `json:"album"` // 2 to 10; the text is the first one's caption
	Location  *sim.Location
	Venue     *sim.Venue
	Contact   *sim.Contact
	Dice      string `json:"dice"` // emoji
	Poll      *poll  `json:"poll"`
	Checklist *checklist
	ReplyTo   int    `json:"reply_to"`
	ReplyIn   int64  `json:"reply_in"` // chat of reply_to, 0 = the same
	Quote     string `json:"quote"`
	Task      int    `json:"task"`   // of the checklist replied to
	Option    string `json:"option"` // persistent id, of the poll replied to
	Scheduled bool   `json:"scheduled"`
	Anonymous bool   `json:"anonymous"`
	AsChannel int64  `json:"as_channel"`
	Protected bool   `json:"protected"`
}

// medium is one file with its kind.
type medium struct {
	Kind      string `json:"kind"`
	Name      string `json:"name"`
	MIME      string `json:"mime"`
	Data      []byte `json:"data"` // base64; none = content is made up
	Size      int64  `json:"size"` // bytes, without data
	Width     int    `json:"width"`
	Height    int    `json:"height"`
	Duration  int    `json:"duration"`
	Title     string `json:"title"`
	Performer string `json:"performer"`
	Cover     bool   `json:"cover"` // audio: it has the picture of its album
	Emoji     string `json:"emoji"`
	Caption   string `json:"caption"` // items of albums
	Spoiler   bool   `json:"spoiler"`
	Above     bool   `json:"above"`
}

func send(w *sim.World, in message) (any, error) {
	contents, err := in.contents()
	if err != nil {
		return nil, err
	}
	posts := make([]sim.Post, len(contents))
	for i, c := range contents {
		posts[i] = sim.Post{
			Content: c, Topic: in.Topic, ReplyTo: in.ReplyTo, ReplyIn: in.ReplyIn, Quote: in.Quote, Task: in.Task, Option: in.Option, Scheduled: in.Scheduled,
			Anonymous: in.Anonymous, AsChannel: in.AsChannel, Protected: in.Protected,
		}
	}
	var ids []int
	if len(posts) > 1 {
		ids, err = w.SendAlbum(in.As, in.Chat, posts)
	} else {
		ids, err = w.SendAll(in.As, in.Chat, posts)
	}
	return posted{ids}, err
}

// contents are what the message is made of, one item unless it is an album.
func (in message) contents() ([]sim.Content, error) {
	if len(in.Album) == 0 {
		c, err := in.content()
		return []sim.Content{c}, err
	}
	out := make([]sim.Content, len(in.Album))
	for i, item := range in.Album {
		var err error
		if out[i], err = item.content(item.Caption); err != nil {
			return nil, err
		}
	}
	if in.Text != "" {
		out[0].Text, out[0].Entities = in.Text, in.Entities
	}
	return out, nil
}

func (in message) content() (sim.Content, error) {
	switch {
	case in.Media != nil:
		c, err := in.Media.content(in.Text)
		c.Entities = in.Entities
		return c, err
	case in.Location != nil:
		return sim.Content{Kind: sim.KindLocation, Location: in.Location}, nil
	case in.Venue != nil:
		return sim.Content{Kind: sim.KindVenue, Venue: in.Venue}, nil
	case in.Contact != nil:
		return sim.Content{Kind: sim.KindContact, Contact: in.Contact}, nil
	case in.Dice != "":
		return sim.Content{Kind: sim.KindDice, Dice: &sim.Dice{Emoji: in.Dice}}, nil
	case in.Poll != nil:
		return sim.Content{Kind: sim.KindPoll, Poll: in.Poll.content()}, nil
	case in.Checklist != nil:
		return sim.Content{Kind: sim.KindChecklist, Checklist: in.Checklist.content()}, nil
	case in.Text != "":
		return sim.Content{Kind: sim.KindText, Text: in.Text, Entities: in.Entities}, nil
	default:
		return sim.Content{}, fmt.Errorf("the message is empty")
	}
}

func (m medium) content(caption string) (sim.Content, error) {
	switch k := sim.Kind(m.Kind); k {
	case sim.KindPhoto, sim.KindVideo, sim.KindAnimation, sim.KindAudio, sim.KindVoice, sim.KindVideoNote,
		sim.KindDocument, sim.KindSticker:
		c := sim.MediaOf(&sim.File{
			Kind: k, Name: m.Name, MIME: m.MIME, Data: m.Data, Size: m.Size, Width: m.Width, Height: m.Height,
			Duration: m.Duration, Title: m.Title, Performer: m.Performer, Cover: m.Cover, Emoji: m.Emoji,
		}, caption)
		c.Spoiler, c.Above = m.Spoiler, m.Above
		return c, nil
	default:
		return sim.Content{}, fmt.Errorf("there are no files of kind %q", m.Kind)
	}
}

func forward(w *sim.World, in struct {
	As, Chat, From int64
	Topic          int
	Messages       []int
}) (any, error) {
	ids, err := w.Forward(in.As, in.Chat, in.Topic, in.From, in.Messages...)
	return posted{ids}, err
}

// edit replaces the text of a message, or its caption if it is a medium.
func edit(w *sim.World, in struct {
	As, Chat int64
	Message  int
	Text     string
	Entities []sim.Entity
}) (any, error) {
	m, ok := w.Message(in.As, in.Chat, in.Message)
	if !ok {
		return nil, fmt.Errorf("edit %d: %w", in.Message, sim.ErrNoSuchMessage)
	}
	c := m.Content
	c.Text, c.Entities = in.Text, in.Entities
	return done{true}, w.Edit(in.As, in.Chat, in.Message, c)
}

// press presses a button; the bot's answer to it is found at /world/callback.
func press(w *sim.World, in struct {
	As, Chat int64
	Message  int
	Data     string
}) (any, error) {
	query, err := w.Press(in.As, in.Chat, in.Message, in.Data)
	return struct {
		Query string `json:"query"`
	}{query}, err
}

type topicChange struct {
	As    int64  `json:"as"`
	Chat  int64  `json:"chat"`
	Topic int    `json:"topic"` // 0 = General
	Do    string `json:"do"`    // create, rename, icon, close, reopen, delete, hide, show
	Name  string `json:"name"`
	Icon  string `json:"icon"`  // custom emoji id; "" = none
	Color int    `json:"color"` // create; 0 = the default
}

func changeTopic(w *sim.World, in topicChange) (any, error) {
	id, err := in.Topic, error(nil)
	switch in.Do {
	case "create":
		id, err = w.CreateTopic(in.As, in.Chat, in.Name, in.Color)
	case "rename":
		err = w.RenameTopic(in.As, in.Chat, in.Topic, in.Name)
	case "icon":
		err = w.EditTopic(in.As, in.Chat, in.Topic, nil, &in.Icon)
	case "close":
		err = w.CloseTopic(in.As, in.Chat, in.Topic)
	case "reopen":
		err = w.ReopenTopic(in.As, in.Chat, in.Topic)
	case "delete":
		err = w.DeleteTopic(in.As, in.Chat, in.Topic)
	case "hide", "show":
		err = w.HideGeneral(in.As, in.Chat, in.Do == "hide")
	default:
		err = fmt.Errorf("do is %q, not create, rename, icon, close, reopen, delete, hide or show", in.Do)
	}
	return made{int64(id)}, err
}
