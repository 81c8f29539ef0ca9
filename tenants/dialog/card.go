package dialog

import (
	"fmt"
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// cardKinds are what kinds of chats are called.
var cardKinds = map[tenants.ChatKind]say.Key{
	tenants.Private: say.CardKindPrivate, tenants.Group: say.CardKindGroup, tenants.Channel: say.CardKindChannel,
}

// card is who the client is, as far as the group may see it.
func (d *draft) card() tenants.Text {
	var c tenants.Composer
	c.As("bold", d.cardName())
	row := func(label say.Key, value string) {
		if value != "" {
			c.Say("\n" + d.words(label) + ": " + value)
		}
	}
	row(say.CardID, d.linked(fmt.Sprint(d.s.Chat.ID)))
	if d.s.Chat.Kind == tenants.Private {
		d.personRows(row)
	} else {
		row(say.CardUsername, d.linked(at(d.s.Chat.Username)))
		row(say.CardKind, d.words(cardKinds[d.s.Chat.Kind]))
		row(say.CardLink, d.unspoilt(d.linked(publicLink(d.s.Chat.Username))))
	}
	if !d.s.FirstSeen.IsZero() {
		c.Say("\n" + d.words(say.CardFirstSeen) + ": ")
		c.Add(d.voice().Moment(d.s.FirstSeen))
	}
	row(say.LabelsCard, labelNames(d.labels()))
	row(say.CardDialogs, fmt.Sprint(d.s.Opened))
	row(say.CardAssignee, d.assignee())
	return d.redactor().Text(c.Text()).Append(tenants.Plain("\n" + d.words(say.CardConnection) + ": " + at(d.f.Bot)))
}

func (d *draft) personRows(row func(label say.Key, value string)) {
	p := d.s.Client
	row(say.CardUsername, d.linked(at(p.Username)))
	row(say.CardPhone, d.linked(d.phone(p.ID)))
	row(say.CardLanguage, p.Language)
	if p.Premium {
		row(say.CardPremium, d.words(say.CardYes))
	}
	row(say.CardLink, d.unspoilt(d.linked(personLink(p))))
}

// phone is the number of somebody who has shared it here as their contact, the latest;
// "" = nobody has. Bots learn of no other.
func (d *draft) phone(of tenants.UserID) string {
	for _, p := range slices.Backward(d.s.Rare.Phones) {
		if p.ID == of {
			return p.Number
		}
	}
	return ""
}

// unspoilt is a link that hiding names leaves as it is: one with a pseudonym in
// it would lead to somebody else.
func (d *draft) unspoilt(link string) string {
	if d.f.Settings.Hide.Any() && d.redactor().Text(tenants.Plain(link)).Text != link {
		return ""
	}
	return link
}

// cardName is the shown name, "no name" if there is none to be seen.
func (d *draft) cardName() string {
	if name := cleanTitle(d.shown()); name != "" {
		return name
	}
	return d.words(say.Nameless)
}

// linked is something by which the client could be found outside.
func (d *draft) linked(s string) string {
	if s != "" && d.f.Settings.Hide.Link {
		return d.words(say.HiddenWord)
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
		return publicLink(p.Username)
	}
	return fmt.Sprintf("tg://user?id=%d", p.ID)
}

func publicLink(username string) string {
	if username == "" {
		return ""
	}
	return "https://t.me/" + username
}
