package keyword

import (
	"strings"

	"topicdesk/tenants"
)

// Haystack is all that a filter looks at in a message: text or caption, link
// targets, texts of buttons, names and tags of files, name and phone of a
// contact, poll, venue, checklist, and what the relay only passes on. The fields
// stay apart.
func Haystack(c tenants.Content) string {
	fields := []string{c.Text.Text}
	for _, e := range c.Text.Entities {
		fields = append(fields, e.URL)
	}
	fields = append(fields, c.Buttons...)
	if c.File != nil {
		fields = append(fields, c.File.Name, c.File.Title, c.File.Artist)
	}
	if c.Contact != nil {
		name := tenants.Person{First: c.Contact.First, Last: c.Contact.Last}.Name()
		fields = append(fields, name, c.Contact.Phone)
	}
	if c.Poll != nil {
		fields = append(fields, c.Poll.Question, c.Poll.Description.Text, c.Poll.Explanation.Text)
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
