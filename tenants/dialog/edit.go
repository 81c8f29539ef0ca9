package dialog

import (
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// clientEdit decides the new version of a message of the client chat. Edits
// change no status and make no topic; only one that first matches a keyword
// filter counts as a new message.
func (d *draft) clientEdit(m *tenants.Message) Decision {
	switch {
	case d.f.Fate == FateInternal:
		return d.dropped("edit_inside")
	case d.f.Fate == FateUnknown && len(d.f.Held) > 0:
		d.out.Hold = append(d.out.Hold, Held{Message: *m}) // relayed as it is by then
		return d.dropped("asked")
	case m.Content.Place != nil:
		return d.moved(m)
	case d.f.Fate == FateUnknown:
		return d.unknownEdit(m)
	case d.unchanged(m):
		return d.dropped("edit_same")
	}
	if _, found := d.forbidden(m); found && !d.f.Writer.Team {
		return d.withhold()
	}
	d.revise(m)
	return d.done()
}

// Late is a message of which an edit after the last answer was told.
type Late struct {
	Message tenants.MessageID `json:"message,omitzero"`
	At      time.Time         `json:"at,omitzero"`
}

// late tells whether an edit is of a message older than the last answer, which
// is told once between two answers.
func (d *draft) late(m *tenants.Message) bool {
	told := d.s.Rare.Late
	switch {
	case d.s.Delivered.IsZero(), !m.Date.Before(d.s.Delivered):
		return false
	case told.Message == m.ID && !told.At.Before(d.s.Delivered):
		return false
	}
	d.s.Rare.Late = Late{Message: m.ID, At: d.f.Now}
	d.s.SaidBy = "" // the note stands behind what was said last
	return true
}

// moved is a live location on its way: only its end is told.
func (d *draft) moved(m *tenants.Message) Decision {
	if m.Content.Place.Live || d.f.Fate == FateUnknown || !d.hasTopic() {
		return d.dropped("location_moved")
	}
	d.noteTo(m.Ref(), d.words(say.NoteLiveEnded))
	return d.done()
}

// revise edits the twin. What does not fit into one message any more, or had not
// before, follows as a new one, marked.
func (d *draft) revise(m *tenants.Message) {
	p := d.parcel(m, d.editAuthor(m))
	p.anew()
	p.follow = "" // it stands there, and other bots change their buttons often
	sends := pack(p)
	if len(sends) > 1 || d.split(m) {
		d.again(m, p)
		return
	}
	late := d.f.Fate == FateSent && !d.f.Writer.Team && d.late(m)
	d.put(ToTopic, ClassClient, &Edit{Of: m.Ref(), New: sends[0], Fallback: true, Late: late}, m.Ref(), OfClient)
}

// split tells that the old version went in pieces: a line of buttons behind it is
// none.
func (d *draft) split(m *tenants.Message) bool {
	pieces := d.f.Pieces
	if len(m.Content.Buttons) > 0 {
		pieces--
	}
	return pieces > 0 && m.Album == "" && carriageOf(m.Content.Kind).Caption && d.f.Fate == FateSent
}

// editAuthor is the author line of a new version: always there where the
// message itself can carry it, because nobody knows any more whether the old
// version had one.
func (d *draft) editAuthor(m *tenants.Message) tenants.Text {
	if d.s.Rare.Room && m.Album == "" && carriageOf(m.Content.Kind).Caption {
		return d.roomLine(m)
	}
	if m.Chat.Kind != tenants.Group || m.Album != "" || !carriageOf(m.Content.Kind).Caption {
		return tenants.Text{}
	}
	return d.author(m)
}

// again sends a new version as a message of its own, marked, that replies to the
// twin.
func (d *draft) again(m *tenants.Message, p parcel) {
	p.anew()
	alone := *m // the new version is of no album, so its caption can take the line
	alone.Album = ""
	p.msg, p.head = &alone, joinLines(p.head, italic(d.words(say.LineEdited)))
	p.reply = Reply{Of: m.Ref()}
	p.silent = true
	for _, s := range pack(p) {
		d.put(ToTopic, ClassClient, &s, m.Ref(), OfClient)
	}
	d.s.SaidBy = ""
}

// unknownEdit is the new version of a message that was never relayed, or too
// long ago: it is shown, marked, where there is a topic.
func (d *draft) unknownEdit(m *tenants.Message) Decision {
	filtered := d.f.Settings.Keywords[m.Chat.Kind] != ""
	switch {
	case bystander(m):
		return Decision{Dropped: "bystander"}
	case m.Edited.IsZero(): // nobody has edited it: it was reacted to, or got a preview
		return d.dropped("edit_same")
	case !d.active() && filtered:
		return d.clientMessage(m) // it is tested there
	case !d.hasTopic():
		return Decision{Dropped: "edit_unknown"}
	}
	if _, found := d.forbidden(m); found && !d.f.Writer.Team {
		return d.withhold()
	}
	d.again(m, d.parcel(m, d.fullAuthor(m)))
	return d.done()
}

// fullAuthor is the author line in client groups, nothing elsewhere.
func (d *draft) fullAuthor(m *tenants.Message) tenants.Text {
	if m.Chat.Kind != tenants.Group {
		return tenants.Text{}
	}
	return d.author(m)
}
