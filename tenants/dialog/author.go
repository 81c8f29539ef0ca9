package dialog

import (
	"fmt"
	"slices"
	"strings"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// authorKey tells authors in one client group apart. In a forum group the
// thread belongs to it, because the author line names it.
func authorKey(m *tenants.Message) string {
	key := fmt.Sprintf("user:%d", m.From.ID)
	if m.Sender != nil {
		key = fmt.Sprintf("chat:%d:%s", m.Sender.ID, m.Signature)
	}
	return key + threadKey(m)
}

// threadKey is the end of an author's key that tells the thread.
func threadKey(m *tenants.Message) string {
	if !inForum(m) {
		return ""
	}
	return fmt.Sprintf("#%d", m.Thread)
}

// authorLine is the bold name before a message of a client group; none in other
// chats, and none if the message before it in the topic is the same author's and
// not older than AuthorPause.
func (d *draft) authorLine(m *tenants.Message) tenants.Text {
	switch {
	case m.Chat.Kind != tenants.Group, d.joins(m):
		return tenants.Text{}
	case d.s.SaidBy != authorKey(m), d.stale():
		return d.author(m)
	default:
		return tenants.Text{}
	}
}

// stale tells that what was said last in the topic is too long ago, or that the
// team has spoken since.
func (d *draft) stale() bool {
	return d.f.Now.Sub(d.s.SaidAt) >= tenants.AuthorPause || d.f.TopicSpoke.After(d.s.SaidAt)
}

// author is the author line as it would be, whoever spoke before.
func (d *draft) author(m *tenants.Message) tenants.Text {
	line := tenants.Plain("")
	if d.f.Writer.Team {
		line = tenants.Plain(signTeam)
	}
	line = line.Append(tenants.Bold(d.authorName(m)))
	return line.Append(d.threadLine(m))
}

// threadLine names the thread of a forum.
func (d *draft) threadLine(m *tenants.Message) tenants.Text {
	if !inForum(m) {
		return tenants.Text{}
	}
	return tenants.Plain(" · " + d.threadName(m.Thread))
}

// said notes whose message is the last one in the topic.
func (d *draft) said(m *tenants.Message) {
	if m.Chat.Kind != tenants.Channel {
		d.s.SaidBy, d.s.SaidAt = authorKey(m), d.f.Now
	}
}

// authorName is at most MaxAuthorName characters long, signs and all.
func (d *draft) authorName(m *tenants.Message) string {
	switch {
	case m.Sender == nil:
		return d.personName(m.From)
	case m.Sender.ID == m.Chat.ID:
		title := d.redactor().Text(tenants.Plain(tenants.Clean(m.Signature))).Text
		if title == "" {
			return d.words(say.AuthorAdmin)
		}
		before, after, _ := strings.Cut(d.words(say.AuthorAdminTitled, say.Values{"title": "\x00"}), "\x00")
		return tenants.TrimTitle(before, title, after, tenants.MaxAuthorName)
	default:
		title := d.redactor().ShownTitle(m.Sender.Title, m.Sender.ID)
		if title == "" {
			title = d.words(say.Nameless)
		}
		return tenants.TrimTitle(signChannel, title, "", tenants.MaxAuthorName)
	}
}

// personName is a person's shown name; namesakes get ², ³ in the order in which
// they were met.
func (d *draft) personName(p tenants.Person) string {
	name := d.redactor().ShownName(p)
	if name == "" {
		name = d.words(say.Nameless)
	}
	if d.f.Settings.Hide.Name {
		return name // pseudonyms of one chat differ
	}
	var same []tenants.UserID
	for _, q := range d.s.People {
		if d.redactor().ShownName(q) == name && !slices.Contains(same, q.ID) {
			same = append(same, q.ID)
		}
	}
	if n := slices.Index(same, p.ID); n > 0 {
		return tenants.TrimTitle("", name, superscript(n+1), tenants.MaxAuthorName)
	}
	return name
}

// superscript is n in raised digits.
func superscript(n int) string {
	digits := []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")
	var raised []rune
	for _, r := range fmt.Sprint(n) {
		raised = append(raised, digits[r-'0'])
	}
	return string(raised)
}
