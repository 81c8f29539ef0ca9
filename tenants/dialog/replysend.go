package dialog

import (
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
)

// sendSaved puts a quick reply on its way to the client, as the answer of who asked
// for it; sent = it is. verb is the button that asked for it anew, "" = it was typed.
//
// What goes out carries the command as its source, so that all that holds of a typed
// answer holds of it: its hold, its refusal, /undo, and that it goes once. When the
// client has it, a silent copy follows into the topic (copied), and is linked with
// what the client got.
func (d *draft) sendSaved(m *tenants.Message, r Saved, forward bool, verb Verb) (sent bool) {
	contents, why := d.filled(m, r, forward, verb)
	switch {
	case d.s.listens():
		d.refuseSay(m, d.why(say.NotSent, d.words(say.WhyListens)))
		return false
	case why.Key != "":
		d.answerSay(m, why)
		return false
	case d.undecided(m):
		d.askThread([]Held{{Message: *m}})
		d.inside(m)
		return false
	}
	for _, c := range contents {
		if word, found := d.f.filters().Backend.In(c); found {
			d.refuseSay(m, d.restricted(say.Restricted, word))
			return false
		}
	}
	if d.pressed {
		d.out.Outside = append(d.out.Outside, m.Ref())
	}
	d.launch(m, d.saidSends(m, r, contents, forward), d.out.Operator.ID)
	return true
}

// refuseSay tells why a quick reply does not go, with a button to try again.
func (d *draft) refuseSay(m *tenants.Message, why string) {
	d.inside(m)
	d.offer([]Held{{Message: *m}}, why, true, []Verb{PressAgain})
	d.event(MessageRefused, d.out.Operator.ID)
	d.out.Dropped = "refused"
}

// filled are the contents of a quick reply as the client gets them; why tells that
// they can't be.
func (d *draft) filled(m *tenants.Message, r Saved, forward bool, verb Verb) (contents []tenants.Content, why say.Line) {
	if forward {
		if r.Shows != tenants.ShowsChat && r.Shows != tenants.ShowsBot {
			return nil, say.ReplyPerson.With(say.Values{"name": r.Name})
		}
	}
	foreign := r.files() && r.Connection != d.s.Connection
	if foreign && !forward && len(d.f.Settings.RestrictedBackend) > 0 {
		return nil, say.ReplyUnchecked.With(say.Values{"name": r.Name}) // edited, it would be copied with other words
	}
	for _, p := range r.Parts {
		c := d.named(p.Content)
		if text, ok := asText(d.clientVoice(), c); ok && c.Kind != tenants.KindPoll {
			c = text
		}
		if !forward {
			c.Text = d.filledWords(c.Text, m.From)
		}
		switch {
		case p.Unread:
			return nil, say.ReplyUnread.With(say.Values{"name": r.Name})
		case p.Slashed && forward:
			return nil, say.ReplySlashForward.With(say.Values{"name": r.Name})
		case p.Slashed && (foreign || onlyCopied(p.Content)):
			return nil, say.ReplySlash.With(say.Values{"name": r.Name})
		case foreign && !forward && c.Text.Text != p.Content.Text.Text:
			return nil, say.ReplyOther.With(say.Values{"name": r.Name})
		case verb == PressPlain:
			c = plain(c)
		}
		contents = append(contents, c)
	}
	return contents, why
}

// filledWords puts the client's name, or the title of their group, and the first name
// of who answers in place of the variables.
func (d *draft) filledWords(text tenants.Text, by tenants.Person) tenants.Text {
	title := d.s.Chat.Title
	if d.s.Chat.Kind == tenants.Private {
		title = d.s.Client.Name()
	}
	for _, p := range d.f.Colleagues {
		if p.ID == by.ID && by.First == "" {
			by = p // of what is tried again only the number is kept
		}
	}
	return fillMarks(text, map[string]string{titleMark: title, operatorMark: by.First})
}

