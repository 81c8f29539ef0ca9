package privacy

import (
	"slices"
	"strings"
	"unicode"

	"topicdesk/tenants"
)

// Content is content with all its words as the group may have them: text,
// buttons, place, poll, checklist, and of service messages people and titles.
// Words in kinds that can't be rewritten go. Contacts and what is written on
// files stay as they are: see Labelled. The content given is not changed.
func (r *Redactor) Content(c tenants.Content) tenants.Content {
	if !r.known.Hide.Any() {
		return c
	}
	out := c
	out.Text = r.Text(c.Text)
	out.Buttons = r.all(c.Buttons)
	out.Place, out.Poll, out.List = r.place(c.Place), r.poll(c.Poll), r.list(c.List)
	out.Inside = nil
	return r.service(out)
}

// Back is content on its way to the client, with all words as Out makes them. The
// content given is not changed.
func (r *Redactor) Back(c tenants.Content) tenants.Content {
	if !r.known.Hide.Any() {
		return c
	}
	plain := func(s string) string { return r.Out(tenants.Plain(s)).Text }
	c.Text = r.Out(c.Text)
	if c.Poll != nil {
		poll := *c.Poll
		poll.Question, poll.Description, poll.Explanation = plain(poll.Question), r.Out(poll.Description), r.Out(poll.Explanation)
		poll.Options = slices.Clone(poll.Options)
		for i, option := range poll.Options {
			poll.Options[i] = plain(option)
		}
		c.Poll = &poll
	}
	if c.Place != nil {
		place := *c.Place
		place.Title, place.Address = plain(place.Title), plain(place.Address)
		c.Place = &place
	}
	if c.Contact != nil {
		contact := *c.Contact
		contact.First, contact.Last = plain(contact.First), plain(contact.Last)
		c.Contact = &contact
	}
	return c
}

// Labelled tells whether something hidden is written on a file: in its name or
// its tags. Names of files are often written small, so here a part of a name
// counts in any case. nil is none.
func (r *Redactor) Labelled(f *tenants.File) bool {
	if f == nil {
		return false
	}
	for _, words := range []string{f.Name, f.Title, f.Artist, f.Artist + " " + f.Title} {
		if r.tells(words) || r.tells(capitals(words)) {
			return true
		}
	}
	return false
}

// capitals begins every word with a capital.
func capitals(s string) string {
	inside := false
	return strings.Map(func(c rune) rune {
		begins := unicode.IsLetter(c) && !inside
		inside = unicode.IsLetter(c)
		if begins {
			return unicode.ToTitle(c)
		}
		return c
	}, s)
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
	out.Description, out.Explanation = r.Text(p.Description), r.Text(p.Explanation)
	return &out
}

func (r *Redactor) list(l *tenants.List) *tenants.List {
	if l == nil {
		return nil
	}
	out := tenants.List{Title: r.plain(l.Title)}
	for _, task := range l.Tasks {
		out.Tasks = append(out.Tasks, tenants.Task{Text: r.plain(task.Text), Done: task.Done})
	}
	return &out
}

// service hides who joined, and titles.
func (r *Redactor) service(out tenants.Content) tenants.Content {
	out.TopicName = r.plain(out.TopicName)
	if out.Title != "" {
		out.Title = r.OwnTitle(out.Title)
	}
	people := slices.Clone(out.People)
	for i, p := range people {
		people[i] = tenants.Person{First: r.ShownName(p), Bot: p.Bot}
	}
	out.People = people
	return out
}
