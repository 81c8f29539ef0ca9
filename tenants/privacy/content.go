package privacy

import (
	"slices"
	"strings"

	"topicdesk/tenants"
)

// Content is the content as the group may have it. If note is not empty, the
// thing itself must not go: the note says in plain words what is missing, and
// out is what of it may be shown, a text (the caption, the texts of buttons),
// maybe an empty one. The content given is not changed.
//
// What cannot be rewritten (contacts, games, stories and their like) is shown
// only if nothing at all is hidden. Voices and pictures are out of reach.
func (r *Redactor) Content(c tenants.Content) (out tenants.Content, note string) {
	if !r.known.Hide.Any() {
		return c, ""
	}
	out = c
	out.Text = r.Text(c.Text)
	out.Buttons = r.all(c.Buttons)
	switch c.Kind {
	case tenants.KindText, tenants.KindDice, tenants.KindSticker:
		return out, ""
	case tenants.KindPhoto, tenants.KindVideo, tenants.KindAnimation, tenants.KindAudio,
		tenants.KindVoice, tenants.KindVideoNote, tenants.KindDocument:
		if r.labelled(c.File) {
			return rest(out), missing(fileWords[c.Kind] + " whose file name or title could tell who it is")
		}
		return out, ""
	case tenants.KindLocation, tenants.KindVenue:
		out.Place = r.place(c.Place)
		return out, ""
	case tenants.KindPoll:
		out.Poll = r.poll(c.Poll)
		return out, ""
	case tenants.KindContact:
		return rest(out), missing("A contact")
	case tenants.KindGame:
		return rest(out), missing("A game")
	case tenants.KindOther:
		return rest(out), missing(otherWords(c.Name))
	case tenants.KindService:
		return r.service(out), ""
	default:
		panic("privacy: unknown kind of content")
	}
}

func missing(what string) string { return what + " is not shown here: names or links are hidden." }

var fileWords = map[tenants.Kind]string{
	tenants.KindPhoto:     "A photo",
	tenants.KindVideo:     "A video",
	tenants.KindAnimation: "An animation",
	tenants.KindAudio:     "An audio file",
	tenants.KindVoice:     "A voice message",
	tenants.KindVideoNote: "A video message",
	tenants.KindDocument:  "A document",
}

// otherWords says what a field of the Bot API's Message is.
func otherWords(name string) string {
	if name == "" {
		return "A message of another kind"
	}
	return "A message of the kind “" + strings.ReplaceAll(name, "_", " ") + "”"
}

// rest is what stays of a content whose thing is not shown.
func rest(c tenants.Content) tenants.Content {
	return tenants.Content{Kind: tenants.KindText, Text: c.Text, Buttons: c.Buttons}
}

// labelled tells whether something hidden is written on a file.
func (r *Redactor) labelled(f *tenants.File) bool {
	return f != nil && (r.tells(f.Name) || r.tells(f.Title) || r.tells(f.Artist) || r.tells(f.Artist+" "+f.Title))
}

func (r *Redactor) all(texts []string) []string {
	if len(texts) == 0 {
		return texts
	}
	out := slices.Clone(texts)
	for i, s := range out {
		out[i] = r.plain(s)
	}
	return out
}

func (r *Redactor) place(p *tenants.Place) *tenants.Place {
	if p == nil {
		return nil
	}
	out := *p
	out.Title, out.Address = r.plain(p.Title), r.plain(p.Address)
	return &out
}

func (r *Redactor) poll(p *tenants.Poll) *tenants.Poll {
	if p == nil {
		return nil
	}
	out := *p
	out.Question, out.Options = r.plain(p.Question), r.all(p.Options)
	return &out
}

// service hides who joined, and titles.
func (r *Redactor) service(out tenants.Content) tenants.Content {
	out.TopicName = r.plain(out.TopicName)
	if out.Title != "" {
		out.Title = r.ShownTitle(out.Title, r.known.ChatID)
	}
	people := slices.Clone(out.People)
	for i, p := range people {
		people[i] = tenants.Person{First: r.ShownName(p), Bot: p.Bot}
	}
	out.People = people
	return out
}
