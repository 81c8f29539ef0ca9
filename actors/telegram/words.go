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
		words = textWords(words, t.Quote.Text)
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
	words = textWords(words, c.Text)
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
		words = textWords(textWords(append(words, p.Question), p.Description), p.Explanation)
		words = append(words, p.Options...)
	}
	if l := c.List; l != nil {
		words = append(words, l.Title)
		for _, task := range l.Tasks {
			words = append(words, task.Text)
		}
	}
	return words
}

// textWords are those of a text, and where its links lead.
func textWords(words []string, t tenants.Text) []string {
	words = append(words, t.Text)
	for _, e := range t.Entities {
		words = append(words, e.URL, e.Language, e.Format)
	}
	return words
}
