package dialog

import (
	"fmt"

	"topicdesk/tenants"
)

// hiddenWord stands for what HIDE_INFO link hides.
const hiddenWord = "[hidden]"

// card is who the client is, as far as the group may see it.
func (d *draft) card() tenants.Text {
	var c tenants.Composer
	c.As("bold", d.cardName())
	row := func(label, value string) {
		if value != "" {
			c.Say("\n" + label + ": " + value)
		}
	}
	row("ID", d.linked(fmt.Sprint(d.s.Chat.ID)))
	if d.s.Chat.Kind == tenants.Private {
		d.personRows(row)
	} else {
		row("Username", d.linked(at(d.s.Chat.Username)))
		row("Kind", string(d.s.Chat.Kind))
	}
	if !d.s.FirstSeen.IsZero() {
		row("First seen", d.s.FirstSeen.UTC().Format("2 January 2006 15:04")+" UTC")
	}
	row("Dialogs", fmt.Sprint(d.s.Opened))
	return d.redactor().Text(c.Text()).Append(tenants.Plain("\nConnection: " + at(d.f.Bot)))
}

func (d *draft) personRows(row func(label, value string)) {
	p := d.s.Client
	row("Username", d.linked(at(p.Username)))
	row("Language", p.Language)
	if p.Premium {
		row("Premium", "yes")
	}
	row("Link", d.unspoilt(d.linked(personLink(p))))
}

// unspoilt is a link that hiding names leaves as it is: one with a pseudonym in
// it would lead to somebody else.
func (d *draft) unspoilt(link string) string {
	if d.f.Settings.Hide.Name && d.redactor().Text(tenants.Plain(link)).Text != link {
		return ""
	}
	return link
}

// cardName is the shown name, "no name" if there is none to be seen.
func (d *draft) cardName() string {
	if name := cleanTitle(d.shown()); name != "" {
		return name
	}
	return nameless
}

// linked is something by which the client could be found outside.
func (d *draft) linked(s string) string {
	if s != "" && d.f.Settings.Hide.Link {
		return hiddenWord
	}
	return s
}

func at(username string) string {
	if username == "" {
		return ""
	}
	return "@" + username
}

func personLink(p tenants.Person) string {
	if p.Username != "" {
		return "https://t.me/" + p.Username
	}
	return fmt.Sprintf("tg://user?id=%d", p.ID)
}
