package world

import (
	"slices"
	"strings"

	"topicdesk/actors/connection"
	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// betray breaks the hiding of names on some roads, texts, titles, edits or albums:
// "betray texts, titles WRITTEN: SHOWN" has the calls of these roads hold SHOWN where the
// relay has WRITTEN. Only the last check before sending is behind it. "betray nothing"
// mends it.
func (s *scene) betray(rest string) {
	if s.stage.Sched.Alter = nil; rest == "nothing" {
		return
	}
	words, shown, _ := strings.Cut(rest, ": ")
	at := strings.LastIndex(words, " ")
	roads, written := strings.Split(words[:at], ", "), words[at+1:]
	s.stage.Sabotaged = true
	s.stage.Sched.Alter = func(m any) any {
		if try, is := m.(connection.Try); is {
			try.Order.Call = betrayed(try.Order.Call, roads, strings.NewReplacer(written, shown))
			return try
		}
		return m
	}
}

// betrayed is a call with other words, if it takes one of the roads. What is changed of
// a text loses its formatting.
func betrayed(c telegram.Call, roads []string, words *strings.Replacer) telegram.Call {
	text := func(in tenants.Text) tenants.Text {
		if out := words.Replace(in.Text); out != in.Text {
			return tenants.Plain(out)
		}
		return in
	}
	switch c := c.(type) {
	case telegram.SendContent:
		if slices.Contains(roads, "texts") {
			c.Content.Text = text(c.Content.Text)
		}
		return c
	case telegram.EditContent:
		if slices.Contains(roads, "edits") {
			c.Content.Text = text(c.Content.Text)
		}
		return c
	case telegram.SendAlbum:
		if !slices.Contains(roads, "albums") {
			return c
		}
		c.Contents = slices.Clone(c.Contents)
		for i := range c.Contents {
			c.Contents[i].Text = text(c.Contents[i].Text)
		}
		return c
	case telegram.RenameTopic:
		if slices.Contains(roads, "titles") {
			c.Title = words.Replace(c.Title)
		}
		return c
	case telegram.OpenTopic:
		if slices.Contains(roads, "titles") {
			c.Title = words.Replace(c.Title)
		}
		return c
	default:
		return c
	}
}

// poison BOX FORM WORD: whoever of these actors handles a message of that form with the
// word in it panics; poison nothing: nobody does any more.
func (s *scene) poison(rest string) {
	if s.stage.Sched.Intercept, s.stage.Sched.Fuse = nil, 1; rest == "nothing" {
		return
	}
	words := strings.Fields(rest)
	s.stage.Sabotaged = true
	s.stage.Sched.Intercept = func(to string, m any) Mishap {
		if strings.HasPrefix(to, words[0]+"/") && form(m) == words[1] && holds(m, words[2]) {
			return Fatal
		}
		return Delivered
	}
}