// saidSends are what goes to the client: written from what was saved, or by Telegram
// from the message that was saved, where nothing else can carry it.
func (d *draft) saidSends(m *tenants.Message, r Saved, contents []tenants.Content, forward bool) []Send {
	main := Send{
		Way: Write, Reply: d.answerTo(m), By: d.out.Operator.ID, Said: said(m.ID),
		Name: r.Name, Notice: d.noticed(m),
	}
	if d.s.Chat.Forum {
		main.Thread, _, _ = d.goal(m)
	}
	switch {
	case forward:
		main.Way, main.Reply = Forward, Reply{}
	case r.files() && r.Connection != d.s.Connection, slices.ContainsFunc(contents, onlyCopied):
		main.Way = Copy
	}
	var rest []tenants.Text
	for i, c := range contents {
		if main.Way == Write {
			var more []tenants.Text
			c, more = fit(c)
			rest = append(rest, more...)
		}
		part := Part{From: r.Parts[i].Source, Content: c}
		if i == 0 {
			part.Source, part.Print = m.Ref(), fingerprint(m.Content)
		}
		main.Parts = append(main.Parts, part)
	}
	sends := []Send{main}
	for _, words := range rest {
		piece := pieceOf(&main, words, len(sends))
		piece.Said = main.Said
		sends = append(sends, piece)
	}
	return sends
}

// origins are the messages from which a send's parts were saved.
func origins(s *Send) (all []tenants.MessageRef) {
	for _, p := range s.Parts {
		all = append(all, p.Origin())
	}
	return all
}

// onlyCopied tells content that nobody but Telegram can make again.
func onlyCopied(c tenants.Content) bool {
	return carriageOf(c.Kind).Bound != Write || c.Poll != nil && c.Poll.Pictures
}

// copied is the silent copy in the topic of what a client has got by a /say: the twin
// for replies, reactions, /del and /undo.
func (d *draft) copied(j *Job, s *Send, o tenants.Outcome) {
	if s.Said == "" {
		return
	}
	c := Send{
		Way: s.Way, Silent: true, By: s.By, Said: s.Said, Reply: Reply{Of: s.Reply.Of}, Shows: []tenants.MessageRef{},
	}
	for i, p := range s.Parts {
		if d.f.Settings.Hide.Any() {
			p.Content, c.Way = d.copyHidden(s.Way, p.Content)
		}
		c.Parts = append(c.Parts, Part{From: p.From, Content: p.Content})
		if i < len(o.Made) && o.Made[i] != 0 {
			c.Shows = append(c.Shows, tenants.MessageRef{Chat: j.Chat, ID: o.Made[i]})
		} else {
			c.Shows = append(c.Shows, tenants.MessageRef{})
		}
	}
	d.s.SaidBy = ""
	d.put(ToTopic, ClassNote, d.ofRoom(&c), tenants.MessageRef{}, OfRelay)
}

// copyHidden is a part of the copy where names are hidden. A file that only another bot
// can send is copied from where the team saved it; if there is something to hide in it,
// a line stands for it.
func (d *draft) copyHidden(way Way, c tenants.Content) (tenants.Content, Way) {
	shown := d.hidden(c, d.f.Now)
	switch {
	case way != Copy:
		return shown, Write
	case same(shown, c):
		return c, Copy
	default:
		return textContent(joinLines(shown.Text, slanted(d.f.came(say.CameHidden, noun(c), d.f.Now, "")))), Write
	}
}

// pressedSay does what a button under a /say asks for.
func (d *draft) pressedSay(e tenants.Pressed, p Press, m *tenants.Message, asked saying) {
	language := d.f.Settings.Language
	s := shelf{f: &d.f, m: m, group: d.s.Group, by: d.out.Operator}
	if p.Verb == PressReplace {
		c, why := s.save(asked.name)
		if c == nil {
			d.answerPress(e, why.In(language))
			return
		}
		d.out.Unhold = append(d.out.Unhold, m.Ref())
		d.out.Reply = c
		d.out.Acts = append(d.out.Acts, s.act(c, d.s.ID))
		d.mark(m.Ref(), signDone)
		d.answerPress(e, say.ReplySaved.In(language, say.Values{"name": asked.name}))
		return
	}
	known, why := s.find(asked.name)
	if known == nil { // deleted meanwhile
		d.answerPress(e, why.In(language))
		return
	}
	d.pressed = true
	if m.From.ID != 0 {
		d.out.Operator = m.From // whoever pressed, it is their answer
	}
	said := say.PressedNot
	if d.sendSaved(m, *known, asked.what == sayForward, p.Verb) {
		said = say.PressedSend
	}
	if len(d.out.Hold) == 0 { // else it waits for another choice
		d.out.Unhold = append(d.out.Unhold, m.Ref())
	}
	d.out.Operator = e.By
	d.answerPress(e, d.words(said))
}

// sayAgain is the command that sends a quick reply as it was asked for.
func (s *Send) sayAgain() string {
	again := "/" + string(command.Say) + " " + s.Name
	if s.Way == Forward {
		again += " " + wordForward
	}
	return again
}
