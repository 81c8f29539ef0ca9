package telegram

import (
	"fmt"

	"topicdesk/tenants"
)

// Words are all strings that a call would show to people, for the audit before
// it leaves. Copies and forwards show words that only Telegram has: nothing may
// be hidden where they are used.
func Words(c Call) []string {
	switch c := c.(type) {
	case SendContent:
		return append(contentWords(nil, c.Content), toWords(c.To)...)
	case SendAlbum:
		words := toWords(c.To)
		for _, content := range c.Contents {
			words = contentWords(words, content)
		}
		return words
	case CopyMessage:
		return toWords(c.To)
	case ForwardMessage:
		return toWords(c.To)
	case CopyAlbum:
		return toWords(c.To)
	case ForwardAlbum:
		return toWords(c.To)
	case EditContent:
		return append(contentWords(nil, c.Content), buttonWords(c.Buttons)...)
	case Probe:
		return buttonWords(c.Buttons)
	case OpenTopic:
		return []string{c.Title}
	case RenameTopic:
		return []string{c.Title}
	case AnswerPress:
		return []string{c.Text}
	case DeleteMessages, SetReaction, SetTopicOpen:
		return nil
	default:
		panic(fmt.Sprintf("telegram: unknown call %T", c))
	}
}

func toWords(t To) []string {
	words := buttonWords(t.Buttons)
	if t.Quote != nil {
		words = append(words, t.Quote.Text.Text)
	}
	return words
}

func buttonWords(buttons []Button) []string {
	var words []string
	for _, b := range buttons {
		words = append(words, b.Text, b.URL)
	}
	return words
}

func contentWords(words []string, c tenants.Content) []string {
	words = append(words, c.Text.Text)
	for _, e := range c.Text.Entities {
		if e.URL != "" {
			words = append(words, e.URL)
		}
	}
	if f := c.File; f != nil {
		words = append(words, f.Name, f.Title, f.Artist)
	}
	if p := c.Contact; p != nil {
		words = append(words, p.Phone, p.First, p.Last, p.VCard)
	}
	if p := c.Place; p != nil {
		words = append(words, p.Title, p.Address)
	}
	if p := c.Poll; p != nil {
		words = append(append(words, p.Question, p.Description.Text, p.Explanation.Text), p.Options...)
	}
	if l := c.List; l != nil {
		words = append(words, l.Title)
		for _, task := range l.Tasks {
			words = append(words, task.Text)
		}
	}
	return words
}
