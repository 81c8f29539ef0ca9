package keyword

import (
	"strings"

	"topicdesk/tenants"
)

// Haystack is all that a filter looks at in a message: text or caption, link
// targets, texts of buttons, names and tags of files, name, phone and card of a
// contact, poll, venue, checklist, and what the relay only passes on. The fields
// stay apart.
func Haystack(c tenants.Content) string {
	fields := written(c.Text)
	fields = append(fields, c.Buttons...)
	for _, file := range []*tenants.File{c.File, c.Motion} {
		if file != nil {
			fields = append(fields, file.Name, file.Title, file.Artist)
		}
	}
	if c.Contact != nil {
		name := tenants.Person{First: c.Contact.First, Last: c.Contact.Last}.Name()
		fields = append(fields, name, c.Contact.Phone, unfolded.Replace(c.Contact.VCard))
	}
	if c.Poll != nil {
		fields = append(fields, c.Poll.Question)
		fields = append(fields, written(c.Poll.Description)...)
		fields = append(fields, written(c.Poll.Explanation)...)
		fields = append(fields, c.Poll.Options...)
	}
	if c.Place != nil {
		fields = append(fields, c.Place.Title, c.Place.Address)
	}
	if c.List != nil {
		fields = append(fields, c.List.Title)
		for _, task := range c.List.Tasks {
			fields = append(fields, task.Text)
		}
	}
	fields = append(fields, c.Inside...)
	var b strings.Builder
	for _, field := range fields {
		if field == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteRune(border)
		}
		b.WriteString(strings.ReplaceAll(field, string(border), ""))
	}
	return b.String()
}

// written are the words of a text, and those that its formatting holds: targets of links,
// and the language of code, which stands above it.
func written(t tenants.Text) []string {
	fields := []string{t.Text}
	for _, e := range t.Entities {
		fields = append(fields, e.URL, e.Language)
	}
	return fields
}

// unfolded makes whole lines of those of a card, which go on after a space (RFC 6350,
// 3.2).
var unfolded = strings.NewReplacer("\r\n ", "", "\n ", "", "\r\n\t", "", "\n\t", "")
